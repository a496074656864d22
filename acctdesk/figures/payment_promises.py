"""What became of promises to pay. Gross of VAT, minor units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from acctdesk.figures.promises import KeptRatio
from acctdesk.kinds import PromiseOutcome

Move = tuple[dt.date, int]  # a day, and what was paid or credited of an invoice on it

PARKS = (PromiseOutcome.OPEN, PromiseOutcome.OVERDUE)  # no reminder goes out meanwhile


def paid_day(amount: int, moves: Iterable[Move], *, given_on: dt.date) -> dt.date | None:
    """Return the day on which what was promised of an invoice was paid in full, None so far.

    ``moves`` are the payments of the invoice and the credit notes that name it; those of before
    the promise was given do not count. What was written off is no payment and none of them.
    """
    left = amount
    for day, part in sorted(moves):
        if day >= given_on:
            left -= part
            if left <= 0:
                return day
    return None


def paid(amount: int, moves: Iterable[Move], *, given_on: dt.date, as_of: dt.date) -> int:
    """Return what of the promised amount was paid or credited by the end of a day."""
    came = sum(part for day, part in moves if given_on <= day <= as_of)
    return max(0, min(amount, came))


def outcome(
    *, due_on: dt.date, last_day: dt.date, paid_on: dt.date | None, as_of: dt.date
) -> PromiseOutcome:
    """Return what has become of a promise to pay as of a day.

    ``last_day`` is its day and the days of grace; ``paid_on`` when all of it was paid. Overdue is
    one whose day has passed while the grace runs; paid after the grace it was kept late.
    """
    if paid_on is not None and paid_on <= as_of:
        return PromiseOutcome.KEPT if paid_on <= last_day else PromiseOutcome.KEPT_LATE
    if as_of > last_day:
        return PromiseOutcome.BROKEN
    return PromiseOutcome.OVERDUE if as_of > due_on else PromiseOutcome.OPEN


def kept_ratio(outcomes: Iterable[PromiseOutcome]) -> KeptRatio:
    """Return how many promises were paid in full by their day and grace, of those whose came.

    While the grace runs an unpaid one does not count. Definition: promise kept ratio.
    """
    found = list(outcomes)
    return KeptRatio(
        kept=found.count(PromiseOutcome.KEPT),
        late=found.count(PromiseOutcome.KEPT_LATE),
        broken=found.count(PromiseOutcome.BROKEN),
    )
