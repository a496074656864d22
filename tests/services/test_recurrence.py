"""Rules by which a task comes again: what they give over Greek holidays, and how they are said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctdesk.errors import UserError
from acctdesk.kinds import HolidayShift
from acctdesk.periods import Period, WorkingDays
from acctdesk.services.recurrence import (
    LAST,
    Every,
    Occurrence,
    Repeat,
    check_rule,
    moved_reason,
    names_weekdays,
    occurrences,
    read_rule,
    rule_words,
    write_rule,
)

FIRST_MONDAY = "FREQ=MONTHLY;BYDAY=+1MO"
PLAIN = WorkingDays()


def _days(
    rule: str,
    first: str,
    last: str,
    *,
    shift: HolidayShift = HolidayShift.NEXT,
    calendar: WorkingDays = PLAIN,
) -> list[tuple[str, str]]:
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    found = occurrences(
        rule, start, shift=shift, calendar=calendar, after=start - dt.timedelta(days=1), until=end
    )
    return [(one.series_on.isoformat(), one.due_on.isoformat()) for one in found]


def test_the_first_monday_moves_off_clean_monday_and_says_so() -> None:
    found = _days(FIRST_MONDAY, "2025-02-01", "2025-04-30")
    assert found == [
        ("2025-02-03", "2025-02-03"), ("2025-03-03", "2025-03-04"), ("2025-04-07", "2025-04-07")
    ]  # fmt: skip
    said = moved_reason(dt.date(2025, 3, 3), dt.date(2025, 3, 4), PLAIN)
    assert str(said) == "moved from Mon 3/3: Clean Monday"
    assert (
        str(moved_reason(dt.date(2025, 3, 3), dt.date(2025, 3, 6), PLAIN)) == "moved from Mon 3/3"
    )
    assert moved_reason(dt.date(2025, 4, 7), dt.date(2025, 4, 7), PLAIN) is None


def test_weekly_visits_pass_holy_week() -> None:
    fridays, mondays = "FREQ=WEEKLY;BYDAY=FR", "FREQ=WEEKLY;BYDAY=MO"
    assert _days(fridays, "2026-04-03", "2026-05-08") == [
        ("2026-04-03", "2026-04-03"), ("2026-04-10", "2026-04-14"), ("2026-04-17", "2026-04-17"),
        ("2026-04-24", "2026-04-24"), ("2026-05-01", "2026-05-04"), ("2026-05-08", "2026-05-08"),
    ]  # fmt: skip
    before = _days(mondays, "2026-04-13", "2026-04-13", shift=HolidayShift.PREVIOUS)
    assert before == [("2026-04-13", "2026-04-09")]
    stays = _days(mondays, "2026-04-13", "2026-04-13", shift=HolidayShift.STAY)
    assert stays == [("2026-04-13", "2026-04-13")]


def test_a_day_of_the_month_leaves_the_weekend_and_a_chosen_saturday_does_not() -> None:
    assert _days("FREQ=MONTHLY;BYMONTHDAY=15", "2026-11-01", "2026-11-30") == [
        ("2026-11-15", "2026-11-16")
    ]
    saturdays = "FREQ=WEEKLY;BYDAY=SA"
    assert _days(saturdays, "2026-11-21", "2026-11-21") == [("2026-11-21", "2026-11-21")]


def test_what_would_stand_on_a_day_that_has_one_already_falls_away() -> None:
    daily = _days("FREQ=DAILY", "2026-04-09", "2026-04-15")
    assert daily == [(day, day) for day in ("2026-04-09", "2026-04-14", "2026-04-15")]
    leave = WorkingDays((Period("Leave", dt.date(2026, 8, 3), dt.date(2026, 8, 14)),))
    weekly = _days("FREQ=WEEKLY;BYDAY=MO", "2026-08-03", "2026-08-24", calendar=leave)
    assert weekly == [("2026-08-17", "2026-08-17"), ("2026-08-24", "2026-08-24")]


def test_the_thirty_first_is_the_last_day_of_a_shorter_month() -> None:
    rule = write_rule(Repeat(Every.MONTH_DAY, month_day=31))
    found = _days(rule, "2026-01-31", "2026-04-30", shift=HolidayShift.STAY)
    assert [day for day, _ in found] == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


REPEATS = st.one_of(
    st.builds(Repeat, st.just(Every.DAY), st.integers(1, 30)),
    st.builds(
        Repeat,
        st.just(Every.WEEK),
        st.integers(1, 8),
        st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    ),
    st.builds(
        Repeat,
        st.just(Every.MONTH_WEEKDAY),
        st.integers(1, 12),
        st.tuples(st.integers(0, 6)),
        st.sampled_from((1, 2, 3, 4, LAST)),
    ),
    st.builds(
        lambda n, day: Repeat(Every.MONTH_DAY, n, month_day=day),
        st.integers(1, 12),
        st.integers(1, 31) | st.just(LAST),
    ),
    st.builds(
        lambda n, day: Repeat(Every.YEAR, n, month_day=day.day, month=day.month),
        st.integers(1, 3),
        st.dates(dt.date(2000, 1, 1), dt.date(2000, 12, 31)),
    ),
)
STARTS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


@given(REPEATS, STARTS, st.none() | st.integers(1, 50))
def test_a_choice_is_read_back_from_its_rule(repeat: Repeat, start: dt.date, count: int) -> None:
    wanted = replace(repeat, count=count)
    assert read_rule(write_rule(wanted), start) == wanted
    until = replace(repeat, until=start + dt.timedelta(days=90))
    assert read_rule(write_rule(until), start) == until
    assert str(rule_words(write_rule(wanted), start))


@given(REPEATS, STARTS, st.sampled_from(HolidayShift), st.integers(0, 200))
def test_days_are_worked_and_the_same_through_every_window(
    repeat: Repeat, start: dt.date, shift: HolidayShift, cut: int
) -> None:
    rule, end = write_rule(repeat), start + dt.timedelta(days=400)

    def window(after: dt.date, until: dt.date) -> list[Occurrence]:
        return occurrences(rule, start, shift=shift, calendar=PLAIN, after=after, until=until)

    whole = window(start - dt.timedelta(days=1), end)
    middle = start + dt.timedelta(days=cut)
    assert window(start - dt.timedelta(days=1), middle) + window(middle, end) == whole
    if shift is not HolidayShift.STAY:
        chosen = names_weekdays(rule, start)
        for one in whole:
            assert PLAIN.is_working(one.due_on) or (chosen and PLAIN.holiday(one.due_on) is None)
        assert len({one.due_on for one in whole}) == len(whole)


@pytest.mark.parametrize("rule", ["", "every day", "FREQ=HOURLY", "FREQ=DAILY;UNTIL=20200101"])
def test_what_gives_no_day_is_refused(rule: str) -> None:
    with pytest.raises(UserError):
        check_rule(rule, dt.date(2026, 11, 24))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (FIRST_MONDAY, "Every month on the first Monday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "Every 2 weeks on Monday, Wednesday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every day from Monday to Friday"),
        ("FREQ=MONTHLY", "Every month on day 24"),
        ("FREQ=YEARLY;UNTIL=20301231", "Every year on 24 November, until 31/12/2030"),
        ("FREQ=DAILY;COUNT=5", "Every day, 5 times"),
        ("FREQ=YEARLY;BYDAY=20MO", "By the rule FREQ=YEARLY;BYDAY=20MO"),
    ],
)
def test_a_rule_is_said_in_words(rule: str, words: str) -> None:
    assert str(rule_words(rule, dt.date(2026, 11, 24))) == words
