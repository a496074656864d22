"""A small panel that asks why a line of Today is dismissed: a usual reason, or own words."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.text import clean
from acctdesk.ui.widgets.basics import Button, LineEdit, label, row
from acctdesk.ui.widgets.floating import FloatingPanel
from acctdesk.ui.words import say

WIDTH = 380
REASONS: tuple[Message, ...] = (
    msg("Today", "It is done already"),
    msg("Today", "Not worth it"),
    msg("Today", "Somebody else sees to it"),
    msg("Today", "The client wants it so"),
)


class ReasonPopup(FloatingPanel):
    """Stands at a point; ``chosen`` carries the reason. Esc or a press beside it closes."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, width=WIDTH)
        title = msg("Today", "Dismiss this line")
        say(self, name=title)
        self.field = LineEdit(self)
        self.field.setMaxLength(300)
        self.field.returnPressed.connect(self._take_typed)
        say(
            self.field,
            name=msg("Today", "Why it is dismissed"),
            placeholder=msg("Today", "Why, in your own words"),
            description=msg("Today", "Enter dismisses the line for this reason."),
        )
        self.buttons = [Button(reason, look="small") for reason in REASONS]
        for button in self.buttons:
            button.clicked.connect(self._take_usual)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(label(title, "strong"))
        told = msg("Today", "It does not come again; “Dismissed lines” brings it back.")
        column.addWidget(label(told, "caption", wrap=True))
        column.addWidget(self.field)
        for start in (0, 2):
            column.addLayout(row(*self.buttons[start : start + 2], None, spacing=6))
        self.setFocusProxy(self.field)

    @Slot()
    def _take_typed(self) -> None:
        reason = clean(self.field.text())
        if reason:
            self._take(reason)

    @Slot()
    def _take_usual(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self._take(button.text())

    def _take(self, reason: str) -> None:
        self.close()
        self.chosen.emit(reason)
