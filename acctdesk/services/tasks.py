"""What the officer has to do; a client's earliest open task is its next step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any, Unpack

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from acctdesk.kinds import InteractionKind, TaskState
from acctdesk.models import Client, Task
from acctdesk.models.base import utc_now
from acctdesk.services import checks
from acctdesk.services.rows import TaskRow
from acctdesk.services.series import follow, shown_once
from acctdesk.services.task_fields import MoreFields, TaskFields, checked_task


@dataclass(frozen=True, slots=True)
class TaskInput:
    """A task as typed, for a command that makes one on its way."""

    title: str
    due_on: dt.date | None = None
    due_time: dt.time | None = None
    notes: str | None = None


def add_task(
    session: Session,
    *,
    title: str,
    client_id: int | None = None,
    due_on: dt.date | None = None,
    due_time: dt.time | None = None,
    notes: str | None = None,
    interaction_id: int | None = None,
    **more: Unpack[MoreFields],
) -> int:
    """Add an open task; return its id. A time without a day is dropped."""
    if client_id is not None:
        checks.live(session, Client, client_id)
    values = checked_task(
        {
            "title": title,
            "due_on": due_on,
            "due_time": due_time if due_on is not None else None,
            "notes": notes,
            **more,
        }
    )
    task = Task(
        client_id=client_id,
        interaction_id=interaction_id,
        state=TaskState.OPEN.value,
        **values,
    )
    session.add(task)
    session.flush()
    return task.id


def update_task(
    session: Session,
    *,
    task_id: int,
    expected_version: int | None = None,
    **fields: Unpack[TaskFields],
) -> None:
    """Change fields of a task.

    Raises:
        ConflictError: the task changed since ``expected_version``.
    """
    task = checks.live(session, Task, task_id)
    values = checked_task(fields)
    checks.expect_version(task, expected_version, values)
    checks.assign(task, values)


def complete_task(session: Session, *, task_id: int, on: dt.date) -> None:
    """Mark a task as done on a day."""
    task = checks.live(session, Task, task_id)
    task.state, task.done_on = TaskState.DONE.value, checks.day(on)
    follow(session, task, on=on)


def reopen_task(session: Session, *, task_id: int) -> None:
    """Mark a task as still to be done."""
    task = checks.live(session, Task, task_id)
    task.state, task.done_on = TaskState.OPEN.value, None


def move_task(
    session: Session, *, task_id: int, due_on: dt.date | None, due_time: dt.time | None = None
) -> None:
    """Give a task another day (and time)."""
    task = checks.live(session, Task, task_id)
    task.due_on = checks.day(due_on)
    task.due_time = due_time if due_on is not None else None
    follow(session, task, on=task.series_on or dt.date.min)


def trash_task(session: Session, *, task_id: int) -> None:
    """Move a task to the trash; of a series this one time."""
    task = checks.live(session, Task, task_id)
    task.deleted_at = utc_now()
    follow(session, task, on=task.series_on or dt.date.min)


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Task.id,
            Task.client_id,
            Client.name.label("client_name"),
            Task.title,
            Task.notes,
            Task.due_on,
            Task.due_time,
            Task.state,
            Task.done_on,
            Task.version,
            Task.kind,
            Task.minutes,
            Task.place,
            Task.deadline,
            Task.series_id,
            Task.series_on,
            Task.plan_id,
        )
        .outerjoin(Client, Client.id == Task.client_id)
        .where(Task.deleted_at.is_(None))
    )


_FIELDS = [one.name for one in fields(TaskRow)]
_STATE, _KIND = _FIELDS.index("state"), _FIELDS.index("kind")
_KINDS: dict[str | None, InteractionKind | None] = {one.value: one for one in InteractionKind}
_STATES = {one.value: one for one in TaskState}


def _row(row: Any) -> TaskRow:
    """Return what ``_rows`` asked for, whose columns are in the order of the fields.

    A month of a large book has 1,700 of them.
    """
    values = list(row)
    values[_STATE] = _STATES[values[_STATE]]
    values[_KIND] = _KINDS.get(values[_KIND])
    return TaskRow(*values)


_IN_A_DAY = (Task.due_time.is_(None), Task.due_time, Task.id)


def _by_due(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.order_by(Task.due_on.is_(None), Task.due_on, *_IN_A_DAY)


def get_task(session: Session, *, task_id: int) -> TaskRow | None:
    """Return one task, None where it is gone."""
    row = session.execute(_rows().where(Task.id == task_id)).first()
    return None if row is None else _row(row)


def tasks_between(
    session: Session, *, start: dt.date, end: dt.date, done: bool = True
) -> list[TaskRow]:
    """Return the tasks of some days, by day and time: the open ones, and the done where wished."""
    states = [TaskState.OPEN.value, *([TaskState.DONE.value] if done else [])]
    query = _rows().where(Task.state.in_(states), Task.due_on.between(start, end))
    return [_row(row) for row in session.execute(_by_due(query))]


def next_step(session: Session, *, client_id: int) -> TaskRow | None:
    """Return a client's earliest open task; one without a day comes last."""
    query = _rows().where(Task.client_id == client_id, Task.state == TaskState.OPEN.value)
    row = session.execute(_by_due(query).limit(1)).first()
    return None if row is None else _row(row)


def next_steps(session: Session, *, client_ids: Collection[int]) -> dict[int, TaskRow]:
    """Return the next step of each of these clients that has one; one statement."""
    query = _rows().where(Task.client_id.in_(list(client_ids)), Task.state == TaskState.OPEN.value)
    found: dict[int, TaskRow] = {}
    for row in session.execute(_by_due(query)):
        found.setdefault(row.client_id, _row(row))
    return found


def timed_tasks(
    session: Session, *, start: dt.date, end: dt.date, also: Collection[int] = ()
) -> list[TaskRow]:
    """Return open tasks with a time of day, from ``start`` to ``end``; and ``also`` those ids."""
    timed = and_(Task.due_time.is_not(None), Task.due_on.between(start, end))
    query = _rows().where(Task.state == TaskState.OPEN.value, or_(timed, Task.id.in_(sorted(also))))
    return [_row(row) for row in session.execute(_by_due(query))]


def done_tasks(session: Session, *, since: dt.date, limit: int = 500) -> list[TaskRow]:
    """Return tasks done on ``since`` or later, the latest first."""
    query = _rows().where(Task.state == TaskState.DONE.value, Task.done_on >= since)
    ordered = query.order_by(Task.done_on.desc(), Task.id.desc()).limit(limit)
    return [_row(row) for row in session.execute(ordered)]


def pressing_tasks(session: Session, *, today: dt.date) -> int:
    """Return how many open tasks are due today or were due before."""
    query = select(func.count()).where(
        Task.deleted_at.is_(None), Task.state == TaskState.OPEN.value, Task.due_on <= today
    )
    return session.execute(query).scalar_one()


def open_tasks(
    session: Session,
    *,
    client_id: int | None = None,
    until: dt.date | None = None,
    limit: int = 500,
    every_time: bool = False,
) -> list[TaskRow]:
    """Return open tasks, earliest first: of one client or all, due up to ``until`` where given.

    Of what comes again only the next time, unless ``every_time`` is asked for.
    """
    query = _rows().where(Task.state == TaskState.OPEN.value)
    if not every_time:
        query = query.where(shown_once())
    if client_id is not None:
        query = query.where(Task.client_id == client_id)
    if until is not None:
        query = query.where(Task.due_on <= until)
    if client_id is not None:
        return [_row(row) for row in session.execute(_by_due(query).limit(limit))]
    # those with a day come out of the index in order: of a long list only the first are read
    dated = query.where(Task.due_on.is_not(None)).order_by(Task.due_on, *_IN_A_DAY)
    found = session.execute(dated.limit(limit)).all()
    if until is None and len(found) < limit:
        undated = query.where(Task.due_on.is_(None)).order_by(*_IN_A_DAY)
        found = [*found, *session.execute(undated.limit(limit - len(found)))]
    return [_row(row) for row in found]
