"""Taking a step back and repeating it, by the inverse of what the journal recorded.

A record that a step created goes to the trash and comes back from it; the instant of the undo is
its ``deleted_at``, so that redo restores exactly what the undo put away. Only the fields that the
step changed are compared and written; ``version`` is raised, never set back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, Engine, bindparam, func, select, update
from sqlalchemy.exc import IntegrityError

from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.storage import images, indexing, journal
from acctdesk.storage.changes import ChangeSet, RangeChange, RowChange, bookkeeping
from acctdesk.storage.images import Image
from acctdesk.storage.journal import Step
from acctdesk.storage.tables import journal_steps
from acctdesk.storage.unit import Keep, keep_nothing

Changes = Sequence[RowChange | RangeChange]


def _too_old() -> UserError:
    return UserError(
        msg("Undo", "Changes made before the program was updated can no longer be undone.")
    )


def _changed_since(label: Message) -> UserError:
    return UserError(
        msg(
            "Undo",
            "“{label}”: the record was changed again since, so this step was left as it is.",
            label=label,
        )
    )


def _taken(label: Message) -> UserError:
    return UserError(
        msg(
            "Undo",
            "“{label}”: another record uses the same code or number now, so this step was left"
            " as it is.",
            label=label,
        )
    )


def nothing() -> UserError:
    """Return the refusal where no step stands."""
    return UserError(msg("Undo", "There is nothing to undo."))


def undo(engine: Engine, *, now: dt.datetime, schema: int, keep: Keep = keep_nothing) -> ChangeSet:
    """Take the newest step back and return what that changed.

    Raises:
        UserError: nothing to undo, a step of an older schema, or a record that no longer holds
            the value the step gave it; nothing was changed.
    """
    with engine.connect() as connection, connection.begin():
        step = journal.newest_done(connection)
        if step is None:
            raise nothing()
        if step.schema != schema:
            raise _too_old()
        now = _unique_instant(connection, now)
        done = _apply(connection, step, forward=False, now=now, schema=schema)
        keep(connection, done.changes)
        return done


def redo(engine: Engine, *, now: dt.datetime, schema: int, keep: Keep = keep_nothing) -> ChangeSet:
    """Repeat the step that was undone last and return what that changed.

    Raises:
        UserError: nothing to redo, or a record that no longer is as the undo left it.
    """
    with engine.connect() as connection, connection.begin():
        step = journal.oldest_undone(connection)
        if step is None:
            raise UserError(msg("Undo", "There is nothing to redo."))
        if step.schema != schema:
            raise _too_old()
        done = _apply(connection, step, forward=True, now=now, schema=schema)
        keep(connection, done.changes)
        return done


def _unique_instant(connection: Connection, now: dt.datetime) -> dt.datetime:
    # what one undo trashed is told apart from what another did by this instant alone
    newest: dt.datetime | None = connection.execute(
        select(func.max(journal_steps.c.undone_at))
    ).scalar()
    if newest is not None and newest >= now:
        return newest + dt.timedelta(microseconds=1)
    return now


def _apply(
    connection: Connection, step: Step, *, forward: bool, now: dt.datetime, schema: int
) -> ChangeSet:
    changes = journal.changes_of(connection, step.id)
    ordered = changes if forward else changes[::-1]
    current = _current(connection, changes)
    done: list[RowChange | RangeChange] = []
    writes: list[_Write] = []
    for change in ordered:
        if isinstance(change, RowChange):
            made = _inverse(step, change, current[change.table].get(change.id), forward, now)
            done.append(made)
            writes.append(_Write(change.table, change.id, dict(made.after or {})))
    ranges = [change for change in ordered if isinstance(change, RangeChange)]
    try:
        if forward:  # what is restored may need a code that an updated record gives back
            _write(connection, writes, now)
        done += [
            _apply_range(connection, step, change, forward=forward, now=now) for change in ranges
        ]
        if not forward:  # and the other way round
            _write(connection, writes, now)
    except IntegrityError as error:
        raise _taken(step.label) from error
    indexing.sync_changes(connection, done)
    for change in done:
        if isinstance(change, RangeChange):
            indexing.sync_range(connection, change.table, change.first_id, change.last_id)
    state = "done" if forward else "undone"
    journal.mark(connection, step=step, state=state, now=now, schema=schema)
    return ChangeSet(step.id, step.label, tuple(done))


@dataclass(frozen=True, slots=True)
class _Write:
    table: str
    id: int
    values: Image


def _current(connection: Connection, changes: Changes) -> dict[str, dict[int, Image]]:
    ids: dict[str, list[int]] = {}
    for change in changes:
        if isinstance(change, RowChange):
            ids.setdefault(change.table, []).append(change.id)
    return {table: images.read_images(connection, table, found) for table, found in ids.items()}


def _inverse(
    step: Step, change: RowChange, current: Image | None, forward: bool, now: dt.datetime
) -> RowChange:
    """Return the change that takes ``change`` back, or forward again, on what the record holds."""
    if change.before is None:
        expected: Image = {"deleted_at": step.undone_at if forward else None}
        wanted: Image = {"deleted_at": None if forward else now}
    else:
        was, will_be = (change.before, change.after) if forward else (change.after, change.before)
        aside = bookkeeping(change.table)
        wanted = {key: value for key, value in (will_be or {}).items() if key not in aside}
        expected = {key: (was or {})[key] for key in wanted}
    if current is None or any(current[key] != value for key, value in expected.items()):
        raise _changed_since(step.label)
    return RowChange(change.table, change.id, expected, wanted)


def _write(connection: Connection, writes: Sequence[_Write], now: dt.datetime) -> None:
    # in order, because a code may be free only after another record gave it back; neighbours
    # that set the same columns go in one statement
    for (name, columns), run in groupby(writes, key=lambda one: (one.table, tuple(one.values))):
        table = images.table_of(name)
        statement = (
            update(table)
            .where(table.c.id == bindparam("row_id"))
            .values(
                {column: bindparam(f"set_{column}") for column in columns}
                | {"version": table.c.version + 1, "updated_at": now}
            )
        )
        rows = [
            {f"set_{key}": value for key, value in one.values.items()} | {"row_id": one.id}
            for one in run
        ]
        connection.execute(statement, rows)


def _apply_range(
    connection: Connection, step: Step, change: RangeChange, *, forward: bool, now: dt.datetime
) -> RangeChange:
    target = images.table_of(change.table)
    trashed = step.undone_at if forward else None
    result = connection.execute(
        update(target)
        .where(
            target.c.id.between(change.first_id, change.last_id),
            target.c.deleted_at.is_not_distinct_from(trashed),
        )
        .values(deleted_at=None if forward else now, version=target.c.version + 1, updated_at=now)
    )
    if result.rowcount != change.count:
        raise _changed_since(step.label)
    return RangeChange(
        change.table, change.first_id, change.last_id, "restore" if forward else "trash"
    )
