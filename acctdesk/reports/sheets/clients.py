"""By client: the period, its target, the same time last year, 365 days, balance and overdue."""

from __future__ import annotations

from dataclasses import dataclass

from acctdesk.i18n import msg
from acctdesk.reports import styles
from acctdesk.reports.facts import change, ratio
from acctdesk.reports.page import Page, cell
from acctdesk.reports.sheets.head import write_head
from acctdesk.reports.workbook import Book
from acctdesk.services.pack_rows import PackClient

TITLE = msg("Report", "By client")
_HEAD, _FIRST = 3, 4
_HEADINGS = {
    "key": msg("Report", "No."),
    "code": msg("Report", "Code"),
    "name": msg("Report", "Client"),
    "net": msg("Report", "Net sales"),
    "part": msg("Report", "Share"),
    "target": msg("Report", "Target"),
    "reached": msg("Report", "Attainment"),
    "short": msg("Report", "Difference"),
    "last_year": msg("Report", "Same time last year"),
    "gap": msg("Report", "Difference"),
    "change": msg("Report", "Change"),
    "last": msg("Report", "Last 365 days"),
    "previous": msg("Report", "Previous 365 days"),
    "trend": msg("Report", "Change"),
    "balance": msg("Report", "Balance"),
    "overdue": msg("Report", "Overdue"),
}
_AIMED = ("target", "reached", "short")  # only where clients have targets of their own
_SUMMED = ("net", "target", "short", "last_year", "gap", "last", "previous", "balance", "overdue")


@dataclass(frozen=True, slots=True)
class _Values:
    """A line's values in minor units."""

    net: int
    target: int | None
    last_year: int
    last: int
    previous: int
    balance: int
    overdue: int

    @property
    def short(self) -> int | None:
        return None if self.target is None else self.net - self.target

    @property
    def any(self) -> bool:
        return any(
            (
                self.net,
                self.target,
                self.last_year,
                self.last,
                self.previous,
                self.balance,
                self.overdue,
            )
        )


class _Sheet:
    """The sheet being written: which columns it has, and where."""

    def __init__(self, book: Book, page: Page) -> None:
        self.book, self.page = book, page
        found = {client.id: _values(book, client) for client in book.data.clients}
        self.values = {key: line for key, line in found.items() if line.any}
        self.listed = sorted(
            (client for client in book.data.clients if client.id in self.values),
            key=lambda client: (-self.values[client.id].net, client.name),
        )
        aimed = any(line.target is not None for line in found.values())
        names = [name for name in _HEADINGS if aimed or name not in _AIMED]
        self.column = {name: place for place, name in enumerate(names)}
        self.total = _FIRST + len(self.listed)

    def at(self, row: int, name: str) -> str:
        return cell(row, self.column[name])

    def formula(
        self,
        row: int,
        name: str,
        formula: str,
        cached: float | None,
        style: str,
        look: styles.Look,
    ) -> None:
        if name in self.column:
            self.page.formula(row, self.column[name], formula, cached, style, **look)


def _values(book: Book, client: PackClient) -> _Values:
    facts, data = book.facts, book.data
    return _Values(
        net=facts.period_net_of(client.id, data.counted),
        target=facts.client_target_of(client.id, data.period),
        last_year=facts.period_net_of(client.id, data.last_year),
        last=facts.last_365_of(client.id),
        previous=facts.previous_365_of(client.id),
        balance=facts.balances.get(client.id, 0),
        overdue=facts.overdue_of(client.id),
    )


def write(book: Book, page: Page) -> None:
    """Write a line for each client with a figure, the largest first, and their totals."""
    sheet = _Sheet(book, page)
    basis = msg(
        "Report",
        "sales net of VAT, balances with VAT, in {currency}",
        currency=book.data.profile.currency,
    )
    write_head(book, page, TITLE, basis)
    quiet = len(book.data.clients) - len(sheet.listed)
    if quiet:
        page.text(
            2,
            0,
            msg("Report", "Clients without sales or balance are not listed: {count}", count=quiet),
            "muted",
        )
    for name, column in sheet.column.items():
        page.heading(_HEAD, column, _HEADINGS[name], right=name not in ("key", "code", "name"))
    for place, client in enumerate(sheet.listed):
        _line(sheet, _FIRST + place, client)
        book.step()
    _total(sheet)
    page.fix(sheet.column["key"], 6)
    for name in _SUMMED:
        if name in sheet.column:
            page.widen(sheet.column[name], "0.000.000", bold=True)
    page.within(sheet.column["name"], 28, 34)
    page.sheet.freeze_panes(_FIRST, sheet.column["name"] + 1)
    if sheet.listed:
        page.sheet.autofilter(_HEAD, 0, sheet.total - 1, sheet.column["overdue"])
    page.finish(landscape=True, repeat=(_HEAD, _HEAD))


def _line(sheet: _Sheet, row: int, client: PackClient) -> None:
    book, page, found = sheet.book, sheet.page, sheet.values[client.id]
    look = styles.LINE
    key = f"${sheet.at(row, 'key')}"
    page.number(row, sheet.column["key"], client.id, "key", **look)
    page.text(row, sheet.column["code"], client.code, **look)
    page.text(row, sheet.column["name"], client.name, shrink=True, **look)

    def sold(start: str, end: str) -> str:
        return f"SUMIFS(doc_net,doc_client,{key},doc_date,{start},doc_date,{end})"

    aimed = f'target_client,{key},target_month,">="&period_start,target_month,"<="&period_last'
    data = book.data
    sum_net = book.facts.net.between(data.counted.start, data.counted.end)
    whole = cell(sheet.total, sheet.column["net"], absolute=True)
    before = sold('">"&(as_of-730)', '"<="&(as_of-365)')
    owed = (
        f"SUMIFS(opening_balance,opening_client,{key})"
        f"+SUMIFS(doc_gross,doc_client,{key})-SUMIFS(rec_amount,rec_client,{key})"
    )
    formulas: tuple[tuple[str, str, float | None, str], ...] = (
        ("net", "=" + sold('">="&period_start', '"<="&period_end'), found.net / 100, "money"),
        (
            "part",
            f'=IF({whole}<=0,"",ROUND({sheet.at(row, "net")}/{whole},4))',
            ratio(found.net, sum_net) if sum_net > 0 else None,
            "share",
        ),
        (
            "target",
            f'=IF(COUNTIFS({aimed})=0,"",SUMIFS(target_amount,{aimed}))',
            _major(found.target),
            "money",
        ),
        (
            "last_year",
            "=" + sold('">="&last_year_start', '"<="&last_year_end'),
            found.last_year / 100,
            "money",
        ),
        ("last", "=" + sold('">"&(as_of-365)', '"<="&as_of'), found.last / 100, "money"),
        (
            "previous",
            f"={before}+SUMIFS(opening_previous,opening_client,{key})",
            found.previous / 100,
            "money",
        ),
        (
            "balance",
            f"=ROUND({owed},2)",
            found.balance / 100,
            "money",
        ),
        (
            "overdue",
            f'=SUMIFS(open_amount,open_client,{key},open_days,">0")',
            found.overdue / 100,
            "money",
        ),
    )
    for name, formula, cached, style in formulas:
        sheet.formula(row, name, formula, cached, style, look)
    _compare(sheet, row, found, look)


def _compare(sheet: _Sheet, row: int, found: _Values, look: styles.Look) -> None:
    """Write what follows from a line's own cells: differences and shares."""
    net, last_year = sheet.at(row, "net"), sheet.at(row, "last_year")
    if "target" in sheet.column:
        target = sheet.at(row, "target")
        sheet.formula(
            row,
            "reached",
            f'=IF(N({target})=0,"",ROUND({net}/{target},4))',
            ratio(found.net, found.target),
            "share",
            look,
        )
        sheet.formula(
            row,
            "short",
            f'=IF({target}="","",ROUND({net}-{target},2))',
            _major(found.short),
            "gain",
            look,
        )
    sheet.formula(
        row,
        "gap",
        f"=ROUND({net}-{last_year},2)",
        (found.net - found.last_year) / 100,
        "gain",
        look,
    )
    for name, one, two, now, before in (
        ("change", net, last_year, found.net, found.last_year),
        ("trend", sheet.at(row, "last"), sheet.at(row, "previous"), found.last, found.previous),
    ):
        formula = f'=IF({two}<=0,"",ROUND({one}/{two}-1,4))'
        sheet.formula(row, name, formula, change(now, before), "change", look)


def _major(minor: int | None) -> float | None:
    return None if minor is None else minor / 100


def _total(sheet: _Sheet) -> None:
    page, row, look = sheet.page, sheet.total, styles.TOTAL
    lines = list(sheet.values.values())
    targets = [line.target for line in lines if line.target is not None]
    sums = _Values(
        net=sum(line.net for line in lines),
        target=sum(targets) if targets else None,
        last_year=sum(line.last_year for line in lines),
        last=sum(line.last for line in lines),
        previous=sum(line.previous for line in lines),
        balance=sum(line.balance for line in lines),
        overdue=sum(line.overdue for line in lines),
    )
    page.text(row, sheet.column["key"], None, "text", **look)
    page.text(row, sheet.column["code"], None, "text", **look)
    page.text(row, sheet.column["name"], msg("Report", "Total"), "text", **look)
    for name in ("net", "target", "last_year", "last", "previous", "balance", "overdue"):
        if name in sheet.column:
            span = f"{sheet.at(_FIRST, name)}:{sheet.at(row - 1, name)}"
            formula = f"=SUM({span})" if sheet.listed else "=0"
            sheet.formula(row, name, formula, _major(getattr(sums, name)), "money", look)
    net = sheet.at(row, "net")
    sheet.formula(row, "part", f'=IF({net}<=0,"",1)', 1 if sums.net > 0 else None, "share", look)
    _compare(sheet, row, sums, look)
    _checks(sheet, sums)


def _checks(sheet: _Sheet, sums: _Values) -> None:
    figures = sheet.book.data.figures
    for title, name, program, found in (
        (
            msg("Report", "Net sales of all clients in the period"),
            "net",
            figures.period.net_minor,
            sums.net,
        ),
        (
            msg("Report", "Net sales of all clients, last 365 days"),
            "last",
            sum(line.last_365_minor for line in figures.by_client),
            sums.last,
        ),
        (
            msg("Report", "Net sales of all clients, previous 365 days"),
            "previous",
            sum(line.previous_365_minor for line in figures.by_client),
            sums.previous,
        ),
        (
            msg("Report", "Balance of all clients"),
            "balance",
            sum(line.balance_minor for line in figures.by_client),
            sums.balance,
        ),
        (
            msg("Report", "Overdue of all clients"),
            "overdue",
            sum(line.overdue_minor for line in figures.by_client),
            sums.overdue,
        ),
    ):
        reference = sheet.page.ref(sheet.total, sheet.column[name])
        sheet.book.check(title, program / 100, reference, found / 100)
