"""What of all invoices was open at the end of several days, in one pass. Gross, minor units.

Most invoices are open in full until one payment closes them: SQL sums these by the day they were
issued and the day they were due. The others (paid in parts, in instalments, in dispute) are few,
and are worked out one by one as ``figures`` says.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, union_all
from sqlalchemy.orm import Session

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
    counted = [
        *standing.invoices(days[-1], of_few=client_id is not None),
        Document.client_id.is_not(None),
        *standing.of_clients(Document.client_id, None if client_id is None else [client_id]),
    ]
    _add_whole(session, found, counted)
    _add_parted(session, found, counted)
    return found


def _parted() -> ColumnElement[bool]:
    """Return the condition of an invoice that is not open in full until it is closed at once."""
    instalments = select(Instalment.document_id).where(Instalment.deleted_at.is_(None))
    disputed = select(DisputedDocument.document_id).where(DisputedDocument.deleted_at.is_(None))
    return or_(
        Document.touched_on < Document.closed_on,
        Document.id.in_(instalments),
        Document.id.in_(disputed),
    )


def _add_whole(session: Session, found: list[OpenOn], counted: list[ColumnElement[bool]]) -> None:
    issued, due = Document.issued_on, standing.due_day()
    days = [one.day for one in found]
    for last, (day, until) in enumerate(pairwise([*days, dt.date.max])):
        # those of which this is the last of the days that they are open on
        rows = session.connection().execute(
            select(issued, due, func.count(), func.sum(Document.gross_minor))
            .where(
                *counted,
                issued <= day,
                Document.closed_on > day,
                Document.closed_on <= until,
                Document.gross_minor > 0,
                ~_parted(),
            )
            .group_by(issued, due)
        )
        for issued_on, due_on, invoices, amount in rows.all():
            for one in found[bisect_left(days, issued_on) : last + 1]:
                one.by_due[due_on] += amount
                one.invoices += invoices


def _add_parted(session: Session, found: list[OpenOn], counted: list[ColumnElement[bool]]) -> None:
    days = [one.day for one in found]
    query = select(
        Document.id,
        Document.issued_on,
        Document.closed_on,
        standing.due_day(),
        Document.gross_minor,
    ).where(*counted, Document.closed_on > days[0], _parted())
    invoices = session.connection().execute(query).all()
    ids = standing.these([row.id for row in invoices])
    moves, instalments = _moves(session, ids), _instalments(session, ids)
    disputes = _disputes(session, ids)
    for which, issued_on, closed_on, due_on, gross in invoices:
        moved, waiting = 0, sorted(moves.get(which, ()), reverse=True)
        parts, blocking = instalments.get(which), disputes.get(which, ())
        for one in found[bisect_left(days, issued_on) : bisect_left(days, closed_on)]:
            while waiting and waiting[-1][0] <= one.day:
                moved += waiting.pop()[1]
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


def _moves(session: Session, ids: Any) -> dict[int, list[tuple[dt.date, int]]]:
    """Return the credit notes and receipts that name each invoice: day, and amount below zero."""
    found: dict[int, list[tuple[dt.date, int]]] = defaultdict(list)
    query = union_all(
        select(Allocation.document_id, Receipt.received_on, -Allocation.amount_minor)
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(
            Allocation.document_id.in_(ids),
            Allocation.deleted_at.is_(None),
            Receipt.deleted_at.is_(None),
            Receipt.client_id.is_not(None),
        ),
        select(Document.related_id, Document.issued_on, Document.gross_minor).where(
            Document.related_id.in_(ids),
            Document.type == DocumentType.CREDIT_NOTE.value,
            Document.deleted_at.is_(None),
            Document.client_id.is_not(None),
        ),
    )
    for invoice, day, amount in session.connection().execute(query).all():
        found[invoice or 0].append((day, amount))
    return found


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
