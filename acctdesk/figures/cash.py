"""When the money of an open invoice is expected, and on what that day rests."""

from __future__ import annotations

import datetime as dt
from functools import cache

from acctdesk.figures.payment import Delay
from acctdesk.kinds import CashBasis

WEEKS = 13  # a quarter


_days = cache(dt.timedelta)  # the same few, added to tens of thousands of due days


def expected_day(
    due_on: dt.date, delay: Delay | None, promised_on: dt.date | None, as_of: dt.date
) -> tuple[dt.date | None, CashBasis]:
    """Return the day an invoice is expected to be paid, and its basis.

    A promise that has not passed comes first. Then the client's own habit: the due day and its
    median of days late, where that has passed its P80, where that has passed too no day. Without a
    known habit the due day, once passed no day. Calendar days; ``as_of`` itself has not passed.
    """
    if promised_on is not None and promised_on >= as_of:
        return promised_on, CashBasis.PROMISE
    if delay is None:
        return (due_on, CashBasis.TERMS) if due_on >= as_of else (None, CashBasis.PAST_TERMS)
    day = due_on + _days(delay.usual)
    if day >= as_of:
        return day, CashBasis.HABIT
    day = due_on + _days(delay.late)
    if day >= as_of:
        return day, CashBasis.LATE_HABIT
    return None, CashBasis.PAST_HABIT


def week_starts(as_of: dt.date, weeks: int = WEEKS) -> list[dt.date]:
    """Return the first days of the weeks ahead: ``as_of``, then Mondays."""
    monday = as_of - dt.timedelta(days=as_of.weekday())
    return [as_of, *(monday + dt.timedelta(weeks=number) for number in range(1, weeks))]


def week_of(day: dt.date, starts: list[dt.date]) -> int | None:
    """Return the place of the week that a day falls in, None after the last."""
    monday = starts[0] - dt.timedelta(days=starts[0].weekday())
    place = (day - monday).days // 7
    return place if place < len(starts) else None
