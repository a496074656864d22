"""What the tabs of the Targets page share: a figure in a card, and what is said in failure."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.words import say

UNREAD = msg("Targets", "The targets could not be read")


class Figure(QFrame):
    """A card with one figure: its name, the value, and one line that says what it is."""

    def __init__(self, name: Message, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.value = label(role="kpi")
        say(self.value, name=name)
        self.note = ElidedLabel(px=12, ink="muted")
        heading = ElidedLabel(px=12, weight=600, ink="muted")
        say(heading, text=name)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(12, 10, 12, 10)
        inside.setSpacing(2)
        for one in (heading, self.value, self.note):
            inside.addWidget(one)

    def show_figure(self, value: str, note: str) -> None:
        """Show a value and what is to be said of it."""
        self.value.setText(value)
        self.note.setText(note)
