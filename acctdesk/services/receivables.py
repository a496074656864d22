"""What is owed on a date, in SQL. Gross of VAT, minor units."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, func, select
from sqlalchemy.orm import Session

from acctdesk.figures import receivables as definitions
from acctdesk.kinds import AgeBucket
from acctdesk.models import Client, Document
from acctdesk.services import standing
from acctdesk.services.open_by_day import OpenOn, open_by_day
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
            Document.number,
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
    rows = session.connection().execute(query).all()
    return [OpenInvoice._make((*row, *age(row[6]))) for row in rows]


def disputed_part(items: Subquery, blocked: Subquery) -> ColumnElement[int]:
    """Return what is in dispute of an open item: of the earlier instalment first."""
    left = func.max(0, func.coalesce(blocked.c.amount, 0) - items.c.before)
    return func.min(items.c.open, left)


def disputed_clients(as_of: dt.date) -> Subquery:
    """Return ``amount``: what of each client's open invoices is in dispute at the end of a day."""
    blocked = standing.blocked(as_of)
    items = standing.open_items(as_of, Document.id.in_(select(blocked.c.document_id)))
    return (
        select(items.c.client_id, func.sum(disputed_part(items, blocked)).label("amount"))
        .join(blocked, blocked.c.document_id == items.c.id)
        .where(items.c.open > 0)
        .group_by(items.c.client_id)
        .subquery("disputed_clients")
    )


def disputed_by_client(session: Session, *, as_of: dt.date) -> dict[int, int]:
    """Return what of each client's open invoices was in dispute at the end of a day."""
    disputed = disputed_clients(as_of)
    rows = session.execute(select(disputed.c.client_id, disputed.c.amount))
    return {row.client_id: row.amount for row in rows}


def _of(client_id: int | None) -> list[ColumnElement[bool]]:
    return [] if client_id is None else [Document.client_id == client_id]


def balances(session: Session, *, as_of: dt.date, client_ids: Ids | None = None) -> dict[int, int]:
    """Return the balance of each of these clients, or of all: documents less receipts."""
    query = select(Client.id, standing.balance(as_of)).where(*of_clients(Client.id, client_ids))
    return {row[0]: row[1] for row in session.connection().execute(query)}


def gross_sales(session: Session, *, after: dt.date, until: dt.date) -> int:
    """Return the gross of invoices and credit notes dated after one day and up to another."""
    query = select(func.coalesce(func.sum(Document.gross_minor), 0)).where(
        Document.deleted_at.is_(None),
        Document.client_id.is_not(None),
        Document.issued_on > after,
        Document.issued_on <= until,
    )
    return int(session.execute(query).scalar_one())


def receivables(session: Session, *, as_of: dt.date, client_id: int | None = None) -> Receivables:
    """Return what is owed on a date, by age.

    The balance is documents less receipts; what of the open invoices exceeds it is unapplied:
    receipts and credit notes that name no invoice, or more than its amount.
    """
    (found,) = receivables_by_day(session, days=[as_of], client_id=client_id)
    return found


def receivables_by_day(
    session: Session, *, days: Sequence[dt.date], client_id: int | None = None
) -> list[Receivables]:
    """Return what was owed at the end of each of ``days``, which are in order."""
    kept = select(func.coalesce(func.sum(Client.balance_minor), 0))
    if client_id is not None:
        kept = kept.where(Client.id == client_id)
    of_all_days = session.execute(kept).scalar_one()
    first = days[0] - dt.timedelta(days=DSO_DAYS)
    sold = _later(session, standing.SOLD, after=first, client_id=client_id)
    got = _later(session, standing.RECEIVED, after=days[0], client_id=client_id)
    return [
        _owed(
            one,
            balance=of_all_days - sold(one.day) + got(one.day),
            gross=sold(one.day - dt.timedelta(days=DSO_DAYS)) - sold(one.day),
        )
        for one in open_by_day(session, days=days, client_id=client_id)
    ]


def _owed(found: OpenOn, *, balance: int, gross: int) -> Receivables:
    total = sum(found.by_due.values())
    return Receivables(
        as_of=found.day,
        open_invoices=found.invoices,
        open_minor=total,
        disputed_minor=found.disputed_minor,
        unapplied_minor=total - balance,
        balance_minor=balance,
        ageing=definitions.ageing(
            (definitions.days_past_due(due, found.day), amount)
            for due, amount in found.by_due.items()
        ),
        dso_simple_90=definitions.dso_simple(total, gross, DSO_DAYS),
    )


def _later(
    session: Session, moves: standing.Moves, *, after: dt.date, client_id: int | None
) -> Callable[[dt.date], int]:
    """Return what gives the sum of all that is dated later than a day, ``after`` or one after."""
    query = (
        select(moves.day, func.sum(moves.amount))
        .where(
            moves.deleted_at.is_(None),
            moves.owner.is_not(None) if client_id is None else moves.owner == client_id,
            moves.day > after,
        )
        .group_by(moves.day)
        .order_by(moves.day)
    )
    rows = session.execute(query).all()
    days, sums = [row[0] for row in rows], [0, *accumulate(row[1] for row in rows)]
    return lambda asked: sums[-1] - sums[bisect_right(days, asked)]


def overdue_clients(session: Session, *, as_of: dt.date, new_days: int) -> dict[int, OverdueClient]:
    """Return what each client owes overdue, and what of it fell due in the last ``new_days``."""
    items = standing.open_items(as_of, standing.may_be_overdue(as_of))
    new = items.c.due >= as_of - dt.timedelta(days=new_days)

    def of_new(column: Any) -> ColumnElement[Any]:
        return case((new, column), else_=None)

    query = (
        select(  # in the order of the fields of OverdueClient
            items.c.client_id,
            Client.name,
            func.sum(items.c.open).label("open_minor"),
            func.coalesce(func.sum(of_new(items.c.open)), 0).label("new_minor"),
            func.count(of_new(items.c.id)).label("new_invoices"),
            func.min(of_new(items.c.due)).label("new_since"),
            func.min(of_new(Document.number)).label("new_number"),
        )
        .join(Client, Client.id == items.c.client_id)
        .join(Document, Document.id == items.c.id)
        .where(items.c.open > 0, items.c.due < as_of)
        .group_by(items.c.client_id)
    )
    rows = session.connection().execute(query).all()
    return {row.client_id: OverdueClient(*row) for row in rows}
