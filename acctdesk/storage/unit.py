"""The one road of a change: begin, command, capture, index, journal, commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from acctdesk.i18n import Message
from acctdesk.models.base import utc_now
from acctdesk.storage import indexing, journal
from acctdesk.storage.capture import Capture, attach
from acctdesk.storage.changes import ChangeSet, RangeChange, RowChange

T = TypeVar("T")
Keep = Callable[[Connection, Sequence[RowChange | RangeChange]], None]


def keep_nothing(_connection: Connection, _changes: Sequence[RowChange | RangeChange]) -> None:
    """Keep nothing: for a store without figures."""


class UnitOfWork:
    """One transaction of the writer; use :meth:`run` once.

    ``keep`` follows the changes with what is kept on other records for speed.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        schema: int,
        clock: Callable[[], dt.datetime] = utc_now,
        keep: Keep = keep_nothing,
    ) -> None:
        self._engine = engine
        self._schema = schema
        self._clock = clock
        self._keep = keep

    def run(
        self, label: Message, command: Callable[[Session], T], *, merge_key: str | None = None
    ) -> tuple[T, ChangeSet]:
        """Run ``command`` in one transaction and journal what it changed.

        All or nothing: whatever it raises rolls everything back and goes on upwards. A command
        that changes no business record writes no step and leaves redo as it was.
        """
        now = self._clock()
        capture = Capture(clock=self._clock)
        with self._engine.connect() as connection, connection.begin():
            with Session(bind=connection, expire_on_commit=False) as session:
                attach(session, capture)
                value = command(session)
                session.flush()
            changes = capture.changes(connection)
            indexing.sync_changes(connection, changes)
            for table, ids in capture.stale.items():
                indexing.sync(connection, table, ids)
            self._keep(connection, changes)
            step_id: int | None = None
            if changes:
                step_id = self._journal(
                    connection, label=label, changes=changes, now=now, merge_key=merge_key
                )
        return value, ChangeSet(step_id, label, tuple(changes))

    def _journal(
        self,
        connection: Connection,
        *,
        label: Message,
        changes: list[RowChange | RangeChange],
        now: dt.datetime,
        merge_key: str | None,
    ) -> int:
        if merge_key is not None:
            step_id = journal.mergeable(
                connection, merge_key=merge_key, now=now, schema=self._schema
            )
            if step_id is not None:
                joined = journal.merge(journal.changes_of(connection, step_id), changes)
                if joined is not None:
                    journal.replace_step(connection, step_id=step_id, changes=joined, now=now)
                    return step_id
        return journal.write_step(
            connection,
            label=label,
            changes=changes,
            now=now,
            schema=self._schema,
            merge_key=merge_key,
        )
