"""Sheets of A4 on the screen, painted as they will be printed: white in every theme."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPainter, QPaintEvent, QPen, QTextDocument
from PySide6.QtWidgets import QWidget

from acctdesk.ui.printing import Sheets, a4_layout
from acctdesk.ui.theme import LIGHT, colour
from acctdesk.ui.words import say

WIDTH, LEAST = 794, 480  # A4 at 96 dots an inch, and the narrowest that can be read
GAP = 12  # px between two sheets
RING = 4  # px around the sheet for the ring of the keyboard


class Paper(QWidget):
    """Shows the pages of a document below each other; arrow keys scroll the area around them.

    A screen reader hears the document's plain text.
    """

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets: Sheets | None = None
        page = a4_layout().fullRect(QPageLayout.Unit.Point)
        self._margin = a4_layout().margins(QPageLayout.Unit.Point).left()
        wide = max(LEAST, min(WIDTH, width - 2 * RING))
        self._scale = wide / page.width()
        self._sheet = QSizeF(wide, round(page.height() * self._scale))
        self._fit(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_document(self, document: QTextDocument, *, heading: str) -> None:
        """Show another document."""
        self.clear()
        self._sheets = Sheets(document, a4_layout(), heading=heading)
        self._fit(self._sheets.count)
        say(self, name=heading, description=document.toPlainText())
        self.update()

    def _fit(self, pages: int) -> None:
        high = self._sheet.height() * pages + GAP * (pages - 1)
        self.setFixedSize(round(self._sheet.width()) + 2 * RING, round(high) + 2 * RING)

    def clear(self) -> None:
        """Show an empty sheet, and let go of the document."""
        if self._sheets is not None:
            self._sheets.close()
        self._sheets = None
        self.update()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """Say that the keyboard is at the top: coming here does not scroll to the middle."""
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            return QRect(0, 0, 1, 1)
        return super().inputMethodQuery(query)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sheet, and the ring of the keyboard round it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring, line = ("accent", 2) if self.hasFocus() else ("border", 1)
        away = line / 2 + (1 if line == 2 else 0)
        for page in range(self._sheets.count if self._sheets is not None else 1):
            sheet = QRectF(QPointF(RING, RING + page * (self._sheet.height() + GAP)), self._sheet)
            painter.setPen(QPen(colour(ring), line))
            painter.drawRect(sheet.adjusted(-away, -away, away, away))
            painter.fillRect(sheet, LIGHT.surface)
            if self._sheets is not None and event.rect().intersects(sheet.toAlignedRect()):
                painter.save()
                painter.translate(sheet.topLeft())
                painter.scale(self._scale, self._scale)
                painter.translate(self._margin, self._margin)
                self._sheets.paint(painter, page)
                painter.restore()
        painter.end()
