"""A fiscal year of sales and targets made ready to draw: scale, running totals, where today is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from acctdesk import formats, periods
from acctdesk.i18n import Message, msg
from acctdesk.services.rows import TargetSeries

Line = tuple[Sequence[float], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Scale:
    """What one unit on a chart's axis stands for."""

    minor: int  # minor units of money
    power: int  # 0 whole, 3 thousands, 6 millions

    def value(self, minor: int) -> float:
        """Return minor units in this scale."""
        return minor / self.minor

    def text(self, minor: int, language: str | None) -> str:
        """Return minor units in this scale as written on the chart."""
        if formats.amounts_hidden():
            return formats.HIDDEN
        value = round(self.value(minor), 1)
        digits = 1 if self.power and abs(value) < 1000 and value != int(value) else 0
        return formats.number(round(value, digits), digits, language)

    def label(self, currency: str = "EUR") -> Message:
        """Return the words for the unit: «χιλ. €»."""
        symbol = {"EUR": "€", "USD": "$", "GBP": "£"}.get(currency, currency)
        if self.power == 3:
            return msg("Charts", "{symbol} thousand", symbol=symbol)
        if self.power == 6:
            return msg("Charts", "{symbol} million", symbol=symbol)
        return msg("Charts", "{symbol}", symbol=symbol)


def scale(series: TargetSeries) -> Scale:
    """Return the scale that both charts of a series share."""
    highest = max(
        _highest(series), abs(series.net_to_date_minor), abs(series.target_year_minor or 0)
    )
    if highest < 10_000_00:
        return Scale(100, 0)
    return Scale(100_000, 3) if _highest(series) < 10_000_000_00 else Scale(100_000_000, 6)


def _highest(series: TargetSeries) -> int:
    return max(
        (max(abs(month.net_minor), abs(month.target_minor or 0)) for month in series.months),
        default=0,
    )


def is_empty(series: TargetSeries) -> bool:
    """Tell whether there is neither a sale nor a target to draw."""
    return all(month.net_minor == 0 and month.target_minor is None for month in series.months)


def running(series: TargetSeries) -> int | None:
    """Return the place of the month of the as-of date, None outside the year."""
    first = periods.month_start(series.as_of)
    return next((n for n, month in enumerate(series.months) if month.month == first), None)


def unfinished(series: TargetSeries) -> int | None:
    """Return the place of the running month, None where it ends on the as-of date."""
    return None if series.as_of == periods.month_end(series.as_of) else running(series)


def cumulative_actual(series: TargetSeries, unit: Scale) -> tuple[list[float], list[float]]:
    begun = [month for month in series.months if month.month <= series.as_of]
    xs = [-0.5 + n for n in range(len(begun) + 1)]
    if begun and unfinished(series) is not None:
        xs[-1] = xs[-2] + _elapsed(series)
    sums = [0, *itertools.accumulate(month.net_minor for month in begun)]
    return xs, [unit.value(total) for total in sums]


def _elapsed(series: TargetSeries) -> float:
    """Return the share of the month's working days that are over, the as-of date included."""
    day, days = series.as_of, series.days
    start, end = periods.month_start(day), periods.month_end(day)
    return days.count(start, day) / (days.count(start, end) or 1)


def cumulative_target(series: TargetSeries, unit: Scale) -> tuple[list[float], list[float]]:
    if all(month.target_minor is None for month in series.months):
        return [], []
    sums = [0, *itertools.accumulate(month.target_minor or 0 for month in series.months)]
    return [-0.5 + n for n in range(len(sums))], [unit.value(total) for total in sums]


def at(x: float, xs: Sequence[float], ys: Sequence[float]) -> float:
    place = min(max(int(x - xs[0]), 0), len(xs) - 2)
    return ys[place] + (ys[place + 1] - ys[place]) * (x - xs[place])
