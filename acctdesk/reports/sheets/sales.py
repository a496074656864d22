"""Sales against target: months, quarters, the period and the year to date, with a native chart."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from acctdesk import formats, periods
from acctdesk.i18n import msg
from acctdesk.periods import Period
from acctdesk.reports import styles
from acctdesk.reports.facts import change, ratio
from acctdesk.reports.page import Page, cell
from acctdesk.reports.sheets.head import write_head
from acctdesk.reports.workbook import Book, quarter_name

TITLE = msg("Report", "Sales and target")
_MONTHS = 4  # the row of the first month
_QUARTERS = _MONTHS + 13
_TOTALS = _QUARTERS + 5
_CHART = _TOTALS + 5
_NAME, _NET, _TARGET, _SHARE, _GAP, _LAST_YEAR, _CHANGE, _OVER, _DRAWN = range(9)
_HEADINGS = (
    msg("Report", "Month"),
    msg("Report", "Net sales"),
    msg("Report", "Target"),
    msg("Report", "Attainment"),
    msg("Report", "Difference"),
    msg("Report", "Same time last year"),
    msg("Report", "Change"),
    msg("Report", "Elapsed"),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line's values in minor units, beside the formulas that find them."""

    net: int | None
    target: int | None
    last_year: int
    net_formula: str
    target_formula: str
    last_year_formula: str


def write(book: Book, page: Page) -> None:
    """Write the sheet; its months are those of the period's fiscal year."""
    write_head(
        book,
        page,
        TITLE,
        msg("Report", "Net of VAT, in {currency}", currency=book.data.profile.currency),
    )
    for place, heading in enumerate(_HEADINGS):
        page.heading(_MONTHS - 1, place, heading, right=place > 0)
    _months(book, page)
    _quarters(book, page)
    _totals(book, page)
    page.fix(_NAME, 25)
    for column in range(_NET, _OVER + 1):
        page.widen(column, "00.000.000", bold=True)
    _chart(book, page)
    page.sheet.freeze_panes(_MONTHS, 1)
    if not _whole_line(book):
        page.fix(_DRAWN, 3)
    page.sheet.print_area(0, 0, _CHART + 20, _OVER)
    page.finish(landscape=False, repeat=(_MONTHS - 1, _MONTHS - 1))


def _write(page: Page, row: int, line: _Line, **look: Any) -> None:
    net, target, last = cell(row, _NET), cell(row, _TARGET), cell(row, _LAST_YEAR)
    known = line.net is not None
    page.formula(row, _NET, line.net_formula, _major(line.net), **look)
    page.formula(row, _TARGET, line.target_formula, _major(line.target), **look)
    page.formula(
        row,
        _SHARE,
        f'=IF(OR({net}="",N({target})=0),"",ROUND({net}/{target},4))',
        ratio(line.net or 0, line.target) if known else None,
        "share",
        **look,
    )
    gap = None if line.net is None or line.target is None else line.net - line.target
    page.formula(
        row,
        _GAP,
        f'=IF(OR({net}="",{target}=""),"",ROUND({net}-{target},2))',
        _major(gap),
        "gain",
        **look,
    )
    page.formula(row, _LAST_YEAR, line.last_year_formula, line.last_year / 100, **look)
    page.formula(
        row,
        _CHANGE,
        f'=IF(OR({net}="",{last}<=0),"",ROUND({net}/{last}-1,4))',
        change(line.net or 0, line.last_year) if known else None,
        "change",
        **look,
    )


def _major(minor: int | None) -> float | None:
    return None if minor is None else minor / 100


def _months(book: Book, page: Page) -> None:
    facts, as_of = book.facts, book.data.as_of
    before = {month.month: month for month in book.data.year_before.months}
    for place, month in enumerate(book.data.year.months):
        row, key = _MONTHS + place, f"${cell(_MONTHS + place, _NAME)}"
        day = month.month
        begun = day <= as_of
        last_year = Period(
            "", periods.add_months(day, -12), _month_end(periods.add_months(day, -12))
        )
        look: styles.Look = {"bg_color": styles.SOFT} if day in book.data.period else {}
        page.date(row, _NAME, day, book.month_style, **look)
        counted = facts.net.between(day, _month_end(day)) if begun else None
        found = _Line(
            net=counted,
            target=facts.targets.get(day),
            last_year=facts.net.between(last_year.start, last_year.end),
            net_formula=f'=IF({key}>as_of,"",SUMIFS(doc_net,doc_date,">="&{key},'
            f'doc_date,"<"&EDATE({key},1)))',
            target_formula=f'=IF(COUNTIFS(target_month,{key},target_counts,1)=0,"",'
            f"SUMIFS(target_amount,target_month,{key},target_counts,1))",
            last_year_formula=f'=SUMIFS(doc_net,doc_date,">="&EDATE({key},-12),'
            f'doc_date,"<"&EDATE({key},-11))',
        )
        _write(page, row, found, **look)
        over = float(_part_over(book, day))
        page.number(row, _OVER, over, "share", num_format="0%", **look)
        name = formats.month_name(day, book.language.value)
        if begun:
            book.check(
                msg("Report", "Net sales, {month}", month=name),
                month.net_minor / 100,
                page.ref(row, _NET),
                _major(counted),
            )
        earlier = before[periods.add_months(day, -12)]
        if earlier.month <= as_of:
            last_name = formats.month_name(earlier.month, book.language.value)
            book.check(
                msg("Report", "Net sales, {month}", month=last_name),
                earlier.net_minor / 100,
                page.ref(row, _LAST_YEAR),
                found.last_year / 100,
            )


def _part_over(book: Book, month: dt.date) -> Fraction:
    """Return the share of a month's working days that are over on the day of the figures."""
    as_of, days, end = book.data.as_of, book.data.year.days, _month_end(month)
    if as_of >= end:
        return Fraction(1)
    if as_of < month:
        return Fraction(0)
    return Fraction(days.count(month, as_of), days.count(month, end) or 1)


def _month_end(month: dt.date) -> dt.date:
    return periods.month_end(month)


def _quarters(book: Book, page: Page) -> None:
    facts = book.facts
    months = book.data.year.months
    for number in range(4):
        row, first = _QUARTERS + number, _MONTHS + 3 * number
        inside = months[3 * number : 3 * number + 3]
        chosen = Period("", inside[0].month, _month_end(inside[2].month))
        whole = (chosen.start, chosen.end) == (book.data.period.start, book.data.period.end)
        look: styles.Look = {"bg_color": styles.SOFT} if whole else {}
        page.text(row, _NAME, quarter_name(number + 1), "text", **look)
        last_start = periods.add_months(chosen.start, -12)
        last_end = _month_end(periods.add_months(inside[2].month, -12))

        def span(column: int, first: int = first) -> str:
            return f"{cell(first, column)}:{cell(first + 2, column)}"

        found = _Line(
            net=facts.net.between(chosen.start, chosen.end)
            if chosen.start <= book.data.as_of
            else None,
            target=facts.target_of(chosen),
            last_year=facts.net.between(last_start, last_end),
            net_formula=f'=IF(COUNT({span(_NET)})=0,"",SUM({span(_NET)}))',
            target_formula=f'=IF(COUNT({span(_TARGET)})=0,"",SUM({span(_TARGET)}))',
            last_year_formula=f"=SUM({span(_LAST_YEAR)})",
        )
        _write(page, row, found, **look)
        page.text(row, _OVER, None, "text", **look)


def _totals(book: Book, page: Page) -> None:
    """Write the period, the year to date, and the whole year's target."""
    data, facts = book.data, book.facts
    top = styles.SUM
    year = Period("", data.year.months[0].month, _month_end(data.year.months[-1].month))
    last_year_end = min(
        periods.year_earlier(data.as_of), periods.add_months(year.start, 0) - dt.timedelta(days=1)
    )
    inside = 'SUMIFS(doc_net,doc_date,">="&{start},doc_date,"<="&{end})'
    aimed = 'target_month,">="&{start},target_month,"<="&{end},target_counts,1'

    def target_formula(start: str, end: str) -> str:
        where = aimed.format(start=start, end=end)
        return f'=IF(COUNTIFS({where})=0,"",SUMIFS(target_amount,{where}))'

    period = _Line(
        net=facts.net.between(data.counted.start, data.counted.end),
        target=facts.target_of(data.period),
        last_year=facts.net.between(data.last_year.start, data.last_year.end),
        net_formula="=" + inside.format(start="period_start", end="period_end"),
        target_formula=target_formula("period_start", "period_last"),
        last_year_formula="=" + inside.format(start="last_year_start", end="last_year_end"),
    )
    months = f"{cell(_MONTHS, _TARGET)}:{cell(_MONTHS + 11, _TARGET)}"
    parts = f"{cell(_MONTHS, _OVER)}:{cell(_MONTHS + 11, _OVER)}"
    begun = [month for month in facts.targets if month in year and month <= data.as_of]
    exact = sum(facts.targets[month] * _part_over(book, month) for month in begun)
    due = math.floor(exact + Fraction(1, 2)) if begun else None  # half up, as a spreadsheet rounds
    to_date = _Line(
        net=facts.net.between(year.start, min(year.end, data.as_of)),
        target=due,
        last_year=facts.net.between(periods.add_months(year.start, -12), last_year_end),
        net_formula="=" + inside.format(start="year_start", end="MIN(as_of,year_last)"),
        target_formula=f'=IF(SUMPRODUCT(--({months}<>""),--({parts}>0))=0,"",'
        f"ROUND(SUMPRODUCT({months},{parts}),2))",
        last_year_formula="=" + inside.format(start="year_before_start", end="year_before_end"),
    )
    row = _TOTALS
    page.text(row, _NAME, book.period_name, "text", **top, bg_color=styles.SOFT)
    _write(page, row, period, **top, bg_color=styles.SOFT)
    page.text(row, _OVER, None, "text", **top, bg_color=styles.SOFT)
    for name, column in (
        ("period_net", _NET),
        ("period_target", _TARGET),
        ("period_attainment", _SHARE),
        ("period_gap", _GAP),
        ("period_last_year", _LAST_YEAR),
    ):
        page.define(name, page.ref(row, column))
    page.text(row + 1, _NAME, msg("Report", "Year to date"), "text", **top)
    _write(page, row + 1, to_date, **top)
    page.text(row + 1, _OVER, None, "text", **top)
    for name, column in (
        ("year_net", _NET),
        ("year_target_to_date", _TARGET),
        ("year_attainment", _SHARE),
    ):
        page.define(name, page.ref(row + 1, column))
    whole = facts.target_of(year)
    page.text(row + 2, _NAME, msg("Report", "Target of the whole year"), "text")
    page.text(row + 2, _NET, None, "text")
    page.formula(
        row + 2, _TARGET, f'=IF(COUNT({months})=0,"",SUM({months}))', _major(whole), "money"
    )
    figures = data.figures.period
    book.check(
        msg("Report", "Net sales, {month}", month=book.period_name),
        figures.net_minor / 100,
        "period_net",
        _major(period.net),
    )
    book.check(
        msg("Report", "Target, {month}", month=book.period_name),
        _major(figures.target_minor),
        "period_target",
        _major(period.target),
    )
    book.check(
        msg("Report", "Same time last year"),
        data.last_year_minor / 100,
        "period_last_year",
        period.last_year / 100,
    )
    book.check(
        msg("Report", "Net sales, year to date"),
        data.year.net_to_date_minor / 100,
        "year_net",
        _major(to_date.net),
    )
    book.check(
        msg("Report", "Target, year to date"),
        _major(data.year.target_to_date_minor),
        "year_target_to_date",
        _major(to_date.target),
    )


def _whole_line(book: Book) -> bool:
    """Tell whether every month of the year has a target."""
    return all(month.month in book.facts.targets for month in book.data.year.months)


def _chart(book: Book, page: Page) -> None:
    """Draw columns of net sales and the target's line; a month without a target breaks the line."""
    known = [month for month in book.data.year.months if month.month in book.facts.targets]
    drawn = _TARGET
    if known and not _whole_line(book):
        drawn = _DRAWN
        for place, month in enumerate(book.data.year.months):
            row = _MONTHS + place
            aim = cell(row, _TARGET)
            value = book.facts.targets.get(month.month)
            page.formula(
                row,
                _DRAWN,
                f'=IF({aim}="",NA(),{aim})',
                "#N/A" if value is None else value / 100,
                font_color="#FFFFFF",
            )
    chart = book.workbook.add_chart({"type": "column"})
    font = {"name": styles.FONT, "size": 9, "color": styles.SECOND}
    months = page.span(_MONTHS, _MONTHS + 11, _NAME)
    chart.add_series(
        {
            "name": f"={page.ref(_MONTHS - 1, _NET)}",
            "categories": f"={months}",
            "values": f"={page.span(_MONTHS, _MONTHS + 11, _NET)}",
            "fill": {"color": styles.ACCENT},
            "border": {"none": True},
            "gap": 60,
        }
    )
    if known:
        line = book.workbook.add_chart({"type": "line"})
        line.add_series(
            {
                "name": f"={page.ref(_MONTHS - 1, _TARGET)}",
                "categories": f"={months}",
                "values": f"={page.span(_MONTHS, _MONTHS + 11, drawn)}",
                "line": {"color": styles.TARGET, "width": 2},
                "marker": {"type": "none"},
            }
        )
        chart.combine(line)
    language = book.month_style
    chart.set_x_axis(
        {
            "num_font": font,
            "num_format": styles.STYLES[language]["num_format"].replace(" yyyy", ""),
            "text_axis": True,
            "line": {"color": styles.HAIR},
            "major_tick_mark": "none",
            "label_position": "low",
        }
    )
    chart.set_y_axis(
        {
            "num_font": font,
            "num_format": "#,##0",
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": styles.HAIR, "width": 0.75}},
            "major_tick_mark": "none",
        }
    )
    title = book.say(TITLE)
    chart.set_title(
        {
            "name": title,
            "overlay": False,
            "name_font": {**font, "size": 11, "bold": True, "color": styles.TEXT},
        }
    )
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_chartarea({"border": {"color": styles.HAIR}})
    chart.set_size({"width": page.pixels(_NAME, _OVER) - 4, "height": 360})
    chart.show_na_as_empty_cell()
    page.sheet.insert_chart(
        _CHART, 0, chart, {"object_position": 2, "description": title, "x_offset": 2}
    )
