"""Where a day begins: an instant is UTC, the officer's day is that of the machine's time zone."""

from __future__ import annotations

import datetime as dt


def local_day(instant: dt.datetime) -> dt.date:
    """Return the officer's calendar day of an aware instant."""
    return instant.astimezone().date()


def day_start(day: dt.date) -> dt.datetime:
    """Return the instant (UTC) at which the officer's ``day`` begins."""
    return dt.datetime.combine(day, dt.time.min).astimezone(dt.UTC)


def day_end(day: dt.date) -> dt.datetime:
    """Return the instant (UTC) at which the officer's ``day`` is over."""
    return day_start(day + dt.timedelta(days=1))
