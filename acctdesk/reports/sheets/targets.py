"""Data: the monthly targets."""

from __future__ import annotations

from acctdesk.i18n import msg
from acctdesk.reports.page import Page
from acctdesk.reports.sheets.table import Column, write_table
from acctdesk.reports.workbook import Book
from acctdesk.services.pack_rows import PackTarget

TITLE = msg("Report", "Targets")
COLUMNS = (
    Column(msg("Report", "Month"), "date", "target_month"),
    Column(msg("Report", "Client no."), "key", "target_client"),
    Column(msg("Report", "Code")),
    Column(msg("Report", "Client")),
    Column(msg("Report", "Target"), "cents", "target_amount"),
    Column(msg("Report", "In the total (1 or 0)"), "count", "target_counts"),
)


def write(book: Book, page: Page) -> None:
    """Write the targets of the whole book and of single clients."""
    whole = book.say(msg("Report", "All clients"))

    def values(row: PackTarget, _line: int) -> tuple[object, ...]:
        client = None if row.client_id is None else book.clients.get(row.client_id)
        return (
            row.month,
            row.client_id,
            client.code if client else None,
            client.name if client else whole,
            row.amount_minor,
            int(row.counts),
        )

    rows = book.data.targets
    write_table(
        book, page, label="targets", columns=COLUMNS, rows=rows, count=len(rows), values=values
    )
