"""What may stand in a cell: text made fit for a workbook, and how wide a value is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from acctdesk.i18n import Message, msg

LONGEST_TEXT = 32_767  # what Excel keeps of a cell's text
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NARROW = frozenset("ijlt|.,:;!'·()[] -/")
_WIDE = frozenset("mwMWΩωΜ%@—")


@dataclass(frozen=True, slots=True)
class Note:
    """Something that could not be written as it stood: where it is, and what was done."""

    sheet: str
    cell: str
    what: Message


def fit_text(text: str) -> tuple[str, Message | None]:
    """Return ``text`` as a cell can keep it, and what was done to it, if anything."""
    clean = _UNFIT.sub("", text)
    dropped = len(text) - len(clean)
    if len(clean) > LONGEST_TEXT:
        return clean[:LONGEST_TEXT], msg(
            "Report",
            "The text was cut to {kept} of its {length} characters.",
            kept=LONGEST_TEXT,
            length=len(clean),
        )
    if dropped:
        return clean, msg(
            "Report", "{count} characters that no cell can hold were left out.", count=dropped
        )
    return clean, None


@lru_cache(maxsize=8192)
def shown_width(text: str, *, bold: bool = False) -> float:
    """Return about how wide a text stands in a column, in digits of the sheet's font."""
    width = 0.0
    for letter in max(text.split("\n"), key=len, default=""):
        if letter in _NARROW:
            width += 0.52
        elif letter in _WIDE:
            width += 1.48
        elif letter.isdigit():
            width += 1.0
        else:
            width += 1.26 if letter.isupper() else 0.98
    return width * (1.08 if bold else 1.0)


def line_count(text: str, width: float, *, bold: bool = False) -> int:
    """Return how many lines a text takes when it wraps at spaces in a column of ``width``."""
    lines, room = 1, width
    for word in text.split():
        needed = shown_width(word, bold=bold)
        if needed > room and room < width:
            lines, room = lines + 1, width
        room -= needed + 0.52
    return lines
