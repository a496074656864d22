"""Move, rename or copy a book: choose its place, see what comes along, do it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.services import keeping, places
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.place import BookPlace
from acctdesk.ui.dialogs.start import StartDialog, heading, notice
from acctdesk.ui.job import sentence_of
from acctdesk.ui.widgets.basics import column


class MoveDialog(StartDialog):
    """Ends with ``chosen``: the place; or, once the book is closed, with ``book_wanted``."""

    topic = "backups"
    chosen = Signal(object)

    def __init__(self, book: Path, parent: QWidget | None = None, *, copying: bool = False) -> None:
        title = msg("Move", "Copy the book") if copying else msg("Move", "Move or rename the book")
        super().__init__(parent, title)
        self.book = book
        self.place = BookPlace(
            msg("Move", "It will lie here"), partial(_proposed, book, copying=copying)
        )
        page = QWidget()
        page.setLayout(
            column(
                heading("copy" if copying else "folder", title, _now(book)),
                self.place,
                notice("info-circle", _copies() if copying else _moves(), kind=""),
                spacing=12,
            )
        )
        self.pages.add(page)
        self.leave = self.add_button(msg("Move", "Cancel"))
        self.leave.clicked.connect(self.reject)
        self.go = self.add_button(
            msg("Move", "Copy") if copying else msg("Move", "Move"), look="primary", default=True
        )
        self.go.clicked.connect(self._go)
        self.place.grown.connect(self.dress)
        self.show_page(page)
        self.place.change.setFocus()

    def dress(self) -> None:
        """Allow it once there is another place."""
        self.go.setEnabled(self.place.path() != self.book and not self.working)
        self.grow()

    @Slot()
    def _go(self) -> None:
        try:
            places.check_place(self.place.path())
        except UserError as error:
            self.complain(sentence_of(error))
            return
        self.accept()
        self.chosen.emit(self.place.path())

    def begin(self, target: Path) -> None:
        """Move the book, which is closed by now."""
        self.place.choose(target)
        self.work(
            msg("Move", "Moving the book…"),
            partial(keeping.move_book, self.book, target),
            on_done=self.want_book,
        )


def open_copy(context: Context, window: QWidget) -> MoveDialog:
    """Ask where a copy of the open book is to lie, and make it."""
    dialog = MoveDialog(context.book, window, copying=True)
    dialog.chosen.connect(partial(_copy, context))
    dialog.open()
    return dialog


def _copy(context: Context, target: Path) -> None:
    desk = context.desk
    context.runner.long(
        msg("Move", "Copying the book"),
        lambda _progress, _cancelled: keeping.copy_book(desk, target),
        on_done=lambda place: context.messages.say(
            msg("Move", "Copied and checked: {name}", name=place.name)
        ),
    )


def _proposed(book: Path, *, copying: bool) -> Path:
    if not copying:
        return book
    title = msg("Move", "{name} copy", name=book.name.removesuffix(".acctbook"))
    return places.free_book(book.parent, str(title))


def _now(book: Path) -> Message:
    return msg("Move", "Now: {place}", place=str(book))


def _moves() -> Message:
    return msg(
        "Move",
        "The window closes and opens again at the new place. The key file and the backups come"
        " along; a password stays the same and is asked for once more.",
    )


def _copies() -> Message:
    return msg(
        "Move",
        "The copy is a book of its own: what changes in one does not change in the other. It opens"
        " with the same password and recovery code; the backups stay with the first.",
    )
