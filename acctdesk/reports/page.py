"""Writing one sheet: cells by row and column, widths that fit, print set-up, what was cleaned."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.reports.cells import Note, fit_text, line_count, shown_width

if TYPE_CHECKING:
    from acctdesk.reports.plain_book import PlainBook

FIRST_DAY = dt.date(1900, 3, 1)  # before it the two calendars of spreadsheets disagree
_LARGEST = 10**15  # minor units beyond which a cell's number is no longer exact
_MOST_WIDE = 46.0


class Page:
    """One sheet of the workbook. Rows and columns count from 0."""

    def __init__(self, book: PlainBook, name: str, sheet: Any) -> None:
        self.book = book
        self.name = name
        self.sheet = sheet
        self._widths: dict[int, float] = {}
        self._headings: list[tuple[int, int, str]] = []

    # ---- cells

    def text(
        self, row: int, column: int, value: str | Message | None, style: str = "text", **look: Any
    ) -> None:
        """Write text as text, whatever sign it begins with."""
        cell_format = self.book.format(style, **look)
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, cell_format)
            return
        shown = self.book.say(value) if isinstance(value, Message) else value
        shown, done = fit_text(shown)
        if done is not None:
            self.note(row, column, done)
        self.sheet.write_string(row, column, shown, cell_format)
        if style in ("text", "heading_data", "muted", "date"):
            self.widen(column, shown, bold=bool(look.get("bold")))

    def heading(self, row: int, column: int, value: str | Message, *, right: bool = True) -> None:
        """Write a column's heading; it may wrap at spaces, never inside a word."""
        self.text(row, column, value, "heading_right" if right else "heading")
        shown = self.book.say(value) if isinstance(value, Message) else value
        longest = max(shown.split(), key=len, default="")
        self.widen(column, longest, bold=True)
        self._headings.append((row, column, shown))

    def money(
        self, row: int, column: int, minor: int | None, style: str = "money", **look: Any
    ) -> None:
        """Write minor units as a number of the currency; unknown stays empty."""
        cell_format = self.book.format(style, **look)
        if minor is None:
            self.sheet.write_blank(row, column, None, cell_format)
            return
        self.note_large(row, column, minor)
        self.sheet.write_number(row, column, minor / 100, cell_format)
        self.widen(
            column, formats.amount(minor, cents=style == "cents"), bold=bool(look.get("bold"))
        )

    def number(
        self, row: int, column: int, value: float | None, style: str = "number", **look: Any
    ) -> None:
        """Write a number; unknown stays empty."""
        cell_format = self.book.format(style, **look)
        if value is None:
            self.sheet.write_blank(row, column, None, cell_format)
        else:
            self.sheet.write_number(row, column, value, cell_format)
            self.widen(column, f"{value:,.0f}")

    def date(
        self, row: int, column: int, day: dt.date | None, style: str = "date", **look: Any
    ) -> None:
        """Write a real date; one that a spreadsheet does not know is text with a note."""
        if day is None:
            self.sheet.write_blank(row, column, None, self.book.format(style, **look))
        elif day < FIRST_DAY:
            self.note_early(row, column, day)
            self.text(row, column, formats.date(day), "date", **look)
        else:
            instant = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a cell's day
            self.sheet.write_datetime(row, column, instant, self.book.format(style, **look))
            self.widen(column, "00/00/0000")

    def formula(
        self,
        row: int,
        column: int,
        formula: str,
        cached: float | str | None,
        style: str = "money",
        **look: Any,
    ) -> None:
        """Write a formula with the value that a preview shows; an unknown value is empty text."""
        value = "" if cached is None else cached
        self.sheet.write_formula(row, column, formula, self.book.format(style, **look), value)
        if isinstance(value, int | float):
            digits = 2 if style in ("cents", "days") else 0
            text = "+00.0%" if style in ("share", "change") else f"{value:,.{digits}f}"
            self.widen(column, text if style != "gain" else f"+{text}", bold=bool(look.get("bold")))

    def across(
        self, row: int, first: int, last: int, value: str | Message, style: str, **look: Any
    ) -> None:
        """Write text over several columns of one row; it widens none of them."""
        cells = self.book.format(style, **look)
        shown = self.book.say(value) if isinstance(value, Message) else value
        shown, done = fit_text(shown)
        if done is not None:
            self.note(row, first, done)
        self.sheet.merge_range(row, first, row, last, "", cells)
        self.sheet.write_string(row, first, shown, cells)

    def note(self, row: int, column: int, what: Message) -> None:
        """Remember that a cell does not hold quite what the book holds."""
        self.book.notes.append(Note(self.name, cell(row, column), what))

    def note_large(self, row: int, column: int, minor: int) -> None:
        """Remember an amount in minor units that a cell's number does not hold exactly."""
        if abs(minor) >= _LARGEST:
            what = msg(
                "Report",
                "The amount {amount} has more digits than a cell keeps exactly.",
                amount=formats.amount(minor),
            )
            self.note(row, column, what)

    def note_early(self, row: int, column: int, day: dt.date) -> None:
        """Remember a date that stands as text."""
        what = msg(
            "Report",
            "The date {day} is too early for a spreadsheet and stands as text.",
            day=formats.date(day),
        )
        self.note(row, column, what)

    # ---- names

    def ref(self, row: int, column: int) -> str:
        """Return the absolute reference of a cell, with the sheet's name."""
        return f"'{self.name}'!{cell(row, column, absolute=True)}"

    def span(self, first: int, last: int, column: int) -> str:
        """Return the absolute reference of a part of a column, with the sheet's name."""
        return f"'{self.name}'!{cell(first, column, absolute=True)}:{cell(last, column, absolute=True)}"

    def define(self, name: str, reference: str) -> None:
        """Give a cell or a column a name that formulas use."""
        self.book.workbook.define_name(name, f"={reference}")

    # ---- look

    def widen(self, column: int, text: str, *, bold: bool = False) -> None:
        """Make a column at least as wide as ``text`` needs."""
        now = self._widths.get(column, 0.0)
        if now >= _MOST_WIDE or len(text) * 1.6 + 2 <= now:
            return  # wide enough, whatever its letters are
        self._widths[column] = max(now, min(_MOST_WIDE, shown_width(text, bold=bold) + 2))

    def width(self, column: int) -> float:
        """Return a column's width in digits."""
        return self._widths.get(column, 8.43)

    def pixels(self, first: int, last: int) -> int:
        """Return how wide a run of columns is on a screen."""
        return sum(round(self.width(column) * 7 + 5) for column in range(first, last + 1))

    def fix(self, column: int, width: float) -> None:
        """Set a column's width, whatever stands in it."""
        self._widths[column] = width

    def within(self, column: int, least: float, most: float) -> None:
        """Keep a column's width between two; what is longer must shrink or wrap."""
        self._widths[column] = min(most, max(least, self.width(column)))

    def finish(
        self,
        *,
        landscape: bool,
        repeat: tuple[int, int] | None,
        data: bool = False,
        whole: bool = False,
    ) -> None:
        """Set widths and print: A4, one page wide, headings repeated, page x of y.

        ``whole`` puts the sheet on one page.
        """
        for column, width in self._widths.items():
            self.sheet.set_column(column, column, width)
        sheet = self.sheet
        lines: dict[int, int] = {}
        for row, column, heading in self._headings:
            # headings are smaller than the font that widths are counted in
            needed = line_count(heading, self.width(column) - 1, bold=True)
            lines[row] = max(lines.get(row, 1), needed)
        for row, count in lines.items():
            sheet.set_row(row, 5 + 12.5 * count)
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.65)
        sheet.fit_to_pages(1, int(whole))
        if landscape:
            sheet.set_landscape()
        if repeat is not None:
            sheet.repeat_rows(*repeat)
        if not data:
            sheet.hide_gridlines(2)
            sheet.center_horizontally()
        company = _escaped(self.book.company)[:80]
        period = _escaped(self.book.say(self.book.period_name))[:80]
        font = '&"Arial,Regular"&8'
        sheet.set_header(f"&L{font} {company}&R{font} {period}", {"margin": 0.35})
        page = self.book.say(msg("Report", "Page {page} of {pages}", page="&P", pages="&N"))
        sheet.set_footer(f"&L{font} {_escaped(self.name)}&R{font} {page}", {"margin": 0.3})


def _escaped(text: str) -> str:
    return fit_text(text)[0].replace("\n", " ").replace("&", "&&")


def cell(row: int, column: int, *, absolute: bool = False) -> str:
    """Return a cell's name: ``B3``, or ``$B$3``."""
    letters = column_letters(column)
    return f"${letters}${row + 1}" if absolute else f"{letters}{row + 1}"


def column_letters(column: int) -> str:
    """Return the letters of a column that counts from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
