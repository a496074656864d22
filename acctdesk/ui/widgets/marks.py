"""Small painted widgets: status chips, icons, key caps, one line that elides, a hairline.

They ask for colours at paint time, so a change of theme needs nothing but a repaint.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from acctdesk.ui import icons
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.painting import (
    CHIP_HEIGHT,
    Align,
    ChipKind,
    chip_width,
    draw_chip,
    draw_keys,
    draw_text,
    keys_width,
    text_width,
)
from acctdesk.ui.words import Text, plain_tip, say, spoken


class StatusChip(QWidget):
    """A chip that states something; its words are its accessible name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._kind, self._icon = "", "accent", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_text(self, text: str, kind: ChipKind = "accent", icon: str = "") -> None:
        """Show these words; empty ones hide the chip."""
        self._text, self._kind, self._icon = text, kind, icon
        self.setAccessibleName(text)
        self.setFixedSize(self.sizeHint())
        self.setVisible(bool(text))
        self.update()

    def text(self) -> str:
        """Return the words shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """Return the size of the words."""
        return QSize(chip_width(self._text, self._icon or None), CHIP_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kind: ChipKind = self._kind  # type: ignore[assignment]
        draw_chip(painter, 0, 0, self._text, kind=kind, icon=self._icon or None)


class IconMark(QWidget):
    """An icon that only decorates: the words beside it say the same."""

    def __init__(
        self, name: str, ink: str = "muted", size: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._ink = name, ink
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, ink: str) -> None:
        """Show another icon."""
        self._name, self._ink = name, ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_icon(painter, self._name, QRectF(self.rect()), self._ink)


class KeyCap(QWidget):
    """A key that does the same as what stands beside it."""

    def __init__(self, *keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setFixedSize(keys_width(keys), CHIP_HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the caps."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_keys(painter, self.width(), 0, self.height(), self._keys)


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
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

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

    def set_ink(self, ink: str) -> None:
        """Use another token for the text."""
        self._ink = ink
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the whole line."""
        return QSize(round(text_width(self._text, self._px, self._weight)) + 2, self._px + 8)

    def minimumSizeHint(self) -> QSize:
        """Return a size that may be elided."""
        return QSize(min(40, self.sizeHint().width()), self._px + 8)

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


class IconButton(QPushButton):
    """A button with an icon that follows the theme. ``look`` is a look of the style sheet."""

    def __init__(
        self,
        name: str,
        *,
        look: str = "iconQuiet",
        ink: str = "text2",
        size: int = 18,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._ink, self._size = name, ink, size
        self.setProperty("look", look)
        self.setAutoDefault(False)
        self._dress()

    def set_words(self, text: Text, *, tip: Text = "", keys: str = "") -> None:
        """Give words: visible where the look has room, else name and tooltip."""
        if str(self.property("look")).startswith("icon"):
            shown = spoken(tip or text)
            say(self, name=text, tip=f"{shown} ({keys})" if keys else (tip or text))
        else:
            say(self, text=text, name=text, tip=tip)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another theme."""
        if event.type() == QEvent.Type.StyleChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self.setIcon(icons.icon(self._name, self._ink, self._size))
        self.setIconSize(QSize(self._size, self._size))


def hairline() -> QFrame:
    """Return a line of 1 px."""
    line = QFrame()
    line.setObjectName("hairline")
    line.setFixedHeight(1)
    return line


def label(role: str, text: Text = "", *, wrap: bool = False) -> QLabel:
    """Return a plain-text label in a role of the style sheet; a Message follows the language."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if text:
        say(made, text=text)
    return made
