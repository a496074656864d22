"""Data: the clients, and how often each was in touch in the period."""

from __future__ import annotations

from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind
from acctdesk.reports.page import Page, cell
from acctdesk.reports.sheets.table import Column, write_table
from acctdesk.reports.workbook import KIND_WORDS, Book
from acctdesk.services.pack_rows import PackClient

TITLE = msg("Report", "Client list")
COLUMNS = (
    Column(msg("Report", "Client no."), "key", "cli_id"),
    Column(msg("Report", "Code")),
    Column(msg("Report", "Client")),
    Column(msg("Report", "VAT id")),
    Column(msg("Report", "City")),
    Column(msg("Report", "Segment")),
    Column(msg("Report", "Active")),
    Column(msg("Report", "Last contact"), "date"),
    Column(msg("Report", "Contacts in the period"), "count", "cli_contacts"),
    Column(msg("Report", "Visits in the period"), "count", "cli_visits"),
)
FACE_TO_FACE = (InteractionKind.VISIT, InteractionKind.MEETING)


def write(book: Book, page: Page) -> None:
    """Write the clients."""
    yes, no = book.say(msg("Report", "Yes")), book.say(msg("Report", "No"))
    inside = 'int_date,">="&period_start,int_date,"<="&period_end'
    words = [book.say(KIND_WORDS[kind]) for kind in FACE_TO_FACE]

    def values(row: PackClient, line: int) -> tuple[object, ...]:
        key = cell(line, 0)
        every = f"COUNTIFS(int_client,{key},{inside}"
        visits = "+".join(f'{every},int_kind,"{word}")' for word in words)
        return (
            row.id,
            row.code,
            row.name,
            row.vat_id,
            row.city,
            row.segment,
            yes if row.active else no,
            row.last_contact_on,
            (f"={every})", book.facts.contacts_of(row.id)),
            (f"={visits}", book.facts.contacts_of(row.id, FACE_TO_FACE)),
        )

    rows = book.data.clients
    write_table(
        book, page, label="clients", columns=COLUMNS, rows=rows, count=len(rows), values=values
    )
