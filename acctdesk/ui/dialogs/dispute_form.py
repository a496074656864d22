"""A dispute: with whom, about what, since when, which invoices it blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import DisputeType
from acctdesk.services.case_rows import DisputeCard, DisputeRow
from acctdesk.services.disputes import DisputeFields, change_dispute, open_dispute
from acctdesk.services.profile import get_profile
from acctdesk.services.receivables import open_invoices
from acctdesk.services.rows import OpenInvoice, Profile, TimelineItem
from acctdesk.text import clean
from acctdesk.ui.dialogs.blocked_invoices import BlockedInvoices
from acctdesk.ui.dialogs.record_form import RecordForm, named, read_day
from acctdesk.ui.itemmodels.cases_text import TYPES
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.widgets.basics import LineEdit, label, labelled
from acctdesk.ui.widgets.client_picker import ClientPicker
from acctdesk.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class DisputeForm(RecordForm):
    """Opens a dispute, or changes one. ``stored`` carries the id of a new one."""

    topic = "cases"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        card: DisputeCard | None = None,
        client: tuple[int, str] | None = None,  # id and name: the dispute is with no other
        talk: TimelineItem | None = None,  # the interaction in which it came up
    ) -> None:
        title = msg("Cases", "New dispute") if card is None else msg("Cases", "Dispute")
        super().__init__(context, parent, title, width=600)
        self._card = card
        self._talk = talk
        row = card.row if card is not None else None
        self._currency = "EUR"
        self.client = ClientPicker(context, self)
        self.what = LineEdit(self)
        self.what.setMaxLength(300)
        self.type = Combo(self)
        for kind, name in TYPES.items():
            self.type.addItem(str(name), kind)
        self.cause = LineEdit(self)
        self.cause.setMaxLength(300)
        began, answer = msg("Cases", "Began on"), msg("Cases", "Wants an answer by")
        self.opened = self.day_field(began, row.opened_on if row else context.today(), past=True)
        self.due = self.day_field(answer, row.due_on if row else None)
        self.invoices = BlockedInvoices(self, after=self.due.field)
        self.amount = LineEdit(self)
        self.notes = self.text_field(msg("Cases", "Notes"), card.notes if card else None)
        self.under(msg("Cases", "Client"), self.client)
        self.content.addLayout(labelled(msg("Cases", "What it is about"), self.what))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addLayout(labelled(msg("Cases", "Type"), self.type), 0, 0)
        grid.addLayout(labelled(msg("Cases", "Cause"), self.cause), 0, 1)
        grid.addLayout(named(began, self.opened), 1, 0)
        grid.addLayout(named(answer, self.due), 1, 1)
        self.content.addLayout(grid)
        self.content.addWidget(label(msg("Cases", "Invoices that it blocks"), "field"))
        self.content.addWidget(self.invoices)
        beyond = msg("Cases", "Amount beyond these invoices")
        self.content.addLayout(labelled(beyond, self.amount))
        self.content.addLayout(labelled(msg("Cases", "Notes"), self.notes))
        self.finish()
        self.client.chosen.connect(self._client_chosen)
        context.runner.ask(get_profile, on_done=self._profile_arrived, on_error=self.refused)
        if row is not None:
            self._fill(row)
            client = (row.client_id, row.client_name)
        if talk is not None:
            self.what.setText(talk.subject)
            self.notes.setPlainText(talk.body)
            self.opened.field.setText(formats.date(talk.day))
        if client is not None:
            self.client.take(*client)
            self.client.lock()
        (self.client if client is None else self.what).setFocus()

    def _fill(self, row: DisputeRow) -> None:
        self.what.setText(row.title)
        self.cause.setText(row.cause or "")
        self.cause.setCursorPosition(0)
        self.type.setCurrentIndex(list(TYPES).index(row.type))
        if row.amount_minor is not None:
            self.amount.setText(formats.amount(row.amount_minor))

    def _profile_arrived(self, profile: Profile) -> None:
        self._currency = profile.currency
        self._client_chosen(self.client.client_id)

    @Slot(object)
    def _client_chosen(self, client_id: int | None) -> None:
        if client_id is None:
            self.invoices.show_invoices([], (), self._currency)
            return
        self.context.runner.ask(
            open_invoices,
            as_of=self.context.today(),
            client_id=client_id,
            key="dispute.invoices",
            on_done=self._arrived,
            on_error=self.refused,
        )

    def _arrived(self, owed: list[OpenInvoice]) -> None:
        blocked = self._card.invoices if self._card is not None else ()
        self.invoices.show_invoices(owed, blocked, self._currency)
        if self.isVisible():
            self.fit(self.size())

    def store(self) -> None:
        """Read and store the dispute."""
        client_id = self.client.client_id
        if client_id is None:
            self.client.setFocus()
            raise UserError(msg("Cases", "Say with which client the dispute is."))
        today = self.context.today()
        fields: DisputeFields = {
            "title": clean(self.what.text()),
            "type": DisputeType(self.type.currentData()),
            "cause": clean(self.cause.text()),
            "opened_on": read_day(self.opened) or today,
            "due_on": read_day(self.due),
            "amount_minor": read_amount(self.amount.text()),
            "notes": self.notes.toPlainText(),
        }
        blocked = self.invoices.blocked()
        if self._card is None:
            self.send(
                msg("Step", "New dispute"),
                open_dispute,
                client_id=client_id,
                today=today,
                blocked=blocked,
                interaction_id=None if self._talk is None else self._talk.key[1],
                **fields,
            )
        else:
            self.send(
                msg("Step", "Dispute changed"),
                change_dispute,
                dispute_id=self._card.row.id,
                expected_version=self._card.row.version,
                today=today,
                blocked=blocked,
                **fields,
            )
