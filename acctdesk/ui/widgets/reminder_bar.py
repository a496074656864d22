"""A reminder at the foot of the window: it stays until it is opened, done, snoozed or closed."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.ui.widgets.basics import Button, IconLabel, icon_button, label, row
from acctdesk.ui.words import say

WIDTH = 400
ABOVE = 88  # px from the foot of the window: a toast has room below


class ReminderBar(QFrame):
    """Says one reminder; who owns it says which."""

    opened = Signal()
    done = Signal()
    snoozed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("floating")
        self._before: QWidget | None = None  # where the keyboard was before F6
        self._followed: QWindow | None = None  # whose keyboard is followed
        self.words = label("", "strong", wrap=True)
        self.detail = label("", "caption2", wrap=True)
        self.close_button = icon_button("x", msg("Reminder", "Close the reminder"))
        self.open_button = Button(msg("Reminder", "Open"), look="small")
        self.done_button = Button(msg("Reminder", "Done"), look="small", icon="check")
        self.snooze_button = Button(
            msg("Reminder", "In 10 minutes"), look="small", icon="clock-pause"
        )
        for button, signal in (
            (self.open_button, self.opened),
            (self.done_button, self.done),
            (self.snooze_button, self.snoozed),
            (self.close_button, self.closed),
        ):
            button.clicked.connect(signal)
        icon = IconLabel("clock", "warning", 20)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 8, 12)
        column.setSpacing(4)
        head = row(icon, self.words, self.close_button, spacing=10)
        head.setStretch(1, 1)
        head.setAlignment(icon, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        column.addLayout(row(30, self.detail, spacing=0))
        column.addSpacing(4)
        column.addLayout(
            row(30, self.open_button, 6, self.done_button, 6, self.snooze_button, None, spacing=0)
        )
        parent.installEventFilter(self)
        self.hide()

    def show_words(self, words: Message, detail: Message) -> None:
        """Show a reminder."""
        say(self.words, text=words)
        say(self.detail, text=detail)
        say(self, name=words, description=detail)
        self.show()
        self.raise_()
        self.place()
        handle = self.window().windowHandle()
        if handle is not None and handle is not self._followed:
            self._followed = handle
            handle.focusObjectChanged.connect(self._follow)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def place(self) -> None:
        """Stand above the foot of the window at the right; at the left where it would hide
        what has the keyboard."""
        parent = self.parentWidget()
        layout = self.layout()
        if parent is None or layout is None:
            return
        least = layout.totalMinimumSize()
        wide = max(WIDTH, least.width())
        high = max(layout.totalHeightForWidth(wide), least.height())
        self.resize(wide, high)
        top = max(0, parent.height() - high - ABOVE)
        self.move(parent.width() - wide - 24, top)
        if self._covers(parent.window().focusWidget()):
            self.move(24, top)

    def _covers(self, held: QWidget | None) -> bool:
        """Tell whether a button or a field with the keyboard stands behind this bar."""
        parent = self.parentWidget()
        if parent is None or held is None or held.height() > self.height():
            return False
        if not parent.isAncestorOf(held) or self.isAncestorOf(held):
            return False
        place = QRect(held.mapTo(parent, QPoint(0, 0)), held.size())
        return place.intersects(self.geometry())

    @Slot(QObject)
    def _follow(self, _held: QObject | None) -> None:
        if not self.isHidden():
            self.place()

    def take_focus(self) -> bool:
        """Put the keyboard on the first button; False where nothing is shown."""
        if self.isHidden():
            return False
        held = self.window().focusWidget()
        if held is not None and not self.isAncestorOf(held):
            self._before = held
        self.open_button.setFocus()
        return True

    def dismiss(self) -> None:
        """Take the bar away; the keyboard goes back where it was."""
        held = self.window().focusWidget()
        before, self._before = self._before, None
        inside = held is not None and self.isAncestorOf(held)
        if inside and before is not None and shiboken6.isValid(before):
            before.setFocus()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.place()
        return False
