"""Dates of a client that must not pass unseen: a contract's end, a covenant, a review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import KeyDateKind
from acctdesk.models import Client, KeyDate
from acctdesk.models.base import utc_now
from acctdesk.services import checks
from acctdesk.services.case_rows import KeyDateRow

# how many days before a date is told of
LEAD_DAYS: Mapping[KeyDateKind, int] = MappingProxyType(
    {
        KeyDateKind.CONTRACT: 60,
        KeyDateKind.POLICY: 45,
        KeyDateKind.COVENANT: 15,
        KeyDateKind.KYC: 30,
        KeyDateKind.LIMIT: 30,
        KeyDateKind.GUARANTEE: 30,
        KeyDateKind.REVIEW: 30,
        KeyDateKind.OTHER: 14,
    }
)
MOST_LEAD = 366


class KeyDateFields(TypedDict, total=False):
    """What can be typed about a key date; ``lead_days`` None: as its kind has them."""

    kind: KeyDateKind
    title: str | None
    on_date: dt.date
    lead_days: int | None


_FIELDS = frozenset(KeyDateFields.__annotations__)


def _checked(given: KeyDateFields) -> dict[str, Any]:
    checks.declared(given, _FIELDS)
    values: dict[str, Any] = dict(given)
    if "kind" in values:
        values["kind"] = KeyDateKind(values["kind"]).value
    if "title" in values:
        values["title"] = checks.plain(KeyDate, "title", values["title"])
    if "on_date" in values:
        values["on_date"] = checks.day(values["on_date"])
    if "lead_days" in values:
        complaint = msg("Key date", "Say from 0 to {most} days before.", most=MOST_LEAD)
        values["lead_days"] = checks.count(values["lead_days"], most=MOST_LEAD, complaint=complaint)
    return values


def add_key_date(
    session: Session,
    *,
    client_id: int,
    kind: KeyDateKind,
    on_date: dt.date,
    title: str | None = None,
    lead_days: int | None = None,
) -> int:
    """Add a date to a client; return its id.

    Raises:
        UserError: a date of no special kind has no title.
    """
    checks.live(session, Client, client_id)
    values = _checked({"kind": kind, "on_date": on_date, "title": title, "lead_days": lead_days})
    made = KeyDate(client_id=client_id, **values)
    _named(made)
    session.add(made)
    session.flush()
    return made.id


def change_key_date(
    session: Session,
    *,
    key_date_id: int,
    expected_version: int | None = None,
    **fields: Unpack[KeyDateFields],
) -> None:
    """Change fields of a key date.

    Raises:
        ConflictError: it changed since ``expected_version``.
    """
    found = checks.live(session, KeyDate, key_date_id)
    values = _checked(fields)
    checks.expect_version(found, expected_version, values)
    checks.assign(found, values)
    _named(found)


def _named(date: KeyDate) -> None:
    if date.kind == KeyDateKind.OTHER.value and not date.title:
        raise UserError(msg("Key date", "Say what this date is."))


def close_key_date(session: Session, *, key_date_id: int, on: dt.date) -> None:
    """Mark a date as seen to: it is told of no more."""
    checks.live(session, KeyDate, key_date_id).closed_on = checks.day(on)


def reopen_key_date(session: Session, *, key_date_id: int) -> None:
    """Tell of a date again."""
    checks.live(session, KeyDate, key_date_id).closed_on = None


def trash_key_date(session: Session, *, key_date_id: int) -> None:
    """Move a key date to the trash."""
    checks.live(session, KeyDate, key_date_id).deleted_at = utc_now()


def key_dates(
    session: Session,
    *,
    today: dt.date,
    client_id: int,
    open_only: bool = True,
    until: dt.date | None = None,
) -> list[KeyDateRow]:
    """Return the dates of a client, the open ones first, the earliest first."""
    query = _rows().where(KeyDate.client_id == client_id)
    if open_only:
        query = query.where(KeyDate.closed_on.is_(None))
    if until is not None:
        query = query.where(KeyDate.on_date <= until)
    ordered = query.order_by(KeyDate.closed_on.is_not(None), KeyDate.on_date, KeyDate.id)
    return [_row(row, today) for row in session.execute(ordered)]


def coming_key_dates(
    session: Session, *, today: dt.date, kinds: Collection[KeyDateKind], until: dt.date
) -> list[KeyDateRow]:
    """Return the open dates of some kinds up to a day, the earliest first."""
    query = (
        _rows()
        .where(
            Client.deleted_at.is_(None),
            KeyDate.closed_on.is_(None),
            KeyDate.kind.in_([kind.value for kind in kinds]),
            KeyDate.on_date <= until,
        )
        .order_by(KeyDate.on_date, KeyDate.id)
    )
    return [_row(row, today) for row in session.execute(query)]


def near_key_dates(session: Session, *, today: dt.date, limit: int) -> list[KeyDateRow]:
    """Return the open dates that have come into their lead days or have passed, earliest first."""
    told_from = func.date(KeyDate.on_date, func.printf("-%d days", _lead()))
    query = (
        _rows()
        .where(
            Client.deleted_at.is_(None),
            KeyDate.closed_on.is_(None),
            KeyDate.on_date <= today + dt.timedelta(days=MOST_LEAD),
            told_from <= today.isoformat(),
        )
        .order_by(KeyDate.on_date, KeyDate.id)
        .limit(limit)
    )
    return [_row(row, today) for row in session.execute(query)]


def _lead() -> ColumnElement[int]:
    by_kind = case({kind.value: days for kind, days in LEAD_DAYS.items()}, value=KeyDate.kind)
    return func.coalesce(KeyDate.lead_days, by_kind)


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            KeyDate.id,
            KeyDate.client_id,
            Client.name.label("client_name"),
            KeyDate.kind,
            KeyDate.title,
            KeyDate.on_date,
            KeyDate.lead_days.label("own_lead_days"),
            KeyDate.closed_on,
            KeyDate.version,
        )
        .join(Client, Client.id == KeyDate.client_id)
        .where(KeyDate.deleted_at.is_(None))
    )


def _row(row: Any, today: dt.date) -> KeyDateRow:
    kind = KeyDateKind(row.kind)
    made = KeyDateRow(
        **row._asdict(),
        lead_days=LEAD_DAYS[kind] if row.own_lead_days is None else row.own_lead_days,
        days_left=(row.on_date - today).days,
    )
    return replace(made, kind=kind)
