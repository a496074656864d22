"""Opening a book that has a password, or that does not open: what is asked and where to go."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from acctdesk import bootstrap
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.services import keys
from acctdesk.services.ways_out import Way, way_out
from acctdesk.ui.dialogs.restore import RestoreDialog, put_back
from acctdesk.ui.dialogs.start import StartDialog, link
from acctdesk.ui.dialogs.unlock_pages import ClosedPage, CodePage, NewPasswordPage, PasswordPage
from acctdesk.ui.job import sentence_of
from acctdesk.ui.settings import Settings
from acctdesk.ui.translation import Languages
from acctdesk.ui.widgets.basics import Look, column, hairline, row
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk

FREE_TRIES = 5
LONGEST_WAIT = 32  # seconds
TICK_MS = 1000


class UnlockDialog(StartDialog):
    """One book: asks for its password, or says why it is shut and what leads on."""

    topic = "privacy"
    new_wanted = Signal()

    def __init__(
        self,
        book: Path,
        parent: QWidget | None = None,
        *,
        settings: Settings,
        languages: Languages,
        trouble: UserError | None = None,
    ) -> None:
        super().__init__(parent, msg("Unlock", "Open a book"), width=520)
        self._book = book
        self._secret: str | None = None
        self._desk: Desk | None = None
        self._failures = self._wait = 0
        self._ticker = QTimer(self)
        self._ticker.setInterval(TICK_MS)
        self._ticker.timeout.connect(self.tick)
        self.password = PasswordPage(book)
        self.code = CodePage(book)
        self.renewal = NewPasswordPage(book)
        self.closed = ClosedPage(book)
        self.pages.add(self.password, self.code, self.renewal, self.closed)
        self._make_ways()
        self.leave = self.add_button(msg("Unlock", "Close"))
        self.again = self.add_button(msg("Unlock", "Try again"), icon="refresh")
        self.go = self.add_button(msg("Unlock", "Unlock"), look="primary", default=True)
        self.leave.clicked.connect(self.reject)
        self.again.clicked.connect(self.try_again)
        self.go.clicked.connect(self.go_on)
        self.closed.choice.changed.connect(self.dress)
        self.closed.choice.chosen.connect(self.go_on)
        if trouble is None:
            self.ask(self.password)
        else:
            self._show_closed(trouble)

    def _make_ways(self) -> None:
        self.use_code = link("shield-lock", msg("Unlock", "Use the recovery code"))
        self.use_password = link("key", msg("Unlock", "Use the password"))
        self.other = link("folder-open", msg("Unlock", "Open another book…"))
        self.new = link("book", msg("Unlock", "New book…"))
        self.restore = link("restore", msg("Unlock", "Restore from a backup…"))
        self.ways = QWidget()
        self.ways.setLayout(
            column(
                hairline(),
                4,
                row(self.use_code, None),
                row(self.use_password, None),
                row(self.other, None),
                row(self.new, None),
                row(self.restore, None),
                spacing=4,
            )
        )
        self.content.addWidget(self.ways)
        self.use_code.clicked.connect(self._ask_code)
        self.use_password.clicked.connect(self._ask_password)
        self.other.clicked.connect(self.browse)
        self.new.clicked.connect(self._want_new)
        self.restore.clicked.connect(self._open_restore)

    # -- pages

    def ask(self, page: PasswordPage | CodePage | NewPasswordPage | ClosedPage) -> None:
        """Show a page with the keyboard in its place."""
        self.show_page(page)
        page.first_focus()

    def dress(self) -> None:
        """Show what leads on from this page; one button is filled."""
        page, free = self.pages.now(), not self.working
        way = self.closed.way if page is self.closed else None
        renewing = page is self.renewal
        self.ways.setVisible(not renewing)
        self.ways.setEnabled(free)
        self.use_code.setVisible(page is self.password)
        self.use_password.setVisible(page is self.code)
        self.restore.setVisible(way is not Way.RESTORE)
        text, look, possible = self._first_button(way)
        say(self.go, text=text)
        self.go.set_look(look)
        self.go.setEnabled(free and possible and not self._wait)
        say(self.leave, text=msg("Unlock", "Not now") if renewing else msg("Unlock", "Close"))
        second = way in (Way.TAKE_OVER, Way.RESTORE)
        self.again.setVisible(second)
        self.again.setEnabled(free)

    def _first_button(self, way: Way | None) -> tuple[Message, Look, bool]:
        page = self.pages.now()
        if page is self.renewal:
            return msg("Unlock", "Set the password"), "primary", True
        if way is Way.RESTORE:
            return msg("Backups", "Restore"), "primary", self.closed.choice.file is not None
        if way is Way.TAKE_OVER:
            return msg("Unlock", "Open it here"), "danger", True
        if way is Way.RETRY:
            return msg("Unlock", "Try again"), "primary", True
        if way is Way.OTHER:
            return msg("Unlock", "Open another book…"), "primary", True
        return msg("Unlock", "Unlock"), "primary", True

    @Slot()
    def go_on(self) -> None:
        """Do what the filled button says."""
        if self.working or self._wait or not self.go.isEnabled():
            return
        page = self.pages.now()
        if page is self.password:
            self._unlock(self.password.field.text())
        elif page is self.code:
            self._unlock(self.code.field.text())
        elif page is self.renewal:
            self._renew()
        else:
            self._go_from_closed()

    def _go_from_closed(self) -> None:
        way, file = self.closed.way, self.closed.choice.file
        if way is Way.RESTORE and file is not None:
            self.work(
                msg("Backups", "Restoring the backup…"),
                partial(put_back, file, self._book, self._book.parent),
                on_done=self._restored,
            )
        elif way is Way.TAKE_OVER:
            self._open(takeover=True)
        elif way is Way.RETRY:
            self.try_again()
        else:
            self.browse()

    @Slot()
    def try_again(self) -> None:
        """Open the book once more in the same way."""
        if self._secret is None and bootstrap.needs_password(self._book):
            self.ask(self.password)
        else:
            self._open()

    # -- opening

    def _unlock(self, secret: str) -> None:
        if not secret:
            self.complain(msg("Unlock", "Type the password first.") if self._is_asking() else
                          msg("Unlock", "Type the recovery code first."))  # fmt: skip
            return
        self._secret = secret
        self._open()

    def _is_asking(self) -> bool:
        return self.pages.now() is self.password

    def _open(self, *, takeover: bool = False) -> None:
        self.work(
            msg("Unlock", "Opening the book…"),
            partial(bootstrap.open_as_may_be, self._book, password=self._secret, takeover=takeover),
            on_done=self._opened,
            on_error=self._not_opened,
        )

    def _opened(self, desk: Desk) -> None:
        self._failures = 0
        self._forget()
        self.password.field.clear()
        if self.pages.now() is self.code or self.code.field.text():
            self.code.field.clear()
            if desk.status().halted is None:
                self._desk = desk
                self.ask(self.renewal)
                return
        self.accept()
        self.opened.emit(desk)

    def _forget(self) -> None:
        keys.forget(self._secret)
        self._secret = None

    def _not_opened(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self.complain(sentence_of(error))
            return
        if way_out(error) is Way.ASK:
            self._refused(error)
        else:
            self._show_closed(error)

    def _show_closed(self, error: UserError) -> None:
        self.topic = "trouble"
        self.closed.show_error(error)
        self.ask(self.closed)

    def _refused(self, error: UserError) -> None:
        self._forget()
        self._failures += 1
        page = self.code if self.pages.now() is self.code else self.password
        self.ask(page)
        self.complain(error.message)
        if self._failures >= FREE_TRIES:
            self._wait = min(LONGEST_WAIT, 2 ** (self._failures - FREE_TRIES + 1))
            self._ticker.start()
            self._tell_wait()

    @Slot()
    def tick(self) -> None:
        """A second has passed."""
        self._wait = max(0, self._wait - 1)
        if self._wait:
            self._tell_wait()
            return
        self._ticker.stop()
        self.hear_no_trouble()
        self.dress()

    def _tell_wait(self) -> None:
        self.complain(
            nmsg(
                "Unlock",
                "That did not fit. The next try is possible in {n} second.",
                "That did not fit. The next try is possible in {n} seconds.",
                self._wait,
            )
        )
        self.dress()

    def _restored(self, _place: Path) -> None:
        if bootstrap.needs_password(self._book):
            self.password.restored.show()
            self.ask(self.password)
        else:
            self._open()

    # -- a new password

    def _renew(self) -> None:
        desk, trouble = self._desk, self.renewal.fields.trouble()
        if desk is None:
            return
        if trouble is not None:
            self.renewal.fields.complain(trouble)
            return
        self.work(
            msg("Unlock", "Setting the password…"),
            partial(keys.set_password, desk, self.renewal.fields.value()),
            on_done=self._renewed,
        )

    def _renewed(self, _nothing: object) -> None:
        self.renewal.fields.clear()
        self._hand_over()

    def _hand_over(self) -> None:
        desk, self._desk = self._desk, None
        self.accept()
        self.opened.emit(desk)

    # -- elsewhere

    def discard(self, value: object) -> None:
        """Close a book that was opened for an officer who left meanwhile."""
        close: Callable[[], Any] | None = getattr(value, "close", None)
        if close is not None:
            close()

    def reject(self) -> None:
        """Leave; a book that the recovery code has opened is shown without a new password."""
        if self._desk is not None and not self.working:
            self._hand_over()
            return
        super().reject()

    @Slot()
    def _ask_code(self) -> None:
        self.ask(self.code)

    @Slot()
    def _ask_password(self) -> None:
        self.code.field.clear()
        self.ask(self.password)

    @Slot()
    def _want_new(self) -> None:
        self.accept()
        self.new_wanted.emit()

    @Slot()
    def _open_restore(self) -> None:
        dialog = RestoreDialog(self._book, self)
        dialog.book_wanted.connect(self.want_book)
        dialog.open()
