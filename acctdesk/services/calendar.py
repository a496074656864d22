"""What stands in the calendar, what of it collides, and everything that has a day to be met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import Session

from acctdesk.i18n import Message, msg
from acctdesk.kinds import DisputeState, PromiseBy, PromiseState, RequestState, TaskState
from acctdesk.models import Client, Dispute, KeyDate, Promise, Request, Task
from acctdesk.periods import WorkingDays
from acctdesk.services.days import own_calendar
from acctdesk.services.rows import TaskRow
from acctdesk.services.tasks import tasks_between

USUAL_MINUTES = 30  # of a task that does not say how long it takes
MOST = 2_000


@dataclass(frozen=True, slots=True)
class CalendarSpan:
    """Some days of the calendar: their tasks by day and time, and the officer's working days."""

    start: dt.date
    end: dt.date
    tasks: tuple[TaskRow, ...]
    days: WorkingDays
    conflicts: frozenset[int]  # ids of open tasks that overlap in time


def calendar_span(session: Session, *, start: dt.date, end: dt.date) -> CalendarSpan:
    """Return the days from ``start`` to ``end``, both included."""
    tasks = tasks_between(session, start=start, end=end)
    return CalendarSpan(start, end, tuple(tasks), own_calendar(session), conflicts_of(tasks))


def minute_of(task: TaskRow) -> int:
    """Return the minute of the day at which a task begins; 0 where it has no time."""
    return 0 if task.due_time is None else task.due_time.hour * 60 + task.due_time.minute


def conflicts_of(tasks: Iterable[TaskRow]) -> frozenset[int]:
    """Return the ids of open tasks with a time that overlap another one."""
    found: set[int] = set()
    last: dict[dt.date, tuple[int, int]] = {}  # the one that ends last so far: its end and id
    timed = [
        one
        for one in tasks
        if one.due_on and one.due_time is not None and one.state is TaskState.OPEN
    ]
    for task in sorted(timed, key=lambda one: (one.due_on, minute_of(one), one.id)):
        assert task.due_on is not None
        begins = minute_of(task)
        ends = begins + (task.minutes or USUAL_MINUTES)
        before = last.get(task.due_on)
        if before is not None and begins < before[0]:
            found |= {before[1], task.id}
        if before is None or ends > before[0]:
            last[task.due_on] = (ends, task.id)
    return frozenset(found)


class DeadlineKind(StrEnum):
    """What has a day to be met."""

    TASK = "task"
    PLAN_STEP = "plan_step"
    PROMISE = "promise"
    DISPUTE = "dispute"
    REQUEST = "request"
    KEY_DATE = "key_date"


DEADLINE_WORDS: dict[DeadlineKind, Message] = {
    DeadlineKind.TASK: msg("Deadline", "Deadline"),
    DeadlineKind.PLAN_STEP: msg("Deadline", "Step of a plan"),
    DeadlineKind.PROMISE: msg("Deadline", "Our promise"),
    DeadlineKind.DISPUTE: msg("Deadline", "Dispute"),
    DeadlineKind.REQUEST: msg("Deadline", "Request to a department"),
    DeadlineKind.KEY_DATE: msg("Deadline", "Key date"),
}


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One thing with a day to be met. ``left`` is in working days, negative where it has passed."""

    kind: DeadlineKind
    id: int
    title: str
    due_on: dt.date
    client_id: int | None
    client_name: str | None
    left: int
    overdue: bool


def deadlines(session: Session, *, today: dt.date) -> list[DeadlineRow]:
    """Return everything open that has a day to be met, the earliest first.

    Tasks that are deadlines, steps of action plans, our promises, disputes, requests to
    departments, and key dates.
    """
    calendar = own_calendar(session)
    flagged = _query(DeadlineKind.TASK, Task, Task.title, Task.due_on).where(
        Task.state == TaskState.OPEN.value, Task.deadline, Task.plan_id.is_(None)
    )
    steps = _query(DeadlineKind.PLAN_STEP, Task, Task.title, Task.due_on).where(
        Task.state == TaskState.OPEN.value, Task.plan_id.is_not(None)
    )
    promises = _query(DeadlineKind.PROMISE, Promise, Promise.what, Promise.due_on).where(
        Promise.state == PromiseState.OPEN.value, Promise.given_by == PromiseBy.US.value
    )
    disputes = _query(DeadlineKind.DISPUTE, Dispute, Dispute.title, Dispute.due_on).where(
        Dispute.state == DisputeState.OPEN.value
    )
    requests = _query(DeadlineKind.REQUEST, Request, Request.what, Request.due_on).where(
        Request.state == RequestState.OPEN.value
    )
    key_dates = _query(DeadlineKind.KEY_DATE, KeyDate, KeyDate.title, KeyDate.on_date).where(
        KeyDate.closed_on.is_(None)
    )
    all_of = union_all(flagged, steps, promises, disputes, requests, key_dates).subquery()
    query = (
        select(all_of, Client.name.label("client_name"))
        .outerjoin(Client, Client.id == all_of.c.client_id)
        .where(Client.deleted_at.is_(None))
        .order_by(all_of.c.due_on, all_of.c.kind, all_of.c.id)
        .limit(MOST)
    )
    return [_row(row, calendar, today) for row in session.execute(query)]


def _query(kind: DeadlineKind, model: Any, title: Any, due: Any) -> Select[*tuple[Any, ...]]:
    return select(
        literal(kind.value).label("kind"),
        model.id.label("id"),
        title.label("title"),
        due.label("due_on"),
        model.client_id.label("client_id"),
    ).where(model.deleted_at.is_(None), due.is_not(None))


def _row(row: Any, calendar: WorkingDays, today: dt.date) -> DeadlineRow:
    kind = DeadlineKind(row.kind)
    return DeadlineRow(
        kind=kind,
        id=row.id,
        title=row.title or "",
        due_on=row.due_on,
        client_id=row.client_id,
        client_name=row.client_name,
        left=calendar.left(row.due_on, today=today),
        overdue=row.due_on < today,
    )
