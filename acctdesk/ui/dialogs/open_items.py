"""A client's open items: what is owed, what came in and pays what, what could be paid with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import ReceiptKind
from acctdesk.services.allocation import Part, allocate, release_credit, take_off
from acctdesk.services.open_items import (
    ClientItems,
    CreditItem,
    InvoiceItem,
    PaidPart,
    ReceiptItem,
    client_items,
)
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import Button, label, row
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.plain_table import PlainTable
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context

_HEADINGS = (
    msg("Open items", "Day"),
    msg("Open items", "What"),
    msg("Open items", "Number"),
    msg("Open items", "Amount"),
    msg("Open items", "Open"),
    msg("Open items", "Note"),
)
_TABLES = ("documents", "receipts", "allocations", "instalments", "clients")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the table; ``part`` where it is what a receipt pays of an invoice."""

    item: InvoiceItem | CreditItem | ReceiptItem
    part: PaidPart | None
    cells: tuple[str, ...]


class OpenItemsDialog(CalmDialog):
    """Each line is an item; the buttons below do what can be done with the line at hand."""

    topic = "open-items"

    def __init__(self, context: Context, parent: QWidget, *, client: tuple[int, str]) -> None:
        super().__init__(parent, msg("Open items", "Open items"), width=860)
        self.context = context
        self._client_id = client[0]
        self.items: ClientItems | None = None
        self.lines: list[_Line] = []
        self.name = label(shown_name(client[1], None), "strong", wrap=True)
        self.sums = label("", "sub", wrap=True)
        self.says = label("", "sub", wrap=True)  # the note of the line at hand, whole
        name = msg("Open items", "Open items")
        self.table = PlainTable(_HEADINGS, name, self, wide=5, rows=10, figures=(3, 4))
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.activated.connect(self._activated)
        self.apply = Button(msg("Open items", "Apply…"), look="small", icon="link")
        self.off = Button(msg("Open items", "Take off"), look="small", icon="x")
        self.write = Button(msg("Open items", "Write off…"), look="small", icon="ban")
        self.parts = Button(msg("Open items", "Instalments…"), look="small", icon="calendar-event")
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        for button, do in (
            (self.apply, self.apply_line),
            (self.off, self.take_off_line),
            (self.write, self.write_off_line),
            (self.parts, self.divide_line),
        ):
            button.clicked.connect(do)
        for one in (self.name, self.sums):
            self.content.addWidget(one)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.says)
        buttons = row(self.apply, self.off, self.write, self.parts, None, spacing=8)
        self.content.addLayout(buttons)
        self.content.addWidget(self.trouble)
        self.add_button(msg("Open items", "Close")).clicked.connect(self.reject)
        self.accept_all = self.add_button(
            msg("Open items", "Accept the proposals"), look="primary", icon="checks", default=True
        )
        self.accept_all.clicked.connect(self.accept_proposals)
        bell().rung.connect(self.load)
        context.bus.changed.connect(self._changed)
        self._show(None)
        self.load()
        self.table.setFocus()

    @Slot()
    def load(self) -> None:
        """Ask for the items."""
        self.context.runner.ask(
            client_items,
            client_id=self._client_id,
            as_of=self.context.today(),
            key=f"open_items.{id(self)}",
            on_done=self._show,
            on_error=self.refused,
        )

    @Slot(object, object)
    def _changed(self, changes: ChangeSet, _initiator: object) -> None:
        if changes.touches(*_TABLES):
            self.load()

    def refused(self, error: Exception) -> None:
        """Say why nothing was done."""
        self.trouble.setText(str(error))
        self.trouble.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter on a line from pressing the button as well."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self.focusWidget() is self.table
        ):
            event.accept()
        else:
            super().keyPressEvent(event)

    # -- the lines

    def _show(self, found: ClientItems | None) -> None:
        at = max(0, self.table.currentIndex().row())
        self.items = found
        self.lines = [] if found is None else _lines(found)
        self.table.show_rows([line.cells for line in self.lines])
        if self.lines:
            self.table.selectRow(min(at, len(self.lines) - 1))
        said = [] if found is None else [str(_sum(one)) for one in found.sums]
        self.sums.setText("\n".join(said) or str(msg("Open items", "Nothing is open.")))
        count = 0 if found is None else len(found.proposed)
        text = nmsg(
            "Open items", "Accept the proposal", "Accept all {n} proposals", count
        )  # fmt: skip
        say(self.accept_all, text=text)
        self.accept_all.setEnabled(count > 0)
        self._chosen()

    @property
    def line(self) -> _Line | None:
        """The line at hand."""
        at = self.table.currentIndex().row()
        return self.lines[at] if 0 <= at < len(self.lines) else None

    @Slot()
    def _chosen(self, *_rows: QModelIndex) -> None:
        line = self.line
        item = None if line is None else line.item
        part = None if line is None else line.part
        invoice = isinstance(item, InvoiceItem)
        free = part is None and isinstance(item, ReceiptItem | CreditItem) and item.free_minor > 0
        self.apply.setEnabled(free)
        self.off.setEnabled(
            part is not None or (isinstance(item, CreditItem) and item.names is not None)
        )
        self.write.setEnabled(invoice)
        self.says.setText("" if line is None else line.cells[-1])
        self.parts.setEnabled(invoice)

    @Slot(QModelIndex)
    def _activated(self, _index: QModelIndex) -> None:
        """Enter takes the proposal of the line, or opens what applies it."""
        line = self.line
        if line is None or line.part is not None:
            return
        if isinstance(line.item, ReceiptItem) and line.item.proposal is not None:
            self._allocate([line.item])
        elif self.apply.isEnabled():
            self.apply_line()

    # -- what is done

    @Slot()
    def accept_proposals(self) -> None:
        """Let every receipt pay what is proposed, in one step."""
        if self.items is not None:
            self._allocate(self.items.proposed)

    def _allocate(self, receipts: Any) -> None:
        parts = [
            Part(one.id, part.document_id, part.amount_minor)
            for one in receipts
            if one.proposal is not None
            for part in one.proposal.parts
        ]
        self._do(msg("Step", "Receipts applied"), allocate, parts=parts)

    @Slot()
    def apply_line(self) -> None:
        """Ask which invoices the receipt or credit note at hand pays."""
        from acctdesk.ui.dialogs.open_items_forms import ApplyForm, CreditForm

        line = self.line
        if line is None or self.items is None:
            return
        if isinstance(line.item, ReceiptItem):
            ApplyForm(self.context, self, receipt=line.item, invoices=self.items.invoices).open()
        elif isinstance(line.item, CreditItem):
            CreditForm(self.context, self, credit=line.item, invoices=self.items.invoices).open()

    @Slot()
    def take_off_line(self) -> None:
        """Let the receipt or credit note no longer pay the invoice at hand."""
        line = self.line
        if line is None:
            return
        if line.part is not None:
            self._do(
                msg("Step", "Receipt taken off an invoice"),
                take_off,
                allocation_id=line.part.allocation_id,
            )
        elif isinstance(line.item, CreditItem):
            self._do(
                msg("Step", "Credit note taken off an invoice"),
                release_credit,
                credit_id=line.item.id,
            )

    @Slot()
    def write_off_line(self) -> None:
        """Ask how much of the invoice at hand is written off, and why."""
        from acctdesk.ui.dialogs.open_items_forms import WriteOffForm

        if self.line is not None and isinstance(self.line.item, InvoiceItem):
            WriteOffForm(self.context, self, invoice=self.line.item).open()

    @Slot()
    def divide_line(self) -> None:
        """Ask for the instalments of the invoice at hand."""
        from acctdesk.ui.dialogs.open_items_forms import InstalmentsForm

        if self.line is not None and isinstance(self.line.item, InvoiceItem):
            InstalmentsForm(self.context, self, invoice=self.line.item).open()

    def _do(self, step: Message, command: Callable[..., Any], **args: Any) -> None:
        self.trouble.hide()
        self.context.runner.submit(
            step, command, initiator=None, on_done=None, on_error=self.refused, **args
        )


def _sum(one: Any) -> Message:
    return msg(
        "Open items",
        "Open {open}, less not applied {free}, is owed {balance}",
        open=formats.money(one.open_minor, one.currency),
        free=formats.money(one.unapplied_minor, one.currency),
        balance=formats.money(one.balance_minor, one.currency),
    )


def _lines(found: ClientItems) -> list[_Line]:
    lines = [_Line(one, None, _invoice(one)) for one in found.invoices]
    lines += [_Line(one, None, _credit(one)) for one in found.credits]
    for receipt in found.receipts:
        lines.append(_Line(receipt, None, _receipt(receipt)))
        lines += [_Line(receipt, part, _part(receipt, part)) for part in receipt.parts]
    return lines


def _invoice(one: InvoiceItem) -> tuple[str, ...]:
    if one.instalments:
        note = "; ".join(
            str(
                msg(
                    "Open items",
                    "{day}: {open} of {amount}",
                    day=formats.date(part.due_on),
                    open=formats.money(part.open_minor, one.currency),
                    amount=formats.money(part.amount_minor, one.currency),
                )
            )
            for part in one.instalments
        )
    else:
        note = str(msg("Open items", "due {day}", day=formats.date(one.due_on)))
    return _cells(
        one, one.issued_on, msg("Open items", "Invoice"), one.gross_minor, one.open_minor, note
    )


def _credit(one: CreditItem) -> tuple[str, ...]:
    note = ""
    if one.names is not None:
        note = str(msg("Open items", "lowers {number}", number=one.names))
    elif one.waits_for:
        note = str(msg("Open items", "waits for {number}", number=one.waits_for))
    return _cells(
        one, one.issued_on, msg("Open items", "Credit note"), -one.amount_minor, -one.free_minor,
        note,
    )  # fmt: skip


def _receipt(one: ReceiptItem) -> tuple[str, ...]:
    written_off = one.kind is ReceiptKind.WRITE_OFF
    what = msg("Open items", "Write-off") if written_off else msg("Open items", "Receipt")
    said = [shown_name(one.payer_name, None) if one.payer_name else "", one.reason or ""]
    if one.proposal is not None:
        pays = ", ".join(part.number for part in one.proposal.parts)
        proposed = msg(
            "Open items",
            "Proposed: {numbers}. {reason}",
            numbers=pays,
            reason=one.proposal.reason,
        )
        said.insert(0, str(proposed))
    note = " · ".join(filter(None, said))
    return _cells(one, one.received_on, what, -one.amount_minor, -one.free_minor, note)


def _part(receipt: ReceiptItem, part: PaidPart) -> tuple[str, ...]:
    note = msg("Open items", "waits for the invoice") if part.waits else ""
    paid = formats.money(-part.amount_minor, receipt.currency)
    return ("", str(msg("Open items", "– pays")), part.number, paid, "", str(note))


def _cells(
    one: InvoiceItem | CreditItem | ReceiptItem,
    day: Any,
    what: Message,
    amount: int,
    open_minor: int,
    note: str,
) -> tuple[str, ...]:
    return (
        formats.date(day),
        str(what),
        one.number or "",
        formats.money(amount, one.currency),
        formats.money(open_minor, one.currency) if open_minor else "",
        note,
    )
