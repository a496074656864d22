"""Appointments of other calendars as tasks, and tasks as what a calendar can take.

What came in is recognised by its key: it is made once, follows its calendar, and goes to the trash
where the calendar called it off or has it no more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind, TaskState
from acctdesk.models import Client, Contact, Task
from acctdesk.models.base import utc_now
from acctdesk.services import checks

PREFIX = "ics:"
_TITLE, _PLACE, _NOTES = 300, 120, 20_000  # letters kept


@dataclass(frozen=True, slots=True)
class AppointmentInput:
    """An appointment to be kept; ``day`` and ``time`` are the officer's own.

    ``people`` are addresses in small letters: where they are one client's, it is that client's.
    """

    key: str
    title: str
    day: dt.date
    time: dt.time | None = None
    minutes: int | None = None
    notes: str = ""
    place: str = ""
    people: tuple[str, ...] = ()
    cancelled: bool = False


class Arrival(StrEnum):
    """What becomes of an appointment."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """An appointment and what becomes of it; ``was`` is its day and time before."""

    arrival: Arrival
    title: str
    day: dt.date
    time: dt.time | None
    client_name: str | None
    was: tuple[dt.date, dt.time | None] | None = None


@dataclass(frozen=True, slots=True)
class CalendarTask:
    """An open task with a day, as a calendar takes it; ``version`` from 1 on."""

    uid: str
    version: int
    changed_at: dt.datetime
    title: str
    day: dt.date
    time: dt.time | None
    minutes: int | None
    notes: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class _Plan:
    arrival: Arrival
    given: AppointmentInput | None
    task: Task | None


def compare_appointments(
    session: Session,
    *,
    appointments: Sequence[AppointmentInput],
    uids: Collection[str],
    start: dt.date,
    end: dt.date,
) -> list[ArrivalRow]:
    """Return what would become of a calendar's appointments from ``start`` on and before ``end``.

    ``uids`` are all entries of the calendar: what came of them before and is in the period no more
    is gone.
    """
    whose = _whose(session, appointments)
    rows = []
    for plan in _plans(session, appointments, uids, start, end):
        task, given = plan.task, plan.given
        was = None
        if plan.arrival is Arrival.CHANGED and task is not None and task.due_on is not None:
            was = (task.due_on, task.due_time)
        if given is not None:
            client = whose.get(given.key)
            name = client[1] if client is not None else None
            rows.append(ArrivalRow(plan.arrival, given.title, given.day, given.time, name, was))
        elif task is not None and task.due_on is not None:
            rows.append(ArrivalRow(plan.arrival, task.title, task.due_on, task.due_time, None))
    return sorted(rows, key=lambda row: (row.day, row.time or dt.time.min, row.title))


def store_appointments(
    session: Session,
    *,
    appointments: Sequence[AppointmentInput],
    uids: Collection[str],
    start: dt.date,
    end: dt.date,
) -> dict[Arrival, int]:
    """Make, change and trash tasks so that they follow a calendar; return how many of each.

    A task that is done stays as it is. The client is set where a task is made, and is then the
    officer's.
    """
    whose = _whose(session, appointments)
    counts = dict.fromkeys(Arrival, 0)
    for plan in _plans(session, appointments, uids, start, end):
        counts[plan.arrival] += 1
        given, task = plan.given, plan.task
        if plan.arrival is Arrival.NEW and given is not None:
            client = whose.get(given.key)
            session.add(
                Task(
                    client_id=None if client is None else client[0],
                    source_key=given.key,
                    state=TaskState.OPEN.value,
                    kind=None if given.time is None else InteractionKind.MEETING.value,
                    **_values(given),
                )
            )
        elif plan.arrival is Arrival.CHANGED and given is not None and task is not None:
            checks.assign(task, _values(given))
        elif plan.arrival is Arrival.GONE and task is not None:
            task.deleted_at = utc_now()
    if not any(counts[one] for one in Arrival if one is not Arrival.KNOWN):
        raise UserError(msg("Calendar", "Nothing is new in this calendar. Nothing was changed."))
    session.flush()
    return counts


def _plans(
    session: Session,
    appointments: Sequence[AppointmentInput],
    uids: Collection[str],
    start: dt.date,
    end: dt.date,
) -> list[_Plan]:
    of_calendar = or_(Task.source_key.in_([one.key for one in appointments]), *_of(uids))
    stored = {
        task.source_key: task
        for task in session.scalars(select(Task).where(of_calendar, Task.deleted_at.is_(None)))
    }
    plans = []
    for given in {one.key: one for one in appointments}.values():
        task = stored.pop(given.key, None)
        if given.cancelled:
            if task is not None:
                plans.append(_Plan(Arrival.GONE, given, task))
        elif task is None:
            plans.append(_Plan(Arrival.NEW, given, None))
        else:
            same = task.state != TaskState.OPEN.value or all(
                getattr(task, field) == value for field, value in _values(given).items()
            )
            plans.append(_Plan(Arrival.KNOWN if same else Arrival.CHANGED, given, task))
    plans += [
        _Plan(Arrival.GONE, None, task)
        for task in stored.values()
        if task.state == TaskState.OPEN.value and task.due_on and start <= task.due_on < end
    ]
    return plans


def _of(uids: Collection[str]) -> list[ColumnElement[bool]]:
    """Return conditions that find what came of these entries, an occurrence or the whole."""
    return [
        Task.source_key.startswith(f"{PREFIX}{uid[:200]}/", autoescape=True) for uid in sorted(uids)
    ]


def _values(given: AppointmentInput) -> dict[str, object]:
    title = checks.plain(Task, "title", given.title[:_TITLE])
    return {
        "title": title or str(msg("Calendar", "Appointment")),
        "notes": checks.plain(Task, "notes", given.notes[:_NOTES]),
        "place": checks.plain(Task, "place", given.place[:_PLACE]),
        "due_on": checks.day(given.day),
        "due_time": given.time,
        "minutes": given.minutes,
    }


def _whose(
    session: Session, appointments: Sequence[AppointmentInput]
) -> dict[str, tuple[int, str]]:
    """Return for keys the one client (id and name) whose people take part."""
    addresses = {address for one in appointments for address in one.people}
    if not addresses:
        return {}
    known: dict[str, set[tuple[int, str]]] = {}
    for mail, query in (
        (func.lower(Contact.email), select(Client.id, Client.name).join(Contact)),
        (func.lower(Client.email), select(Client.id, Client.name)),
    ):
        live = query.add_columns(mail.label("mail")).where(
            mail.in_(sorted(addresses)), Client.deleted_at.is_(None)
        )
        for row in session.execute(live):
            known.setdefault(row.mail, set()).add((row.id, row.name))
    found = {}
    for one in appointments:
        clients = set().union(*(known.get(address, set()) for address in one.people))
        if len(clients) == 1:
            found[one.key] = clients.pop()
    return found


def calendar_tasks(
    session: Session, *, start: dt.date | None = None, end: dt.date | None = None
) -> list[CalendarTask]:
    """Return open tasks with a day, from ``start`` to ``end`` where given, each with its client.

    What came out of a calendar is left out: it would stand there twice.
    """
    query = (
        select(
            Task.uid,
            Task.version,
            Task.updated_at.label("changed_at"),
            Task.title,
            Task.due_on.label("day"),
            Task.due_time.label("time"),
            Task.minutes,
            Task.notes,
            Task.place,
            Client.name,
            Client.city,
        )
        .outerjoin(Client, Client.id == Task.client_id)
        .where(
            Task.deleted_at.is_(None),
            Task.state == TaskState.OPEN.value,
            Task.due_on.is_not(None),
            or_(Task.source_key.is_(None), Task.source_key.not_like(f"{PREFIX}%")),
        )
        .order_by(Task.due_on, Task.due_time.is_(None), Task.due_time, Task.id)
    )
    if start is not None:
        query = query.where(Task.due_on >= start)
    if end is not None:
        query = query.where(Task.due_on <= end)
    made = []
    for row in session.execute(query):
        values = row._asdict()
        name, city = values.pop("name"), values.pop("city")
        if name is not None:
            values["title"] = f"{row.title} – {name}"
            values["place"] = row.place or city
        made.append(CalendarTask(**values))
    return made
