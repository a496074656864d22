"""Where a period lands, by hand-made histories, and how honest the range is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctdesk import periods
from acctdesk.figures import landing as landings
from acctdesk.figures.landing import History, errors, landing
from acctdesk.figures.phasing import phased, working_day_weights
from acctdesk.kinds import LandingMethod
from acctdesk.periods import Period, WorkingDays

YEAR = [dt.date(2026, month, 1) for month in range(1, 13)]
Q2 = periods.quarter(2026, 2)
MAY = dt.date(2026, 5, 31)


def monthly(start: dt.date, *amounts: int) -> History:
    """Return a history of one sale on the first day of each month."""
    return History({periods.add_months(start, n): amount for n, amount in enumerate(amounts)})


def test_the_run_rate_goes_by_working_days() -> None:
    history = History({dt.date(2026, 6, 1): 1000})
    june = periods.month_of(dt.date(2026, 6, 1))
    days = WorkingDays()
    day = days.add(dt.date(2026, 5, 31), 10)
    whole = days.count(june.start, june.end)
    found = landing(history, june, as_of=day, method=LandingMethod.RUN_RATE)
    assert found.landing_minor == round(1000 * whole / 10)
    assert found.error_minor is None
    off = History(history.daily, WorkingDays((Period("Leave", june.start, day),)))
    assert landing(off, june, as_of=day, method=LandingMethod.RUN_RATE).landing_minor is None


def test_the_season_is_the_year_before_moved_by_its_drift() -> None:
    flat = [100] * 12
    history = monthly(dt.date(2024, 5, 1), *flat, *[120] * 13)  # up to May 2026
    found = landing(history, Q2, as_of=MAY, method=LandingMethod.SEASONAL)
    # 240 in April and May, and June of 2025 with a drift of 1440 ÷ (100 + 11 × 120 ...)
    assert landings.drift(history, MAY) == 1440 / Fraction(11 * 100 + 120)
    june = 120 * 1440 / (11 * 100 + 120)
    assert found.landing_minor == round(240 + june)


def test_without_a_year_before_no_season_is_known() -> None:
    history = monthly(dt.date(2025, 8, 1), *[100] * 10)
    assert landing(history, Q2, as_of=MAY, method=LandingMethod.SEASONAL).landing_minor is None
    assert landings.default_method(history, Q2, as_of=MAY) is LandingMethod.RUN_RATE
    longer = monthly(dt.date(2025, 1, 1), *[100] * 17)
    assert landings.default_method(longer, Q2, as_of=MAY) is LandingMethod.SEASONAL


def test_a_straight_history_lands_on_its_line() -> None:
    history = monthly(dt.date(2024, 12, 1), *[1000 + 50 * n for n in range(18)])
    line = landings.line(history, MAY)
    assert line is not None
    assert (int(line.start), int(line.step), line.months, line.sd_minor) == (1000, 50, 18, 0)
    found = landing(history, Q2, as_of=MAY, method=LandingMethod.LINEAR)
    assert found.landing_minor == (1000 + 50 * 16) + (1000 + 50 * 17) + (1000 + 50 * 18)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=12, max_size=24))
def test_what_a_line_misses_is_the_root_of_its_mean_square(sold: list[int]) -> None:
    line = landings.line(
        monthly(periods.add_months(MAY + dt.timedelta(days=1), -len(sold)), *sold), MAY
    )
    assert line is not None
    missed = [one - line.start - line.step * n for n, one in enumerate(sold)]
    assert sum(missed) == sum(n * one for n, one in enumerate(missed)) == 0
    squares = sum((one * one for one in missed), Fraction(0)) / (len(sold) - 2)
    assert (line.sd_minor - Fraction(1, 2)) ** 2 <= squares or not line.sd_minor
    assert squares <= (line.sd_minor + Fraction(1, 2)) ** 2


def test_a_falling_line_never_says_less_than_nothing() -> None:
    history = monthly(dt.date(2025, 6, 1), *[1100 - 100 * n for n in range(12)])
    found = landing(history, Q2, as_of=MAY, method=LandingMethod.LINEAR)
    assert found.landing_minor == 100 + 0  # April and May, and nothing in June


def test_less_than_twelve_months_make_no_line() -> None:
    history = monthly(dt.date(2025, 7, 1), *[100] * 11)
    assert landing(history, Q2, as_of=MAY, method=LandingMethod.LINEAR).landing_minor is None


def test_the_range_is_the_mean_error_of_the_last_four_closed_periods() -> None:
    history = monthly(dt.date(2023, 1, 1), *[100, 100, 130] * 13, 100, 100)
    found = landing(history, Q2, as_of=MAY, method=LandingMethod.RUN_RATE)
    missed = errors(history, Q2, as_of=MAY, method=LandingMethod.RUN_RATE)
    assert len(missed) == found.backs == 4
    assert [period.start for period in missed] == [
        dt.date(2026, 1, 1), dt.date(2025, 10, 1), dt.date(2025, 7, 1), dt.date(2025, 4, 1),
    ]  # fmt: skip
    assert found.error_minor == (sum(missed.values()) + 2) // 4  # half up
    assert found.landing_minor is not None
    assert found.high_minor == found.landing_minor + found.error_minor
    assert found.low_minor == found.landing_minor - found.error_minor
    assert found.mase is not None
    assert found.mase > 1  # the season repeats itself: its own method knows better


def test_an_error_is_compared_with_that_of_the_season() -> None:
    history = monthly(dt.date(2023, 1, 1), *[100 + 7 * n % 31 for n in range(41)])
    season = landing(history, Q2, as_of=MAY, method=LandingMethod.SEASONAL)
    assert season.mase == 1
    line = landing(history, Q2, as_of=MAY, method=LandingMethod.LINEAR)
    assert line.mase is not None
    assert line.error_minor is not None
    assert season.error_minor is not None
    ratio = Decimal(line.error_minor) / season.error_minor
    assert abs(line.mase - ratio) < Decimal("0.05")


def test_one_closed_period_is_no_past_error() -> None:
    history = monthly(dt.date(2026, 1, 1), *[100] * 5)
    found = landing(history, Q2, as_of=MAY, method=LandingMethod.RUN_RATE)
    assert (found.backs, found.error_minor, found.high_minor) == (1, None, None)


def test_what_is_expected_on_top_moves_landing_and_range() -> None:
    history = monthly(dt.date(2024, 1, 1), *[100] * 29)
    plain = landing(history, Q2, as_of=MAY, method=LandingMethod.SEASONAL)
    more = landing(history, Q2, as_of=MAY, method=LandingMethod.SEASONAL, addition_minor=70)
    assert plain.landing_minor is not None
    assert more.landing_minor == plain.landing_minor + 70
    assert more.error_minor == plain.error_minor


amounts = st.lists(st.integers(-(10**6), 10**9), min_size=30, max_size=42)


@given(amounts, st.sampled_from(LandingMethod))
def test_a_period_that_is_over_has_landed(sales: list[int], method: LandingMethod) -> None:
    history = monthly(dt.date(2023, 1, 1), *sales)
    closed = periods.quarter(2025, 1)
    found = landing(history, closed, as_of=dt.date(2025, 6, 30), method=method)
    assert found.landing_minor == history.between(closed.start, closed.end)
    assert found.error_minor == 0


@given(amounts, st.sampled_from(LandingMethod), st.integers(1, 89))
def test_what_comes_later_changes_no_landing(
    sales: list[int], method: LandingMethod, days: int
) -> None:
    history = monthly(dt.date(2023, 1, 1), *sales)
    day = dt.date(2025, 1, 1) + dt.timedelta(days=days)
    known = {on: amount for on, amount in history.daily.items() if on <= day}
    quarter = periods.quarter(2025, 1)
    assert landing(history, quarter, as_of=day, method=method) == landing(
        History(known), quarter, as_of=day, method=method
    )


@given(st.integers(0, 10**12))
def test_a_year_phased_by_working_days_adds_up(total: int) -> None:
    weights = working_day_weights(YEAR)
    assert weights[dt.date(2026, 4, 1)] == 20  # Good Friday and Easter Monday are off
    months = phased(total, weights)
    assert list(months) == YEAR
    assert sum(months.values()) == total


@given(
    st.integers(0, 10**12),
    st.lists(st.decimals(0, 100, places=2), min_size=12, max_size=12).filter(any),
)
def test_a_year_phased_by_hand_adds_up(total: int, weights: list[Decimal]) -> None:
    assert sum(phased(total, dict(zip(YEAR, weights, strict=True))).values()) == total


def test_nothing_can_be_phased_by_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        phased(100, dict.fromkeys(YEAR, 0))
