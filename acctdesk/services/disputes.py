"""Disputes with clients: what is contested, which invoices it blocks, who was told, how it ended.

What a dispute blocks of an invoice counts up to what is open of it: what is paid is no longer in
dispute. So the log and the ageing agree on every day (``receivables.disputed_minor``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypedDict, Unpack

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.figures.receivables import disputed_shares
from acctdesk.i18n import msg
from acctdesk.kinds import DisputeState, DisputeType
from acctdesk.models import (
    Client,
    Contact,
    Dispute,
    DisputedDocument,
    DisputeNotice,
    Document,
    Interaction,
)
from acctdesk.models.base import utc_now
from acctdesk.services import checks, standing
from acctdesk.services.case_rows import BlockedInvoice, DisputeCard, DisputeRow, NoticeRow
from acctdesk.services.profile import get_profile


class DisputeFields(TypedDict, total=False):
    """What can be typed about a dispute."""

    type: DisputeType
    title: str
    cause: str | None
    notes: str | None
    opened_on: dt.date
    due_on: dt.date | None
    amount_minor: int | None


_FIELDS = frozenset(DisputeFields.__annotations__)


def _checked(given: DisputeFields) -> dict[str, Any]:
    checks.declared(given, _FIELDS)
    values: dict[str, Any] = dict(given)
    if "type" in values:
        values["type"] = DisputeType(values["type"]).value
    if "title" in values:
        missing = msg("Cases", "Say in a few words what the dispute is about.")
        values["title"] = checks.required(Dispute, "title", values["title"], missing)
    for field in values.keys() & {"cause", "notes"}:
        values[field] = checks.plain(Dispute, field, values[field])
    for field in values.keys() & {"opened_on", "due_on"}:
        values[field] = checks.day(values[field])
    amount = values.get("amount_minor")
    if amount is not None and amount < 0:
        raise UserError(msg("Cases", "An amount in dispute cannot be below zero."))
    if amount == 0:
        values["amount_minor"] = None
    return values


def open_dispute(
    session: Session,
    *,
    client_id: int,
    today: dt.date,
    blocked: Mapping[int, int | None] | None = None,
    interaction_id: int | None = None,
    **fields: Unpack[DisputeFields],
) -> int:
    """Open a dispute with a client; return its id.

    ``title`` and ``type`` are needed; ``opened_on`` is today where it is not given. ``blocked``:
    see :func:`block_invoices`.
    """
    checks.live(session, Client, client_id)
    if interaction_id is not None:
        checks.live(session, Interaction, interaction_id)
    given: DisputeFields = {"title": "", "opened_on": today, **fields}
    dispute = Dispute(
        client_id=client_id,
        interaction_id=interaction_id,
        state=DisputeState.OPEN.value,
        **_checked(given),
    )
    _in_order(dispute, today)
    session.add(dispute)
    session.flush()
    block_invoices(session, dispute_id=dispute.id, blocked=blocked or {}, today=today)
    return dispute.id


def change_dispute(
    session: Session,
    *,
    dispute_id: int,
    today: dt.date,
    blocked: Mapping[int, int | None] | None = None,
    expected_version: int | None = None,
    **fields: Unpack[DisputeFields],
) -> None:
    """Change fields of a dispute, and which invoices it blocks where ``blocked`` is given.

    Raises:
        ConflictError: the dispute changed since ``expected_version``.
    """
    dispute = checks.live(session, Dispute, dispute_id)
    values = _checked(fields)
    checks.expect_version(dispute, expected_version, values)
    checks.assign(dispute, values)
    _in_order(dispute, today)
    if blocked is not None:
        block_invoices(session, dispute_id=dispute_id, blocked=blocked, today=today)


def _in_order(dispute: Dispute, today: dt.date) -> None:
    if dispute.opened_on > today:
        raise UserError(msg("Cases", "A dispute cannot have begun after today."))
    if dispute.due_on is not None and dispute.due_on < dispute.opened_on:
        raise UserError(msg("Cases", "The day of the answer is before the dispute began."))


def block_invoices(
    session: Session, *, dispute_id: int, blocked: Mapping[int, int | None], today: dt.date
) -> None:
    """Let a dispute block these invoices and no others: by document an amount, None for all of it.

    An amount that stays as it was is kept even where more was paid meanwhile.

    Raises:
        UserError: an invoice is another client's, or less is open of it than is to be blocked.
    """
    dispute = checks.live(session, Dispute, dispute_id)
    held = {
        one.document_id: one
        for one in session.scalars(
            select(DisputedDocument).where(
                DisputedDocument.dispute_id == dispute_id, DisputedDocument.deleted_at.is_(None)
            )
        )
    }
    for document_id, one in held.items():
        if document_id not in blocked:
            one.deleted_at = utc_now()
    for document_id, wanted in blocked.items():
        stands = held.get(document_id)
        if stands is not None and wanted == stands.amount_minor:
            continue
        amount = _blockable(session, dispute, document_id, wanted, today)
        if stands is None:
            session.add(
                DisputedDocument(
                    dispute_id=dispute_id, document_id=document_id, amount_minor=amount
                )
            )
        else:
            stands.amount_minor = amount
    session.flush()


def _blockable(
    session: Session, dispute: Dispute, document_id: int, wanted: int | None, today: dt.date
) -> int:
    """Return the amount to block, refused where the invoice does not have it."""
    items = standing.open_documents(today, Document.id == document_id, of_few=True)
    found = session.execute(
        select(items.c.client_id, Document.number, items.c.open).join(
            Document, Document.id == items.c.id
        )
    ).first()
    if found is None or found.open <= 0:
        raise UserError(msg("Cases", "Nothing is open of this invoice: it cannot be blocked."))
    if found.client_id != dispute.client_id:
        raise UserError(msg("Cases", "Invoice {number} is another client's.", number=found.number))
    elsewhere = session.scalar(
        select(func.coalesce(func.sum(DisputedDocument.amount_minor), 0))
        .join(Dispute, Dispute.id == DisputedDocument.dispute_id)
        .where(
            *standing.disputes(today),
            DisputedDocument.deleted_at.is_(None),
            DisputedDocument.document_id == document_id,
            Dispute.id != dispute.id,
        )
    )
    free = max(0, found.open - int(elsewhere or 0))
    amount = free if wanted is None else wanted
    if not 0 < amount <= free:
        currency = get_profile(session).currency
        raise UserError(
            msg(
                "Cases",
                "Of invoice {number} from 0.01 to {most} can be blocked: no more of it is open, or"
                " not yet in dispute.",
                number=found.number,
                most=formats.money(free, currency),
            )
            if free
            else msg(
                "Cases",
                "All that is open of invoice {number} is in dispute already.",
                number=found.number,
            )
        )
    return amount


def tell(
    session: Session,
    *,
    dispute_id: int,
    told_on: dt.date,
    who: str = "",
    contact_id: int | None = None,
) -> int:
    """Write down who was told of a dispute, by name or as a contact; return the notice's id."""
    dispute = checks.live(session, Dispute, dispute_id)
    if contact_id is not None:
        contact = checks.live(session, Contact, contact_id)
        if contact.client_id != dispute.client_id:
            raise UserError(msg("Services", "This contact belongs to another client."))
        who = who or contact.name
    name = checks.required(DisputeNotice, "who", who, msg("Cases", "Say who was told."))
    told = checks.day(told_on)
    notice = DisputeNotice(
        dispute_id=dispute_id, who=name, contact_id=contact_id, told_on=told or told_on
    )
    session.add(notice)
    session.flush()
    return notice.id


def untell(session: Session, *, notice_id: int) -> None:
    """Take back that somebody was told."""
    checks.live(session, DisputeNotice, notice_id).deleted_at = utc_now()


def close_dispute(
    session: Session,
    *,
    dispute_id: int,
    state: DisputeState,
    on: dt.date,
    resolution: str,
    today: dt.date,
) -> None:
    """Settle a dispute or let it be withdrawn on a day up to today, and keep how it ended.

    Raises:
        UserError: nothing is said about how, or the dispute cannot have ended on that day.
    """
    dispute = checks.live(session, Dispute, dispute_id)
    if state is DisputeState.OPEN:
        raise ValueError("a dispute is closed as settled or withdrawn")
    missing = msg("Cases", "Say how the dispute ended.")
    dispute.resolution = checks.required(Dispute, "resolution", resolution, missing)
    if not dispute.opened_on <= on <= today:
        raise UserError(
            msg("Cases", "The day it ended must be between the day it began and today.")
        )
    dispute.state, dispute.closed_on = state.value, on


def reopen_dispute(session: Session, *, dispute_id: int) -> None:
    """Open a dispute again; how it had ended is kept until it ends anew."""
    dispute = checks.live(session, Dispute, dispute_id)
    dispute.state, dispute.closed_on = DisputeState.OPEN.value, None


def trash_dispute(session: Session, *, dispute_id: int) -> None:
    """Move a dispute to the trash: its invoices are free again."""
    checks.live(session, Dispute, dispute_id).deleted_at = utc_now()


# -- questions -------------------------------------------------------------------------------------


def disputes(
    session: Session,
    *,
    today: dt.date,
    client_id: int | None = None,
    open_only: bool = True,
    limit: int = 1_000,
) -> list[DisputeRow]:
    """Return disputes, the open ones first by the day they want an answer, then the latest closed.

    Of all clients or of one.
    """
    query = _rows()
    if client_id is not None:
        query = query.where(Dispute.client_id == client_id)
    if open_only:
        query = query.where(Dispute.state == DisputeState.OPEN.value)
    is_open = Dispute.state == DisputeState.OPEN.value
    query = query.order_by(
        is_open.desc(), Dispute.closed_on.desc(), Dispute.due_on.is_(None), Dispute.due_on,
        Dispute.opened_on, Dispute.id,
    )  # fmt: skip
    rows = session.execute(query.limit(limit)).all()
    shares = _shares(session, today, client_id=client_id)
    return [_row(row, today, sum(shares.get(row.id, {}).values())) for row in rows]


def disputes_due(session: Session, *, today: dt.date, limit: int) -> list[DisputeRow]:
    """Return open disputes that want an answer by today, the longest late first."""
    query = _rows().where(
        Dispute.state == DisputeState.OPEN.value,
        Dispute.due_on <= today,
        Client.deleted_at.is_(None),
    )
    return _first(session, query.order_by(Dispute.due_on, Dispute.id).limit(limit), today)


def disputes_untold(session: Session, *, today: dt.date, limit: int) -> list[DisputeRow]:
    """Return open disputes that began before today and of which nobody was told, by age."""
    told = exists().where(
        DisputeNotice.dispute_id == Dispute.id, DisputeNotice.deleted_at.is_(None)
    )
    query = _rows().where(
        Dispute.state == DisputeState.OPEN.value,
        Dispute.opened_on < today,
        Client.deleted_at.is_(None),
        ~told,
    )
    return _first(session, query.order_by(Dispute.opened_on, Dispute.id).limit(limit), today)


def _first(session: Session, query: Select[Any], today: dt.date) -> list[DisputeRow]:
    rows = session.execute(query).all()
    shares = _shares(session, today) if rows else {}
    return [_row(row, today, sum(shares.get(row.id, {}).values())) for row in rows]


def dispute_card(session: Session, *, dispute_id: int, today: dt.date) -> DisputeCard | None:
    """Return one dispute with its invoices and who was told, None where it is gone."""
    row = session.execute(_rows().where(Dispute.id == dispute_id)).first()
    if row is None:
        return None
    shares = _shares(session, today, client_id=row.client_id).get(dispute_id, {})
    named = select(DisputedDocument.document_id).where(*_of(dispute_id))
    items = standing.open_documents(today, Document.id.in_(named), of_few=True)
    invoices = session.execute(
        select(
            Document.id.label("document_id"),
            Document.number,
            Document.issued_on,
            func.coalesce(items.c.open, 0).label("open_minor"),
            DisputedDocument.amount_minor.label("blocked_minor"),
        )
        .join(Document, Document.id == DisputedDocument.document_id)
        .outerjoin(items, items.c.id == Document.id)
        .where(*_of(dispute_id))
        .order_by(Document.issued_on, Document.id)
    )
    notices = session.execute(
        select(DisputeNotice.id, DisputeNotice.who, DisputeNotice.contact_id, DisputeNotice.told_on)
        .where(DisputeNotice.dispute_id == dispute_id, DisputeNotice.deleted_at.is_(None))
        .order_by(DisputeNotice.told_on, DisputeNotice.id)
    )
    texts = session.execute(
        select(Dispute.notes, Dispute.resolution).where(Dispute.id == dispute_id)
    ).one()
    return DisputeCard(
        row=_row(row, today, sum(shares.values())),
        notes=texts.notes,
        resolution=texts.resolution,
        invoices=tuple(
            BlockedInvoice(**one._asdict(), disputed_minor=shares.get(one.document_id, 0))
            for one in invoices
        ),
        notices=tuple(NoticeRow(**one._asdict()) for one in notices),
    )


def _of(dispute_id: int) -> tuple[Any, ...]:
    return (DisputedDocument.dispute_id == dispute_id, DisputedDocument.deleted_at.is_(None))


def disputed_minor(session: Session, *, as_of: dt.date) -> int:
    """Return what of all invoices was in dispute at the end of a day, as the log has it."""
    by_dispute = _shares(session, as_of).values()
    return sum(share for shares in by_dispute for share in shares.values())


def _rows() -> Select[*tuple[Any, ...]]:
    told = (
        select(func.count())
        .where(DisputeNotice.dispute_id == Dispute.id, DisputeNotice.deleted_at.is_(None))
        .correlate(Dispute)
        .scalar_subquery()
    )
    invoices = (
        select(func.count())
        .where(DisputedDocument.dispute_id == Dispute.id, DisputedDocument.deleted_at.is_(None))
        .correlate(Dispute)
        .scalar_subquery()
    )
    return (
        select(
            Dispute.id,
            Dispute.client_id,
            Client.name.label("client_name"),
            Dispute.type,
            Dispute.title,
            Dispute.cause,
            Dispute.opened_on,
            Dispute.due_on,
            Dispute.state,
            Dispute.closed_on,
            Dispute.amount_minor,
            invoices.label("invoices"),
            told.label("told"),
            Dispute.version,
        )
        .join(Client, Client.id == Dispute.client_id)
        .where(Dispute.deleted_at.is_(None))
    )


def _row(row: Any, today: dt.date, blocked_minor: int) -> DisputeRow:
    state, due = DisputeState(row.state), row.due_on
    made = DisputeRow(
        **row._asdict(),
        blocked_minor=blocked_minor,
        days_open=((row.closed_on or today) - row.opened_on).days,
        days_left=(due - today).days if due is not None and state is DisputeState.OPEN else None,
    )
    return replace(made, type=DisputeType(row.type), state=state)


def _shares(
    session: Session, as_of: dt.date, *, client_id: int | None = None
) -> dict[int, dict[int, int]]:
    """Return by dispute and invoice what was in dispute at the end of a day."""
    conditions = [*standing.disputes(as_of), DisputedDocument.deleted_at.is_(None)]
    if client_id is not None:
        conditions.append(Dispute.client_id == client_id)
    named = (
        select(DisputedDocument.document_id)
        .join(Dispute, Dispute.id == DisputedDocument.dispute_id)
        .where(*conditions)
    )
    items = standing.open_documents(as_of, Document.id.in_(named), of_few=True)
    rows = session.execute(
        select(
            DisputedDocument.document_id,
            DisputedDocument.dispute_id,
            DisputedDocument.amount_minor,
            items.c.open,
        )
        .join(Dispute, Dispute.id == DisputedDocument.dispute_id)
        .join(items, items.c.id == DisputedDocument.document_id)
        .where(*conditions)
        .order_by(DisputedDocument.document_id, Dispute.id)
    ).all()
    found: dict[int, dict[int, int]] = {}
    for document_id, shares in _by_document(rows):
        for dispute_id, share in shares:
            found.setdefault(dispute_id, {})[document_id] = share
    return found


def _by_document(rows: Iterable[Any]) -> Iterable[tuple[int, list[tuple[int, int]]]]:
    of: dict[int, list[Any]] = {}
    for row in rows:
        of.setdefault(row.document_id, []).append(row)
    for document_id, held in of.items():
        shares = disputed_shares(held[0].open, [row.amount_minor for row in held])
        yield document_id, [(row.dispute_id, n) for row, n in zip(held, shares, strict=True)]
