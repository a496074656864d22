"""E-mails in the timeline: whose they are, whether they are there already, keeping them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Select, String, func, literal, or_, select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind
from acctdesk.models import Client, Contact, Interaction
from acctdesk.services import checks
from acctdesk.services.attachments import FileInput, attach
from acctdesk.services.contacts import create_contact
from acctdesk.services.interactions import log_interaction

# whoever writes from here may belong to any company
_PROVIDERS = frozenset({
    "aol.com", "forthnet.gr", "freemail.gr", "gmail.com", "gmx.com", "gmx.de", "googlemail.com",
    "hol.gr", "hotmail.com", "hotmail.gr", "icloud.com", "in.gr", "live.com", "mail.com", "me.com",
    "msn.com", "otenet.gr", "outlook.com", "outlook.com.gr", "pathfinder.gr", "proton.me",
    "protonmail.com", "windowslive.com", "yahoo.com", "yahoo.gr", "ymail.com",
})  # fmt: skip
_SUBJECT = 300  # letters kept
_BODY = 200_000


@dataclass(frozen=True, slots=True)
class MailInput:
    """An e-mail to be kept; ``key`` recognises it when it comes again."""

    key: str
    subject: str
    text: str
    at: dt.datetime
    files: tuple[FileInput, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptMail:
    """An e-mail and whose it is; ``newcomer`` is a name and address to be known from now on."""

    mail: MailInput
    client_id: int
    contact_id: int | None = None
    newcomer: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Correspondent:
    """A client that an address belongs to, and the person where it is known."""

    client_id: int
    client_name: str
    contact_id: int | None
    contact_name: str | None


@dataclass(frozen=True, slots=True)
class KnownMail:
    """An e-mail that is in the history already."""

    interaction_id: int
    client_id: int
    client_name: str
    happened_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Recognition:
    """What the book knows of an e-mail: kept already, or whose it may be (one: certain)."""

    known: KnownMail | None
    correspondents: tuple[Correspondent, ...]


def recognise(
    session: Session,
    *,
    key: str,
    sender: str | None,
    recipients: Sequence[str] = (),
    client_id: int | None = None,
) -> Recognition:
    """Return what the book knows of an e-mail by its key and addresses (in small letters).

    The sender counts first; an e-mail that the officer wrote is its recipient's. An address is a
    person's, a client's, or of a client's domain, in this order. With ``client_id`` only that
    client is looked at.
    """
    return Recognition(
        _known(session, key, client_id),
        tuple(
            (sender is not None and _whose(session, [sender], client_id))
            or _whose(session, recipients, client_id)
        ),
    )


def _known(session: Session, key: str, client_id: int | None) -> KnownMail | None:
    query = (
        select(
            Interaction.id.label("interaction_id"),
            Interaction.client_id,
            Client.name.label("client_name"),
            Interaction.happened_at,
        )
        .join(Client, Client.id == Interaction.client_id)
        .where(Interaction.source_key == key, Interaction.deleted_at.is_(None))
        .order_by(Interaction.id)
    )
    if client_id is not None:
        query = query.where(Interaction.client_id == client_id)
    row = session.execute(query).first()
    return None if row is None else KnownMail(**row._asdict())


def _whose(
    session: Session, addresses: Sequence[str], client_id: int | None
) -> list[Correspondent]:
    if not addresses:
        return []
    domains = {one.rpartition("@")[2] for one in addresses} - _PROVIDERS
    of_domain = [f"%@{_literal(domain)}" for domain in sorted(domains)]
    contact, client = func.lower(Contact.email), func.lower(Client.email)
    people = _people(client_id)
    clients = _clients(client_id)
    for query in (
        people.where(contact.in_(addresses)),
        clients.where(client.in_(addresses)),
    ):
        found = [Correspondent(*row) for row in session.execute(query)]
        if found:
            return found
    if not of_domain:
        return []
    near = [contact.like(one, escape="\\") for one in of_domain]
    far = [client.like(one, escape="\\") for one in of_domain]
    ids = {row.client_id: row.client_name for row in session.execute(people.where(or_(*near)))}
    ids |= {row.client_id: row.client_name for row in session.execute(clients.where(or_(*far)))}
    return [Correspondent(one, name, None, None) for one, name in sorted(ids.items())]


def _literal(text: str) -> str:
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, f"\\{sign}")
    return text


def _people(client_id: int | None) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            Client.id.label("client_id"), Client.name.label("client_name"), Contact.id, Contact.name
        )
        .join(Client, Client.id == Contact.client_id)
        .where(Contact.deleted_at.is_(None), Client.deleted_at.is_(None))
        .order_by(Client.id, Contact.id)
    )
    return query if client_id is None else query.where(Client.id == client_id)


def _clients(client_id: int | None) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            Client.id.label("client_id"),
            Client.name.label("client_name"),
            literal(None, Integer),
            literal(None, String),
        )
        .where(Client.deleted_at.is_(None))
        .order_by(Client.id)
    )
    return query if client_id is None else query.where(Client.id == client_id)


def log_mails(session: Session, *, mails: Sequence[KeptMail]) -> list[int]:
    """Keep several e-mails; return their interactions' ids.

    Raises:
        UserError: one is there already, or a file is too large; nothing is kept.
    """
    made = []
    for one in mails:
        contact_id = one.contact_id
        if one.newcomer is not None:
            name, address = one.newcomer
            contact_id = create_contact(
                session, client_id=one.client_id, name=name or address, email=address
            )
        made.append(
            log_mail(session, client_id=one.client_id, mail=one.mail, contact_id=contact_id)
        )
    return made


def log_mail(
    session: Session, *, client_id: int, mail: MailInput, contact_id: int | None = None
) -> int:
    """Keep an e-mail in a client's timeline with its files; return the interaction's id.

    Raises:
        UserError: it is there already, or a file is too large; nothing is kept.
    """
    if _known(session, mail.key, client_id) is not None:
        raise UserError(msg("Mail", "This e-mail is already in the client's history."))
    subject = mail.subject
    interaction_id = log_interaction(
        session,
        client_id=client_id,
        contact_id=contact_id,
        kind=InteractionKind.EMAIL,
        happened_at=mail.at,
        subject=subject if len(subject) <= _SUBJECT else f"{subject[: _SUBJECT - 1]}…",
        body=mail.text[:_BODY].replace("\x00", ""),
    )
    checks.live(session, Interaction, interaction_id).source_key = mail.key
    attach(session, interaction_id=interaction_id, files=mail.files)
    return interaction_id
