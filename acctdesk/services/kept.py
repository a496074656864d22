"""What is kept on a record for speed, in the step that changes its cause.

An invoice keeps the day from which on nothing of it is open (``figures.receivables.closed_on``),
the day of the first credit note or receipt that names it, until which all of it is open, and how
late it was paid (``figures.payment.days_late``). One look into an index finds the open invoices
of any day, most of their amounts, and how clients pay. A line keeps the day of its document, so
that what was sold of a family is summed without its documents. A client keeps its balance of all
days: that of one day is it without the little that is dated later.

It is kept when a step ends: a command that changes what pays an invoice and then asks what is open
of it asks as of ``date.max``, for which no amount is taken from what is kept. None asks for the
balance of a client whose documents or receipts it has just changed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ScalarSelect,
    Table,
    bindparam,
    case,
    func,
    literal,
    select,
    update,
)

from acctdesk.figures.payment import days_late
from acctdesk.figures.receivables import closed_on
from acctdesk.i18n import Message, msg
from acctdesk.kinds import DocumentType, ReceiptKind
from acctdesk.models import Allocation, Base, Client, Document, DocumentLine, Receipt
from acctdesk.services import standing
from acctdesk.storage.changes import RangeChange, RowChange

_DOCUMENTS: Table = Base.metadata.tables[Document.__tablename__]
_ALLOCATIONS: Table = Base.metadata.tables[Allocation.__tablename__]
_RECEIPTS: Table = Base.metadata.tables[Receipt.__tablename__]
_LINES: Table = Base.metadata.tables[DocumentLine.__tablename__]
_CLIENTS: Table = Base.metadata.tables[Client.__tablename__]
_CHUNK = 500
_MANY = 5000  # invoices, or clients, from which looking at all of them costs less


class Kept(NamedTuple):
    """What an invoice keeps, by the names of its columns."""

    closed_on: dt.date
    touched_on: dt.date
    late_days: int | None


# what lowers an invoice: its day, its amount below zero, and what of it is a payment
_Move = tuple[dt.date, int, int]


def keep(connection: Connection, changes: Iterable[RowChange | RangeChange]) -> None:
    """Make all that the changes of a step concern keep these, in their transaction."""
    changes = list(changes)
    _keep_days(connection, changes)
    _keep_balances(connection, changes)
    for ids in _chunks(_concerned(connection, changes)):
        wrong = _wrong(connection, ids)
        if wrong:
            connection.execute(
                update(_DOCUMENTS)
                .where(_DOCUMENTS.c.id == bindparam("invoice"))
                .values({name: bindparam(f"right_{name}") for name in Kept._fields}),
                [
                    {
                        "invoice": invoice,
                        **{f"right_{name}": value for name, value in right._asdict().items()},
                    }
                    for invoice, right in wrong.items()
                ],
            )


def _chunks(concerned: Collection[int]) -> Iterator[Collection[int] | None]:
    """Give ids by as many as a statement takes; None, which is all there are, for very many."""
    if len(concerned) > _MANY:
        yield None
        return
    ids = sorted(concerned)
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def check(connection: Connection) -> tuple[bool, Message]:
    """Tell whether every record keeps what its definition says, and the sentence for it."""
    others = (
        select(func.count()).select_from(_LINES).where(_other_day()),
        select(func.count()).select_from(_CLIENTS).where(_CLIENTS.c.balance_minor != _balance()),
    )
    counts = [connection.execute(query).scalar_one() for query in others]
    if any(counts) or _wrong(connection, None):
        return False, msg("Check", "Open amounts that are kept disagree with the documents.")
    return True, msg("Check", "Open amounts that are kept agree with the documents.")


def _keep_days(connection: Connection, changes: Collection[RowChange | RangeChange]) -> None:
    """Give the lines that changed, or whose documents changed their day, the day of these."""
    single: dict[Column[Any], list[int]] = defaultdict(list)
    which: list[ColumnElement[bool]] = []
    for change in changes:
        if isinstance(change, RangeChange):
            if change.table == _LINES.name:
                which.append(_LINES.c.id.between(change.first_id, change.last_id))
        elif change.table == _LINES.name:
            single[_LINES.c.id].append(change.id)
        elif change.table == _DOCUMENTS.name and "issued_on" in (change.before or {}):
            single[_LINES.c.document_id].append(change.id)
    for column, ids in single.items():
        which += [column.in_(ids[at : at + _CHUNK]) for at in range(0, len(ids), _CHUNK)]
    for lines in which:
        connection.execute(
            update(_LINES).where(lines, _other_day()).values(issued_on=_day_of_document())
        )


def _day_of_document() -> ScalarSelect[Any]:
    return (
        select(_DOCUMENTS.c.issued_on)
        .where(_DOCUMENTS.c.id == _LINES.c.document_id)
        .correlate(_LINES)
        .scalar_subquery()
    )


def _other_day() -> ColumnElement[bool]:
    return _LINES.c.issued_on.is_distinct_from(_day_of_document())


def _keep_balances(connection: Connection, changes: Iterable[RowChange | RangeChange]) -> None:
    """Give the clients whose documents or receipts changed, now or before, their balance."""
    for ids in _chunks(_owners(connection, changes)):
        whose = [] if ids is None else [_CLIENTS.c.id.in_(ids)]
        right = _balance()
        connection.execute(
            update(_CLIENTS)
            .where(*whose, _CLIENTS.c.balance_minor != right)
            .values(balance_minor=right)
        )


def _owners(connection: Connection, changes: Iterable[RowChange | RangeChange]) -> set[int]:
    found: set[int | None] = set()
    ids: dict[Table, list[int]] = defaultdict(list)
    which: list[tuple[Table, ColumnElement[bool]]] = []
    for change in changes:
        if change.table not in {_DOCUMENTS.name, _RECEIPTS.name}:
            continue
        table = Base.metadata.tables[change.table]
        if isinstance(change, RangeChange):
            which.append((table, table.c.id.between(change.first_id, change.last_id)))
        else:
            ids[table].append(change.id)
            found.add((change.before or {}).get("client_id"))
    for table, some in ids.items():
        which += [
            (table, table.c.id.in_(some[at : at + _CHUNK])) for at in range(0, len(some), _CHUNK)
        ]
    for table, those in which:
        owners = select(table.c.client_id).where(those).distinct()
        found.update(connection.execute(owners).scalars())
    return {owner for owner in found if owner is not None}


def _balance() -> ColumnElement[int]:
    """Return all documents less all receipts of the client at hand."""

    def total(amount: Column[Any]) -> ColumnElement[int]:
        of = amount.table.c
        return (
            select(func.coalesce(func.sum(amount), 0))
            .where(of.client_id == _CLIENTS.c.id, of.deleted_at.is_(None))
            .correlate(_CLIENTS)
            .scalar_subquery()
        )

    return total(_DOCUMENTS.c.gross_minor) - total(_RECEIPTS.c.amount_minor)


def _concerned(connection: Connection, changes: Iterable[RowChange | RangeChange]) -> set[int]:
    """Return the invoices that changed themselves, or are named by what changed, now or before."""
    found: set[int] = set()
    ids: dict[str, list[int]] = defaultdict(list)
    terms: list[int] = []  # clients with other credit days
    for change in changes:
        if isinstance(change, RangeChange):
            between = _key(change.table).between(change.first_id, change.last_id)
            found |= _named_by(connection, change.table, between)
        elif change.table in _NAMES:
            ids[change.table].append(change.id)
            found |= {(change.before or {}).get(_NAMES[change.table].key) or 0}
        elif change.table == Client.__tablename__ and "credit_days" in (change.before or {}):
            terms.append(change.id)
    for table, some in ids.items():
        for start in range(0, len(some), _CHUNK):
            among = _key(table).in_(some[start : start + _CHUNK])
            found |= _named_by(connection, table, among)
    for start in range(0, len(terms), _CHUNK):
        found |= _due_by_terms(connection, terms[start : start + _CHUNK])
    return found - {0}


# the column by which a record names an invoice; an allocation does it for its receipt
_NAMES: dict[str, Column[Any]] = {
    _DOCUMENTS.name: _DOCUMENTS.c.related_id,
    _ALLOCATIONS.name: _ALLOCATIONS.c.document_id,
    _RECEIPTS.name: _ALLOCATIONS.c.document_id,
}


def _key(table: str) -> Column[Any]:
    return (
        _ALLOCATIONS.c.receipt_id if table == _RECEIPTS.name else Base.metadata.tables[table].c.id
    )


def _named_by(connection: Connection, table: str, which: ColumnElement[bool]) -> set[int]:
    if table not in _NAMES:
        return set()
    found = set(connection.execute(select(_NAMES[table]).where(which)).scalars())
    if table == _DOCUMENTS.name:
        found |= set(connection.execute(select(_DOCUMENTS.c.id).where(which)).scalars())
    return {invoice or 0 for invoice in found}


def _due_by_terms(connection: Connection, client_ids: Collection[int]) -> set[int]:
    """Return the invoices of these clients that are due by their credit days."""
    by_terms = _DOCUMENTS.c.client_id.in_(client_ids) & _DOCUMENTS.c.due_on.is_(None)
    return set(connection.execute(select(_DOCUMENTS.c.id).where(by_terms)).scalars())


def _wrong(connection: Connection, ids: Collection[int] | None) -> dict[int, Kept]:
    """Return what each live invoice (of ``ids``, None: of all) must keep and does not."""

    def of(column: Column[Any]) -> list[ColumnElement[bool]]:
        return [column.is_not(None)] if ids is None else [column.in_(ids)]

    documents, allocations, receipts = _DOCUMENTS.c, _ALLOCATIONS.c, _RECEIPTS.c
    credited = (
        select(
            documents.related_id, documents.issued_on, func.sum(documents.gross_minor), literal(0)
        )
        .where(
            documents.type == DocumentType.CREDIT_NOTE.value,
            documents.deleted_at.is_(None),
            documents.client_id.is_not(None),
            *of(documents.related_id),
        )
        .group_by(documents.related_id, documents.issued_on)
    )
    is_payment = (receipts.kind != ReceiptKind.WRITE_OFF.value) & (allocations.amount_minor > 0)
    paid = (
        select(
            allocations.document_id,
            receipts.received_on,
            func.sum(-allocations.amount_minor),
            func.sum(case((is_payment, allocations.amount_minor), else_=0)),
        )
        .join_from(_ALLOCATIONS, _RECEIPTS, receipts.id == allocations.receipt_id)
        .where(
            allocations.deleted_at.is_(None),
            receipts.deleted_at.is_(None),
            receipts.client_id.is_not(None),
            *of(allocations.document_id),
        )
        .group_by(allocations.document_id, receipts.received_on)
    )
    moves: dict[int, list[_Move]] = defaultdict(list)
    for query in (credited, paid):
        for invoice, day, amount, payment in connection.execute(query).all():
            moves[invoice].append((day, amount, payment))
    invoices = select(
        documents.id,
        documents.issued_on,
        standing.due_day(),
        documents.gross_minor,
        *(documents[name] for name in Kept._fields),
    ).where(
        documents.type == DocumentType.INVOICE.value,
        documents.deleted_at.is_(None),
        *of(documents.id),
    )
    found: dict[int, Kept] = {}
    for invoice, issued_on, due_on, gross, *kept in connection.execute(invoices).all():
        right = _right(issued_on, due_on, gross, moves.get(invoice, ()))
        if right != tuple(kept):
            found[invoice] = right
    return found


def _right(issued_on: dt.date, due_on: dt.date, gross: int, moves: Collection[_Move]) -> Kept:
    """Return what an invoice keeps; what comes after it is closed is no payment of it."""
    closed = closed_on(issued_on, gross, [(day, amount) for day, amount, _payment in moves])
    paid = [
        ((day - due_on).days, payment) for day, _amount, payment in moves
        if payment and day <= closed
    ]  # fmt: skip
    return Kept(
        closed_on=closed,
        touched_on=min([day for day, _amount, _payment in moves], default=dt.date.max),
        late_days=days_late(paid) if paid and closed < dt.date.max else None,
    )
