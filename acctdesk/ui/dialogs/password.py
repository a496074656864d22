"""The password of the open book changed, and its recovery code made anew."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.services import keys
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.recovery_page import RecoveryPage
from acctdesk.ui.dialogs.start import StartDialog, heading
from acctdesk.ui.job import sentence_of
from acctdesk.ui.widgets.basics import column
from acctdesk.ui.widgets.password_field import (
    CapsNotice,
    NewPassword,
    PasswordField,
    password_row,
)
from acctdesk.ui.words import say


class _Current(QWidget):
    """The password of now, under a heading."""

    def __init__(self, head: QWidget, *more: QWidget, hint: Message) -> None:
        super().__init__()
        self.field = PasswordField(msg("Password", "Current password"))
        self.setLayout(
            column(
                head,
                password_row(
                    msg("Password", "Current password"), self.field, hint=CapsNotice(self.field)
                ),
                *more,
                None,
                spacing=8,
            )
        )
        self.field.put_eye_last()
        say(self.field.field, description=hint)

    def refuse(self) -> None:
        """Go back to the field, with what is in it taken."""
        self.field.set_invalid(invalid=True)
        self.field.field.setFocus()
        self.field.field.selectAll()


class PasswordDialog(StartDialog):
    """Asks for the current password and twice for the new one."""

    topic = "privacy"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, msg("Password", "Change password"), width=480)
        self.context = context
        self.fields = NewPassword(self._known)
        head = heading(
            "key",
            msg("Password", "Change password"),
            msg(
                "Password",
                "The recovery code stays as it is. Backups made before open with the password"
                " that they had then.",
            ),
        )
        hint = msg("Password", "The recovery code serves too.")
        self.page = _Current(head, self.fields, hint=hint)
        self.pages.add(self.page)
        self.add_button(msg("Password", "Cancel")).clicked.connect(self.reject)
        self.go = self.add_button(
            msg("Password", "Change password"), look="primary", icon="check", default=True
        )
        self.go.clicked.connect(self.change)
        self.show_page(self.page)
        self.page.field.field.setFocus()

    def dress(self) -> None:
        """Wait while work is under way."""
        self.go.setEnabled(not self.working)

    @Slot()
    def change(self) -> None:
        """Change the password, or say what stands against it."""
        if not self.page.field.text():
            self.page.refuse()
            self.complain(msg("Password", "Type the current password first."))
            return
        trouble = self.fields.trouble()
        if trouble is not None:
            self.fields.complain(trouble)
            return
        self.work(
            msg("Password", "Changing the password…"),
            partial(
                keys.change_password,
                self.context.desk,
                current=self.page.field.text(),
                password=self.fields.value(),
            ),
            on_done=self._changed,
            on_error=self._refused,
        )

    def _changed(self, _nothing: object) -> None:
        self.page.field.clear()
        self.fields.clear()
        self.accept()
        self.context.messages.say(msg("Password", "The password was changed."))

    def _refused(self, error: Exception) -> None:
        self.complain(sentence_of(error))
        self.page.refuse()

    def _known(self) -> tuple[str, ...]:
        return (self.context.desk.book.name,)


class RecoveryDialog(StartDialog):
    """Asks for the password, shows a new code, and lets it hold once it is kept."""

    topic = "privacy"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, msg("Recovery", "New recovery code"), width=560)
        self.context = context
        head = heading(
            "shield-lock",
            msg("Recovery", "New recovery code"),
            msg(
                "Recovery",
                "The code printed before opens the book until you have kept the new one.",
            ),
        )
        self.page = _Current(head, hint=msg("Recovery", "Asked so that nobody else makes a code."))
        self.recovery = RecoveryPage()
        self._code = ""
        self.pages.add(self.page, self.recovery)
        self.add_button(msg("Recovery", "Cancel")).clicked.connect(self.reject)
        self.go = self.add_button(msg("Recovery", "Make a new code"), look="primary", default=True)
        self.go.clicked.connect(self.go_on)
        self.show_page(self.page)
        self.recovery.kept_changed.connect(self.dress)
        self.recovery.failed.connect(self.complain)
        self.page.field.field.setFocus()

    def dress(self) -> None:
        """Allow to use the code once it is kept."""
        shown = self.pages.now() is self.recovery
        text = msg("Recovery", "Use this code") if shown else msg("Recovery", "Make a new code")
        say(self.go, text=text)
        self.go.setEnabled(not self.working and (not shown or self.recovery.kept.isChecked()))

    @Slot()
    def go_on(self) -> None:
        """Check the password and show a code; then let it hold."""
        desk = self.context.desk
        if self.pages.now() is self.recovery:
            if self.recovery.kept.isChecked():
                self.work(
                    msg("Recovery", "Storing the code…"),
                    partial(keys.use_code, desk, self._code),
                    on_done=self._used,
                )
            return
        if not self.page.field.text():
            self.page.refuse()
            self.complain(msg("Password", "Type the current password first."))
            return
        self.work(
            msg("Recovery", "Checking the password…"),
            partial(keys.check_secret, desk, self.page.field.text()),
            on_done=self._checked,
            on_error=self._refused,
        )

    def _checked(self, _nothing: object) -> None:
        self.page.field.clear()
        self._code = keys.new_recovery_code()
        self.recovery.show_code(self._code, book=self.context.desk.book.name)
        self.show_page(self.recovery)
        self.recovery.print_button.setFocus()

    def _refused(self, error: Exception) -> None:
        self.complain(sentence_of(error))
        if isinstance(error, UserError):
            self.page.refuse()

    def _used(self, _nothing: object) -> None:
        self.accept()
        self.context.messages.say(
            msg("Recovery", "The new recovery code holds. The old one opens the book no more.")
        )


def open_password(context: Context, parent: QWidget) -> PasswordDialog:
    """Ask for another password of the open book."""
    dialog = PasswordDialog(context, parent)
    dialog.open()
    return dialog


def open_recovery(context: Context, parent: QWidget) -> RecoveryDialog:
    """Make another recovery code of the open book."""
    dialog = RecoveryDialog(context, parent)
    dialog.open()
    return dialog
