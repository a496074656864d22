"""A big choice among two or three: icon, title and a line of help; arrow keys move it."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from acctdesk.ui.icons import draw_icon
from acctdesk.ui.painting import draw_text, focus_ring, round_rect, text_width, wrapped
from acctdesk.ui.words import Text, say, spoken

_LEFT, _MARK, _RIGHT = 50, 44, 16  # px before the words, for the mark, after the help
_LINE = 18


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
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        say(self, text=title, name=title, description=help_line)

    def sizeHint(self) -> QSize:
        """Return the room for a title and two lines of help, or for a title alone."""
        return QSize(max(220, self.minimumSizeHint().width()), 88 if self._help else 64)

    def minimumSizeHint(self) -> QSize:
        """Return the room of the title."""
        wide = math.ceil(text_width(self.text(), 14, 600)) + _LEFT + _MARK
        return QSize(max(180, wide), 88 if self._help else 64)

    def heightForWidth(self, width: int) -> int:
        """Return the height that the help needs."""
        return max(self.sizeHint().height(), 52 + _LINE * len(self._lines(width)))

    def changeEvent(self, event: QEvent) -> None:
        """Measure again where the words changed."""
        self.updateGeometry()
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
        words = QRectF(_LEFT, top, box.width() - _LEFT - _MARK, 24)
        draw_text(painter, words, self.text(), px=14, weight=600)
        mark = QRectF(box.width() - 36, top + 2, 20, 20)
        draw_icon(painter, "circle-check" if on else "circle", mark, "accent" if on else "control")
        for number, line in enumerate(self._lines(self.width())):
            place = QRectF(_LEFT, top + 26 + _LINE * number, box.width() - _LEFT, _LINE)
            draw_text(painter, place, line, px=13, ink="text2", elide=False)
        if self.hasFocus():
            focus_ring(painter, box, 8)

    def _lines(self, width: int) -> tuple[str, ...]:
        return wrapped(spoken(self._help), width - _LEFT - _RIGHT, max_lines=9)
