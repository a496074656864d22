"""Lines to tick, each with an amount: how much of a payment goes to which invoice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.widgets.basics import LineEdit, label, mark_invalid, row
from acctdesk.ui.words import say

MOST = 8  # lines
WIDE = 130


@dataclass(frozen=True, slots=True)
class Payable:
    """What a line offers: an invoice and what of it can be paid, minor units."""

    id: int
    number: str
    text: Message
    most_minor: int


@dataclass(frozen=True, slots=True)
class _Line:
    what: Payable
    tick: QCheckBox
    amount: LineEdit


class AmountLines(QWidget):
    """A tick takes all that is open; another amount can be typed. ``changed`` says by hand."""

    changed = Signal()

    def __init__(self, parent: QWidget, *, after: QWidget) -> None:
        super().__init__(parent)
        self._after = after
        self.lines: list[_Line] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._rest = label(role="caption")
        self._column.addWidget(self._rest)

    def show_lines(self, offered: Sequence[Payable], paid: Mapping[int, int]) -> None:
        """Offer invoices; what is ``paid`` (by id) is ticked and stands first."""
        while self.lines:
            line = self.lines.pop()
            for one in (line.tick, line.amount):
                self._column.removeWidget(one)
                one.hide()
                one.deleteLater()
        first = sorted(offered, key=lambda one: one.id not in paid)
        for what in first[:MOST]:
            self._add(what, paid.get(what.id))
        before = self._after
        for line in self.lines:
            self.setTabOrder(before, line.tick)
            self.setTabOrder(line.tick, line.amount)
            before = line.amount
        left = len(offered) - len(self.lines)
        if not offered:
            say(self._rest, text=msg("Open items", "No invoice is open in this currency."))
        elif left:
            text = nmsg(
                "Open items",
                "{n} later invoice is not shown.",
                "{n} later invoices are not shown.",
                left,
            )
            say(self._rest, text=text)
        self._rest.setVisible(not offered or left > 0)

    def paid(self) -> dict[int, int]:
        """Return what is ticked: by invoice an amount in minor units.

        Raises:
            UserError: an amount is none.
        """
        found = {}
        for line in self.lines:
            if line.tick.isChecked():
                typed = read_amount(line.amount.text())
                found[line.what.id] = line.what.most_minor if typed is None else typed
        return found

    def _add(self, what: Payable, paid: int | None) -> None:
        tick = QCheckBox(self)
        say(tick, text=what.text)
        amount = LineEdit(self)
        amount.setFixedWidth(WIDE)
        name = msg("Open items", "How much of {number} is paid", number=what.number)
        say(amount, name=name, tip=msg("Open items", "Empty: all that is open"))
        amount.setText("" if paid is None else formats.amount(paid))
        tick.setChecked(paid is not None)
        amount.setEnabled(paid is not None)
        line = _Line(what, tick, amount)
        tick.toggled.connect(self._ticked)
        amount.textEdited.connect(self._typed)
        self._column.insertLayout(self._column.count() - 1, row(tick, None, amount))
        self.lines.append(line)

    @Slot(bool)
    def _ticked(self, on: bool) -> None:
        for line in self.lines:
            if line.tick is self.sender():
                line.amount.setEnabled(on)
                line.amount.setText(formats.amount(line.what.most_minor) if on else "")
        self.changed.emit()

    @Slot()
    def _typed(self) -> None:
        for line in self.lines:
            try:
                read_amount(line.amount.text())
            except UserError:
                mark_invalid(line.amount, invalid=True)
            else:
                mark_invalid(line.amount, invalid=False)
        self.changed.emit()
