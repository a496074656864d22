"""Statements of account: for any period what was open, what moved, and what is open at its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.figures import receivables as definitions
from acctdesk.i18n import msg
from acctdesk.kinds import AgeBucket, DocumentType, Language, ReceiptKind
from acctdesk.models import Client, Document, Receipt
from acctdesk.services import checks, standing
from acctdesk.services.letters import language_of
from acctdesk.services.profile import get_profile


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A document or a receipt; ``amount_minor`` is signed: what raises the balance is positive.

    ``kind`` is a DocumentType or a ReceiptKind. ``balance_minor`` is the balance after it.
    """

    day: dt.date
    kind: DocumentType | ReceiptKind
    number: str | None
    client_name: str
    due_on: dt.date | None
    notes: str | None
    amount_minor: int
    balance_minor: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of one client or of its group; gross of VAT, minor units of ``currency``.

    The ageing is of the open invoices at ``end``; with ``unapplied_minor``, negative or zero, it
    adds up to the closing balance.
    """

    client_id: int
    name: str
    code: str | None
    vat_id: str | None
    address: tuple[str, ...]
    members: int  # how many clients it is of; 1 without a group
    language: Language  # of the client's country
    company: str
    officer: str
    currency: str
    start: dt.date
    end: dt.date
    opening_minor: int
    lines: tuple[StatementLine, ...]
    ageing: Mapping[AgeBucket, int]

    @property
    def closing_minor(self) -> int:
        """The balance at the end of the last day."""
        return self.lines[-1].balance_minor if self.lines else self.opening_minor

    @property
    def moved_minor(self) -> int:
        """The sum of all movements."""
        return sum(one.amount_minor for one in self.lines)

    @property
    def unapplied_minor(self) -> int:
        """What of receipts and credit pays no invoice, negative or zero."""
        return self.closing_minor - sum(self.ageing.values())


def statement(
    session: Session,
    *,
    client_id: int,
    start: dt.date,
    end: dt.date,
    group: bool = False,
    currency: str | None = None,
) -> Statement:
    """Return the statement of a client, or of its whole group, from one day to another.

    ``currency`` is the book's where none is given; each currency has statements of its own.

    Raises:
        UserError: the client is gone, or the period ends before it begins.
    """
    if end < start:
        raise UserError(msg("Statement", "The period ends before it begins."))
    client = checks.live(session, Client, client_id)
    profile = get_profile(session)
    wanted = currency or profile.currency
    ids = _members(session, client) if group else [client.id]
    before = start - dt.timedelta(days=1)
    opening = _balance(session, ids, before, wanted)
    place = " ".join(filter(None, (client.postal_code, client.city)))
    return Statement(
        client_id=client.id,
        name=client.name,
        code=client.code,
        vat_id=client.vat_id,
        address=tuple(filter(None, (client.address, place))),
        members=len(ids),
        language=language_of(client.country),
        company=profile.company,
        officer=profile.officer,
        currency=wanted,
        start=start,
        end=end,
        opening_minor=opening,
        lines=_lines(session, ids, start, end, wanted, opening),
        ageing=_ageing(session, ids, end, wanted),
    )


def statement_currencies(session: Session, *, client_ids: Collection[int]) -> list[str]:
    """Return the currencies that clients have documents or receipts in, the book's first."""
    own = get_profile(session).currency
    ids = list(client_ids)
    documents = select(Document.currency).where(
        Document.client_id.in_(ids), Document.deleted_at.is_(None)
    )
    receipts = select(Receipt.currency).where(
        Receipt.client_id.in_(ids), Receipt.deleted_at.is_(None)
    )
    found = set(session.scalars(documents.union(receipts)))
    return [own, *sorted(found - {own})]


def who_has_statements(
    session: Session, *, start: dt.date, end: dt.date, groups: bool
) -> list[int]:
    """Return who has something to state: a balance at either end, or a movement between.

    With ``groups`` each group is there once, by its head. By name.
    """
    documents = (
        select(Document.client_id, Document.issued_on.label("day"), Document.gross_minor.label("n"))
        .where(Document.deleted_at.is_(None), Document.issued_on <= end)
        .union_all(
            select(Receipt.client_id, Receipt.received_on, -Receipt.amount_minor).where(
                Receipt.deleted_at.is_(None), Receipt.received_on <= end
            )
        )
        .subquery("moves")
    )
    rows = session.execute(
        select(
            Client.id,
            Client.parent_id,
            func.sum(documents.c.n).label("balance"),
            func.max(documents.c.day).label("last"),
        )
        .join(documents, documents.c.client_id == Client.id)
        .where(Client.deleted_at.is_(None))
        .group_by(Client.id)
        .order_by(Client.name_key, Client.id)
    )
    found: dict[int, None] = {}
    for row in rows:
        if row.balance or row.last >= start:
            found[row.parent_id if groups and row.parent_id else row.id] = None
    return list(found)


def _members(session: Session, client: Client) -> list[int]:
    head = client.parent_id or client.id
    return list(
        session.scalars(
            select(Client.id)
            .where(or_(Client.id == head, Client.parent_id == head), Client.deleted_at.is_(None))
            .order_by(Client.id)
        )
    )


def _balance(session: Session, ids: Sequence[int], day: dt.date, currency: str) -> int:
    sold = select(func.coalesce(func.sum(Document.gross_minor), 0)).where(
        Document.client_id.in_(ids),
        Document.deleted_at.is_(None),
        Document.issued_on <= day,
        Document.currency == currency,
    )
    got = select(func.coalesce(func.sum(Receipt.amount_minor), 0)).where(
        Receipt.client_id.in_(ids),
        Receipt.deleted_at.is_(None),
        Receipt.received_on <= day,
        Receipt.currency == currency,
    )
    return int(session.execute(select(sold.scalar_subquery() - got.scalar_subquery())).scalar_one())


def _lines(
    session: Session,
    ids: Sequence[int],
    start: dt.date,
    end: dt.date,
    currency: str,
    opening: int,
) -> tuple[StatementLine, ...]:
    """Return documents before receipts of one day, each with the balance after it."""
    documents = session.execute(
        select(
            Document.issued_on,
            Document.type,
            Document.number,
            Client.name,
            standing.due_day().label("due"),
            Document.notes,
            Document.gross_minor,
        )
        .join(Client, Client.id == Document.client_id)
        .where(
            Document.client_id.in_(ids),
            Document.deleted_at.is_(None),
            Document.issued_on.between(start, end),
            Document.currency == currency,
        )
        .order_by(Document.issued_on, Document.id)
    )
    receipts = session.execute(
        select(
            Receipt.received_on,
            Receipt.kind,
            Receipt.number,
            Client.name,
            func.coalesce(func.nullif(Receipt.reason, ""), Receipt.method).label("notes"),
            -Receipt.amount_minor,
        )
        .join(Client, Client.id == Receipt.client_id)
        .where(
            Receipt.client_id.in_(ids),
            Receipt.deleted_at.is_(None),
            Receipt.received_on.between(start, end),
            Receipt.currency == currency,
        )
        .order_by(Receipt.received_on, Receipt.id)
    )
    moves: list[tuple[dt.date, DocumentType | ReceiptKind, str | None, str, dt.date | None,
                      str | None, int]] = []  # fmt: skip
    for day, type_, number, name, due, notes, amount in documents:
        kind = DocumentType(type_)
        due_on = due if kind is DocumentType.INVOICE else None
        moves.append((day, kind, number, name, due_on, notes, amount))
    moves += [
        (day, ReceiptKind(kind), number, name, None, notes, amount)
        for day, kind, number, name, notes, amount in receipts
    ]
    moves.sort(key=lambda move: move[0])  # stable: documents stay before receipts
    found, balance = [], opening
    for move in moves:
        balance += move[-1]
        found.append(StatementLine(*move, balance))
    return tuple(found)


def _ageing(
    session: Session, ids: Sequence[int], end: dt.date, currency: str
) -> dict[AgeBucket, int]:
    items = standing.open_items(end, Document.currency == currency, client_ids=ids)
    rows = session.execute(select(items.c.due, items.c.open).where(items.c.open > 0))
    return definitions.ageing((definitions.days_past_due(row.due, end), row.open) for row in rows)
