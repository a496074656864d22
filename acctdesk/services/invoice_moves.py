"""What lowered invoices, and when: payments, credit notes, what was written off."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from acctdesk.kinds import DocumentType, ReceiptKind
from acctdesk.models import Allocation, Document, Receipt


def invoice_moves(
    session: Session, document_ids: Collection[int], *, as_of: dt.date, write_offs: bool
) -> dict[int, list[tuple[dt.date, int]]]:
    """Return (day, amount) of what lowered each invoice up to a day; gross, minor units.

    ``write_offs``: with what was written off, though nothing came in.
    """
    ids = list(document_ids)
    kinds = [one.value for one in ReceiptKind if write_offs or one is not ReceiptKind.WRITE_OFF]
    paid = (
        select(Allocation.document_id, Receipt.received_on, Allocation.amount_minor)
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(
            Allocation.document_id.in_(ids),
            Allocation.deleted_at.is_(None),
            Receipt.deleted_at.is_(None),
            Receipt.client_id.is_not(None),
            Receipt.kind.in_(kinds),
            Receipt.received_on <= as_of,
        )
    )
    credited = select(Document.related_id, Document.issued_on, -Document.gross_minor).where(
        Document.related_id.in_(ids),
        # looked for by what they credit, not through all credit notes of the book
        literal_column("+documents.type") == DocumentType.CREDIT_NOTE.value,
        Document.deleted_at.is_(None),
        Document.client_id.is_not(None),
        Document.issued_on <= as_of,
    )
    found: dict[int, list[tuple[dt.date, int]]] = defaultdict(list)
    for query in (paid, credited):
        for document_id, day, amount in session.execute(query):
            assert document_id is not None
            found[document_id].append((day, amount))
    return found
