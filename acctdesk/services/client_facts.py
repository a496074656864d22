"""What is known of clients: the rows of a list page and the card of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from acctdesk.errors import UserError
from acctdesk.figures import payment
from acctdesk.figures import receivables as definitions
from acctdesk.i18n import msg
from acctdesk.kinds import DocumentType, InteractionKind
from acctdesk.models import Allocation, Client, Contact, Document, Receipt
from acctdesk.periods import add_months, month_start
from acctdesk.services import standing
from acctdesk.services.days import local_day
from acctdesk.services.rows import ClientCard, ClientRow

_TREND_MONTHS = 12
_MOST_PAID = 200


def client_rows(session: Session, *, ids: Sequence[int], today: dt.date) -> dict[int, ClientRow]:
    """Return the rows of ``ids`` that are in the book, by id; five statements for any number."""
    if not ids:
        return {}
    trends = _trends(session, ids, today)
    last = standing.last_contact(today, ids)
    contacts = {
        row.client_id: row
        for row in session.execute(select(last.c.client_id, last.c.kind, last.c.at))
    }
    due = standing.overdue(today, ids)
    overdue = {row.client_id: row for row in session.execute(select(due))}
    sold = standing.sales(today, ids)
    sales = {row.client_id: row for row in session.execute(select(sold))}
    step = standing.next_step(ids)
    got = standing.received(today, ids)
    rows: dict[int, ClientRow] = {}
    for row in session.execute(
        select(
            Client.id,
            Client.code,
            Client.name,
            Client.city,
            Client.segment,
            Client.active,
            Client.vat_id,
            Client.activity,
            func.coalesce(Client.phone, Client.mobile).label("phone"),
            Client.email,
            Client.version,
            step.c.due.label("next_step_on"),
            func.coalesce(got.c.amount, 0).label("received"),
        )
        .outerjoin(step, step.c.client_id == Client.id)
        .outerjoin(got, got.c.client_id == Client.id)
        .where(Client.id.in_(ids), Client.deleted_at.is_(None))
    ):
        values = row._asdict()
        paid = values.pop("received")
        money, late, spoke = sales.get(row.id), overdue.get(row.id), contacts.get(row.id)
        rows[row.id] = ClientRow(
            **values,
            last_contact_on=local_day(spoke.at) if spoke else None,
            last_contact_kind=InteractionKind(spoke.kind) if spoke else None,
            sales_365_minor=money.last if money else 0,
            sales_previous_365_minor=money.previous if money else 0,
            trend=trends.get(row.id, (0,) * _TREND_MONTHS),
            overdue_minor=late.amount if late else 0,
            overdue_days=(today - late.since).days if late else None,
            balance_minor=(money.gross if money else 0) - paid,
        )
    return rows


def _trends(session: Session, ids: Sequence[int], today: dt.date) -> dict[int, tuple[int, ...]]:
    first = add_months(month_start(today), 1 - _TREND_MONTHS)
    found: dict[int, list[int]] = {}
    for client_id, day, net in session.execute(  # dates are taken apart here: in SQL it costs more
        select(Document.client_id, Document.issued_on, func.sum(Document.net_minor))
        .where(
            Document.client_id.in_(ids),
            Document.deleted_at.is_(None),
            Document.issued_on.between(first, today),
        )
        .group_by(Document.client_id, Document.issued_on)
    ):
        assert client_id is not None
        place = (day.year - first.year) * 12 + day.month - first.month
        found.setdefault(client_id, [0] * _TREND_MONTHS)[place] += net
    return {client_id: tuple(values) for client_id, values in found.items()}


def get_client(session: Session, *, client_id: int, today: dt.date) -> ClientCard:
    """Return everything stored about one client, its money as of today.

    Raises:
        UserError: the client is not in the book.
    """
    parent = aliased(Client)
    found = session.execute(
        select(Client, parent.name)
        .outerjoin(parent, parent.id == Client.parent_id)
        .where(Client.id == client_id, Client.deleted_at.is_(None))
    ).first()
    if found is None:
        raise UserError(msg("Services", "This client is no longer in the book."))
    client: Client = found[0]
    head = client.parent_id or client.id
    group = session.scalar(
        select(func.count())
        .select_from(Client)
        .where((Client.id == head) | (Client.parent_id == head), Client.deleted_at.is_(None))
    )
    decider = session.scalars(
        select(Contact.name)
        .where(
            Contact.client_id == client_id, Contact.decides.is_(True), Contact.deleted_at.is_(None)
        )
        .order_by(Contact.id)
        .limit(1)
    ).first()
    money = _money(session, client_id, today)
    return ClientCard(
        **{name: getattr(client, name) for name in _STORED},
        parent_name=found[1],
        group_size=group or 1,
        decider=decider,
        **money,
    )


_STORED = tuple(one.name for one in fields(ClientCard) if one.name in Client.__table__.c)


def _money(session: Session, client_id: int, today: dt.date) -> dict[str, Any]:
    sold = standing.sales(today, [client_id])
    sales = session.execute(select(sold)).first()
    got = standing.received(today, [client_id])
    received = session.scalar(select(got.c.amount)) or 0
    open_items = session.execute(
        select(standing.due_day().label("due"), standing.open_amount(today).label("open")).where(
            *standing.open_invoices(today), Document.client_id == client_id
        )
    ).all()
    ageing = definitions.ageing(
        (definitions.days_past_due(item.due, today), item.open) for item in open_items
    )
    late = [item for item in open_items if item.open > 0 and item.due < today]
    balance = (sales.gross if sales else 0) - received
    return {
        "balance_minor": balance,
        "overdue_minor": sum(item.open for item in late),
        "overdue_days": max(((today - item.due).days for item in late), default=None),
        "ageing": ageing,
        "unapplied_minor": sum(ageing.values()) - balance,
        "sales_365_minor": sales.last if sales else 0,
        "sales_previous_365_minor": sales.previous if sales else 0,
        "last_invoice_on": session.scalar(
            select(func.max(Document.issued_on)).where(
                *standing.invoices(today), Document.client_id == client_id
            )
        ),
        "usual_days_late": _usual_days_late(session, client_id, today),
    }


def _usual_days_late(session: Session, client_id: int, today: dt.date) -> int | None:
    """Return the median of days from due to the last payment, over the newest paid invoices."""
    rows = session.execute(
        select(standing.due_day().label("due"), func.max(Receipt.received_on).label("paid"))
        .select_from(Document)
        .join(Allocation, Allocation.document_id == Document.id)
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(
            *standing.invoices(today),
            Document.type == DocumentType.INVOICE.value,
            Document.client_id == client_id,
            Allocation.deleted_at.is_(None),
            Receipt.deleted_at.is_(None),
            Receipt.received_on <= today,
            standing.open_amount(today) == 0,
        )
        .group_by(Document.id)
        .order_by(Document.issued_on.desc())
        .limit(_MOST_PAID)
    ).all()
    return payment.usual_days_late([int((row.paid - row.due).days) for row in rows])
