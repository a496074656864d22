"""What is done with an open item: pay invoices, lower one, write it off, divide it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk import formats, periods
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.services.allocation import (
    Part,
    allocate,
    name_invoice,
    set_instalments,
    write_off,
)
from acctdesk.services.open_items import CreditItem, InvoiceItem, ReceiptItem
from acctdesk.ui.dialogs.record_form import RecordForm, named, read_day
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.widgets.amount_lines import AmountLines, Payable
from acctdesk.ui.widgets.basics import Button, LineEdit, label, labelled, row
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.when_field import WhenField
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

PARTS = 6  # instalments


def _said(one: InvoiceItem) -> Message:
    return msg(
        "Open items",
        "{number} · due {day} · open {amount}",
        number=one.number,
        day=formats.date(one.due_on),
        amount=formats.money(one.open_minor, one.currency),
    )


class ApplyForm(RecordForm):
    """Which invoices a receipt pays, and with how much."""

    topic = "open-items"

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        *,
        receipt: ReceiptItem,
        invoices: Sequence[InvoiceItem],
    ) -> None:
        super().__init__(context, parent, msg("Open items", "What the receipt pays"))
        self._receipt = receipt
        free = msg(
            "Open items",
            "Not applied yet: {amount}.",
            amount=formats.money(receipt.free_minor, receipt.currency),
        )
        self.content.addWidget(label(free, wrap=True))
        reason = receipt.proposal.reason if receipt.proposal else receipt.reason or ""
        self.why = label(reason, "caption", wrap=True)
        self.content.addWidget(self.why)
        self.lines = AmountLines(self, after=self)
        self.content.addWidget(self.lines)
        proposed = receipt.proposal.parts if receipt.proposal else ()
        self.lines.show_lines(
            [
                Payable(one.id, one.number, _said(one), min(one.open_minor, receipt.free_minor))
                for one in invoices
                if one.currency == receipt.currency
            ],
            {part.document_id: part.amount_minor for part in proposed},
        )
        self.finish(msg("Open items", "Apply"))
        if self.lines.lines:
            self.lines.lines[0].tick.setFocus()

    def store(self) -> None:
        """Let the receipt pay what is ticked."""
        parts = [Part(self._receipt.id, which, n) for which, n in self.lines.paid().items()]
        self.send(msg("Step", "Receipts applied"), allocate, parts=parts)


class CreditForm(RecordForm):
    """Which invoice a credit note lowers."""

    topic = "open-items"

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        *,
        credit: CreditItem,
        invoices: Sequence[InvoiceItem],
    ) -> None:
        super().__init__(context, parent, msg("Open items", "What the credit note lowers"))
        self._credit = credit
        self._invoices = [
            one
            for one in invoices
            if one.currency == credit.currency and one.open_minor >= credit.amount_minor
        ]
        self.content.addWidget(
            label(
                msg(
                    "Open items",
                    "{number}: {amount}. It lowers one invoice of which at least so much is open.",
                    number=credit.number,
                    amount=formats.money(credit.amount_minor, credit.currency),
                ),
                wrap=True,
            )
        )
        self.invoice = Combo(self)
        self.invoice.setMinimumHeight(32)
        for one in self._invoices:
            self.invoice.addItem(str(_said(one)))
        self.content.addLayout(labelled(msg("Open items", "Invoice"), self.invoice))
        self.finish(msg("Open items", "Apply"))
        self.invoice.setFocus()

    def store(self) -> None:
        """Let the credit note lower the invoice chosen."""
        at = self.invoice.currentIndex()
        if at < 0:
            raise UserError(msg("Open items", "No invoice is open for so much."))
        self.send(
            msg("Step", "Credit note applied"),
            name_invoice,
            credit_id=self._credit.id,
            invoice_id=self._invoices[at].id,
        )


class WriteOffForm(RecordForm):
    """How much of an invoice is written off, when and why."""

    topic = "open-items"

    def __init__(self, context: Context, parent: QWidget, *, invoice: InvoiceItem) -> None:
        super().__init__(context, parent, msg("Open items", "Write off"))
        self._invoice = invoice
        self.content.addWidget(label(_said(invoice), wrap=True))
        self.amount = LineEdit(self)
        say(self.amount, placeholder=msg("Open items", "all that is open"))
        self.content.addLayout(labelled(msg("Open items", "Amount"), self.amount))
        day = msg("Open items", "Day")
        self.day = self.day_field(day, context.today(), past=True)
        self.content.addLayout(named(day, self.day))
        self.reason = LineEdit(self)
        self.reason.setMaxLength(300)
        self.content.addLayout(labelled(msg("Open items", "Why"), self.reason))
        self.finish(msg("Open items", "Write off"))
        self.amount.setFocus()

    def store(self) -> None:
        """Write it off."""
        self.send(
            msg("Step", "Invoice written off"),
            write_off,
            document_id=self._invoice.id,
            on=read_day(self.day) or self.context.today(),
            reason=self.reason.text(),
            amount_minor=read_amount(self.amount.text()),
        )


class InstalmentsForm(RecordForm):
    """Days and amounts in which an invoice is paid; empty lines are none."""

    topic = "open-items"

    def __init__(self, context: Context, parent: QWidget, *, invoice: InvoiceItem) -> None:
        super().__init__(context, parent, msg("Open items", "Instalments"), width=560)
        self._invoice = invoice
        self.content.addWidget(label(_said(invoice), wrap=True))
        self.count = LineEdit(self)
        self.count.setFixedWidth(72)
        say(self.count, name=msg("Open items", "How many equal parts"), placeholder="3")
        self.divide = Button(
            msg("Open items", "Divide into months"), look="small", icon="layout-columns"
        )
        self.divide.clicked.connect(self.fill)
        self.content.addLayout(row(self.count, self.divide, None, spacing=8))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(msg("Open items", "Day"), "field"), 0, 0)
        grid.addWidget(label(msg("Open items", "Amount"), "field"), 0, 1)
        self.lines: list[tuple[WhenField, LineEdit]] = []
        for number in range(1, PARTS + 1):
            day = self.day_field(msg("Open items", "Day of instalment {n}", n=number))
            amount = LineEdit(self)
            amount.setFixedWidth(130)
            say(amount, name=msg("Open items", "Amount of instalment {n}", n=number))
            amount.textChanged.connect(self._add_up)
            grid.addWidget(day, number, 0)
            grid.addWidget(amount, number, 1)
            self.lines.append((day, amount))
        self.content.addLayout(grid)
        self.sum = label(role="caption")
        self.content.addWidget(self.sum)
        for line, part in zip(self.lines, invoice.instalments, strict=False):
            line[0].field.setText(formats.date(part.due_on))
            line[1].setText(formats.amount(part.amount_minor))
        self.finish()
        self._add_up()
        self.count.setFocus()

    @Slot()
    def fill(self) -> None:
        """Fill equal parts, a month apart from the day it is due; the last takes the cents."""
        typed = self.count.text().strip() or "3"
        count = int(typed) if typed.isdigit() else 0
        if not 2 <= count <= PARTS:
            self.refused(UserError(msg("Open items", "Between 2 and {most} parts.", most=PARTS)))
            return
        self.trouble.hide()
        gross = self._invoice.gross_minor
        for number, (day, amount) in enumerate(self.lines):
            part = gross // count if number < count - 1 else gross - gross // count * (count - 1)
            due = periods.add_months(self._invoice.due_on, number)
            day.field.setText(formats.date(due) if number < count else "")
            amount.setText(formats.amount(part) if number < count else "")

    @Slot()
    def _add_up(self) -> None:
        try:
            together = sum(read_amount(amount.text()) or 0 for _day, amount in self.lines)
        except UserError:
            self.sum.setText("")
            return
        currency = self._invoice.currency
        say(
            self.sum,
            text=msg(
                "Open items",
                "Together {sum} of {gross}",
                sum=formats.money(together, currency),
                gross=formats.money(self._invoice.gross_minor, currency),
            ),
        )

    def store(self) -> None:
        """Store the instalments; without any the invoice has its own day again."""
        parts = []
        for day, amount in self.lines:
            due, minor = read_day(day), read_amount(amount.text())
            if (due is None) != (minor is None):
                raise UserError(msg("Open items", "Each instalment needs a day and an amount."))
            if due is not None and minor is not None:
                parts.append((due, minor))
        self.send(
            msg("Step", "Instalments"),
            set_instalments,
            document_id=self._invoice.id,
            parts=parts,
        )
