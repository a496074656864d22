"""Sales against target. Net of VAT, minor units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from acctdesk.periods import WorkingDays, month_end, month_start


def attainment(net_minor: int, target_minor: int | None) -> Decimal | None:
    """Return net ÷ target, half up to four decimals; None without a target or with one of zero."""
    if not target_minor:
        return None
    return (Decimal(net_minor) / target_minor).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def in_window(day: dt.date, *, as_of: dt.date, days: int) -> bool:
    """Tell whether a day is among the last ``days``: as_of − days < day ≤ as_of."""
    return as_of - dt.timedelta(days=days) < day <= as_of


def target_to_date(
    targets: Mapping[dt.date, int], *, as_of: dt.date, elapsed: int, total: int
) -> int | None:
    """Return the target up to a day: whole months before its own, and its own by working days.

    ``targets`` are by first day of the month; ``elapsed`` of ``total`` working days of the
    month of ``as_of`` are over, that day included. Half up; None without any target.
    """
    if not targets:
        return None
    running = as_of.replace(day=1)
    whole = sum(amount for month, amount in targets.items() if month < running)
    part = Decimal(targets.get(running, 0)) * elapsed / total if total else Decimal(0)
    return whole + int(part.quantize(Decimal(1), ROUND_HALF_UP))


def plan_to_date(
    targets: Mapping[dt.date, int], *, as_of: dt.date, days: WorkingDays
) -> int | None:
    """Return the :func:`target_to_date` by the officer's working days."""
    running = month_start(as_of)
    return target_to_date(
        targets,
        as_of=as_of,
        elapsed=days.count(running, as_of),
        total=days.count(running, month_end(as_of)),
    )
