"""Where a period is heading: run rate, need per day, the pace of a target. Net, minor units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from acctdesk.figures.sales import attainment, plan_to_date, target_to_date

__all__ = ["attainment", "need_per_day", "pace", "plan_to_date", "run_rate", "target_to_date"]


def _whole(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def run_rate(net_minor: int, *, elapsed: int, total: int) -> int | None:
    """Return where sales land at the present speed: net ÷ elapsed × total working days.

    Half up to a minor unit; None before the first working day. Definition: run-rate landing.
    """
    return _whole(Decimal(net_minor) * total / elapsed) if elapsed > 0 else None


def need_per_day(net_minor: int, target_minor: int | None, *, remaining: int) -> int | None:
    """Return what each remaining working day has to bring: (target − net) ÷ remaining days.

    0 once the target is reached; None without a target or a day left. Up to a minor unit, so that
    what is asked of every day does reach the target. Definition: need per day.
    """
    if target_minor is None:
        return None
    missing = target_minor - net_minor
    if missing <= 0:
        return 0
    return -(-missing // remaining) if remaining > 0 else None


def pace(values: Mapping[dt.date, int], *, until: dt.date | None = None) -> dict[dt.date, int]:
    """Return running totals by month, in order; months after ``until`` are left out."""
    total, found = 0, {}
    for month in sorted(values):
        if until is not None and month > until:
            break
        total += values[month]
        found[month] = total
    return found
