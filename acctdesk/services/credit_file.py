"""The credit file of a client: securities, orders, what the market says, accounts year by year.

Amounts in minor units. An empty amount of a year's accounts is not known, never 0.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.figures.altman import MODELS, Accounts, Score, disagree, ratios, scores
from acctdesk.i18n import msg
from acctdesk.kinds import Reliability, SecurityKind
from acctdesk.models import Client, FinancialStatement, MarketNote, Order, Security
from acctdesk.models.base import Record, utc_now
from acctdesk.periods import add_months
from acctdesk.services import checks
from acctdesk.services.credit import CreditLine, Hold, credit_line, hold
from acctdesk.services.profile import checked_currency
from acctdesk.services.reviews import Rating, ratings

__all__ = [
    "AMOUNTS",
    "MODELS",
    "CreditFile",
    "MarketNoteRow",
    "OrderRow",
    "Score",
    "SecurityRow",
    "StatementRow",
    "close_order",
    "credit_file",
    "save_note",
    "save_order",
    "save_security",
    "save_statement",
    "trash_entry",
]

OLD_MONTHS = 12  # a note from the market is flagged from then on
AMOUNTS = (*(one.name for one in fields(Accounts)), "net_profit")  # of a year's accounts


@dataclass(frozen=True, slots=True)
class SecurityRow:
    """What covers a part of what a client owes, and whether it holds on the day asked about."""

    id: int
    kind: SecurityKind
    amount_minor: int
    from_on: dt.date | None
    until_on: dt.date | None
    notes: str | None
    holds: bool
    version: int


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order; ``closed_on``: the day it was invoiced or cancelled."""

    id: int
    number: str | None
    ordered_on: dt.date
    amount_minor: int
    notes: str | None
    closed_on: dt.date | None
    version: int


@dataclass(frozen=True, slots=True)
class MarketNoteRow:
    """A piece of information; ``is_old``: of more than twelve months before the day asked about."""

    id: int
    noted_on: dt.date
    source: str
    reliability: Reliability
    body: str
    is_old: bool
    version: int


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A year's accounts and what the scores say of them."""

    id: int
    year_end: dt.date
    currency: str
    source: str | None
    accounts: Accounts
    net_profit_minor: int | None
    scores: tuple[Score, ...]
    version: int

    @property
    def ratios(self) -> tuple[Decimal | None, ...]:
        """X1 to X5, None where one is not known."""
        return tuple(ratios(self.accounts).values())

    @property
    def models_disagree(self) -> bool:
        """Whether the scores put the firm into different zones."""
        return disagree(self.scores)


@dataclass(frozen=True, slots=True)
class CreditFile:
    """Everything about the credit of one client on a day; the latest first."""

    line: CreditLine
    hold: Hold | None
    securities: tuple[SecurityRow, ...]
    orders: tuple[OrderRow, ...]
    notes: tuple[MarketNoteRow, ...]
    statements: tuple[StatementRow, ...]
    ratings: tuple[Rating, ...]


class SecurityFields(TypedDict, total=False):
    """What can be typed about a security."""

    kind: SecurityKind
    amount_minor: int | None
    from_on: dt.date | None
    until_on: dt.date | None
    notes: str | None


class OrderFields(TypedDict, total=False):
    """What can be typed about an order."""

    number: str | None
    ordered_on: dt.date
    amount_minor: int | None
    notes: str | None
    closed_on: dt.date | None


class NoteFields(TypedDict, total=False):
    """What can be typed about a piece of market information."""

    noted_on: dt.date
    source: str
    reliability: Reliability
    body: str


class StatementFields(TypedDict, total=False):
    """What can be typed about a year's accounts; amounts are named as in ``AMOUNTS``."""

    year_end: dt.date
    currency: str
    source: str | None
    amounts: dict[str, int | None]


def credit_file(session: Session, *, client_id: int, as_of: dt.date) -> CreditFile:
    """Return the credit file of a client.

    Raises:
        UserError: the client is not in the book.
    """
    return CreditFile(
        line=credit_line(session, client_id=client_id, as_of=as_of),
        hold=hold(session, client_id, as_of),
        securities=tuple(_securities(session, client_id, as_of)),
        orders=tuple(_orders(session, client_id)),
        notes=tuple(_notes(session, client_id, as_of)),
        statements=tuple(_statements(session, client_id)),
        ratings=tuple(ratings(session, client_id=client_id)),
    )


def _rows(session: Session, model: Any, client_id: int, *order: Any) -> list[Any]:
    query = select(model).where(model.client_id == client_id, model.deleted_at.is_(None))
    return list(session.scalars(query.order_by(*order, model.id.desc())))


def _securities(session: Session, client_id: int, as_of: dt.date) -> list[SecurityRow]:
    return [
        SecurityRow(
            one.id,
            SecurityKind(one.kind),
            one.amount_minor,
            one.from_on,
            one.until_on,
            one.notes,
            (one.from_on is None or one.from_on <= as_of)
            and (one.until_on is None or one.until_on >= as_of),
            one.version,
        )
        for one in _rows(session, Security, client_id, Security.until_on.desc())
    ]


def _orders(session: Session, client_id: int) -> list[OrderRow]:
    return [
        OrderRow(
            one.id, one.number, one.ordered_on, one.amount_minor, one.notes, one.closed_on,
            one.version,
        )
        for one in _rows(
            session, Order, client_id, Order.closed_on.is_not(None), Order.ordered_on.desc()
        )
    ]  # fmt: skip


def _notes(session: Session, client_id: int, as_of: dt.date) -> list[MarketNoteRow]:
    fresh = add_months(as_of, -OLD_MONTHS)
    return [
        MarketNoteRow(
            one.id, one.noted_on, one.source, Reliability(one.reliability), one.body,
            one.noted_on < fresh, one.version,
        )
        for one in _rows(session, MarketNote, client_id, MarketNote.noted_on.desc())
    ]  # fmt: skip


def _statements(session: Session, client_id: int) -> list[StatementRow]:
    found = []
    for one in _rows(session, FinancialStatement, client_id, FinancialStatement.year_end.desc()):
        known = {name.name: getattr(one, f"{name.name}_minor") for name in fields(Accounts)}
        accounts = Accounts(**known)
        found.append(
            StatementRow(
                one.id, one.year_end, one.currency, one.source, accounts, one.net_profit_minor,
                scores(accounts), one.version,
            )
        )  # fmt: skip
    return found


# -- securities


def _amount(value: int | None) -> int:
    if value is None or value <= 0:
        raise UserError(msg("Credit", "The amount must be above zero."))
    return value


def _in_order(first: dt.date | None, last: dt.date | None) -> None:
    if first is not None and last is not None and last < first:
        raise UserError(msg("Credit", "It ends before it begins. Check the two days."))


def save_security(
    session: Session,
    *,
    client_id: int,
    security_id: int | None = None,
    expected_version: int | None = None,
    **given: Unpack[SecurityFields],
) -> int:
    """Add a security to a client, or change one; return its id.

    Raises:
        UserError: the amount is not above zero, or its days are not in order.
        ConflictError: it changed since ``expected_version``.
    """
    checks.declared(given, frozenset(SecurityFields.__annotations__))
    values: dict[str, Any] = dict(given)
    if "kind" in values:
        values["kind"] = SecurityKind(values["kind"]).value
    if "amount_minor" in values or security_id is None:
        values["amount_minor"] = _amount(values.get("amount_minor"))
    for name in values.keys() & {"from_on", "until_on"}:
        values[name] = checks.day(values[name])
    if "notes" in values:
        values["notes"] = checks.plain(Security, "notes", values["notes"])
    found = _save(session, Security, client_id, security_id, expected_version, values)
    _in_order(found.from_on, found.until_on)
    return int(found.id)


def save_order(
    session: Session,
    *,
    client_id: int,
    order_id: int | None = None,
    expected_version: int | None = None,
    **given: Unpack[OrderFields],
) -> int:
    """Add an order that is not yet invoiced, or change one; return its id.

    Raises:
        UserError: the amount is not above zero, or it is closed before it was taken.
        ConflictError: it changed since ``expected_version``.
    """
    checks.declared(given, frozenset(OrderFields.__annotations__))
    values: dict[str, Any] = dict(given)
    if "amount_minor" in values or order_id is None:
        values["amount_minor"] = _amount(values.get("amount_minor"))
    for name in values.keys() & {"ordered_on", "closed_on"}:
        values[name] = checks.day(values[name])
    for name in values.keys() & {"number", "notes"}:
        values[name] = checks.plain(Order, name, values[name])
    found = _save(session, Order, client_id, order_id, expected_version, values)
    _in_order(found.ordered_on, found.closed_on)
    return int(found.id)


def save_note(
    session: Session,
    *,
    client_id: int,
    note_id: int | None = None,
    expected_version: int | None = None,
    **given: Unpack[NoteFields],
) -> int:
    """Add a piece of market information, or change one; return its id.

    Raises:
        UserError: it says nothing, or not where it comes from.
        ConflictError: it changed since ``expected_version``.
    """
    checks.declared(given, frozenset(NoteFields.__annotations__))
    values: dict[str, Any] = dict(given)
    if "reliability" in values:
        values["reliability"] = Reliability(values["reliability"]).value
    if "noted_on" in values:
        values["noted_on"] = checks.day(values["noted_on"])
    if "source" in values or note_id is None:
        missing = msg("Credit", "Say where this comes from.")
        values["source"] = checks.required(MarketNote, "source", values.get("source"), missing)
    if "body" in values or note_id is None:
        missing = msg("Credit", "Say what is known.")
        values["body"] = checks.required(MarketNote, "body", values.get("body"), missing)
    return int(_save(session, MarketNote, client_id, note_id, expected_version, values).id)


def save_statement(
    session: Session,
    *,
    client_id: int,
    statement_id: int | None = None,
    expected_version: int | None = None,
    **given: Unpack[StatementFields],
) -> int:
    """Add a year's accounts, or change them; return their id.

    Raises:
        UserError: the client has accounts of that day already, or an amount cannot be one.
        ConflictError: they changed since ``expected_version``.
    """
    checks.declared(given, frozenset(StatementFields.__annotations__))
    values: dict[str, Any] = dict(given)
    amounts = values.pop("amounts", {})
    checks.declared(amounts, frozenset(AMOUNTS))
    values.update({f"{name}_minor": amount for name, amount in amounts.items()})
    if "currency" in values:
        values["currency"] = checked_currency(values["currency"])
    if "source" in values:
        values["source"] = checks.plain(FinancialStatement, "source", values["source"])
    if "year_end" in values:
        values["year_end"] = checks.day(values["year_end"])
        taken = select(FinancialStatement.id).where(
            FinancialStatement.client_id == client_id,
            FinancialStatement.year_end == values["year_end"],
            FinancialStatement.deleted_at.is_(None),
            FinancialStatement.id != (statement_id or 0),
        )
        if session.scalar(taken.limit(1)) is not None:
            raise UserError(msg("Credit", "The accounts of this year are there already."))
    found = _save(session, FinancialStatement, client_id, statement_id, expected_version, values)
    for name in ("current_assets", "current_liabilities", "total_assets", "total_liabilities"):
        if (getattr(found, f"{name}_minor") or 0) < 0:
            raise UserError(msg("Credit", "Assets and liabilities cannot be below zero."))
    return int(found.id)


def _save(
    session: Session,
    model: Any,
    client_id: int,
    record_id: int | None,
    expected_version: int | None,
    values: dict[str, Any],
) -> Any:
    checks.live(session, Client, client_id)
    if record_id is None:
        found = model(client_id=client_id, **values)
        session.add(found)
        session.flush()
        return found
    found = checks.live(session, model, record_id)
    checks.expect_version(found, expected_version, values)
    checks.assign(found, values)
    return found


_KINDS: dict[str, type[Record]] = {
    "security": Security,
    "order": Order,
    "note": MarketNote,
    "statement": FinancialStatement,
}


def trash_entry(session: Session, *, kind: str, entry_id: int) -> None:
    """Move an entry of a credit file to the trash: a security, order, note or statement."""
    checks.live(session, _KINDS[kind], entry_id).deleted_at = utc_now()


def close_order(session: Session, *, order_id: int, on: dt.date) -> None:
    """Mark an order as invoiced or cancelled: from that day on it no longer counts."""
    order = checks.live(session, Order, order_id)
    order.closed_on = checks.day(on)
    _in_order(order.ordered_on, order.closed_on)
