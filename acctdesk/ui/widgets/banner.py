"""A calm sentence above the page that stays while it is true, with what can be done about it."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QWidget

from acctdesk.ui.widgets.basics import Button, IconLabel, column, label, row
from acctdesk.ui.words import Text, say


class Banner(QFrame):
    """A strip between the top bar and the page; ``warns`` says that something is not as it was."""

    def __init__(self, icon: str, *, warns: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bannerWarning" if warns else "banner")
        self.words = label("", "strong", wrap=True)
        self.detail = label("", "small", wrap=True)
        self._buttons = row(spacing=8)
        mark = column(2, IconLabel(icon, "warning" if warns else "info", 20), None, spacing=0)
        said = column(self.words, self.detail, spacing=2)
        across = row(mark, said, self._buttons, spacing=12, margins=(24, 10, 24, 10))
        across.setStretch(1, 1)
        self.setLayout(across)
        self.hide()

    def add_button(self, text: Text, *, icon: str | None = None) -> Button:
        """Return a new small button at the right end."""
        button = Button(text, look="small", icon=icon)
        self._buttons.addWidget(button)
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
