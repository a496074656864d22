"""The axes that both target charts share: months below, round numbers at the left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from acctdesk import formats
from acctdesk.charts.series import Scale, cumulative_actual, cumulative_target, running
from acctdesk.charts.style import ChartTokens, Frame, decimals, font, frame, text_width, ticks
from acctdesk.i18n import msg
from acctdesk.kinds import Language
from acctdesk.services.rows import TargetSeries

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PAD = 6.0  # px between an axis and its words
LINE = 15.0  # px of a line of text with its air: labels never stand closer


def sides(series: TargetSeries) -> tuple[float, float]:
    """Return the x limits: the months, centred on 0, 1, 2 …, with a little air."""
    return -0.6, len(series.months) - 0.4


def month_marks(series: TargetSeries, unit: Scale, height: float) -> list[float]:
    """Return the round numbers beside month bars of ``height`` px, one above the highest."""
    values = [unit.value(month.net_minor) for month in series.months]
    aims = [unit.value(month.target_minor or 0) for month in series.months]
    return ticks(min(0.0, *values, *aims), max(0.0, *values, *aims), _most(height))


def pace_marks(series: TargetSeries, unit: Scale, height: float) -> list[float]:
    """Return the round numbers beside running totals drawn ``height`` px high."""
    values = [*cumulative_actual(series, unit)[1], *cumulative_target(series, unit)[1]]
    return ticks(min(0.0, *values), max(0.0, *values), _most(height))


def _most(height: float) -> int:
    return max(2, int(height // 44))


def left_margin(series: TargetSeries, unit: Scale, language: str) -> float:
    """Return the px that the numbers of either chart need, so that both share one x axis."""
    widest = max(
        text_width(_tick(mark, marks, language))
        for height in (92, 132, 300)
        for marks in (month_marks(series, unit, height), pace_marks(series, unit, height))
        for mark in marks
    )
    return max(28.0, widest + 10)


def _tick(value: float, marks: Sequence[float], language: str) -> str:
    if formats.amounts_hidden():
        return ""
    step = marks[1] - marks[0] if len(marks) > 1 else abs(marks[0]) or 1.0
    return formats.number(round(value, 4), decimals(step), language)


def limits(
    low: float, high: float, marks: Sequence[float], inner: float, room: float
) -> tuple[float, float]:
    """Return the y limits that leave ``room`` px above the highest and, below zero, some below."""
    if high == low:
        return 0.0, 1.0
    share = room / inner
    below = 0.06 if low < 0 else 0.0
    span = (high - low) / (1 - share - below)
    return min(low - below * span, marks[0] if low < 0 else 0.0), high + share * span


def value_axis(drawn: Frame, marks: Sequence[float], tokens: ChartTokens, language: str) -> None:
    """Write round numbers at the left, each with a hairline behind the data."""
    low, high = drawn.y_limits
    shown = [mark for mark in marks if low <= mark <= high]
    drawn.axes.hlines(shown, *drawn.x_limits, colors=tokens.border, linewidth=1, zorder=0.5)
    highest = drawn.figure.get_figheight() * 72 - LINE / 2  # a number at the very top stays whole
    for mark in shown:
        drawn.write(
            drawn.left - _PAD,
            min(drawn.y_px(mark), highest),
            _tick(mark, marks, language),
            ha="right",
            va="center",
            color=tokens.muted,
            fontproperties=font(),
        )


def month_axis(drawn: Frame, series: TargetSeries, tokens: ChartTokens, language: str) -> None:
    """Write the months below; the running one stands out."""
    slot = drawn.width / len(series.months)
    names = [formats.month_short(month.month, language) for month in series.months]
    if max(text_width(name) for name in names) > slot - 8:
        names = [formats.month_initial(month.month, language) for month in series.months]
    now = running(series)
    for place, name in enumerate(names):
        drawn.write(
            drawn.x_px(place),
            drawn.bottom - _PAD,
            name,
            ha="center",
            va="top",
            color=tokens.text if place == now else tokens.muted,
            fontproperties=font(600 if place == now else 400),
        )


def nothing(
    series: TargetSeries, tokens: ChartTokens, width: float, height: float, language: str
) -> Figure:
    """Return months without a value axis and one sentence: an empty chart claims no zero."""
    drawn = frame(
        tokens=tokens,
        width=width,
        height=height,
        margins=(8, 8, 8, 22),
        x_limits=sides(series),
        y_limits=(0, 1),
    )
    drawn.axes.axhline(0, color=tokens.border, linewidth=1)
    if series.months:
        month_axis(drawn, series, tokens, language)
    text = msg("Charts", "No sales and no target in {year}", year=series.fiscal_year)
    drawn.axes.text(
        0.5,
        0.5,
        text.localized(Language(language)),
        transform=drawn.axes.transAxes,
        ha="center",
        va="center",
        color=tokens.muted,
        fontproperties=font(),
    )
    return drawn.figure
