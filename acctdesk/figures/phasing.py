"""A year's target cut into months that add up to it exactly. Minor units, or a count.

Definition: a target is phased by weights of the calendar or the season that add up to the whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate, pairwise

from acctdesk import periods
from acctdesk.periods import WorkingDays


def spread(total: int, weights: Sequence[int | Decimal]) -> list[int]:
    """Return an amount in parts as their weights are to each other; they add up to it.

    A part is the difference of two running totals, each half up: none is more than a cent off its
    own share. A negative weight (more credit notes than sales) counts as none.

    Raises:
        ValueError: there is no weight above zero.
    """
    counted = [max(Decimal(0), Decimal(weight)) for weight in weights]
    whole = sum(counted)
    if not whole:
        raise ValueError("nothing to spread by")
    ends = [
        int((Decimal(total) * run / whole).quantize(Decimal(1), ROUND_HALF_UP))
        for run in accumulate(counted)
    ]
    return [end - before for before, end in pairwise([0, *ends])]


def working_day_weights(
    months: Iterable[dt.date], days: WorkingDays | None = None
) -> dict[dt.date, int]:
    """Return the working days of each month, by its first day: the weights of the calendar."""
    calendar = days or WorkingDays()
    return {month: calendar.count(month, periods.month_end(month)) for month in months}


def phased(total: int, weights: Mapping[dt.date, int | Decimal]) -> dict[dt.date, int]:
    """Return the target of each month; the months add up to ``total``.

    ``weights`` are by first day of the month: 1 each, working days, last year's net sales, or what
    the officer wrote.

    Raises:
        ValueError: there is no weight above zero.
    """
    return dict(zip(weights, spread(total, list(weights.values())), strict=True))
