"""What an e-invoice file would bring: shown before anything is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.services.buyers import Buyer, InvoicesFound
from acctdesk.services.invoices_in import InvoiceRow, InvoiceState
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.plain_table import PlainTable
from acctdesk.ui.widgets.tick_table import TickTable
from acctdesk.ui.words import say

_HEADINGS = (
    msg("E-invoices", "Document"),
    msg("E-invoices", "Day"),
    msg("E-invoices", "Client"),
    msg("E-invoices", "Gross"),
    msg("E-invoices", "What becomes of it"),
)
_BUYERS = (
    msg("E-invoices", "Becomes a client"),
    msg("E-invoices", "VAT number"),
    msg("E-invoices", "Documents"),
    msg("E-invoices", "Gross"),
    msg("E-invoices", "Look at it first"),
)
_STATES = {
    InvoiceState.NEW: msg("E-invoices", "new"),
    InvoiceState.KNOWN: msg("E-invoices", "known"),
    InvoiceState.LEFT_OUT: msg("E-invoices", "left out"),
}


class InvoicesInDialog(CalmDialog):
    """Lists what becomes of each invoice; accepted, the new ones are to be kept.

    Buyers whom the book does not hold stand below: with those ticked (``make``) clients are made,
    and their invoices are new.
    """

    topic = "bank"

    def __init__(
        self,
        found: InvoicesFound,
        left_out: Sequence[tuple[str, Message]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, msg("E-invoices", "Take in e-invoices"), width=860)
        self._rows, self._left_out, self._buyers = found.rows, left_out, found.buyers
        self._make = set(found.sure)
        self._told = label("", wrap=True)
        self.content.addWidget(self._told)
        name, high = msg("E-invoices", "Invoices"), 6 if found.buyers else 8
        self.table = PlainTable(_HEADINGS, name, self, wide=4, rows=high, figures=(3,))
        self.says = label("", "sub", wrap=True)  # what becomes of the one at hand, whole
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.says)
        self.buyers: TickTable | None = None
        if found.buyers:
            self.buyers = self._add_buyers(found.buyers)
        self.add_button(msg("E-invoices", "Cancel")).clicked.connect(self.reject)
        self.keep = self.add_button(
            msg("E-invoices", "Take in"), look="primary", icon="check", default=True
        )
        self.keep.clicked.connect(self.accept)
        out = (at for at, row in enumerate(found.rows) if row.state is InvoiceState.LEFT_OUT)
        self._renew(next(out, 0))
        (self.buyers or self.keep).setFocus()

    @property
    def make(self) -> tuple[str, ...]:
        """Return the VAT ids of the buyers who are to become clients."""
        return tuple(one.vat_id for one in self._buyers if one.vat_id in self._make)

    def _add_buyers(self, buyers: Sequence[Buyer]) -> TickTable:
        title = msg("E-invoices", "Buyers who are not in the book")
        self.content.addWidget(label(title, "field"))
        why = msg(
            "E-invoices",
            "Those ticked become clients, and their documents are taken in. The others are left"
            " out.",
        )
        self.content.addWidget(label(why, "caption", wrap=True))
        table = TickTable(_BUYERS, title, self, wide=4, rows=3, figures=(2, 3))
        table.show_ticks(list(map(_buyer, buyers)), [one.vat_id in self._make for one in buyers])
        table.ticked.connect(self._ticked)
        table.chosen.connect(self._buyer_chosen)
        self.content.addWidget(table)
        self._doubt = label("", "sub", wrap=True)  # what speaks against the one at hand, whole
        self.content.addWidget(self._doubt)
        self._buyer_chosen(0)
        return table

    @Slot(int)
    def _buyer_chosen(self, at: int) -> None:
        doubt = self._buyers[at].doubt if 0 <= at < len(self._buyers) else None
        self._doubt.setText("" if doubt is None else str(doubt))

    @Slot(int, bool)
    def _ticked(self, at: int, on: bool) -> None:
        (self._make.add if on else self._make.discard)(self._buyers[at].vat_id)
        self._renew(self.table.currentIndex().row())

    def _renew(self, at: int) -> None:
        """Say what becomes of each as it is ticked now; the row ``at`` is at hand."""
        new = sum(self._state(row) is InvoiceState.NEW for row in self._rows)
        known = sum(row.state is InvoiceState.KNOWN for row in self._rows)
        told = msg(
            "E-invoices",
            "{new} new, {known} known, {out} left out. Nothing has changed yet.",
            new=new,
            known=known,
            out=len(self._rows) - new - known + len(self._left_out),
        )
        say(self._told, text=told)
        rows = [self._row(row) for row in self._rows]
        self.table.show_rows([*rows, *(_other(*one) for one in self._left_out)])
        self.table.selectRow(at)
        say(self.keep, text=nmsg("E-invoices", "Take in {n}", "Take in {n}", new))
        self.keep.setEnabled(new > 0)

    def _state(self, row: InvoiceRow) -> InvoiceState:
        return InvoiceState.NEW if row.buyer in self._make else row.state

    def _row(self, row: InvoiceRow) -> tuple[str, ...]:
        one = row.invoice
        kind = msg("E-invoices", "Credit note") if one.credit else msg("E-invoices", "Invoice")
        becomes = _becomes(row.state, row.why)
        if row.buyer in self._make:
            becomes = str(msg("E-invoices", "new, with its client"))
        return (
            f"{kind} {one.number}",
            formats.date(one.issued_on),
            shown_name(row.client_name or one.buyer_name, None),
            formats.money(one.gross_minor, one.currency),
            becomes,
        )

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, now: QModelIndex, _was: QModelIndex) -> None:
        self.says.setText(str(now.siblingAtColumn(len(_HEADINGS) - 1).data() or ""))


def _buyer(one: Buyer) -> tuple[str, ...]:
    return (
        shown_name(one.name, None),
        shown_name(one.vat_id, None),
        formats.number(one.documents),
        ", ".join(formats.money(minor, currency) for currency, minor in one.totals),
        "" if one.doubt is None else str(one.doubt),
    )


def _other(which: str, why: Message) -> tuple[str, ...]:
    return (which, "", "", "", _becomes(InvoiceState.LEFT_OUT, why))


def _becomes(state: InvoiceState, why: Message | None) -> str:
    said = str(_STATES[state])
    return said if why is None else f"{said}: {why}"
