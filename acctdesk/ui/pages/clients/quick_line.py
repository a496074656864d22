"""Reading one typed line as an interaction: its kind, its text and a promise with a date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from acctdesk import text
from acctdesk.kinds import InteractionKind

# Leading words, folded. The first word alone decides; anything else is a note.
_WORDS: dict[InteractionKind, tuple[str, ...]] = {
    InteractionKind.CALL: (
        "κληση", "τηλεφωνημα", "τηλεφωνησα", "τηλ", "klisi", "tilefonima", "call",
        "called", "phone",
    ),
    InteractionKind.VISIT: ("επισκεψη", "επισκ", "episkepsi", "visit", "visited"),
    InteractionKind.MEETING: (
        "συναντηση", "συναντ", "ραντεβου", "synantisi", "sinantisi", "meeting", "met",
    ),
    InteractionKind.EMAIL: ("email", "e-mail", "mail", "μειλ", "μηνυμα", "minima", "minyma"),
    InteractionKind.LETTER: ("επιστολη", "γραμμα", "epistoli", "letter"),
    InteractionKind.NOTE: ("σημειωση", "σημ", "simeiosi", "note"),
}  # fmt: skip
_KIND_OF = {word: kind for kind, words in _WORDS.items() for word in words}
_FIRST = re.compile(
    r"^\s*(?P<word>[^\W\d_][\w-]*)\.?(?P<rest>(?:\s*[,:;.\-–—]\s*|\s+|$).*)$", re.DOTALL
)
_BY = re.compile(
    r"^(?P<what>.+?)[\s,]+(?:ως|έως|εως|μέχρι|μεχρι|by|until|till)\s+(?P<when>\S.*)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class QuickLine:
    """What one line says. ``promise`` is ours, due on ``due_on``; empty where none was read."""

    kind: InteractionKind
    body: str
    promise: str = ""
    due_on: dt.date | None = None


def read_quick_line(line: str, *, today: dt.date) -> QuickLine:
    """Return the interaction that ``line`` means.

    A leading word names the kind («κλήση, προσφορά ως Παρ», ``call offer by Fri``); without one
    it is a note. A date after ``ως`` or ``by`` at the end makes the rest a promise of ours.
    """
    kind, body = InteractionKind.NOTE, text.clean(line)
    first = _FIRST.match(body)
    if first is not None:
        named = _KIND_OF.get(text.fold(first["word"]))
        if named is not None:
            kind = named
            body = first["rest"].lstrip(" ,:;.-–—")
    by = _BY.match(body)
    if by is not None:
        when = text.parse_when(by["when"].rstrip(" ."), today=today)
        if when is not None:
            return QuickLine(kind, body, by["what"].strip(" ,"), when.day)
    return QuickLine(kind, body)
