"""Tab "Reminders": whom a step of the ladder is proposed for, who is left out, who promised."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg, ntr, tr
from acctdesk.services.ladder import Proposal, Standing, proposals
from acctdesk.services.payment_promises import (
    PaymentPromiseRow,
    payment_promises,
    trash_payment_promise,
    withdraw_payment_promise,
)
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.itemmodels.reminders import (
    InvoiceLinesModel,
    PaymentPromisesModel,
    RemindersModel,
    invoices_of,
    invoices_promised,
)
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.receivables.pane import Pane
from acctdesk.ui.pages.receivables.paper import list_paper
from acctdesk.ui.pages.receivables.reminder_lists import (
    InvoiceLinesView,
    PaymentPromisesView,
    RemindersView,
)
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import Button, box, row
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.filter_chips import FilterChips
from acctdesk.ui.widgets.menu import Deed
from acctdesk.ui.widgets.states import StatePanel
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from acctdesk.ui.context import Context
    from acctdesk.ui.pages.clients.book_profile import BookProfile

_PROMISES = "promises"
_CHIPS: tuple[tuple[str, Message], ...] = (
    ("next", msg("Ladder", "Step due")),
    ("waiting", msg("Ladder", "Waiting")),
    ("over", msg("Ladder", "Last step taken")),
    ("left_out", msg("Ladder", "Left out")),
    (_PROMISES, msg("Collecting", "Promises to pay")),
)
_LIST, _INVOICES = 260, 150  # least heights


@dataclass(frozen=True, slots=True)
class _Held:
    proposals: list[Proposal]
    promises: list[PaymentPromiseRow]


def _held(session: Session, *, as_of: dt.date) -> _Held:
    return _Held(proposals(session, as_of=as_of), payment_promises(session, as_of=as_of))


class RemindersPane(Pane):
    """The ladder today; a step is taken only when the officer presses for it."""

    tables = (
        "documents", "receipts", "allocations", "clients", "contacts", "disputes",
        "disputed_documents", "reminders", "reminded_documents", "payment_promises",
        "promised_documents", "settings", "days_off",
    )  # fmt: skip
    unread = msg("Ladder", "The reminders could not be read")
    dated = False

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(context, profile, parent)
        self._data: _Held | None = None
        self.model = RemindersModel(self)
        self.promises = PaymentPromisesModel(self)
        self.invoices = InvoiceLinesModel(self)
        self.deeds = Deeds(context, self)
        self._build()

    # -- what the page asks

    @property
    def sub_title(self) -> str:
        """How many steps are due, and for how much."""
        if self._data is None:
            return ""
        due = [one for one in self._data.proposals if one.standing is Standing.NEXT]
        amount = sum(one.overdue_minor for one in due)
        return ntr(
            "Ladder",
            "{day} · a step is due for {n} client, {amount} overdue",
            "{day} · a step is due for {n} clients, {amount} overdue",
            len(due),
            day=formats.long_date(self.as_of),
            amount=formats.money(amount, self.profile.currency(), cents=False),
        )

    @property
    def client(self) -> tuple[int, str] | None:
        """The client under the cursor of the list."""
        promise, proposal = self.promise, self.proposal
        if promise is not None:
            return promise.client_id, promise.client_name
        return None if proposal is None else (proposal.client_id, proposal.client_name)

    @property
    def proposal(self) -> Proposal | None:
        """The client of the ladder under the cursor, None while promises are shown."""
        return None if self._on_promises else self.model.row(self.view.currentIndex().row())

    @property
    def promise(self) -> PaymentPromiseRow | None:
        """The promise under the cursor, None while the ladder is shown."""
        if not self._on_promises:
            return None
        return self.promises.row(self.promise_view.currentIndex().row())

    @property
    def _on_promises(self) -> bool:
        return self.chips.key == _PROMISES

    def first_focus(self) -> None:
        """Begin in the list."""
        (self.promise_view if self._on_promises else self.view).setFocus()

    def choose_client(self, client_id: int) -> None:
        """Make a client current, in whichever part of the list it stands."""
        for one in self._data.proposals if self._data is not None else ():
            if one.client_id == client_id:
                self.chips.choose(one.standing.value)
                self.view.choose(client_id)

    @Slot()
    def load(self) -> None:
        """Ask for the ladder and the promises of today."""
        self.context.runner.ask(
            _held,
            as_of=self.as_of,
            key="receivables.reminders",
            on_done=self._arrived,
            on_error=self.failed,
        )

    def print_document(self) -> QTextDocument | None:
        """Return the list that is shown."""
        if self._data is None:
            return None
        shown = self.promises if self._on_promises else self.model
        words = dict(_CHIPS)[self.chips.key]
        title = f"{registry.RECEIVABLES.title} – {words}"
        return list_paper(title, self.sub_title, shown, first=0 if self._on_promises else 1)

    # -- building

    def _build(self) -> None:
        self.chips = FilterChips(_CHIPS, msg("Receivables", "Show"), self)
        self.chips.chosen.connect(self._show)
        self.all = Button(msg("Ladder", "Tick all"), look="small", icon="checks")
        self.all.clicked.connect(self._tick_all)
        self.make = Button(msg("Ladder", "Make reminders…"), look="small", icon="file-export")
        self.make.clicked.connect(self.make_reminders)
        self.promise_button = Button(msg("Collecting", "Promise…"), look="small", icon="flag")
        self.promise_button.clicked.connect(self._new_promise)
        self.view = RemindersView(self.model, self)
        self.view.ticked.connect(self._say_make)
        self.promise_view = PaymentPromisesView(self.promises, self)
        for view in (self.view, self.promise_view):
            view.opened.connect(self.open_client)
            view.chosen.connect(self._line_chosen)
            view.menu_wanted.connect(self.open_menu)
        self.nothing = StatePanel("circle-check", self)
        self.lists = QStackedWidget(self)
        self.lists.setMinimumHeight(_LIST)
        for one in (self.view, self.promise_view, self.nothing):
            self.lists.addWidget(one)
        card, inside = box("card", margins=(1, 10, 1, 4), spacing=8)
        chips = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        chips.setContentsMargins(16, 0, 16, 0)
        chips.setSpacing(8)
        chips.addWidget(self.chips, 1)
        chips.addLayout(row(self.all, self.make, self.promise_button))
        self.turning.append(chips)
        inside.addLayout(chips)
        inside.addWidget(self.lists, 1)
        self.title = ElidedLabel(px=14, weight=600)
        self.lines = InvoiceLinesView(self.invoices, self)
        self.lines.setMinimumHeight(_INVOICES)
        self.below, under = box("card", margins=(1, 10, 1, 4), spacing=4)
        under.addLayout(row(self.title, margins=(16, 0, 16, 0)))
        under.addWidget(self.lines)
        self.content.addWidget(card, 3)
        self.content.addWidget(self.below, 1)
        self._say_make()

    # -- answers

    def _arrived(self, data: _Held) -> None:
        self._data = data
        self.arrived()
        due = {one.client_id for one in data.proposals if one.standing is Standing.NEXT}
        self.model.ticked &= due
        self._show()
        self.say_anew()

    # -- showing

    @Slot()
    def _show(self) -> None:
        if self._data is None:
            return
        client, promise = self.view.client_id, self.promise
        counts = {
            one.value: sum(row.standing is one for row in self._data.proposals) for one in Standing
        }
        self.chips.show_counts({**counts, _PROMISES: len(self._data.promises)})
        self.model.set_rows(
            [one for one in self._data.proposals if one.standing.value == self.chips.key]
        )
        self.promises.set_rows(self._data.promises)
        self.view.choose(client)
        self.promise_view.choose(None if promise is None else promise.client_id)
        shown = self.promise_view if self._on_promises else self.view
        if not shown.model().rowCount():
            self._say_nothing()
            self.lists.setCurrentWidget(self.nothing)
        else:
            self.lists.setCurrentWidget(shown)
        self._line_chosen()
        self._say_make()

    def _say_nothing(self) -> None:
        if self._on_promises:
            self.nothing.show_words(
                msg("Collecting", "No promise to pay is written down"),
                msg("Collecting", "Write down what a client says it will pay, and by when."),
            )
        elif self.chips.key == Standing.NEXT.value:
            self.nothing.show_words(
                msg("Ladder", "No step is due today"),
                msg("Ladder", "Whoever owes was asked already, gave a promise, or disputes it."),
            )
        else:
            self.nothing.show_words(
                msg("Ladder", "Nobody stands here"),
                msg("Ladder", "Choose another part above the list."),
            )

    @Slot()
    def _line_chosen(self) -> None:
        proposal, promise, client = self.proposal, self.promise, self.client
        if proposal is not None:
            self.invoices.set_rows(invoices_of(proposal))
        elif promise is not None:
            self.invoices.set_rows(invoices_promised(promise))
        self.below.setVisible(client is not None)
        if client is not None:
            name = shown_name(client[1], client[0])
            self.title.setText(tr("Ladder", "Invoices of {client}", client=name))
        self.actions_changed.emit()

    @Slot()
    def _say_make(self) -> None:
        count = len(self.model.ticked)
        ladder = self.chips.key == Standing.NEXT.value
        self.all.setVisible(ladder)
        self.make.setVisible(ladder)
        self.make.setEnabled(count > 0)
        words: Message = (
            nmsg("Ladder", "Make {n} reminder…", "Make {n} reminders…", count)
            if count
            else msg("Ladder", "Make reminders…")
        )
        say(self.make, text=words)

    def speak(self) -> None:
        """Show the steps that are held."""
        super().speak()
        self.model.repeat()
        self.promises.repeat()
        self._line_chosen()

    # -- hands

    @Slot()
    def _tick_all(self) -> None:
        every = {one.client_id for one in self.model.rows}
        self.model.ticked = set() if every <= self.model.ticked else set(every)
        self.model.repeat()
        self._say_make()

    @Slot()
    def make_reminders(self) -> None:
        """Show what would be made for the clients that are ticked."""
        from acctdesk.ui.dialogs.reminders import RemindersDialog

        ids = [one.client_id for one in self.model.rows if one.client_id in self.model.ticked]
        if ids:
            RemindersDialog(self.context, self.window(), client_ids=ids).open()

    @Slot()
    def _new_promise(self) -> None:
        self.context.actions["record.payment_promise"].trigger()

    def offers(self) -> list[Deed]:
        """Return what is done with the promise at hand."""
        if self.promise is None:
            return []
        ended = (msg("Collecting", "It no longer holds"), self.withdraw)
        return [
            (msg("Collecting", "Change the promise…"), self.edit_promise),
            *([ended] if self.promise.is_running else []),
            (msg("Collecting", "Move to the trash"), self.trash_promise),
        ]

    @Slot()
    def edit_promise(self) -> None:
        """Open the form of the promise under the cursor."""
        from acctdesk.ui.dialogs.payment_promise_form import PaymentPromiseForm

        if self.promise is not None:
            PaymentPromiseForm(self.context, self.window(), promise=self.promise).open()

    @Slot()
    def withdraw(self) -> None:
        """Say that the promise under the cursor no longer holds."""
        if self.promise is not None:
            self.deeds.do(
                msg("Step", "Promise to pay withdrawn"),
                withdraw_payment_promise,
                msg("Collecting", "The promise no longer holds; its invoices are asked for again."),
                promise_id=self.promise.id,
                today=self.context.today(),
            )

    @Slot()
    def trash_promise(self) -> None:
        """Move the promise under the cursor to the trash."""
        if self.promise is not None:
            self.deeds.do(
                msg("Step", "Promise to pay to the trash"),
                trash_payment_promise,
                msg("Collecting", "The promise to pay was moved to the trash."),
                promise_id=self.promise.id,
            )
