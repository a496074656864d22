"""How long a client may go without a contact."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from acctdesk.kinds import Segment

# our own habit, not a law: a month for the weightiest clients, a season for the rest
MOST_DAYS: Mapping[Segment, int] = MappingProxyType({Segment.A: 30, Segment.B: 60, Segment.C: 90})


def most_days(segment: str | None) -> int:
    """Return how many days a client of ``segment`` may go without a contact.

    A client without a segment, or of another one, is held to that of the lightest.
    """
    weights = {one.value: days for one, days in MOST_DAYS.items()}
    return weights.get(segment or "", MOST_DAYS[Segment.C])
