"""The ground of a workbook: its language, formats, sheets, and what was cleaned."""

from __future__ import annotations

import io
from typing import Any

from acctdesk.i18n import Message
from acctdesk.kinds import Language
from acctdesk.reports import styles
from acctdesk.reports.cells import Note
from acctdesk.reports.page import Page


class PlainBook:
    """One workbook in one language, written in memory; each page says whose it is and of when."""

    def __init__(self, *, language: Language, company: str, period_name: str) -> None:
        import xlsxwriter

        self.language = language
        self.company = company
        self.period_name = period_name
        self.notes: list[Note] = []
        self.pages: list[Page] = []
        self._content = io.BytesIO()
        # in memory: the library's temporary files would lie unencrypted beside nobody's book
        self.workbook: Any = xlsxwriter.Workbook(
            self._content,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": styles.DAY,
                "default_format_properties": {"font_name": styles.FONT, "font_size": 10},
            },
        )
        self.workbook.set_calc_mode("auto")
        self._formats: dict[tuple[Any, ...], Any] = {}

    def say(self, message: Message | str) -> str:
        """Return a message in the workbook's language."""
        return message if isinstance(message, str) else message.localized(self.language)

    def page(self, name: Message) -> Page:
        """Add a sheet."""
        title = self.say(name)[:31]
        page = Page(self, title, self.workbook.add_worksheet(title))
        self.pages.append(page)
        return page

    def format(self, style: str, **look: Any) -> Any:
        """Return a cell format, made once."""
        key = (style, *sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(styles.properties(style, **look))
        return self._formats[key]

    def content(self) -> bytes:
        """Close the workbook and return it as bytes."""
        self.workbook.close()
        return self._content.getvalue()
