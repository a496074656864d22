"""Two cards of the record: what is contested, fails or is waited for; and the key dates."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, ntr, tr
from acctdesk.services.case_rows import KeyDateRow
from acctdesk.services.client_cases import ClientCases
from acctdesk.services.today_cases import name_of_date
from acctdesk.ui.behind import when_seen
from acctdesk.ui.itemmodels.cases_text import dispute_mark, disruption_mark, request_mark
from acctdesk.ui.itemmodels.timeline_text import ChipText
from acctdesk.ui.pages.clients.card_line import CardLine
from acctdesk.ui.widgets.basics import icon_button, label, row
from acctdesk.ui.words import bell


class _Card(QFrame):
    """A heading with a button that adds, and lines."""

    add_wanted = Signal()

    def __init__(self, parent: QWidget, heading: Message, add: Message, tip: Message) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.cases = ClientCases()
        self.lines: list[CardLine] = []
        self.add = icon_button("plus", add, tip=tip)
        self.add.clicked.connect(self.add_wanted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 6, 8, 8)
        self._column.setSpacing(0)
        self._column.addLayout(row(label(heading, "strong"), None, self.add))
        bell().rung.connect(self.fill)
        self.fill()

    def show_cases(self, cases: ClientCases) -> None:
        """Show what stands in the record of a client."""
        if cases != self.cases:
            self.cases = cases
            self.fill()

    def made(self) -> list[CardLine]:
        """Return the lines for what is shown."""
        raise NotImplementedError

    @Slot()
    @when_seen
    def fill(self) -> None:
        """Make the lines anew; the keyboard stays in its place."""
        focused = next((n for n, line in enumerate(self.lines) if line.hasFocus()), None)
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = self.made()
        for line in self.lines:
            self._column.addWidget(line)
            line.opened.connect(partial(self.open_record, line.record))
        if focused is not None and self.lines:
            self.lines[min(focused, len(self.lines) - 1)].setFocus()

    def open_record(self, record: Any) -> None:
        """Open what a line stands for."""
        raise NotImplementedError


class CasesCard(_Card):
    """Open disputes, requests and disruptions. ``case_wanted`` carries the kind and the id."""

    case_wanted = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            msg("Record", "Open cases"),
            msg("Cases", "New dispute"),
            msg("Cases", "New dispute (Ctrl+Shift+X)"),
        )

    def made(self) -> list[CardLine]:
        """Return a line for each case; the card goes where there are none."""
        held = self.cases
        found = [
            CardLine(one.title, dispute_mark(one), self, record=("dispute", one.id), icon="scale")
            for one in held.disputes
        ]
        found += [
            CardLine(
                f"{one.department}: {one.what}",
                request_mark(one),
                self,
                record=("request", one.id),
                icon="inbox",
            )
            for one in held.requests
        ]
        found += [
            CardLine(
                one.title,
                disruption_mark(one),
                self,
                record=("disruption", one.id),
                icon="alert-triangle",
            )
            for one in held.disruptions
        ]
        self.setVisible(bool(found))
        return found

    def open_record(self, record: tuple[str, int]) -> None:
        """Ask for the page of cases."""
        self.case_wanted.emit(*record)


class KeyDatesCard(_Card):
    """Key dates that are not closed, earliest first. The signals carry the KeyDateRow."""

    form_wanted = Signal(object)
    closed = Signal(object)
    trash_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        new = msg("Key date", "New key date")
        super().__init__(parent, msg("Key date", "Key dates"), new, new)

    def made(self) -> list[CardLine]:
        """Return a line for each date."""
        found = [
            CardLine(str(name_of_date(one)), date_mark(one), self, record=one)
            for one in self.cases.key_dates
        ]
        said = tr("Key date", "Space closes it, Enter opens, Delete moves to the trash.")
        for line in found:
            line.setAccessibleDescription(said)
            line.ticked.connect(partial(self.closed.emit, line.record))
            line.trash_wanted.connect(partial(self.trash_wanted.emit, line.record))
        return found

    def open_record(self, record: KeyDateRow) -> None:
        """Ask for the form of a date."""
        self.form_wanted.emit(record)


def date_mark(one: KeyDateRow) -> ChipText:
    """Return when a date is, red once it has passed and amber in its lead days."""
    if one.days_left < 0:
        late = ntr("Key date", "{n} day ago", "{n} days ago", -one.days_left)
        return ChipText(late, "danger")
    return ChipText(formats.date(one.on_date), "warning" if one.is_near else "muted")
