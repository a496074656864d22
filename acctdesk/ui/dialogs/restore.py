"""Restore a book from a backup: choose one, see what happens to the file that is there, do it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from acctdesk import bootstrap
from acctdesk.i18n import Message, msg
from acctdesk.services import keeping
from acctdesk.ui.dialogs.start import StartDialog, heading, notice
from acctdesk.ui.widgets.backup_list import BackupChoice
from acctdesk.ui.widgets.basics import column


def put_back(file: Path, book: Path | None, folder: Path) -> Path:
    """Restore a backup over ``book``, or under its own name in ``folder``; return where it lies.

    Raises:
        UserError: not a backup, a damaged one, or the book is open; nothing was changed.
    """
    place = book or folder / keeping.name_inside(file)
    keeping.restore_backup(file, place)
    return place


def what_happens(*, is_open: bool = False) -> Message:
    """Return what restoring does to the file that is there."""
    if is_open:
        return msg(
            "Backups",
            "The window closes and opens again on the backup. The book as it is now is kept beside"
            " it under another name; nothing is deleted.",
        )
    return msg(
        "Backups",
        "A book that is there now is kept beside it under another name; nothing is deleted. The"
        " restored book opens with the password that it had then.",
    )


class RestoreDialog(StartDialog):
    """Ends with ``book_wanted``: the restored book; or, over an open one, with ``chosen``."""

    topic = "backups"
    chosen = Signal(object)  # the backup file; the open book must be closed before it is used

    def __init__(
        self,
        book: Path | None,
        parent: QWidget | None = None,
        *,
        folder: Path | None = None,
        is_open: bool = False,
    ) -> None:
        super().__init__(parent, msg("Backups", "Restore from a backup"))
        self.book, self._is_open = book, is_open
        self._folder = folder or bootstrap.books_folder()
        self.choice = BackupChoice()
        if book is not None:
            head = heading(
                "restore",
                msg("Backups", "Restore from a backup"),
                msg("Backups", "Book: {name}", name=book.name.removesuffix(".acctbook")),
            )
        else:
            head = heading(
                "restore",
                msg("Backups", "Restore from a backup"),
                msg("Backups", "Its book is put into {folder}.", folder=str(self._folder)),
            )
        page = QWidget()
        page.setLayout(
            column(
                head,
                self.choice,
                notice("info-circle", what_happens(is_open=is_open), kind=""),
                spacing=12,
            )
        )
        self.pages.add(page)
        self.leave = self.add_button(msg("Backups", "Cancel"))
        self.leave.clicked.connect(self.reject)
        self.go = self.add_button(
            msg("Backups", "Restore"), look="primary", icon="restore", default=True
        )
        self.go.clicked.connect(self.restore)
        self.choice.changed.connect(self.dress)
        self.choice.chosen.connect(self.restore)
        self.show_page(page)
        if self.choice.show_backups_of(book):
            self.choice.table.setFocus()
        else:
            self.choice.elsewhere.setFocus()

    def dress(self) -> None:
        """Allow to restore once a backup is chosen."""
        self.go.setEnabled(self.choice.file is not None and not self.working)

    @Slot()
    def restore(self) -> None:
        """Restore what is chosen, or tell it where the book is open."""
        file = self.choice.file
        if file is None or self.working:
            return
        if self._is_open:
            self.accept()
            self.chosen.emit(file)
            return
        self.begin(file)

    def begin(self, file: Path) -> None:
        """Put a backup in the place of the book, which is closed."""
        self.work(
            msg("Backups", "Restoring the backup…"),
            partial(put_back, file, self.book, self._folder),
            on_done=self.want_book,
        )
