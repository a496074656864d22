"""Sales by client: the period, the same time last year, the last 365 days, balance and overdue."""

from __future__ import annotations

from acctdesk.i18n import msg
from acctdesk.reports import styles
from acctdesk.reports.facts import change, ratio
from acctdesk.reports.page import Page, cell
from acctdesk.reports.sheets.head import write_head
from acctdesk.reports.workbook import Book
from acctdesk.services.reporting import PackClient

TITLE = msg("Report", "By client")
_HEAD, _FIRST = 3, 4
(
    _KEY,
    _CODE,
    _NAME,
    _NET,
    _SHARE,
    _LAST_YEAR,
    _GAP,
    _CHANGE,
    _LAST,
    _PREVIOUS,
    _TREND,
    _BALANCE,
    _OVERDUE,
) = range(13)
_HEADINGS = (
    msg("Report", "No."),
    msg("Report", "Code"),
    msg("Report", "Client"),
    msg("Report", "Net sales"),
    msg("Report", "Share"),
    msg("Report", "Same time last year"),
    msg("Report", "Difference"),
    msg("Report", "Change"),
    msg("Report", "Last 365 days"),
    msg("Report", "Previous 365 days"),
    msg("Report", "Change"),
    msg("Report", "Balance"),
    msg("Report", "Overdue"),
)
_SUMMED = (_NET, _LAST_YEAR, _GAP, _LAST, _PREVIOUS, _BALANCE, _OVERDUE)


def moving(book: Book) -> list[PackClient]:
    """Return the clients that have a sale or a balance, the largest of the period first."""
    facts, data = book.facts, book.data

    def any_figure(client: PackClient) -> bool:
        return any(
            (
                facts.period_net_of(client.id, data.counted),
                facts.period_net_of(client.id, data.last_year),
                facts.last_365_of(client.id),
                facts.previous_365_of(client.id),
                facts.balances.get(client.id),
                facts.overdue_of(client.id),
            )
        )

    return sorted(
        (client for client in data.clients if any_figure(client)),
        key=lambda client: (-facts.period_net_of(client.id, data.counted), client.name),
    )


def write(book: Book, page: Page) -> None:
    """Write a line for each client with a sale or a balance, and the totals above them."""
    listed = moving(book)
    quiet = len(book.data.clients) - len(listed)
    basis = msg(
        "Report",
        "sales net of VAT, balances with VAT, in {currency}",
        currency=book.data.profile.currency,
    )
    write_head(book, page, TITLE, basis)
    if quiet:
        page.text(
            2,
            0,
            msg("Report", "Clients without sales or balance are not listed: {count}", count=quiet),
            "muted",
        )
        page.fix(0, 6)
    for place, heading in enumerate(_HEADINGS):
        page.heading(_HEAD, place, heading, right=place > _NAME)
    for place, client in enumerate(listed):
        _line(book, page, _FIRST + place, client, total=_FIRST + len(listed))
        book.step()
    _total(book, page, _FIRST + len(listed), listed)
    page.fix(_KEY, 6)
    for column in (*_SUMMED,):
        page.widen(column, "0.000.000", bold=True)
    page.widen(_NAME, "0" * 26)
    page.sheet.freeze_panes(_FIRST, _NAME + 1)
    if listed:
        page.sheet.autofilter(_HEAD, 0, _FIRST + len(listed) - 1, _OVERDUE)
    page.finish(landscape=True, repeat=(_HEAD, _HEAD))


def _line(book: Book, page: Page, row: int, client: PackClient, *, total: int) -> None:
    facts, data = book.facts, book.data
    key = f"${cell(row, _KEY)}"
    look = styles.LINE
    page.number(row, _KEY, client.id, "key", **look)
    page.text(row, _CODE, client.code, **look)
    page.text(row, _NAME, client.name, **look)
    net = facts.period_net_of(client.id, data.counted)
    last_year = facts.period_net_of(client.id, data.last_year)
    last, previous = facts.last_365_of(client.id), facts.previous_365_of(client.id)
    sold = "SUMIFS(doc_net,doc_client,{key},doc_date,{start},doc_date,{end})"

    def between(start: str, end: str) -> str:
        return sold.format(key=key, start=start, end=end)

    page.formula(
        row, _NET, "=" + between('">="&period_start', '"<="&period_end'), net / 100, **look
    )
    whole = cell(total, _NET, absolute=True)
    sum_net = facts.net.between(data.counted.start, data.counted.end)
    page.formula(
        row,
        _SHARE,
        f'=IF({whole}<=0,"",ROUND({cell(row, _NET)}/{whole},4))',
        ratio(net, sum_net) if sum_net > 0 else None,
        "share",
        **look,
    )
    page.formula(
        row,
        _LAST_YEAR,
        "=" + between('">="&last_year_start', '"<="&last_year_end'),
        last_year / 100,
        **look,
    )
    page.formula(
        row,
        _GAP,
        f"=ROUND({cell(row, _NET)}-{cell(row, _LAST_YEAR)},2)",
        (net - last_year) / 100,
        "gain",
        **look,
    )
    _change(page, row, _CHANGE, _NET, _LAST_YEAR, net, last_year, look)
    page.formula(row, _LAST, "=" + between('">"&(as_of-365)', '"<="&as_of'), last / 100, **look)
    page.formula(
        row,
        _PREVIOUS,
        "="
        + between('">"&(as_of-730)', '"<="&(as_of-365)')
        + f"+SUMIFS(opening_previous,opening_client,{key})",
        previous / 100,
        **look,
    )
    _change(page, row, _TREND, _LAST, _PREVIOUS, last, previous, look)
    page.formula(
        row,
        _BALANCE,
        f"=ROUND(SUMIFS(opening_balance,opening_client,{key})+SUMIFS(doc_gross,doc_client,{key})"
        f"-SUMIFS(rec_amount,rec_client,{key}),2)",
        facts.balances.get(client.id, 0) / 100,
        **look,
    )
    page.formula(
        row,
        _OVERDUE,
        f'=SUMIFS(open_amount,open_client,{key},open_days,">0")',
        facts.overdue_of(client.id) / 100,
        **look,
    )


def _change(
    page: Page,
    row: int,
    column: int,
    now_column: int,
    before_column: int,
    now: int,
    before: int,
    look: styles.Look,
) -> None:
    one, two = cell(row, now_column), cell(row, before_column)
    page.formula(
        row,
        column,
        f'=IF({two}<=0,"",ROUND({one}/{two}-1,4))',
        change(now, before),
        "change",
        **look,
    )


def _total(book: Book, page: Page, row: int, listed: list[PackClient]) -> None:
    facts, data = book.facts, book.data
    look = styles.TOTAL
    page.text(row, _KEY, None, "text", **look)
    page.text(row, _CODE, None, "text", **look)
    page.text(row, _NAME, msg("Report", "Total"), "text", **look)
    sums = {
        _NET: sum(facts.period_net_of(client.id, data.counted) for client in listed),
        _LAST_YEAR: sum(facts.period_net_of(client.id, data.last_year) for client in listed),
        _LAST: sum(facts.last_365_of(client.id) for client in listed),
        _PREVIOUS: sum(facts.previous_365_of(client.id) for client in listed),
        _BALANCE: sum(facts.balances.get(client.id, 0) for client in listed),
        _OVERDUE: sum(facts.overdue_of(client.id) for client in listed),
    }
    sums[_GAP] = sums[_NET] - sums[_LAST_YEAR]
    for column in _SUMMED:
        formula = "=0"
        if listed:
            formula = f"=SUM({cell(_FIRST, column)}:{cell(row - 1, column)})"
        page.formula(
            row, column, formula, sums[column] / 100, "gain" if column == _GAP else "money", **look
        )
    net = cell(row, _NET)
    page.formula(row, _SHARE, f'=IF({net}<=0,"",1)', 1 if sums[_NET] > 0 else None, "share", **look)
    _change(page, row, _CHANGE, _NET, _LAST_YEAR, sums[_NET], sums[_LAST_YEAR], look)
    _change(page, row, _TREND, _LAST, _PREVIOUS, sums[_LAST], sums[_PREVIOUS], look)
    figures = data.figures
    for name, column, program in (
        (msg("Report", "Net sales of all clients in the period"), _NET, figures.period.net_minor),
        (
            msg("Report", "Net sales of all clients, last 365 days"),
            _LAST,
            sum(line.last_365_minor for line in figures.by_client),
        ),
        (
            msg("Report", "Net sales of all clients, previous 365 days"),
            _PREVIOUS,
            sum(line.previous_365_minor for line in figures.by_client),
        ),
        (
            msg("Report", "Balance of all clients"),
            _BALANCE,
            sum(line.balance_minor for line in figures.by_client),
        ),
        (
            msg("Report", "Overdue of all clients"),
            _OVERDUE,
            sum(line.overdue_minor for line in figures.by_client),
        ),
    ):
        book.check(name, program / 100, page.ref(row, column), sums[column] / 100)
