"""Officer, company, currency and fiscal year: of the book, each saved on leaving it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from acctdesk import formats, i18n
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Language
from acctdesk.text import clean
from acctdesk.ui.pages.settings.control import Control, Facts, Prose
from acctdesk.ui.widgets.basics import LineEdit
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.search_combo import SearchCombo
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

LONGEST = 120


class StoredField(LineEdit):
    """A field that Esc sets back to what is stored."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.stored = ""
        self.setMaxLength(LONGEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the typing back by Esc."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self.stored:
            self.setText(self.stored)
        else:
            super().keyPressEvent(event)


class _Text(Control):
    """One line of the profile."""

    FIELD: str
    NAME: Message

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.field = StoredField(self)
        say(self.field, name=self.NAME)
        self.setFocusProxy(self.field)
        self.field.editingFinished.connect(self._left)
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.field)

    def show_facts(self, facts: Facts) -> None:
        """Show what is stored, unless something else is being typed."""
        if facts.profile is None:
            return
        stored = str(getattr(facts.profile, self.FIELD))
        typing = self.field.hasFocus() and self.field.text() != self.field.stored
        self.field.stored = stored
        if not typing and self.field.text() != stored:
            self.field.setText(stored)

    @Slot()
    def _left(self) -> None:
        typed = clean(self.field.text())
        if typed != self.field.stored:
            self.field.stored = typed
            self.save_profile(**{self.FIELD: typed})


class OfficerControl(_Text):
    """Who uses the program."""

    FIELD = "officer"
    NAME = msg("Settings", "Account officer")


class CompanyControl(_Text):
    """For which company."""

    FIELD = "company"
    NAME = msg("Settings", "Company")


class CurrencyControl(Control):
    """The book's currency; fixed as soon as the book holds amounts."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._stored = ""
        self._spoken: Language | None = None  # the language of the list
        self.combo = SearchCombo(self)
        self.combo.setMinimumHeight(32)
        say(self.combo, name=msg("Settings", "Currency"))
        self.setFocusProxy(self.combo)
        self.reason = Prose(
            msg("Settings", "The book holds amounts in this currency, so it stays.")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.combo)
        column.addWidget(self.reason)
        self.combo.activated.connect(self._chosen)
        field = self.combo.lineEdit()
        if field is not None:
            say(field, name=msg("Settings", "Currency"))
            field.editingFinished.connect(self._chosen)

    def show_facts(self, facts: Facts) -> None:
        """Show the currency and whether it can still be chosen."""
        if facts.profile is None:
            return
        self._stored = facts.profile.currency
        self.combo.blockSignals(True)
        if self._spoken is not i18n.language():
            self._spoken = i18n.language()
            self.combo.fill(formats.currencies())
        self.combo.choose(self._stored)
        self.combo.blockSignals(False)
        self.combo.setEnabled(not facts.currency_fixed)
        self.reason.setVisible(facts.currency_fixed)

    @Slot()
    def _chosen(self) -> None:
        key = self.combo.key()
        if key and key != self._stored:
            self._stored = key
            self.save_profile(currency=key)


class FiscalControl(Control):
    """The month a fiscal year begins in."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._spoken: Language | None = None  # the language of the list
        self.combo = Combo(self)
        self.combo.setMinimumHeight(32)
        say(self.combo, name=msg("Settings", "The fiscal year begins in"))
        self.setFocusProxy(self.combo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.combo)
        self.combo.activated.connect(self._chosen)

    def show_facts(self, facts: Facts) -> None:
        """Show the month, in the language of the moment."""
        if self._spoken is not i18n.language():
            self._spoken = i18n.language()
            self.combo.clear()
            for month in range(1, 13):
                name = formats.month_name(dt.date(2000, month, 1)).rsplit(" ", 1)[0]
                self.combo.addItem(name, month)
        if facts.profile is not None:
            self.combo.setCurrentIndex(facts.profile.fiscal_start - 1)

    @Slot()
    def _chosen(self) -> None:
        self.save_profile(fiscal_start=int(self.combo.currentData()))
