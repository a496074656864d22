"""A chart's numbers as a table: ready-made texts, the first column words, the rest figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from acctdesk.charts.words import ChartTable

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class FiguresTableModel(QAbstractTableModel):
    """Shows a ChartTable."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()

    def set_table(self, table: ChartTable) -> None:
        """Show other numbers."""
        self.beginResetModel()
        self._headings, self._rows = table.headings, table.rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many months."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a text or its side."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a heading or its side."""
        across = orientation == Qt.Orientation.Horizontal
        if not across or not 0 <= section < len(self._headings):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
