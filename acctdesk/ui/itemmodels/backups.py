"""The backups of a book, one a line: when, how big, and before what it was made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.services.keeping import BackupRow

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_HEADINGS = (msg("Backups", "Made on"), msg("Backups", "What for"), msg("Backups", "Size"))
_REASONS = {
    "": msg("Backups", "everyday backup"),
    "before-update": msg("Backups", "before a new format"),
    "before-import": msg("Backups", "before an import"),
}


def size_words(count: int) -> Message:
    """Return a number of bytes as KB or MB."""
    if count < 1_000_000:
        return msg("Backups", "{n} KB", n=formats.number(max(1, count / 1000)))
    return msg("Backups", "{n} MB", n=formats.number(count / 1_000_000, 1))


class BackupsModel(QAbstractTableModel):
    """Shows BackupRow objects, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[BackupRow, ...] = ()

    def set_rows(self, rows: Sequence[BackupRow]) -> None:
        """Show other backups."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, place: int) -> BackupRow | None:
        """Return the backup in a line, None outside."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many backups."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return three."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a text or its side."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(row, index.column())
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
        if not across or not 0 <= section < len(_HEADINGS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(_HEADINGS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None

    def _words(self, row: BackupRow, column: int) -> str:
        if column == 0:
            local = row.made_at.astimezone()
            day = f"{formats.weekday_short(local.date())} {formats.date(local.date())}"
            return f"{day}, {local:%H:%M}"
        if column == 1:
            known = _REASONS.get(row.reason)
            return str(known) if known is not None else row.reason.replace("-", " ")
        return str(size_words(row.size))


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == 2 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
