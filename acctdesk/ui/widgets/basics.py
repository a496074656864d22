"""Labels, buttons, fields and boxes as every page and dialog uses them.

Words are given as ``Message`` and follow the language; a plain ``str`` is data and is shown as
plain text. Looks come from the style sheet by a property, icons follow the theme.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from acctdesk.i18n import msg
from acctdesk.ui import icons
from acctdesk.ui.painting import draw_keys, keys_width
from acctdesk.ui.words import Text, say

Role = Literal[
    "title",
    "section",
    "strong",
    "body",
    "sub",
    "small",
    "caption",
    "captionStrong",
    "caption2",
    "field",
    "kpi",
    "accent",
    "figure",
    "captionFigure",
    "dangerStrong",
    "danger",
    "warning",
    "success",
]
Look = Literal["plain", "primary", "danger", "quiet", "small", "link", "icon", "iconQuiet"]
_INK = {"primary": "on_fill", "danger": "danger", "link": "accent", "plain": "text"}
Box = QFrame


def label(text: Text = "", role: Role = "body", *, wrap: bool = False) -> QLabel:
    """Return a label that shows plain text, whatever its data looks like."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if text:
        say(made, text=text)
    return made


class Button(QPushButton):
    """A push button with a look and an icon that follows the theme."""

    def __init__(
        self,
        text: Text = "",
        *,
        look: Look = "plain",
        icon: str | None = None,
        ink: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._ink = ink or _INK.get(look, "text2")
        self._size = 16 if look in {"small", "link"} else 18
        self.setProperty("look", look)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if text:
            say(self, text=text)
        self._draw_icon()

    def set_icon(self, name: str | None, ink: str | None = None) -> None:
        """Show another icon."""
        self._icon_name = name
        self._ink = ink or self._ink
        self._draw_icon()

    def setText(self, text: str) -> None:
        """Show other words; an icon keeps its distance from them."""
        first = bool(text) is not bool(self.text())
        super().setText(text)
        if first:
            self._draw_icon()

    def set_look(self, look: Look) -> None:
        """Change between a filled and an outlined button."""
        if self.property("look") != look:
            self.setProperty("look", look)
            self._ink = _INK.get(look, "text2")
            self.style().unpolish(self)
            self.style().polish(self)
            self._draw_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press by Enter as well as by Space, whichever button of a dialog is the default."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew in the colours of another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()
        super().changeEvent(event)

    def _draw_icon(self) -> None:
        if self._icon_name:
            air = 4 if self.text() else 0
            self.setIconSize(QSize(self._size + air, self._size))
            self.setIcon(icons.icon(self._icon_name, self._ink, self._size, air=air))


def icon_button(icon: str, name: Text, *, tip: Text | None = None, quiet: bool = True) -> Button:
    """Return a 32 px button with an icon alone: it has a name, and a tool tip that says it."""
    made = Button(look="iconQuiet" if quiet else "icon", icon=icon)
    say(made, name=name, tip=tip or name)
    return made


class IconLabel(QWidget):
    """An icon that stands in a layout and follows the theme."""

    def __init__(
        self, icon: str, ink: str = "muted", size: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._ink, self._size = icon, ink, size
        self.setFixedSize(size, size)

    def set_icon(self, icon: str, ink: str | None = None) -> None:
        """Show another icon."""
        self._icon, self._ink = icon, ink or self._ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.draw_icon(painter, self._icon, self.rect(), self._ink)


class KeyCaps(QWidget):
    """Keys as caps, e.g. Ctrl K."""

    def __init__(self, *keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setFixedSize(keys_width(keys), 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the caps."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_keys(painter, self.width(), 0, self.height(), self._keys)


class LineEdit(QLineEdit):
    """A line of text that leaves Ctrl+Z to the book when it has nothing to undo itself."""

    _clear: QAction | None = None  # our own button: Qt's does not follow the theme

    def setClearButtonEnabled(self, enable: bool) -> None:
        """Offer a button at the right end that empties the field while there is text."""
        if enable and self._clear is None:
            self._clear = QAction(self)
            self._clear.triggered.connect(self.clear)
            self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
            say(self._clear, tip=msg("Field", "Clear the field"))
            self.textChanged.connect(self._offer_clearing)
            self._draw_clear()
        self._offer_clearing()

    def clear(self) -> None:
        """Empty the field; also where its signals are blocked the button goes."""
        super().clear()
        self._offer_clearing()

    def event(self, event: QEvent) -> bool:
        """Give undo and redo away when the field has none."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the button anew in the colours of another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_clear()
        super().changeEvent(event)

    def _draw_clear(self) -> None:
        if self._clear is not None:
            self._clear.setIcon(icons.icon("x", "muted", 16))

    @Slot()
    def _offer_clearing(self) -> None:
        if self._clear is not None:
            self._clear.setVisible(bool(self.text()))


def keeps_f2(event: QEvent) -> bool:
    """Take F2 for the widget that has the focus; True where this event asked for that.

    F2 is also an action of the window, which would answer first.
    """
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    if event.key() != Qt.Key.Key_F2 or event.modifiers() != Qt.KeyboardModifier.NoModifier:
        return False
    event.accept()
    return True


def mark_invalid(field: QWidget, *, invalid: bool) -> None:
    """Show a field as not understood (the reason stands beside it in words)."""
    if bool(field.property("invalid")) is not invalid:
        field.setProperty("invalid", invalid)
        field.style().unpolish(field)
        field.style().polish(field)


def box(
    name: str = "card",
    *,
    margins: tuple[int, int, int, int] = (16, 16, 16, 16),
    spacing: int = 8,
    horizontal: bool = False,
    parent: QWidget | None = None,
) -> tuple[QFrame, QBoxLayout]:
    """Return a frame of the style sheet (card, pane, foot, rail, …) and its layout."""
    frame = QFrame(parent)
    frame.setObjectName(name)
    layout: QBoxLayout = QHBoxLayout(frame) if horizontal else QVBoxLayout(frame)
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return frame, layout


def row(
    *items: QWidget | QLayout | int | None,
    spacing: int = 8,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> QHBoxLayout:
    """Return a horizontal layout; None stretches, a number is a gap in px."""
    layout = QHBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def column(
    *items: QWidget | QLayout | int | None,
    spacing: int = 8,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> QVBoxLayout:
    """Return a vertical layout; None stretches, a number is a gap in px."""
    layout = QVBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def _fill(
    layout: QBoxLayout,
    items: tuple[QWidget | QLayout | int | None, ...],
    spacing: int,
    margins: tuple[int, int, int, int],
) -> None:
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)


def hairline(*, vertical: bool = False) -> QFrame:
    """Return a line of one pixel."""
    line = QFrame()
    line.setObjectName("hairline")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def labelled(text: Text, field: QWidget, *, hint: QWidget | None = None) -> QVBoxLayout:
    """Return a field under its label, 4 px apart; the label is the field's name."""
    head = label(text, "field")
    head.setBuddy(field)
    say(field, name=text)
    return column(head, field, *([hint] if hint else []), spacing=4)
