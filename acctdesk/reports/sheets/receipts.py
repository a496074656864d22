"""Data: receipts, split by the documents that they pay."""

from __future__ import annotations

from acctdesk.i18n import msg
from acctdesk.reports.page import Page
from acctdesk.reports.sheets.table import Column, write_table
from acctdesk.reports.workbook import Book
from acctdesk.services.pack_rows import PackReceiptPart

TITLE = msg("Report", "Receipts")
COLUMNS = (
    Column(msg("Report", "No."), "key"),
    Column(msg("Report", "Number")),
    Column(msg("Report", "Date"), "date"),
    Column(msg("Report", "Client no."), "key", "rec_client"),
    Column(msg("Report", "Code")),
    Column(msg("Report", "Client")),
    Column(msg("Report", "Method")),
    Column(msg("Report", "Pays no."), "key", "rec_document"),
    Column(msg("Report", "Pays document")),
    Column(msg("Report", "Amount"), "cents", "rec_amount"),
)


def write(book: Book, page: Page) -> None:
    """Write the receipts; the parts of a receipt add up to it."""

    def values(row: PackReceiptPart, _line: int) -> tuple[object, ...]:
        client = book.clients[row.client_id]
        return (
            row.receipt_id,
            row.number,
            row.received_on,
            row.client_id,
            client.code,
            client.name,
            row.method,
            row.document_id,
            row.document_number,
            row.amount_minor,
        )

    rows = book.data.receipts
    write_table(
        book, page, label="receipts", columns=COLUMNS, rows=rows, count=len(rows), values=values
    )
