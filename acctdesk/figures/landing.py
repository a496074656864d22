"""Where a period will land, and how far the same method was off in periods that are over.

Amounts are net of VAT in minor units, or counts. A history is what was sold by day; days before
``since`` are unknown, not zero. A day without a sale since then is zero.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from operator import mul

from acctdesk import periods
from acctdesk.kinds import LandingMethod
from acctdesk.periods import Period, WorkingDays

LOOK_BACK = 4  # closed periods whose error is the range
FEWEST_BACK = 2  # with fewer there is no past error to speak of
YEAR = 12  # months: the least that a season or a line is read from
_LINE = 24  # months that a line is read from at most


@dataclass(frozen=True)
class History:
    """What was sold by day, up to any day later than the ones asked for."""

    daily: Mapping[dt.date, int]
    days: WorkingDays = field(default_factory=WorkingDays)

    @cached_property
    def since(self) -> dt.date | None:
        """The first day of the first month with a sale, None without any."""
        return periods.month_start(self._known[0]) if self._known else None

    @cached_property
    def _known(self) -> list[dt.date]:
        return sorted(self.daily)

    @cached_property
    def _sums(self) -> list[int]:
        return [0, *accumulate(self.daily[day] for day in self._known)]

    @cached_property
    def _months(self) -> dict[dt.date, int]:
        found: dict[dt.date, int] = {}
        for day, sold in self.daily.items():
            month = periods.month_start(day)
            found[month] = found.get(month, 0) + sold
        return found

    @cached_property
    def tried(self) -> dict[tuple[Period, dt.date, LandingMethod], dict[Period, int]]:
        """What :func:`errors` found, because one method's are held against another's."""
        return {}

    def between(self, start: dt.date, end: dt.date) -> int:
        """Return what was sold from ``start`` to ``end``, both included."""
        known, sums = self._known, self._sums
        return sums[max(bisect_right(known, end), (at := bisect_left(known, start)))] - sums[at]

    def month(self, first: dt.date) -> int | None:
        """Return what was sold in a month; None before the history begins."""
        if self.since is None or first < self.since:
            return None
        return self._months.get(first, 0)

    def whole_months(self, as_of: dt.date, most: int) -> list[int]:
        """Return the last months that are over on a day, oldest first, at most ``most``."""
        if self.since is None:
            return []
        last = periods.add_months(periods.month_start(as_of + _ONE), -1)
        first = max(self.since, periods.add_months(last, 1 - most))
        return [self._months.get(month, 0) for month in periods.months(first, last)]

    def left_of_month(self, month: dt.date, as_of: dt.date) -> Fraction:
        """Return which part of a month's working days comes after a day: 1 of one to come."""
        end = periods.month_end(month)
        if as_of < month:
            return Fraction(1)
        whole = self.days.count(month, end)
        return Fraction(self.days.count(as_of + _ONE, end), whole) if whole else Fraction(0)


_ONE = dt.timedelta(days=1)


def _half_up(amount: Fraction) -> int:
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def run_rate(history: History, period: Period, as_of: dt.date) -> Fraction | None:
    """Return actual ÷ elapsed working days × total working days; None before the first one.

    Definition: run-rate landing.
    """
    elapsed = history.days.count(period.start, min(as_of, period.end))
    if not elapsed or history.since is None or as_of < history.since:
        return None
    total = history.days.count(period.start, period.end)
    return Fraction(history.between(period.start, min(as_of, period.end)) * total, elapsed)


def drift(history: History, as_of: dt.date) -> Fraction | None:
    """Return the last 12 whole months ÷ the 12 before; None without 24 of them above zero."""
    months = history.whole_months(as_of, 2 * YEAR)
    if len(months) < 2 * YEAR or sum(months[:YEAR]) <= 0 or sum(months[YEAR:]) <= 0:
        return None
    return Fraction(sum(months[YEAR:]), sum(months[:YEAR]))


def seasonal(history: History, period: Period, as_of: dt.date) -> Fraction | None:
    """Return actual + the same months of the year before, each times the drift of the year.

    Of the month in progress counts its share of working days to come. Without 24 months known the
    drift is 1. None where a month of the year before is not known. Definition: seasonal naïve,
    ŷ(T+h) = y(T+h−12), with drift × (last 12 ÷ previous 12) months.
    """
    moved = drift(history, as_of) or Fraction(1)
    rest = Fraction(0)
    for month in _ahead(period, as_of):
        past = _last_whole(history, month, as_of)
        if past is None:
            return None
        rest += max(0, past) * moved * history.left_of_month(month, as_of)
    return history.between(period.start, min(as_of, period.end)) + rest


def _last_whole(history: History, month: dt.date, as_of: dt.date) -> int | None:
    """Return the same month of the last year in which it is over."""
    past = periods.add_months(month, -YEAR)
    while periods.month_end(past) > as_of:
        past = periods.add_months(past, -YEAR)
    return history.month(past)


@dataclass(frozen=True, slots=True)
class Line:
    """The straight line through whole months; month 0 is the oldest. ``sd`` of what it misses."""

    start: Fraction
    step: Fraction
    months: int
    sd_minor: int

    def at(self, month: int) -> Fraction:
        """Return what the line says of a month, never below zero."""
        return max(Fraction(0), self.start + self.step * month)


def line(history: History, as_of: dt.date) -> Line | None:
    """Return the least-squares line through the last 12 to 24 whole months; None below 12.

    ``sd_minor`` is the residual standard deviation, √(Σ residual² ÷ (n − 2)). Definition: linear.
    """
    ys = history.whole_months(as_of, _LINE)
    n = len(ys)
    if n < YEAR:
        return None
    x, y = sum(range(n)), sum(ys)
    xx, xy = sum(one * one for one in range(n)), sum(map(mul, range(n), ys))
    step = Fraction(n * xy - x * y, n * xx - x**2)
    start = (y - step * x) / n
    # what a least-squares line misses in sum of squares, without each month's own
    missed = (sum(map(mul, ys, ys)) - start * y - step * xy) / (n - 2)
    sd = (Decimal(missed.numerator) / missed.denominator).sqrt()
    return Line(start, step, n, int(sd.quantize(Decimal(1), ROUND_HALF_UP)))


def linear(history: History, period: Period, as_of: dt.date) -> Fraction | None:
    """Return actual + what the line says of the months to come; None below 12 whole months.

    Of the month in progress counts its share of working days to come; no month is below zero.
    """
    fitted = line(history, as_of)
    if fitted is None:
        return None
    first = periods.month_start(as_of + _ONE)  # the first month that the line was not read from
    rest = Fraction(0)
    for month in _ahead(period, as_of):
        apart = (month.year - first.year) * YEAR + month.month - first.month
        rest += fitted.at(fitted.months + apart) * history.left_of_month(month, as_of)
    return history.between(period.start, min(as_of, period.end)) + rest


def _ahead(period: Period, as_of: dt.date) -> list[dt.date]:
    """Return the months of a period of which some days come after a day."""
    return [
        month
        for month in periods.months(period.start, period.end)
        if periods.month_end(month) > as_of
    ]


_METHODS = {
    LandingMethod.RUN_RATE: run_rate,
    LandingMethod.SEASONAL: seasonal,
    LandingMethod.LINEAR: linear,
}


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a period lands by one method; what is not known is None.

    ``error_minor`` is the mean absolute error of the same method at the same point of the last
    closed periods, ``backs`` how many of them could be tried. ``mase`` is that error ÷ the one of
    the seasonal method.
    """

    method: LandingMethod
    landing_minor: int | None
    error_minor: int | None = None
    backs: int = 0
    mase: Decimal | None = None

    @property
    def low_minor(self) -> int | None:
        """The lower end of the range: landing − past error."""
        if self.landing_minor is None or self.error_minor is None:
            return None
        return self.landing_minor - self.error_minor

    @property
    def high_minor(self) -> int | None:
        """The upper end of the range: landing + past error."""
        if self.landing_minor is None or self.error_minor is None:
            return None
        return self.landing_minor + self.error_minor


def same_point(period: Period, closed: Period, as_of: dt.date, days: WorkingDays) -> dt.date:
    """Return the day of a closed period that is as far in it, by working days, as ``as_of`` is.

    The day before it where ``as_of`` lies before the first working day.
    """
    elapsed = days.count(period.start, min(as_of, period.end))
    whole, past = days.count(period.start, period.end), days.count(closed.start, closed.end)
    gone = _half_up(Fraction(elapsed * past, whole)) if whole else 0
    return min(days.add(closed.start - _ONE, gone), closed.end)


def closed_periods(period: Period) -> list[Period]:
    """Return the four periods of equal length just before, the latest first."""
    found: list[Period] = []
    for _ in range(LOOK_BACK):
        found.append(periods.previous(found[-1] if found else period))
    return found


def errors(
    history: History, period: Period, *, as_of: dt.date, method: LandingMethod
) -> dict[Period, int]:
    """Return by how much a method missed each of the last closed periods, where it has an answer.

    Each is asked at the same point of its period, from what was known on that day.
    """
    asked = (period, as_of, method)
    if asked in history.tried:
        return history.tried[asked]
    found = history.tried[asked] = {}
    for closed in closed_periods(period):
        if history.since is None or closed.start < history.since:
            break
        guess = _METHODS[method](history, closed, same_point(period, closed, as_of, history.days))
        if guess is not None:
            found[closed] = abs(_half_up(guess) - history.between(closed.start, closed.end))
    return found


def landing(
    history: History,
    period: Period,
    *,
    as_of: dt.date,
    method: LandingMethod,
    addition_minor: int = 0,
) -> Landing:
    """Return the landing of a period by a method, with the range of the method's past error.

    ``addition_minor`` is what is expected on top, e.g. deals that are still open. With less than
    two closed periods to try it on there is no range. A period that is over has landed.
    """
    guess = _METHODS[method](history, period, as_of)
    if guess is None:
        return Landing(method, None)
    landed = _half_up(guess) + addition_minor
    missed = errors(history, period, as_of=as_of, method=method)
    if len(missed) < FEWEST_BACK:
        return Landing(method, landed, backs=len(missed))
    error = _half_up(Fraction(sum(missed.values()), len(missed)))
    base = missed
    if method is not LandingMethod.SEASONAL:
        base = errors(history, period, as_of=as_of, method=LandingMethod.SEASONAL)
    both = [closed for closed in missed if closed in base]
    naive = sum(base[closed] for closed in both)
    mase = None
    if len(both) >= FEWEST_BACK and naive:
        ratio = Decimal(sum(missed[closed] for closed in both)) / naive
        mase = ratio.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Landing(method, landed, error, len(missed), mase)


def default_method(history: History, period: Period, *, as_of: dt.date) -> LandingMethod:
    """Return the seasonal method where the year before is known, else the run rate.

    On short monthly series of a client the season is hard to beat.
    """
    known = seasonal(history, period, as_of) is not None
    enough = len(history.whole_months(as_of, YEAR)) == YEAR
    return LandingMethod.SEASONAL if known and enough else LandingMethod.RUN_RATE
