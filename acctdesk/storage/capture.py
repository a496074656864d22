"""What a session's flushes change: before images, versions, and the guard against bulk DML.

The before image is read from the database itself in the flush, because the ORM knows no old
value of an attribute that was never loaded. One net change per record is made at the end of the
step.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, TextClause, event
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, object_session

from acctdesk.models.base import Record
from acctdesk.storage import images
from acctdesk.storage.changes import RangeChange, RowChange
from acctdesk.storage.images import Image

_KEY = "acctdesk.capture"
_WRITES = re.compile(
    r"\s*(insert|update|delete|replace|create|drop|alter|pragma|attach)\b", re.IGNORECASE
)


class Capture:
    """The changes of one unit of work, gathered while it runs."""

    def __init__(self, *, clock: Callable[[], dt.datetime]) -> None:
        self.clock = clock
        self.order: dict[tuple[str, int], Image | None] = {}  # None before: created in this unit
        self.ranges: list[RangeChange] = []
        self.stale: dict[str, set[int]] = {}  # changed again after their range was indexed

    def in_range(self, table: str, row_id: int) -> bool:
        """Tell whether the record was created in bulk in this unit."""
        return any(
            change.table == table and change.first_id <= row_id <= change.last_id
            for change in self.ranges
        )

    def touched(self) -> dict[str, set[int]]:
        """Return the ids written one by one, by table."""
        found: dict[str, set[int]] = {}
        for table, row_id in self.order:
            found.setdefault(table, set()).add(row_id)
        return found

    def note(self, table: str, row_id: int, before: Image | None) -> None:
        """Remember a record's state before its first change in this unit."""
        if self.in_range(table, row_id):
            self.stale.setdefault(table, set()).add(row_id)
        else:
            self.order.setdefault((table, row_id), before)

    def changes(self, connection: Connection) -> list[RowChange | RangeChange]:
        """Return the net changes: ranges first, then each record once, in first-touched order."""
        now = {
            table: images.read_images(connection, table, ids)
            for table, ids in self.touched().items()
        }
        found: list[RowChange | RangeChange] = list(self.ranges)
        for (table, row_id), before in self.order.items():
            after = now[table].get(row_id)
            if after is None:
                continue
            if before is None:
                found.append(RowChange(table, row_id, None, after))
                continue
            change = RowChange(table, row_id, *images.difference(before, after))
            if change.fields:
                found.append(change)
        return found


def attach(session: Session, capture: Capture) -> None:
    """Watch ``session`` with ``capture`` and refuse bulk statements in it."""
    session.info[_KEY] = capture
    event.listen(session, "do_orm_execute", _refuse_bulk)


def capture_of(session: Session) -> Capture:
    """Return the capture of a writing session.

    Raises:
        RuntimeError: the session is a reader's.
    """
    found = session.info.get(_KEY)
    if not isinstance(found, Capture):
        raise RuntimeError("a change was made outside Desk.perform")  # noqa: TRY004 - not a type
    return found


def _refuse_bulk(state: ORMExecuteState) -> None:
    statement = state.statement
    if isinstance(statement, TextClause):
        if _WRITES.match(statement.text):
            raise RuntimeError("a textual change leaves no journal: use the ORM or storage.bulk")
        return
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    table = getattr(statement, "table", None)
    if getattr(table, "name", None) in images.journalled():
        raise RuntimeError("a bulk change leaves no journal: use the ORM or storage.bulk")


def _before_insert(_mapper: Mapper[Any], _connection: Connection, target: Record) -> None:
    session = object_session(target)
    if session is None:
        return
    now = capture_of(session).clock()
    for name in ("created_at", "updated_at"):
        if getattr(target, name) is None:
            setattr(target, name, now)


def _after_insert(mapper: Mapper[Any], _connection: Connection, target: Record) -> None:
    session = object_session(target)
    if session is not None:
        capture_of(session).note(mapper.local_table.name, target.id, None)  # type: ignore[attr-defined]


def _before_update(mapper: Mapper[Any], connection: Connection, target: Record) -> None:
    session = object_session(target)
    if session is None or not session.is_modified(target, include_collections=False):
        return
    capture = capture_of(session)
    table = mapper.local_table.name  # type: ignore[attr-defined]
    stored = images.read_images(connection, table, [target.id]).get(target.id)
    if stored is None:
        return
    capture.note(table, target.id, stored)
    target.version = stored["version"] + 1
    target.updated_at = capture.clock()


def _before_delete(_mapper: Mapper[Any], _connection: Connection, _target: Record) -> None:
    raise RuntimeError("a record is put in the trash (deleted_at), never deleted")


event.listen(Record, "before_insert", _before_insert, propagate=True)
event.listen(Record, "after_insert", _after_insert, propagate=True)
event.listen(Record, "before_update", _before_update, propagate=True)
event.listen(Record, "before_delete", _before_delete, propagate=True)
