"""A chart's numbers as a table: ready-made texts, the first column words, the rest figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject

from acctdesk.ui.itemmodels.rows import Index, RowsModel

if TYPE_CHECKING:
    from acctdesk.charts.words import ChartTable

_ROOT = QModelIndex()


class FiguresTableModel(RowsModel[tuple[str, ...]]):
    """Shows a ChartTable."""

    figures = range(1, 100)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said: tuple[str, ...] = ()

    def set_table(self, table: ChartTable) -> None:
        """Show other numbers."""
        self.beginResetModel()
        self._said, self.rows = table.headings, table.rows
        self.endResetModel()

    def heading(self, column: int) -> str:
        """Return what the chart calls a column."""
        return self._said[column]

    def words(self, row: tuple[str, ...], column: int) -> str:
        """Return the ready-made text."""
        return row[column]

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns the chart has."""
        return 0 if parent.isValid() else len(self._said)
