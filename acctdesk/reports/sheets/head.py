"""The two lines at the top of a report sheet."""

from __future__ import annotations

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.reports.page import Page
from acctdesk.reports.workbook import Book


def write_head(book: Book, page: Page, title: Message, basis: Message) -> None:
    """Write a report sheet's title and, below it, period, as-of date and basis."""
    page.sheet.set_row(0, 28)
    page.text(0, 0, title, "title")
    about = msg(
        "Report",
        "{period} · as of {day} · {basis}",
        period=book.period_name,
        day=formats.date(book.data.as_of),
        basis=basis,
    )
    page.text(1, 0, about, "subtitle")
