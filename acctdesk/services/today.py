"""The officer's day: what is worth doing, in the order of urgency and of the money at stake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from acctdesk import periods
from acctdesk.errors import UserError
from acctdesk.figures.sales import plan_to_date
from acctdesk.i18n import msg
from acctdesk.kinds import PromiseBy, PromiseState, TaskState
from acctdesk.models import Client, Promise, Task, TodayMark
from acctdesk.models.base import utc_now
from acctdesk.services import checks, sales
from acctdesk.services.figures import period_figure
from acctdesk.services.profile import get_profile
from acctdesk.services.rows import Appointment, DismissedLine, Profile, Today, TodayLine, TodayTiles
from acctdesk.services.today_day import MOST_LINES, Day, NamedRule
from acctdesk.services.today_rules import RULES, day_of


def today_page(session: Session, *, today: dt.date) -> Today:
    """Return the day: the same book and day give the same lines in the same order."""
    profile = get_profile(session)
    aside = put_aside(session, today=today)
    day = day_of(session, today=today, currency=profile.currency, aside=aside)
    order = {rule: place for place, rule in enumerate(RULES)}
    lines = [line for rule in RULES.values() for line in _lines(rule, day)]
    lines.sort(key=lambda line: _rank(line, order))
    return Today(
        today=today,
        officer=profile.officer,
        currency=profile.currency,
        tiles=_tiles(day, profile),
        appointments=_appointments(day),
        lines=tuple(lines),
        has_clients=_has_clients(session),
    )


def _lines(rule: NamedRule, day: Day) -> Iterator[TodayLine]:
    """Return the lines of a rule that are not put aside, each with the minutes it takes."""
    found = (line for line in rule.find(day) if line_key(line) not in day.aside)
    for line in islice(found, MOST_LINES):
        yield line if line.minutes else replace(line, minutes=rule.minutes)


def _has_clients(session: Session) -> bool:
    return session.scalar(select(Client.id).where(Client.deleted_at.is_(None)).limit(1)) is not None


def line_key(line: TodayLine) -> str:
    """Return what tells a line from every other one, on any day."""
    return f"{line.rule}/{line.promise_id or line.id}"


def put_aside(session: Session, *, today: dt.date) -> frozenset[str]:
    """Return the keys of the lines that wait for a later day or were dismissed."""
    waiting = or_(TodayMark.until_on.is_(None), TodayMark.until_on > today)
    query = select(TodayMark.key).where(TodayMark.deleted_at.is_(None), waiting)
    return frozenset(session.scalars(query))


def snooze_line(session: Session, *, key: str, until: dt.date, today: dt.date) -> None:
    """Leave a line out of Today up to the day before ``until``.

    A task or promise is moved instead (``move_task``, ``move_promise``).

    Raises:
        UserError: ``until`` is not a later day.
    """
    if until <= today:
        raise UserError(msg("Today", "Choose a later day than today."))
    _mark(session, key=key, today=today, until=until, reason=None)


def dismiss_line(session: Session, *, key: str, reason: str, today: dt.date) -> None:
    """Leave a line out of Today for good, and keep why.

    Raises:
        UserError: no reason is given.
    """
    given = checks.required(
        TodayMark, "reason", reason, msg("Today", "Say why, so that you know it later.")
    )
    _mark(session, key=key, today=today, until=None, reason=given)


def dismissed_lines(session: Session, *, today: dt.date, limit: int = 200) -> list[DismissedLine]:
    """Return what was dismissed for good, the latest first."""
    rows = session.execute(
        select(TodayMark.id, TodayMark.key, TodayMark.marked_on, TodayMark.reason)
        .where(TodayMark.deleted_at.is_(None), TodayMark.until_on.is_(None))
        .order_by(TodayMark.marked_on.desc(), TodayMark.id.desc())
        .limit(limit)
    ).all()
    keys = frozenset(row.key for row in rows)
    rules = {key.partition("/")[0] for key in keys} & RULES.keys()
    currency = get_profile(session).currency
    day = day_of(session, today=today, currency=currency, aside=put_aside(session, today=today))
    found = {line_key(line): line for rule in sorted(rules) for line in RULES[rule].find(day)}
    return [
        DismissedLine(**row._asdict(), rule=row.key.partition("/")[0], line=found.get(row.key))
        for row in rows
    ]


def bring_back(session: Session, *, mark_id: int) -> None:
    """Let a line that was put aside come again."""
    checks.live(session, TodayMark, mark_id).deleted_at = utc_now()


def _mark(
    session: Session, *, key: str, today: dt.date, until: dt.date | None, reason: str | None
) -> None:
    mark = session.scalars(
        select(TodayMark).where(TodayMark.key == key, TodayMark.deleted_at.is_(None))
    ).first()
    if mark is None:
        mark = TodayMark(key=key)
        session.add(mark)
    mark.marked_on, mark.until_on, mark.reason = today, until, reason


def _rank(line: TodayLine, order: dict[str, int]) -> tuple[bool, int, int, int, int]:
    """Urgent lines first, then by the money at stake, then by how long they have waited."""
    return (not line.urgent, -(line.at_stake_minor or 0), -line.days, order[line.rule], line.id)


def _appointments(day: Day) -> tuple[Appointment, ...]:
    query = (
        select(Task.id, Task.due_time, Task.title, Client.id.label("client_id"), Client.name)
        .add_columns(Client.city)
        .outerjoin(Client, Client.id == Task.client_id)
        .where(
            Task.deleted_at.is_(None),
            Task.state == TaskState.OPEN.value,
            Task.due_on == day.today,
            Task.due_time.is_not(None),
        )
        .order_by(Task.due_time, Task.id)
    )
    return tuple(
        Appointment(
            task_id=row.id,
            time=row.due_time,
            title=row.title,
            client_id=row.client_id,
            client_name=row.name,
            city=row.city,
            overdue_minor=owed.open_minor
            if (owed := day.overdue.get(row.client_id)) is not None
            else 0,
        )
        for row in day.session.execute(query)
    )


def _tiles(day: Day, profile: Profile) -> TodayTiles:
    session, today = day.session, day.today
    quarter = periods.quarter_of(today, profile.fiscal_start)
    soon = case((Promise.due_on <= today + dt.timedelta(days=1), 1), else_=0)
    promises = session.execute(
        select(func.count(), func.coalesce(func.sum(soon), 0))
        .join(Client, Client.id == Promise.client_id)
        .where(
            Promise.deleted_at.is_(None),
            Client.deleted_at.is_(None),
            Promise.state == PromiseState.OPEN.value,
            Promise.given_by == PromiseBy.US.value,
        )
    ).one()
    overdue = day.overdue.values()
    return TodayTiles(
        quarter=period_figure(session, period=quarter, as_of=today),
        quarter_due_minor=_due(day, quarter),
        overdue_minor=sum(client.open_minor for client in overdue),
        overdue_clients=len(overdue),
        newly_overdue_minor=sum(client.new_minor for client in overdue),
        quiet_clients=day.rhythm.quiet,
        buying_clients=day.rhythm.buying,
        promises=promises[0],
        promises_soon=promises[1],
    )


def _due(day: Day, quarter: periods.Period) -> int | None:
    aims = {
        month: amount
        for month, amount in sales.month_targets(day.session).items()
        if month in quarter and month <= day.today
    }
    return plan_to_date(aims, as_of=day.today, days=day.days)
