"""How a client pays: days from due to paid, and whether it begins to pay later than it used to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

FEWEST_PAID = 5  # below it a habit is not known
USUAL_PERCENT = 80  # what four of five invoices kept within
LAST = 3  # the latest paid invoices, held against the year
SLOWER_DAYS = 7  # from here a change is no accident: our own habit


def days_late(parts: Iterable[tuple[int, int]]) -> int:
    """Return the days from due to paid of an invoice paid in parts, weighted by amount.

    ``parts`` are (days from due to that payment, its amount above zero in minor units); a half day
    rounds up, early is negative. Definition: payment date − due date, part payments by part.

    Raises:
        ValueError: nothing was paid.
    """
    weighed = [(days * amount, amount) for days, amount in parts]
    paid = sum(amount for _days, amount in weighed)
    if paid <= 0:
        raise ValueError("nothing was paid")
    return (2 * sum(days for days, _amount in weighed) + paid) // (2 * paid)


def usual_days_late(days: Sequence[int]) -> int | None:
    """Return the median of days from due to the last payment, over paid invoices.

    Early is negative; a half day rounds up. None below five paid invoices.
    """
    return _median(sorted(days)) if len(days) >= FEWEST_PAID else None


def _median(ordered: Sequence[int]) -> int:
    """Return the median of whole numbers in order, a half up."""
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2] + 1) // 2


def percentile_days_late(days: Sequence[int], percent: int = USUAL_PERCENT) -> int | None:
    """Return the days within which ``percent`` of the paid invoices were paid (nearest rank).

    None below five paid invoices.
    """
    if len(days) < FEWEST_PAID:
        return None
    return sorted(days)[max(math.ceil(len(days) * percent / 100), 1) - 1]


class Habit(NamedTuple):
    """How a client pays, in days from due to paid over its paid invoices; early is negative.

    ``usual`` is the median and ``late`` what four of five invoices kept within (P80), None below
    five. ``last`` is the median of the latest three, ``year`` that of the last twelve months;
    either is None below its number (three, five).
    """

    paid: int
    usual: int | None
    late: int | None
    last: int | None
    year: int | None

    @property
    def slower(self) -> int | None:
        """By how many days the latest three beat the year; None where it is less than a week."""
        if self.last is None or self.year is None or self.last - self.year < SLOWER_DAYS:
            return None
        return self.last - self.year

    def is_beyond(self, days_past_due: int) -> bool:
        """Tell whether an open invoice waits longer than four of five ever did."""
        return self.late is not None and days_past_due > self.late


def habit(days: Sequence[int], *, of_year: Sequence[int]) -> Habit:
    """Return the habit of paid invoices, their days late in the order they were paid.

    ``of_year`` are those paid within the last twelve months.
    """
    ordered = sorted(days)  # what is in order is put in order at once
    return Habit(
        paid=len(days),
        usual=usual_days_late(ordered),
        late=percentile_days_late(ordered),
        last=_median(sorted(days[-LAST:])) if len(days) >= LAST else None,
        year=usual_days_late(of_year),
    )
