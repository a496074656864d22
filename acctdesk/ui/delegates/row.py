"""What the delegates of whole rows share."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from acctdesk.ui.itemmodels.rows import Index
from acctdesk.ui.painting import draw_text
from acctdesk.ui.theme import colour


class RowDelegate(QStyledItemDelegate):
    """Knows its view, and the row under the pointer."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.hovered = -1  # none


class LineDelegate(RowDelegate):
    """Rows of one height over a hairline; the current one stands out as a whole."""

    height = 52

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the fixed height."""
        return QSize(80, self.height)

    def ground(self, painter: QPainter, rect: QRect, index: Index, *, current: bool) -> None:
        """Paint what a cell stands on."""
        first = index.column() == 0
        if current:
            painter.fillRect(rect, colour("soft"))
            if first:
                painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), colour("accent"))
            if self._view.hasFocus():
                for y in (rect.y(), rect.bottom() - 1):
                    painter.fillRect(QRect(rect.x(), y, rect.width(), 2), colour("accent"))
            return
        if index.row() == self.hovered:
            painter.fillRect(rect, colour("hover"))
        line = colour("border")
        line.setAlpha(150)
        left = 16 if first else 0
        painter.fillRect(QRect(rect.x() + left, rect.bottom(), rect.width() - left, 1), line)

    @staticmethod
    def two_lines(
        painter: QPainter, box: QRectF, above: str, below: str, quiet: str, *, weight: int
    ) -> None:
        """Paint a line, and a smaller one under it."""
        top = box.center().y() - 18
        draw_text(painter, QRectF(box.x(), top, box.width(), 20), above, weight=weight)
        draw_text(painter, QRectF(box.x(), top + 20, box.width(), 16), below, px=12, ink=quiet)
