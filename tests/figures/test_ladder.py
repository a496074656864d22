"""The reminder ladder, worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from acctdesk.figures.ladder import next_step

LADDER = (5, 15, 30)
DUE = dt.date(2026, 3, 1)


def day(number: int) -> dt.date:
    return DUE + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("taken", "wanted"),
    [
        ([], (1, day(5))),
        ([(1, day(5))], (2, day(15))),
        ([(1, day(40))], (2, day(50))),  # begun late: the steps keep their distance
        ([(1, day(5)), (2, day(20))], (3, day(35))),
        ([(1, day(5)), (2, day(15)), (3, day(30))], None),
        ([(3, day(7))], (2, day(17))),  # named young in the letter of an older invoice
        ([(2, day(-1))], (2, day(15))),  # named before it was late at all
    ],
)
def test_the_next_step_follows_the_last_one_taken_for_the_invoice(
    taken: list[tuple[int, dt.date]], wanted: tuple[int, dt.date] | None
) -> None:
    assert next_step(DUE, taken, LADDER) == wanted
