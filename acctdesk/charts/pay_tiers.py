"""What each tier of a pay plan brings, and what the floor or the cap takes: bars side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from acctdesk import formats, i18n
from acctdesk.charts.axes import LINE, limits, value_axis
from acctdesk.charts.series import Scale
from acctdesk.charts.style import Box, ChartTokens, font, frame, text_width, ticks
from acctdesk.charts.words import ChartTable
from acctdesk.figures.pay import PayKind
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Language, PayMethod
from acctdesk.services.pay import PayOfPeriod
from acctdesk.services.pay_plans import multiplier, percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_BAR = 0.3  # half the width of a bar


@dataclass(frozen=True, slots=True)
class TierBar:
    """What a tier brings: the sales in it, and their pay; None: the floor or the cap."""

    tier: int | None
    kind: PayKind
    part: Fraction
    pay_minor: int


def tier_bars(found: PayOfPeriod) -> list[TierBar]:
    """Return the pay by tier, then what the floor and the cap take; they add up to the pay."""
    if found.pay is None:
        return []
    tiers = len(found.plan.tiers)
    units, pays, taken, unit = [0] * tiers, [0] * tiers, [], 1
    for line in found.pay.lines:
        if line.tier is None:
            taken.append(TierBar(None, line.kind, Fraction(0), line.pay_minor))
        else:  # the unit of one is that of all
            units[line.tier] += line.units
            pays[line.tier] += line.pay_minor
            unit = line.unit
    bars = [
        TierBar(place, PayKind.SALE, Fraction(units[place], unit), pays[place])
        for place in range(tiers)
    ]
    return bars + taken


def tier_name(found: PayOfPeriod, bar: TierBar) -> Message:
    """Return what a bar is called: where its tier begins and its rate, the floor, the cap."""
    if bar.kind is PayKind.FLOOR:
        return msg("Pay", "Floor")
    if bar.kind is PayKind.CAP:
        return msg("Pay", "Cap")
    tier = found.plan.tiers[bar.tier or 0]
    times = found.plan.method is PayMethod.ACCELERATOR
    return msg(
        "Pay",
        "from {start}: {rate}",
        start=percent(tier.from_bp),
        rate=multiplier(tier.rate_bp) if times else percent(tier.rate_bp),
    )


def scale(found: PayOfPeriod) -> Scale:
    """Return the scale of the bars."""
    highest = max((abs(bar.pay_minor) for bar in tier_bars(found)), default=0)
    return Scale(100, 0) if highest < 100_000_00 else Scale(100_000, 3)


def pay_chart(
    found: PayOfPeriod,
    *,
    tokens: ChartTokens,
    width: float,
    height: float,
    language: Language | str | None = None,
) -> Figure:
    """Return a bar a tier with its pay above it; what is taken hangs below zero. Sizes in px."""
    from matplotlib.patches import Rectangle

    spoken = str(language or i18n.language())
    bars, unit = tier_bars(found), scale(found)
    values = [unit.value(bar.pay_minor) for bar in bars]
    low, high = min([0.0, *values]), max([0.0, *values])
    marks = ticks(low, high, max(2, int(height // 44)))
    left = max(34.0, *(text_width(formats.number(mark, 1, spoken)) + 10 for mark in marks))
    drawn = frame(
        tokens=tokens,
        width=width,
        height=height,
        margins=(left, 6, 4, 22),
        x_limits=(-0.6, max(1, len(bars)) - 0.4),
        y_limits=limits(low, high, marks, height - 28, LINE),
    )
    value_axis(drawn, marks, tokens, spoken)
    if low < 0:
        drawn.axes.axhline(0, color=tokens.control, linewidth=1, zorder=1.5)
    for place, (bar, value) in enumerate(zip(bars, values, strict=True)):
        colour = tokens.actual if bar.kind is PayKind.SALE else tokens.target
        drawn.axes.add_artist(
            Rectangle((place - _BAR, 0), 2 * _BAR, value, facecolor=colour, edgecolor="none")
        )
        text = unit.text(bar.pay_minor, spoken)
        wide = text_width(text, 600)
        x, y = drawn.x_px(place) - wide / 2, drawn.y_px(max(value, 0)) + 2
        drawn.label(
            Box(x, y, x + wide, y + LINE), text, color=tokens.text, weight=600,
            surface=tokens.surface,
        )  # fmt: skip
        slot = drawn.width / len(bars)
        name = tier_name(found, bar).localized(Language(spoken))
        if text_width(name) > slot - 6:
            name = str(place + 1) if bar.tier is not None else name[: max(1, int(slot // 8))]
        drawn.write(
            drawn.x_px(place), drawn.bottom - 6, name,
            ha="center", va="top", color=tokens.muted, fontproperties=font(),
        )  # fmt: skip
    return drawn.figure


def summary(
    found: PayOfPeriod, *, currency: str, language: Language | str | None = None
) -> Message:
    """Return the pay in one sentence: what counts, of which quota, and what it pays."""
    spoken = str(language or i18n.language())
    if found.pay is None:
        return msg("Pay", "Without a quota there is no pay. Set one in the plan, or a target.")
    return msg(
        "Pay",
        "Up to {day} {counted} count, {share} of the quota of {quota}; that pays {pay}.",
        day=formats.date(min(found.as_of, found.period.end)),
        counted=formats.money(found.pay.counted_minor, currency, cents=False, language=spoken),
        share=formats.percent(found.pay.attainment, 1, spoken),
        quota=formats.money(found.quota_minor, currency, cents=False, language=spoken),
        pay=formats.money(found.pay.pay_minor, currency, language=spoken),
    )


def table(found: PayOfPeriod, *, language: Language | str | None = None) -> ChartTable:
    """Return the tiers: the sales in each, and the pay, which add up."""
    spoken = Language(language or i18n.language())
    bars: Sequence[TierBar] = tier_bars(found)
    headings = (msg("Pay", "Tier"), msg("Pay", "Sales in it"), msg("Pay", "Pay"))
    rows = [
        (
            tier_name(found, bar).localized(spoken),
            formats.amount(round(bar.part), language=spoken)
            if bar.tier is not None
            else formats.UNKNOWN,
            formats.amount(bar.pay_minor, language=spoken),
        )
        for bar in bars
    ]
    if found.pay is not None:
        counted = formats.amount(found.pay.counted_minor, language=spoken)
        paid = formats.amount(found.pay.pay_minor, language=spoken)
        rows.append((msg("Pay", "Together").localized(spoken), counted, paid))
    return ChartTable(tuple(one.localized(spoken) for one in headings), tuple(rows))
