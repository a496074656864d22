"""The bank accounts of a client: a payment from one of them is proposed as that client's.

They are learned from payments that the officer confirms and from lists of clients; here they are
looked at, typed and taken off.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.models import Client, ClientAccount
from acctdesk.models.base import utc_now
from acctdesk.services import checks
from acctdesk.services.days import local_day
from acctdesk.text import read_iban


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A bank account of a client.

    ``name`` is who paid from it, as the bank had it; None where no payment told of the account.
    """

    id: int
    client_id: int
    iban: str
    name: str | None
    known_since: dt.date


def accounts_of(session: Session, *, client_id: int) -> list[AccountRow]:
    """Return the accounts of a client, the first known first."""
    rows = session.execute(
        select(
            ClientAccount.id,
            ClientAccount.client_id,
            ClientAccount.iban,
            ClientAccount.name,
            ClientAccount.created_at,
        )
        .where(ClientAccount.client_id == client_id, ClientAccount.deleted_at.is_(None))
        .order_by(ClientAccount.id)
    )
    return [
        AccountRow(row.id, row.client_id, row.iban, row.name, local_day(row.created_at))
        for row in rows
    ]


def add_account(session: Session, *, client_id: int, iban: str) -> int:
    """Add an account to a client; return its id. One of a client in the trash is free.

    Raises:
        UserError: it is no valid IBAN, or is known as this client's or another's.
    """
    client = checks.live(session, Client, client_id)
    if not iban.strip():
        raise UserError(msg("Account", "Write the IBAN of the account."))
    compact = read_iban(iban)
    if compact is None:
        raise UserError(
            msg("Account", "This IBAN is not valid: look at its letters and digits once more.")
        )
    known = session.scalars(
        select(ClientAccount).where(
            ClientAccount.iban == compact, ClientAccount.deleted_at.is_(None)
        )
    ).first()
    if known is None:
        known = ClientAccount(client_id=client.id, iban=compact)
        session.add(known)
        session.flush()
        return known.id
    if known.client_id == client.id:
        raise UserError(msg("Account", "This account is known as this client's already."))
    owner = session.get(Client, known.client_id)
    if owner is not None and owner.deleted_at is None:
        raise UserError(
            msg(
                "Account",
                "This account belongs to another client already ({name}). Take it off there first.",
                name=owner.name,
            )
        )
    known.client_id = client.id
    return known.id


def trash_account(session: Session, *, account_id: int) -> None:
    """Take an account off its client: no payment is known by it any more."""
    checks.live(session, ClientAccount, account_id).deleted_at = utc_now()
