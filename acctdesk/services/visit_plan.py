"""A day of visits in one area: who is due there, in which order, why, and the visits as tasks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.figures.rhythm import ContactRhythm, Gap, contact_rhythm
from acctdesk.figures.visits import visit_rank, visit_times
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import ContactState, InteractionKind, PromiseBy, PromiseState, TaskState
from acctdesk.models import Client, Contact, Promise, Task
from acctdesk.services import checks, standing
from acctdesk.services.days import local_day
from acctdesk.services.profile import get_profile
from acctdesk.services.tasks import add_task
from acctdesk.text import clean, fold, latin_key

__all__ = [
    "Area",
    "PlannedVisit",
    "VisitInput",
    "VisitLine",
    "VisitPlan",
    "areas",
    "plan_visits",
    "visit_plan",
    "visit_times",
]

NEAR_DIGITS = 3  # of a Greek postcode: the same sorting district


@dataclass(frozen=True, slots=True)
class Area:
    """A city of the book and how many active clients are there."""

    city: str
    clients: int


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """An open visit that stands in the day already."""

    task_id: int
    time: dt.time | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A client worth visiting on the day, and why. ``near`` is who is not in the area itself."""

    client_id: int
    name: str
    address: str | None
    city: str | None
    postal_code: str | None
    phone: str | None
    person: str | None  # who decides, else the first one written down
    person_phone: str | None
    near: bool
    rhythm: ContactRhythm
    overdue_minor: int
    promises: tuple[str, ...]  # ours, open
    sales_365_minor: int
    why: tuple[Message, ...]
    planned: PlannedVisit | None


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """Who is due in an area on a day, the first to visit first."""

    day: dt.date
    area: str  # as it was understood: a city, or the beginning of a postcode
    currency: str
    clients: int  # active in the area, due or not
    lines: tuple[VisitLine, ...]


@dataclass(frozen=True, slots=True)
class VisitInput:
    """A visit to be planned."""

    client_id: int
    time: dt.time | None
    minutes: int


def areas(session: Session) -> list[Area]:
    """Return the cities of active clients, those with most of them first."""
    rows = session.execute(
        select(func.min(Client.city).label("city"), func.count().label("n"))
        .where(Client.deleted_at.is_(None), Client.active.is_(True), Client.city_fold != "")
        .group_by(Client.city_fold)
        .order_by(func.count().desc(), Client.city_fold)
    )
    return [Area(row.city, row.n) for row in rows]


def visit_plan(session: Session, *, day: dt.date, area: str, today: dt.date) -> VisitPlan:
    """Return who is worth a visit on ``day`` in an area: a city, or the beginning of a postcode.

    Worth a visit is whose contact will be due by then, who owes something overdue, or whom we owe
    a promise by then; and who is planned already. Contacts and money are those of today. Near is
    who has the same first three digits of the postcode as somebody in the area. Seven statements.

    Raises:
        UserError: no active client is in the area.
    """
    shown, here, near = _found(session, area)
    rows = {
        row.id: row
        for row in session.execute(
            select(
                Client.id,
                Client.name,
                Client.name_key,
                Client.address,
                Client.city,
                Client.postal_code,
                func.coalesce(Client.phone, Client.mobile).label("phone"),
                standing.last_contact_at(today).label("at"),
                standing.ideal_days().label("ideal"),
                standing.most_days().label("most"),
            ).where(Client.id.in_([*here, *near]))
        )
    }
    ids = list(rows)
    currency = get_profile(session).currency
    owed, sold = _money(session, ids, today)
    promised = _promises(session, ids, day)
    people, planned = _people(session, ids), _planned(session, ids, day)
    lines: list[tuple[Any, VisitLine]] = []
    for row in rows.values():
        last_on = None if row.at is None else local_day(row.at)
        rhythm = contact_rhythm(last_on, Gap(row.ideal, row.most), as_of=day)
        overdue, sales = owed.get(row.id, 0), sold.get(row.id, 0)
        ours = tuple(promised[row.id])
        buys_unseen = rhythm.state is ContactState.NEVER and sales > 0
        due = rhythm.state in {ContactState.DUE, ContactState.FORGOTTEN} or buys_unseen
        if not (due or overdue > 0 or ours or row.id in planned):
            continue
        who = people.get(row.id)
        line = VisitLine(
            client_id=row.id,
            name=row.name,
            address=row.address,
            city=row.city,
            postal_code=row.postal_code,
            phone=row.phone,
            person=who and who[0],
            person_phone=who and who[1],
            near=row.id in near,
            rhythm=rhythm,
            overdue_minor=overdue,
            promises=ours,
            sales_365_minor=sales,
            why=_why(rhythm, overdue, ours, sales, currency),
            planned=planned.get(row.id),
        )
        rank = visit_rank(
            near=line.near,
            state=rhythm.state if due else ContactState.FINE,
            overdue_minor=overdue,
            promises=len(ours),
            sales_minor=sales,
            name_key=row.name_key,
        )
        lines.append((rank, line))
    lines.sort(key=lambda one: (one[0], one[1].client_id))
    return VisitPlan(day, shown, currency, len(here), tuple(line for _, line in lines))


def _found(session: Session, area: str) -> tuple[str, set[int], set[int]]:
    """Return the area as understood, who is in it, and who is near it."""
    typed = clean(area)
    digits = "".join(typed.split())
    code = func.replace(Client.postal_code, " ", "")
    shown = digits
    where: ColumnElement[bool] = code.startswith(digits, autoescape=True)
    if not digits.isdigit():
        cities = _cities(session, typed)
        shown = cities[0] if len(cities) == 1 else typed
        where = Client.city_fold.in_([fold(city) for city in cities])
    live = [Client.deleted_at.is_(None), Client.active.is_(True)]
    inside = session.execute(select(Client.id, code.label("code")).where(*live, where)).all()
    if not typed or not inside:
        raise UserError(
            msg("Visit plan", "No active client is in “{area}”. Try another city.", area=typed)
        )
    here = {row.id for row in inside}
    districts = {
        row.code[:NEAR_DIGITS] for row in inside if row.code and len(row.code) >= NEAR_DIGITS
    }
    around = or_(*(code.startswith(one, autoescape=True) for one in sorted(districts)))
    near = set(session.scalars(select(Client.id).where(*live, around))) if districts else set()
    return shown, here, near - here


def _cities(session: Session, typed: str) -> list[str]:
    """Return the cities that begin as typed, in Greek or in Latin letters; the whole name first."""
    known = [one.city for one in areas(session)]
    folded, latin = fold(typed), latin_key(typed)
    whole = [city for city in known if fold(city) == folded]
    return whole or [
        city
        for city in known
        if folded and (fold(city).startswith(folded) or latin_key(city).startswith(latin))
    ]


def _money(
    session: Session, ids: list[int], today: dt.date
) -> tuple[dict[int, int], dict[int, int]]:
    late, sold = standing.overdue(today, ids), standing.sales(today, ids)
    owed = session.execute(select(late.c.client_id, late.c.amount))
    bought = session.execute(select(sold.c.client_id, sold.c.last))
    return {row[0]: row[1] for row in owed}, {row[0]: row[1] or 0 for row in bought}


def _promises(session: Session, ids: list[int], day: dt.date) -> defaultdict[int, list[str]]:
    """Return what we owe each client by the day."""
    rows = session.execute(
        select(Promise.client_id, Promise.what)
        .where(
            Promise.client_id.in_(ids),
            Promise.deleted_at.is_(None),
            Promise.state == PromiseState.OPEN.value,
            Promise.given_by == PromiseBy.US.value,
            Promise.due_on <= day,
        )
        .order_by(Promise.due_on, Promise.id)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row.client_id].append(row.what)
    return found


def _people(session: Session, ids: list[int]) -> dict[int, tuple[str, str | None]]:
    rows = session.execute(
        select(
            Contact.client_id,
            Contact.name,
            func.coalesce(Contact.mobile, Contact.phone).label("phone"),
        )
        .where(Contact.client_id.in_(ids), Contact.deleted_at.is_(None))
        .order_by(Contact.decides, Contact.id.desc())  # the last one stays
    )
    return {row.client_id: (row.name, row.phone) for row in rows}


def _planned(session: Session, ids: list[int], day: dt.date) -> dict[int, PlannedVisit]:
    rows = session.execute(
        select(Task.client_id, Task.id, Task.due_time, Task.minutes)
        .where(
            Task.client_id.in_(ids),
            Task.deleted_at.is_(None),
            Task.state == TaskState.OPEN.value,
            Task.kind == InteractionKind.VISIT.value,
            Task.due_on == day,
        )
        .order_by(Task.id.desc())
    )
    return {row.client_id: PlannedVisit(row.id, row.due_time, row.minutes) for row in rows}


def _why(
    rhythm: ContactRhythm, overdue: int, promises: tuple[str, ...], sales: int, currency: str
) -> tuple[Message, ...]:
    found: list[Message] = []
    if rhythm.days is None or rhythm.due_on is None:
        found.append(msg("Visit plan", "no contact is recorded"))
    elif rhythm.state is not ContactState.FINE:
        found.append(
            nmsg(
                "Visit plan",
                "{n} day without contact by then, due since {due}, at most {most}",
                "{n} days without contact by then, due since {due}, at most {most}",
                rhythm.days,
                due=formats.date(rhythm.due_on),
                most=rhythm.gap.most,
            )
        )
    if overdue > 0:
        amount = formats.money(overdue, currency, cents=False)
        found.append(msg("Visit plan", "{amount} overdue", amount=amount))
    if promises:
        what = ", ".join(promises)
        found.append(msg("Visit plan", "we promised: {what}", what=what))
    if sales > 0:
        amount = formats.money(sales, currency, cents=False)
        found.append(msg("Visit plan", "{amount} of sales in 12 months", amount=amount))
    return tuple(found)


def plan_visits(
    session: Session, *, day: dt.date, title: str, visits: Sequence[VisitInput]
) -> list[int]:
    """Put visits into a day as tasks; return their ids. One step, whatever their number.

    Raises:
        UserError: none is chosen, or a client is planned for that day already.
    """
    if not visits:
        raise UserError(msg("Visit plan", "Choose at least one client."))
    taken = _planned(session, [one.client_id for one in visits], day)
    made = []
    for visit in visits:
        client = checks.live(session, Client, visit.client_id)
        if visit.client_id in taken:
            raise UserError(
                msg("Visit plan", "A visit to {name} is in that day already.", name=client.name)
            )
        made.append(
            add_task(
                session,
                title=title,
                client_id=client.id,
                due_on=day,
                due_time=visit.time,
                kind=InteractionKind.VISIT,
                minutes=visit.minutes,
                place=client.city,
            )
        )
    return made
