"""Sales and targets by month, in SQL. Net of VAT unless said, minor units."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from acctdesk import periods
from acctdesk.models import Document, Target


def month_net(
    session: Session, *, start: dt.date, end: dt.date, client_id: int | None = None
) -> dict[dt.date, int]:
    """Return net sales by first day of the month, from ``start`` to ``end``, both included.

    Only linked, live documents count; a month without any is absent.
    """
    return _by_month(session, Document.net_minor, _counted(start, end, client_id))


def month_gross(session: Session, *, start: dt.date, end: dt.date) -> dict[dt.date, int]:
    """Return gross sales by first day of the month, as :func:`month_net` does."""
    return _by_month(session, Document.gross_minor, _counted(start, end, None))


def _by_month(
    session: Session, amount: InstrumentedAttribute[int], counted: list[ColumnElement[bool]]
) -> dict[dt.date, int]:
    query = select(Document.issued_on, func.sum(amount)).where(*counted)
    found: dict[dt.date, int] = {}
    # taking dates apart in SQL costs four times as much
    for day, sold in session.execute(query.group_by(Document.issued_on)):
        month = periods.month_start(day)
        found[month] = found.get(month, 0) + int(sold)
    return found


def _counted(start: dt.date, end: dt.date, client_id: int | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        Document.deleted_at.is_(None),
        Document.client_id.is_not(None),
        Document.issued_on.between(start, end),
    ]
    if client_id is not None:
        conditions.append(Document.client_id == client_id)
    return conditions


def net_between(
    session: Session, *, start: dt.date, end: dt.date, client_id: int | None = None
) -> int:
    """Return net sales from ``start`` to ``end``, both included."""
    return nets_between(session, (start, end), client_id=client_id)[0]


def nets_between(
    session: Session, *spans: tuple[dt.date, dt.date], client_id: int | None = None
) -> list[int]:
    """Return net sales of several runs of days, both ends included; one statement."""
    net = func.coalesce(func.sum(Document.net_minor), 0)
    sums = [select(net).where(*_counted(*span, client_id)).scalar_subquery() for span in spans]
    return [int(one) for one in session.execute(select(*sums)).one()]


def month_targets(session: Session, *, client_id: int | None = None) -> dict[dt.date, int]:
    """Return targets by first day of the month: of the book, or of one client.

    A book without targets of its own is aimed at by the sum of its clients' targets.
    """
    live = Target.deleted_at.is_(None)
    if client_id is not None:
        query = select(Target.month, Target.amount_minor).where(live, Target.client_id == client_id)
        return dict(session.execute(query).all())
    own = select(Target.month, Target.amount_minor).where(
        live,
        Target.client_id.is_(None),
        Target.client_ref_code.is_(None),
        Target.client_ref_name.is_(None),
    )
    found = dict(session.execute(own).all())
    if found:
        return found
    summed = (
        select(Target.month, func.sum(Target.amount_minor))
        .where(live, Target.client_id.is_not(None))
        .group_by(Target.month)
    )
    return {month: int(amount) for month, amount in session.execute(summed)}
