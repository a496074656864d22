"""What a chart says in words and in a table, for those who cannot or would rather not see it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import Decimal

from acctdesk import formats, i18n
from acctdesk.charts.series import is_empty
from acctdesk.figures.sales import attainment
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Language
from acctdesk.services.rows import TargetSeries


@dataclass(frozen=True, slots=True)
class ChartTable:
    """A chart's numbers, ready to show; the first column is text, the others numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def summary(
    series: TargetSeries, *, currency: str = "EUR", language: Language | str | None = None
) -> Message:
    """Return the chart in one or two sentences, its figures written in ``language``."""
    spoken = str(language or i18n.language())

    def money(minor: int | None) -> str:
        return formats.money(minor, currency, cents=False, language=spoken)

    year = str(series.fiscal_year)
    if is_empty(series):
        return msg("Charts", "No sales and no target in {year}", year=year)
    day, net = formats.date(series.as_of), money(series.net_to_date_minor)
    due, whole = series.target_to_date_minor, series.target_year_minor
    if not whole:
        return msg(
            "Charts", "Net sales of {year} up to {day}: {net}. No target is set.",
            year=year, day=day, net=net,
        )  # fmt: skip
    share = formats.percent(attainment(series.net_to_date_minor, whole), 0, spoken)
    if not due:
        return msg(
            "Charts",
            "Net sales of {year} up to {day}: {net}, {share} of the year’s target of {whole}.",
            year=year,
            day=day,
            net=net,
            share=share,
            whole=money(whole),
        )
    gap = series.net_to_date_minor - due
    values = {
        "year": year,
        "day": day,
        "net": net,
        "share": share,
        "whole": money(whole),
        "due": money(due),
        "gap": money(abs(gap)),
        "rate": formats.percent(abs(Decimal(gap) / due), 1, spoken),
    }
    if gap == 0:
        return msg(
            "Charts",
            "Net sales of {year} up to {day}: {net}, {share} of the year’s target of {whole}. "
            "Exactly the target to date.",
            **values,
        )
    if gap > 0:
        return msg(
            "Charts",
            "Net sales of {year} up to {day}: {net}, {share} of the year’s target of {whole}. "
            "Ahead of the target to date, {due}, by {gap} ({rate}).",
            **values,
        )
    return msg(
        "Charts",
        "Net sales of {year} up to {day}: {net}, {share} of the year’s target of {whole}. "
        "Behind the target to date, {due}, by {gap} ({rate}).",
        **values,
    )


def table(series: TargetSeries, *, language: Language | str | None = None) -> ChartTable:
    """Return the months: net, target, difference, attainment, and both running totals.

    Months to come have no net; what is not known is a dash. Amounts without cents.
    """
    spoken = Language(language or i18n.language())

    def amount(minor: int | None) -> str:
        return formats.amount(minor, cents=False, language=spoken)

    headings = (
        msg("Charts", "Month"),
        msg("Charts", "Net sales"),
        msg("Charts", "Target"),
        msg("Charts", "Difference"),
        msg("Charts", "Attainment"),
        msg("Charts", "Net sales, running total"),
        msg("Charts", "Target, running total"),
    )
    aimed = any(month.target_minor is not None for month in series.months)
    nets = itertools.accumulate(month.net_minor for month in series.months)
    targets = itertools.accumulate(month.target_minor or 0 for month in series.months)
    rows = []
    for month, net, target in zip(series.months, nets, targets, strict=True):
        begun = month.month <= series.as_of
        aim = month.target_minor
        rows.append(
            (
                formats.month_name(month.month, spoken),
                amount(month.net_minor if begun else None),
                amount(aim),
                amount(month.net_minor - aim if begun and aim is not None else None),
                formats.percent(attainment(month.net_minor, aim) if begun else None, 0, spoken),
                amount(net if begun else None),
                amount(target if aimed else None),
            )
        )
    return ChartTable(tuple(heading.localized(spoken) for heading in headings), tuple(rows))
