"""A line of a card that paints itself: as wide as there is room, pressed and marked as a button."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from acctdesk.ui.painting import focus_ring, round_rect


class PaintedLine(QAbstractButton):
    """A button of a fixed height; who makes one paints its words between hover and focus."""

    def __init__(self, parent: QWidget, *, height: int, radius: int) -> None:
        super().__init__(parent)
        self._radius = radius
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return a width that any card has."""
        return QSize(240, self.height())

    def painter(self) -> QPainter:
        """Return what paints on the line, which is marked where the pointer is over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            round_rect(painter, QRectF(self.rect()), self._radius, fill="hover")
        return painter

    def mark_focus(self, painter: QPainter) -> None:
        """Mark the line where it has the keyboard."""
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), self._radius)
