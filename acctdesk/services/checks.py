"""What every command asks of a value before it is stored; each refusal is a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import String
from sqlalchemy.orm import Session

from acctdesk.errors import ConflictError, UserError
from acctdesk.i18n import Message, msg
from acctdesk.models.base import Record
from acctdesk.text import clean, valid_email

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
_R = TypeVar("_R", bound=Record)


def live(session: Session, model: type[_R], record_id: int) -> _R:
    """Return the record, or refuse where it is not there or in the trash."""
    found = session.get(model, record_id)
    if found is None or found.deleted_at is not None:
        raise UserError(_gone(model.__name__))
    return found


def _gone(noun: str) -> Message:
    match noun:
        case "Client":
            return msg("Services", "This client is no longer in the book.")
        case "Contact":
            return msg("Services", "This contact is no longer in the book.")
        case "Interaction":
            return msg("Services", "This interaction is no longer in the book.")
        case "Task":
            return msg("Services", "This task is no longer in the book.")
        case "Promise":
            return msg("Services", "This promise is no longer in the book.")
        case _:
            return msg("Services", "This record is no longer in the book.")


def plain(model: type[Record], field: str, value: str | None) -> str | None:
    """Return text for a column: cleaned, empty as None, refused where it is too long."""
    if value is None:
        return None
    column = model.__table__.c[field]  # type: ignore[attr-defined]
    long = not isinstance(column.type, String) or column.type.length is None
    tidy = "\n".join(line.rstrip() for line in value.strip().splitlines()) if long else clean(value)
    if not long and len(tidy) > column.type.length:
        raise UserError(
            msg(
                "Services",
                "The text is too long: at most {most} characters fit here.",
                most=column.type.length,
            )
        )
    return tidy or None


def required(model: type[Record], field: str, value: str | None, missing: Message) -> str:
    """Return text that must not be empty."""
    tidy = plain(model, field, value)
    if tidy is None:
        raise UserError(missing)
    return tidy


def day(value: dt.date | None) -> dt.date | None:
    """Return a calendar day that can be one."""
    if value is not None and not EARLIEST <= value <= LATEST:
        raise UserError(
            msg("Services", "The year {year} cannot be right. Check the date.", year=value.year)
        )
    return value


def instant(value: dt.datetime) -> dt.datetime:
    """Return an aware instant that can be one."""
    if value.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    day(value.date())
    return value


def count(value: int | None, *, most: int, complaint: Message) -> int | None:
    """Return a whole number from 0 to ``most``, or None."""
    if value is not None and not 0 <= value <= most:
        raise UserError(complaint)
    return value


def email(value: str | None) -> str | None:
    """Return an e-mail address that can be one, or None for an empty one."""
    tidy = clean(value or "")
    if tidy and not valid_email(tidy):
        raise UserError(msg("Services", "“{value}” is not an e-mail address.", value=tidy))
    return tidy or None


def phone(model: type[Record], field: str, value: str | None) -> str | None:
    """Return a phone number as typed; it must hold digits."""
    tidy = plain(model, field, value)
    if tidy is not None and sum(letter.isdigit() for letter in tidy) < 3:
        raise UserError(msg("Services", "“{value}” is not a phone number.", value=tidy))
    return tidy


def expect_version(record: Record, expected: int | None, wanted: Mapping[str, Any]) -> None:
    """Refuse to overwrite what changed since the caller read it.

    Raises:
        ConflictError: the version differs and so does a wanted value; it carries both values.
    """
    if expected is None or record.version == expected:
        return
    stored = {
        field: getattr(record, field)
        for field, value in wanted.items()
        if getattr(record, field) != value
    }
    if not stored:
        return
    raise ConflictError(
        msg(
            "Services",
            "This record changed since you opened it. Nothing was overwritten:"
            " choose which value to keep.",
        ),
        stored=stored,
        wanted={field: wanted[field] for field in stored},
        version=record.version,
    )


def assign(record: Record, values: Mapping[str, Any]) -> None:
    """Set checked values on a record; equal ones are left alone, so that nothing is journalled."""
    for field, value in values.items():
        if getattr(record, field) != value:
            setattr(record, field, value)


def declared(given: Iterable[str], fields: frozenset[str]) -> None:
    """Refuse keywords that are not editable fields: a programming error, not a sentence."""
    unknown = set(given) - fields
    if unknown:
        raise TypeError(f"not an editable field: {', '.join(sorted(unknown))}")
