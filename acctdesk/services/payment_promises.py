"""Promises to pay: what a client said it would pay by a day, and what became of it.

While a promise is open, its invoices are left out of the reminders (``services.ladder``). Whether
it was kept follows from the receipts: nobody ticks it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.figures import payment_promises as definitions
from acctdesk.figures.promises import KeptRatio
from acctdesk.i18n import msg
from acctdesk.kinds import PromiseOutcome
from acctdesk.models import (
    Client,
    Contact,
    Document,
    PaymentPromise,
    PromisedDocument,
)
from acctdesk.models.base import utc_now
from acctdesk.services import checks, preferences, standing
from acctdesk.services.days import own_calendar
from acctdesk.services.invoice_moves import invoice_moves
from acctdesk.services.rows import PaymentNote

GRACE_DAYS, MOST_GRACE = 3, 60  # working days after the promised one
_GRACE = "payment_grace"  # the setting
# broken ones first, then what is late, what is to come, and what is over
_ORDER = (
    PromiseOutcome.BROKEN,
    PromiseOutcome.OVERDUE,
    PromiseOutcome.OPEN,
    PromiseOutcome.KEPT_LATE,
    PromiseOutcome.KEPT,
)


@dataclass(frozen=True, slots=True)
class PromisedInvoice:
    """An invoice of a promise to pay: what was promised of it, and what of that came."""

    document_id: int
    number: str
    due_on: dt.date
    amount_minor: int
    paid_minor: int

    @property
    def left_minor(self) -> int:
        """What of it has not come."""
        return self.amount_minor - self.paid_minor


@dataclass(frozen=True, slots=True)
class PaymentPromiseRow:
    """A promise to pay as of a day; gross, minor units. ``last_day`` ends the days of grace."""

    id: int
    client_id: int
    client_name: str
    contact_id: int | None
    contact_name: str | None
    given_on: dt.date
    due_on: dt.date
    last_day: dt.date
    notes: str | None
    invoices: tuple[PromisedInvoice, ...]
    paid_on: dt.date | None
    outcome: PromiseOutcome
    version: int

    @property
    def is_running(self) -> bool:
        """Whether it parks the reminders: its day, or its grace, has not passed."""
        return self.outcome in definitions.PARKS

    @property
    def amount_minor(self) -> int:
        """All that was promised."""
        return sum(one.amount_minor for one in self.invoices)

    @property
    def left_minor(self) -> int:
        """What of it has not come."""
        return sum(one.left_minor for one in self.invoices)


@dataclass(frozen=True, slots=True)
class PaymentInput:
    """A promise to pay as typed in a contact: ``invoices`` as :func:`promise_to_pay` takes them."""

    due_on: dt.date
    invoices: Mapping[int, int | None]
    today: dt.date


# -- the days of grace


def get_grace(session: Session) -> int:
    """Return after how many working days an unpaid promise is broken."""
    kept = preferences.read(session, _GRACE)
    return GRACE_DAYS if kept is None else int(kept)


def set_grace(session: Session, *, days: int) -> None:
    """Choose after how many working days an unpaid promise is broken.

    Raises:
        UserError: it is no such number.
    """
    complaint = msg("Collecting", "The days of grace must be from 0 to {most}.", most=MOST_GRACE)
    preferences.write(session, _GRACE, checks.count(days, most=MOST_GRACE, complaint=complaint))


# -- what is done


def promise_to_pay(
    session: Session,
    *,
    client_id: int,
    due_on: dt.date,
    invoices: Mapping[int, int | None],
    today: dt.date,
    given_on: dt.date | None = None,
    contact_id: int | None = None,
    interaction_id: int | None = None,
    notes: str | None = None,
) -> int:
    """Write down a promise to pay; return its id.

    ``invoices`` maps open invoices of the client to what is promised of each, None for all that is
    open today. An older promise that still ran for one of them is withdrawn: the new one counts.

    Raises:
        UserError: no invoice is named, an amount is not open, or the day is before it was given.
    """
    checks.live(session, Client, client_id)
    promise = PaymentPromise(
        client_id=client_id,
        interaction_id=interaction_id,
        given_on=checks.day(given_on) or today,
    )
    _fill(session, promise, due_on=due_on, contact_id=contact_id, notes=notes)
    wanted = _wanted(session, client_id, invoices, today)
    for old in payment_promises(session, as_of=today, client_id=client_id):
        shared = {one.document_id for one in old.invoices} & wanted.keys()
        if shared and old.is_running:
            checks.live(session, PaymentPromise, old.id).withdrawn_on = today
    session.add(promise)
    session.flush()
    _name(session, promise.id, wanted)
    return promise.id


def change_payment_promise(
    session: Session,
    *,
    promise_id: int,
    due_on: dt.date,
    invoices: Mapping[int, int | None],
    today: dt.date,
    contact_id: int | None = None,
    notes: str | None = None,
    expected_version: int | None = None,
) -> None:
    """Correct a promise to pay: its day, its invoices, who gave it.

    Raises:
        UserError: as for a new one.
        ConflictError: it changed since ``expected_version``.
    """
    promise = checks.live(session, PaymentPromise, promise_id)
    checks.expect_version(promise, expected_version, {"due_on": due_on, "notes": notes})
    _fill(session, promise, due_on=due_on, contact_id=contact_id, notes=notes)
    named = session.scalars(select(PromisedDocument).where(*_parts_of(promise_id))).all()
    kept = {one.document_id: one.amount_minor for one in named}
    wanted = _wanted(session, promise.client_id, invoices, today, kept=kept)
    for one in named:
        if wanted.get(one.document_id) == one.amount_minor:
            del wanted[one.document_id]
        else:
            one.deleted_at = utc_now()
    session.flush()
    _name(session, promise_id, wanted)


def withdraw_payment_promise(session: Session, *, promise_id: int, today: dt.date) -> None:
    """Say that a promise no longer holds: it parks no reminder and counts for no ratio."""
    checks.live(session, PaymentPromise, promise_id).withdrawn_on = today


def trash_payment_promise(session: Session, *, promise_id: int) -> None:
    """Move a promise to pay, written down by mistake, to the trash."""
    now = utc_now()
    checks.live(session, PaymentPromise, promise_id).deleted_at = now
    for one in session.scalars(select(PromisedDocument).where(*_parts_of(promise_id))):
        one.deleted_at = now


def _parts_of(promise_id: int) -> tuple[ColumnElement[bool], ...]:
    return (PromisedDocument.promise_id == promise_id, PromisedDocument.deleted_at.is_(None))


def _fill(
    session: Session,
    promise: PaymentPromise,
    *,
    due_on: dt.date,
    contact_id: int | None,
    notes: str | None,
) -> None:
    if contact_id is not None:
        checks.live(session, Contact, contact_id)
    checks.day(due_on)
    if due_on < promise.given_on:
        raise UserError(
            msg("Collecting", "The promised day is before the day on which it was promised.")
        )
    values = {
        "due_on": due_on,
        "contact_id": contact_id,
        "notes": checks.plain(PaymentPromise, "notes", notes),
    }
    checks.assign(promise, values)


def _wanted(
    session: Session,
    client_id: int,
    invoices: Mapping[int, int | None],
    today: dt.date,
    *,
    kept: Mapping[int, int] | None = None,
) -> dict[int, int]:
    """Return the invoices with their amounts; ``kept`` are those that stand in the promise."""
    if not invoices:
        raise UserError(msg("Collecting", "Tick the invoices that they will pay."))
    kept = kept or {}
    items = standing.open_documents(today, Document.id.in_(list(invoices)), client_ids=[client_id])
    rows = session.execute(select(items.c.id, items.c.open).where(items.c.open > 0))
    open_now = {row.id: row.open for row in rows}
    found: dict[int, int] = {}
    for document_id, amount in invoices.items():
        most = max(open_now.get(document_id, 0), kept.get(document_id, 0))
        wanted = most if amount is None else amount
        if not 0 < wanted <= most:
            raise UserError(
                msg(
                    "Collecting",
                    "Of an invoice no more than what is open of it can be promised. Nothing was"
                    " changed.",
                )
            )
        found[document_id] = wanted
    return found


def _name(session: Session, promise_id: int, wanted: Mapping[int, int]) -> None:
    for document_id, amount in wanted.items():
        session.add(
            PromisedDocument(promise_id=promise_id, document_id=document_id, amount_minor=amount)
        )


# -- what is asked


def payment_promises(
    session: Session,
    *,
    as_of: dt.date,
    client_id: int | None = None,
    client_ids: Collection[int] | None = None,
) -> list[PaymentPromiseRow]:
    """Return the promises to pay that hold on a day, broken ones first, then by their day."""
    wanted = [
        PaymentPromise.deleted_at.is_(None),
        Client.deleted_at.is_(None),
        PaymentPromise.given_on <= as_of,
        func.coalesce(PaymentPromise.withdrawn_on > as_of, True),
    ]
    if client_id is not None:
        wanted.append(PaymentPromise.client_id == client_id)
    if client_ids is not None:
        wanted.append(PaymentPromise.client_id.in_(client_ids))
    held = session.execute(
        select(
            PaymentPromise.id,
            PaymentPromise.client_id,
            Client.name.label("client_name"),
            PaymentPromise.contact_id,
            Contact.name.label("contact_name"),
            PaymentPromise.given_on,
            PaymentPromise.due_on,
            PaymentPromise.notes,
            PaymentPromise.version,
        )
        .join(Client, Client.id == PaymentPromise.client_id)
        .outerjoin(Contact, Contact.id == PaymentPromise.contact_id)
        .where(*wanted)
    ).all()
    if not held:
        return []
    parts = defaultdict(list)
    for part in session.execute(
        select(
            PromisedDocument.promise_id,
            PromisedDocument.document_id,
            PromisedDocument.amount_minor,
            Document.number,
            standing.due_day().label("due"),
        )
        .join(PaymentPromise, PaymentPromise.id == PromisedDocument.promise_id)
        .join(Client, Client.id == PaymentPromise.client_id)
        .join(Document, Document.id == PromisedDocument.document_id)
        .where(*wanted, PromisedDocument.deleted_at.is_(None), Document.deleted_at.is_(None))
        .order_by(standing.due_day(), PromisedDocument.document_id)
    ):
        parts[part.promise_id].append(part)
    moves = invoice_moves(
        session,
        {part.document_id for held_ in parts.values() for part in held_},
        as_of=as_of,
        write_offs=False,
    )
    calendar, grace = own_calendar(session), get_grace(session)
    found = []
    for row in held:
        last_day = calendar.add(row.due_on, grace)
        named = parts[row.id]
        days = [
            definitions.paid_day(one.amount_minor, moves[one.document_id], given_on=row.given_on)
            for one in named
        ]
        known = [day for day in days if day is not None]
        paid_on = max(known) if known and len(known) == len(days) else None
        found.append(
            PaymentPromiseRow(
                **row._asdict(),
                last_day=last_day,
                invoices=tuple(
                    PromisedInvoice(
                        one.document_id,
                        one.number,
                        one.due,
                        one.amount_minor,
                        definitions.paid(
                            one.amount_minor,
                            moves[one.document_id],
                            given_on=row.given_on,
                            as_of=as_of,
                        ),
                    )
                    for one in named
                ),
                paid_on=paid_on,
                outcome=definitions.outcome(
                    due_on=row.due_on, last_day=last_day, paid_on=paid_on, as_of=as_of
                ),
            )
        )
    return sorted(found, key=lambda one: (_ORDER.index(one.outcome), one.due_on, one.id))


def payments_among(
    session: Session,
    *,
    client_ids: Collection[int],
    interaction_ids: Collection[int],
    as_of: dt.date,
) -> list[PaymentNote]:
    """Return the promises to pay that were given in some contacts, the withdrawn ones too."""
    if not interaction_ids:
        return []
    rows = session.execute(
        select(
            PaymentPromise.id,
            PaymentPromise.client_id,
            PaymentPromise.interaction_id,
            PaymentPromise.due_on,
            func.coalesce(func.sum(PromisedDocument.amount_minor), 0).label("amount_minor"),
        )
        .outerjoin(
            PromisedDocument,
            (PromisedDocument.promise_id == PaymentPromise.id)
            & PromisedDocument.deleted_at.is_(None),
        )
        .where(
            PaymentPromise.client_id.in_(client_ids),
            PaymentPromise.interaction_id.in_(interaction_ids),
            PaymentPromise.deleted_at.is_(None),
        )
        .group_by(PaymentPromise.id)
        .order_by(PaymentPromise.id)
    ).all()
    if not rows:
        return []
    held = payment_promises(session, as_of=as_of, client_ids={row.client_id for row in rows})
    outcomes = {one.id: one.outcome for one in held}
    return [PaymentNote(**row._asdict(), outcome=outcomes.get(row.id)) for row in rows]


def running_documents(rows: Iterable[PaymentPromiseRow]) -> dict[int, PaymentPromiseRow]:
    """Return of these promises the one that runs for each invoice: its last one given."""
    running = [one for one in rows if one.is_running]
    running.sort(key=lambda one: (one.given_on, one.id))
    return {part.document_id: one for one in running for part in one.invoices}


def promised(session: Session, *, as_of: dt.date) -> dict[int, PaymentPromiseRow]:
    """Return the promise that runs for each invoice on a day."""
    return running_documents(payment_promises(session, as_of=as_of))


def promised_days(session: Session, *, as_of: dt.date) -> dict[int, dt.date]:
    """Return for each invoice with a running promise the day it was promised for.

    While the days of grace run that day may lie before ``as_of``.
    """
    return {key: one.due_on for key, one in promised(session, as_of=as_of).items()}


def payment_ratios(
    session: Session, *, as_of: dt.date, client_ids: Collection[int] | None = None
) -> dict[int, KeptRatio]:
    """Return how many of its promises to pay each client kept; who gave none is not there."""
    by_client: dict[int, list[PaymentPromiseRow]] = defaultdict(list)
    for one in payment_promises(session, as_of=as_of, client_ids=client_ids):
        by_client[one.client_id].append(one)
    return {key: ratio_of(rows) for key, rows in by_client.items()}


def ratio_of(rows: Iterable[PaymentPromiseRow]) -> KeptRatio:
    """Return how many of these promises to pay were kept, of those whose day has come."""
    return definitions.kept_ratio(one.outcome for one in rows)
