"""Everything that the command ``figures`` prints, for the whole book or one client."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import and_, case, except_, func, select
from sqlalchemy.orm import Session

from acctdesk import periods
from acctdesk.errors import UserError
from acctdesk.figures.sales import attainment
from acctdesk.i18n import msg
from acctdesk.kinds import DocumentType
from acctdesk.models import Allocation, Client, Document, Receipt
from acctdesk.periods import Period
from acctdesk.services import sales, standing
from acctdesk.services.profile import get_profile
from acctdesk.services.receivables import receivables
from acctdesk.services.rows import ClientFigures, Figures, MonthFigure, PeriodFigure

YEAR_DAYS = dt.timedelta(days=365)


def figures(
    session: Session,
    *,
    as_of: dt.date,
    period: Period | None = None,
    client_code: str | None = None,
) -> Figures:
    """Return the figures on a date; whatever is dated later is ignored.

    ``period`` defaults to the fiscal quarter of ``as_of``. With ``client_code`` sales, receivables
    and the list are that client's.

    Raises:
        UserError: no client has that code.
    """
    profile = get_profile(session)
    chosen = period or periods.quarter_of(as_of, profile.fiscal_start)
    client_id = None if client_code is None else _client_id(session, client_code)
    by_client = _by_client(session, as_of, client_id)
    counted = _counts(session, as_of, client_id)
    return Figures(
        as_of=as_of,
        currency=profile.currency,
        clients=len(by_client),
        invoices=counted[DocumentType.INVOICE],
        credit_notes=counted[DocumentType.CREDIT_NOTE],
        receipts=_receipt_count(session, as_of, client_id),
        net_minor=sum(line.net_minor for line in by_client),
        by_month=by_month(session, as_of=as_of, client_id=client_id),
        period=period_figure(session, period=chosen, as_of=as_of, client_id=client_id),
        receivables=receivables(session, as_of=as_of, client_id=client_id),
        by_client=by_client,
        unapplied_receipts=_receipt_count(session, as_of, client_id, naming_none=True),
    )


def by_month(
    session: Session, *, as_of: dt.date, client_id: int | None = None
) -> tuple[MonthFigure, ...]:
    """Return every month from the first with a target or a document to that of ``as_of``."""
    net = sales.month_net(session, start=dt.date.min, end=as_of, client_id=client_id)
    targets = sales.month_targets(session, client_id=client_id)
    known = [*net, *targets]
    if not known or min(known) > as_of:
        return ()
    return tuple(
        MonthFigure(month, net.get(month, 0), targets.get(month))
        for month in periods.months(min(known), as_of)
    )


def period_figure(
    session: Session, *, period: Period, as_of: dt.date, client_id: int | None = None
) -> PeriodFigure:
    """Return a period's sales up to ``as_of`` against its whole target and two comparisons.

    ``previous_minor`` and ``same_last_year_minor`` are of the whole periods before.
    """
    before, last_year = periods.previous(period), periods.same_last_year(period)
    targets = sales.month_targets(session, client_id=client_id)
    inside = [amount for month, amount in targets.items() if month in period]
    target = sum(inside) if inside else None
    spans = [(one.start, min(one.end, as_of)) for one in (period, before, last_year)]
    total, previous, same_last_year = sales.nets_between(session, *spans, client_id=client_id)
    return PeriodFigure(
        name=period.name,
        start=period.start,
        end=period.end,
        net_minor=total,
        target_minor=target,
        attainment=attainment(total, target),
        previous_minor=previous,
        same_last_year_minor=same_last_year,
    )


def _client_id(session: Session, code: str) -> int:
    query = select(Client.id).where(Client.deleted_at.is_(None), Client.code == code)
    found = session.execute(query).scalar()
    if found is None:
        raise UserError(msg("Figures", "No client has the code {code}.", code=code))
    return found


def _counts(session: Session, as_of: dt.date, client_id: int | None) -> dict[DocumentType, int]:
    query = (
        select(Document.type, func.count())
        .where(
            Document.deleted_at.is_(None),
            Document.client_id.is_not(None),
            Document.issued_on <= as_of,
        )
        .group_by(Document.type)
    )
    if client_id is not None:
        query = query.where(Document.client_id == client_id)
    found = dict.fromkeys(DocumentType, 0)
    for kind, count in session.execute(query):
        found[DocumentType(kind)] = count
    return found


def _receipt_count(
    session: Session, as_of: dt.date, client_id: int | None, *, naming_none: bool = False
) -> int:
    query = select(func.count()).where(
        Receipt.deleted_at.is_(None),
        Receipt.client_id.is_not(None),
        Receipt.received_on <= as_of,
    )
    if client_id is not None:
        query = query.where(Receipt.client_id == client_id)
    if naming_none:
        named = select(Allocation.receipt_id).where(Allocation.deleted_at.is_(None))
        query = query.where(Receipt.id.in_(except_(select(Receipt.id), named)))
    return int(session.execute(query).scalar_one())


def _by_client(
    session: Session, as_of: dt.date, client_id: int | None
) -> tuple[ClientFigures, ...]:
    last = Document.issued_on > as_of - YEAR_DAYS
    previous = and_(
        Document.issued_on > as_of - 2 * YEAR_DAYS, Document.issued_on <= as_of - YEAR_DAYS
    )
    invoice = Document.type == DocumentType.INVOICE.value
    query = (
        select(
            Client.id,
            Client.code,
            Client.name,
            Client.vat_id,
            func.coalesce(func.sum(Document.net_minor), 0).label("net"),
            func.coalesce(func.sum(case((last, Document.net_minor))), 0).label("last"),
            func.coalesce(func.sum(case((previous, Document.net_minor))), 0).label("previous"),
            func.max(case((invoice, Document.issued_on))).label("last_invoice"),
            standing.balance(as_of).label("balance"),
        )
        .outerjoin(
            Document,
            and_(
                Document.client_id == Client.id,
                Document.deleted_at.is_(None),
                Document.issued_on <= as_of,
            ),
        )
        .where(Client.deleted_at.is_(None))
        .group_by(Client.id)
        .order_by(Client.code, Client.name_fold)
    )
    if client_id is not None:
        query = query.where(Client.id == client_id)
    due = standing.overdue(as_of, None if client_id is None else [client_id])
    overdue: dict[int, int] = dict(session.execute(select(due.c.client_id, due.c.amount)).all())
    return tuple(
        ClientFigures(
            client_id=row.id,
            code=row.code,
            name=row.name,
            vat_id=row.vat_id,
            net_minor=row.net,
            last_365_minor=row.last,
            previous_365_minor=row.previous,
            last_invoice_on=row.last_invoice,
            balance_minor=row.balance,
            overdue_minor=overdue.get(row.id, 0),
        )
        for row in session.execute(query)
    )
