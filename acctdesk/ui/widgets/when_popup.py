"""A small panel that asks for another day: three usual ones, or a day as one says it."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.text import When
from acctdesk.ui.widgets.basics import Button, label, row
from acctdesk.ui.widgets.floating import FloatingPanel
from acctdesk.ui.widgets.when_field import WhenField, chip_day
from acctdesk.ui.words import say

WIDTH = 340


def usual_days(today: dt.date) -> tuple[tuple[Message, dt.date], ...]:
    """Return tomorrow, three days on, and Monday of next week."""
    return (
        (msg("When", "Tomorrow"), today + dt.timedelta(days=1)),
        (msg("When", "In 3 days"), today + dt.timedelta(days=3)),
        (msg("When", "Next week"), today + dt.timedelta(days=7 - today.weekday())),
    )


class WhenPopup(FloatingPanel):
    """Stands at a point; ``chosen`` carries a ``When``. Esc or a press beside it closes."""

    chosen = Signal(object)

    def __init__(self, title: Message, *, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent, width=WIDTH)
        say(self, name=title)
        self.field = WhenField(today, parent=self)
        self.field.field.returnPressed.connect(self._take_typed)
        say(
            self.field.field,
            name=msg("When", "Another day"),
            placeholder=msg("When", "tomorrow 10, Tue, 15/3, +3d"),
            description=msg("When", "A day as you say it; Enter takes it."),
        )
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.buttons: list[Button] = []
        days = row(spacing=6)
        for text, day in usual_days(today):
            button = Button(text, look="small")
            say(button, tip=chip_day(When(day)))
            button.setProperty("day", day.isoformat())
            button.clicked.connect(self._take_usual)
            days.addWidget(button)
            self.buttons.append(button)
        days.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(label(title, "strong"))
        column.addWidget(self.field)
        column.addWidget(self.trouble)
        column.addLayout(days)
        self.setFocusProxy(self.field)

    @Slot()
    def _take_typed(self) -> None:
        when = self.field.when()
        if when is None:
            say(self.trouble, text=msg("When", "This day is not clear. Try 15/3 or Tue 10."))
            self.trouble.show()
            self.resize(self.width(), self.sizeHint().height())
            self.field.set_invalid(invalid=True)
            return
        self._take(when)

    @Slot()
    def _take_usual(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self._take(When(dt.date.fromisoformat(str(button.property("day")))))

    def _take(self, when: When) -> None:
        self.close()
        self.chosen.emit(when)
