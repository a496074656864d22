"""Which open invoices a dispute blocks: a tick for each, and for how much of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import msg
from acctdesk.services.case_rows import BlockedInvoice
from acctdesk.services.rows import OpenInvoice
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.widgets.basics import LineEdit, label, row
from acctdesk.ui.words import say

MOST = 30  # lines
WIDE = 130


@dataclass(frozen=True, slots=True)
class _Line:
    document_id: int
    stored: int | None  # what the dispute blocks already
    shown: str  # and how it was shown
    tick: QCheckBox
    amount: LineEdit


class BlockedInvoices(QWidget):
    """Lines of invoices; an empty amount means all that is open.

    Tab comes to them from ``after``: they are made later than what stands below them.
    """

    def __init__(self, parent: QWidget, *, after: QWidget) -> None:
        super().__init__(parent)
        self._after = after
        self.lines: list[_Line] = []
        self._kept: dict[int, int] = {}  # blocked, and there is no line for them
        self._none = label(msg("Cases", "The client owes no invoice."), "caption")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._none)

    def show_invoices(
        self, owed: Sequence[OpenInvoice], blocked: Sequence[BlockedInvoice], currency: str
    ) -> None:
        """Show what is open, with a tick at what is blocked."""
        while self.lines:
            line = self.lines.pop()
            for one in (line.tick, line.amount):
                one.hide()
                one.deleteLater()
        held = {one.document_id: one for one in blocked}
        self._kept = {one.document_id: one.blocked_minor for one in blocked}
        first = sorted(owed, key=lambda one: one.id not in held)
        for invoice in first[:MOST]:
            self._add(invoice, held.get(invoice.id), currency)
            self._kept.pop(invoice.id, None)
        before = self._after
        for line in self.lines:
            self.setTabOrder(before, line.tick)
            self.setTabOrder(line.tick, line.amount)
            before = line.amount
        self._none.setVisible(not self.lines)

    def blocked(self) -> Mapping[int, int | None]:
        """Return what is ticked: by document an amount, None for all that is open.

        Raises:
            UserError: an amount is none.
        """
        found: dict[int, int | None] = dict(self._kept)
        for line in self.lines:
            if line.tick.isChecked():
                typed = line.amount.text()
                unchanged = line.stored is not None and typed == line.shown
                found[line.document_id] = line.stored if unchanged else read_amount(typed)
        return found

    def _add(self, invoice: OpenInvoice, held: BlockedInvoice | None, currency: str) -> None:
        number, owed = invoice.number, formats.money(invoice.open_minor, currency)
        tick = QCheckBox(self)
        said = msg(
            "Cases",
            "{number} · {day} · open {amount}",
            number=number,
            day=formats.date(invoice.issued_on),
            amount=owed,
        )
        say(tick, text=said)
        amount = LineEdit(self)
        amount.setFixedWidth(WIDE)
        say(
            amount,
            placeholder=msg("Cases", "all"),
            name=msg("Cases", "How much of {number}", number=number),
            tip=msg("Cases", "Empty: all that is open"),
        )
        shown = "" if held is None else formats.amount(held.disputed_minor)
        amount.setText(shown)
        tick.setChecked(held is not None)
        amount.setEnabled(held is not None)
        tick.toggled.connect(self._ticked)
        self._column.addLayout(row(tick, None, amount))
        stored = None if held is None else held.blocked_minor
        self.lines.append(_Line(invoice.id, stored, shown, tick, amount))

    @Slot(bool)
    def _ticked(self, on: bool) -> None:
        for line in self.lines:
            if line.tick is self.sender():
                line.amount.setEnabled(on)
