"""Reading one typed line as an interaction: its kind, its text and a promise with a date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from acctdesk import text
from acctdesk.kinds import InteractionKind
from acctdesk.ui.own_days import own_days

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

_COMMA = re.compile(r"^(?P<what>.+),\s*(?P<when>[^,]+)$")


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
    what, due = read_promise(body, today=today, comma=False)
    return QuickLine(kind, body, what, due) if due is not None else QuickLine(kind, body)


def read_promise(line: str, *, today: dt.date, comma: bool = True) -> tuple[str, dt.date | None]:
    """Return what was promised and by which day: «Προσφορά ως Παρ», ``Offer, 15/3``.

    A day counts after ``ως`` or ``by``, with ``comma`` also after a comma; else there is none.
    """
    body = text.clean(line)
    for pattern in (_BY, _COMMA) if comma else (_BY,):
        found = pattern.match(body)
        if found is None:
            continue
        later = own_days().calendar.add
        when = text.parse_when(found["when"].rstrip(" ."), today=today, later=later)
        if when is not None:
            return found["what"].strip(" ,"), when.day
    return body, None
