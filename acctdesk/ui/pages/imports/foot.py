"""The foot of the Import page: the promise of undo, Cancel, Back, and the one filled button."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.ui.widgets.basics import Button, IconLabel, label, row
from acctdesk.ui.words import say

PROMISE = msg(
    "ImportPage", "One Ctrl+Z takes all of it back. A backup is made before anything is written."
)


class ImportFoot(QFrame):
    """Buttons whose words follow the step."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark = IconLabel("arrow-back-up", "muted", 16, self)
        self.promise = label(role="small", wrap=True)
        self.cancel = Button(msg("ImportPage", "Cancel"), look="quiet")
        self.back = Button(msg("ImportPage", "Back"))
        self.undo = Button(msg("ImportPage", "Undo import"), icon="arrow-back-up")
        self.other = Button(msg("ImportPage", "Other files…"))
        self.commit = Button(look="primary", icon="check")
        self.commit.setObjectName("commit")
        layout = row(
            self._mark, self.promise, self.cancel, self.undo, self.other, self.back, self.commit,
            margins=(0, 12, 0, 12),
        )  # fmt: skip
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_promise(self, text: Message | None) -> None:
        """Say what can be relied on."""
        self._mark.setVisible(text is not None)
        say(self.promise, text=text or "")

    def show_commit(self, text: Message | None, *, icon: str = "check", enabled: bool) -> None:
        """Show the filled button with other words, or none."""
        self.commit.setVisible(text is not None)
        if text is not None:
            say(self.commit, text=text, name=text)
            self.commit.set_icon(icon)
            self.commit.setEnabled(enabled)
