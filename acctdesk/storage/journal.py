"""The journal: each step's header and one indexed row per changed record.

Written in the step's own transaction. Undo, history and "what changed since" all read this one
record.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from acctdesk.i18n import Message
from acctdesk.storage import images
from acctdesk.storage.changes import Action, RangeChange, RowChange
from acctdesk.storage.tables import journal_changes, journal_steps

MERGE_WINDOW = dt.timedelta(minutes=2)  # typing that pauses longer is another step
_INSERT_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Step:
    """A header of the journal."""

    id: int
    label: Message
    made_at: dt.datetime
    touched_at: dt.datetime
    undone_at: dt.datetime | None
    state: str
    merge_key: str | None
    schema: int


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One change of one record, for its history; newest first in lists.

    ``undone`` tells that the step was taken back since.
    """

    step_id: int
    at: dt.datetime
    label: Message
    change: RowChange | RangeChange
    undone: bool


def _plain(value: Any) -> Any:
    if isinstance(value, Message):
        return {"message": _message_data(value)}
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def _message_data(message: Message) -> dict[str, Any]:
    return {
        "context": message.context,
        "text": message.text,
        "plural": message.plural,
        "args": {key: _plain(value) for key, value in message.args.items()},
    }


def _message_from(data: dict[str, Any]) -> Message:
    args = {
        key: _message_from(value["message"]) if isinstance(value, dict) else value
        for key, value in data["args"].items()
    }
    return Message(data["context"], data["text"], args, data["plural"])


def label_text(label: Message) -> str:
    """Return a label as it is stored."""
    return json.dumps(_message_data(label), ensure_ascii=False, separators=(",", ":"))


def _step(row: Row[Any]) -> Step:
    return Step(
        id=row.id,
        label=_message_from(json.loads(row.label)),
        made_at=row.made_at,
        touched_at=row.touched_at,
        undone_at=row.undone_at,
        state=row.state,
        merge_key=row.merge_key,
        schema=row.schema,
    )


def write_step(
    connection: Connection,
    *,
    label: Message,
    changes: Iterable[RowChange | RangeChange],
    now: dt.datetime,
    schema: int,
    merge_key: str | None,
) -> int:
    """Write a new step and its changes; what was undone before can no longer be redone."""
    connection.execute(
        update(journal_steps).where(journal_steps.c.state == "undone").values(state="dropped")
    )
    step_id = connection.execute(
        insert(journal_steps).values(
            kind="change",
            label=label_text(label),
            made_at=now,
            touched_at=now,
            state="done",
            merge_key=merge_key,
            schema=schema,
        )
    ).inserted_primary_key
    assert step_id is not None
    write_changes(connection, step_id=step_id[0], changes=changes)
    return cast("int", step_id[0])


def write_changes(
    connection: Connection, *, step_id: int, changes: Iterable[RowChange | RangeChange]
) -> None:
    """Write the rows of a step."""
    rows: list[dict[str, Any]] = []
    for change in changes:
        if isinstance(change, RangeChange):
            rows.append(
                {
                    "step_id": step_id,
                    "table_name": change.table,
                    "row_id": change.first_id,
                    "last_id": change.last_id,
                    "before": None,
                    "after": None,
                }
            )
        else:
            rows.append(
                {
                    "step_id": step_id,
                    "table_name": change.table,
                    "row_id": change.id,
                    "last_id": None,
                    "before": images.encode(change.table, change.before),
                    "after": images.encode(change.table, change.after),
                }
            )
    for start in range(0, len(rows), _INSERT_CHUNK):
        connection.execute(insert(journal_changes), rows[start : start + _INSERT_CHUNK])


def _change(row: Row[Any]) -> RowChange | RangeChange:
    if row.last_id is not None:
        action: Action = "insert"
        return RangeChange(row.table_name, row.row_id, row.last_id, action)
    return RowChange(
        row.table_name,
        row.row_id,
        images.decode(row.table_name, row.before),
        images.decode(row.table_name, row.after),
    )


def changes_of(connection: Connection, step_id: int) -> list[RowChange | RangeChange]:
    """Return the changes of a step in their order."""
    rows = connection.execute(
        select(journal_changes)
        .where(journal_changes.c.step_id == step_id)
        .order_by(journal_changes.c.id)
    )
    return [_change(row) for row in rows]


def newest_done(connection: Connection) -> Step | None:
    """Return the step that undo would take back, of whatever schema."""
    row = connection.execute(
        select(journal_steps)
        .where(journal_steps.c.state == "done", journal_steps.c.kind == "change")
        .order_by(journal_steps.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else _step(row)


def steps_that_stand(connection: Connection) -> int:
    """Return how many steps were made and not taken back."""
    done = (journal_steps.c.kind == "change", journal_steps.c.state == "done")
    return connection.scalar(select(func.count()).select_from(journal_steps).where(*done)) or 0


def last_change(connection: Connection) -> dt.datetime | None:
    """Return when the book was last changed, by a step or by taking one back; None: never."""
    row = connection.execute(
        select(func.max(journal_steps.c.touched_at), func.max(journal_steps.c.undone_at))
    ).one()
    return max((at for at in row if at is not None), default=None)


def oldest_undone(connection: Connection) -> Step | None:
    """Return the step that redo would repeat."""
    row = connection.execute(
        select(journal_steps)
        .where(journal_steps.c.state == "undone", journal_steps.c.kind == "change")
        .order_by(journal_steps.c.id)
        .limit(1)
    ).first()
    return None if row is None else _step(row)


def mergeable(
    connection: Connection, *, merge_key: str, now: dt.datetime, schema: int
) -> int | None:
    """Return the step that typing under ``merge_key`` continues: the last one, and fresh."""
    row = connection.execute(
        select(journal_steps).order_by(journal_steps.c.id.desc()).limit(1)
    ).first()
    if row is None or row.kind != "change" or row.state != "done":
        return None
    if row.merge_key != merge_key or row.schema != schema:
        return None
    fresh = dt.timedelta(0) <= now - row.touched_at <= MERGE_WINDOW
    return cast("int", row.id) if fresh else None


def merge(
    earlier: Sequence[RowChange | RangeChange], later: Sequence[RowChange | RangeChange]
) -> list[RowChange | RangeChange] | None:
    """Return both as one step: the first before, the last after; None where they cannot join."""
    joined: dict[tuple[str, int], RowChange] = {}
    for change in (*earlier, *later):
        if isinstance(change, RangeChange):
            return None
        key = (change.table, change.id)
        old = joined.get(key)
        if old is None:
            joined[key] = change
        elif old.before is None:
            joined[key] = RowChange(*key, None, {**(old.after or {}), **(change.after or {})})
        else:
            before = {**(change.before or {}), **old.before}
            after = {**(old.after or {}), **(change.after or {})}
            kept = {field: value for field, value in after.items() if before[field] != value}
            joined[key] = RowChange(*key, {field: before[field] for field in kept}, kept)
    return [change for change in joined.values() if change.before is None or change.fields]


def replace_step(
    connection: Connection,
    *,
    step_id: int,
    changes: Sequence[RowChange | RangeChange],
    now: dt.datetime,
) -> None:
    """Give a step other changes, or drop it where nothing of it is left."""
    connection.execute(delete(journal_changes).where(journal_changes.c.step_id == step_id))
    if not changes:
        connection.execute(delete(journal_steps).where(journal_steps.c.id == step_id))
        return
    write_changes(connection, step_id=step_id, changes=changes)
    connection.execute(
        update(journal_steps).where(journal_steps.c.id == step_id).values(touched_at=now)
    )


def mark(connection: Connection, *, step: Step, state: str, now: dt.datetime, schema: int) -> None:
    """Note that a step was undone or done again, as a row of its own and on its header."""
    connection.execute(
        update(journal_steps)
        .where(journal_steps.c.id == step.id)
        .values(state=state, undone_at=now if state == "undone" else None)
    )
    connection.execute(
        insert(journal_steps).values(
            kind="undo" if state == "undone" else "redo",
            about_id=step.id,
            label=label_text(step.label),
            made_at=now,
            touched_at=now,
            state="noted",
            schema=schema,
        )
    )


def history(connection: Connection, *, table: str, row_id: int) -> list[JournalEntry]:
    """Return every recorded change of one record, newest first, undone ones marked."""
    changes, steps = journal_changes, journal_steps
    rows = connection.execute(
        select(changes, steps.c.made_at, steps.c.label, steps.c.state)
        .join(steps, steps.c.id == changes.c.step_id)
        .where(
            changes.c.table_name == table,
            or_(
                and_(changes.c.last_id.is_(None), changes.c.row_id == row_id),
                and_(changes.c.last_id >= row_id, changes.c.row_id <= row_id),
            ),
        )
        .order_by(changes.c.step_id.desc(), changes.c.id.desc())
    )
    return [
        JournalEntry(
            step_id=row.step_id,
            at=row.made_at,
            label=_message_from(json.loads(row.label)),
            change=_change(row),
            undone=row.state != "done",
        )
        for row in rows
    ]


def journal_entries(
    connection: Connection, *, since: dt.datetime | None = None, limit: int = 200
) -> list[Step]:
    """Return the steps that stand, newest first: what changed (since an instant)."""
    query = (
        select(journal_steps)
        .where(journal_steps.c.kind == "change", journal_steps.c.state == "done")
        .order_by(journal_steps.c.id.desc())
        .limit(limit)
    )
    if since is not None:
        query = query.where(journal_steps.c.touched_at > since)
    return [_step(row) for row in connection.execute(query)]
