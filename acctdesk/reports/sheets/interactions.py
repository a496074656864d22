"""Data: the interactions, by subject; the officer's own notes stay in the book."""

from __future__ import annotations

from acctdesk.i18n import msg
from acctdesk.reports.page import Page
from acctdesk.reports.sheets.table import Column, write_table
from acctdesk.reports.workbook import KIND_WORDS, Book
from acctdesk.services.pack_rows import PackInteraction

TITLE = msg("Report", "Interactions")
COLUMNS = (
    Column(msg("Report", "No."), "key"),
    Column(msg("Report", "Date"), "date", "int_date"),
    Column(msg("Report", "Client no."), "key", "int_client"),
    Column(msg("Report", "Code")),
    Column(msg("Report", "Client")),
    Column(msg("Report", "Kind"), "text", "int_kind"),
    Column(msg("Report", "Subject")),
    Column(msg("Report", "Contact")),
    Column(msg("Report", "Minutes"), "count"),
)


def write(book: Book, page: Page) -> None:
    """Write the interactions."""
    words = {kind: book.say(word) for kind, word in KIND_WORDS.items()}

    def values(row: PackInteraction, _line: int) -> tuple[object, ...]:
        client = book.clients[row.client_id]
        return (
            row.id,
            row.day,
            row.client_id,
            client.code,
            client.name,
            words[row.kind],
            row.subject,
            row.person,
            row.minutes,
        )

    rows = book.data.interactions
    write_table(
        book, page, label="interactions", columns=COLUMNS, rows=rows, count=len(rows), values=values
    )
