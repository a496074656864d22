"""What pays what: receipts and credit notes to invoices and off again, write-offs, instalments.

Never more than is open of an invoice, never to another client or currency; what remains of a
receipt stays visible as not applied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import DocumentType, ReceiptKind
from acctdesk.models import Allocation, Document, Instalment, Receipt
from acctdesk.models.base import utc_now
from acctdesk.services import checks, standing


@dataclass(frozen=True, slots=True)
class Part:
    """An amount (minor units) of a receipt for an invoice."""

    receipt_id: int
    document_id: int
    amount_minor: int


def allocate(session: Session, *, parts: Sequence[Part]) -> int:
    """Let receipts pay invoices; return how many parts were made.

    Raises:
        UserError: a part is for another client or currency, or for more than is open or free.
    """
    if not parts:
        raise UserError(msg("Open items", "Nothing was chosen. Nothing was changed."))
    for part in parts:
        receipt = checks.live(session, Receipt, part.receipt_id)
        invoice = _invoice(session, part.document_id)
        _same(receipt.client_id, receipt.currency, invoice)
        _within(part.amount_minor, open_of(session, invoice.id), invoice)
        _make_free(session, receipt, part.amount_minor)
        session.add(
            Allocation(
                receipt_id=receipt.id,
                document_id=invoice.id,
                amount_minor=part.amount_minor,
                by_hand=True,
            )
        )
        session.flush()
    return len(parts)


def take_off(session: Session, *, allocation_id: int) -> None:
    """Let a receipt no longer pay an invoice; a write-off goes with it."""
    allocation = checks.live(session, Allocation, allocation_id)
    allocation.deleted_at = utc_now()
    receipt = session.get(Receipt, allocation.receipt_id)
    if receipt is not None and receipt.kind == ReceiptKind.WRITE_OFF.value:
        receipt.deleted_at = utc_now()


def name_invoice(session: Session, *, credit_id: int, invoice_id: int) -> None:
    """Let a credit note that lowers nothing lower an invoice."""
    credit, invoice = _credit(session, credit_id), _invoice(session, invoice_id)
    named = None if credit.related_id is None else session.get(Document, credit.related_id)
    if named is not None and named.deleted_at is None:
        raise UserError(
            msg("Open items", "The credit note lowers {number} already.", number=named.number)
        )
    _same(credit.client_id, credit.currency, invoice)
    _within(-credit.gross_minor, open_of(session, invoice.id), invoice)
    credit.related_id = invoice.id


def release_credit(session: Session, *, credit_id: int) -> None:
    """Let a credit note no longer lower the invoice it names."""
    credit = _credit(session, credit_id)
    if credit.related_id is None:
        raise UserError(msg("Open items", "The credit note lowers no invoice."))
    credit.related_id = None


def write_off(
    session: Session,
    *,
    document_id: int,
    on: dt.date,
    reason: str,
    amount_minor: int | None = None,
) -> int:
    """Write off what is open of an invoice, or a part of it; return the id of the write-off.

    Nothing came in: it is a receipt of its own kind, which no figure of payment counts.
    """
    invoice = _invoice(session, document_id)
    owed = open_of(session, invoice.id)
    amount = owed if amount_minor is None else amount_minor
    _within(amount, owed, invoice)
    missing = msg("Open items", "Say why it is written off.")
    made = Receipt(
        kind=ReceiptKind.WRITE_OFF.value,
        client_id=invoice.client_id,
        received_on=_not_before(invoice, on),
        currency=invoice.currency,
        amount_minor=amount,
        method=str(msg("Open items", "Write-off")),
        reason=checks.required(Receipt, "reason", reason, missing),
    )
    session.add(made)
    session.flush()
    session.add(
        Allocation(receipt_id=made.id, document_id=invoice.id, amount_minor=amount, by_hand=True)
    )
    return made.id


def set_instalments(
    session: Session, *, document_id: int, parts: Sequence[tuple[dt.date, int]]
) -> None:
    """Give an invoice the instalments (day, minor units), or none; they add up to its gross."""
    invoice = _invoice(session, document_id)
    total = sum(amount for _day, amount in parts)
    if parts and (total != invoice.gross_minor or any(amount <= 0 for _day, amount in parts)):
        raise UserError(
            msg(
                "Open items",
                "The instalments add up to {sum}, the invoice to {gross}. Nothing was changed.",
                sum=formats.money(total, invoice.currency),
                gross=formats.money(invoice.gross_minor, invoice.currency),
            )
        )
    wanted = sorted((checks.day(day) or day, amount) for day, amount in parts)
    stored = session.scalars(
        select(Instalment)
        .where(Instalment.document_id == invoice.id, Instalment.deleted_at.is_(None))
        .order_by(Instalment.due_on, Instalment.id)
    ).all()
    for one, (day, amount) in zip(stored, wanted, strict=False):
        checks.assign(one, {"due_on": day, "amount_minor": amount})
    for one in stored[len(wanted) :]:
        one.deleted_at = utc_now()
    for day, amount in wanted[len(stored) :]:
        session.add(Instalment(document_id=invoice.id, due_on=day, amount_minor=amount))


def open_of(session: Session, document_id: int) -> int:
    """Return what of an invoice nothing pays, whatever the dates."""
    query = select(standing.open_amount(dt.date.max)).where(Document.id == document_id)
    return int(session.execute(query).scalar_one())


def _invoice(session: Session, document_id: int) -> Document:
    found = checks.live(session, Document, document_id)
    if found.type != DocumentType.INVOICE.value or found.client_id is None:
        raise UserError(msg("Open items", "This is no invoice of a client."))
    return found


def _credit(session: Session, document_id: int) -> Document:
    found = checks.live(session, Document, document_id)
    if found.type != DocumentType.CREDIT_NOTE.value:
        raise UserError(msg("Open items", "This is no credit note."))
    return found


def _same(client_id: int | None, currency: str, invoice: Document) -> None:
    if client_id != invoice.client_id or currency != invoice.currency:
        raise UserError(
            msg(
                "Open items",
                "{number} is of another client or in another currency. Nothing was changed.",
                number=invoice.number,
            )
        )


def _within(amount: int, owed: int, invoice: Document) -> None:
    if not 0 < amount <= owed:
        raise UserError(
            msg(
                "Open items",
                "Of {number} only {open} is open. Nothing was changed.",
                number=invoice.number,
                open=formats.money(owed, invoice.currency),
            )
        )


def _not_before(invoice: Document, on: dt.date) -> dt.date:
    if on < invoice.issued_on:
        raise UserError(
            msg("Open items", "The day is before that of the invoice. Nothing was changed.")
        )
    return checks.day(on) or on


def _make_free(session: Session, receipt: Receipt, amount: int) -> None:
    """Make sure that so much of a receipt pays nothing, taking from what exceeds an invoice."""
    made = session.scalars(
        select(Allocation).where(
            Allocation.receipt_id == receipt.id, Allocation.deleted_at.is_(None)
        )
    ).all()
    free = receipt.amount_minor - sum(one.amount_minor for one in made)
    for one in made:
        if free >= amount or one.document_id is None:
            continue
        back = min(_excess(session, one.document_id), one.amount_minor, amount - free)
        if back <= 0:
            continue
        free += back
        one.amount_minor -= back
        if not one.amount_minor:
            one.deleted_at = utc_now()
        session.flush()
    if free < amount:
        raise UserError(
            msg(
                "Open items",
                "Of this receipt only {free} is not applied. Nothing was changed.",
                free=formats.money(max(0, free), receipt.currency),
            )
        )


def _excess(session: Session, document_id: int) -> int:
    """Return by how much an invoice is overpaid; all of it where it counts no more."""
    invoice = session.get(Document, document_id)
    if invoice is None or invoice.deleted_at is not None:
        return 0
    credited = session.scalar(
        select(func.coalesce(func.sum(Document.gross_minor), 0)).where(
            Document.related_id == document_id,
            Document.type == DocumentType.CREDIT_NOTE.value,
            Document.deleted_at.is_(None),
            Document.client_id.is_not(None),
        )
    )
    paid = session.scalar(
        select(func.coalesce(func.sum(Allocation.amount_minor), 0))
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(
            Allocation.document_id == document_id,
            Allocation.deleted_at.is_(None),
            Receipt.deleted_at.is_(None),
            Receipt.client_id.is_not(None),
        )
    )
    return max(0, int(paid or 0) - int(credited or 0) - invoice.gross_minor)
