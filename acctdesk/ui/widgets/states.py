"""What a list shows instead of rows: nothing yet, nothing left by the filter, or a failure."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from acctdesk.i18n import Message
from acctdesk.ui.widgets.basics import Button, IconLabel, Look, label
from acctdesk.ui.words import Text, say


class StatePanel(QWidget):
    """An icon, one sentence, one line of help and at most two buttons."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(icon, "muted", 48)
        self._sentence = label(role="section", wrap=True)
        self._help = label(role="sub", wrap=True)
        for one in (self._sentence, self._help):
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        column.addWidget(self._sentence)
        column.addWidget(self._help)
        column.addSpacing(8)
        holder = QHBoxLayout()
        holder.addStretch(1)
        holder.addLayout(self._buttons)
        holder.addStretch(1)
        column.addLayout(holder)
        column.addStretch(3)

    def show_words(self, sentence: Text, help_line: Text) -> None:
        """Say what is so and what can be done."""
        say(self._sentence, text=sentence)
        say(self._help, text=help_line)
        say(self, name=sentence, description=help_line)

    def add_button(self, text: Message, *, look: Look = "plain") -> Button:
        """Add a button and return it; the caller connects it."""
        button = Button(text, look=look)
        self._buttons.addWidget(button)
        return button
