"""Fiscal periods, working days and Greek holidays."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctdesk import periods
from acctdesk.errors import UserError
from acctdesk.kinds import HolidayShift

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))
STARTS = st.integers(1, 12)


def test_periods_of_a_calendar_year() -> None:
    quarter = periods.parse_period("2026Q2")
    assert (quarter.start, quarter.end) == (dt.date(2026, 4, 1), dt.date(2026, 6, 30))
    month = periods.parse_period("2026-06")
    assert (month.name, month.start, month.end) == (
        "2026-06", dt.date(2026, 6, 1), dt.date(2026, 6, 30),
    )  # fmt: skip
    year = periods.parse_period("2026")
    assert (year.start, year.end) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def test_a_fiscal_year_is_named_by_the_year_it_ends_in() -> None:
    quarter = periods.parse_period("2026Q1", fiscal_start=7)
    assert (quarter.start, quarter.end) == (dt.date(2025, 7, 1), dt.date(2025, 9, 30))
    year = periods.parse_period("2026", fiscal_start=7)
    assert (year.start, year.end) == (dt.date(2025, 7, 1), dt.date(2026, 6, 30))
    assert periods.fiscal_year_of(dt.date(2025, 7, 1), 7) == 2026
    assert periods.fiscal_year_of(dt.date(2025, 6, 30), 7) == 2025


@pytest.mark.parametrize("text", ["", "2026Q5", "2026-13", "26", "2026Q", "Q2", "2026-6", "6/2026"])
def test_what_names_no_period_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UserError, match="is no period"):
        periods.parse_period(text)


def test_comparisons() -> None:
    quarter = periods.parse_period("2026Q1")
    before, last_year = periods.previous(quarter), periods.same_last_year(quarter)
    assert (before.start, before.end) == (dt.date(2025, 10, 1), dt.date(2025, 12, 31))
    assert (last_year.start, last_year.end) == (dt.date(2025, 1, 1), dt.date(2025, 3, 31))
    february = periods.parse_period("2028-02")
    assert periods.same_last_year(february).end == dt.date(2027, 2, 28)
    assert periods.previous(periods.parse_period("2028-03")).end == dt.date(2028, 2, 29)
    assert periods.year_earlier(dt.date(2028, 2, 29)) == dt.date(2027, 2, 28)


@given(DAYS, STARTS)
def test_a_day_lies_in_its_quarter_and_its_year(day: dt.date, start: int) -> None:
    quarter = periods.quarter_of(day, start)
    year = periods.fiscal_year(periods.fiscal_year_of(day, start), start)
    assert day in quarter
    assert day in year
    assert year.start <= quarter.start
    assert quarter.end <= year.end
    assert periods.parse_period(quarter.name, fiscal_start=start) == quarter
    before = periods.previous(quarter)
    assert before.end + dt.timedelta(days=1) == quarter.start
    assert periods.same_last_year(year).end + dt.timedelta(days=1) == year.start


@given(DAYS, st.integers(-60, 60))
def test_months_are_added_and_listed(day: dt.date, count: int) -> None:
    first = periods.month_start(day)
    later = periods.add_months(first, count)
    assert later.day == 1
    listed = periods.months(min(first, later), max(first, later))
    assert len(listed) == abs(count) + 1
    assert periods.month_start(periods.add_months(day, count)) == later


@pytest.mark.parametrize("year", range(1990, 2100))
def test_holidays_are_those_of_the_library_that_knows_every_country(year: int) -> None:
    known = holidays.country_holidays("GR", years=year)
    first = dt.date(year, 1, 1)
    days = [first + dt.timedelta(days=n) for n in range((dt.date(year + 1, 1, 1) - first).days)]
    free = [day for day in days if day.weekday() < 5 and day in known]
    assert len(free) >= 8
    assert [day for day in days if day.weekday() < 5 and not periods.is_working_day(day)] == free


@pytest.mark.parametrize("day", ["2026-02-23", "2026-04-10", "2026-06-01", "2024-05-07"])
def test_nobody_works_on_a_holiday(day: str) -> None:
    assert not periods.is_working_day(dt.date.fromisoformat(day))


def test_an_ordinary_day_is_worked_and_a_sunday_is_not() -> None:
    assert periods.is_working_day(dt.date(2026, 11, 24))
    assert not periods.is_working_day(dt.date(2026, 11, 22))


def test_five_working_days_over_easter() -> None:
    wednesday = dt.date(2026, 4, 8)
    assert periods.add_working_days(wednesday, 5) == dt.date(2026, 4, 17)
    assert periods.working_days(dt.date(2026, 4, 9), dt.date(2026, 4, 17)) == 5


@given(DAYS, st.integers(0, 40))
def test_counting_and_adding_working_days_agree(day: dt.date, count: int) -> None:
    reached = periods.add_working_days(day, count)
    assert periods.working_days(day + dt.timedelta(days=1), reached) == count


def test_no_days_between_a_day_and_an_earlier_one() -> None:
    assert periods.working_days(dt.date(2026, 4, 17), dt.date(2026, 4, 9)) == 0


@pytest.mark.data
def test_orthodox_easter_by_the_reference(shared_data: Path) -> None:
    reference = json.loads((shared_data / "expected" / "greek_reference.json").read_text("utf-8"))
    for written in reference["orthodox_easter"].values():
        easter = dt.date.fromisoformat(written)
        for after in (-48, -2, 1, 50):
            day = easter + dt.timedelta(days=after)
            assert not periods.is_working_day(day), (easter, after)


def test_a_holiday_has_its_name() -> None:
    names = {day: str(periods.holiday(dt.date.fromisoformat(day))) for day in (
        "2025-03-03", "2026-04-10", "2026-04-12", "2026-04-13", "2026-05-01", "2027-05-04",
    )}  # fmt: skip
    assert list(names.values()) == [
        "Clean Monday", "Good Friday", "Easter Sunday", "Easter Monday", "Labour Day",
        "Labour Day, moved",
    ]  # fmt: skip
    assert periods.holiday(dt.date(2026, 11, 24)) is None


LEAVE = periods.WorkingDays((periods.Period("Leave", dt.date(2026, 4, 14), dt.date(2026, 4, 15)),))


def test_days_off_of_ones_own_are_skipped_and_named() -> None:
    wednesday = dt.date(2026, 4, 8)
    assert LEAVE.add(wednesday, 5) == dt.date(2026, 4, 21)
    assert LEAVE.subtract(dt.date(2026, 4, 21), 5) == wednesday
    assert str(LEAVE.reason(dt.date(2026, 4, 14))) == "Leave"
    assert str(LEAVE.reason(dt.date(2026, 4, 13))) == "Easter Monday"
    assert str(LEAVE.reason(dt.date(2026, 4, 18))) == "Saturday"
    assert LEAVE.reason(dt.date(2026, 4, 16)) is None


@given(DAYS, st.integers(0, 40))
def test_days_left_are_negative_when_a_day_has_passed(day: dt.date, count: int) -> None:
    later = LEAVE.add(day, count)
    assert LEAVE.left(later, today=day) == count
    assert LEAVE.left(day, today=later) == -count


@given(DAYS, st.sampled_from(HolidayShift))
def test_what_is_shifted_falls_on_the_nearest_working_day(
    day: dt.date, shift: HolidayShift
) -> None:
    moved = LEAVE.shifted(day, shift)
    if shift is HolidayShift.STAY or LEAVE.is_working(day):
        assert moved == day
        return
    assert LEAVE.is_working(moved)
    assert moved > day if shift is HolidayShift.NEXT else moved < day
    between = (min(moved, day), max(moved, day))
    assert LEAVE.count(*between) == 1


def test_a_chosen_saturday_is_no_reason_to_move() -> None:
    saturday, holiday = dt.date(2026, 11, 21), dt.date(2026, 12, 26)
    assert LEAVE.shifted(saturday, HolidayShift.NEXT, from_weekend=False) == saturday
    assert LEAVE.shifted(holiday, HolidayShift.NEXT, from_weekend=False) == dt.date(2026, 12, 28)
