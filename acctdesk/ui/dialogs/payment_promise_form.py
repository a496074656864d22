"""A promise to pay: who promised, by which day, which invoices and how much of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.services.case_rows import BlockedInvoice
from acctdesk.services.contacts import contacts_of
from acctdesk.services.payment_promises import (
    PaymentPromiseRow,
    change_payment_promise,
    promise_to_pay,
)
from acctdesk.services.profile import get_profile
from acctdesk.services.receivables import open_invoices
from acctdesk.services.rows import ContactRow, OpenInvoice, Profile
from acctdesk.text import clean
from acctdesk.ui.dialogs.blocked_invoices import BlockedInvoices
from acctdesk.ui.dialogs.record_form import RecordForm, named, read_day
from acctdesk.ui.widgets.basics import LineEdit, label, labelled
from acctdesk.ui.widgets.client_picker import ClientPicker
from acctdesk.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class PaymentPromiseForm(RecordForm):
    """Writes a promise to pay down, or corrects one. ``stored`` carries the id of a new one."""

    topic = "reminders"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        promise: PaymentPromiseRow | None = None,
        client: tuple[int, str] | None = None,  # id and name
        interaction_id: int | None = None,  # in which it was given
    ) -> None:
        title = msg("Collecting", "Promise to pay")
        super().__init__(context, parent, title, width=600)
        self._promise = promise
        self._interaction_id = interaction_id
        self._currency = "EUR"
        self.client = ClientPicker(context, self)
        self.contact = Combo(self)
        by = msg("Collecting", "They will pay by")
        self.due = self.day_field(by, None if promise is None else promise.due_on)
        self.notes = LineEdit(self)
        self.notes.setMaxLength(300)
        self.invoices = BlockedInvoices(self, after=self.contact)
        self.under(msg("Collecting", "Client"), self.client)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addLayout(named(by, self.due), 0, 0)
        grid.addLayout(labelled(msg("Collecting", "Who promised"), self.contact), 0, 1)
        self.content.addLayout(grid)
        self.content.addWidget(label(msg("Collecting", "What they will pay"), "field"))
        self.content.addWidget(self.invoices)
        self.content.addLayout(labelled(msg("Collecting", "Note"), self.notes))
        self.finish()
        self.client.chosen.connect(self._client_chosen)
        if promise is not None:
            self.notes.setText(promise.notes or "")
            client = (promise.client_id, promise.client_name)
        context.runner.ask(get_profile, on_done=self._profile_arrived, on_error=self.refused)
        if client is not None:
            self.client.take(*client)
            self.client.lock()
        (self.client if client is None else self.due).setFocus()

    def _profile_arrived(self, profile: Profile) -> None:
        self._currency = profile.currency
        self._client_chosen(self.client.client_id)

    @Slot(object)
    def _client_chosen(self, client_id: int | None) -> None:
        if client_id is None:
            self.contact.clear()
            self.invoices.show_invoices([], (), self._currency)
            return
        self.context.runner.ask(
            contacts_of,
            client_id=client_id,
            key="promise.contacts",
            on_done=self._contacts_arrived,
            on_error=self.refused,
        )
        self.context.runner.ask(
            open_invoices,
            as_of=self.context.today(),
            client_id=client_id,
            key="promise.invoices",
            on_done=self._arrived,
            on_error=self.refused,
        )

    def _contacts_arrived(self, contacts: list[ContactRow]) -> None:
        self.contact.clear()
        self.contact.addItem(str(msg("Collecting", "nobody in particular")), None)
        for one in contacts:
            self.contact.addItem(one.name, one.id)
        chosen = None if self._promise is None else self._promise.contact_id
        self.contact.setCurrentIndex(max(0, self.contact.findData(chosen)))

    def _arrived(self, owed: list[OpenInvoice]) -> None:
        promised = () if self._promise is None else self._promise.invoices
        dates = {one.id: one.issued_on for one in owed}
        held = [
            BlockedInvoice(
                one.document_id,
                one.number,
                dates.get(one.document_id, one.due_on),
                one.left_minor,
                one.amount_minor,
                one.amount_minor,
            )
            for one in promised
        ]
        self.invoices.show_invoices(owed, held, self._currency)
        if self._promise is None:  # most often all that is overdue is promised
            late = {one.id for one in owed if one.days_past_due > 0}
            for line in self.invoices.lines:
                line.tick.setChecked(line.document_id in late)
        if self.isVisible():
            self.fit(self.size())

    def store(self) -> None:
        """Read and store the promise."""
        client_id = self.client.client_id
        if client_id is None:
            self.client.setFocus()
            raise UserError(msg("Collecting", "Say which client promised to pay."))
        day = read_day(self.due)
        if day is None:
            self.due.setFocus()
            raise UserError(msg("Collecting", "Say by which day they will pay."))
        contact_id, notes = self.contact.currentData(), clean(self.notes.text()) or None
        invoices, today = dict(self.invoices.blocked()), self.context.today()
        if self._promise is None:
            self.send(
                msg("Step", "Promise to pay"),
                promise_to_pay,
                client_id=client_id,
                due_on=day,
                invoices=invoices,
                today=today,
                contact_id=contact_id,
                interaction_id=self._interaction_id,
                notes=notes,
            )
        else:
            self.send(
                msg("Step", "Promise to pay changed"),
                change_payment_promise,
                promise_id=self._promise.id,
                expected_version=self._promise.version,
                due_on=day,
                invoices=invoices,
                today=today,
                contact_id=contact_id,
                notes=notes,
            )
