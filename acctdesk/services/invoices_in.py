"""Invoices of an e-invoice file as documents of the book: each once, by the buyer's VAT id.

Buyers whom the book does not hold are left out, unless clients are made of them first
(``services/buyers.py``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.kinds import DocumentType
from acctdesk.models import Client, Document, DocumentLine
from acctdesk.services import checks
from acctdesk.text import read_vat_id


@dataclass(frozen=True, slots=True)
class InvoiceInput:
    """An invoice or a credit note of a file; minor units, below zero of a credit note.

    ``mark`` is the number that the tax authority gave it, empty where it has none. ``names`` are
    numbers or marks of the invoices it lowers. ``lines`` are (text, quantity, net amount).
    """

    mark: str
    number: str
    credit: bool
    issued_on: dt.date
    due_on: dt.date | None
    buyer_name: str
    buyer_vat: str
    seller_vat: str
    net_minor: int
    gross_minor: int
    currency: str
    names: tuple[str, ...] = ()
    lines: tuple[tuple[str, Decimal | None, Decimal], ...] = ()

    @property
    def kind(self) -> DocumentType:
        """Return what it is in the book."""
        return DocumentType.CREDIT_NOTE if self.credit else DocumentType.INVOICE


class InvoiceState(StrEnum):
    """What becomes of an invoice."""

    NEW = "new"
    KNOWN = "known"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """An invoice, its client, and why it is left out.

    ``buyer`` is the VAT id of a buyer who could be made a client, as a client would carry it.
    """

    invoice: InvoiceInput
    state: InvoiceState
    client_id: int | None = None
    client_name: str | None = None
    why: Message | None = None
    buyer: str | None = None


def compare_invoices(session: Session, *, invoices: Sequence[InvoiceInput]) -> list[InvoiceRow]:
    """Return what would become of the invoices of a file."""
    carriers = _carriers(session)
    rows: list[InvoiceRow] = []
    seen = set[tuple[DocumentType, str]]()
    of_unknown = set[tuple[DocumentType, str, str | None]]()
    for one in invoices:
        found = carriers.get(vat_key(one.buyer_vat), []) if one.buyer_vat else []
        buyer = found[0] if len(found) == 1 else None
        stored = _stored(session, one)
        if stored is not None or (one.kind, one.number) in seen:
            rows.append(_met(one, stored))
        elif buyer is None:
            row = _nobodys(one, carriers)
            told = (one.kind, one.number, row.buyer)
            rows.append(_met(one, None) if row.buyer and told in of_unknown else row)
            of_unknown.add(told)
        else:
            seen.add((one.kind, one.number))
            rows.append(InvoiceRow(one, InvoiceState.NEW, buyer.id, buyer.name))
    return rows


def store_invoices(session: Session, *, invoices: Sequence[InvoiceInput]) -> int:
    """Make documents of what is new; return how many.

    Raises:
        UserError: nothing is new.
    """
    made = 0
    # an invoice before the credit note that names it
    for row in compare_invoices(session, invoices=sorted(invoices, key=lambda one: one.credit)):
        if row.state is not InvoiceState.NEW:
            continue
        one = row.invoice
        names = one.names[0] if one.credit and len(one.names) == 1 else None
        related = None if names is None else _named(session, names, row.client_id)
        document = Document(
            type=one.kind.value,
            number=checks.plain(Document, "number", one.number),
            mark=checks.plain(Document, "mark", one.mark),
            issued_on=checks.day(one.issued_on),
            due_on=checks.day(one.due_on),
            client_id=row.client_id,
            related_id=related,
            related_ref=names,
            currency=one.currency,
            net_minor=one.net_minor,
            vat_minor=one.gross_minor - one.net_minor,  # what is sold and what is owed stand
            gross_minor=one.gross_minor,
        )
        session.add(document)
        session.flush()
        for position, (text, quantity, amount) in enumerate(one.lines, start=1):
            session.add(
                DocumentLine(
                    document_id=document.id,
                    position=position,
                    description=text[:300] or None,
                    quantity=quantity,
                    amount=amount,
                )
            )
        if not one.credit:
            _link_waiting(session, document)
        made += 1
    if not made:
        raise UserError(msg("E-invoices", "No invoice of the file is new. Nothing was changed."))
    return made


def _carriers(session: Session) -> dict[str, list[Any]]:
    """Return the clients (``id``, ``name``) who carry each VAT id."""
    found: dict[str, list[Any]] = {}
    for row in session.execute(
        select(Client.id, Client.name, Client.vat_id, Client.vat_id_raw).where(
            Client.deleted_at.is_(None)
        )
    ):
        key = row.vat_id or vat_key(row.vat_id_raw or "")
        if key:
            found.setdefault(key, []).append(row)
    return found


def vat_key(written: str) -> str:
    """Return a VAT id as clients carry it, an invalid one without its country."""
    reading = read_vat_id(written)
    return reading.value or reading.raw.upper().removeprefix("EL").removeprefix("GR")


def _stored(session: Session, one: InvoiceInput) -> Any:
    same = Document.number == one.number
    if one.mark:
        same = (Document.mark == one.mark) | (Document.mark.is_(None) & same)
    return session.execute(
        select(Document.id, Document.number, Document.gross_minor, Document.mark)
        .where(same, Document.type == one.kind.value, Document.deleted_at.is_(None))
        .order_by(Document.mark.is_(None))
    ).first()


def _met(one: InvoiceInput, stored: Any) -> InvoiceRow:
    if stored is not None and stored.gross_minor != one.gross_minor:
        what = msg("E-invoices", "The book holds {number} with another amount.", number=one.number)
        return InvoiceRow(one, InvoiceState.LEFT_OUT, why=what)
    return InvoiceRow(one, InvoiceState.KNOWN)


def _nobodys(one: InvoiceInput, carriers: dict[str, list[Any]]) -> InvoiceRow:
    key, buyer = vat_key(one.buyer_vat), None
    if one.seller_vat and vat_key(one.seller_vat) in carriers:
        why = msg("E-invoices", "A client issued it: it is no sale of ours.")
    elif not key:
        why = msg("E-invoices", "It names no VAT number of the buyer.")
    elif key in carriers:
        why = msg(
            "E-invoices", "Several clients have the VAT number {number}.", number=one.buyer_vat
        )
    else:
        buyer = key
        why = msg("E-invoices", "No client has the VAT number {number}.", number=one.buyer_vat)
    return InvoiceRow(one, InvoiceState.LEFT_OUT, why=why, buyer=buyer)


def _link_waiting(session: Session, invoice: Document) -> None:
    """Let credit notes that came first lower the invoice they name."""
    for credit in session.scalars(
        select(Document).where(
            Document.related_id.is_(None),
            Document.related_ref.in_([ref for ref in (invoice.mark, invoice.number) if ref]),
            Document.type == DocumentType.CREDIT_NOTE.value,
            Document.client_id == invoice.client_id,
            Document.deleted_at.is_(None),
        )
    ):
        credit.related_id = invoice.id


def _named(session: Session, name: str, client_id: int | None) -> int | None:
    """Return the client's invoice of that mark or number."""
    return session.scalar(
        select(Document.id)
        .where(
            (Document.mark == name) | (Document.number == name),
            Document.type == DocumentType.INVOICE.value,
            Document.client_id == client_id,
            Document.deleted_at.is_(None),
        )
        .order_by(Document.mark.is_(None), Document.id)
        .limit(1)
    )
