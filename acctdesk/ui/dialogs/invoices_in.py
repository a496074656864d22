"""What an e-invoice file would bring: shown before anything is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.services.invoices_in import InvoiceRow, InvoiceState
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.plain_table import PlainTable

_HEADINGS = (
    msg("E-invoices", "Document"),
    msg("E-invoices", "Day"),
    msg("E-invoices", "Client"),
    msg("E-invoices", "Gross"),
    msg("E-invoices", "What becomes of it"),
)
_STATES = {
    InvoiceState.NEW: msg("E-invoices", "new"),
    InvoiceState.KNOWN: msg("E-invoices", "known"),
    InvoiceState.LEFT_OUT: msg("E-invoices", "left out"),
}


class InvoicesInDialog(CalmDialog):
    """Lists what becomes of each invoice; accepted, the new ones are to be kept."""

    topic = "bank"

    def __init__(
        self,
        rows: Sequence[InvoiceRow],
        left_out: Sequence[tuple[str, Message]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, msg("E-invoices", "Take in e-invoices"), width=860)
        new = sum(row.state is InvoiceState.NEW for row in rows)
        known = sum(row.state is InvoiceState.KNOWN for row in rows)
        told = msg(
            "E-invoices",
            "{new} new, {known} known, {out} left out. Nothing has changed yet.",
            new=new,
            known=known,
            out=len(rows) - new - known + len(left_out),
        )
        self.content.addWidget(label(told, wrap=True))
        name = msg("E-invoices", "Invoices")
        self.table = PlainTable(_HEADINGS, name, self, wide=4, figures=(3,))
        self.table.show_rows([*map(_row, rows), *(_other(*one) for one in left_out)])
        self.says = label("", "sub", wrap=True)  # what becomes of the one at hand, whole
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.says)
        out = (at for at, row in enumerate(rows) if row.state is InvoiceState.LEFT_OUT)
        self.table.selectRow(next(out, 0))
        self.add_button(msg("E-invoices", "Cancel")).clicked.connect(self.reject)
        keep = self.add_button(
            nmsg("E-invoices", "Take in {n}", "Take in {n}", new),
            look="primary",
            icon="check",
            default=True,
        )
        keep.setEnabled(new > 0)
        keep.clicked.connect(self.accept)
        keep.setFocus()

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, now: QModelIndex, _was: QModelIndex) -> None:
        self.says.setText(str(now.siblingAtColumn(len(_HEADINGS) - 1).data() or ""))


def _row(row: InvoiceRow) -> tuple[str, ...]:
    one = row.invoice
    kind = msg("E-invoices", "Credit note") if one.credit else msg("E-invoices", "Invoice")
    return (
        f"{kind} {one.number}",
        formats.date(one.issued_on),
        shown_name(row.client_name or one.buyer_name, None),
        formats.money(one.gross_minor, one.currency),
        _becomes(row.state, row.why),
    )


def _other(which: str, why: Message) -> tuple[str, ...]:
    return (which, "", "", "", _becomes(InvoiceState.LEFT_OUT, why))


def _becomes(state: InvoiceState, why: Message | None) -> str:
    said = str(_STATES[state])
    return said if why is None else f"{said}: {why}"
