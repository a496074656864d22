"""How long a client may go without a contact, and how often it buys by its own habit.

A contact is an interaction of any kind but a note.
"""

from __future__ import annotations

import datetime as dt
import math
import statistics
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import sub
from types import MappingProxyType

from acctdesk.kinds import ContactState, Segment

OTHERS = "other"  # clients without a segment, and of one that has no days of its own
FEWEST_ORDERS = 4  # distinct days; three gaps are the least that show a habit
_LATE = 80  # per cent of the gaps that were no longer


@dataclass(frozen=True, slots=True)
class Gap:
    """How many days may pass between two contacts: ideally, and at the most."""

    ideal: int
    most: int


# our own habit, not a law: a month for the weightiest clients, a season for the rest; after two
# thirds of it there is still time to act
USUAL_GAPS: Mapping[str, Gap] = MappingProxyType(
    {
        Segment.A.value: Gap(20, 30),
        Segment.B.value: Gap(40, 60),
        Segment.C.value: Gap(60, 90),
        OTHERS: Gap(60, 90),
    }
)


def gap_of(
    segment: str | None,
    *,
    gaps: Mapping[str, Gap] = USUAL_GAPS,
    ideal_days: int | None = None,
    most_days: int | None = None,
) -> Gap:
    """Return the days of one client: its own, where it has them, over those of its segment.

    A client with only one of its own keeps the other of its segment, moved as far as the ideal
    is not above the most. A file may say 0, which is no number of days.
    """
    usual = gaps.get(segment or OTHERS, gaps[OTHERS])
    most = most_days or max(usual.most, ideal_days or 0)
    return Gap(min(ideal_days or usual.ideal, most), most)


@dataclass(frozen=True, slots=True)
class ContactRhythm:
    """How the last contact stands on a day; ``days`` since then and ``due_on`` None without one."""

    gap: Gap
    state: ContactState
    last_on: dt.date | None = None
    days: int | None = None
    due_on: dt.date | None = None


def contact_rhythm(last_on: dt.date | None, gap: Gap, *, as_of: dt.date) -> ContactRhythm:
    """Return how a client stands whose last contact, notes and later days apart, was ``last_on``.

    The next one is due the ideal days after it; forgotten is who waits for more than the most.
    """
    if last_on is None:
        return ContactRhythm(gap, ContactState.NEVER)
    days = (as_of - last_on).days
    state = ContactState.FINE
    if days > gap.ideal:
        state = ContactState.FORGOTTEN if days > gap.most else ContactState.DUE
    return ContactRhythm(gap, state, last_on, days, last_on + dt.timedelta(days=gap.ideal))


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
    known = sorted(map(dt.date.toordinal, days))
    known = known[: bisect_right(known, as_of.toordinal())]
    gaps = sorted(filter(None, map(sub, known[1:], known)))  # none between orders of one day
    if len(gaps) < FEWEST_ORDERS - 1:
        return None
    gap = math.floor(statistics.median(gaps) + 0.5)
    usual = gaps[math.ceil(len(gaps) * _LATE / 100) - 1]
    last = dt.date.fromordinal(known[-1])
    return OrderRhythm(
        orders=len(gaps) + 1,
        gap_days=gap,
        last_on=last,
        due_on=last + dt.timedelta(days=gap),
        late_days=max(0, (as_of - last).days - usual),
    )
