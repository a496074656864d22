"""The officer's own days off, and the working days that they leave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.models import DayOff
from acctdesk.models.base import utc_now
from acctdesk.periods import WorkingDays
from acctdesk.services import checks
from acctdesk.services.days import own_calendar
from acctdesk.services.series import shift_all

MOST_DAYS = 366  # in one line


@dataclass(frozen=True, slots=True)
class DayOffRow:
    """Days off from ``starts_on`` to ``ends_on``, both included."""

    id: int
    starts_on: dt.date
    ends_on: dt.date
    name: str


def days_off(session: Session) -> list[DayOffRow]:
    """Return the days off, the latest first."""
    query = select(DayOff.id, DayOff.starts_on, DayOff.ends_on, DayOff.name)
    rows = session.execute(
        query.where(DayOff.deleted_at.is_(None)).order_by(DayOff.starts_on.desc(), DayOff.id)
    )
    return [DayOffRow(**row._asdict()) for row in rows]


def add_days_off(session: Session, *, starts_on: dt.date, ends_on: dt.date, name: str) -> int:
    """Add days off; return their id."""
    before = own_calendar(session)
    day_off = DayOff(**_checked(starts_on, ends_on, name))
    session.add(day_off)
    _follow(session, before)
    return day_off.id


def update_days_off(
    session: Session, *, day_off_id: int, starts_on: dt.date, ends_on: dt.date, name: str
) -> None:
    """Change days off."""
    before = own_calendar(session)
    checks.assign(checks.live(session, DayOff, day_off_id), _checked(starts_on, ends_on, name))
    _follow(session, before)


def remove_days_off(session: Session, *, day_off_id: int) -> None:
    """Make days off ordinary days again."""
    before = own_calendar(session)
    checks.live(session, DayOff, day_off_id).deleted_at = utc_now()
    _follow(session, before)


def _follow(session: Session, before: WorkingDays) -> None:
    """Move what comes again off the days that are off now, and back to those that no longer are."""
    session.flush()
    shift_all(session, before, own_calendar(session))


def _checked(starts_on: dt.date, ends_on: dt.date, name: str) -> dict[str, dt.date | str | None]:
    checks.day(starts_on)
    checks.day(ends_on)
    if ends_on < starts_on:
        raise UserError(msg("Days off", "The last day lies before the first one."))
    if (ends_on - starts_on).days >= MOST_DAYS:
        raise UserError(msg("Days off", "These days off are longer than a year. Check the dates."))
    named = checks.required(
        DayOff, "name", name, msg("Days off", "Give it a name, such as “Summer leave”.")
    )
    return {"starts_on": starts_on, "ends_on": ends_on, "name": named}
