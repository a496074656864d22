"""Cumulative net sales against the cumulative target: the pace of a year."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from acctdesk import i18n
from acctdesk.charts.axes import (
    LINE,
    left_margin,
    limits,
    month_axis,
    nothing,
    pace_marks,
    sides,
    value_axis,
)
from acctdesk.charts.series import (
    Line,
    Scale,
    at,
    cumulative_actual,
    cumulative_target,
    is_empty,
    scale,
)
from acctdesk.charts.style import Box, ChartTokens, Frame, first_free, frame, text_width
from acctdesk.i18n import msg
from acctdesk.kinds import Language
from acctdesk.services.rows import TargetSeries

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def pace(
    series: TargetSeries,
    *,
    tokens: ChartTokens,
    width: float,
    height: float,
    language: Language | str | None = None,
) -> Figure:
    """Return cumulative net sales up to the as-of date against the cumulative target, dashed.

    The gap is shaded; both ends carry their value. The as-of date stands inside its month by its
    share of working days, as the target to date does, so that the gap at the end is the true one.
    """
    spoken = str(language or i18n.language())
    if is_empty(series):
        return nothing(series, tokens, width, height, spoken)
    unit = scale(series)
    xs, actual = cumulative_actual(series, unit)
    target_xs, target = cumulative_target(series, unit)
    low, high = min(0.0, *actual, *target), max(0.0, *actual, *target)
    marks = pace_marks(series, unit, height)
    margins = (left_margin(series, unit, spoken), 4.0, 2.0, 20.0 if height < 160 else 22.0)
    inner = height - margins[1] - margins[3]
    drawn = frame(
        tokens=tokens,
        width=width,
        height=height,
        margins=margins,
        x_limits=sides(series),
        y_limits=limits(low, high, marks, inner, LINE),
    )
    month_axis(drawn, series, tokens, spoken)
    value_axis(drawn, marks, tokens, spoken)
    axes = drawn.axes
    if target:
        axes.plot(target_xs, target, color=tokens.target, linewidth=1.5, linestyle=(0, (4, 3)))
    if len(xs) > 1:
        if target:
            axes.fill_between(
                xs,
                actual,
                [at(x, target_xs, target) for x in xs],
                color=tokens.actual,
                alpha=0.10,
                linewidth=0,
            )
        axes.plot(xs, actual, color=tokens.actual, linewidth=2, solid_capstyle="round")
        axes.plot(
            xs[-1:],
            actual[-1:],
            "o",
            markersize=6,
            color=tokens.actual,
            markeredgecolor=tokens.surface,
            markeredgewidth=1.5,
        )
    _end_labels(
        drawn,
        series,
        unit,
        actual=(xs, actual),
        target=(target_xs, target),
        tokens=tokens,
        language=spoken,
    )
    return drawn.figure


def _trail(drawn: Frame, line: Line) -> list[Box]:
    """Return small boxes along a line, for labels to keep off."""
    xs, ys = line
    boxes = []
    for (x0, y0), (x1, y1) in itertools.pairwise(zip(xs, ys, strict=True)):
        for n in range(9):
            x, y = drawn.x_px(x0 + (x1 - x0) * n / 8), drawn.y_px(y0 + (y1 - y0) * n / 8)
            boxes.append(Box(x - 1.5, y - 1.5, x + 1.5, y + 1.5))
    return boxes


def _end_labels(
    drawn: Frame,
    series: TargetSeries,
    unit: Scale,
    *,
    actual: Line,
    target: Line,
    tokens: ChartTokens,
    language: str,
) -> None:
    taken = [*_trail(drawn, actual), *_trail(drawn, target)]
    right = drawn.left + drawn.width
    inside = Box(drawn.left, drawn.bottom, right + 2, drawn.bottom + drawn.height + 4)
    if len(actual[0]) > 1:
        text = unit.text(series.net_to_date_minor, language)
        wide = text_width(text, 600)
        x, y = drawn.x_px(actual[0][-1]), drawn.y_px(actual[1][-1])
        taken.append(Box(x - 5, y - 5, x + 5, y + 5))
        candidates = [
            Box(x + dx, y + dy, x + dx + wide, y + dy + LINE)
            for away in range(0, 40, 4)
            for dx, dy in (
                (-wide - 2, 4 + away),
                (-wide - 8 - away, -2),
                (6, -LINE - 4 - away),
                (8 + away, -LINE / 2),
                (-wide / 2, 6 + away),
                (-wide - 2, -LINE - 6 - away),
            )
        ]
        box = first_free(candidates, taken, inside)
        if box is not None:
            drawn.label(box, text, color=tokens.text, weight=600, surface=tokens.surface)
            taken.append(box)
    if target[0]:
        text = msg(
            "Charts", "target {value}", value=unit.text(series.target_year_minor or 0, language)
        ).localized(Language(language))
        wide = text_width(text, 500)
        y = drawn.y_px(target[1][-1])
        places = sorted(
            itertools.product(range(0, 60, 3), (0, 20, 40, 60)),
            key=lambda place: place[0] + 1.5 * place[1],  # the nearest to the line's end first
        )
        candidates = [
            Box(right - wide - back, bottom, right - back, bottom + LINE)
            for away, back in places
            for bottom in (y - LINE - 6 - away, y + 3 + away)
        ]
        box = first_free(candidates, taken, inside)
        if box is not None:
            drawn.label(box, text, color=tokens.target, weight=500, surface=tokens.surface)
