"""What a change was: the record that serves undo, history and the notice to the screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from acctdesk.i18n import Message

Action = Literal["insert", "update", "trash", "restore"]
_BOOKKEEPING = frozenset({"version", "updated_at"})
_KEPT = {  # by services.kept
    "clients": frozenset({"balance_minor"}),
    "documents": frozenset({"closed_on", "touched_on", "late_days"}),
    "document_lines": frozenset({"issued_on"}),
}


def bookkeeping(table: str) -> frozenset[str]:
    """Return the columns of a table that follow from other changes, and are part of none."""
    return _BOOKKEEPING | _KEPT.get(table, frozenset())


@dataclass(frozen=True, slots=True)
class RowChange:
    """One record before and after.

    ``before`` is None for a created record. Of an updated one both sides hold exactly the columns
    that differ (a trashed record differs in ``deleted_at``).
    """

    table: str
    id: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def fields(self) -> frozenset[str]:
        """Return the columns that changed, without the bookkeeping ones."""
        return frozenset(self.after or ()) - bookkeeping(self.table)


@dataclass(frozen=True, slots=True)
class RangeChange:
    """Many records of one table created, trashed or restored together, ids first to last."""

    table: str
    first_id: int
    last_id: int
    action: Action

    @property
    def count(self) -> int:
        """Return how many records the range holds."""
        return self.last_id - self.first_id + 1


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """The ordered changes of one step. ``step_id`` is None where nothing was journalled."""

    step_id: int | None
    label: Message
    changes: tuple[RowChange | RangeChange, ...] = field(default=())

    def tables(self) -> frozenset[str]:
        """Return the tables in which anything changed."""
        return frozenset(change.table for change in self.changes)

    def touches(self, *tables: str) -> bool:
        """Tell whether anything changed in one of ``tables``."""
        return not self.tables().isdisjoint(tables)

    def ids(self, table: str) -> set[int] | None:
        """Return the ids that changed in ``table``; None means "everything in it"."""
        found: set[int] = set()
        for change in self.changes:
            if change.table != table:
                continue
            if isinstance(change, RangeChange):
                return None
            found.add(change.id)
        return found

    def __bool__(self) -> bool:
        return bool(self.changes)
