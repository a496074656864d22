"""Check: each headline figure twice, by the program and by the workbook's formula, and the difference."""

from __future__ import annotations

import datetime as dt

from acctdesk import periods
from acctdesk.i18n import msg
from acctdesk.kinds import DocumentType
from acctdesk.reports import styles
from acctdesk.reports.page import Page, cell
from acctdesk.reports.sheets.head import write_head
from acctdesk.reports.workbook import TYPE_WORDS, Book, Checked

TITLE = msg("Report", "Check")
_VERDICT = 3
_HEAD, _FIRST = 5, 6
_NAME, _PROGRAM, _FOUND, _GAP, _SAYS = range(5)


def difference(checked: Checked) -> float:
    """Return formula less program to the cent; an unknown value counts as nothing."""
    return round((checked.found or 0) - (checked.program or 0), 2) + 0.0


def counts(book: Book) -> None:
    """Ask for the number of documents and the net sales of all time to be compared."""
    figures, data = book.data.figures, book.data
    for kind, program, opening, name in (
        (
            DocumentType.INVOICE,
            figures.invoices,
            "opening_invoices",
            msg("Report", "Number of invoices"),
        ),
        (
            DocumentType.CREDIT_NOTE,
            figures.credit_notes,
            "opening_credits",
            msg("Report", "Number of credit notes"),
        ),
    ):
        before = sum(
            row.invoices if kind is DocumentType.INVOICE else row.credit_notes
            for row in data.openings
        )
        listed = sum(1 for row in data.documents if row.type is kind)
        word = book.say(TYPE_WORDS[kind])
        book.check(
            name, program, f'SUM({opening})+COUNTIFS(doc_type,"{word}")', before + listed, "number"
        )
    net = sum(row.net_minor for row in data.openings) + sum(row.net_minor for row in data.documents)
    book.check(
        msg("Report", "Net sales of all years"),
        figures.net_minor / 100,
        "SUM(opening_net)+SUM(doc_net)",
        net / 100,
    )


def write(book: Book, page: Page) -> None:
    """Write the comparison, the verdict above it, and the dates that all formulas use."""
    write_head(
        book, page, TITLE, msg("Report", "the program’s figures beside those of the formulas")
    )
    last = _FIRST + len(book.checks) - 1
    gaps = f"{cell(_FIRST, _GAP, absolute=True)}:{cell(last, _GAP, absolute=True)}"
    agrees, differs = book.say(msg("Report", "OK")), book.say(msg("Report", "Differs"))
    wrong = any(difference(checked) for checked in book.checks)
    page.text(_VERDICT, _NAME, msg("Report", "All figures agree"), "text", bold=True)
    page.formula(
        _VERDICT,
        _PROGRAM,
        f'=IF(SUMPRODUCT(--(ABS({gaps})>=0.005))=0,"{agrees}","{differs}")',
        differs if wrong else agrees,
        "good",
    )
    page.define("check_verdict", page.ref(_VERDICT, _PROGRAM))
    bad = book.workbook.add_format({"bg_color": styles.BAD_SOFT, "font_color": styles.BAD})
    verdict = cell(_VERDICT, _PROGRAM, absolute=True)
    page.sheet.conditional_format(
        _VERDICT,
        _PROGRAM,
        _VERDICT,
        _PROGRAM,
        {"type": "formula", "criteria": f'={verdict}<>"{agrees}"', "format": bad},
    )
    for column, heading in (
        (_NAME, msg("Report", "Figure")),
        (_PROGRAM, msg("Report", "Program")),
        (_FOUND, msg("Report", "Formula")),
        (_GAP, msg("Report", "Difference")),
        (_SAYS, msg("Report", "Agrees")),
    ):
        page.heading(_HEAD, column, heading, right=column > 0)
    look = styles.LINE
    for place, checked in enumerate(book.checks):
        row = _FIRST + place
        page.text(row, _NAME, checked.name, **look)
        page.number(row, _PROGRAM, checked.program, checked.style, **look)
        page.formula(row, _FOUND, f"={checked.formula}", checked.found, checked.style, **look)
        one, two = cell(row, _FOUND), cell(row, _PROGRAM)
        page.formula(
            row, _GAP, f"=ROUND(N({one})-N({two}),2)", difference(checked), checked.style, **look
        )
        gap = cell(row, _GAP)
        says = differs if difference(checked) else agrees
        page.formula(
            row,
            _SAYS,
            f'=IF(ABS({gap})<0.005,"{agrees}","{differs}")',
            says,
            "text",
            align="right",
            **look,
        )
    page.sheet.conditional_format(
        _FIRST,
        _GAP,
        last,
        _SAYS,
        {
            "type": "formula",
            "criteria": f"=ABS(${cell(_FIRST, _GAP)})>=0.005",
            "format": bad,
        },
    )
    _dates(book, page, last + 2)
    for column in (_PROGRAM, _FOUND, _GAP):
        page.widen(column, "00.000.000,00", bold=True)
    page.widen(_SAYS, differs)
    page.sheet.freeze_panes(_FIRST, 0)
    page.finish(landscape=False, repeat=None, whole=True)


def _dates(book: Book, page: Page, row: int) -> None:
    """Write the days that the formulas look up by name."""
    data = book.data
    year = data.year.months
    start, end = year[0].month, periods.month_end(year[-1].month)
    year_before_start = periods.add_months(start, -12)
    # a day after the year's end compares with the whole year before
    year_before_end = min(periods.year_earlier(data.as_of), start - dt.timedelta(days=1))
    page.text(row, 0, msg("Report", "Days that the formulas use"), "section")
    for place, (label, name, day) in enumerate(
        (
            ("as_of", msg("Report", "As-of date"), data.as_of),
            ("period_start", msg("Report", "First day of the period"), data.period.start),
            ("period_last", msg("Report", "Last day of the period"), data.period.end),
            ("period_end", msg("Report", "Last day counted"), data.counted.end),
            (
                "last_year_start",
                msg("Report", "Same time last year, first day"),
                data.last_year.start,
            ),
            ("last_year_end", msg("Report", "Same time last year, last day"), data.last_year.end),
            ("before_start", msg("Report", "Previous period, first day"), data.before.start),
            ("before_end", msg("Report", "Previous period, last day"), data.before.end),
            ("year_start", msg("Report", "First day of the fiscal year"), start),
            ("year_last", msg("Report", "Last day of the fiscal year"), end),
            ("year_before_start", msg("Report", "Year before, first day"), year_before_start),
            ("year_before_end", msg("Report", "Year before, last day"), year_before_end),
            ("data_start", msg("Report", "First day of the data sheets"), data.starts_on),
        ),
        start=1,
    ):
        page.text(row + place, _NAME, name)
        page.date(row + place, _PROGRAM, day, "date", align="right")
        page.define(label, page.ref(row + place, _PROGRAM))
