"""One case in full: its facts, what belongs to it, and what can be done with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.kinds import DisputeState, RequestState
from acctdesk.services.case_rows import DisputeCard, DisruptionCard, RequestRow
from acctdesk.ui.delegates.entry_row import ROW
from acctdesk.ui.itemmodels.cases_text import (
    TYPES,
    dispute_mark,
    disruption_mark,
    instant,
    of_affected,
    of_request,
    request_mark,
)
from acctdesk.ui.itemmodels.entries import Entry
from acctdesk.ui.itemmodels.timeline_text import ChipText
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import Button, hairline, label, row
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.entry_list import EntryList
from acctdesk.ui.words import say

MOST_ROWS = 6  # of a list before it scrolls
_READS = frozenset({"mail", "print"})  # the deeds that change nothing
Deed = tuple[str, Message, str]  # what is done, its words and its icon


class CaseDetail(QFrame):
    """Shows one case; ``wanted`` carries what is to be done with it, a key of the page."""

    wanted = Signal(str)
    entry_wanted = Signal(str, object)  # what, and the Entry it is about

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.deeds: dict[str, Button] = {}
        self.list: EntryList | None = None  # of clients touched, or people told
        self._content: QWidget | None = None
        self._read_only = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)

    def set_read_only(self, read_only: bool) -> None:
        """Offer what changes the book, or only what reads it."""
        self._read_only = read_only
        for key, button in self.deeds.items():
            button.setEnabled(key in _READS or not read_only)

    def show_nothing(self) -> None:
        """Show that no case is chosen."""
        inside = self._begin()
        inside.addWidget(label(msg("Cases", "Choose a line to see it in full."), "sub", wrap=True))
        inside.addStretch(1)

    def show_dispute(
        self, card: DisputeCard, requests: Sequence[RequestRow], currency: str
    ) -> None:
        """Show a dispute."""
        inside, one = self._begin(), card.row
        self._head(inside, one.title, dispute_mark(one))
        is_open = one.state is DisputeState.OPEN
        self._buttons(
            inside,
            [
                *([("tell", msg("Cases", "Told…"), "user-circle")] if is_open else []),
                ("ask", msg("Cases", "Ask a department…"), "inbox"),
                ("close", msg("Cases", "Close…"), "check")
                if is_open
                else ("reopen", msg("Cases", "Open again"), "restore"),
                ("edit", msg("Cases", "Edit…"), "pencil"),
            ],
        )
        money = one.at_stake_minor
        self._facts(
            inside,
            [
                (msg("Cases", "Client"), shown_name(one.client_name, one.client_id)),
                (msg("Cases", "Type"), str(TYPES[one.type])),
                (msg("Cases", "Cause"), one.cause),
                (msg("Cases", "Began on"), formats.date(one.opened_on)),
                (msg("Cases", "Days open"), formats.number(one.days_open)),
                (msg("Cases", "Wants an answer by"), _day(one.due_on)),
                (msg("Cases", "In dispute"), money and formats.money(money, currency)),
                (msg("Cases", "Closed on"), _day(one.closed_on)),
                (msg("Cases", "How it ended"), card.resolution),
                (msg("Cases", "Notes"), card.notes),
            ],
        )
        blocked = [
            (
                one.number,
                formats.date(one.issued_on),
                formats.money(one.disputed_minor, currency),
            )
            for one in card.invoices
        ]
        self._lines(inside, msg("Cases", "Invoices that it blocks"), blocked)
        told = [
            Entry(
                ("notice", notice.id),
                notice.who,
                mark=ChipText(formats.short_date(notice.told_on), "muted"),
                icon="user",
                record=notice,
            )
            for notice in card.notices
        ]
        nobody = msg("Cases", "Nobody was told yet.")
        self._entries(inside, msg("Cases", "Told"), told, nobody)
        if requests:
            asked = [(of_request(one).title, one.department, request_mark(one).text)
                     for one in requests]  # fmt: skip
            self._lines(inside, msg("Cases", "Asked of departments"), asked)
        inside.addStretch(1)

    def show_disruption(self, card: DisruptionCard) -> None:
        """Show a disruption; who was not told leads its list."""
        inside, one = self._begin(), card.row
        self._head(inside, one.title, disruption_mark(one))
        runs = one.ended_at is None
        self._buttons(
            inside,
            [
                *([("phoned", msg("Cases", "Told by telephone"), "phone")] if one.untold else []),
                ("edit", msg("Cases", "Edit…"), "pencil"),
                *([("mailed", msg("Cases", "All told by e-mail"), "mail")] if one.untold else []),
                ("close", msg("Cases", "It is over…"), "check")
                if runs
                else ("reopen", msg("Cases", "It runs again"), "restore"),
            ],
        )
        self._facts(
            inside,
            [
                (msg("Cases", "Cause"), one.cause),
                (msg("Cases", "Began on"), instant(one.started_at)),
                (msg("Cases", "Over since"), instant(one.ended_at) if one.ended_at else ""),
                (msg("Cases", "What was done"), card.resolution),
            ],
        )
        nobody = msg("Cases", "It touches no client yet.")
        touched = [of_affected(client) for client in card.clients]
        self._entries(inside, msg("Cases", "Clients that it touches"), touched, nobody)
        if self.list is not None:
            say(
                self.list,
                description=msg(
                    "Cases",
                    "Space: told by telephone today, or not told after all. Enter opens the client,"
                    " Delete takes it off the list.",
                ),
            )
        inside.addStretch(1)

    def show_request(self, one: RequestRow) -> None:
        """Show a request."""
        inside = self._begin()
        self._head(inside, one.what, request_mark(one))
        waits = one.state is RequestState.OPEN
        self._buttons(
            inside,
            [
                ("close", msg("Cases", "They answered…"), "check")
                if waits
                else ("reopen", msg("Cases", "Wait again"), "restore"),
                ("mail", msg("Cases", "Draft mail…"), "mail"),
                ("print", msg("Cases", "Print…"), "printer"),
                ("edit", msg("Cases", "Edit…"), "pencil"),
                ("department", msg("Cases", "Department…"), "users"),
                *([("cancel", msg("Cases", "No longer wanted"), "ban")] if waits else []),
            ],
        )
        self._facts(
            inside,
            [
                (msg("Cases", "Department"), one.department),
                (msg("Cases", "Who is asked"), one.person),
                (msg("Contact", "E-mail"), one.email),
                (msg("Contact", "Telephone"), one.phone and formats.phone(one.phone)),
                (msg("Cases", "Client"), shown_name(one.client_name, one.client_id)),
                (msg("Cases", "Asked on"), formats.date(one.asked_on)),
                (msg("Cases", "Answer wanted by"), _day(one.due_on)),
                (msg("Cases", "Details"), one.details),
                (msg("Cases", "Answered on"), _day(one.answered_on)),
                (msg("Cases", "What they answered"), one.answer),
            ],
        )
        inside.addStretch(1)

    # -- the parts

    def _begin(self) -> QVBoxLayout:
        held = self._content is not None and self._content.isAncestorOf(self.window().focusWidget())
        if self._content is not None:
            self._column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget(self)
        self._content.setObjectName("content")
        self._column.addWidget(self._content)
        self.deeds, self.list = {}, None
        self._was_held = held
        inside = QVBoxLayout(self._content)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.setSpacing(10)
        return inside

    def _head(self, inside: QVBoxLayout, title: str, mark: ChipText) -> None:
        chip = Chip(mark.text, mark.tone)
        head = row(label(title, "section", wrap=True), chip, spacing=12)
        head.setStretch(0, 1)
        head.setAlignment(chip, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(head)

    def _buttons(self, inside: QVBoxLayout, deeds: Sequence[Deed]) -> None:
        made: list[Button] = []
        for key, text, icon in deeds:
            button = Button(text, look="small", icon=icon)
            button.setObjectName(key)
            button.clicked.connect(self._pressed)
            button.setEnabled(key in _READS or not self._read_only)
            self.deeds[key] = button
            made.append(button)
        for start in range(0, len(made), 2):
            inside.addLayout(row(*made[start : start + 2], None, spacing=6))
        inside.addWidget(hairline())

    def _facts(
        self, inside: QVBoxLayout, facts: Sequence[tuple[Message, str | int | None]]
    ) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        place = 0
        for name, value in facts:
            if not value:
                continue
            head = label(name, "caption")
            grid.addWidget(head, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(str(value), wrap=True), place, 1)
            place += 1
        inside.addLayout(grid)

    def _lines(
        self, inside: QVBoxLayout, name: Message, lines: Sequence[tuple[str, str, str]]
    ) -> None:
        if not lines:
            return
        inside.addWidget(label(name, "strong"))
        for first, second, third in lines:
            left = ElidedLabel()
            left.setText(f"{first} · {second}")
            line = row(left, label(third, "strong"), spacing=12)
            line.setStretch(0, 1)
            inside.addLayout(line)

    def _entries(
        self,
        inside: QVBoxLayout,
        name: Message,
        entries: list[Entry],
        nothing: Message,
    ) -> None:
        inside.addWidget(label(name, "strong"))
        if not entries:
            inside.addWidget(label(nothing, "caption", wrap=True))
            return
        made = self.list = EntryList(self)
        made.setFixedHeight(min(MOST_ROWS, len(entries)) * ROW + 4)
        made.show_entries(entries)
        say(made, name=name)
        made.ticked.connect(self._ticked)
        made.opened.connect(self._opened)
        made.trash_wanted.connect(self._dropped)
        inside.addWidget(made)
        if self._was_held:
            made.setFocus()

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.wanted.emit(button.objectName())

    @Slot(object)
    def _ticked(self, entry: Entry) -> None:
        self.entry_wanted.emit("tick", entry)

    @Slot(object)
    def _opened(self, entry: Entry) -> None:
        self.entry_wanted.emit("open", entry)

    @Slot(object)
    def _dropped(self, entry: Entry) -> None:
        self.entry_wanted.emit("drop", entry)


def _day(day: dt.date | None) -> str:
    return formats.date(day) if day is not None else ""
