"""Clients on the reminder ladder, promises to pay, and their invoices: what a line says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from acctdesk import formats
from acctdesk.i18n import Message, msg, ntr, tr
from acctdesk.kinds import ReminderKind
from acctdesk.services.ladder import LeftOut, Proposal, Standing
from acctdesk.services.payment_promises import PaymentPromiseRow
from acctdesk.ui.itemmodels.client_lines import ClientRows, Look
from acctdesk.ui.itemmodels.late_payers import days
from acctdesk.ui.itemmodels.rows import RowsModel
from acctdesk.ui.painting import ChipKind
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.promise_words import OUTCOMES

TICK, CLIENT, OVERDUE, OLDEST, LAST, NEXT, LEFT_OUT = range(7)
WHO, PROMISED, LEFT, DAY, GIVEN, STATE = range(6)
_WORRY, _ALARM = 30, 60  # days past due from which the chip warns, and from which it is red

KINDS: dict[ReminderKind, Message] = {
    ReminderKind.LETTER: msg("Ladder", "Letter"),
    ReminderKind.EMAIL: msg("Ladder", "E-mail"),
    ReminderKind.CALL: msg("Ladder", "Call"),
}
KIND_ICONS: dict[ReminderKind, str] = {
    ReminderKind.LETTER: "file-text",
    ReminderKind.EMAIL: "mail",
    ReminderKind.CALL: "phone",
}


def age_chip(count: int) -> Look:
    """Return days past due as a chip."""
    kind: ChipKind = "danger" if count > _ALARM else "warning" if count > _WORRY else "muted"
    return Look(days(count), chip=kind)


class RemindersModel(ClientRows[Proposal]):
    """Shows Proposals; those with a step due can be ticked."""

    headings: ClassVar[Sequence[Message | None]] = (
        None,
        msg("Receivables", "Client"),
        msg("Ladder", "To ask for"),
        msg("Receivables", "Oldest"),
        msg("Ladder", "Last step"),
        msg("Ladder", "Next step"),
        msg("Ladder", "Left out"),
    )
    figures = (OVERDUE,)

    def client_of(self, row: Proposal) -> tuple[int, str]:
        """Return the client."""
        return row.client_id, row.client_name

    def tick_key(self, row: Proposal) -> Hashable | None:
        """A tick is remembered by its client."""
        return row.client_id if row.standing is Standing.NEXT else None

    def look(self, row: Proposal, column: int) -> Look:
        """Return how a cell is painted."""
        if column == TICK:
            return Look(self._tick_words(row))
        if column == CLIENT:
            name = shown_name(row.client_name, row.client_id)
            return Look(name, row.city or formats.UNKNOWN)
        if column == OVERDUE:
            return Look(formats.amount(row.overdue_minor, cents=False), strong=True)
        if column == OLDEST:
            return age_chip(row.oldest_days)
        if column == LAST:
            if row.last_name is None or row.last_on is None:
                return Look(tr("Ladder", "none yet"))
            return Look(row.last_name, formats.date(row.last_on))
        if column == NEXT:
            return next_look(row)
        return Look(left_out(row)) if row.left_out else Look("")

    def _tick_words(self, row: Proposal) -> str:
        if self.tick_key(row) is None:
            return ""
        return (
            tr("Ladder", "ticked") if row.client_id in self.ticked else tr("Ladder", "not ticked")
        )


def next_look(row: Proposal) -> Look:
    """Return what is next for a client."""
    if row.standing is Standing.LEFT_OUT:
        return Look(tr("Ladder", "none: everything is left out"))
    if row.step is None or row.number is None or row.on is None:
        return Look(tr("Ladder", "none: the last step was taken"))
    name = tr("Ladder", "{number}. {name}", number=row.number, name=row.step.name)
    if row.standing is Standing.WAITING:
        return Look(name, tr("Ladder", "from {day}", day=formats.date(row.on)))
    return Look(name, str(KINDS[row.step.kind]))


def left_out(row: Proposal) -> str:
    """Return how much is left out and why, in short."""
    found = []
    for why in LeftOut:
        parts = [one for one in row.left_out if one.why is why]
        if not parts:
            continue
        amount = formats.amount(sum(one.invoice.open_minor for one in parts), cents=False)
        if why is LeftOut.DISPUTE:
            found.append(tr("Ladder", "{amount} in dispute", amount=amount))
        else:
            found.append(tr("Ladder", "{amount} promised", amount=amount))
    return ", ".join(found)


class PaymentPromisesModel(ClientRows[PaymentPromiseRow]):
    """Shows promises to pay."""

    headings: ClassVar[Sequence[Message | None]] = (
        msg("Receivables", "Client"),
        msg("Collecting", "Promised"),
        msg("Collecting", "Still to come"),
        msg("Collecting", "By"),
        msg("Collecting", "Given"),
        msg("Collecting", "What became of it"),
    )
    figures = (PROMISED, LEFT)

    def client_of(self, row: PaymentPromiseRow) -> tuple[int, str]:
        """Return the client."""
        return row.client_id, row.client_name

    def look(self, row: PaymentPromiseRow, column: int) -> Look:
        """Return how a cell is painted."""
        if column == WHO:
            name = shown_name(row.client_name, row.client_id)
            return Look(name, row.contact_name or row.notes or formats.UNKNOWN)
        if column == PROMISED:
            return Look(formats.amount(row.amount_minor, cents=False))
        if column == LEFT:
            return Look(formats.amount(row.left_minor, cents=False), strong=True)
        if column == DAY:
            return Look(formats.date(row.due_on))
        if column == GIVEN:
            return Look(formats.date(row.given_on))
        words, chip, icon = OUTCOMES[row.outcome]
        return Look(str(words), chip=chip, icon=icon)


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """An invoice under the list: its figures, and what is done about it."""

    number: str
    due_on: dt.date
    amount_minor: int
    state: str


class InvoiceLinesModel(RowsModel[InvoiceLine]):
    """Shows the invoices of the line at hand."""

    headings: ClassVar[Sequence[Message | None]] = (
        msg("Letters", "Invoice"),
        msg("Letters", "Due"),
        msg("Ladder", "Amount"),
        msg("Ladder", "What is done about it"),
    )
    figures = (2,)

    def words(self, row: InvoiceLine, column: int) -> str:
        """Return what a cell says."""
        if column == 0:
            return row.number
        if column == 1:
            return formats.date(row.due_on)
        if column == 2:
            return formats.amount(row.amount_minor)
        return row.state


def invoices_of(row: Proposal) -> list[InvoiceLine]:
    """Return a client's overdue invoices: those asked for, then those left out and why."""
    found = [
        InvoiceLine(
            one.number,
            one.due_on,
            one.open_minor,
            ntr("Ladder", "{n} day late", "{n} days late", one.days_past_due),
        )
        for one in row.invoices
    ]
    for one in row.left_out:
        if one.why is LeftOut.DISPUTE or one.promised_on is None:
            state = tr("Ladder", "left out: in dispute")
        else:
            day = formats.date(one.promised_on)
            state = tr("Ladder", "left out: promised for {day}", day=day)
        invoice = one.invoice
        found.append(InvoiceLine(invoice.number, invoice.due_on, invoice.open_minor, state))
    return found


def invoices_promised(row: PaymentPromiseRow) -> list[InvoiceLine]:
    """Return the invoices of a promise, and what of each has come."""
    return [
        InvoiceLine(
            one.number,
            one.due_on,
            one.amount_minor,
            tr("Collecting", "{amount} has come", amount=formats.amount(one.paid_minor))
            if one.paid_minor
            else tr("Collecting", "nothing has come yet"),
        )
        for one in row.invoices
    ]
