"""Where a target's period is heading: the way so far, the landing with its range, the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acctdesk import formats, i18n
from acctdesk.charts.axes import LINE, limits, month_axis, nothing, value_axis
from acctdesk.charts.series import (
    Scale,
    cumulative_actual,
    cumulative_target,
    is_empty,
    scale,
)
from acctdesk.charts.style import Box, ChartTokens, Frame, first_free, frame, text_width, ticks
from acctdesk.charts.words import ChartTable
from acctdesk.figures.landing import Landing
from acctdesk.figures.sales import attainment
from acctdesk.i18n import Message, msg
from acctdesk.kinds import LandingMethod, Language
from acctdesk.services.attainment import Aim, AimStanding
from acctdesk.services.rows import MonthFigure, TargetSeries

if TYPE_CHECKING:
    from matplotlib.figure import Figure

METHODS = {
    LandingMethod.SEASONAL: msg("Landing", "As last year’s months"),
    LandingMethod.RUN_RATE: msg("Landing", "At the present pace"),
    LandingMethod.LINEAR: msg("Landing", "Along the straight line"),
}
_WHOLE = 100  # a count is drawn as so many hundredths, as money is
_SIDE = 74.0  # px at the right for what the ends say


def value_text(aim: Aim, value: int | None, currency: str, language: str | None = None) -> str:
    """Return a value of a target as it is written: money, a number, or a score."""
    if aim.is_money:
        return formats.money(value, currency, cents=False, language=language)
    if aim.is_score:
        return formats.number(None if value is None else value / 100, 1, language)
    return formats.number(value, 0, language)


def series_of(standing: AimStanding) -> TargetSeries:
    """Return the months of a target as the charts draw them; counts in hundredths."""
    aim, factor = standing.aim, 1 if standing.aim.is_money else _WHOLE
    net = standing.by_month or {}

    def scaled(value: int | None) -> int | None:
        return None if value is None else value * factor

    return TargetSeries(
        client_id=aim.scope.client_id,
        fiscal_year=aim.period.end.year,
        as_of=standing.as_of,
        months=tuple(
            MonthFigure(month, net.get(month, 0) * factor, scaled(part))
            for month, part in sorted(aim.phases.items())
        ),
        net_to_date_minor=(standing.actual or 0) * factor,
        target_to_date_minor=scaled(standing.due),
        target_year_minor=scaled(aim.amount),
        days=standing.days,
    )


def unit_of(standing: AimStanding) -> Scale:
    """Return the scale of the chart, which the landing has room in."""
    return scale(series_of(standing))


def landing_chart(
    standing: AimStanding,
    *,
    method: LandingMethod,
    tokens: ChartTokens,
    width: float,
    height: float,
    language: Language | str | None = None,
) -> Figure:
    """Return the running total, dotted on to the landing inside its range, and the dashed plan.

    Sizes in px. Landing, range and target carry their values at the right end.
    """
    spoken = str(language or i18n.language())
    series, found = series_of(standing), standing.landing(method)
    if is_empty(series) or not series.months:
        return nothing(series, tokens, width, height, spoken)
    unit, factor = scale(series), 1 if standing.aim.is_money else _WHOLE
    xs, actual = cumulative_actual(series, unit)
    target_xs, target = cumulative_target(series, unit)
    ends = _ends(found, unit, factor)
    every = [0.0, *actual, *target, *ends.values()]
    marks = ticks(min(every), max(every), max(2, int(height // 44)))
    left = max(28.0, *(text_width(formats.number(mark, 1, spoken)) + 10 for mark in marks))
    side = max(
        _SIDE, *(text_width(text, 600) + 12 for text in _said(standing, found, unit, spoken))
    )
    low, high = limits(min(every), max(every), marks, height - 26, LINE)
    drawn = frame(
        tokens=tokens,
        width=width,
        height=height,
        margins=(left, 4, side, 22),
        x_limits=(-0.6, len(series.months) - 0.4),
        y_limits=(low, high),
    )
    month_axis(drawn, series, tokens, spoken)
    value_axis(drawn, marks, tokens, spoken)
    axes, end = drawn.axes, len(series.months) - 0.5
    if target:
        axes.plot(target_xs, target, color=tokens.target, linewidth=1.5, linestyle=(0, (4, 3)))
    if "landing" in ends:
        if "low" in ends:
            axes.fill_between(
                [xs[-1], end],
                [actual[-1], ends["low"]],
                [actual[-1], ends["high"]],
                color=tokens.actual,
                alpha=0.14,
                linewidth=0,
            )
        axes.plot(
            [xs[-1], end],
            [actual[-1], ends["landing"]],
            color=tokens.actual,
            linewidth=1.6,
            linestyle=(0, (1, 2)),
        )
    axes.plot(xs, actual, color=tokens.actual, linewidth=2, solid_capstyle="round")
    _write_ends(drawn, standing, found, unit, tokens, spoken)
    return drawn.figure


def _ends(found: Landing | None, unit: Scale, factor: int) -> dict[str, float]:
    if found is None or found.landing_minor is None:
        return {}
    ends = {"landing": unit.value(found.landing_minor * factor)}
    if found.low_minor is not None and found.high_minor is not None:
        ends["low"] = unit.value(found.low_minor * factor)
        ends["high"] = unit.value(found.high_minor * factor)
    return ends


def _said(
    standing: AimStanding, found: Landing | None, unit: Scale, language: str
) -> tuple[str, ...]:
    """Return what stands at the right end: the target, the landing, its range."""
    factor = 1 if standing.aim.is_money else _WHOLE

    def text(value: int) -> str:
        return unit.text(value * factor, language)

    said = []
    if standing.aim.amount is not None:
        words = msg("Charts", "target {value}", value=text(standing.aim.amount))
        said.append(words.localized(Language(language)))
    if found is not None and found.landing_minor is not None:
        words = msg("Landing", "lands {value}", value=text(found.landing_minor))
        said.append(words.localized(Language(language)))
    if found is not None and found.low_minor is not None and found.high_minor is not None:
        said.append(f"{text(found.low_minor)}–{text(found.high_minor)}")
    return tuple(said)


def _write_ends(
    drawn: Frame,
    standing: AimStanding,
    found: Landing | None,
    unit: Scale,
    tokens: ChartTokens,
    language: str,
) -> None:
    said = _said(standing, found, unit, language)
    factor = 1 if standing.aim.is_money else _WHOLE
    x = drawn.left + drawn.width + 6
    room = Box(x - 2, 0, drawn.figure.get_figwidth() * 72 + 4, drawn.figure.get_figheight() * 72)
    taken: list[Box] = []
    blocks: list[tuple[float, tuple[str, ...], str, int]] = []
    if standing.aim.amount is not None:
        y = drawn.y_px(unit.value(standing.aim.amount * factor))
        blocks.append((y, said[:1], tokens.target, 500))
    if found is not None and found.landing_minor is not None:
        y = drawn.y_px(unit.value(found.landing_minor * factor))
        blocks.insert(0, (y, said[1:] if blocks else said, tokens.text, 600))
    for y, lines, colour, weight in blocks:
        high = LINE * len(lines)
        wide = max(text_width(line, weight) for line in lines)
        steps = [0, *(sign * 3 * n for n in range(1, 60) for sign in (1, -1))]
        candidates = [Box(x, y - high / 2 + by, x + wide, y + high / 2 + by) for by in steps]
        box = first_free(candidates, taken, room) or candidates[0]
        taken.append(box)
        for place, line in enumerate(lines):
            top = box.top - LINE * place
            drawn.label(
                Box(x, top - LINE, x + wide, top),
                line,
                color=colour if place == 0 else tokens.text2,
                weight=weight if place == 0 else 400,
                surface=tokens.surface,
            )


def summary(
    standing: AimStanding,
    *,
    method: LandingMethod,
    currency: str,
    language: Language | str | None = None,
) -> Message:
    """Return where a target stands and where it lands, in one or two sentences."""
    spoken = str(language or i18n.language())
    aim, found = standing.aim, standing.landing(method)

    def text(value: int | None) -> str:
        return value_text(aim, value, currency, spoken)

    values = {
        "day": formats.date(min(standing.as_of, aim.period.end)),
        "actual": text(standing.actual),
        "due": text(standing.due),
        "share": formats.percent(standing.attainment, 0, spoken),
        "target": text(aim.amount),
    }
    if found is None or found.landing_minor is None:
        return msg(
            "Landing",
            "Up to {day}: {actual} of a plan to date of {due} ({share}). The target is {target}."
            " There is not enough data for a landing by this method.",
            **values,
        )
    values |= {"landing": text(found.landing_minor)}
    if found.low_minor is None:
        return msg(
            "Landing",
            "Up to {day}: {actual} of a plan to date of {due} ({share}). It lands at {landing}; the"
            " target is {target}. There are too few closed periods for a range.",
            **values,
        )
    values |= {"low": text(found.low_minor), "high": text(found.high_minor)}
    return msg(
        "Landing",
        "Up to {day}: {actual} of a plan to date of {due} ({share}). It lands at {landing}, between"
        " {low} and {high}; the target is {target}.",
        **values,
    )


def table(
    standing: AimStanding, *, currency: str, language: Language | str | None = None
) -> ChartTable:
    """Return the months: actual, plan, attainment, both running totals; then every landing.

    A landing has its past error in the place of the running total.
    """
    spoken = Language(language or i18n.language())
    aim, by_month = standing.aim, standing.by_month or {}

    def text(value: int | None) -> str:
        if aim.is_money:
            return formats.amount(value, cents=False, language=spoken)
        return value_text(aim, value, currency, spoken)

    headings = (
        msg("Charts", "Month"),
        msg("Landing", "Actual"),
        msg("Landing", "Plan"),
        msg("Charts", "Attainment"),
        msg("Landing", "Actual, running total"),
        msg("Landing", "Plan, running total"),
    )
    rows: list[tuple[str, ...]] = []
    run = plan = 0
    for month, part in sorted(aim.phases.items()):
        done = by_month.get(month)
        plan += part
        run += done or 0
        share = None if done is None else attainment(done, part)
        rows.append(
            (
                formats.month_name(month, spoken),
                text(done),
                text(part),
                formats.percent(share, 0, spoken),
                text(None if done is None else run),
                text(plan),
            )
        )
    for method, name in METHODS.items():
        found = standing.landing(method)
        if found is None:
            continue
        landed = (
            None if found.landing_minor is None else attainment(found.landing_minor, aim.amount)
        )
        rows.append(
            (
                msg("Landing", "Landing: {method}", method=name).localized(spoken),
                text(found.landing_minor),
                text(aim.amount),
                formats.percent(landed, 0, spoken),
                formats.UNKNOWN if found.error_minor is None else f"± {text(found.error_minor)}",
                formats.UNKNOWN,
            )
        )
    return ChartTable(tuple(one.localized(spoken) for one in headings), tuple(rows))
