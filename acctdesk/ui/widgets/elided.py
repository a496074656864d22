"""One line of data that may be too long: cut with an ellipsis, whole in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from acctdesk.ui.painting import Align, draw_text, text_width
from acctdesk.ui.words import plain_tip


class ElidedLabel(QWidget):
    """One line of data that may be too long: cut with an ellipsis, whole in the tooltip."""

    def __init__(
        self,
        *,
        px: int = 14,
        weight: int = 400,
        ink: str = "text",
        align: Align = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._px, self._weight, self._ink, self._align = px, weight, ink, align
        self._high = px + 8
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setProperty("elides", True)

    def setText(self, text: str) -> None:
        """Show a line; plain text, never markup."""
        self._text = text
        self.setAccessibleName(text)
        self._tip()
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the whole line."""
        return self._text

    def set_px(self, px: int) -> None:
        """Use another size of text, in px; the line keeps its height."""
        if px != self._px:
            self._px = px
            self._tip()
            self.updateGeometry()
            self.update()

    def set_ink(self, ink: str) -> None:
        """Use another token for the text."""
        self._ink = ink
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the whole line."""
        return QSize(round(text_width(self._text, self._px, self._weight)) + 2, self._high)

    def minimumSizeHint(self) -> QSize:
        """Return a size that may be elided."""
        return QSize(min(40, self.sizeHint().width()), self._high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the tooltip only where something is cut."""
        super().resizeEvent(event)
        self._tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        draw_text(
            painter,
            QRectF(self.rect()),
            self._text,
            px=self._px,
            weight=self._weight,
            ink=self._ink,
            align=self._align,
        )

    def _tip(self) -> None:
        cut = text_width(self._text, self._px, self._weight) > self.width() + 0.5
        self.setToolTip(plain_tip(self._text) if cut else "")
