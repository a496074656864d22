"""The reminder ladder: which step is next for an invoice, and from which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

Taken = tuple[int, dt.date]  # the number of a step, from 1, and the day it was taken


def reached(days_late: int, ladder: Sequence[int]) -> int:
    """Return the number of the highest step whose days past due have come, 0 for none.

    ``ladder`` has the days past due of each step, rising.
    """
    return sum(days <= days_late for days in ladder)


def taken_for(due_on: dt.date, taken: Iterable[Taken], ladder: Sequence[int]) -> Taken | None:
    """Return the highest step taken for an invoice and its day, None for none.

    A reminder may name a young invoice beside an old one: for the young one it counts as no
    higher a step than its own days had reached.
    """
    found = [(min(step, max(1, reached((day - due_on).days, ladder))), day) for step, day in taken]
    return max(found, default=None)


def next_step(
    due_on: dt.date, taken: Iterable[Taken], ladder: Sequence[int]
) -> tuple[int, dt.date] | None:
    """Return the next step for an invoice and the day from which it is due; None past the last.

    Steps are taken one after the other, however late the first one was: between two of them lie at
    least the days that lie between them on the ladder.
    """
    last = taken_for(due_on, taken, ladder)
    number = 1 if last is None else last[0] + 1
    if number > len(ladder):
        return None
    day = due_on + dt.timedelta(days=ladder[number - 1])
    if last is not None:
        apart = ladder[number - 1] - ladder[number - 2]
        day = max(day, last[1] + dt.timedelta(days=apart))
    return number, day
