"""What a client owes, item by item: invoices, credit notes, receipts and what pays what.

Minor units, gross. The figures of a day are those of ``receivables``: a receipt or a credit note
beyond what is open is not applied, and shown so.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from acctdesk.figures import receivables as definitions
from acctdesk.figures.allocation import Basis, Owed, instalment_shares, propose
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import DocumentType, ReceiptKind
from acctdesk.models import Allocation, Client, Document, Instalment, Receipt
from acctdesk.services import standing
from acctdesk.services.checks import LATEST


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """A part of an invoice with a day of its own, and what of it is open."""

    due_on: dt.date
    amount_minor: int
    open_minor: int


@dataclass(frozen=True, slots=True)
class InvoiceItem:
    """An invoice and what is open of it."""

    id: int
    number: str
    issued_on: dt.date
    due_on: dt.date
    currency: str
    gross_minor: int
    open_minor: int
    instalments: tuple[InstalmentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CreditItem:
    """A credit note (``amount_minor`` above zero) and what of it lowers nothing.

    ``names`` is the number of the invoice it lowers; ``waits_for`` one that has not come yet.
    """

    id: int
    number: str
    issued_on: dt.date
    currency: str
    amount_minor: int
    free_minor: int
    names: str | None
    waits_for: str | None = None


@dataclass(frozen=True, slots=True)
class PaidPart:
    """What a receipt pays of an invoice; ``waits`` where the invoice is not in the book."""

    allocation_id: int
    document_id: int | None
    number: str
    amount_minor: int
    by_hand: bool
    waits: bool


@dataclass(frozen=True, slots=True)
class ProposedPart:
    """What a receipt could pay of an invoice."""

    document_id: int
    number: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a receipt could pay, and why, in words."""

    parts: tuple[ProposedPart, ...]
    basis: Basis
    reason: Message


@dataclass(frozen=True, slots=True)
class ReceiptItem:
    """A receipt or a write-off, what it pays, what of it is free, and where that could go."""

    id: int
    number: str | None
    received_on: dt.date
    kind: ReceiptKind
    currency: str
    amount_minor: int
    free_minor: int
    payer_name: str | None
    reason: str | None
    parts: tuple[PaidPart, ...]
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class CurrencySum:
    """``balance`` is documents less receipts, and so open less unapplied."""

    currency: str
    open_minor: int
    unapplied_minor: int
    balance_minor: int


@dataclass(frozen=True, slots=True)
class ClientItems:
    """All of it, the oldest due first; closed invoices are not among ``invoices``."""

    client_id: int
    client_name: str
    invoices: tuple[InvoiceItem, ...]
    credits: tuple[CreditItem, ...]
    receipts: tuple[ReceiptItem, ...]
    sums: tuple[CurrencySum, ...]

    @property
    def proposed(self) -> tuple[ReceiptItem, ...]:
        """Return the receipts for which something is proposed."""
        return tuple(one for one in self.receipts if one.proposal is not None)


def client_items(session: Session, *, client_id: int, as_of: dt.date) -> ClientItems | None:
    """Return what a client owes at the end of a day, with proposals; None where it is gone.

    Receipts and credit notes are those of which something is free, and those that pay what is
    still open.
    """
    name = session.scalar(
        select(Client.name).where(Client.id == client_id, Client.deleted_at.is_(None))
    )
    if name is None:
        return None
    records = _Records(session, client_id)
    now = _State(records, as_of)
    proposals = _proposals(now, _State(records, LATEST))
    receipts = [
        one for one in now.receipts(proposals) if one.free_minor or now.pays_open(one.parts)
    ]
    invoices = [one for one in now.invoices() if one.open_minor]
    credited = [one for one in now.credit_notes() if one.free_minor or one.id in now.lowering_open]
    return ClientItems(
        client_id, name, tuple(invoices), tuple(credited), tuple(receipts), tuple(now.sums())
    )


def clients_to_apply(session: Session, *, as_of: dt.date) -> list[tuple[int, str]]:
    """Return the clients (id and name) with a receipt that pays less than it is, by name."""
    applied = (
        select(func.coalesce(func.sum(Allocation.amount_minor), 0))
        .where(Allocation.receipt_id == Receipt.id, Allocation.deleted_at.is_(None))
        .correlate(Receipt)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Client.id, Client.name)
        .where(
            Client.deleted_at.is_(None),
            Client.id.in_(
                select(Receipt.client_id).where(
                    Receipt.deleted_at.is_(None),
                    Receipt.received_on <= as_of,
                    Receipt.amount_minor > applied,
                )
            ),
        )
        .order_by(Client.name_key, Client.id)
    )
    return [(row.id, row.name) for row in rows]


class _Records:
    """The documents and receipts of a client, and what else touches them."""

    def __init__(self, session: Session, client_id: int) -> None:
        invoice = Document.type == DocumentType.INVOICE.value
        query = select(
            Document.id, Document.type, Document.number, Document.issued_on,
            standing.due_day().label("due"), Document.client_id, Document.currency,
            Document.gross_minor, Document.related_id, Document.related_ref,
        ).where(Document.deleted_at.is_(None))  # fmt: skip
        own = session.execute(query.where(Document.client_id == client_id)).all()
        self.client_id = client_id
        self.invoices = {row.id: row for row in own if row.type == DocumentType.INVOICE.value}
        ids = list(self.invoices)
        of_own = select(Document.id).where(Document.client_id == client_id, invoice)
        self.credits = [row for row in own if row.type != DocumentType.INVOICE.value]
        self.others_credits = session.execute(
            query.where(
                Document.type == DocumentType.CREDIT_NOTE.value,
                Document.related_id.in_(of_own),
                Document.client_id != client_id,
            )
        ).all()
        self.receipts = session.execute(
            select(
                Receipt.id, Receipt.number, Receipt.received_on, Receipt.kind, Receipt.currency,
                Receipt.amount_minor, Receipt.payer_name, Receipt.reason,
            )
            .where(Receipt.client_id == client_id, Receipt.deleted_at.is_(None))
            .order_by(Receipt.received_on, Receipt.id)
        ).all()  # fmt: skip
        own_receipts = select(Receipt.id).where(Receipt.client_id == client_id)
        self.allocations = session.execute(
            select(
                Allocation.id, Allocation.receipt_id, Allocation.document_id,
                Allocation.document_ref, Allocation.amount_minor, Allocation.by_hand,
                Receipt.received_on, Document.number,
            )
            .join(Receipt, Receipt.id == Allocation.receipt_id)
            .outerjoin(Document, Document.id == Allocation.document_id)
            .where(
                Allocation.deleted_at.is_(None),
                Receipt.deleted_at.is_(None),
                Receipt.client_id.is_not(None),
                Allocation.document_id.in_(of_own) | Allocation.receipt_id.in_(own_receipts),
            )
            .order_by(Receipt.received_on, Allocation.id)
        ).all()  # fmt: skip
        others = {row.document_id for row in self.allocations} | {
            row.related_id for row in self.credits
        }
        # invoices of other clients that this one's records name: they count there
        self.named_elsewhere = {
            row.id: row
            for row in session.execute(
                query.where(
                    Document.id.in_(others - {None} - set(ids)),
                    Document.client_id.is_not(None),
                    invoice,
                )
            )
        }
        self.instalments: dict[int, list[Any]] = defaultdict(list)
        for row in session.execute(
            select(Instalment.document_id, Instalment.due_on, Instalment.amount_minor)
            .where(Instalment.document_id.in_(of_own), Instalment.deleted_at.is_(None))
            .order_by(Instalment.due_on, Instalment.id)
        ):
            self.instalments[row.document_id].append(row)


@dataclass(slots=True)
class _State:
    """What is open and what is free at the end of a day."""

    records: _Records
    as_of: dt.date
    open: dict[int, int] = field(default_factory=dict)  # by invoice
    free: dict[int, int] = field(default_factory=dict)  # by receipt
    credit_free: dict[int, int] = field(default_factory=dict)  # by credit note
    lowering_open: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        records, as_of = self.records, self.as_of
        counted = {
            one.id: one
            for one in (*records.invoices.values(), *records.named_elsewhere.values())
            if one.issued_on <= as_of
        }
        credited, paid = defaultdict[int, list[Any]](list), defaultdict[int, list[Any]](list)
        for one in (*records.credits, *records.others_credits):
            if one.issued_on > as_of:
                continue
            if one.related_id in counted:
                credited[one.related_id].append(one)
                self.credit_free[one.id] = 0
            else:
                self.credit_free[one.id] = -one.gross_minor
        for receipt in records.receipts:
            if receipt.received_on <= as_of:
                self.free[receipt.id] = receipt.amount_minor
        for part in records.allocations:
            if part.received_on > as_of:
                continue
            if part.document_id in counted:
                paid[part.document_id].append(part)
                if part.receipt_id in self.free:
                    self.free[part.receipt_id] -= part.amount_minor
        for invoice in records.invoices.values():
            if invoice.id not in counted:
                continue
            sums = {
                "credits_": sum(one.gross_minor for one in credited[invoice.id]),
                "receipts": sum(one.amount_minor for one in paid[invoice.id]),
            }
            self.open[invoice.id] = definitions.open_amount(invoice.gross_minor, **sums)
            if self.open[invoice.id]:
                self.lowering_open |= {one.id for one in credited[invoice.id]}
            self._give_back(
                definitions.excess(invoice.gross_minor, **sums),
                paid[invoice.id],
                credited[invoice.id],
            )

    def _give_back(self, excess: int, paid: Sequence[Any], credited: Sequence[Any]) -> None:
        """Let what exceeds an invoice be free on the latest that pays it."""
        for part in reversed(paid):
            back = max(0, min(excess, part.amount_minor))
            if part.receipt_id in self.free:
                self.free[part.receipt_id] += back
            excess -= back
        for one in reversed(credited):
            back = min(excess, -one.gross_minor)
            self.credit_free[one.id] += back
            excess -= back

    def pays_open(self, parts: Iterable[PaidPart]) -> bool:
        """Tell whether one of the parts pays an invoice of which something is open."""
        return any(self.open.get(part.document_id or 0) for part in parts)

    def invoices(self) -> list[InvoiceItem]:
        """Return the invoices that count, the oldest due first."""
        found = []
        for one in self.records.invoices.values():
            if one.id not in self.open:
                continue
            parts = self.records.instalments.get(one.id, [])
            shares = instalment_shares(self.open[one.id], [part.amount_minor for part in parts])
            rows = tuple(
                InstalmentRow(part.due_on, part.amount_minor, share)
                for part, share in zip(parts, shares, strict=True)
            )
            due = next((row.due_on for row in rows if row.open_minor), one.due)
            found.append(
                InvoiceItem(
                    one.id, one.number, one.issued_on, due, one.currency, one.gross_minor,
                    self.open[one.id], rows,
                )
            )  # fmt: skip
        return sorted(found, key=lambda one: (one.due_on, one.id))

    def credit_notes(self) -> list[CreditItem]:
        """Return the client's credit notes that count, the oldest first."""
        numbers = {
            one.id: one.number
            for one in (
                *self.records.invoices.values(),
                *self.records.named_elsewhere.values(),
            )
        }
        found = []
        for one in sorted(self.records.credits, key=lambda one: (one.issued_on, one.id)):
            if one.id in self.credit_free:
                named = numbers.get(one.related_id)
                found.append(
                    CreditItem(
                        one.id, one.number, one.issued_on, one.currency, -one.gross_minor,
                        self.credit_free[one.id], named, None if named else one.related_ref,
                    )
                )  # fmt: skip
        return found

    def receipts(self, proposals: dict[int, Proposal]) -> list[ReceiptItem]:
        """Return the client's receipts that count, the latest first."""
        parts = defaultdict[int, list[PaidPart]](list)
        known = self.records.invoices.keys() | self.records.named_elsewhere.keys()
        for one in self.records.allocations:
            parts[one.receipt_id].append(
                PaidPart(
                    one.id, one.document_id, one.number or one.document_ref or "",
                    one.amount_minor, one.by_hand, one.document_id not in known,
                )
            )  # fmt: skip
        return [
            ReceiptItem(
                one.id, one.number, one.received_on, ReceiptKind(one.kind), one.currency,
                one.amount_minor, self.free[one.id], one.payer_name, one.reason,
                tuple(parts[one.id]), proposals.get(one.id),
            )
            for one in reversed(self.records.receipts)
            if one.id in self.free
        ]  # fmt: skip

    def sums(self) -> list[CurrencySum]:
        """Return what is open and not applied by currency."""
        open_, balance = defaultdict[str, int](int), defaultdict[str, int](int)
        for one in (*self.records.invoices.values(), *self.records.credits):
            if one.issued_on <= self.as_of:
                open_[one.currency] += self.open.get(one.id, 0)
                balance[one.currency] += one.gross_minor
        for receipt in self.records.receipts:
            if receipt.received_on <= self.as_of:
                balance[receipt.currency] -= receipt.amount_minor
        return [
            CurrencySum(code, open_[code], open_[code] - amount, amount)
            for code, amount in sorted(balance.items())
            if open_[code] or amount
        ]


def _proposals(now: _State, ever: _State) -> dict[int, Proposal]:
    """Return for each receipt with something free what it could pay, no euro twice."""
    left = {one.id: min(one.open_minor, ever.open.get(one.id, 0)) for one in now.invoices()}
    invoices = {one.id: one for one in now.invoices()}
    found = {}
    for receipt in now.records.receipts:
        free = min(now.free.get(receipt.id, 0), ever.free.get(receipt.id, 0))
        waiting = any(
            part.receipt_id == receipt.id
            and part.document_id not in invoices
            and part.document_id not in now.records.named_elsewhere
            for part in now.records.allocations
        )
        if free <= 0 or waiting:
            continue
        owed = [
            Owed(one.id, one.number, one.due_on, left[one.id])
            for one in invoices.values()
            if one.currency == receipt.currency
        ]
        texts = [text for text in (receipt.reason, receipt.number) if text]
        proposed = propose(free, texts, owed)
        if proposed is None:
            continue
        parts = tuple(
            ProposedPart(which, invoices[which].number, amount) for which, amount in proposed.parts
        )
        for part in parts:
            left[part.document_id] -= part.amount_minor
        found[receipt.id] = Proposal(parts, proposed.basis, why(proposed.basis, parts))
    return found


def why(basis: Basis, parts: Sequence[ProposedPart]) -> Message:
    """Return the reason of a proposal in words."""
    match basis:
        case Basis.REFERENCE:
            return msg(
                "Open items", "The payment names {numbers}.",
                numbers=", ".join(part.number for part in parts),
            )  # fmt: skip
        case Basis.AMOUNT:
            return msg("Open items", "Exactly what is open of {number}.", number=parts[0].number)
        case Basis.OLDEST:
            return nmsg(
                "Open items",
                "Exactly the oldest invoice.",
                "Exactly the {n} oldest invoices together.",
                len(parts),
            )
        case Basis.AGE:
            return msg("Open items", "The oldest first: nothing says more.")
