"""How a client pays: days from due to paid."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

FEWEST_PAID = 5  # below it a habit is not known


def usual_days_late(days: Sequence[int]) -> int | None:
    """Return the median of days from due to the last payment, over paid invoices.

    Early is negative; a half day rounds up. None below five paid invoices.
    """
    if len(days) < FEWEST_PAID:
        return None
    return math.floor(statistics.median(days) + 0.5)


def percentile_days_late(days: Sequence[int], percent: int = 80) -> int | None:
    """Return the days within which ``percent`` of the paid invoices were paid (nearest rank).

    None below five paid invoices.
    """
    if len(days) < FEWEST_PAID:
        return None
    rank = math.ceil(len(days) * percent / 100)
    return sorted(days)[max(rank, 1) - 1]
