"""What of all invoices was open at the end of several days, in one pass. Gross, minor units.

What is open of most invoices only falls, from the day they are issued until the day they are
closed: it is their amounts less what was paid of them before they were closed, which SQL sums. The
others (in instalments, in dispute, of which money went back) are few, and are worked out one by one
as ``figures`` says.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from acctdesk.figures.allocation import instalment_shares
from acctdesk.figures.receivables import open_amount
from acctdesk.kinds import DocumentType
from acctdesk.models import Allocation, Dispute, DisputedDocument, Document, Instalment, Receipt
from acctdesk.services import standing


@dataclass(slots=True)
class OpenOn:
    """What was open at the end of ``day``, by the day it was due; ``disputed_minor`` is of it."""

    day: dt.date
    by_due: dict[dt.date, int] = field(default_factory=lambda: defaultdict(int))
    invoices: int = 0
    disputed_minor: int = 0


def open_by_day(
    session: Session, *, days: Sequence[dt.date], client_id: int | None = None
) -> list[OpenOn]:
    """Return what was open at the end of each of ``days``, which are in order."""
    found = [OpenOn(day) for day in days]
    of_whom = standing.of_clients(Document.client_id, None if client_id is None else [client_id])
    linked = [Document.client_id.is_not(None), *of_whom]
    counted = [*standing.invoices(days[-1], of_few=client_id is not None), *linked]
    _add_amounts(session, found, counted)
    _add_moves(session, found, counted)
    special = Document.id.in_(standing.these(_special(session)))
    few = [*standing.invoices(days[-1], of_few=True), *linked]
    _correct(session, found, [*few, special])
    return found


def _special(session: Session) -> list[int]:
    """Return the invoices whose open amount is not just what is left of them.

    A due day or a dispute is of a part of it, or it rose again after a payment.
    """
    raising = aliased(Document)
    query: CompoundSelect[Any] = union_all(
        select(Instalment.document_id).where(Instalment.deleted_at.is_(None)),
        select(DisputedDocument.document_id).where(DisputedDocument.deleted_at.is_(None)),
        select(Allocation.document_id).where(
            Allocation.deleted_at.is_(None),
            Allocation.amount_minor < literal_column("0"),  # as its index says
        ),
        select(raising.related_id).where(
            raising.type == DocumentType.CREDIT_NOTE.value,
            raising.deleted_at.is_(None),
            raising.gross_minor > 0,
        ),
    )
    return [row[0] for row in session.execute(query) if row[0] is not None]


def _add_amounts(session: Session, found: list[OpenOn], counted: list[ColumnElement[bool]]) -> None:
    issued, due = Document.issued_on, standing.due_day()
    day, until = bindparam("day", type_=Date), bindparam("until", type_=Date)
    query = (
        select(issued, due, func.count(), func.sum(Document.gross_minor))
        .where(*counted, issued <= day, Document.closed_on > day, Document.closed_on <= until)
        .group_by(issued, due)
    )
    days = [one.day for one in found]
    for last, (one_day, next_day) in enumerate(pairwise([*days, dt.date.max])):
        # those of which this is the last of the days that they are open on
        between = {"day": one_day, "until": next_day}
        rows = session.connection().execute(query, between)
        for issued_on, due_on, invoices, amount in rows.all():
            for one in found[bisect_left(days, issued_on) : last + 1]:
                one.by_due[due_on] += amount
                one.invoices += invoices


def _add_moves(session: Session, found: list[OpenOn], counted: list[ColumnElement[bool]]) -> None:
    """Take off what was paid of invoices before they were closed."""
    days = [one.day for one in found]
    still_open = Document.closed_on > days[0], Document.touched_on < Document.closed_on
    rows: Sequence[Any] = session.connection().execute(_moves(*counted, *still_open)).all()
    for _id, issued_on, closed_on, due_on, moved_on, amount in rows:
        first = bisect_left(days, max(issued_on, moved_on))
        for one in found[first : bisect_left(days, closed_on)]:
            one.by_due[due_on] += amount


def _correct(session: Session, found: list[OpenOn], counted: list[ColumnElement[bool]]) -> None:
    """Put what is open of the special invoices in the place of what is just left of them."""
    days = [one.day for one in found]
    which = [*counted, Document.closed_on > days[0]]
    query: Select[Any] = select(*_named(), Document.gross_minor).where(*which)
    invoices = session.connection().execute(query).all()
    ids = standing.these([row.id for row in invoices])
    instalments, disputes = _instalments(session, ids), _disputes(session, ids)
    moves: dict[int, list[tuple[dt.date, int]]] = defaultdict(list)
    for row in session.connection().execute(_moves(*which)).all():
        moves[row[0]].append((row[-2], row[-1]))
    for invoice, issued_on, closed_on, due_on, gross in invoices:
        parts, blocking = instalments.get(invoice), disputes.get(invoice, ())
        for one in found[bisect_left(days, issued_on) : bisect_left(days, closed_on)]:
            moved = sum(amount for day, amount in moves[invoice] if day <= one.day)
            one.by_due[due_on] -= gross + moved
            one.invoices -= 1
            left = open_amount(gross, credits_=moved, receipts=0)
            if not left:
                continue
            one.invoices += 1
            if blocking:
                one.disputed_minor += min(left, _blocked(blocking, one.day))
            if parts is None:
                one.by_due[due_on] += left
                continue
            shares = instalment_shares(left, [part.amount_minor for part in parts])
            for part, share in zip(parts, shares, strict=True):
                one.by_due[part.due_on] += share


def _moves(*invoices: ColumnElement[bool]) -> CompoundSelect[Any]:
    """Return the receipts and credit notes that name such invoices before they were closed.

    Id, days issued, closed and due of the invoice, then the day and the amount, below zero.
    """
    # once for both, and looked at first
    named = select(*_named()).where(*invoices).cte("named").prefix_with("MATERIALIZED")
    which = tuple(named.c)
    return union_all(
        select(*which, Receipt.received_on, -Allocation.amount_minor)
        .join(Allocation, Allocation.document_id == named.c.id)
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(
            Allocation.deleted_at.is_(None),
            Receipt.deleted_at.is_(None),
            Receipt.client_id.is_not(None),
            Receipt.received_on < named.c.closed_on,
        ),
        select(*which, Document.issued_on, Document.gross_minor)
        .join(Document, Document.related_id == named.c.id)
        .where(
            Document.type == DocumentType.CREDIT_NOTE.value,
            Document.deleted_at.is_(None),
            Document.client_id.is_not(None),
            Document.issued_on < named.c.closed_on,
        ),
    )


def _named() -> tuple[Any, ...]:
    return Document.id, Document.issued_on, Document.closed_on, standing.due_day().label("due")


def _instalments(session: Session, ids: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.connection().execute(
        select(Instalment.document_id, Instalment.due_on, Instalment.amount_minor)
        .where(Instalment.document_id.in_(ids), Instalment.deleted_at.is_(None))
        .order_by(Instalment.document_id, Instalment.due_on, Instalment.id)
    ):
        found[row.document_id].append(row)
    return found


def _disputes(session: Session, ids: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.connection().execute(
        select(
            DisputedDocument.document_id,
            DisputedDocument.amount_minor,
            Dispute.opened_on,
            Dispute.closed_on,
        )
        .join(Dispute, Dispute.id == DisputedDocument.dispute_id)
        .where(
            DisputedDocument.document_id.in_(ids),
            DisputedDocument.deleted_at.is_(None),
            Dispute.deleted_at.is_(None),
        )
    ):
        found[row.document_id].append(row)
    return found


def _blocked(disputes: Sequence[Any], day: dt.date) -> int:
    """Return what the disputes that were open at the end of a day block of an invoice."""
    return sum(
        one.amount_minor
        for one in disputes
        if one.opened_on <= day and (one.closed_on is None or one.closed_on > day)
    )
