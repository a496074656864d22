"""Clients: create, correct, trash. What is asked about them: ``client_facts`` and ``lists``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.models import (
    Client,
    Contact,
    Document,
    FinancialStatement,
    Interaction,
    MarketNote,
    Need,
    Order,
    PaymentPromise,
    Promise,
    Receipt,
    Reminder,
    RiskRating,
    Satisfaction,
    Security,
    Target,
    Task,
)
from acctdesk.models.base import Record, utc_now
from acctdesk.services import checks, rhythm
from acctdesk.services.client_facts import client_rows, get_client
from acctdesk.text import clean, read_segment, read_vat_id

__all__ = [
    "ClientFields",
    "client_rows",
    "create_client",
    "get_client",
    "trash_client",
    "update_client",
]

_MOST_CREDIT_DAYS = 3650
_OWNED: tuple[type[Record], ...] = (  # what goes to the trash with its client
    Contact,
    Interaction,
    Promise,
    PaymentPromise,
    Reminder,
    Need,
    Satisfaction,
    Task,
    Target,
    Security,
    Order,
    MarketNote,
    FinancialStatement,
    RiskRating,
)


class ClientFields(TypedDict, total=False):
    """What can be typed about a client; ``credit_limit_minor`` is in minor units."""

    code: str | None
    name: str
    vat_id: str | None
    tax_office: str | None
    activity: str | None
    segment: str | None
    address: str | None
    city: str | None
    postal_code: str | None
    country: str | None
    phone: str | None
    mobile: str | None
    email: str | None
    website: str | None
    credit_days: int | None
    credit_limit_minor: int | None
    active: bool
    client_since: dt.date | None
    notes: str | None
    ideal_days: int | None
    most_days: int | None
    parent_id: int | None


_FIELDS = frozenset(ClientFields.__annotations__)


def create_client(session: Session, **fields: Unpack[ClientFields]) -> int:
    """Add a client; return its id. ``name`` is required."""
    given: ClientFields = {"name": "", **fields}
    client = Client(**_checked(session, None, given))
    session.add(client)
    session.flush()
    return client.id


def update_client(
    session: Session,
    *,
    client_id: int,
    expected_version: int | None = None,
    **fields: Unpack[ClientFields],
) -> None:
    """Change fields of a client; one corrected by the officer is no longer provisional.

    Raises:
        ConflictError: the client changed since ``expected_version``.
    """
    client = checks.live(session, Client, client_id)
    values = _checked(session, client, fields)
    checks.expect_version(client, expected_version, values)
    checks.assign(client, values)
    if client.provisional and values:
        client.provisional = False


def trash_client(session: Session, *, client_id: int) -> None:
    """Move a client to the trash with all that is its own: contacts, interactions, tasks and so on.

    Refused for a client with documents or receipts, because the figures would change with it;
    such a client can be set to inactive. Members of its group stand alone afterwards.
    """
    client = checks.live(session, Client, client_id)
    documents = select(Document.id).where(
        Document.client_id == client_id, Document.deleted_at.is_(None)
    )
    receipts = select(Receipt.id).where(
        Receipt.client_id == client_id, Receipt.deleted_at.is_(None)
    )
    if session.scalar(documents.union_all(receipts).limit(1)) is not None:
        raise UserError(
            msg(
                "Services",
                "This client has invoices or receipts, so it stays: the figures need it."
                " Set it to inactive instead.",
            )
        )
    now = utc_now()
    for model in _OWNED:
        owned: Any = select(model).filter_by(client_id=client_id, deleted_at=None)
        for record in session.scalars(owned):
            record.deleted_at = now
    for member in session.scalars(select(Client).where(Client.parent_id == client_id)):
        member.parent_id = None
    client.deleted_at = now


def _checked(session: Session, client: Client | None, given: ClientFields) -> dict[str, Any]:
    checks.declared(given, _FIELDS)
    values: dict[str, Any] = {}
    for field, value in given.items():
        check: Callable[[str, Any], Any] = _CHECKS.get(field, _text)
        values[field] = check(field, value)
    own_id = None if client is None else client.id
    if values.get("code") is not None and (client is None or client.code != values["code"]):
        _refuse_taken(session, "code", values["code"], own_id)
    if "vat_id" in values:
        _check_vat_id(session, client, values)
    if values.keys() & {"ideal_days", "most_days"}:
        rhythm.check_order(
            values.get("ideal_days", client and client.ideal_days),
            values.get("most_days", client and client.most_days),
        )
    if values.get("parent_id") is not None:
        _check_parent(session, own_id, values["parent_id"])
    return values


def _credit_days(_field: str, value: Any) -> int | None:
    return checks.count(
        value,
        most=_MOST_CREDIT_DAYS,
        complaint=msg(
            "Services", "The credit days must be between 0 and {most}.", most=_MOST_CREDIT_DAYS
        ),
    )


def _gap_days(_field: str, value: Any) -> int | None:
    return value if value is None else rhythm.checked_days(value)


def _credit_limit(_field: str, value: Any) -> int | None:
    return checks.count(
        value, most=10**15, complaint=msg("Services", "The credit limit cannot be negative.")
    )


def _name(field: str, value: Any) -> str:
    return checks.required(Client, field, value, msg("Services", "A client needs a name."))


def _phone(field: str, value: Any) -> str | None:
    return checks.phone(Client, field, value)


def _text(field: str, value: Any) -> str | None:
    return checks.plain(Client, field, value)


def _checked_country(value: str | None) -> str | None:
    code = clean(value or "").upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise UserError(
            msg(
                "Services",
                "“{value}” is not a country code. Use its two letters, for example GR.",
                value=code,
            )
        )
    return code or None


def _segment(field: str, value: Any) -> str | None:
    text = _text(field, value)
    return text and read_segment(text)


_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "name": _name,
    "active": lambda _field, value: bool(value),
    "email": lambda _field, value: checks.email(value),
    "phone": _phone,
    "segment": _segment,
    "mobile": _phone,
    "client_since": lambda _field, value: checks.day(value),
    "credit_days": _credit_days,
    "credit_limit_minor": _credit_limit,
    "ideal_days": _gap_days,
    "most_days": _gap_days,
    "country": lambda _field, value: _checked_country(value),
    "parent_id": lambda _field, value: value,  # with the vat_id looked at once all are known
    "vat_id": lambda _field, value: value,
}


def _check_vat_id(session: Session, client: Client | None, values: dict[str, Any]) -> None:
    typed = values.pop("vat_id")
    country = values.get("country", client.country if client else None) or "GR"
    if not clean(str(typed or "")):
        values.update(vat_id=None, vat_id_raw=None)
        return
    reading = read_vat_id(typed, country=country)
    if reading.value is None:
        digits = "".join(letter for letter in reading.raw if letter.isdigit())
        if country in {"GR", "EL"} and len(digits) != 9:
            raise UserError(
                msg(
                    "Services",
                    "The VAT number {value} has {count} digits; a Greek one has nine.",
                    value=reading.raw,
                    count=len(digits),
                )
            )
        raise UserError(
            msg(
                "Services",
                "The VAT number {value} is not valid: its check digit does not agree with the"
                " others. One digit is probably mistyped.",
                value=reading.raw,
            )
        )
    values.update(vat_id=reading.value, vat_id_raw=None)
    if client is None or client.vat_id != reading.value:
        _refuse_taken(session, "vat_id", reading.value, None if client is None else client.id)


def _refuse_taken(session: Session, field: str, value: str, own_id: int | None) -> None:
    column = Client.code if field == "code" else Client.vat_id
    query = select(Client.name).where(column == value, Client.deleted_at.is_(None))
    if own_id is not None:
        query = query.where(Client.id != own_id)
    other = session.scalars(query.limit(1)).first()
    if other is None:
        return
    if field == "code":
        raise UserError(
            msg(
                "Services",
                "The code {value} already belongs to another client: {name}.",
                value=value,
                name=other,
            )
        )
    raise UserError(
        msg(
            "Services",
            "The VAT number {value} already belongs to another client: {name}.",
            value=value,
            name=other,
        )
    )


def _check_parent(session: Session, own_id: int | None, parent_id: int) -> None:
    above: int | None = parent_id
    checks.live(session, Client, parent_id)
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == own_id:
            raise UserError(
                msg("Services", "A client cannot stand under itself in its client group.")
            )
        seen.add(above)
        above = session.scalar(select(Client.parent_id).where(Client.id == above))
