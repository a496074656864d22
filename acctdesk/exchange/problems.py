"""What was found wrong in a row of a file, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from acctdesk.i18n import Message
from acctdesk.kinds import ProblemCode, ProblemOutcome


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding.

    ``record`` is the client code, the document number or the month (``None`` where the row names
    none); ``row`` the number that the spreadsheet shows; ``field`` a key of ``fields.py``;
    ``value`` the cell as it was written; ``what`` the sentence to show.
    """

    record: str | None
    sheet: str
    row: int
    field: str
    value: str
    code: ProblemCode
    done: ProblemOutcome
    what: Message

    def to_json(self) -> dict[str, Any]:
        """Return the object that the command line prints for this problem."""
        return {
            "record": self.record,
            "sheet": self.sheet,
            "row": self.row,
            "field": self.field,
            "value": self.value,
            "code": self.code.value,
            "what": self.what.localized(),
            "done": self.done.value,
        }
