"""What a bank's file would bring: each payment with its client and invoices, to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.services.bank_in import (
    ConfirmedPayment,
    Found,
    PaymentRow,
    PaymentState,
    propose_invoices,
)
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.amount_lines import AmountLines, Payable
from acctdesk.ui.widgets.basics import Button, label, row
from acctdesk.ui.widgets.client_picker import ClientPicker
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.tick_table import TickTable
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.figures.allocation import Owed
    from acctdesk.services.open_items import Proposal
    from acctdesk.services.same_payments import SameReceipt
    from acctdesk.ui.context import Context

_HEADINGS = (
    msg("Bank", "Day"),
    msg("Bank", "Amount"),
    msg("Bank", "Who paid"),
    msg("Bank", "Client"),
    msg("Bank", "Pays"),
)


@dataclass(slots=True)
class Choice:
    """What the officer says of one payment; ``joins``: it is the receipt ``same`` of the book."""

    row: PaymentRow
    take: bool
    client_id: int | None
    client_name: str
    same: SameReceipt | None = None
    joins: bool = False
    doubt: Message | None = None
    parts: dict[int, int] = field(default_factory=dict)  # by invoice, minor units
    numbers: dict[int, str] = field(default_factory=dict)


class BankInDialog(CalmDialog):
    """Lists the money that came in; below stands the payment at hand, to be changed.

    ``confirmed`` carries what is to be taken in; the dialog stays until it is closed or accepted.
    """

    confirmed = Signal(object)
    topic = "bank"

    def __init__(
        self, context: Context, rows: Sequence[PaymentRow], note: Message | None, parent: QWidget
    ) -> None:
        super().__init__(parent, msg("Bank", "Take in payments of the bank"), width=860)
        self.context = context
        self.choices = [
            _choice(one) for one in rows if one.state in (PaymentState.NEW, PaymentState.UNKNOWN)
        ]
        self._at = -1
        self.content.addWidget(label(_what(self.choices), wrap=True))
        if note is not None:
            self.content.addWidget(label(note, "danger", wrap=True))
        name = msg("Bank", "Payments")
        self.table = TickTable(_HEADINGS, name, self, wide=2, rows=6, figures=(1,))
        self.table.ticked.connect(self._ticked)
        self.table.chosen.connect(self._show)
        self.content.addWidget(self.table, 1)
        self.says = label("", "sub", wrap=True)
        self.client = ClientPicker(context, self)
        self.client.chosen.connect(self._client_chosen)
        self.lines = AmountLines(self, after=self.client.field)
        self.lines.changed.connect(self._lines_changed)
        self.same = QCheckBox(self)
        self.same.toggled.connect(self._same_chosen)
        self.why = label("", "caption", wrap=True)
        self.content.addWidget(self.says)
        self.content.addLayout(row(label(msg("Bank", "Client"), "field"), spacing=8))
        self.content.addWidget(self.client)
        self.content.addWidget(self.why)
        self.content.addWidget(self.same)
        self.content.addWidget(self.lines)
        for one in _notes(rows):
            self.content.addWidget(label(one, "sub", wrap=True))
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.trouble)
        self.add_button(msg("Bank", "Cancel")).clicked.connect(self.reject)
        self.keep: Button = self.add_button(
            msg("Bank", "Take in"), look="primary", icon="check", default=True
        )
        self.keep.clicked.connect(self._confirm)
        self.table.show_ticks(
            [self._cells(one) for one in self.choices], [one.take for one in self.choices]
        )
        self._show(0 if self.choices else -1)
        self._count()
        self.table.setFocus()

    def refused(self, error: Exception) -> None:
        """Say why nothing was taken in."""
        self.trouble.setText(str(error))
        self.trouble.show()

    # -- the payment at hand

    @Slot(int)
    def _show(self, at: int) -> None:
        self._at = at
        if not 0 <= at < len(self.choices):
            return
        choice = self.choices[at]
        payment = choice.row.payment
        told = [shown_name(payment.name, None), payment.iban, *payment.texts, *payment.references]
        self.says.setText(" · ".join([one for one in told if one][:4]))
        self.client.blockSignals(True)
        self.client.take(choice.client_id, choice.client_name)
        self.client.blockSignals(False)
        self._show_same()
        self._ask(fresh=False)

    def _ask(self, *, fresh: bool) -> None:
        """Ask what the client owes; ``fresh``: and take what is proposed."""
        at, choice = self._at, self.choices[self._at]
        if choice.client_id is None or choice.joins:
            self.lines.hide()
            self._say_why(None)
            return
        self.context.runner.ask(
            propose_invoices,
            payment=choice.row.payment,
            client_id=choice.client_id,
            key=f"bank_in.{id(self)}",
            on_done=partial(self._arrived, at, fresh),
            on_error=self.refused,
        )

    def _arrived(self, at: int, fresh: bool, found: Found) -> None:
        owed, proposal = found.owed, found.proposal
        choice = self.choices[at]
        if choice.client_id != choice.row.client_id and choice.same is None:
            self._meet(at, found)
            if choice.joins:
                return
        choice.numbers.update({one.id: one.number for one in owed})
        others = self._paid_by_others(at)
        if fresh:
            choice.parts = {
                part.document_id: part.amount_minor
                for part in (proposal.parts if proposal else ())
                if not others.get(part.document_id)
            }
            self._renew(at)
        if at != self._at:
            return
        currency = choice.row.payment.currency
        offered = [
            Payable(one.id, one.number, _says(one, left, currency), left)
            for one in sorted(owed, key=lambda one: (one.due_on, one.id))
            if (left := one.open - others.get(one.id, 0)) > 0
        ]
        self.lines.show()
        self.lines.show_lines(offered, choice.parts)
        self._say_why(proposal if fresh else choice.row.proposal)

    def _paid_by_others(self, at: int) -> dict[int, int]:
        found: dict[int, int] = {}
        for place, one in enumerate(self.choices):
            if place != at and one.take:
                for which, amount in one.parts.items():
                    found[which] = found.get(which, 0) + amount
        return found

    def _say_why(self, proposal: Proposal | None) -> None:
        choice = self.choices[self._at]
        same = choice.client_id == choice.row.client_id
        said = []
        if same and choice.row.how is not None:
            said.append(str(msg("Bank", "Known {how}.", how=choice.row.how)))
        if proposal is not None:
            said.append(str(proposal.reason))
        if choice.doubt is not None and not choice.joins:
            said.append(str(choice.doubt))
        if choice.client_id is None:
            said = [str(msg("Bank", "Nobody in the book is known by it: choose the client."))]
        self.why.setText(" ".join(said))

    def _show_same(self) -> None:
        """Ask whether the payment at hand is a receipt of the book, where one may be it."""
        choice = self.choices[self._at]
        self.same.setVisible(choice.same is not None)
        if choice.same is not None:
            number, day = choice.same.number, formats.date(choice.same.day)
            say(
                self.same,
                text=msg("Bank", "It is receipt {number} of {day}", number=number, day=day),
                description=msg(
                    "Bank",
                    "Ticked, no second receipt is made: that one goes on paying what it pays.",
                ),
            )
        self.same.blockSignals(True)
        self.same.setChecked(choice.joins)
        self.same.blockSignals(False)

    def _meet(self, at: int, found: Found) -> None:
        """Say of a payment whose client was chosen here what its own file says of others."""
        choice = self.choices[at]
        choice.doubt = found.doubt
        if found.same is not None and any(_joins(one, found.same) for one in self.choices):
            return
        choice.same = found.same
        choice.take = choice.take and found.doubt is None
        self._join(at, on=found.same is not None and found.same.sure)

    @Slot(bool)
    def _same_chosen(self, on: bool) -> None:
        self._join(self._at, on=on)
        self._ask(fresh=not on)

    def _join(self, at: int, *, on: bool) -> None:
        """Let a payment be the receipt that it may be, or not; no other one is it then."""
        choice = self.choices[at]
        choice.joins = on
        if on:
            choice.take, choice.parts = True, {}
            for place, other in enumerate(self.choices):
                if place != at and choice.same is not None and _joins(other, choice.same):
                    other.joins = other.take = False
                    self._renew(place)
        self._renew(at)
        if at == self._at:
            self._show_same()
            self.lines.setVisible(not on)

    @Slot(object)
    def _client_chosen(self, client_id: int | None) -> None:
        if not 0 <= self._at < len(self.choices):
            return
        choice = self.choices[self._at]
        if client_id == choice.client_id:
            return
        choice.client_id = client_id
        choice.client_name = self.client.client_name if client_id is not None else ""
        choice.take = client_id is not None
        back = client_id == choice.row.client_id
        choice.parts, choice.joins = {}, False
        choice.same, choice.doubt = (choice.row.same, choice.row.doubt) if back else (None, None)
        self._show_same()
        self._renew(self._at)
        self._ask(fresh=True)

    @Slot()
    def _lines_changed(self) -> None:
        choice = self.choices[self._at]
        try:
            choice.parts = self.lines.paid()
        except UserError as error:
            self.refused(error)
            return
        self.trouble.hide()
        self._renew(self._at)

    # -- the table

    @Slot(int, bool)
    def _ticked(self, at: int, on: bool) -> None:
        choice = self.choices[at]
        choice.take = on and choice.client_id is not None
        if on and choice.client_id is None:
            self.table.selectRow(at)
            self.client.field.setFocus()
        self._renew(at)

    def _renew(self, at: int) -> None:
        choice = self.choices[at]
        self.table.show_row(at, self._cells(choice), tick=choice.take)
        self._count()

    def _cells(self, choice: Choice) -> tuple[str, ...]:
        payment = choice.row.payment
        numbers = {
            part.document_id: part.number
            for part in (choice.row.proposal.parts if choice.row.proposal else ())
        } | choice.numbers
        pays = ", ".join(numbers.get(which, "") for which in choice.parts)
        if choice.joins and choice.same is not None:
            pays = str(msg("Bank", "is receipt {number}", number=choice.same.number))
        elif choice.client_id is not None and not pays:
            pays = str(msg("Bank", "stays not applied"))
        return (
            formats.date(payment.day),
            formats.money(payment.amount_minor, payment.currency),
            shown_name(payment.name or " · ".join(payment.texts), None),
            shown_name(choice.client_name, None),
            pays,
        )

    def _count(self) -> None:
        count = sum(one.take for one in self.choices)
        say(self.keep, text=nmsg("Bank", "Take in {n}", "Take in {n}", count))
        self.keep.setEnabled(count > 0)

    @Slot()
    def _confirm(self) -> None:
        self.confirmed.emit(
            [
                ConfirmedPayment(
                    one.row.payment,
                    one.client_id,
                    tuple(one.parts.items()),
                    one.same.id if one.joins and one.same is not None else None,
                )
                for one in self.choices
                if one.take and one.client_id is not None
            ]
        )


def _joins(choice: Choice, same: SameReceipt) -> bool:
    return choice.joins and choice.same is not None and choice.same.id == same.id


def _choice(row: PaymentRow) -> Choice:
    parts = row.proposal.parts if row.proposal else ()
    return Choice(
        row,
        row.sure,
        row.client_id,
        row.client_name or "",
        row.same,
        row.joins is not None,
        row.doubt,
        {part.document_id: part.amount_minor for part in parts},
    )


def _says(one: Owed, left: int, currency: str) -> Message:
    return msg(
        "Open items",
        "{number} · due {day} · open {amount}",
        number=one.number,
        day=formats.date(one.due_on),
        amount=formats.money(left, currency),
    )


def _what(choices: Sequence[Choice]) -> Message:
    known = sum(one.client_id is not None for one in choices)
    return msg(
        "Bank",
        "{n} payments came in; of {known} the client is proposed. What is ticked becomes a receipt"
        " and pays the invoices shown, or joins the receipt that it is. Nothing has changed yet.",
        n=len(choices),
        known=known,
    )


def _notes(rows: Sequence[PaymentRow]) -> list[Message]:
    known = sum(one.state is PaymentState.KNOWN for one in rows)
    out = sum(one.state is PaymentState.OUT for one in rows)
    notes = []
    if known:
        notes.append(
            nmsg(
                "Bank",
                "{n} more is in the book already.",
                "{n} more are in the book already.",
                known,
            )
        )
    if out:
        notes.append(
            nmsg(
                "Bank",
                "{n} is left out: money that went out, or was taken back.",
                "{n} are left out: money that went out, or was taken back.",
                out,
            )
        )
    return notes
