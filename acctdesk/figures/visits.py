"""Which visits come first: nearness, then what is due, then what is at stake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from acctdesk.kinds import ContactState

_URGENCY = {
    ContactState.FORGOTTEN: 0,
    ContactState.NEVER: 0,
    ContactState.DUE: 1,
    ContactState.FINE: 2,
}


def visit_rank(
    *,
    near: bool,
    state: ContactState,
    overdue_minor: int,
    promises: int,
    sales_minor: int,
    name_key: str,
) -> tuple[bool, int, int, int, int, str]:
    """Return where a client stands in a visit plan, the least first.

    In the area before near it; forgotten before due before the others; then by the euros overdue,
    by our open promises, by the sales of the year, by name.
    """
    return (near, _URGENCY[state], -overdue_minor, -promises, -sales_minor, name_key)


def visit_times(start: dt.time, *, minutes: Sequence[int], between: int) -> list[dt.time | None]:
    """Return when each visit of a day begins, one after the other with time for the way between.

    None from where the day has no room any more: a visit ends before midnight.
    """
    at = start.hour * 60 + start.minute
    found: list[dt.time | None] = []
    for length in minutes:
        fits = at + length <= 24 * 60
        found.append(dt.time(at // 60, at % 60) if fits and at < 24 * 60 else None)
        at += length + between
    return found
