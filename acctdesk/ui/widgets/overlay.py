"""A panel over a dimmed window, with a painted shadow: the ground of the palette."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from acctdesk.ui.theme import tokens


class Overlay(QWidget):
    """Covers its parent; ``panel`` stands on it. A press beside the panel dismisses."""

    dismissed = Signal()

    def __init__(self, parent: QWidget, *, top: int, width: int) -> None:
        super().__init__(parent)
        self._top, self._width = top, width
        self.panel = QFrame(self)
        self.panel.setObjectName("overlay")
        parent.installEventFilter(self)
        self.hide()

    def wanted_height(self) -> int:
        """Return the height that the panel would like."""
        return self.panel.sizeHint().height()

    def place(self) -> None:
        """Cover the parent and set the panel, kept 24 px inside."""
        parent = self.parentWidget()
        if parent is None:
            return
        before = self.panel.geometry()
        self.setGeometry(parent.rect())
        wide = min(self._width, self.width() - 48)
        top = min(self._top, max(24, self.height() - 480))
        high = min(self.wanted_height(), self.height() - top - 24)
        self.panel.setGeometry((self.width() - wide) // 2, top, wide, high)
        if self.panel.geometry() != before:  # the shadow; else the window below stays as it is
            self.update(self.panel.geometry().united(before).adjusted(-40, -40, 40, 40))

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Dismiss by a press beside the panel."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.dismissed.emit()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scrim and the shadow: concentric, almost clear, a little lower."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(*tokens().scrim))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(8, 12, 24, 3))
        base = QRectF(self.panel.geometry())
        for spread in range(28, 0, -2):
            edge = base.adjusted(-spread, -spread + 10, spread, spread + 10)
            painter.drawRoundedRect(edge, 12 + spread, 12 + spread)
