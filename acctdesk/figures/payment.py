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


class Delay(NamedTuple):
    """How late a client pays by habit, in days from due to paid; early is negative.

    ``usual`` is the median, ``late`` what four of five invoices kept within (P80).
    """

    usual: int
    late: int


def delay(days: Iterable[int]) -> Delay | None:
    """Return the delay that the days late of paid invoices show; None below five of them.

    A half day of the median rounds up, P80 is by nearest rank.
    """
    ordered = sorted(days)
    if len(ordered) < FEWEST_PAID:
        return None
    rank = math.ceil(len(ordered) * USUAL_PERCENT / 100)
    return Delay(_median(ordered), ordered[rank - 1])


def _median(ordered: Sequence[int]) -> int:
    """Return the median of whole numbers in order, a half up."""
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2] + 1) // 2


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


def habit(days: Sequence[int], *, of_year: Sequence[int], latest: Sequence[int]) -> Habit:
    """Return the habit that the days late of paid invoices show.

    ``of_year`` are those paid within the last twelve months, ``latest`` the three paid last, or
    fewer; no order is asked of any.
    """
    usual, late = delay(days) or (None, None)
    year = sorted(of_year)
    return Habit(
        paid=len(days),
        usual=usual,
        late=late,
        last=_median(sorted(latest)) if len(latest) >= LAST else None,
        year=_median(year) if len(year) >= FEWEST_PAID else None,
    )
