"""Where a day begins, and on which days the officer works.

An instant is UTC, the officer's day is that of the machine's time zone.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.models import DayOff
from acctdesk.periods import Period, WorkingDays


def local_day(instant: dt.datetime) -> dt.date:
    """Return the officer's calendar day of an aware instant."""
    return instant.astimezone().date()


def day_start(day: dt.date) -> dt.datetime:
    """Return the instant (UTC) at which the officer's ``day`` begins."""
    return dt.datetime.combine(day, dt.time.min).astimezone(dt.UTC)


def day_end(day: dt.date) -> dt.datetime:
    """Return the instant (UTC) at which the officer's ``day`` is over."""
    return day_start(day + dt.timedelta(days=1))


def own_calendar(session: Session) -> WorkingDays:
    """Return the officer's working days: without weekends, public holidays and own days off."""
    query = select(DayOff.name, DayOff.starts_on, DayOff.ends_on)
    rows = session.execute(query.where(DayOff.deleted_at.is_(None)).order_by(DayOff.starts_on))
    return WorkingDays(tuple(Period(row.name, row.starts_on, row.ends_on) for row in rows))
