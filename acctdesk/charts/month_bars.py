"""Net sales by month as bars against the target's steps."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from acctdesk import i18n
from acctdesk.charts.axes import (
    LINE,
    left_margin,
    limits,
    month_axis,
    month_marks,
    nothing,
    sides,
    value_axis,
)
from acctdesk.charts.series import Scale, is_empty, scale, unfinished
from acctdesk.charts.style import Box, ChartTokens, Frame, first_free, frame, text_width
from acctdesk.i18n import msg
from acctdesk.kinds import Language
from acctdesk.services.rows import MonthFigure, TargetSeries

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ROOM = 18.0  # px above the highest bar, for its label


def month_bars(
    series: TargetSeries,
    *,
    tokens: ChartTokens,
    width: float,
    height: float,
    language: Language | str | None = None,
) -> Figure:
    """Return net sales by month against the target's steps; sizes in px.

    Months that are over are filled, the running one is outlined, of those to come only the target
    shows. The best month carries its value. Months without a target leave a gap in the line.
    """
    spoken = str(language or i18n.language())
    if is_empty(series):
        return nothing(series, tokens, width, height, spoken)
    unit = scale(series)
    begun = [month for month in series.months if month.month <= series.as_of]
    values = [unit.value(month.net_minor) for month in begun]
    aims = [
        unit.value(month.target_minor) for month in series.months if month.target_minor is not None
    ]
    low, high = min(0.0, *values, *aims, 0.0), max(0.0, *values, *aims, 0.0)
    marks = month_marks(series, unit, height)
    top = 8.0
    inner = height - top - 22
    y_low, y_high = limits(low, high, marks, inner, _ROOM)
    drawn = frame(
        tokens=tokens,
        width=width,
        height=height,
        margins=(left_margin(series, unit, spoken), top, 2, 22),
        x_limits=sides(series),
        y_limits=(y_low, y_high),
    )
    month_axis(drawn, series, tokens, spoken)
    value_axis(drawn, marks, tokens, spoken)
    if low < 0:
        drawn.axes.axhline(0, color=tokens.control, linewidth=1, zorder=1.5)
    bars = _bars(drawn, series, begun, unit, tokens)
    lines = _steps(drawn, series, unit, tokens)
    taken = [*bars, *lines]
    inside = Box(drawn.left - 2, drawn.bottom, width, height)
    best = _best(begun)
    if best is not None:
        text = unit.text(series.months[best].net_minor, spoken)
        wide = text_width(text, 600)
        above = drawn.y_px(unit.value(series.months[best].net_minor))
        line = series.months[best].target_minor
        if line is not None and 0 <= drawn.y_px(unit.value(line)) - above < LINE + 2:
            above = drawn.y_px(unit.value(line)) + 1  # the step would strike the label through
        left = min(max(drawn.x_px(best) - wide / 2, drawn.left), width - wide)
        box = Box(left, above + 2, left + wide, above + 2 + LINE)
        drawn.label(box, text, color=tokens.text, weight=600, surface=tokens.surface)
        taken.append(box)
    _step_label(drawn, series, unit, taken=taken, inside=inside, tokens=tokens, language=spoken)
    return drawn.figure


def _bars(
    drawn: Frame,
    series: TargetSeries,
    begun: Sequence[MonthFigure],
    unit: Scale,
    tokens: ChartTokens,
) -> list[Box]:
    sold = {
        place: unit.value(month.net_minor) for place, month in enumerate(begun) if month.net_minor
    }
    from matplotlib.patches import Rectangle

    for place, value in sold.items():
        open_ = place == unfinished(series)
        bar = Rectangle(
            (place - 0.3, 0),
            0.6,
            value,
            facecolor=tokens.soft if open_ else tokens.actual,
            edgecolor=tokens.actual if open_ else "none",
            linewidth=1.2 if open_ else 0,
            zorder=2,
        )
        drawn.axes.add_artist(bar)  # its limits are known, so nothing has to be measured again
    return [drawn.box(place - 0.3, 0, place + 0.3, value) for place, value in sold.items()]


def _steps(drawn: Frame, series: TargetSeries, unit: Scale, tokens: ChartTokens) -> list[Box]:
    """Draw the target's steps, broken where a month has none; return what they cover."""
    boxes = []
    for known, run in itertools.groupby(
        enumerate(series.months), key=lambda item: item[1].target_minor is not None
    ):
        if not known:
            continue
        points = [
            (place + side, unit.value(month.target_minor or 0))
            for place, month in run
            for side in (-0.5, 0.5)
        ]
        drawn.axes.plot(
            [x for x, _ in points],
            [y for _, y in points],
            color=tokens.target,
            linewidth=1.6,
            solid_joinstyle="miter",
            zorder=3,
        )
        boxes += [
            _grown(drawn.box(x0, y0, x1, y1), 1.5)
            for (x0, y0), (x1, y1) in itertools.pairwise(points)
        ]
    return boxes


def _grown(box: Box, by: float) -> Box:
    return Box(box.left - by, box.bottom - by, box.right + by, box.top + by)


def _best(begun: Sequence[MonthFigure]) -> int | None:
    places = [place for place, month in enumerate(begun) if month.net_minor > 0]
    return max(places, key=lambda place: begun[place].net_minor, default=None)


def _step_label(
    drawn: Frame,
    series: TargetSeries,
    unit: Scale,
    *,
    taken: Sequence[Box],
    inside: Box,
    tokens: ChartTokens,
    language: str,
) -> None:
    """Write «στόχος» beside the first stretch of its line that has room, above it or below."""
    levels = {
        place: unit.value(month.target_minor)
        for place, month in enumerate(series.months)
        if month.target_minor is not None
    }
    if not levels:
        return
    text = msg("Charts", "target").localized(Language(language))
    wide = text_width(text, 500)
    starts = [drawn.x_px(place - 0.5) for place in levels]
    last = drawn.x_px(max(levels) + 0.5)
    lefts = [left for left in starts if left + wide <= last] + [last - wide]

    def beside(left: float, *, above: bool) -> Box:
        passed = [
            drawn.y_px(level)
            for place, level in levels.items()
            if drawn.x_px(place - 0.5) < left + wide and left < drawn.x_px(place + 0.5)
        ]
        bottom = max(passed) + 3 if above else min(passed) - 3 - LINE
        return Box(left, bottom, left + wide, bottom + LINE)

    candidates = [beside(left, above=above) for above in (True, False) for left in lefts]
    at_worst = beside(max(drawn.left, min(starts[0], inside.right - wide)), above=True)
    box = first_free(candidates, taken, inside) or at_worst
    drawn.label(box, text, color=tokens.target, weight=500, surface=tokens.surface)
