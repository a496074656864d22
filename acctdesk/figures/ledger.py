"""A whole ledger on a date: which document is open, what stands unapplied, what each client owes.

The definition that the SQL of ``services`` is proved against. Gross of VAT, minor units.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from acctdesk.figures import receivables


@dataclass(frozen=True, slots=True)
class Entry:
    """A document: an invoice, or a credit note (``gross`` and ``net`` not above zero)."""

    id: int
    client: int | None
    credit: bool
    issued_on: dt.date
    due_on: dt.date | None
    gross: int
    net: int = 0
    names: int | None = None  # the invoice that a credit note names


@dataclass(frozen=True, slots=True)
class Payment:
    """A receipt and what it names: pairs of a document's id, None where unknown, and an amount."""

    client: int | None
    received_on: dt.date
    amount: int
    names: tuple[tuple[int | None, int], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An invoice not fully paid."""

    id: int
    client: int
    due_on: dt.date
    open: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is owed on a date. ``balance`` is open less unapplied; both by client."""

    items: tuple[OpenItem, ...]
    open: Mapping[int, int]
    unapplied: Mapping[int, int]

    def balance(self, client: int) -> int:
        """Return what a client owes: its open amounts less what stands unapplied."""
        return self.open.get(client, 0) - self.unapplied.get(client, 0)


def due_day(entry: Entry, credit_days: Mapping[int, int]) -> dt.date:
    """Return the day an invoice is due; without one, its date and its client's credit days."""
    if entry.due_on is not None:
        return entry.due_on
    return entry.issued_on + dt.timedelta(days=credit_days.get(entry.client or 0, 0))


def ledger(
    entries: Iterable[Entry],
    payments: Iterable[Payment],
    *,
    as_of: dt.date,
    credit_days: Mapping[int, int],
) -> Ledger:
    """Return what is owed on ``as_of``; later entries and those of no client do not count.

    An invoice's open amount is its gross, plus the credit notes that name it, less the receipts
    that name it. Unapplied is what exceeds an invoice, what names no invoice that counts, and
    the part of a receipt that names nothing. ``credit_days`` are by client.
    Definition: the command line's ``figures``.
    """
    counted = [e for e in entries if e.client is not None and e.issued_on <= as_of]
    invoices = {entry.id: entry for entry in counted if not entry.credit}
    credited, paid = dict.fromkeys(invoices, 0), dict.fromkeys(invoices, 0)
    open_by: dict[int, int] = {}
    unapplied: dict[int, int] = {}

    def add(client: int | None, amount: int) -> None:
        if client is not None:
            unapplied[client] = unapplied.get(client, 0) + amount

    for entry in counted:
        if entry.credit and entry.names in invoices:
            credited[entry.names] += entry.gross
        elif entry.credit:
            add(entry.client, -entry.gross)
    for payment in payments:
        if payment.client is None or payment.received_on > as_of:
            continue
        for name, amount in payment.names:
            if name in invoices:
                paid[name] += amount
            else:
                add(payment.client, amount)
        add(payment.client, payment.amount - sum(amount for _name, amount in payment.names))
    items = []
    for entry in invoices.values():
        assert entry.client is not None
        sums = {"credits_": credited[entry.id], "receipts": paid[entry.id]}
        add(entry.client, receivables.excess(entry.gross, **sums))
        rest = receivables.open_amount(entry.gross, **sums)
        open_by[entry.client] = open_by.get(entry.client, 0) + rest
        if rest:
            items.append(OpenItem(entry.id, entry.client, due_day(entry, credit_days), rest))
    items.sort(key=lambda item: (item.due_on, item.id))
    return Ledger(tuple(items), open_by, unapplied)
