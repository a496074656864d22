"""A big choice among two or three: icon, title and a line of help; arrow keys move it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from acctdesk.ui.icons import draw_icon
from acctdesk.ui.painting import draw_paragraph, draw_text, focus_ring, round_rect
from acctdesk.ui.words import Text, say, spoken

_LINES = 2


class ChoiceCard(QAbstractButton):
    """One of the choices in a parent: of siblings exactly one is taken."""

    def __init__(
        self, icon: str, title: Text, help_line: Text = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._help = icon, help_line
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        say(self, text=title, name=title, description=help_line)

    def sizeHint(self) -> QSize:
        """Return the room for a title and two lines of help, or for a title alone."""
        return QSize(220, 88 if self._help else 64)

    def minimumSizeHint(self) -> QSize:
        """Return the least room."""
        return QSize(180, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Repaint in other colours."""
        self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card; the one taken has a soft ground, an accent frame and a mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, on = QRectF(self.rect()), self.isChecked()
        fill = "soft" if on else "hover" if self.underMouse() else "surface"
        round_rect(painter, box, 8, fill=fill, line="accent" if on else "control")
        top = 12.0 if self._help else (box.height() - 24) / 2
        draw_icon(painter, self._icon, QRectF(16, top + 1, 22, 22), "accent" if on else "text2")
        words = QRectF(50, top, box.width() - 50 - 44, 24)
        draw_text(painter, words, self.text(), px=14, weight=600)
        mark = QRectF(box.width() - 36, top + 2, 20, 20)
        draw_icon(painter, "circle-check" if on else "circle", mark, "accent" if on else "control")
        if self._help:
            lines = QRectF(50, top + 26, box.width() - 50 - 16, 36)
            draw_paragraph(
                painter,
                lines,
                spoken(self._help),
                line_height=18,
                ink="text2",
                max_lines=_LINES,
            )
        if self.hasFocus():
            focus_ring(painter, box, 8)
