"""Statutory interest for late payment: simple, by half-years. Gross of VAT, minor units.

Source: directive 2011/7/EU, article 2(6) and (7): the reference rate in force on 1 January and on
1 July holds for the half-year, and the margin is put on top; the fixed sum is article 6. What an
officer is shown is a calculation, not legal advice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rate:
    """The reference rate of the half-year that begins ``since``, in per cent.

    ``checked``: the officer compared it with its source; else it is an estimate.
    """

    since: dt.date
    percent: Decimal
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What is put on top of the reference rate, the days of a year, the sum for each invoice."""

    margin: Decimal = Decimal(8)
    year_days: int = 365
    fixed_minor: int = 40_00


# to be compared with what the central bank published: all of them are estimates until then
SHIPPED: tuple[Rate, ...] = tuple(
    Rate(dt.date(year, month, 1), Decimal(percent))
    for year, month, percent in (
        (2023, 1, "2.50"),
        (2023, 7, "4.00"),
        (2024, 1, "4.50"),
        (2024, 7, "4.25"),
        (2025, 1, "3.15"),
        (2025, 7, "2.15"),
        (2026, 1, "2.15"),
        (2026, 7, "2.40"),
    )
)


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, both ends counted, with one amount owed and one rate.

    ``percent`` is the whole rate and None where no rate is known; then ``interest_minor`` is too.
    """

    start: dt.date
    end: dt.date
    owed_minor: int
    percent: Decimal | None
    checked: bool
    interest_minor: int | None

    @property
    def days(self) -> int:
        """How many days bear interest."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Claim:
    """The interest of one invoice: its spans, the sum of theirs, and the fixed sum."""

    spans: tuple[Span, ...]
    fixed_minor: int

    @property
    def interest_minor(self) -> int | None:
        """All interest, None where the rate of some days is not known."""
        parts = [one.interest_minor for one in self.spans]
        known = [one for one in parts if one is not None]
        return sum(known) if len(known) == len(parts) else None

    @property
    def is_checked(self) -> bool:
        """Whether every rate in it was compared with its source."""
        return all(one.checked for one in self.spans)


def half_year(day: dt.date) -> dt.date:
    """Return the first day of the half-year that holds a day."""
    return dt.date(day.year, 1 if day.month < 7 else 7, 1)


def rate_on(day: dt.date, rates: Iterable[Rate]) -> Rate | None:
    """Return the rate of a day's half-year.

    One that the table lacks has the last one before it, as an estimate; None before the first.
    """
    start = half_year(day)
    found = max((one for one in rates if one.since <= start), key=_since, default=None)
    if found is None or found.since == start:
        return found
    return Rate(start, found.percent)


def _since(rate: Rate) -> dt.date:
    return rate.since


def claim(
    amount_minor: int,
    *,
    due_on: dt.date,
    until: dt.date,
    payments: Iterable[tuple[dt.date, int]] = (),
    rates: Sequence[Rate] = SHIPPED,
    terms: Terms = Terms(),
) -> Claim:
    """Return the interest of an invoice from the day after it was due up to and with ``until``.

    ``payments`` are (day, amount) of whatever lowered it; the day of a payment still bears
    interest on what was owed before. A span ends at each payment and each half-year; interest is
    owed × rate / 100 × days / days of the year, its sum rounded half up once and the spans so that
    they add up to it. The fixed sum is due where anything was late.
    """
    lowered = _by_day(payments, due_on)
    owed = amount_minor - lowered.pop(due_on, 0)
    exact, told = Decimal(0), 0
    spans: list[Span] = []
    start = due_on + _ONE
    while start <= until and owed > 0:
        ends = [until, _half_end(start), *(day for day in lowered if day >= start)]
        end = min(ends)
        rate = rate_on(start, rates)
        interest = None
        if rate is not None:
            percent = rate.percent + terms.margin
            days = (end - start).days + 1
            exact += owed * percent / 100 * days / terms.year_days
            so_far = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
            interest, told = so_far - told, so_far
        spans.append(
            Span(
                start,
                end,
                owed,
                None if rate is None else rate.percent + terms.margin,
                rate is not None and rate.checked,
                interest,
            )
        )
        owed -= lowered.get(end, 0)
        start = end + _ONE
    return Claim(tuple(spans), terms.fixed_minor if spans else 0)


def _by_day(payments: Iterable[tuple[dt.date, int]], due_on: dt.date) -> dict[dt.date, int]:
    """Return what was paid by day, what came by the due day on that day."""
    found: dict[dt.date, int] = {}
    for paid_on, amount in payments:
        day = max(paid_on, due_on)
        found[day] = found.get(day, 0) + amount
    return found


def _half_end(day: dt.date) -> dt.date:
    return dt.date(day.year, 6, 30) if day.month < 7 else dt.date(day.year, 12, 31)
