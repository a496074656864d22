"""A query of the client list becomes ordered ids, in SQL; counts and totals beside it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from acctdesk.kinds import Segment
from acctdesk.models import Client, Document
from acctdesk.services import standing
from acctdesk.services.rows import ClientTotals
from acctdesk.storage.search import matching
from acctdesk.text import clean

_DIGIT = re.compile(r"\d")
_Query = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class ClientQuery:
    """What the client list shows and in which order.

    ``sort`` is one of :data:`SORTS`; clients without a value come last in either direction, equal
    ones by name.
    """

    text: str = ""
    segments: tuple[str, ...] = ()
    overdue: bool = False
    no_next_step: bool = False
    quiet: bool = False
    active_only: bool = True
    inactive_only: bool = False  # goes before active_only
    sort: str = "name"
    descending: bool = False


def _sort_last_contact(query: _Query, today: dt.date) -> tuple[_Query, ColumnElement[Any]]:
    return query, standing.last_contact_at(today)


def _sort_sales(query: _Query, today: dt.date) -> tuple[_Query, ColumnElement[Any]]:
    sold = standing.year_sales(today)
    return query.outerjoin(sold, sold.c.client_id == Client.id), func.coalesce(sold.c.sales, 0)


def _sort_change(query: _Query, today: dt.date) -> tuple[_Query, ColumnElement[Any]]:
    sold = standing.sales(today)
    ratio = case((sold.c.previous > 0, sold.c.last * 1.0 / sold.c.previous), else_=None)
    return query.outerjoin(sold, sold.c.client_id == Client.id), ratio


def _sort_overdue(query: _Query, today: dt.date) -> tuple[_Query, ColumnElement[Any]]:
    due = standing.overdue(today)
    return query.outerjoin(due, due.c.client_id == Client.id), func.coalesce(due.c.amount, 0)


def _sort_balance(query: _Query, today: dt.date) -> tuple[_Query, ColumnElement[Any]]:
    return query, standing.balance(today)


def _sort_next_step(query: _Query, _today: dt.date) -> tuple[_Query, ColumnElement[Any]]:
    step = standing.next_step()
    return query.outerjoin(step, step.c.client_id == Client.id), step.c.due


def _by(column: Any) -> Callable[[_Query, dt.date], tuple[_Query, ColumnElement[Any]]]:
    def sort(query: _Query, _today: dt.date) -> tuple[_Query, ColumnElement[Any]]:
        return query, column

    return sort


SORTS: dict[str, Callable[[_Query, dt.date], tuple[_Query, ColumnElement[Any]]]] = {
    "name": _by(Client.name_key),
    "code": _by(Client.code_key),
    "vat_id": _by(Client.vat_id),
    "segment": _by(Client.segment),
    "city": _by(func.nullif(Client.city_fold, "")),
    "activity": _by(Client.activity),
    "phone": _by(func.coalesce(Client.phone, Client.mobile)),
    "email": _by(Client.email),
    "active": _by(Client.active),
    "last_contact": _sort_last_contact,
    "sales": _sort_sales,
    "sales_365": _sort_sales,
    "change": _sort_change,
    "overdue": _sort_overdue,
    "balance": _sort_balance,
    "next_step": _sort_next_step,
}
_KEPT_ORDERS = frozenset({"name", "code"})  # 9 before 10
_NEVER_EMPTY = frozenset({"name"})


def client_ids(
    session: Session, query: ClientQuery, *, today: dt.date, first: int | None = None
) -> list[int]:
    """Return the ids that the query shows, in its order; one statement.

    ``first`` stops after so many: where :func:`is_walk` says so, that costs as little as they do.
    """
    selection: _Query = select(Client.id).where(*_conditions(query, today))
    selection, key = SORTS[query.sort](selection, today)
    order: list[Any] = [key.desc() if query.descending else key]
    if query.sort not in _NEVER_EMPTY:
        order = [order[0].nulls_last(), Client.name_key]
    ordered = selection.order_by(*order, Client.id).limit(first).subquery()
    # as one value: at every row of an answer the interpreter's lock would change hands
    found = session.execute(select(func.group_concat(ordered.c.id))).scalar_one()
    return [int(one) for one in found.split(",")] if found else []


def is_walk(query: ClientQuery) -> bool:
    """Tell whether the order is kept in the book and nothing has to be computed for the filter."""
    plain = not (query.text.strip() or query.overdue or query.no_next_step or query.quiet)
    return plain and query.sort in _KEPT_ORDERS and (query.active_only or query.inactive_only)


def client_totals(session: Session, query: ClientQuery, *, today: dt.date) -> ClientTotals:
    """Return the foot of the list that the query shows; one statement."""
    shown = (
        select(Client.id).where(*_conditions(query, today)).cte("shown").prefix_with("MATERIALIZED")
    )
    ids, due = select(shown.c.id), standing.overdue(today)
    clients = select(func.count()).select_from(shown)
    sold = select(func.sum(Document.net_minor)).where(
        *standing.of_year(today), Document.client_id.in_(ids)
    )
    overdue = select(func.sum(due.c.amount)).where(due.c.client_id.in_(ids))
    row = session.execute(
        select(
            clients.scalar_subquery(),
            func.coalesce(sold.scalar_subquery(), 0),
            func.coalesce(overdue.scalar_subquery(), 0),
        )
    ).one()
    return ClientTotals(clients=row[0], sales_365_minor=row[1], overdue_minor=row[2])


def count_active(session: Session, *, today: dt.date) -> int:  # noqa: ARG001 - asked like others
    """Return how many active clients there are."""
    query = select(func.count()).where(Client.deleted_at.is_(None), Client.active.is_(True))
    return session.execute(query).scalar_one()


def client_counts(session: Session, *, today: dt.date) -> dict[str, int]:
    """Return how many clients each filter chip would show; one statement.

    Keys: ``all``, ``quiet``, ``no_next_step`` and each segment (``A``, ``B``, ``C``) of the
    active ones, ``inactive``, and ``overdue`` of both: who left may still owe.
    """
    due, step, quiet = standing.overdue(today), standing.next_step(), standing.quiet(today)

    def counted(*conditions: ColumnElement[bool], active: bool = True) -> ColumnElement[int]:
        return summed(Client.active.is_(active), *conditions)

    def summed(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((and_(*conditions), 1), else_=0)), 0)

    row = session.execute(
        select(
            counted().label("all"),
            summed(due.c.amount > 0).label("overdue"),
            counted(quiet.c.client_id.is_not(None)).label("quiet"),
            counted(step.c.client_id.is_(None)).label("no_next_step"),
            *(counted(Client.segment == one.value).label(one.value) for one in Segment),
            counted(active=False).label("inactive"),
        )
        .select_from(Client)
        .outerjoin(due, due.c.client_id == Client.id)
        .outerjoin(step, step.c.client_id == Client.id)
        .outerjoin(quiet, quiet.c.client_id == Client.id)
        .where(Client.deleted_at.is_(None))
    ).one()
    return dict(row._asdict())


def _conditions(query: ClientQuery, today: dt.date) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [Client.deleted_at.is_(None)]
    if query.inactive_only:
        wanted.append(Client.active.is_(False))
    elif query.active_only:
        wanted.append(Client.active.is_(True))
    if query.segments:
        wanted.append(Client.segment.in_(query.segments))
    if query.overdue:
        wanted.append(Client.id.in_(select(standing.overdue(today).c.client_id)))
    if query.no_next_step:
        wanted.append(Client.id.not_in(select(standing.next_step().c.client_id)))
    if query.quiet:
        wanted.append(Client.id.in_(select(standing.quiet(today).c.client_id)))
    if clean(query.text):
        wanted.append(text_condition(query.text))
    return wanted


def text_condition(typed: str) -> ColumnElement[bool]:
    """Return the condition of a client that what was typed finds.

    Every word begins a word of the client's texts (folded, or by its Greeklish sound); a text
    with a digit also finds a code that holds it and a VAT id that begins with it.
    """
    found: list[ColumnElement[bool]] = []
    ids = matching(typed, table="clients")
    if ids is not None:
        found.append(Client.id.in_(ids))
    compact = clean(typed)
    if _DIGIT.search(compact):
        found.append(Client.code.contains(compact, autoescape=True))
        found.append(Client.vat_id.startswith(compact.replace(" ", ""), autoescape=True))
    return or_(*found) if found else and_(false())
