"""Data: invoices and credit notes of this and the previous fiscal year."""

from __future__ import annotations

from acctdesk.i18n import msg
from acctdesk.reports.page import Page
from acctdesk.reports.sheets.table import Column, write_table
from acctdesk.reports.workbook import TYPE_WORDS, Book
from acctdesk.services.pack_rows import PackDocument

TITLE = msg("Report", "Documents")
COLUMNS = (
    Column(msg("Report", "No."), "key", "doc_id"),
    Column(msg("Report", "Type"), "text", "doc_type"),
    Column(msg("Report", "Number")),
    Column(msg("Report", "Date"), "date", "doc_date"),
    Column(msg("Report", "Due"), "date"),
    Column(msg("Report", "Client no."), "key", "doc_client"),
    Column(msg("Report", "Code")),
    Column(msg("Report", "Client")),
    Column(msg("Report", "Relates to no."), "key", "doc_related"),
    Column(msg("Report", "Relates to")),
    Column(msg("Report", "Net"), "cents", "doc_net"),
    Column(msg("Report", "VAT"), "cents"),
    Column(msg("Report", "Gross"), "cents", "doc_gross"),
)


def write(book: Book, page: Page) -> None:
    """Write the documents."""
    words = {kind: book.say(word) for kind, word in TYPE_WORDS.items()}

    def values(row: PackDocument, _line: int) -> tuple[object, ...]:
        client = book.clients[row.client_id]
        return (
            row.id,
            words[row.type],
            row.number,
            row.issued_on,
            row.due_on,
            row.client_id,
            client.code,
            client.name,
            row.related_id,
            row.related_number,
            row.net_minor,
            row.vat_minor,
            row.gross_minor,
        )

    rows = book.data.documents
    write_table(
        book, page, label="documents", columns=COLUMNS, rows=rows, count=len(rows), values=values
    )
