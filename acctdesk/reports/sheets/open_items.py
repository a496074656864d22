"""Data: the open invoices, old ones too; what is open is worked out from documents and receipts."""

from __future__ import annotations

from acctdesk.i18n import msg
from acctdesk.kinds import DocumentType
from acctdesk.reports.page import Page, cell
from acctdesk.reports.sheets.table import Column, write_table
from acctdesk.reports.workbook import TYPE_WORDS, Book
from acctdesk.services.pack_rows import PackOpenItem

TITLE = msg("Report", "Open items")
COLUMNS = (
    Column(msg("Report", "No."), "key"),
    Column(msg("Report", "Number")),
    Column(msg("Report", "Client no."), "key", "open_client"),
    Column(msg("Report", "Code")),
    Column(msg("Report", "Client")),
    Column(msg("Report", "Date"), "date"),
    Column(msg("Report", "Due"), "date"),
    Column(msg("Report", "Gross"), "cents"),
    Column(msg("Report", "Credited"), "cents"),
    Column(msg("Report", "Received"), "cents"),
    Column(msg("Report", "Settled earlier"), "cents"),
    Column(msg("Report", "Open"), "cents", "open_amount"),
    Column(msg("Report", "Days overdue"), "count", "open_days"),
    Column(msg("Report", "In dispute"), "cents"),
    Column(msg("Report", "Instalment"), "count", "open_part"),
    Column(msg("Report", "Instalments after it"), "cents"),
)
_KEY, _DUE, _GROSS, _CREDITED, _RECEIVED, _SETTLED = 0, 6, 7, 8, 9, 10
_LATER = 15


def write(book: Book, page: Page) -> None:
    """Write the open invoices; of those before the data sheets the gross stands as a number."""
    facts, starts_on = book.facts, book.data.starts_on
    credit = book.say(TYPE_WORDS[DocumentType.CREDIT_NOTE])

    def values(row: PackOpenItem, line: int) -> tuple[object, ...]:
        item = row.invoice
        key, due = cell(line, _KEY), cell(line, _DUE)
        gross: object = item.gross_minor
        if item.issued_on >= starts_on:
            gross = (f"=SUMIFS(doc_gross,doc_id,{key})", item.gross_minor / 100)
        credited, received = facts.credited.get(item.id, 0), facts.received.get(item.id, 0)
        rest = (
            f"MAX(0,ROUND({cell(line, _GROSS)}+{cell(line, _CREDITED)}"
            f"-{cell(line, _RECEIVED)}-{cell(line, _SETTLED)},2))"
        )
        if row.later_minor:
            rest = f"MAX(0,ROUND({rest}-{cell(line, _LATER)},2))"
        if row.most_minor is not None:  # an instalment after the first is no more than it is
            rest = f"MIN({row.most_minor / 100:.2f},{rest})"
        return (
            item.id,
            item.number,
            item.client_id,
            item.client_code,
            item.client_name,
            item.issued_on,
            item.due_on,
            gross,
            (f'=SUMIFS(doc_gross,doc_related,{key},doc_type,"{credit}")', credited / 100),
            (f"=SUMIFS(rec_amount,rec_document,{key})", received / 100),
            row.settled_elsewhere_minor,
            (f"={rest}", facts.open_of(row) / 100),
            (f"=as_of-{due}", item.days_past_due),
            item.disputed_minor,
            row.part,
            row.later_minor,
        )

    rows = book.data.open_items
    write_table(
        book, page, label="open_items", columns=COLUMNS, rows=rows, count=len(rows), values=values
    )
