"""Notes: what could not be written into a cell as the book holds it. Only where there is any."""

from __future__ import annotations

from acctdesk.i18n import msg
from acctdesk.reports import styles
from acctdesk.reports.cells import Note
from acctdesk.reports.page import Page
from acctdesk.reports.sheets.head import write_head
from acctdesk.reports.workbook import Book

TITLE = msg("Report", "Notes")
_HEAD = 3


def write(book: Book, page: Page, notes: tuple[Note, ...]) -> None:
    """List the cells and what was done; the book itself is unchanged."""
    write_head(
        book, page, TITLE, msg("Report", "what a cell could not hold; the book is unchanged")
    )
    for column, heading in enumerate(
        (msg("Report", "Sheet"), msg("Report", "Cell"), msg("Report", "What was done"))
    ):
        page.heading(_HEAD, column, heading, right=False)
    look = styles.LINE
    for place, note in enumerate(notes):
        row = _HEAD + 1 + place
        page.text(row, 0, note.sheet, **look)
        page.text(row, 1, note.cell, **look)
        page.text(row, 2, note.what, **look)
    page.fix(2, 80)
    page.finish(landscape=False, repeat=(_HEAD, _HEAD))
