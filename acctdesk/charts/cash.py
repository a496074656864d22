"""The cash expected week by week, by what it rests on: stacked bars, in words, and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from acctdesk import formats, i18n
from acctdesk.charts.axes import LINE, limits, value_axis
from acctdesk.charts.series import Scale
from acctdesk.charts.style import Box, ChartTokens, font, frame, text_width, ticks
from acctdesk.charts.words import ChartTable
from acctdesk.i18n import Message, msg
from acctdesk.kinds import CashBasis, Language
from acctdesk.services.cash import CashForecast, CashWeek

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# from the foot of a bar upwards: the surest first
BASES: dict[CashBasis, Message] = {
    CashBasis.PROMISE: msg("Cash", "Promise"),
    CashBasis.HABIT: msg("Cash", "Own habit"),
    CashBasis.LATE_HABIT: msg("Cash", "Own habit, late"),
    CashBasis.TERMS: msg("Cash", "Terms"),
}
_BAR = 0.34  # half of a bar's width, in weeks
_TOP, _BELOW, _ROOM, _LEFT, _RIGHT = 24.0, 22.0, 18.0, 44.0, 8.0  # px
_GAP = 18.0  # px between two names of the legend


def scale(forecast: CashForecast) -> Scale:
    """Return the scale of the amounts: whole, thousands or millions."""
    highest = max((week.amount_minor for week in forecast.weeks), default=0)
    if highest < 10_000_00:
        return Scale(100, 0)
    return Scale(100_000, 3) if highest < 10_000_000_00 else Scale(100_000_000, 6)


def colours(tokens: ChartTokens) -> tuple[str, ...]:
    """Return the colours of the bases, in their order."""
    return tokens.actual, tokens.ageing[0], tokens.ageing[2], tokens.control


def cash_bars(
    forecast: CashForecast,
    *,
    tokens: ChartTokens,
    width: float,
    height: float,
    language: Language | str | None = None,
) -> Figure:
    """Return a bar for each week with its total, under what the colours mean; sizes in px."""
    spoken = str(language or i18n.language())
    unit = scale(forecast)
    heights = [tuple(_parts(week, unit)) for week in forecast.weeks]
    tops = [sum(parts) for parts in heights]
    marks = ticks(0.0, max(tops, default=0.0), max(2, int((height - _TOP) // 44)))
    low, high = limits(0.0, max(tops, default=0.0), marks, height - _TOP - _BELOW, _ROOM)
    drawn = frame(
        tokens=tokens,
        width=width,
        height=height,
        margins=(_LEFT, _TOP, _RIGHT, _BELOW),
        x_limits=(-0.6, max(1, len(heights)) - 0.4),
        y_limits=(low, high),
    )
    value_axis(drawn, marks, tokens, spoken)
    _draw_bars(drawn.axes, heights, colours(tokens))
    every = _every([formats.short_date(week.starts_on) for week in forecast.weeks], drawn.width)
    for place, week in enumerate(forecast.weeks):
        text = unit.text(week.amount_minor, spoken)
        wide = text_width(text)
        left, bottom = drawn.x_px(place) - wide / 2, drawn.y_px(tops[place]) + 2
        if week.amount_minor and wide < drawn.width / len(heights):
            drawn.label(
                Box(left, bottom, left + wide, bottom + LINE),
                text,
                color=tokens.text2,
                weight=400,
                surface=tokens.surface,
            )
        if place % every == 0:
            drawn.write(
                drawn.x_px(place),
                drawn.bottom - 6,
                formats.short_date(week.starts_on),
                ha="center",
                va="top",
                color=tokens.text if place == 0 else tokens.muted,
                fontproperties=font(600 if place == 0 else 400),
            )
    x = drawn.left
    for name, colour in zip(BASES.values(), colours(tokens), strict=True):
        said = name.localized(Language(spoken))
        drawn.write(x, height - 8, "■", ha="left", va="center", color=colour, fontsize=9)
        drawn.write(
            x + 12,
            height - 8,
            said,
            ha="left",
            va="center",
            color=tokens.text2,
            fontproperties=font(500),
        )
        x += 12 + text_width(said, 500) + _GAP
    return drawn.figure


def _parts(week: CashWeek, unit: Scale) -> Iterator[float]:
    for basis in BASES:
        yield unit.value(week.by_basis.get(basis, 0))


def _every(names: list[str], width: float) -> int:
    """Return how many weeks share a name, so that none touches the next."""
    widest = max((text_width(name, 600) for name in names), default=0.0) + 8
    return max(1, int(-(-widest * len(names) // width)))


def _draw_bars(axes: object, heights: list[tuple[float, ...]], fills: tuple[str, ...]) -> None:
    from matplotlib.patches import Rectangle

    for place, parts in enumerate(heights):
        foot = 0.0
        for part, fill in zip(parts, fills, strict=True):
            if part > 0:
                axes.add_artist(  # type: ignore[attr-defined]
                    Rectangle(
                        (place - _BAR, foot), 2 * _BAR, part, facecolor=fill, edgecolor="none"
                    )
                )
            foot += part


def summary(
    forecast: CashForecast, *, currency: str = "EUR", language: Language | str | None = None
) -> Message:
    """Return the chart in words: what is expected soon, what in all, and what is not counted."""
    spoken = str(language or i18n.language())

    def money(minor: int) -> str:
        return formats.money(minor, currency, cents=False, language=spoken)

    if not forecast.items:
        return msg("Cash", "Nothing is open, so nothing is expected.")
    return msg(
        "Cash",
        "From {day} on {soon} is expected within four weeks, {all} within thirteen, {later} later."
        " Without a day: {past} that should have come. Not counted: {disputed} in dispute.",
        day=formats.date(forecast.as_of),
        soon=money(sum(week.amount_minor for week in forecast.weeks[:4])),
        all=money(forecast.expected_minor),
        later=money(forecast.later_minor),
        past=money(forecast.past_minor),
        disputed=money(forecast.disputed_minor),
    )


def table(forecast: CashForecast, *, language: Language | str | None = None) -> ChartTable:
    """Return the weeks: their days, how many invoices, an amount for each basis, and together."""
    spoken = Language(language or i18n.language())

    def amount(minor: int) -> str:
        return formats.amount(minor, cents=False, language=spoken)

    headings = (
        msg("Cash", "Week"),
        msg("Cash", "Invoices"),
        *BASES.values(),
        msg("Cash", "Together"),
    )
    rows = tuple(
        (
            f"{formats.short_date(week.starts_on)} – {formats.short_date(week.ends_on)}",
            formats.number(week.invoices, 0, spoken),
            *(amount(week.by_basis.get(basis, 0)) for basis in BASES),
            amount(week.amount_minor),
        )
        for week in forecast.weeks
    )
    return ChartTable(tuple(heading.localized(spoken) for heading in headings), rows)
