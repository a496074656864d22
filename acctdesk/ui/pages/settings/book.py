"""The book itself: where it lies, how it is kept, its backups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.ui.pages.settings.control import Control, Facts, Prose
from acctdesk.ui.widgets.basics import Button, label, row
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


def open_folder(folder: Path) -> None:
    """Show a folder in the system's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def size_words(size: int | None) -> str:
    """Return the size of a file: 12,4 MB."""
    if size is None:
        return formats.UNKNOWN
    megabytes = size / 1_000_000
    return f"{formats.number(megabytes, 1 if megabytes < 100 else 0)}\u00a0MB"


class _WithActions(Control):
    """A control with buttons that do actions of the program, where this build has them."""

    WIDE = True

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.buttons: dict[str, Button] = {}

    def action_button(self, action: str, text: Message) -> Button:
        """Return a button for an action; hidden where nobody handles it."""
        button = Button(text, look="small")
        button.setObjectName(action)
        button.clicked.connect(self._trigger)
        self.buttons[action] = button
        return button

    def show_facts(self, facts: Facts) -> None:
        """Show the buttons of what is possible."""
        actions = self.context.actions
        for action, button in self.buttons.items():
            button.setVisible(action in actions)
            button.setEnabled(action in actions and actions[action].isEnabled())

    @Slot()
    def _trigger(self) -> None:
        sender = self.sender()
        if sender is not None and sender.objectName() in self.context.actions:
            self.context.actions[sender.objectName()].trigger()


class PlaceControl(Control):
    """The file of the book."""

    WIDE = True

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.path = ElidedLabel()
        self.weight = label(role="caption")
        self.folder = Button(msg("Settings", "Open folder"), look="small", icon="folder-open")
        say(self.folder, name=msg("Settings", "Open the book’s folder"))
        self.folder.clicked.connect(self._open)
        self.setFocusProxy(self.folder)
        line = row(self.path, self.weight, self.folder, spacing=12)
        line.setStretch(0, 1)
        self.setLayout(line)

    def show_facts(self, facts: Facts) -> None:
        """Show path and size."""
        if facts.status is not None:
            self.path.setText(str(facts.status.path))
        self.weight.setText(size_words(facts.size))

    @Slot()
    def _open(self) -> None:
        open_folder(self.context.desk.book.path.parent)


class KeyControl(_WithActions):
    """Whether the book is encrypted, and its two keys."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.chip = Chip(parent=self)
        self.hint = Prose(
            msg(
                "Settings",
                "Everybody who has the file can read it. A book is encrypted when it is made.",
            )
        )
        password = self.action_button("file.password", msg("Settings", "Change password…"))
        recovery = self.action_button("file.recovery", msg("Settings", "New recovery code…"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row(self.chip, None))
        column.addWidget(self.hint)
        column.addLayout(row(password, recovery, None))

    def show_facts(self, facts: Facts) -> None:
        """Say how the book is kept."""
        super().show_facts(facts)
        encrypted = facts.status is not None and facts.status.encrypted
        if encrypted:
            self.chip.set_status(msg("Status", "Encrypted"), "success", "shield-check")
        else:
            self.chip.set_status(msg("Status", "Not encrypted"), "warning", "shield-off")
        self.hint.setVisible(not encrypted)
        for button in self.buttons.values():
            button.setVisible(button.isVisibleTo(self) and encrypted)


class BackupControl(_WithActions):
    """The last backup, and what can be done with backups."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.last = Prose("", "body")
        now = self.action_button("file.backup", msg("Settings", "Back up now"))
        restore = self.action_button("file.restore", msg("Settings", "Restore…"))
        self.folder = Button(msg("Settings", "Open folder"), look="small", icon="folder-open")
        say(self.folder, name=msg("Settings", "Open the backups’ folder"))
        self.folder.clicked.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.last)
        column.addLayout(row(now, restore, self.folder, None))

    def show_facts(self, facts: Facts) -> None:
        """Say when the last one was made."""
        super().show_facts(facts)
        made = None if facts.status is None else facts.status.last_backup_at
        self.folder.setEnabled(self.context.desk.book.backups.is_dir())
        if made is None:
            say(self.last, text=msg("Settings", "No backup was made yet."))
            return
        local = made.astimezone()
        say(
            self.last,
            text=msg(
                "Settings",
                "The last one was made and checked on {day} at {time}.",
                day=formats.date(local.date()),
                time=formats.time(local.time()),
            ),
        )

    @Slot()
    def _open(self) -> None:
        open_folder(self.context.desk.book.backups)
