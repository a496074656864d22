"""What the unlock dialog shows: a password, a recovery code, a new password, or why it is shut."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.i18n import msg
from acctdesk.services import keeping
from acctdesk.services.ways_out import Way, way_out
from acctdesk.ui.dialogs.restore import what_happens
from acctdesk.ui.dialogs.start import heading, notice
from acctdesk.ui.widgets.backup_list import BackupChoice
from acctdesk.ui.widgets.basics import IconLabel, LineEdit, column, label, labelled, row
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.password_field import (
    CapsNotice,
    NewPassword,
    PasswordField,
    password_row,
)
from acctdesk.ui.words import say


def book_head(book: Path, icon: str) -> QWidget:
    """Return the name of a book over its folder."""
    holder = QWidget()
    name = ElidedLabel(px=16, weight=600)
    name.setText(book.name.removesuffix(".acctbook"))
    folder = ElidedLabel(px=12, ink="muted")
    folder.setText(str(book.parent))
    across = row(
        column(IconLabel(icon, "accent", 28), None), column(name, folder, spacing=0), spacing=12
    )
    across.setStretch(1, 1)
    holder.setLayout(across)
    return holder


class PasswordPage(QWidget):
    """The password of a book."""

    def __init__(self, book: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = PasswordField(msg("Password", "Password"))
        self.restored = notice(
            "circle-check",
            msg("Unlock", "The backup is in place. It opens with the password that it had then."),
            kind="Success",
        )
        self.restored.hide()
        self.setLayout(
            column(
                book_head(book, "lock"),
                self.restored,
                4,
                password_row(msg("Password", "Password"), self.field, hint=CapsNotice(self.field)),
                None,
                spacing=8,
            )
        )

    def first_focus(self) -> None:
        """Put the keyboard into the field."""
        self.field.field.setFocus()
        self.field.field.selectAll()


class CodePage(QWidget):
    """The recovery code of a book."""

    def __init__(self, book: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = LineEdit()
        self.field.setMaxLength(100)
        hint = label(
            msg("Unlock", "Five groups of five, as printed. Capitals, gaps and dashes are free."),
            "caption",
            wrap=True,
        )
        self.setLayout(
            column(
                book_head(book, "shield-lock"),
                4,
                labelled(msg("Unlock", "Recovery code"), self.field, hint=hint),
                None,
                spacing=8,
            )
        )

    def first_focus(self) -> None:
        """Put the keyboard into the field."""
        self.field.setFocus()
        self.field.selectAll()


class NewPasswordPage(QWidget):
    """A new password, after the book was opened by its recovery code."""

    def __init__(self, book: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = book.name.removesuffix(".acctbook")
        self.fields = NewPassword(self._known)
        self.setLayout(
            column(
                heading(
                    "key",
                    msg("Unlock", "Set a new password"),
                    msg(
                        "Unlock",
                        "The recovery code opened the book and stays as it is. The forgotten"
                        " password will open it no more.",
                    ),
                ),
                self.fields,
                None,
                spacing=12,
            )
        )

    def first_focus(self) -> None:
        """Put the keyboard into the first field."""
        self.fields.first.field.setFocus()

    def _known(self) -> tuple[str, ...]:
        return (self._name,)


class ClosedPage(QWidget):
    """Why a book does not open, and the backups that can take its place."""

    def __init__(self, book: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self.way = Way.OTHER
        self.happened = label("", "strong", wrap=True)
        self.safe = label("", "small", wrap=True)
        self.remedy = label("", "small", wrap=True)
        self.choice = BackupChoice()
        self.note = notice("info-circle", what_happens(), kind="")
        self.words = row(
            column(IconLabel("alert-triangle", "warning", 20), None),
            column(self.happened, self.safe, self.remedy, spacing=4),
            spacing=12,
        )
        self.words.setStretch(1, 1)
        self.setLayout(
            column(book_head(book, "book"), self.words, self.choice, self.note, None, spacing=12)
        )

    def show_error(self, error: UserError) -> None:
        """Say why, and offer the backups where one of them helps."""
        self.way = way_out(error)
        say(self.happened, text=error.message)
        fault = isinstance(error, EnvironmentFault)
        if self.way is Way.OTHER and not fault and keeping.backups_of(self._book):
            self.way = Way.RESTORE  # no book is there (any more), but its backups are
        self.safe.setVisible(fault)
        self.remedy.setVisible(fault)
        if isinstance(error, EnvironmentFault):
            say(self.safe, text=error.safe)
            say(self.remedy, text=error.remedy)
        helps = self.way is Way.RESTORE
        if helps:
            self.choice.show_backups_of(self._book)
        self.choice.setVisible(helps)
        self.note.setVisible(helps)

    @Slot()
    def first_focus(self) -> None:
        """Put the keyboard into the list of backups, where there is one."""
        if self.choice.isVisibleTo(self) and self.choice.model.rowCount():
            self.choice.table.setFocus()
