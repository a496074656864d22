"""What is owed on a date, in SQL. Gross of VAT, minor units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, func, select
from sqlalchemy.orm import Session

from acctdesk.figures import receivables as definitions
from acctdesk.kinds import AgeBucket
from acctdesk.models import Client, Document, Receipt
from acctdesk.services import standing
from acctdesk.services.rows import OpenInvoice, OverdueClient, Receivables
from acctdesk.services.standing import Ids, of_clients

DSO_DAYS = 90


def open_invoices(
    session: Session, *, as_of: dt.date, client_id: int | None = None
) -> list[OpenInvoice]:
    """Return the invoices not fully paid on a date, the oldest due first.

    One in instalments is due when the earliest is of which something is open.
    """
    items, blocked = standing.open_items(as_of, *_of(client_id)), standing.blocked(as_of)
    query = (
        select(  # in the order of the fields of OpenInvoice
            items.c.id,
            items.c.number,
            items.c.client_id,
            Client.code,
            Client.name,
            Document.issued_on,
            items.c.due,
            Document.gross_minor,
            items.c.whole,
            func.min(items.c.whole, func.coalesce(blocked.c.amount, 0)),
        )
        .select_from(items)
        .join(Document, Document.id == items.c.id)
        .join(Client, Client.id == items.c.client_id)
        .outerjoin(blocked, blocked.c.document_id == items.c.id)
        .where(items.c.open > 0, items.c.before == 0)
        .order_by(items.c.due, items.c.id)
    )

    @cache
    def age(due: dt.date) -> tuple[int, AgeBucket]:
        days = definitions.days_past_due(due, as_of)
        return days, definitions.bucket(days)

    # without the ORM, whose rows cost half as much again
    rows: Iterable[Any] = session.connection().execute(query)
    return [OpenInvoice(*(*row, *age(row.due))) for row in rows]


def disputed_part(items: Subquery, blocked: Subquery) -> ColumnElement[int]:
    """Return what is in dispute of an open item: of the earlier instalment first."""
    left = func.max(0, func.coalesce(blocked.c.amount, 0) - items.c.before)
    return func.min(items.c.open, left)


def disputed_by_client(session: Session, *, as_of: dt.date) -> dict[int, int]:
    """Return what of each client's open invoices was in dispute at the end of a day."""
    blocked = standing.blocked(as_of)
    items = standing.open_items(as_of, Document.id.in_(select(blocked.c.document_id)))
    rows = session.execute(
        select(items.c.client_id, func.sum(disputed_part(items, blocked)).label("amount"))
        .join(blocked, blocked.c.document_id == items.c.id)
        .where(items.c.open > 0)
        .group_by(items.c.client_id)
    )
    return {row.client_id: row.amount for row in rows}


def _of(client_id: int | None) -> list[ColumnElement[bool]]:
    return [] if client_id is None else [Document.client_id == client_id]


def balances(session: Session, *, as_of: dt.date, client_ids: Ids | None = None) -> dict[int, int]:
    """Return each client's balance: documents less receipts up to a date."""
    found: dict[int, int] = {}
    documents = (
        select(Document.client_id, func.sum(Document.gross_minor))
        .where(
            Document.deleted_at.is_(None),
            Document.client_id.is_not(None),
            Document.issued_on <= as_of,
            *of_clients(Document.client_id, client_ids),
        )
        .group_by(Document.client_id)
    )
    receipts = (
        select(Receipt.client_id, func.sum(-Receipt.amount_minor))
        .where(
            Receipt.deleted_at.is_(None),
            Receipt.client_id.is_not(None),
            Receipt.received_on <= as_of,
            *of_clients(Receipt.client_id, client_ids),
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


def receivables(session: Session, *, as_of: dt.date, client_id: int | None = None) -> Receivables:
    """Return what is owed on a date, by age.

    The balance is documents less receipts; what of the open invoices exceeds it is unapplied:
    receipts and credit notes that name no invoice, or more than its amount.
    """
    items, blocked = standing.open_items(as_of, *_of(client_id)), standing.blocked(as_of)
    by_day = session.execute(
        select(
            items.c.due,
            func.sum(case((items.c.before == 0, 1), else_=0)).label("invoices"),
            func.sum(items.c.open).label("open"),
            func.sum(disputed_part(items, blocked)).label("disputed"),
        )
        .outerjoin(blocked, blocked.c.document_id == items.c.id)
        .where(items.c.open > 0)
        .group_by(items.c.due)
    ).all()
    balance = _balance(session, as_of=as_of, client_id=client_id)
    total = sum(day.open for day in by_day)
    after = as_of - dt.timedelta(days=DSO_DAYS)
    gross = gross_sales(session, after=after, until=as_of, client_id=client_id)
    return Receivables(
        as_of=as_of,
        open_invoices=sum(day.invoices for day in by_day),
        open_minor=total,
        disputed_minor=sum(day.disputed for day in by_day),
        unapplied_minor=total - balance,
        balance_minor=balance,
        ageing=definitions.ageing(
            (definitions.days_past_due(day.due, as_of), day.open) for day in by_day
        ),
        dso_simple_90=definitions.dso_simple(total, gross, DSO_DAYS),
    )


def _balance(session: Session, *, as_of: dt.date, client_id: int | None) -> int:
    """Return documents less receipts up to a date, of a client or the whole book."""
    sold = select(func.coalesce(func.sum(Document.gross_minor), 0)).where(
        Document.deleted_at.is_(None), Document.client_id.is_not(None), Document.issued_on <= as_of
    )
    got = select(func.coalesce(func.sum(Receipt.amount_minor), 0)).where(
        Receipt.deleted_at.is_(None), Receipt.client_id.is_not(None), Receipt.received_on <= as_of
    )
    if client_id is not None:
        sold = sold.where(Document.client_id == client_id)
        got = got.where(Receipt.client_id == client_id)
    return int(session.execute(select(sold.scalar_subquery() - got.scalar_subquery())).scalar_one())


def overdue_clients(session: Session, *, as_of: dt.date, new_days: int) -> dict[int, OverdueClient]:
    """Return what each client owes overdue, and what of it fell due in the last ``new_days``."""
    items = standing.open_items(as_of, standing.may_be_overdue(as_of))
    new = items.c.due >= as_of - dt.timedelta(days=new_days)

    def of_new(column: Any) -> ColumnElement[Any]:
        return case((new, column), else_=None)

    rows = session.execute(
        select(
            items.c.client_id,
            Client.name,
            func.sum(items.c.open).label("open_minor"),
            func.coalesce(func.sum(of_new(items.c.open)), 0).label("new_minor"),
            func.count(of_new(items.c.id)).label("new_invoices"),
            func.min(of_new(items.c.due)).label("new_since"),
            func.min(of_new(items.c.number)).label("new_number"),
        )
        .join(Client, Client.id == items.c.client_id)
        .where(items.c.open > 0, items.c.due < as_of)
        .group_by(items.c.client_id)
    )
    return {row.client_id: OverdueClient(**row._asdict()) for row in rows}
