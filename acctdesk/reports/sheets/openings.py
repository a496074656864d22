"""Data: what each client's records before the data sheets add up to."""

from __future__ import annotations

from acctdesk.i18n import msg
from acctdesk.reports.page import Page
from acctdesk.reports.sheets.table import Column, write_table
from acctdesk.reports.workbook import Book
from acctdesk.services.pack_rows import PackOpening

TITLE = msg("Report", "Opening balances")
COLUMNS = (
    Column(msg("Report", "Client no."), "key", "opening_client"),
    Column(msg("Report", "Code")),
    Column(msg("Report", "Client")),
    Column(msg("Report", "Opening balance"), "cents", "opening_balance"),
    Column(msg("Report", "Net sales before"), "cents", "opening_net"),
    Column(msg("Report", "Net in the previous 365 days"), "cents", "opening_previous"),
    Column(msg("Report", "Invoices before"), "count", "opening_invoices"),
    Column(msg("Report", "Credit notes before"), "count", "opening_credits"),
)


def write(book: Book, page: Page) -> None:
    """Write the opening balances."""

    def values(row: PackOpening, _line: int) -> tuple[object, ...]:
        client = book.clients[row.client_id]
        return (
            row.client_id,
            client.code,
            client.name,
            row.balance_minor,
            row.net_minor,
            row.previous_365_minor,
            row.invoices,
            row.credit_notes,
        )

    rows = book.data.openings
    write_table(
        book, page, label="openings", columns=COLUMNS, rows=rows, count=len(rows), values=values
    )
