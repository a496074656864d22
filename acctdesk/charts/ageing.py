"""What was owed at the end of each month, by age: stacked bars, in words, and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from acctdesk import formats, i18n
from acctdesk.charts.axes import LINE, limits, value_axis
from acctdesk.charts.series import Scale
from acctdesk.charts.style import Box, ChartTokens, Frame, font, frame, text_width, ticks
from acctdesk.charts.words import ChartTable
from acctdesk.i18n import Message, msg
from acctdesk.kinds import AgeBucket, Language
from acctdesk.services.rows import Receivables

if TYPE_CHECKING:
    from matplotlib.figure import Figure

AGES: dict[AgeBucket, Message] = {
    AgeBucket.NOT_DUE: msg("Ageing", "Not due"),
    AgeBucket.DAYS_1_30: msg("Ageing", "1–30"),
    AgeBucket.DAYS_31_60: msg("Ageing", "31–60"),
    AgeBucket.DAYS_61_90: msg("Ageing", "61–90"),
    AgeBucket.OVER_90: msg("Ageing", "> 90"),
}
_BAR = 0.31  # half of a bar's width, in months
_TOP, _BELOW, _ROOM, _BESIDE = 8.0, 22.0, 18.0, 12.0  # px


def scale(months: Sequence[Receivables]) -> Scale:
    """Return the scale of the amounts: whole, thousands or millions."""
    highest = max((month.open_minor for month in months), default=0)
    if highest < 10_000_00:
        return Scale(100, 0)
    return Scale(100_000, 3) if highest < 10_000_000_00 else Scale(100_000_000, 6)


def ageing_bars(
    months: Sequence[Receivables],
    *,
    tokens: ChartTokens,
    width: float,
    height: float,
    share: bool = False,
    language: Language | str | None = None,
) -> Figure:
    """Return a bar for each month, not yet due at its foot, the oldest on top; sizes in px.

    Each bar carries its total; with ``share`` the bars are equally high, in per cent. The ages are
    named beside the last bar, never closer than a line.
    """
    spoken = str(language or i18n.language())
    unit = Scale(1, 0) if share else scale(months)
    heights = [list(_parts(month, unit, share=share)) for month in months]
    tops = [sum(parts) for parts in heights]
    marks = [0.0, 50.0, 100.0] if share else ticks(0.0, max(tops, default=0.0), int(height // 44))
    y_low, y_high = limits(0.0, max(tops, default=0.0), marks, height - _TOP - _BELOW, _ROOM)
    names = [age.localized(Language(spoken)) for age in AGES.values()]
    zone = max(text_width(name, 500) for name in names) + _BESIDE + 4
    drawn = frame(
        tokens=tokens,
        width=width,
        height=height,
        margins=(44, _TOP, zone, _BELOW),
        x_limits=(-0.6, max(1, len(months)) - 0.4),
        y_limits=(y_low, y_high),
    )
    value_axis(drawn, marks, tokens, spoken)
    _draw_bars(drawn, heights, tokens)
    for place, month in enumerate(months):
        last = place == len(months) - 1
        text = _total(month, unit, share=share, language=spoken)
        wide = text_width(text, 600 if last else 400)
        left = drawn.x_px(place) - wide / 2
        bottom = drawn.y_px(tops[place]) + 2
        drawn.label(
            Box(left, bottom, left + wide, bottom + LINE),
            text,
            color=tokens.text if last else tokens.muted,
            weight=600 if last else 400,
            surface=tokens.surface,
        )
        drawn.write(
            drawn.x_px(place),
            drawn.bottom - 6,
            formats.month_short(month.as_of.replace(day=1), spoken),
            ha="center",
            va="top",
            color=tokens.text if last else tokens.muted,
            fontproperties=font(600 if last else 400),
        )
    if heights:
        _name_ages(drawn, heights[-1], names, tokens)
    return drawn.figure


def _parts(month: Receivables, unit: Scale, *, share: bool) -> Iterator[float]:
    for age in AGES:
        minor = month.ageing[age]
        if share:
            yield 100 * minor / month.open_minor if month.open_minor else 0.0
        else:
            yield unit.value(minor)


def _total(month: Receivables, unit: Scale, *, share: bool, language: str) -> str:
    if not share:
        return unit.text(month.open_minor, language)
    return formats.percent(_overdue_share(month), 0, language)


def _overdue_share(month: Receivables) -> Decimal | None:
    if not month.open_minor:
        return None
    return Decimal(month.open_minor - month.ageing[AgeBucket.NOT_DUE]) / month.open_minor


def _draw_bars(drawn: Frame, heights: Sequence[Sequence[float]], tokens: ChartTokens) -> None:
    from matplotlib.patches import Rectangle

    for place, parts in enumerate(heights):
        foot = 0.0
        for part, colour in zip(parts, tokens.ageing, strict=True):
            if part > 0:
                drawn.axes.add_artist(
                    Rectangle(
                        (place - _BAR, foot), 2 * _BAR, part, facecolor=colour, edgecolor="none"
                    )
                )
            foot += part


def _name_ages(
    drawn: Frame, parts: Sequence[float], names: Sequence[str], tokens: ChartTokens
) -> None:
    """Write each age beside the middle of its part of the last bar, at least a line apart."""
    foot, middles = 0.0, []
    for part in parts:
        middles.append(drawn.y_px(foot + part / 2))
        foot += part
    x = drawn.left + drawn.width + 2
    places = _apart(middles, drawn.bottom, drawn.figure.get_figheight() * 72)
    for y, name, colour in zip(places, names, tokens.ageing, strict=True):
        drawn.write(x, y, "■", ha="left", va="center", color=colour, fontsize=9)
        drawn.write(
            x + _BESIDE,
            y,
            name,
            ha="left",
            va="center",
            color=tokens.text2,
            fontproperties=font(500),
        )


def _apart(middles: Sequence[float], lowest: float, highest: float) -> list[float]:
    """Return heights near these, upwards, none closer than a line to another or to the edges."""
    placed: list[float] = []
    for middle in middles:
        least = placed[-1] + LINE if placed else lowest + LINE / 2
        placed.append(max(middle, least))
    most = highest - LINE / 2
    for place in reversed(range(len(placed))):
        placed[place] = min(placed[place], most)
        most = placed[place] - LINE
    return placed


def summary(
    months: Sequence[Receivables], *, currency: str = "EUR", language: Language | str | None = None
) -> Message:
    """Return the chart in two sentences: what is open now, how much is overdue, and since when."""
    spoken = str(language or i18n.language())

    def money(minor: int) -> str:
        return formats.money(minor, currency, cents=False, language=spoken)

    if not months or all(not month.open_minor for month in months):
        return msg("Ageing", "Nothing was owed at the end of any of these months.")
    now, before = months[-1], months[0]
    late = now.open_minor - now.ageing[AgeBucket.NOT_DUE]
    values = {
        "day": formats.date(now.as_of),
        "open": money(now.open_minor),
        "late": money(late),
        "share": formats.percent(_overdue_share(now), 0, spoken),
        "then": formats.date(before.as_of),
        "before": money(before.open_minor),
        "share_before": formats.percent(_overdue_share(before), 0, spoken),
    }
    return msg(
        "Ageing",
        "On {day} {open} is open, {late} of it overdue ({share}). On {then} it was {before}"
        " ({share_before} overdue).",
        **values,
    )


def table(months: Sequence[Receivables], *, language: Language | str | None = None) -> ChartTable:
    """Return the months: each age, unapplied, balance, and DSO; amounts without cents."""
    spoken = Language(language or i18n.language())

    def amount(minor: int) -> str:
        return formats.amount(minor, cents=False, language=spoken)

    headings = (
        msg("Ageing", "Date"),
        *AGES.values(),
        msg("Ageing", "Total open"),
        msg("Ageing", "Unapplied"),
        msg("Ageing", "Balance"),
        msg("Ageing", "DSO, days"),
    )
    rows = [
        (
            formats.date(month.as_of),
            *(amount(month.ageing[age]) for age in AGES),
            amount(month.open_minor),
            amount(-month.unapplied_minor),
            amount(month.balance_minor),
            formats.number(month.dso_simple_90, 0, spoken)
            if month.dso_simple_90 is not None
            else formats.UNKNOWN,
        )
        for month in months
    ]
    return ChartTable(tuple(one.localized(spoken) for one in headings), tuple(rows))
