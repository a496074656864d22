"""What the delegates of whole rows share."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate


class RowDelegate(QStyledItemDelegate):
    """Knows its view, and the row under the pointer."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.hovered = -1  # none
