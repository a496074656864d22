"""What stands above every page while it is so: only read, the clock went back, a synced folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.services import places
from acctdesk.ui import settings as remembered
from acctdesk.ui.choosing import choose_folder
from acctdesk.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from acctdesk.errors import Halted
    from acctdesk.services.desk import BookStatus
    from acctdesk.ui.context import Context

BEHIND = dt.timedelta(hours=1)  # a clock may be set right by a little


class Banners(QObject):
    """The banners of one window; ``strip`` holds them."""

    again_wanted = Signal()  # shut the book and open it again, with everything typed kept

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.strip = QWidget(parent)
        self.halt = Banner("alert-triangle", warns=True)
        self.copy = self.halt.add_button(
            msg("Banner", "Save a copy elsewhere…"), icon="file-download"
        )
        self.again = self.halt.add_button(msg("Banner", "Try again"), icon="refresh")
        self.copy.clicked.connect(self.choose_folder)
        self.again.clicked.connect(self.again_wanted)
        self.clock = Banner("clock", warns=True)
        self.synced = Banner("alert-triangle", warns=True)
        move = self.synced.add_button(msg("Banner", "Move…"), icon="folder")
        leave = self.synced.add_button(msg("Banner", "Leave it there"))
        move.clicked.connect(context.actions["file.move_book"].trigger)
        leave.clicked.connect(self._leave_synced)
        down = QVBoxLayout(self.strip)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.halt)
        down.addWidget(self.clock)
        down.addWidget(self.synced)

    def show_status(self, status: BookStatus) -> None:
        """Show what is true of the book now."""
        if status.halted is None:
            self.halt.hide()
        else:
            self.halt.tell(status.halted.message, self._detail(status.halted, status.saved_at))
        now, changed = status.asked_at, status.changed_at
        if changed is None or changed - now < BEHIND:
            self.clock.hide()
        else:
            self.clock.tell(
                msg(
                    "Banner",
                    "The clock of this laptop went back: it is {now}, the last change was on "
                    "{then}.",
                    now=_moment(now),
                    then=_moment(changed),
                ),
                msg(
                    "Banner",
                    "Set the date and time right: what is due, reminders and new entries follow "
                    "them. Nothing is lost, and every change keeps its place.",
                ),
            )

        program = places.synced_by(status.path)
        left = self._context.settings.get(remembered.LEFT_SYNCED) == str(status.path)
        if program is None or left:
            self.synced.hide()
        else:
            self.synced.tell(
                msg(
                    "Banner",
                    "{program} copies this folder to its servers and may damage the book.",
                    program=program,
                ),
                msg(
                    "Banner",
                    "Move it to a folder that stays on this computer. Backups may lie anywhere.",
                ),
            )

    @Slot()
    def _leave_synced(self) -> None:
        self._context.settings.set(remembered.LEFT_SYNCED, str(self._context.book))
        self.synced.hide()

    def _detail(self, halted: Halted, saved_at: dt.datetime | None) -> Message:
        if saved_at is None:
            return halted.remedy
        local = saved_at.astimezone()
        when = f"{local:%H:%M}" if local.date() == self._context.today() else _moment(saved_at)
        return msg(
            "Banner", "Nothing more is written. Everything up to {when} is saved.", when=when
        )

    # -- a copy elsewhere

    @Slot()
    def choose_folder(self) -> None:
        """Ask where a copy of the book is to go."""
        title = msg("Banner", "Where the copy will lie")
        choose_folder(self.strip.window(), title, Path.home(), self.save_copy)

    @Slot(str)
    def save_copy(self, folder: str) -> None:
        """Save a verified copy of the book in ``folder``, as a backup that can be restored."""
        desk = self._context.desk
        self._context.settings.set(remembered.LAST_FOLDER, folder)
        self._context.runner.long(
            msg("Banner", "Saving a copy"),
            lambda _progress, _cancelled: desk.backup(Path(folder)),
            on_done=self._copied,
        )

    def _copied(self, file: Path) -> None:
        self._context.messages.say(
            msg(
                "Banner",
                "Saved and checked: {name}. Restore it where it can be written to.",
                name=file.name,
            )
        )


def _moment(instant: dt.datetime) -> str:
    local = instant.astimezone()
    return f"{formats.date(local.date())} {local:%H:%M}"
