"""A calm sentence above the page that stays while it is true, with what can be done about it."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from acctdesk.ui.widgets.basics import Button, IconLabel, column, label, row
from acctdesk.ui.words import Text, say

BESIDE = 720  # px; a narrower strip has its buttons under the words


class Banner(QFrame):
    """A strip between the top bar and the page; ``warns`` says that something is not as it was."""

    def __init__(self, icon: str, *, warns: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bannerWarning" if warns else "banner")
        self.words = label("", "strong", wrap=True)
        self.detail = label("", "small", wrap=True)
        self._buttons = row(None, spacing=8)
        mark = column(2, IconLabel(icon, "warning" if warns else "info", 20), None, spacing=0)
        said = row(mark, column(self.words, self.detail, spacing=2), spacing=12)
        said.setStretch(1, 1)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(24, 10, 24, 10)
        self._across.setSpacing(12)
        self._across.addLayout(said, 1)
        self._across.addLayout(self._buttons)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons beside the words, or under them where it is narrow."""
        super().resizeEvent(event)
        beside = self.width() >= BESIDE
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._across.setDirection(across if beside else down)
        self._buttons.setContentsMargins(0 if beside else 32, 0, 0, 0)

    def add_button(self, text: Text, *, icon: str | None = None) -> Button:
        """Return a new small button at the right end."""
        button = Button(text, look="small", icon=icon)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def tell(self, words: Text, detail: Text) -> None:
        """Say what is so, and what is safe; once said, it stays."""
        new = self.isHidden()
        say(self.words, text=words)
        say(self.detail, text=detail)
        say(self, name=words, description=detail)
        self.show()
        if new:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
