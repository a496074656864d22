"""Chips: a status in a word, and a filter to press. Painted, so that they stay round."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from acctdesk.ui import icons, painting
from acctdesk.ui.painting import ChipKind
from acctdesk.ui.words import Text, say


class Chip(QWidget):
    """A status chip, 20 px high; its word is its accessible name."""

    def __init__(
        self,
        text: Text = "",
        kind: ChipKind = "accent",
        *,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._kind: ChipKind = kind
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        say(self, text=text, name=text)

    def text(self) -> str:
        """Return the word shown."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another word."""
        self._text = text
        self.updateGeometry()
        self.update()

    def set_status(self, text: Text, kind: ChipKind, icon: str | None = None) -> None:
        """Show another status."""
        self._kind, self._icon = kind, icon
        say(self, text=text, name=text)

    def sizeHint(self) -> QSize:
        """Return the size the word needs."""
        return QSize(painting.chip_width(self._text, self._icon), painting.CHIP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the size the word needs."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = (self.height() - painting.CHIP_HEIGHT) / 2
        painting.draw_chip(
            painter, 0, y, self._text, kind=self._kind, icon=self._icon, max_width=self.width()
        )


class FilterChip(QAbstractButton):
    """A filter to switch on and off, 28 px high, with the number of records it would leave."""

    def __init__(
        self,
        text: Text,
        *,
        key: str = "",
        icon: str | None = None,
        checkable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.key = key
        self._icon = icon
        self._count: str | None = None
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        say(self, text=text, name=text)

    def set_count(self, count: str | None) -> None:
        """Show a number after the word."""
        self._count = count
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that word, icon and number need; the same on and off."""
        width = painting.text_width(self.text(), 13, 600) + 24
        if self._icon:
            width += 20 if self.text() else 12
        if self._count:
            width += painting.text_width(self._count, 12, 500) + 6
        return QSize(round(width + 0.5), painting.FILTER_CHIP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the size that the chip needs."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when words or fonts change."""
        self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip: on is soft ground, accent outline and a heavier word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        height = painting.FILTER_CHIP_HEIGHT
        place = QRectF(0, (self.height() - height) / 2, self.width(), height)
        ground = "soft" if on else ("hover" if self.underMouse() else "surface")
        painting.round_rect(
            painter, place, height / 2, fill=ground, line="accent" if on else "control"
        )
        ink = "accent" if on else "text2"
        if not self.isEnabled():
            ink = "control"
        x = 12.0
        if self._icon:
            icons.draw_icon(painter, self._icon, QRectF(x - 2, place.y() + 6, 16, 16), ink)
            x += 20
        text_place = QRectF(x, place.y(), self.width() - x - 8, height)
        weight = 600 if on else 500
        x += painting.draw_text(painter, text_place, self.text(), px=13, weight=weight, ink=ink)
        if self._count:
            count_place = QRectF(x + 6, place.y(), self.width() - x - 10, height)
            tone = "accent" if on else "muted"
            painting.draw_text(painter, count_place, self._count, px=12, weight=500, ink=tone)
        if self.hasFocus():
            painting.focus_ring(painter, place, height / 2)
