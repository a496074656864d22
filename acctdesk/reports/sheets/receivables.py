"""Receivables by age: the buckets with a native chart, then a line for each client that owes."""

from __future__ import annotations

from acctdesk.i18n import msg
from acctdesk.kinds import AgeBucket
from acctdesk.reports import styles
from acctdesk.reports.facts import ratio
from acctdesk.reports.page import Page, cell
from acctdesk.reports.sheets.head import write_head
from acctdesk.reports.workbook import Book
from acctdesk.services.pack_rows import PackClient

TITLE = msg("Report", "Receivables by age")
_BUCKETS = 4  # the row of the first bucket
_SUMS = _BUCKETS + 6
_HEAD = _SUMS + 8
_FIRST = _HEAD + 1
_KEY, _CODE, _NAME, _AGES = 0, 1, 2, 3
_AMOUNT, _SHARE = _AGES, _AGES + 1  # of the summary: its words stand across the columns before
_OPEN, _UNAPPLIED, _BALANCE = _AGES + 5, _AGES + 6, _AGES + 7
_NAMES = {
    AgeBucket.NOT_DUE: msg("Report", "Not due"),
    AgeBucket.DAYS_1_30: msg("Report", "1–30 days"),
    AgeBucket.DAYS_31_60: msg("Report", "31–60 days"),
    AgeBucket.DAYS_61_90: msg("Report", "61–90 days"),
    AgeBucket.OVER_90: msg("Report", "Over 90 days"),
}
_LIMITS = {
    AgeBucket.NOT_DUE: 'open_days,"<=0"',
    AgeBucket.DAYS_1_30: 'open_days,">0",open_days,"<=30"',
    AgeBucket.DAYS_31_60: 'open_days,">30",open_days,"<=60"',
    AgeBucket.DAYS_61_90: 'open_days,">60",open_days,"<=90"',
    AgeBucket.OVER_90: 'open_days,">90"',
}


def write(book: Book, page: Page) -> None:
    """Write the sheet."""
    basis = msg("Report", "with VAT, in {currency}", currency=book.data.profile.currency)
    write_head(book, page, TITLE, basis)
    _summary(book, page)
    _clients(book, page)
    page.fix(_KEY, 6)
    for column in range(_AGES, _BALANCE + 1):
        page.widen(column, "00.000.000", bold=True)
    page.within(_NAME, 28, 34)
    _chart(book, page)
    page.finish(landscape=True, repeat=(_HEAD, _HEAD))


def _summary(book: Book, page: Page) -> None:
    facts, figures = book.facts, book.data.figures.receivables
    page.across(_BUCKETS - 1, _KEY, _NAME, msg("Report", "Days past due"), "heading")
    page.heading(_BUCKETS - 1, _AMOUNT, msg("Report", "Amount"))
    page.heading(_BUCKETS - 1, _SHARE, msg("Report", "Share"))
    whole = cell(_BUCKETS + 5, _AMOUNT, absolute=True)
    for place, age in enumerate(AgeBucket):
        row = _BUCKETS + place
        page.across(row, _KEY, _NAME, _NAMES[age], "text")
        found = facts.ageing[age]
        page.formula(row, _AMOUNT, f"=SUMIFS(open_amount,{_LIMITS[age]})", found / 100)
        page.formula(
            row,
            _SHARE,
            f'=IF({whole}=0,"",ROUND({cell(row, _AMOUNT)}/{whole},4))',
            ratio(found, facts.open),
            "share",
        )
        book.check(
            msg("Report", "Open, {age}", age=_NAMES[age]),
            figures.ageing[age] / 100,
            page.ref(row, _AMOUNT),
            found / 100,
        )
        page.define(f"age_{place}", page.ref(row, _AMOUNT))
    look = styles.SUM
    row = _BUCKETS + 5
    page.across(row, _KEY, _NAME, msg("Report", "Open invoices"), "text", **look)
    page.formula(row, _AMOUNT, "=SUM(open_amount)", facts.open / 100, **look)
    page.text(row, _SHARE, None, "text", **look)
    page.define("open_total", page.ref(row, _AMOUNT))
    everything = "ROUND(SUM(opening_balance)+SUM(doc_gross)-SUM(rec_amount),2)"
    lines = (
        (
            msg("Report", "Unapplied receipts and credit"),
            "unapplied_total",
            f"=ROUND(open_total-{everything},2)",
            facts.open - facts.balance,
            figures.unapplied_minor,
        ),
        (
            msg("Report", "Balance"),
            "balance_total",
            f"={everything}",
            facts.balance,
            figures.balance_minor,
        ),
        (
            msg("Report", "Overdue"),
            "overdue_total",
            '=SUMIFS(open_amount,open_days,">0")',
            facts.overdue,
            figures.open_minor - figures.ageing[AgeBucket.NOT_DUE],
        ),
    )
    book.check(
        msg("Report", "Open invoices"), figures.open_minor / 100, "open_total", facts.open / 100
    )
    for place, (name, label, formula, found, program) in enumerate(lines):
        line = _SUMS + place
        page.across(line, _KEY, _NAME, name, "text")
        page.formula(line, _AMOUNT, formula, found / 100)
        page.define(label, page.ref(line, _AMOUNT))
        book.check(name, program / 100, label, found / 100)
    line = _SUMS + len(lines)
    page.across(line, _KEY, _NAME, msg("Report", "Days sales outstanding (DSO)"), "text")
    gross = 'SUMIFS(doc_gross,doc_date,">"&(as_of-90),doc_date,"<="&as_of)'
    page.formula(
        line, _AMOUNT, f'=IF({gross}<=0,"",ROUND(90*open_total/{gross},2))', facts.dso, "days"
    )
    page.define("dso", page.ref(line, _AMOUNT))
    program_dso = None if figures.dso_simple_90 is None else float(figures.dso_simple_90)
    book.check(msg("Report", "Days sales outstanding (DSO)"), program_dso, "dso", facts.dso)
    page.text(
        line + 1,
        _KEY,
        msg("Report", "DSO: open invoices ÷ gross sales of the last 90 days × 90"),
        "muted",
    )
    book.check(
        msg("Report", "Number of open invoices"),
        figures.open_invoices,
        'COUNTIFS(open_amount,">0",open_part,0)',
        sum(1 for item in book.data.open_items if facts.open_of(item) > 0 and not item.part),
        "number",
    )
    page.fix(_KEY, 6)


def owing(book: Book) -> list[PackClient]:
    """Return the clients with an open invoice or a balance, the most overdue first."""
    facts = book.facts
    return sorted(
        (
            client
            for client in book.data.clients
            if facts.open_total_of(client.id) or facts.balances.get(client.id)
        ),
        key=lambda client: (
            -facts.overdue_of(client.id),
            -facts.open_total_of(client.id),
            client.name,
        ),
    )


def _clients(book: Book, page: Page) -> None:
    listed = owing(book)
    page.heading(_HEAD, _KEY, msg("Report", "No."), right=False)
    page.heading(_HEAD, _CODE, msg("Report", "Code"), right=False)
    page.heading(_HEAD, _NAME, msg("Report", "Client"), right=False)
    for place, age in enumerate(AgeBucket):
        page.heading(_HEAD, _AGES + place, _NAMES[age])
    page.heading(_HEAD, _OPEN, msg("Report", "Open"))
    page.heading(_HEAD, _UNAPPLIED, msg("Report", "Unapplied"))
    page.heading(_HEAD, _BALANCE, msg("Report", "Balance"))
    for place, client in enumerate(listed):
        _line(book, page, _FIRST + place, client)
        book.step()
    row = _FIRST + len(listed)
    look = styles.TOTAL
    for column in (_KEY, _CODE):
        page.text(row, column, None, "text", **look)
    page.text(row, _NAME, msg("Report", "Total"), "text", **look)
    facts = book.facts
    sums = [
        *(
            sum(facts.open_by_client.get(client.id, {}).get(age, 0) for client in listed)
            for age in AgeBucket
        ),
        sum(facts.open_total_of(client.id) for client in listed),
        sum(facts.open_total_of(client.id) - facts.balances.get(client.id, 0) for client in listed),
        sum(facts.balances.get(client.id, 0) for client in listed),
    ]
    for place, total in enumerate(sums):
        column = _AGES + place
        formula = "=0"
        if listed:
            formula = f"=SUM({cell(_FIRST, column)}:{cell(row - 1, column)})"
        page.formula(row, column, formula, total / 100, **look)
    if listed:
        page.sheet.autofilter(_HEAD, 0, row - 1, _BALANCE)


def _line(book: Book, page: Page, row: int, client: PackClient) -> None:
    facts = book.facts
    key = f"${cell(row, _KEY)}"
    look = styles.LINE
    page.number(row, _KEY, client.id, "key", **look)
    page.text(row, _CODE, client.code, **look)
    page.text(row, _NAME, client.name, shrink=True, **look)
    ages = facts.open_by_client.get(client.id, {})
    for place, age in enumerate(AgeBucket):
        page.formula(
            row,
            _AGES + place,
            f"=SUMIFS(open_amount,open_client,{key},{_LIMITS[age]})",
            ages.get(age, 0) / 100,
            **look,
        )
    open_, balance = facts.open_total_of(client.id), facts.balances.get(client.id, 0)
    first, last = cell(row, _AGES), cell(row, _AGES + 4)
    page.formula(row, _OPEN, f"=SUM({first}:{last})", open_ / 100, **look)
    page.formula(
        row,
        _UNAPPLIED,
        f"=ROUND({cell(row, _OPEN)}-{cell(row, _BALANCE)},2)",
        (open_ - balance) / 100,
        **look,
    )
    page.formula(
        row,
        _BALANCE,
        f"=ROUND(SUMIFS(opening_balance,opening_client,{key})+SUMIFS(doc_gross,doc_client,{key})"
        f"-SUMIFS(rec_amount,rec_client,{key}),2)",
        balance / 100,
        **look,
    )


def _chart(book: Book, page: Page) -> None:
    chart = book.workbook.add_chart({"type": "bar"})
    font = {"name": styles.FONT, "size": 9, "color": styles.SECOND}
    chart.add_series(
        {
            "name": f"={page.ref(_BUCKETS - 1, _AMOUNT)}",
            "categories": f"={page.span(_BUCKETS, _BUCKETS + 4, _KEY)}",
            "values": f"={page.span(_BUCKETS, _BUCKETS + 4, _AMOUNT)}",
            "points": [{"fill": {"color": color}} for color in styles.AGEING],
            "border": {"none": True},
            "gap": 45,
            "data_labels": {"value": True, "num_format": "#,##0", "font": font},
        }
    )
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_y_axis(
        {
            "reverse": True,
            "num_font": font,
            "line": {"color": styles.HAIR},
            "major_tick_mark": "none",
        }
    )
    title = book.say(msg("Report", "Open invoices by days past due"))
    chart.set_title(
        {
            "name": title,
            "overlay": False,
            "name_font": {**font, "size": 11, "bold": True, "color": styles.TEXT},
        }
    )
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"color": styles.HAIR}})
    chart.set_size({"width": page.pixels(_AGES + 2, _BALANCE) - 20, "height": 270})
    page.sheet.insert_chart(
        _BUCKETS - 1,
        _AGES + 2,
        chart,
        {"object_position": 2, "description": title, "x_offset": 16},
    )
