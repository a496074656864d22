"""What is owed on a date, in SQL. Gross of VAT, minor units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from acctdesk.figures import receivables as definitions
from acctdesk.models import Client, Document, Receipt
from acctdesk.services import standing
from acctdesk.services.rows import OpenInvoice, Receivables

DSO_DAYS = 90


def open_invoices(
    session: Session, *, as_of: dt.date, client_id: int | None = None
) -> list[OpenInvoice]:
    """Return the invoices not fully paid on a date, the oldest due first."""
    rest = standing.open_amount(as_of).label("rest")
    due = standing.due_day().label("due")
    query = (
        select(
            Document.id,
            Document.number,
            Document.client_id,
            Document.issued_on,
            Document.gross_minor,
            due,
            rest,
            Client.code,
            Client.name,
        )
        .join(Client, Client.id == Document.client_id)
        .where(*standing.open_invoices(as_of), rest > 0)
        .order_by(due, Document.id)
    )
    if client_id is not None:
        query = query.where(Document.client_id == client_id)
    found = []
    for row in session.execute(query):
        days = definitions.days_past_due(row.due, as_of)
        found.append(
            OpenInvoice(
                id=row.id,
                number=row.number,
                client_id=row.client_id,
                client_code=row.code,
                client_name=row.name,
                issued_on=row.issued_on,
                due_on=row.due,
                gross_minor=row.gross_minor,
                open_minor=row.rest,
                days_past_due=days,
                bucket=definitions.bucket(days),
            )
        )
    return found


def balances(session: Session, *, as_of: dt.date) -> dict[int, int]:
    """Return each client's balance: documents less receipts up to a date."""
    found: dict[int, int] = {}
    documents = (
        select(Document.client_id, func.sum(Document.gross_minor))
        .where(
            Document.deleted_at.is_(None),
            Document.client_id.is_not(None),
            Document.issued_on <= as_of,
        )
        .group_by(Document.client_id)
    )
    receipts = (
        select(Receipt.client_id, func.sum(-Receipt.amount_minor))
        .where(
            Receipt.deleted_at.is_(None),
            Receipt.client_id.is_not(None),
            Receipt.received_on <= as_of,
        )
        .group_by(Receipt.client_id)
    )
    for query in (documents, receipts):
        for client_id, amount in session.execute(query):
            assert client_id is not None
            found[client_id] = found.get(client_id, 0) + int(amount)
    return found


def gross_sales(
    session: Session, *, after: dt.date, until: dt.date, client_id: int | None = None
) -> int:
    """Return the gross of invoices and credit notes dated after one day and up to another."""
    query = select(func.coalesce(func.sum(Document.gross_minor), 0)).where(
        Document.deleted_at.is_(None),
        Document.client_id.is_not(None),
        Document.issued_on > after,
        Document.issued_on <= until,
    )
    if client_id is not None:
        query = query.where(Document.client_id == client_id)
    return int(session.execute(query).scalar_one())


def receivables(
    session: Session,
    *,
    as_of: dt.date,
    client_id: int | None = None,
    items: Sequence[OpenInvoice] | None = None,
) -> Receivables:
    """Return what is owed on a date, by age; ``items`` are its open invoices where known.

    The balance is documents less receipts; what of the open invoices exceeds it is unapplied:
    receipts and credit notes that name no invoice, or more than its amount.
    """
    if items is None:
        items = open_invoices(session, as_of=as_of, client_id=client_id)
    by_client = balances(session, as_of=as_of)
    balance = sum(by_client.values()) if client_id is None else by_client.get(client_id, 0)
    total = sum(item.open_minor for item in items)
    after = as_of - dt.timedelta(days=DSO_DAYS)
    gross = gross_sales(session, after=after, until=as_of, client_id=client_id)
    return Receivables(
        as_of=as_of,
        open_invoices=len(items),
        open_minor=total,
        unapplied_minor=total - balance,
        balance_minor=balance,
        ageing=definitions.ageing((item.days_past_due, item.open_minor) for item in items),
        dso_simple_90=definitions.dso_simple(total, gross, DSO_DAYS),
    )
