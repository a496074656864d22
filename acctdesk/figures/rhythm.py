"""How long a client may go without a contact, and how often it buys by its own habit."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from acctdesk.kinds import Segment

# our own habit, not a law: a month for the weightiest clients, a season for the rest
MOST_DAYS: Mapping[Segment, int] = MappingProxyType({Segment.A: 30, Segment.B: 60, Segment.C: 90})

FEWEST_ORDERS = 4  # distinct days; three gaps are the least that show a habit
_LATE = 80  # per cent of the gaps that were no longer


def most_days(segment: str | None) -> int:
    """Return how many days a client of ``segment`` may go without a contact.

    A client without a segment, or of another one, is held to that of the lightest.
    """
    weights = {one.value: days for one, days in MOST_DAYS.items()}
    return weights.get(segment or "", MOST_DAYS[Segment.C])


@dataclass(frozen=True, slots=True)
class OrderRhythm:
    """How often a client buys. ``due_on`` is the last order day and the median gap, in days.

    ``late_days`` tells by how many days the present silence exceeds the gap that four of five
    were no longer than (P80); 0 where it does not.
    """

    orders: int
    gap_days: int
    last_on: dt.date
    due_on: dt.date
    late_days: int


def order_rhythm(days: Iterable[dt.date], *, as_of: dt.date) -> OrderRhythm | None:
    """Return the rhythm of the order days up to ``as_of``; orders of one day count as one.

    A half day rounds up, the percentile is of the nearest rank. None below four order days.
    Definition: inter-purchase time, expected next order.
    """
    known = sorted({day for day in days if day <= as_of})
    if len(known) < FEWEST_ORDERS:
        return None
    gaps = sorted((after - before).days for before, after in pairwise(known))
    gap = math.floor(statistics.median(gaps) + 0.5)
    usual = gaps[math.ceil(len(gaps) * _LATE / 100) - 1]
    last = known[-1]
    return OrderRhythm(
        orders=len(known),
        gap_days=gap,
        last_on=last,
        due_on=last + dt.timedelta(days=gap),
        late_days=max(0, (as_of - last).days - usual),
    )
