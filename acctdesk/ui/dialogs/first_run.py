"""A new book: language, officer, password; then the recovery code; made at the very end."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk import bootstrap
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.services import keys
from acctdesk.text import clean, file_stem
from acctdesk.ui import settings as remembered
from acctdesk.ui.dialogs.first_pages import LanguagePage, OfficerPage, ProtectionPage
from acctdesk.ui.dialogs.recovery_page import RecoveryPage
from acctdesk.ui.dialogs.restore import RestoreDialog
from acctdesk.ui.dialogs.start import StartDialog
from acctdesk.ui.job import sentence_of
from acctdesk.ui.settings import Settings
from acctdesk.ui.translation import Languages
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk


_HIGHEST = 344  # px: its highest page in Greek; choosing the language must not move the buttons


class FirstRunDialog(StartDialog):
    """Asks at most three short questions. Nothing is on the disk before its last button."""

    topic = "start"

    def __init__(
        self,
        books_folder: Path,
        parent: QWidget | None = None,
        *,
        settings: Settings,
        languages: Languages,
    ) -> None:
        super().__init__(parent, msg("Start", "New book"), steady=_HIGHEST)
        self._folder = books_folder
        self._settings, self._languages = settings, languages
        self._code = ""
        self.language = LanguagePage()
        self.officer = OfficerPage(books_folder)
        self.protection = ProtectionPage(self.officer)
        self.recovery = RecoveryPage()
        self._questions = (self.language, self.officer, self.protection)
        self.pages.add(*self._questions, self.recovery)
        self.step = label("", "caption")
        self.add_foot(self.step)
        self.back = self.add_button(msg("Start", "Back"), icon="arrow-left")
        self.onward = self.add_button(msg("Start", "Next"), look="primary", default=True)
        self.back.clicked.connect(self.go_back)
        self.onward.clicked.connect(self.go_on)
        self.language.language_chosen.connect(self._speak)
        self.language.have.clicked.connect(self.browse)
        self.language.demo.clicked.connect(self.make_demo)
        self.language.restore.clicked.connect(self.restore)
        self.officer.grown.connect(self.grow)
        self.protection.changed.connect(self.dress)
        self.recovery.kept_changed.connect(self.dress)
        self.recovery.failed.connect(self.complain)
        self.show_page(self.language)
        self.language.first_focus()

    # -- pages

    def dress(self) -> None:
        """Name the step, and what the filled button does on this page."""
        page = self.pages.now()
        place = self.pages.place()
        last = page is self.recovery or (
            page is self.protection and self.protection.plain.isChecked()
        )
        text = msg("Start", "Open the book") if last else msg("Start", "Next")
        say(self.onward, text=text)
        asked = page is not self.recovery
        step = msg("Start", "Question {n} of {total}", n=place + 1, total=len(self._questions))
        say(self.step, text=step if asked else msg("Start", "Last step"))
        self.back.setVisible(place > 0)
        self.back.setEnabled(not self.working)
        kept = page is not self.recovery or self.recovery.kept.isChecked()
        self.onward.setEnabled(kept and not self.working)

    @Slot()
    def go_on(self) -> None:
        """Go to the next page, or make the book; what is wrong is said in its place."""
        page = self.pages.now()
        if page is self.language:
            self._ask(self.officer)
        elif page is self.officer:
            if self._place_will_do():
                self._ask(self.protection)
        elif page is self.protection:
            if self.protection.check() is None:
                self._after_password()
        elif self.recovery.kept.isChecked():
            self.make()

    @Slot()
    def go_back(self) -> None:
        """Go to the page before; what was typed stays."""
        place = self.pages.place()
        if place > 0 and not self.working:
            page = self.pages.page(place - 1)
            assert isinstance(page, LanguagePage | OfficerPage | ProtectionPage)
            self._ask(page)

    def _ask(self, page: LanguagePage | OfficerPage | ProtectionPage) -> None:
        self.show_page(page)
        page.first_focus()

    def _place_will_do(self) -> bool:
        try:
            missing = self.officer.check()
        except UserError as error:
            self.complain(sentence_of(error))
            self.officer.place.change.setFocus()
            return False
        return missing is None

    def _after_password(self) -> None:
        if self.protection.password() is None:
            self.make()
            return
        self._code = self._code or keys.new_recovery_code()
        self.recovery.show_code(self._code, book=self._name())
        self.show_page(self.recovery)
        self.recovery.print_button.setFocus()

    def _name(self) -> str:
        return self.officer.path().name.removesuffix(".acctbook")

    # -- the book

    @Slot()
    def make(self) -> None:
        """Make the book and open it."""
        password = self.protection.password()
        self.work(
            msg("Start", "Making the book…"),
            partial(
                bootstrap.create_book,
                self.officer.path(),
                password=password,
                recovery_code=None if password is None else self._code,
                officer=clean(self.officer.officer.text()),
                company=clean(self.officer.company.text()),
                currency=self.officer.currency.key(),
                fiscal_start=self.officer.fiscal_start(),
                language=self.language.language().value,
            ),
            on_done=self._made,
        )

    def _made(self, desk: Desk) -> None:
        self.protection.fields.clear()
        self.accept()
        self.opened.emit(desk)

    def discard(self, value: object) -> None:
        """Take away the book that was made for an officer who left meanwhile."""
        from acctdesk.services.desk import Desk

        if isinstance(value, Desk):
            bootstrap.discard_book(value)

    @Slot()
    def make_demo(self) -> None:
        """Invent a book in its own file and open it; one made before is opened again."""
        name = str(msg("Start", "Demo book"))
        path = bootstrap.book_path(self._folder / file_stem(name))
        if path.exists():
            self.want_book(path)
            return
        self.work(
            msg("Start", "Inventing clients and three years of their business…"),
            partial(bootstrap.create_demo, path, language=self.language.language().value),
            on_done=self._made,
        )

    @Slot()
    def restore(self) -> None:
        """Ask for a backup and put its book into the folder."""
        dialog = RestoreDialog(None, self, folder=self._folder)
        dialog.book_wanted.connect(self.want_book)
        dialog.open()

    @Slot(str)
    def _speak(self, language: str) -> None:
        self._settings.set(remembered.LANGUAGE, language)
        self._languages.speak(language)
        self.dress()
