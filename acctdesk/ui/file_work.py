"""What is done with the file of the open book: another one, a backup in its place, another place.

The file of an open book is not touched: its window is closed first, and the work waits for that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from acctdesk import bootstrap
from acctdesk.i18n import msg

if TYPE_CHECKING:
    from acctdesk.ui.app import Program
    from acctdesk.ui.dialogs.start import StartDialog


class FileWork(QObject):
    """Asks what is needed, closes the window, does the work, opens the book again."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._then: Callable[[], None] | None = None  # what waits for the book to be closed

    def ask(self, action: str) -> None:
        """Ask what an action needs to know: ``file.restore``, ``file.move_book``, else a book."""
        if action == "file.restore":
            self._choose_backup()
        elif action == "file.move_book":
            self._choose_place()
        else:
            self._choose_book()

    def go_on(self) -> None:
        """The book is closed: do what waited for it."""
        then, self._then = self._then, None
        if then is not None:
            then()

    # -- a backup in the place of the open book

    def _choose_backup(self) -> None:
        if self._program.session is None:
            return
        from acctdesk.ui.dialogs.restore import RestoreDialog

        dialog = RestoreDialog(
            self._program.session.book, self._program.session.window, is_open=True
        )
        dialog.chosen.connect(self._backup_chosen)
        dialog.open()

    @Slot(object)
    def _backup_chosen(self, file: Path) -> None:
        if self._program.session is not None:
            self._close_and(partial(self._restore, file, self._program.session.book))

    def _close_and(self, then: Callable[[], None]) -> None:
        self._then = then
        if self._program.session is None or not self._program.session.window.close():
            self._then = None

    def _restore(self, file: Path, book: Path) -> None:
        from acctdesk.ui.dialogs.restore import RestoreDialog

        dialog = RestoreDialog(book)
        self._work_without_window(dialog)
        dialog.begin(file)

    def _work_without_window(self, dialog: StartDialog) -> None:
        dialog.book_wanted.connect(self._program.open)
        dialog.rejected.connect(self._back_to_book)
        self._program.show_dialog(dialog)

    @Slot()
    def _back_to_book(self) -> None:
        book: Path | None = getattr(self.sender(), "book", None)
        if book is not None:
            self._program.open(book)

    # -- the open book in another place

    def _choose_place(self) -> None:
        if self._program.session is None:
            return
        from acctdesk.ui.dialogs.move import MoveDialog

        dialog = MoveDialog(self._program.session.book, self._program.session.window)
        dialog.chosen.connect(self._place_chosen)
        dialog.open()

    @Slot(object)
    def _place_chosen(self, target: Path) -> None:
        if self._program.session is not None:
            self._close_and(partial(self._move, self._program.session.book, target))

    def _move(self, book: Path, target: Path) -> None:
        from acctdesk.ui.dialogs.move import MoveDialog

        dialog = MoveDialog(book)
        self._work_without_window(dialog)
        dialog.begin(target)

    def _choose_book(self) -> None:
        from acctdesk.ui.choosing import books, choose_file

        parent = self._program.session.window if self._program.session is not None else None
        title, folder = msg("App", "Open a book"), bootstrap.books_folder()
        choose_file(parent, title, folder, books(), self._book_chosen)

    @Slot(str)
    def _book_chosen(self, file: str) -> None:
        self._program.open(Path(file))
