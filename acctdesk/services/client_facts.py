"""What is known of clients: the rows of a list page and the card of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Date,
    Integer,
    Select,
    bindparam,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from acctdesk.errors import UserError
from acctdesk.figures import receivables as definitions
from acctdesk.figures.rhythm import Gap, contact_rhythm
from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind
from acctdesk.models import Client, Contact, Document
from acctdesk.periods import add_months, month_start
from acctdesk.services import standing
from acctdesk.services.days import local_day
from acctdesk.services.habits import habit_of, paid_days
from acctdesk.services.rows import ClientCard, ClientRow

_TREND_MONTHS = 12


def client_rows(session: Session, *, ids: Sequence[int], today: dt.date) -> dict[int, ClientRow]:
    """Return the rows of ``ids`` that are in the book, by id; five statements for any number."""
    if not ids:
        return {}
    asked, given, ask = session.connection(), {"ids": list(ids)}, _page(today)
    trends = _trends(asked.execute(ask.months, given), today)
    contacts = {row.client_id: row for row in asked.execute(ask.contacts, given)}
    overdue = {row.client_id: row for row in asked.execute(ask.overdue, given)}
    sales = {row.client_id: row for row in asked.execute(ask.sales, given)}
    rows: dict[int, ClientRow] = {}
    for row in asked.execute(ask.clients, given):
        values = row._asdict()
        gap = Gap(values.pop("ideal"), values.pop("most"))
        money, late, spoke = sales.get(row.id), overdue.get(row.id), contacts.get(row.id)
        last_on = local_day(spoke.at) if spoke else None
        rows[row.id] = ClientRow(
            **values,
            last_contact_on=last_on,
            last_contact_kind=InteractionKind(spoke.kind) if spoke else None,
            sales_365_minor=money.last if money else 0,
            sales_previous_365_minor=money.previous if money else 0,
            trend=trends.get(row.id, (0,) * _TREND_MONTHS),
            overdue_minor=late.amount if late else 0,
            overdue_days=(today - late.since).days if late else None,
            rhythm=contact_rhythm(last_on, gap, as_of=today) if row.active else None,
        )
    return rows


@dataclass(frozen=True, slots=True)
class _Page:
    """The questions of a page, each with the parameter ``ids``: made once a day, asked often."""

    clients: Select[*tuple[Any, ...]]
    contacts: Select[*tuple[Any, ...]]
    overdue: Select[*tuple[Any, ...]]
    sales: Select[*tuple[Any, ...]]
    months: Select[*tuple[Any, ...]]  # dates are taken apart later: in SQL it costs more


@lru_cache(maxsize=1)
def _page(today: dt.date) -> _Page:
    ids: BindParameter[Any] = bindparam("ids", expanding=True)
    step, last = standing.next_step(ids), standing.last_contact(today, ids)
    clients = (
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
            standing.balance(today).label("balance_minor"),
            standing.ideal_days().label("ideal"),
            standing.most_days().label("most"),
        )
        .outerjoin(step, step.c.client_id == Client.id)
        .where(Client.id.in_(ids), Client.deleted_at.is_(None))
    )
    months = (
        select(Document.client_id, Document.issued_on, func.sum(Document.net_minor).label("net"))
        .where(
            Document.client_id.in_(ids),
            Document.deleted_at.is_(None),
            Document.issued_on.between(_first_month(today), today),
        )
        .group_by(Document.client_id, Document.issued_on)
    )
    return _Page(
        clients=clients,
        contacts=select(last.c.client_id, last.c.kind, last.c.at),
        overdue=select(standing.overdue(today, ids)),
        sales=select(standing.sales(today, ids)),
        months=months,
    )


def _first_month(today: dt.date) -> dt.date:
    return add_months(month_start(today), 1 - _TREND_MONTHS)


def _trends(sold: Iterable[Any], today: dt.date) -> dict[int, tuple[int, ...]]:
    first = _first_month(today)
    found: dict[int, list[int]] = {}
    for client_id, day, net in sold:
        place = (day.year - first.year) * 12 + day.month - first.month
        found.setdefault(client_id, [0] * _TREND_MONTHS)[place] += net
    return {client_id: tuple(values) for client_id, values in found.items()}


def get_client(session: Session, *, client_id: int, today: dt.date) -> ClientCard:
    """Return everything stored about one client, its money as of today; two statements.

    Raises:
        UserError: the client is not in the book.
    """
    asked = session.connection()
    client = asked.execute(_facts(today), {"client": client_id}).first()
    if client is None:
        raise UserError(msg("Services", "This client is no longer in the book."))
    invoices = asked.execute(_invoices(today), {"client": client_id}).all()
    items = [(row.due, row.open) for row in invoices if row.closed_on is None]
    late = [(due, rest) for due, rest in items if rest > 0 and due < today]
    ageing = definitions.ageing(
        (definitions.days_past_due(due, today), rest) for due, rest in items
    )
    values = client._asdict()
    gap, at = Gap(values.pop("ideal"), values.pop("most")), values.pop("at")
    last_on = None if at is None else local_day(at)
    return ClientCard(
        **values,
        overdue_minor=sum(rest for _, rest in late),
        overdue_days=max(((today - due).days for due, _ in late), default=None),
        ageing=ageing,
        unapplied_minor=sum(ageing.values()) - client.balance_minor,
        habit=habit_of([row for row in invoices if row.closed_on is not None], today),
        gap=gap,
        rhythm=contact_rhythm(last_on, gap, as_of=today) if client.active else None,
    )


_STORED = {one.name for one in fields(ClientCard)} & {*Client.__table__.c.keys()} - {
    "balance_minor"
}
_ASKED = bindparam("client", type_=Integer)


@lru_cache(maxsize=4)
def _facts(today: dt.date) -> Select[*tuple[Any, ...]]:
    """Return the question for one client's row and its sums; made once a day."""
    parent, mate = aliased(Client), aliased(Client)
    head = func.coalesce(Client.parent_id, Client.id)
    group = (
        select(func.count())
        .select_from(mate)
        .where(or_(mate.id == head, mate.parent_id == head), mate.deleted_at.is_(None))
    )
    decider = (
        select(Contact.name)
        .where(Contact.client_id == _ASKED, Contact.decides.is_(True), Contact.deleted_at.is_(None))
        .order_by(Contact.id)
        .limit(1)
    )
    last_invoice = select(func.max(Document.issued_on)).where(
        *standing.invoices(today), Document.client_id == _ASKED
    )
    only: list[Any] = [_ASKED]
    sold = standing.sales(today, only)
    return (
        select(
            *(getattr(Client, name) for name in _STORED),
            parent.name.label("parent_name"),
            group.correlate(Client).scalar_subquery().label("group_size"),
            decider.scalar_subquery().label("decider"),
            last_invoice.scalar_subquery().label("last_invoice_on"),
            func.coalesce(sold.c.last, 0).label("sales_365_minor"),
            func.coalesce(sold.c.previous, 0).label("sales_previous_365_minor"),
            standing.balance(today).label("balance_minor"),
            standing.last_contact_at(today).label("at"),
            standing.ideal_days().label("ideal"),
            standing.most_days().label("most"),
        )
        .outerjoin(parent, parent.id == Client.parent_id)
        .outerjoin(sold, sold.c.client_id == Client.id)
        .where(Client.id == _ASKED, Client.deleted_at.is_(None))
    )


@lru_cache(maxsize=4)
def _invoices(today: dt.date) -> CompoundSelect[*tuple[Any, ...]]:
    """Return the question for a client's paid invoices (as ``paid_days``) and its open ones.

    ``closed_on`` is None of an open one; ``open`` may be nothing.
    """
    asked = Document.client_id == _ASKED
    items, paid = standing.open_items(today, asked), paid_days(today, asked).subquery()
    nothing = type_coerce(null(), Date)
    return union_all(
        select(
            nothing.label("due"),
            literal(0).label("open"),
            paid.c.closed_on,
            paid.c.late_days,
        ),
        select(items.c.due, items.c.open, nothing, null()),
    )
