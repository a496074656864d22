"""People at clients: commands and queries."""

from __future__ import annotations

from typing import Any, TypedDict, Unpack, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.i18n import msg
from acctdesk.models import Client, Contact
from acctdesk.models.base import utc_now
from acctdesk.services import checks
from acctdesk.services.rows import ContactRow


class ContactFields(TypedDict, total=False):
    """What can be typed about a contact."""

    name: str
    role: str | None
    department: str | None
    phone: str | None
    mobile: str | None
    email: str | None
    decides: bool
    notes: str | None


_FIELDS = frozenset(ContactFields.__annotations__)


def _checked(given: ContactFields) -> dict[str, Any]:
    checks.declared(given, _FIELDS)
    values: dict[str, Any] = {}
    for field, value in given.items():
        if field == "name":
            values[field] = checks.required(
                Contact,
                "name",
                cast("str", value),
                msg("Services", "A contact needs a name."),
            )
        elif field == "decides":
            values[field] = bool(value)
        elif field == "email":
            values[field] = checks.email(cast("str | None", value))
        elif field in {"phone", "mobile"}:
            values[field] = checks.phone(Contact, field, cast("str | None", value))
        else:
            values[field] = checks.plain(Contact, field, cast("str | None", value))
    return values


def create_contact(
    session: Session, *, client_id: int | None, **fields: Unpack[ContactFields]
) -> int:
    """Add a contact to a client; return its id."""
    if client_id is not None:
        checks.live(session, Client, client_id)
    given: ContactFields = {"name": "", **fields}
    contact = Contact(client_id=client_id, **_checked(given))
    session.add(contact)
    session.flush()
    return contact.id


def update_contact(
    session: Session,
    *,
    contact_id: int,
    expected_version: int | None = None,
    **fields: Unpack[ContactFields],
) -> None:
    """Change fields of a contact.

    Raises:
        ConflictError: the contact changed since ``expected_version``.
    """
    contact = checks.live(session, Contact, contact_id)
    values = _checked(fields)
    checks.expect_version(contact, expected_version, values)
    checks.assign(contact, values)


def trash_contact(session: Session, *, contact_id: int) -> None:
    """Move a contact to the trash; its interactions stay with the client."""
    checks.live(session, Contact, contact_id).deleted_at = utc_now()


def contacts_of(session: Session, *, client_id: int) -> list[ContactRow]:
    """Return the contacts of a client: those who decide first, then by name."""
    rows = session.execute(
        select(
            Contact.id,
            Contact.client_id,
            Contact.name,
            Contact.role,
            Contact.department,
            Contact.phone,
            Contact.mobile,
            Contact.email,
            Contact.decides,
            Contact.notes,
            Contact.version,
        )
        .where(Contact.client_id == client_id, Contact.deleted_at.is_(None))
        .order_by(Contact.decides.desc(), Contact.name_fold, Contact.id)
    )
    return [ContactRow(*row) for row in rows]
