"""The field over a list that shows only what matches its words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import Message, msg
from acctdesk.ui.widgets.basics import LineEdit
from acctdesk.ui.words import say

WIDTH = 220


class FilterField(LineEdit):
    """Down and Enter go to the list, Esc empties the field. ``finds`` says what is looked at."""

    left_downwards = Signal()

    def __init__(self, finds: Message, parent: QWidget) -> None:
        super().__init__(parent)
        self.setClearButtonEnabled(True)
        self.setFixedWidth(WIDTH)
        self.returnPressed.connect(self.left_downwards)
        say(
            self,
            placeholder=msg("List", "Filter"),
            name=msg("List", "Filter the list"),
            description=msg("List", "{finds}. Down goes to the list.", finds=finds),
            tip=msg("List", "{finds} (Ctrl+F)", finds=finds),
        )

    @property
    def waits(self) -> bool:
        """The keyboard is here, and nothing is typed yet."""
        return self.window().focusWidget() is self and not self.text()

    def take_cursor(self) -> None:
        """Put the keyboard here, over what is typed."""
        self.setFocus()
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Down and Esc."""
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
