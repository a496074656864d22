"""Late interest: the worked example, and that parts of it add up whatever was paid when."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from acctdesk.figures.late_interest import SHIPPED, Rate, Terms, claim, half_year, rate_on

DUE = dt.date(2024, 11, 30)
days = st.dates(dt.date(2023, 1, 1), dt.date(2027, 12, 31))
amounts = st.integers(1, 10**9)
payments = st.lists(st.tuples(days, st.integers(1, 10**8)), max_size=6)


def test_a_claim_over_two_half_years_has_each_rate_for_its_days() -> None:
    made = claim(10_000_00, due_on=DUE, until=dt.date(2025, 8, 15))
    assert [(one.days, one.percent, one.interest_minor) for one in made.spans] == [
        (31, Decimal("12.25"), 104_04),
        (181, Decimal("11.15"), 552_92),
        (46, Decimal("10.15"), 127_92),
    ]
    assert (made.interest_minor, made.fixed_minor) == (784_88, 40_00)
    assert not made.is_checked


def test_the_day_of_a_payment_still_bears_interest_on_what_was_owed() -> None:
    rates = (Rate(dt.date(2025, 1, 1), Decimal(2), checked=True),)
    paid = dt.date(2025, 1, 10)
    made = claim(
        1_000_00,
        due_on=dt.date(2025, 1, 1),
        until=dt.date(2025, 1, 20),
        payments=[(paid, 400_00)],
        rates=rates,
        terms=Terms(margin=Decimal(8), year_days=360),
    )
    assert [(one.end, one.days, one.owed_minor) for one in made.spans] == [
        (paid, 9, 1_000_00),
        (dt.date(2025, 1, 20), 10, 600_00),
    ]
    assert made.interest_minor == 4_17  # 2.50 + 1.6667
    assert made.is_checked


def test_what_is_not_late_bears_nothing_and_no_sum() -> None:
    for until, paid in ((DUE, []), (DUE + dt.timedelta(days=9), [(DUE, 500)])):
        made = claim(500, due_on=DUE, until=until, payments=paid)
        assert (made.spans, made.interest_minor, made.fixed_minor) == ((), 0, 0)


def test_days_before_the_first_rate_are_not_known_and_later_ones_are_an_estimate() -> None:
    assert claim(500, due_on=dt.date(2022, 1, 1), until=DUE).interest_minor is None
    checked = Rate(dt.date(2026, 7, 1), Decimal("2.40"), checked=True)
    later = rate_on(dt.date(2027, 3, 1), (*SHIPPED[:-1], checked))
    assert later == Rate(dt.date(2027, 1, 1), Decimal("2.40"), checked=False)


@given(amount=amounts, due_on=days, until=days)
def test_the_days_of_the_half_years_are_the_days_late(
    amount: int, due_on: dt.date, until: dt.date
) -> None:
    made = claim(amount, due_on=due_on, until=until)
    assert sum(one.days for one in made.spans) == max(0, (until - due_on).days)
    for one in made.spans:
        assert half_year(one.start) == half_year(one.end)


@given(amount=amounts, due_on=days, until=days, paid=payments, more=st.tuples(days, amounts))
def test_one_more_payment_never_raises_the_interest(
    amount: int,
    due_on: dt.date,
    until: dt.date,
    paid: list[tuple[dt.date, int]],
    more: tuple[dt.date, int],
) -> None:
    without = claim(amount, due_on=due_on, until=until, payments=paid).interest_minor
    with_it = claim(amount, due_on=due_on, until=until, payments=[*paid, more]).interest_minor
    assert without is not None
    assert with_it is not None
    assert 0 <= with_it <= without
