"""A data sheet: one table from the first row on, with a filter, frozen headings and named columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

from acctdesk import formats
from acctdesk.i18n import Message
from acctdesk.reports.cells import fit_text
from acctdesk.reports.page import FIRST_DAY, Page, column_letters
from acctdesk.reports.rows import Cell, Rows

if TYPE_CHECKING:
    from acctdesk.reports.workbook import Book

Row = TypeVar("Row")
HEAD = 0  # the row of the headings
FIRST = 1  # the first row of data


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a data sheet: its heading, how its cells are shown, its name in formulas.

    ``shown`` is text, key, date, cents, count, or formula (cents that the sheet works out).
    """

    heading: Message
    shown: str = "text"
    name: str | None = None


def write_table(
    book: Book,
    page: Page,
    *,
    label: str,
    columns: tuple[Column, ...],
    rows: Iterable[Row],
    count: int,
    values: Callable[[Row, int], tuple[Any, ...]],
) -> None:
    """Write rows as a table and name its columns.

    ``values`` gives a row's cells (its second argument is the row on the sheet, from 0); a formula
    is a pair of its text and its value. An empty table keeps one empty row.
    """
    for place, column in enumerate(columns):
        page.heading(HEAD, place, column.heading, right=column.shown not in ("text", "key", "date"))
        page.widen(place, book.say(column.heading) + "  ▾", bold=True)
    _write_rows(book, page, columns, rows, values)
    last = FIRST + max(count, 1) - 1
    page.sheet.add_table(
        HEAD,
        0,
        last,
        len(columns) - 1,
        {
            "name": f"t_{label}",
            "style": "Table Style Light 1",
            "banded_rows": False,
            "columns": [
                {
                    "header": book.say(column.heading),
                    "header_format": book.format(
                        "heading" if column.shown in ("text", "key", "date") else "heading_right"
                    ),
                }
                for column in columns
            ],
        },
    )
    page.sheet.freeze_panes(FIRST, 0)
    for place, column in enumerate(columns):
        if column.name:
            page.define(column.name, page.span(FIRST, last, place))
    page.finish(landscape=True, repeat=(HEAD, HEAD), data=True)


def _write_rows(
    book: Book,
    page: Page,
    columns: tuple[Column, ...],
    rows: Iterable[Row],
    values: Callable[[Row, int], tuple[Any, ...]],
) -> None:
    """Write rows; where the first holds no formula, the others are streamed in its styles."""
    plain: _Plain | None = None
    for line, row in enumerate(rows, start=FIRST):
        found = values(row, line)
        if plain is not None:
            plain.take(line, found)
        else:
            for place, (column, value) in enumerate(zip(columns, found, strict=True)):
                _write(page, line, place, column.shown, value)
            if line == FIRST and not any(isinstance(value, tuple) for value in found):
                plain = _Plain(page, columns)
        book.step()
    if plain is not None:
        plain.finish()
        letters = [column_letters(place) for place in range(len(columns))]
        book.stream(Rows(book.pages.index(page) + 1, FIRST + 2, letters, plain.cells))


class _Plain:
    """Rows made fit for cells, and how wide they are."""

    def __init__(self, page: Page, columns: tuple[Column, ...]) -> None:
        self.cells: list[tuple[Cell, ...]] = []
        self._page = page
        self._columns = columns
        self._texts: dict[str, tuple[str, Message | None]] = {}
        self._by_column: list[set[str]] = [set() for _ in columns]
        self._most = [0.0 for _ in columns]

    def take(self, line: int, values: tuple[Any, ...]) -> None:
        """Add a row."""
        self.cells.append(
            tuple(
                None if value is None else self._fit(line, place, column.shown, value)
                for place, (column, value) in enumerate(zip(self._columns, values, strict=True))
            )
        )

    def _fit(self, line: int, place: int, shown: str, value: Any) -> Cell:
        if shown == "text":
            return self._text(line, place, value)
        if shown == "date":
            if value >= FIRST_DAY:
                return cast("dt.date", value)
            self._page.note_early(line, place, value)
            return self._text(line, place, formats.date(value))
        if shown == "cents":
            self._page.note_large(line, place, value)
            value = value / 100
        most = self._most[place]
        if value > most or -value > most:
            self._most[place] = abs(value)
        return cast("float", value)

    def _text(self, line: int, place: int, value: str) -> str:
        found = self._texts.get(value)
        if found is None:
            found = self._texts[value] = fit_text(value)
        self._by_column[place].add(found[0])
        if found[1] is not None:
            self._page.note(line, place, found[1])
        return found[0]

    def finish(self) -> None:
        """Make the columns wide enough."""
        for place, column in enumerate(self._columns):
            for text in self._by_column[place]:
                self._page.widen(place, text)
            if self._most[place]:
                digits = 2 if column.shown == "cents" else 0
                self._page.widen(place, f"{-self._most[place]:,.{digits}f}")


def _write(page: Page, line: int, place: int, shown: str, value: Any) -> None:
    if shown == "text":
        page.text(line, place, value)
    elif shown == "date":
        page.date(line, place, value)
    elif isinstance(value, tuple):
        formula, cached = value
        page.formula(line, place, formula, cached, "number" if shown == "count" else "cents")
    elif shown == "cents":
        page.money(line, place, value, "cents")
    else:
        page.number(line, place, value, "key" if shown == "key" else "number")
