"""Clients by month: the largest clients' sales of each month of the fiscal year, with totals."""

from __future__ import annotations

import datetime as dt

from acctdesk import periods
from acctdesk.i18n import msg
from acctdesk.periods import Period
from acctdesk.reports import styles
from acctdesk.reports.facts import change
from acctdesk.reports.page import Page, cell, column_letters
from acctdesk.reports.sheets.head import write_head
from acctdesk.reports.workbook import Book
from acctdesk.services.pack_rows import PackClient

TITLE = msg("Report", "Clients by month")
_HEAD, _FIRST = 3, 4
_KEY, _CODE, _NAME, _MONTHS = 0, 1, 2, 3
LISTED = 60  # the rest stand together in one line


def write(book: Book, page: Page) -> None:
    """Write a line for each of the largest clients, one for the others, and the totals."""
    data = book.data
    months = [month.month for month in data.year.months if month.month <= data.as_of]
    basis = msg("Report", "Net of VAT, in {currency}", currency=data.profile.currency)
    write_head(book, page, TITLE, basis)
    if months:
        _Matrix(book, page, months).write()
    else:
        page.text(2, 0, msg("Report", "No month of the fiscal year has begun."), "muted")
    page.fix(_KEY, 6)
    page.finish(landscape=True, repeat=(_HEAD, _HEAD))


class _Matrix:
    """Clients down, months across. Amounts in minor units."""

    def __init__(self, book: Book, page: Page, months: list[dt.date]) -> None:
        self.book, self.page, self.months = book, page, months
        data = book.data
        start, end = months[0], periods.month_end(data.year.months[-1].month)
        self._year = Period("", start, min(data.as_of, end))
        before_end = min(periods.year_earlier(data.as_of), start - dt.timedelta(days=1))
        self._before = Period("", periods.add_months(start, -12), before_end)
        self._total = _MONTHS + len(months)
        self._last_year, self._gap, self._change = (self._total + place for place in (1, 2, 3))
        ranked = sorted(
            (client for client in data.clients if self._moves(client)),
            key=lambda client: (-self._sum(client.id, self._year), client.name),
        )
        self._listed, self._others = ranked[:LISTED], ranked[LISTED:]

    def write(self) -> None:
        """Write the headings, the lines and the totals."""
        page = self.page
        page.heading(_HEAD, _KEY, msg("Report", "No."), right=False)
        page.heading(_HEAD, _CODE, msg("Report", "Code"), right=False)
        page.heading(_HEAD, _NAME, msg("Report", "Client"), right=False)
        for place, month in enumerate(self.months):
            look: styles.Look = {"bold": True, "font_size": 9, "font_color": styles.SECOND}
            look |= {"align": "right", "valign": "bottom"}
            look |= {"bottom": 1, "bottom_color": styles.ACCENT}
            page.date(_HEAD, _MONTHS + place, month, self.book.month_style, **look)
        for column, heading in (
            (self._total, msg("Report", "Total")),
            (self._last_year, msg("Report", "Same time last year")),
            (self._gap, msg("Report", "Difference")),
            (self._change, msg("Report", "Change")),
        ):
            page.heading(_HEAD, column, heading)
        for place, client in enumerate(self._listed):
            self._line(_FIRST + place, client)
            self.book.step()
        self._sums(_FIRST + len(self._listed))
        for column in range(_MONTHS, self._gap + 1):
            page.widen(column, "000.000", bold=True)
        page.within(_NAME, 28, 34)
        page.sheet.freeze_panes(_FIRST, _NAME + 1)

    # ---- values

    def _moves(self, client: PackClient) -> bool:
        return bool(self._sum(client.id, self._year) or self._sum(client.id, self._before)) or any(
            self._month(client.id, month) for month in self.months
        )

    def _sum(self, client_id: int, period: Period) -> int:
        return self.book.facts.period_net_of(client_id, period)

    def _month(self, client_id: int, month: dt.date) -> int:
        end = min(periods.month_end(month), self.book.data.as_of)
        return self.book.facts.net_of(client_id, month, end)

    # ---- lines

    def _inside(self, place: int) -> str:
        """Return the condition of a month's column."""
        month = f"{column_letters(_MONTHS + place)}${_HEAD + 1}"
        return f'doc_date,">="&{month},doc_date,"<"&EDATE({month},1),doc_date,"<="&as_of'

    def _line(self, row: int, client: PackClient) -> None:
        page, look = self.page, styles.LINE
        key = f"${cell(row, _KEY)}"
        page.number(row, _KEY, client.id, "key", **look)
        page.text(row, _CODE, client.code, **look)
        page.text(row, _NAME, client.name, shrink=True, **look)
        for place, month in enumerate(self.months):
            found = self._month(client.id, month) / 100
            formula = f"=SUMIFS(doc_net,doc_client,{key},{self._inside(place)})"
            page.formula(row, _MONTHS + place, formula, found, **look)
        before = (
            f'=SUMIFS(doc_net,doc_client,{key},doc_date,">="&year_before_start,'
            f'doc_date,"<="&year_before_end)'
        )
        last_year = self._sum(client.id, self._before)
        page.formula(row, self._last_year, before, last_year / 100, **look)
        self._across(row, self._sum(client.id, self._year), last_year, look)

    def _across(self, row: int, net: int, last_year: int, look: styles.Look) -> None:
        page = self.page
        first, last = cell(row, _MONTHS), cell(row, self._total - 1)
        page.formula(row, self._total, f"=SUM({first}:{last})", net / 100, **{**look, "bold": True})
        one, two = cell(row, self._total), cell(row, self._last_year)
        page.formula(
            row, self._gap, f"=ROUND({one}-{two},2)", (net - last_year) / 100, "gain", **look
        )
        formula = f'=IF({two}<=0,"",ROUND({one}/{two}-1,4))'
        page.formula(row, self._change, formula, change(net, last_year), "change", **look)

    def _sums(self, row: int) -> None:
        """Write the other clients in one line where there are any, and the totals of all."""
        page, facts = self.page, self.book.facts
        last = row - 1
        total = row + bool(self._others)
        net = facts.net.between(self._year.start, self._year.end)
        last_year = facts.net.between(self._before.start, self._before.end)
        if self._others:
            self._other_line(row, total, last)
        look = styles.TOTAL
        for column in (_KEY, _CODE):
            page.text(total, column, None, "text", **look)
        page.text(total, _NAME, msg("Report", "Total"), "text", **look)
        for place, month in enumerate(self.months):
            found = facts.net.between(month, min(periods.month_end(month), self.book.data.as_of))
            formula = f"=SUMIFS(doc_net,{self._inside(place)})"
            page.formula(total, _MONTHS + place, formula, found / 100, **look)
        formula = '=SUMIFS(doc_net,doc_date,">="&year_before_start,doc_date,"<="&year_before_end)'
        page.formula(total, self._last_year, formula, last_year / 100, **look)
        self._across(total, net, last_year, look)
        self.book.check(
            msg("Report", "Net sales of all clients by month, year to date"),
            self.book.data.year.net_to_date_minor / 100,
            page.ref(total, self._total),
            net / 100,
        )

    def _other_line(self, row: int, total: int, last: int) -> None:
        page, look = self.page, styles.LINE
        ids = [client.id for client in self._others]
        for column in (_KEY, _CODE):
            page.text(row, column, None, "text", **look)
        name = msg("Report", "Other clients: {count}", count=len(ids))
        page.text(row, _NAME, name, "text", **look)

        def rest(column: int) -> str:
            return (
                f"=ROUND({cell(total, column)}-SUM({cell(_FIRST, column)}:{cell(last, column)}),2)"
            )

        for place, month in enumerate(self.months):
            found = sum(self._month(client_id, month) for client_id in ids)
            page.formula(row, _MONTHS + place, rest(_MONTHS + place), found / 100, **look)
        before = sum(self._sum(client_id, self._before) for client_id in ids)
        page.formula(row, self._last_year, rest(self._last_year), before / 100, **look)
        now = sum(self._sum(client_id, self._year) for client_id in ids)
        self._across(row, now, before, look)
