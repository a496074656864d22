"""Fiscal years, quarters, months, working days and Greek holidays."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from types import MappingProxyType

from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.kinds import HolidayShift


@dataclass(frozen=True, slots=True)
class Period:
    """A named run of days, both ends included."""

    name: str
    start: dt.date
    end: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day <= self.end


def month_start(day: dt.date) -> dt.date:
    """Return the first day of the month."""
    return day.replace(day=1)


def month_end(day: dt.date) -> dt.date:
    """Return the last day of the month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the day ``months`` later; a day that the month lacks becomes its last one."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months(start: dt.date, end: dt.date) -> list[dt.date]:
    """Return the first days of all months from ``start``'s to ``end``'s."""
    found, month = [], month_start(start)
    while month <= end:
        found.append(month)
        month = add_months(month, 1)
    return found


def fiscal_year_of(day: dt.date, fiscal_start: int = 1) -> int:
    """Return the year that the fiscal year of ``day`` ends in."""
    return day.year + 1 if fiscal_start > 1 and day.month >= fiscal_start else day.year


def fiscal_year(year: int, fiscal_start: int = 1) -> Period:
    """Return the fiscal year that ends in ``year``."""
    start = dt.date(year if fiscal_start == 1 else year - 1, fiscal_start, 1)
    return Period(f"{year}", start, add_months(start, 12) - dt.timedelta(days=1))


def quarter(year: int, number: int, fiscal_start: int = 1) -> Period:
    """Return quarter 1 to 4 of a fiscal year."""
    start = add_months(fiscal_year(year, fiscal_start).start, 3 * (number - 1))
    return Period(f"{year}Q{number}", start, add_months(start, 3) - dt.timedelta(days=1))


def quarter_of(day: dt.date, fiscal_start: int = 1) -> Period:
    """Return the fiscal quarter that holds ``day``."""
    year = fiscal_year_of(day, fiscal_start)
    start = fiscal_year(year, fiscal_start).start
    elapsed = (day.year - start.year) * 12 + day.month - start.month
    return quarter(year, elapsed // 3 + 1, fiscal_start)


def month_of(day: dt.date) -> Period:
    """Return the calendar month that holds ``day``."""
    return Period(f"{day:%Y-%m}", month_start(day), month_end(day))


def parse_period(text: str, *, fiscal_start: int = 1) -> Period:
    """Return the period that ``2026Q2``, ``2026-06`` or ``2026`` names.

    Quarters and years are fiscal; months are calendar months.

    Raises:
        UserError: the text names no period.
    """
    body = text.strip().upper()
    by_quarter = re.fullmatch(r"(\d{4})-?[QΤ]([1-4])", body)
    if by_quarter:
        return quarter(int(by_quarter[1]), int(by_quarter[2]), fiscal_start)
    by_month = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", body)
    if by_month:
        return month_of(dt.date(int(by_month[1]), int(by_month[2]), 1))
    if re.fullmatch(r"(?:19|20|21)\d{2}", body):
        return fiscal_year(int(body), fiscal_start)
    raise UserError(
        msg("Period", "{text} is no period. Write 2026Q2, 2026-06 or 2026.", text=text.strip())
    )


def _length(period: Period) -> int:
    last = period.end + dt.timedelta(days=1)
    return (last.year - period.start.year) * 12 + last.month - period.start.month


def _shifted(period: Period, by: int) -> Period:
    start = add_months(period.start, by)
    end = add_months(period.end + dt.timedelta(days=1), by) - dt.timedelta(days=1)
    return Period("", start, end)


def previous(period: Period) -> Period:
    """Return the period of equal length just before; it has no name."""
    return _shifted(period, -_length(period))


def same_last_year(period: Period) -> Period:
    """Return the period twelve months earlier; it has no name."""
    return _shifted(period, -12)


def year_earlier(day: dt.date) -> dt.date:
    """Return the day a year earlier; 29 February compares with the 28th."""
    return add_months(day, -12)


_FIXED: tuple[tuple[int, int, Message], ...] = (  # month, day
    (1, 1, msg("Holiday", "New Year’s Day")),
    (1, 6, msg("Holiday", "Epiphany")),
    (3, 25, msg("Holiday", "25 March")),
    (8, 15, msg("Holiday", "Dormition of the Virgin")),
    (10, 28, msg("Holiday", "28 October")),
    (12, 25, msg("Holiday", "Christmas")),
    (12, 26, msg("Holiday", "Second day of Christmas")),
)
_FROM_EASTER: tuple[tuple[int, Message], ...] = (  # days from Easter Sunday
    (-48, msg("Holiday", "Clean Monday")),
    (-2, msg("Holiday", "Good Friday")),
    (0, msg("Holiday", "Easter Sunday")),
    (1, msg("Holiday", "Easter Monday")),
    (50, msg("Holiday", "Whit Monday")),
)
_LABOUR = msg("Holiday", "Labour Day")
_LABOUR_LATER = msg("Holiday", "Labour Day, moved")
_WEEKEND = {5: msg("Holiday", "Saturday"), 6: msg("Holiday", "Sunday")}
_MOVED_SINCE = 2017  # since then the first of May is made up for where it would be lost
_MOVED = {2024: dt.date(2024, 5, 7)}  # by decree, another way than the rule


@cache
def _holidays(year: int) -> Mapping[dt.date, Message]:
    """Return the public holidays of Greece in a year, with their names.

    A library would know them too; it loads those of every country, which the start cannot wait for.
    """
    from dateutil.easter import EASTER_ORTHODOX, easter

    sunday = easter(year, EASTER_ORTHODOX)
    found = {dt.date(year, month, day): name for month, day, name in _FIXED}
    found |= {sunday + dt.timedelta(days=apart): name for apart, name in _FROM_EASTER}
    first = labour = _MOVED.get(year, dt.date(year, 5, 1))
    lost = labour == sunday + dt.timedelta(days=1) or labour.weekday() >= 5
    found.setdefault(labour, _LABOUR)
    if lost and year >= _MOVED_SINCE:
        while labour in found or labour.weekday() >= 5:
            labour += dt.timedelta(days=1)
        found[labour] = _LABOUR if labour == first else _LABOUR_LATER
    return MappingProxyType(found)


def holiday(day: dt.date) -> Message | None:
    """Return the name of the public holiday in Greece that a day is, None for any other day."""
    return _holidays(day.year).get(day)


def is_working_day(day: dt.date) -> bool:
    """Tell whether ``day`` is Monday to Friday and no public holiday in Greece."""
    return day.weekday() < 5 and day not in _holidays(day.year)


@cache
def working_days(start: dt.date, end: dt.date) -> int:
    """Return how many working days lie from ``start`` to ``end``, both included."""
    return WorkingDays().count(start, end)


def add_working_days(day: dt.date, count: int) -> dt.date:
    """Return the ``count``-th working day after ``day``."""
    return WorkingDays().add(day, count)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The officer's calendar: Monday to Friday, less public holidays and ``own`` days off.

    The functions of this module know no days off of one's own.
    """

    own: tuple[Period, ...] = ()

    def is_working(self, day: dt.date) -> bool:
        """Tell whether the officer works on a day."""
        return is_working_day(day) and not any(day in one for one in self.own)

    def holiday(self, day: dt.date) -> Message | None:
        """Return the name of the holiday or of the own day off, None for any other day."""
        public = holiday(day)
        if public is not None:
            return public
        own = next((one for one in self.own if day in one), None)
        return None if own is None else msg("Holiday", "{name}", name=own.name)

    def reason(self, day: dt.date) -> Message | None:
        """Return why a day is none to work on: its holiday, else Saturday or Sunday."""
        return self.holiday(day) or _WEEKEND.get(day.weekday())

    def add(self, day: dt.date, count: int) -> dt.date:
        """Return the ``count``-th working day after ``day``; 0 gives the day itself."""
        return self._walk(day, count, _ONE)

    def subtract(self, day: dt.date, count: int) -> dt.date:
        """Return the ``count``-th working day before ``day``; 0 gives the day itself."""
        return self._walk(day, count, -_ONE)

    def count(self, start: dt.date, end: dt.date) -> int:
        """Return how many working days lie from ``start`` to ``end``, both included."""
        if end < start:
            return 0
        return sum(
            _running(self, month)[min(end, month_end(month)).day]
            - _running(self, month)[max(start, month).day - 1]
            for month in months(start, end)
        )

    def left(self, day: dt.date, *, today: dt.date) -> int:
        """Return how many working days are left until a day; negative where it has passed."""
        if day >= today:
            return self.count(today + _ONE, day)
        return -self.count(day + _ONE, today)

    def shifted(self, day: dt.date, shift: HolidayShift, *, from_weekend: bool = True) -> dt.date:
        """Return where something goes whose day may be off.

        Without ``from_weekend`` a Saturday or Sunday alone is no reason to move.
        """
        stays = self.reason(day) is None if from_weekend else self.holiday(day) is None
        if stays or shift is HolidayShift.STAY:
            return day
        step = _ONE if shift is HolidayShift.NEXT else -_ONE
        return self._walk(day, 1, step)

    def _walk(self, day: dt.date, count: int, step: dt.timedelta) -> dt.date:
        while count > 0:
            day += step
            count -= self.is_working(day)
        return day


_ONE = dt.timedelta(days=1)


@lru_cache(maxsize=2_000)
def _running(calendar: WorkingDays, month: dt.date) -> tuple[int, ...]:
    """Return how many working days of a month are over at the end of each of its days; 0 first."""
    days = range(month_end(month).day)
    return (0, *accumulate(calendar.is_working(month + n * _ONE) for n in days))
