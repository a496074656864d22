"""A data sheet: one table from the first row on, with a filter, frozen headings and named columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from acctdesk.i18n import Message
from acctdesk.reports.page import Page

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
    line = FIRST
    for row in rows:
        for place, (column, value) in enumerate(zip(columns, values(row, line), strict=True)):
            _write(page, line, place, column.shown, value)
        line += 1
        book.step()
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
