"""Two lines of the capture window, read as they are typed: what they will pay, how satisfied."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import msg, tr
from acctdesk.services.owed import Owed
from acctdesk.services.satisfaction import ScoreInput
from acctdesk.text import When, clean, fold, parse_when
from acctdesk.ui.behind import when_seen
from acctdesk.ui.itemmodels.satisfaction_text import read_score, score_text, score_tone
from acctdesk.ui.own_days import own_days
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.quick_line import read_promise
from acctdesk.ui.widgets.basics import column, label
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.when_field import FramedLine, chip_day
from acctdesk.ui.words import bell, say

_ALL = ("ολα", "ολο", "all", "everything")
_MOST_NUMBERS = 4  # of invoices, in one line


@dataclass(frozen=True, slots=True)
class Payment:
    """What they will pay by a day: invoices with amounts, minor units."""

    due_on: dt.date
    invoices: dict[int, int]


class PaymentField(QWidget):
    """``1,500 by Fri``, or only a day for all that is overdue; ``said`` tells how it was read.

    It is there while something of the client is open, only that can be promised, or while it has
    text: what was typed is never dropped unseen.
    """

    def __init__(self, today: dt.date, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._owed: Owed | None = None
        self._line = FramedLine("cash", "success", parent=self)
        self.field = self._line.field
        self.said: QLabel = label(role="caption", wrap=True)
        self.field.setMaxLength(60)
        self.setFocusProxy(self.field)
        title = msg("Capture", "They will pay")
        say(
            self.field,
            name=title,
            placeholder=msg("Capture", "1500 by Fri"),
            description=msg(
                "Capture", "An amount and a day, or only the day for all that is overdue."
            ),
        )
        whole = column(label(title, "field"), self._line, spacing=4)
        self.setLayout(whole)
        self.field.textChanged.connect(self._read)
        bell().rung.connect(self._read)
        self.show_owed(None)

    def show_owed(self, owed: Owed | None) -> None:
        """Take what the client owes, None while that is not known."""
        self._owed = owed
        typed = bool(clean(self.field.text()))
        self.setVisible(typed or (owed is not None and bool(owed.invoices)))
        self._read()

    def payment(self) -> Payment | None:
        """Return what was typed, None where nothing was.

        Raises:
            UserError: the amount or the day is not clear, or more is promised than is open.
        """
        if not clean(self.field.text()):
            return None
        owed = self._owed
        if owed is None:
            raise UserError(
                msg(
                    "Capture",
                    "What this client owes is not known yet, so what they will pay cannot be"
                    " stored. Wait a moment and save again, or clear the field.",
                )
            )
        if not owed.invoices:
            raise UserError(
                msg(
                    "Capture",
                    "Nothing of this client is open, so no payment can be promised. Clear the"
                    " field to save without it.",
                )
            )
        amount, due = self._typed()
        if due is None:
            raise UserError(
                msg("Capture", "By which day will they pay? Write for example “1500 by Fri”.")
            )
        most = sum(one.open_minor for one in owed.invoices)
        if amount is not None and not 0 < amount <= most:
            raise UserError(
                msg(
                    "Capture",
                    "Of this client {amount} is open: no more can be promised.",
                    amount=formats.amount(most),
                )
            )
        invoices = owed.share_out(amount)
        if not invoices:
            raise UserError(
                msg(
                    "Capture",
                    "All that is open is in dispute. Write how much of it they will pay.",
                )
            )
        return Payment(due, invoices)

    def _typed(self) -> tuple[int | None, dt.date | None]:
        typed = clean(self.field.text())
        alone = parse_when(typed, today=self._today, later=own_days().calendar.add)
        if alone is not None:
            return None, alone.day
        what, due = read_promise(typed, today=self._today)
        return (None if fold(what) in _ALL else read_amount(what)), due

    @Slot()
    @when_seen
    def _read(self) -> None:
        if clean(self.field.text()):
            self.show()
        try:
            found = self.payment()
        except UserError as refusal:
            said = str(refusal)
        else:
            said = "" if found is None or self._owed is None else _understood(self._owed, found)
        self.said.setText(said)
        self.said.setVisible(bool(said))


def _understood(owed: Owed, found: Payment) -> str:
    """Say what would be stored, and which promises it would end."""
    parts = []
    for one in owed.invoices:
        amount = found.invoices.get(one.id)
        if amount == one.open_minor:
            parts.append(one.number)
        elif amount is not None:
            part = formats.amount(amount)
            parts.append(tr("Capture", "{amount} of {number}", amount=part, number=one.number))
    said = [
        tr(
            "Capture",
            "They will pay {amount} by {day}: {numbers}",
            amount=formats.amount(sum(found.invoices.values())),
            day=chip_day(When(found.due_on)),
            numbers=_listed(parts),
        )
    ]
    for old in owed.replaced_by(found.invoices):
        replaced = tr(
            "Capture",
            "It replaces the promise of {amount} by {day}: {numbers}",
            amount=formats.amount(old.amount_minor),
            day=chip_day(When(old.due_on)),
            numbers=_listed([one.number for one in old.invoices]),
        )
        said.append(replaced)
    return "\n".join(said)


def _listed(numbers: list[str]) -> str:
    shown, more = ", ".join(numbers[:_MOST_NUMBERS]), len(numbers) - _MOST_NUMBERS
    if more > 0:
        return tr("Capture", "{numbers} and {n} more", numbers=shown, n=more)
    return shown


class ScoreField(FramedLine):
    """``4`` or ``9/10 fast delivery``: how satisfied they are, in their own words."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("mood-smile", "accent", parent=parent)
        self.chip = Chip(kind="success", parent=self)
        self.line.addWidget(self.chip)
        self.field.setMaxLength(300)
        hint = msg("Capture", "4 is CSAT of 5, 9/10 is NPS; words may follow")
        say(
            self.field,
            placeholder=msg("Capture", "4, 9/10"),
            name=msg("Capture", "Satisfaction"),
            description=hint,
            tip=hint,
        )
        self.field.textChanged.connect(self._read)
        bell().rung.connect(self._read)
        self._read()

    def answer(self) -> ScoreInput | None:
        """Return the answer that was typed, None where it is none."""
        return read_score(self.field.text())

    def understood(self) -> bool:
        """Tell whether what is typed is a score, or nothing is typed."""
        return not clean(self.field.text()) or self.answer() is not None

    @Slot()
    @when_seen
    def _read(self) -> None:
        found, typed = self.answer(), bool(clean(self.field.text()))
        if found is not None:
            shown = score_text(found.measure, found.score)
            self.chip.set_status(shown, score_tone(found.measure, found.score))
        elif typed:
            self.chip.set_status(msg("Capture", "which score?"), "muted")
        self.chip.setVisible(typed)
