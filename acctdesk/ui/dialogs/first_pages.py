"""The three questions of a first run, one page each."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from acctdesk import formats, i18n
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Language
from acctdesk.services import places
from acctdesk.text import clean, file_stem
from acctdesk.ui.dialogs.place import BookPlace
from acctdesk.ui.dialogs.start import heading, link, notice
from acctdesk.ui.widgets.basics import (
    LineEdit,
    column,
    hairline,
    label,
    labelled,
    mark_invalid,
    row,
)
from acctdesk.ui.widgets.choice_card import ChoiceCard
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.password_field import NewPassword
from acctdesk.ui.widgets.search_combo import SearchCombo
from acctdesk.ui.words import bell, say

_LONGEST = 120


def _side_by_side(*cards: ChoiceCard) -> QWidget:
    """Return choices that weigh the same, so of the same width."""
    holder, line = QWidget(), row(*cards, spacing=12)
    for place in range(len(cards)):
        line.setStretch(place, 1)
    holder.setLayout(line)
    return holder


class LanguagePage(QWidget):
    """The language, and the ways to a book that is there already."""

    language_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.greek = ChoiceCard("language", "Ελληνικά")
        self.english = ChoiceCard("language", "English")
        cards = _side_by_side(self.greek, self.english)
        say(cards, name=msg("Start", "Language"))
        self.have = link("folder-open", msg("Start", "Open a book that I have…"))
        self.demo = link("sparkles", msg("Start", "Look at the demo book"))
        self.restore = link("restore", msg("Start", "Restore from a backup…"))
        hint = label(
            msg(
                "Start",
                "The demo book holds invented clients. One click in its window removes it again.",
            ),
            "caption",
            wrap=True,
        )
        welcome = heading(
            "notebook",
            msg("Start", "Welcome to acctdesk"),
            msg(
                "Start",
                "Three short questions and your book is ready. Nothing leaves this computer.",
            ),
        )
        self.setLayout(
            column(
                welcome,
                4,
                label(msg("Start", "Choose your language"), "field"),
                cards,
                8,
                hairline(),
                4,
                label(msg("Start", "Or go another way"), "field"),
                row(self.have, None),
                row(self.demo, None),
                row(self.restore, None),
                hint,
                None,
                spacing=8,
            )
        )
        (self.greek if i18n.language() is Language.EL else self.english).setChecked(True)
        self.greek.clicked.connect(self._greek)
        self.english.clicked.connect(self._english)

    def language(self) -> Language:
        """Return the language chosen."""
        return Language.EL if self.greek.isChecked() else Language.EN

    def first_focus(self) -> None:
        """Put the keyboard on the language at hand."""
        (self.greek if self.greek.isChecked() else self.english).setFocus()

    @Slot()
    def _greek(self) -> None:
        self.language_chosen.emit(Language.EL.value)

    @Slot()
    def _english(self) -> None:
        self.language_chosen.emit(Language.EN.value)


class OfficerPage(QWidget):
    """Who the officer is, in which money and fiscal year, and where the book will lie.

    ``grown`` tells that words came or went.
    """

    grown = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self.officer, self.company = LineEdit(), LineEdit()
        for field in (self.officer, self.company):
            field.setMaxLength(_LONGEST)
        self.currency = SearchCombo()
        self.month = Combo()
        self.reason = label("", "danger", wrap=True)
        self.reason.hide()
        name = labelled(msg("Start", "Your name"), self.officer, hint=self.reason)
        money = labelled(msg("Start", "Currency"), self.currency)
        month = labelled(msg("Start", "First month of the fiscal year"), self.month)
        pair = QHBoxLayout()
        pair.setSpacing(16)
        pair.addLayout(money, 1)
        pair.addLayout(month, 1)
        self.place = BookPlace(msg("Start", "The book will lie here"), self._proposed)
        self.place.grown.connect(self.grown)
        self.setLayout(
            column(
                heading("user-circle", msg("Start", "You and your company")),
                name,
                labelled(msg("Start", "Company"), self.company),
                pair,
                self.place,
                None,
                spacing=12,
            )
        )
        self.company.textChanged.connect(self.place.refresh)
        self.officer.textChanged.connect(self._forget)
        bell().rung.connect(self._repeat)
        self._repeat()

    def path(self) -> Path:
        """Return where the book will lie."""
        return self.place.path()

    def fiscal_start(self) -> int:
        """Return the first month of the fiscal year, 1 to 12."""
        return self.month.currentIndex() + 1

    def first_focus(self) -> None:
        """Put the keyboard into the name."""
        self.officer.setFocus()

    def check(self) -> Message | None:
        """Say what is missing, None where nothing is.

        Raises:
            UserError: the book cannot lie where it should.
        """
        if not clean(self.officer.text()):
            missing = msg("Start", "Type your name: it stands on the report.")
            say(self.reason, text=missing)
            say(self.officer, description=missing)
            self.reason.show()
            self.grown.emit()
            mark_invalid(self.officer, invalid=True)
            self.officer.setFocus()
            return missing
        places.check_place(self.path())
        return None

    @Slot()
    def _forget(self) -> None:
        mark_invalid(self.officer, invalid=False)
        say(self.officer, description="")
        self.reason.hide()

    def _proposed(self) -> Path:
        title = file_stem(self.company.text()) or str(msg("Start", "My book"))
        return places.free_book(self._folder, title)

    @Slot()
    def _repeat(self) -> None:
        self.currency.fill(formats.currencies())
        field = self.currency.lineEdit()
        assert field is not None
        say(
            field,
            name=msg("Start", "Currency"),
            description=msg("Start", "Type a few letters to search."),
        )
        month = max(0, self.month.currentIndex())
        self.month.clear()
        self.month.addItems(formats.month_names())
        self.month.setCurrentIndex(month)
        self.place.refresh()


class ProtectionPage(QWidget):
    """A password, or none with a plain warning of what that means."""

    changed = Signal()

    def __init__(self, officer: OfficerPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._officer = officer
        self.locked = ChoiceCard(
            "lock",
            msg("Start", "With a password"),
            msg("Start", "Encrypted: nobody else can read the file."),
        )
        self.plain = ChoiceCard(
            "lock-open",
            msg("Start", "Without a password"),
            msg("Start", "Opens at once. Whoever has the file can read it."),
        )
        cards = _side_by_side(self.locked, self.plain)
        say(cards, name=msg("Start", "Protection"))
        self.fields = NewPassword(self._known)
        self.warning = notice(
            "alert-triangle",
            msg(
                "Start",
                "Without a password anyone who takes this laptop or a copy of the file reads your"
                " clients, their debts and your notes. You can be asked to answer for that under"
                " the data protection law.",
            ),
        )
        self.setLayout(
            column(
                heading("shield-lock", msg("Start", "Protect your book")),
                cards,
                self.fields,
                self.warning,
                None,
                spacing=12,
            )
        )
        self.locked.setChecked(True)
        self.locked.toggled.connect(self._choose)
        self._choose()

    def password(self) -> str | None:
        """Return the password, None for a plain book; ask ``trouble`` first."""
        return self.fields.value() if self.locked.isChecked() else None

    def check(self) -> Message | None:
        """Say what is wrong with the password, in its place; None where nothing is."""
        trouble = self.fields.trouble() if self.locked.isChecked() else None
        if trouble is not None:
            self.fields.complain(trouble)
        return trouble

    def first_focus(self) -> None:
        """Put the keyboard into the password."""
        if self.locked.isChecked():
            self.fields.first.field.setFocus()
        else:
            self.plain.setFocus()

    def _known(self) -> tuple[str, ...]:
        page = self._officer
        return (page.officer.text(), page.company.text(), page.path().name)

    @Slot()
    def _choose(self) -> None:
        on = self.locked.isChecked()
        self.fields.setVisible(on)
        self.warning.setVisible(not on)
        self.changed.emit()
