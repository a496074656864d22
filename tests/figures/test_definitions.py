"""Every figure against its worked example."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctdesk.figures import attainment, payment, receivables, sales
from acctdesk.figures.phasing import spread
from acctdesk.figures.rhythm import order_rhythm
from acctdesk.kinds import AgeBucket

AS_OF = dt.date(2026, 6, 30)


def test_an_invoice_is_never_open_below_nothing_and_the_rest_is_unapplied() -> None:
    assert receivables.open_amount(1000, credits_=-200, receipts=300) == 500
    assert receivables.open_amount(1000, credits_=-200, receipts=900) == 0
    assert receivables.excess(1000, credits_=-200, receipts=900) == 100
    assert receivables.excess(1000, credits_=-200, receipts=300) == 0


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (-5, AgeBucket.NOT_DUE),
        (0, AgeBucket.NOT_DUE),
        (1, AgeBucket.DAYS_1_30),
        (30, AgeBucket.DAYS_1_30),
        (31, AgeBucket.DAYS_31_60),
        (60, AgeBucket.DAYS_31_60),
        (61, AgeBucket.DAYS_61_90),
        (90, AgeBucket.DAYS_61_90),
        (91, AgeBucket.OVER_90),
    ],
)
def test_ageing_buckets_at_their_edges(days: int, bucket: AgeBucket) -> None:
    assert receivables.bucket(days) is bucket


@given(st.lists(st.tuples(st.integers(-400, 400), st.integers(0, 10**9))))
def test_the_buckets_add_up_to_what_is_open(items: list[tuple[int, int]]) -> None:
    found = receivables.ageing(items)
    assert list(found) == list(AgeBucket)
    assert sum(found.values()) == sum(amount for _days, amount in items)


def test_due_on_the_day_is_not_yet_due() -> None:
    assert receivables.days_past_due(AS_OF, AS_OF) == 0


def test_simple_dso() -> None:
    assert receivables.dso_simple(120_000, 270_000, 90) == Decimal("40.00")
    assert receivables.dso_simple(1, 3, 90) == Decimal("30.00")
    assert receivables.dso_simple(100, 0, 90) is None
    assert receivables.dso_simple(100, -5, 90) is None
    assert receivables.dso_simple(1, 80, 2) == Decimal("0.03")  # 0.025 is rounded half up


def test_dso_by_counting_back() -> None:
    months = [(2500, 30), (1750, 31), (2250, 31), (2500, 30), (2000, 31), (2250, 30)]
    assert receivables.dso_count_back(12_000, months) == Decimal("166.33")
    assert receivables.dso_count_back(99_000, months) is None
    assert receivables.dso_count_back(0, months) == 0


def test_the_best_dso_and_the_days_delinquent_add_up_to_the_simple_one() -> None:
    assert receivables.dso_simple(120_000, 270_000, 90) == Decimal(40)
    assert receivables.dso_best(75_000, 270_000, 90) == Decimal(25)
    assert receivables.days_delinquent(120_000, 75_000, 270_000, 90) == Decimal(15)
    assert receivables.days_delinquent(1, 1, 0, 90) is None


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 10**9))
def test_dso_is_its_best_and_what_is_delinquent(open_: int, late: int, sold: int) -> None:
    simple = receivables.dso_simple(open_ + late, sold, 90)
    best = receivables.dso_best(open_, sold, 90)
    delinquent = receivables.days_delinquent(open_ + late, open_, sold, 90)
    assert simple is not None
    assert best is not None
    assert delinquent is not None
    assert best + delinquent == simple


def test_collection_effectiveness() -> None:
    assert receivables.collection_effectiveness(120, 90, 110, 70) == Decimal("0.7143")
    assert receivables.collection_effectiveness(100, 0, 100, 100) is None
    assert receivables.collection_effectiveness(100, 50, 40, 40) == 1  # all that was due is in


def test_days_late_are_weighted_by_what_was_paid() -> None:
    assert payment.days_late([(10, 100)]) == 10
    assert payment.days_late([(0, 300), (40, 100)]) == 10
    assert payment.days_late([(-3, 50), (4, 50)]) == 1  # 0.5
    assert payment.days_late([(-4, 50), (3, 50)]) == 0  # -0.5
    with pytest.raises(ValueError, match="nothing"):
        payment.days_late([])


def test_a_habit_and_when_it_changes() -> None:
    year = [10, 12, 11, 12, 30, 25, 28]
    found = payment.habit([2, 3, *year], of_year=year, latest=year[-3:])
    assert (found.paid, found.usual, found.late) == (9, 12, 28)
    assert (found.last, found.year) == (28, 12)
    assert found.slower == 16
    assert found.is_beyond(29)
    assert not found.is_beyond(28)
    steady = payment.habit([10] * 6, of_year=[10] * 6, latest=[10] * 3)
    assert steady.slower is None
    few = payment.habit([5, 6], of_year=[6], latest=[5, 6])
    assert (few.usual, few.late, few.last, few.year, few.slower) == (None,) * 5
    assert not few.is_beyond(999)


def test_attainment_is_rounded_half_up_to_four_digits() -> None:
    assert sales.attainment(349, 100_000) == Decimal("0.0035")
    assert sales.attainment(12_345, 100_000_000) == Decimal("0.0001")
    assert sales.attainment(5, 100_000) == Decimal("0.0001")  # 0.00005
    assert sales.attainment(0, 100) == 0
    assert sales.attainment(100, None) is None
    assert sales.attainment(100, 0) is None


def test_the_last_days_end_on_the_day_and_begin_after_the_first() -> None:
    assert sales.in_window(AS_OF, as_of=AS_OF, days=365)
    assert sales.in_window(dt.date(2025, 7, 1), as_of=AS_OF, days=365)
    assert not sales.in_window(dt.date(2025, 6, 30), as_of=AS_OF, days=365)
    assert not sales.in_window(dt.date(2026, 7, 1), as_of=AS_OF, days=365)


def test_the_running_month_counts_by_its_share_of_working_days() -> None:
    targets = {dt.date(2026, 5, 1): 1000, dt.date(2026, 6, 1): 2100, dt.date(2026, 7, 1): 900}
    middle = sales.target_to_date(targets, as_of=dt.date(2026, 6, 15), elapsed=10, total=21)
    assert middle == 2000
    end = sales.target_to_date(targets, as_of=AS_OF, elapsed=21, total=21)
    assert end == 3100
    assert sales.target_to_date({}, as_of=AS_OF, elapsed=21, total=21) is None
    assert sales.target_to_date({dt.date(2026, 6, 1): 5}, as_of=AS_OF, elapsed=1, total=2) == 3


@given(st.integers(0, 10**13), st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=12))
def test_a_spread_amount_adds_up_to_the_cent(total: int, weights: list[int]) -> None:
    counted = [max(0, weight) for weight in weights]
    if not any(counted):
        with pytest.raises(ValueError, match="nothing"):
            spread(total, weights)
        return
    parts = spread(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, counted, strict=True):
        assert abs(part * sum(counted) - total * weight) <= sum(counted)
        assert weight or not part


def test_landing_and_need() -> None:
    assert attainment.run_rate(1000, elapsed=10, total=21) == 2100
    assert attainment.run_rate(1000, elapsed=0, total=21) is None
    assert attainment.need_per_day(1000, 2000, remaining=10) == 100
    assert attainment.need_per_day(2000, 2000, remaining=0) == 0
    assert attainment.need_per_day(1000, 2000, remaining=0) is None
    assert attainment.need_per_day(1000, None, remaining=5) is None


def test_pace_runs_up_in_order_of_the_months() -> None:
    january, february, march = (dt.date(2026, month, 1) for month in (1, 2, 3))
    values = {march: 5, january: 10, february: -3}
    assert attainment.pace(values) == {january: 10, february: 7, march: 12}
    assert list(attainment.pace(values, until=february)) == [january, february]


def test_the_habit_of_paying() -> None:
    assert payment.delay([1, 2, 3, 4]) is None
    assert payment.delay([8, -5, 100, 0, 3]) == (3, 8)
    assert payment.delay([1, 2, 3, 4, 5, 6]) == (4, 5)  # 3.5
    assert payment.delay([-4, -3, -3, -2, -2, 0]) == (-2, -2)  # -2.5
    assert payment.delay([0, 1, 2, 3, 50]) == (2, 3)
    assert payment.delay(range(11)) == (5, 8)  # 8.8 of 11: the ninth


def test_order_days_make_a_rhythm_of_their_median_gap() -> None:
    start = dt.date(2026, 1, 1)
    days = [start + dt.timedelta(days=n) for n in (0, 10, 20, 31, 31)]
    found = order_rhythm(reversed(days), as_of=start + dt.timedelta(days=50))
    assert found is not None
    assert (found.orders, found.gap_days, found.last_on) == (4, 10, days[-1])
    assert found.due_on == start + dt.timedelta(days=41)
    assert found.late_days == 8  # 19 days of silence, 4 of 5 gaps were no longer than 11


def test_fewer_than_four_order_days_and_later_ones_tell_no_rhythm() -> None:
    start = dt.date(2026, 1, 1)
    days = [start + dt.timedelta(days=n) for n in (0, 10, 20, 30)]
    assert order_rhythm(days, as_of=days[-1] - dt.timedelta(days=1)) is None
    assert order_rhythm(days, as_of=days[-1]) is not None
