"""What may stand in a cell: text made fit for a workbook, and how wide a value is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

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


def shown_width(text: str, *, bold: bool = False) -> float:
    """Return about how wide a text stands in a column, in digits of the sheet's font."""
    width = 0.0
    for letter in max(text.split("\n"), key=len, default=""):
        if letter in _NARROW:
            width += 0.56
        elif letter in _WIDE:
            width += 1.5
        elif letter.isupper():
            width += 1.24
        else:
            width += 1.02
    return width * (1.08 if bold else 1.0)
