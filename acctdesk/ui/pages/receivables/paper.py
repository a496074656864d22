"""The page on paper: the months, and the list that is shown."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QTextDocument

from acctdesk.charts.words import ChartTable
from acctdesk.ui.printing import text_document


def paper(
    title: str, sub: str, months: ChartTable | None, list_title: str, shown: QAbstractTableModel
) -> QTextDocument:
    """Return a document of a chart's table, where there is one, and the list under its heading."""
    chart = ""
    if months is not None:
        chart = _table(months.headings, months.rows, set(range(1, len(months.headings))))
    return text_document(
        f"<h1>{html.escape(title)}</h1><p class='muted'>{html.escape(sub)}</p>"
        + chart
        + f"<h2>{html.escape(list_title)}</h2>"
        + _list(shown, 0)
    )


def list_paper(
    title: str, sub: str, shown: QAbstractTableModel, *, first: int = 0
) -> QTextDocument:
    """Return a document of one list, from the column ``first`` on."""
    head = f"<h1>{html.escape(title)}</h1><p class='muted'>{html.escape(sub)}</p>"
    return text_document(head + _list(shown, first))


def _list(shown: QAbstractTableModel, first: int) -> str:
    across = Qt.Orientation.Horizontal
    columns = range(first, shown.columnCount())
    headings = [str(shown.headerData(column, across) or "") for column in columns]
    rows = (
        [str(shown.index(line, column).data() or "") for column in columns]
        for line in range(shown.rowCount())
    )
    right = {
        place
        for place, column in enumerate(columns)
        if int(shown.headerData(column, across, Qt.ItemDataRole.TextAlignmentRole) or 0)
        & int(Qt.AlignmentFlag.AlignRight)
    }
    return _table(headings, rows, right)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], right: set[int]) -> str:
    def cell(tag: str, column: int, text: str) -> str:
        side = ' align="right" class="num"' if column in right else ' align="left"'
        return f"<{tag}{side}>{html.escape(text)}</{tag}>"

    head = "".join(cell("th", column, text) for column, text in enumerate(headings))
    lines = "".join(
        "<tr>" + "".join(cell("td", column, text) for column, text in enumerate(line)) + "</tr>"
        for line in rows
    )
    return f'<table width="100%" cellpadding="3"><thead><tr>{head}</tr></thead>{lines}</table>'
