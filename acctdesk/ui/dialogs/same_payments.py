"""Receipts of a file that the bank may have told of before: which are the same, which are not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.exchange.same_bank import SamePayment
from acctdesk.i18n import msg
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.tick_table import TickTable

_HEADINGS = (
    msg("Same payment", "Receipt"),
    msg("Same payment", "Day"),
    msg("Same payment", "Client"),
    msg("Same payment", "Amount"),
    msg("Same payment", "Payment of the bank"),
)


class SamePaymentsDialog(CalmDialog):
    """A tick makes one of the two; ``chosen`` carries the numbers that are ticked."""

    chosen = Signal(object)
    topic = "bank"

    def __init__(self, payments: Sequence[SamePayment], parent: QWidget) -> None:
        super().__init__(parent, msg("Same payment", "Which are the same payment?"), width=860)
        self._payments = payments
        self._same = {one.number for one in payments if one.taken}
        told = msg(
            "Same payment",
            "A file of the bank brought a payment of the same client and amount within five days."
            " What is ticked stays one receipt: it gets the number, the day and the invoices of"
            " this file. What is not becomes a second one. Nothing has changed yet.",
        )
        self.content.addWidget(label(told, wrap=True))
        if not all(one.sure for one in payments):
            several = msg(
                "Same payment",
                "Where several could be it, the nearest day is proposed and not ticked.",
            )
            self.content.addWidget(label(several, "sub", wrap=True))
        name = msg("Same payment", "Receipts")
        self.table = TickTable(_HEADINGS, name, self, wide=4, rows=6, figures=(3,))
        self.table.show_ticks(list(map(_cells, payments)), [one.taken for one in payments])
        self.table.ticked.connect(self._ticked)
        self.content.addWidget(self.table, 1)
        self.add_button(msg("Same payment", "Cancel")).clicked.connect(self.reject)
        self.keep = self.add_button(
            msg("Same payment", "Take as ticked"), look="primary", icon="check", default=True
        )
        self.keep.clicked.connect(self._confirm)
        self.table.setFocus()

    @Slot(int, bool)
    def _ticked(self, at: int, on: bool) -> None:
        chosen = self._payments[at]
        if not on:
            self._same.discard(chosen.number)
            return
        for place, one in enumerate(self._payments):
            if place != at and one.bank_id == chosen.bank_id and one.number in self._same:
                self._same.discard(one.number)
                self.table.show_row(place, _cells(one), tick=False)
        self._same.add(chosen.number)

    @Slot()
    def _confirm(self) -> None:
        self.chosen.emit(frozenset(self._same))
        self.accept()


def _cells(one: SamePayment) -> tuple[str, ...]:
    payer = shown_name(one.payer, None)
    return (
        one.number,
        formats.date(one.day),
        shown_name(one.client_name, None),
        formats.money(one.amount_minor, one.currency),
        " · ".join(part for part in (formats.date(one.bank_day), payer) if part),
    )
