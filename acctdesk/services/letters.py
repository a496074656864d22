"""Letters and messages: templates, what is merged into them, their place in the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.kinds import InteractionKind, Language, LetterKind, TaskState
from acctdesk.models import Client, Contact, LetterTemplate, Task
from acctdesk.models.base import utc_now
from acctdesk.services import checks
from acctdesk.services.attachments import FileInput, attach, check_size, keep
from acctdesk.services.interactions import log_interaction
from acctdesk.services.letter_examples import EXAMPLES
from acctdesk.services.letter_invoices import (
    LetterInvoice,
    interest_of,
    overdue_invoices,
    table_text,
)
from acctdesk.services.profile import get_profile
from acctdesk.services.receivables import balances
from acctdesk.services.reminder_examples import REMINDERS
from acctdesk.services.rows import LetterTemplateRow
from acctdesk.text import clean

MOST = 1000  # letters at once
_CHUNK = 500  # ids of one question
_SUBJECT = 300
_GREEK = frozenset({"GR", "EL", "CY"})  # countries

FIELDS: Mapping[str, Message] = {
    "client_name": msg("Letters", "Client's name"),
    "client_code": msg("Letters", "Client's code"),
    "vat_id": msg("Letters", "VAT number"),
    "address": msg("Letters", "Address"),
    "postcode": msg("Letters", "Postcode"),
    "city": msg("Letters", "City"),
    "contact_name": msg("Letters", "Contact's name"),
    "contact_role": msg("Letters", "Contact's role"),
    "salutation": msg("Letters", "Salutation"),
    "officer": msg("Letters", "Your name"),
    "company": msg("Letters", "Your company"),
    "today": msg("Letters", "Today's date"),
    "balance": msg("Letters", "Balance"),
    "overdue": msg("Letters", "Overdue amount"),
    "invoice_table": msg("Letters", "Table of overdue invoices"),
    "interest": msg("Letters", "Late interest"),
    "next_step": msg("Letters", "Next step"),
    "next_step_date": msg("Letters", "Date of the next step"),
    "email": msg("Letters", "E-mail address"),
}
MAY_BE_EMPTY = frozenset({"interest"})  # a letter says it where it is wanted


@dataclass(frozen=True, slots=True)
class Merge:
    """What is merged for one client: ``values`` has every field, "" where it is not known."""

    client_id: int
    client_name: str
    contact_id: int | None
    values: Mapping[str, str]
    invoices: tuple[LetterInvoice, ...] = ()  # of ``invoice_table``
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class LetterInput:
    """A letter that was made, for the history."""

    client_id: int
    contact_id: int | None
    kind: LetterKind
    subject: str
    text: str
    file: FileInput


def letter_templates(session: Session) -> list[LetterTemplateRow]:
    """Return the officer's own templates by name, then the examples."""
    own = session.scalars(
        select(LetterTemplate)
        .where(LetterTemplate.deleted_at.is_(None))
        .order_by(LetterTemplate.name, LetterTemplate.id)
    )
    return [*(_row(one) for one in own), *EXAMPLES, *REMINDERS]


def _row(one: LetterTemplate) -> LetterTemplateRow:
    return LetterTemplateRow(
        id=one.id,
        key=str(one.id),
        name=one.name,
        kind=LetterKind(one.kind),
        language=Language(one.language),
        subject=one.subject,
        body=one.body,
        document=one.document,
        version=one.version,
    )


def save_template(
    session: Session,
    *,
    name: str,
    kind: LetterKind,
    language: Language,
    subject: str,
    body: str,
    template_id: int | None = None,
    expected_version: int | None = None,
    document: str | None = None,
    content: bytes | None = None,
) -> int:
    """Make a template, or change one; return its id.

    ``content`` is a .docx that lays the letter out; without it ``document`` names the one that is
    kept already, None for none.

    Raises:
        UserError: it has no name, or nothing to say.
        ConflictError: it changed since ``expected_version``.
    """
    if content is not None:
        check_size(name, len(content))
        document = keep(session, content)
    values: dict[str, Any] = {
        "name": checks.required(
            LetterTemplate, "name", name, msg("Letters", "Give the template a name.")
        ),
        "kind": LetterKind(kind).value,
        "language": Language(language).value,
        "subject": checks.plain(LetterTemplate, "subject", subject) or "",
        "body": checks.plain(LetterTemplate, "body", body) or "",
        "document": document if kind is LetterKind.LETTER else None,
    }
    if not values["body"] and values["document"] is None:
        raise UserError(msg("Letters", "Write the text, or choose a document that holds it."))
    if template_id is None:
        made = LetterTemplate(**values)
        session.add(made)
        session.flush()
        return made.id
    template = checks.live(session, LetterTemplate, template_id)
    checks.expect_version(template, expected_version, values)
    checks.assign(template, values)
    return template.id


def trash_template(session: Session, *, template_id: int) -> None:
    """Move a template to the trash."""
    checks.live(session, LetterTemplate, template_id).deleted_at = utc_now()


def merges(
    session: Session,
    *,
    client_ids: Sequence[int],
    language: Language,
    today: dt.date,
    invoices: Mapping[int, Sequence[LetterInvoice]] | None = None,
) -> list[Merge]:
    """Return what is merged for these clients, in their order; who is in the trash is left out.

    The person is the one who decides, else one with an e-mail address, else the first. Amounts are
    those of ``today``; nothing overdue is no amount. ``invoices`` are those that a reminder names;
    without them they are all that are overdue.

    Raises:
        UserError: they are too many at once.
    """
    if len(client_ids) > MOST:
        raise UserError(
            msg("Letters", "At most {most} letters are made at once: narrow the list.", most=MOST)
        )
    profile = get_profile(session)
    common = {
        "officer": profile.officer,
        "company": profile.company,
        "today": formats.date(today),
    }
    found: dict[int, Merge] = {}
    for start in range(0, len(client_ids), _CHUNK):
        ids = list(client_ids[start : start + _CHUNK])
        people, steps = _people(session, ids), _steps(session, ids)
        balance = balances(session, as_of=today, client_ids=ids)
        named = overdue_invoices(session, ids, today) if invoices is None else invoices
        for client in session.scalars(
            select(Client).where(Client.id.in_(ids), Client.deleted_at.is_(None))
        ):
            person = people.get(client.id)
            step = steps.get(client.id)
            late = tuple(named.get(client.id, ()))
            due, interest = sum(one.open_minor for one in late), interest_of(late)
            owed = balance[client.id]
            name = "" if person is None else person.name
            values = {
                **common,
                "client_name": client.name,
                "client_code": client.code or "",
                "vat_id": client.vat_id or "",
                "address": client.address or "",
                "postcode": client.postal_code or "",
                "city": client.city or "",
                "contact_name": name,
                "contact_role": (person.role if person is not None else None) or "",
                "salutation": _salutation(name, language),
                "balance": formats.money(owed, profile.currency, language=language.value),
                "overdue": formats.money(due, profile.currency, language=language.value)
                if due > 0
                else "",
                "interest": ""
                if interest is None
                else formats.money(interest, profile.currency, language=language.value),
                "next_step": step.title if step is not None else "",
                "next_step_date": formats.date(step.due_on)
                if step is not None and step.due_on is not None
                else "",
                "email": (person.email if person is not None else None) or client.email or "",
            }
            found[client.id] = Merge(
                client.id,
                client.name,
                None if person is None else person.id,
                {
                    **{key: clean(value) for key, value in values.items()},
                    "invoice_table": table_text(late, profile.currency, language),
                },
                late,
                profile.currency,
            )
    return [found[one] for one in client_ids if one in found]


def language_of(country: str | None) -> Language:
    """Return the language that a client is written to in, by its country; none told is Greek."""
    return Language.EL if (country or "GR").upper() in _GREEK else Language.EN


def _salutation(name: str, language: Language) -> str:
    # a Greek name would have to be declined, and nobody told whether it is a man's or a woman's
    if language is Language.EN and name:
        return f"Dear {name},"
    return msg("Letters", "Dear Sir or Madam,").localized(language)


def _people(session: Session, ids: Sequence[int]) -> dict[int, Contact]:
    rows = session.scalars(
        select(Contact).where(Contact.client_id.in_(ids), Contact.deleted_at.is_(None))
    )
    best: dict[int, Contact] = {}
    for one in sorted(rows, key=lambda one: (not one.decides, not one.email, one.id)):
        best.setdefault(one.client_id or 0, one)
    return best


def _steps(session: Session, ids: Sequence[int]) -> dict[int, Task]:
    rows = session.scalars(
        select(Task)
        .where(
            Task.client_id.in_(ids),
            Task.deleted_at.is_(None),
            Task.state == TaskState.OPEN.value,
        )
        .order_by(
            Task.due_on.is_(None), Task.due_on, Task.due_time.is_(None), Task.due_time, Task.id
        )
    )
    first: dict[int, Task] = {}
    for one in rows:
        first.setdefault(one.client_id or 0, one)
    return first


def log_letters(session: Session, *, letters: Sequence[LetterInput], at: dt.datetime) -> list[int]:
    """Put letters into the timelines, each with its file; return the interactions' ids."""
    made = []
    for one in letters:
        kind = InteractionKind.EMAIL if one.kind is LetterKind.EMAIL else InteractionKind.LETTER
        interaction_id = log_interaction(
            session,
            client_id=one.client_id,
            contact_id=one.contact_id,
            kind=kind,
            happened_at=at,
            subject=one.subject[:_SUBJECT],
            body=one.text,
        )
        attach(session, interaction_id=interaction_id, files=[one.file])
        made.append(interaction_id)
    return made
