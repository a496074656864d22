"""The lines of a client's timeline, a source at a time: what :mod:`timeline` merges."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from acctdesk.kinds import DocumentType, InteractionKind, Mood, TaskState, TimelineKind
from acctdesk.models import Allocation, Contact, Document, Interaction, Receipt, Task
from acctdesk.services import standing
from acctdesk.services.days import day_end, day_start, local_day
from acctdesk.services.rows import TimelineItem
from acctdesk.text import fold

_TICK = dt.timedelta(microseconds=1)
INTERACTIONS = frozenset(kind.value for kind in InteractionKind)


@dataclass(frozen=True, slots=True)
class Ask:
    """A page of a timeline: ``limit`` lines at and below ``last_day`` that hold ``words``."""

    session: Session
    client_id: int
    today: dt.date
    last_day: dt.date | None
    limit: int
    words: str


def _page(
    query: Select[*tuple[Any, ...]],
    *,
    day: ColumnElement[Any],
    latest: Any,
    on_last_day: ColumnElement[bool] | None,
    order: tuple[Any, ...],
    limit: int | None,
) -> Select[*tuple[Any, ...]]:
    """Read ``limit`` lines below the last day and all lines of that day, which was begun."""
    ordered = query.order_by(*order)
    if latest is not None and on_last_day is not None:
        ordered = ordered.where(day <= latest)
        if limit is not None:
            begun = query.with_only_columns(func.count(), maintain_column_froms=True)
            return ordered.limit(limit + begun.where(on_last_day).scalar_subquery())
    return ordered if limit is None else ordered.limit(limit)


def interactions(ask: Ask, kinds: set[str]) -> list[TimelineItem]:
    """Return interactions of these kinds."""
    if not kinds:
        return []
    query = (
        select(
            Interaction.id,
            Interaction.kind,
            Interaction.happened_at,
            Interaction.subject,
            Interaction.body,
            Contact.name.label("person"),
            Interaction.minutes,
            Interaction.place,
            Interaction.mood,
            Interaction.needs_reply,
        )
        .outerjoin(Contact, Contact.id == Interaction.contact_id)
        .where(Interaction.client_id == ask.client_id, Interaction.deleted_at.is_(None))
    )
    if kinds != INTERACTIONS:
        query = query.where(Interaction.kind.in_(sorted(kinds)))
    if ask.words:
        query = query.where(
            or_(
                *(
                    column.contains(ask.words, autoescape=True)
                    for column in (
                        Interaction.subject_fold,
                        Interaction.body_fold,
                        Contact.name_fold,
                    )
                )
            )
        )
    page = _page(
        query,
        day=Interaction.happened_at,  # type: ignore[arg-type]
        latest=None
        if ask.last_day is None
        else day_end(ask.last_day) - dt.timedelta(microseconds=1),
        on_last_day=None
        if ask.last_day is None
        else and_(
            Interaction.happened_at >= day_start(ask.last_day),
            Interaction.happened_at < day_end(ask.last_day),
        ),
        order=(Interaction.happened_at.desc(), Interaction.id.desc()),
        limit=ask.limit,
    )
    return [
        TimelineItem(
            key=(TimelineKind.INTERACTION, row.id),
            kind=TimelineKind.INTERACTION,
            interaction_kind=InteractionKind(row.kind),
            day=local_day(row.happened_at),
            at=row.happened_at,
            subject=row.subject,
            body=row.body,
            person=row.person,
            minutes=row.minutes,
            place=row.place,
            mood=Mood(row.mood) if row.mood else None,
            needs_reply=row.needs_reply,
        )
        for row in ask.session.execute(page)
    ]


def documents(ask: Ask, kinds: set[str]) -> list[TimelineItem]:
    """Return documents of these types, with what is unpaid of an invoice."""
    if not kinds:
        return []
    is_invoice = Document.type == DocumentType.INVOICE.value
    query = select(
        Document.id,
        Document.type,
        Document.number,
        Document.issued_on,
        Document.due_on,
        Document.gross_minor,
        Document.notes,
        case((is_invoice, standing.open_amount(ask.today)), else_=None).label("open"),
    ).where(
        Document.client_id == ask.client_id, Document.deleted_at.is_(None), Document.type.in_(kinds)
    )
    page = _page(
        query,
        day=Document.issued_on,  # type: ignore[arg-type]
        latest=ask.last_day,
        on_last_day=None if ask.last_day is None else Document.issued_on == ask.last_day,
        order=(Document.issued_on.desc(), Document.id.desc()),
        limit=None if ask.words else ask.limit,
    )
    return [
        _money_line(
            TimelineKind(row.type),
            row.id,
            row.issued_on,
            subject=row.number,
            body=row.notes or "",
            amount_minor=row.gross_minor,
            open_minor=row.open,
            number=row.number,
            due_on=row.due_on,
        )
        for row in ask.session.execute(page)
        if _holds(ask.words, row.number, row.notes)
    ]


def receipts(ask: Ask) -> list[TimelineItem]:
    """Return receipts, with what of them pays no invoice."""
    query = select(
        Receipt.id,
        Receipt.number,
        Receipt.received_on,
        Receipt.amount_minor,
        Receipt.method,
        Receipt.reason,
        (Receipt.amount_minor - _applied(ask.today)).label("unapplied"),
    ).where(Receipt.client_id == ask.client_id, Receipt.deleted_at.is_(None))
    page = _page(
        query,
        day=Receipt.received_on,  # type: ignore[arg-type]
        latest=ask.last_day,
        on_last_day=None if ask.last_day is None else Receipt.received_on == ask.last_day,
        order=(Receipt.received_on.desc(), Receipt.id.desc()),
        limit=None if ask.words else ask.limit,
    )
    return [
        _money_line(
            TimelineKind.RECEIPT,
            row.id,
            row.received_on,
            subject=row.reason or row.number or "",
            body=row.method or "",
            amount_minor=row.amount_minor,
            open_minor=row.unapplied,
            number=row.number,
        )
        for row in ask.session.execute(page)
        if _holds(ask.words, row.number, row.method, row.reason)
    ]


def _applied(today: dt.date) -> Any:
    """Return what the receipt at hand pays of invoices that are in the book on ``today``."""
    return (
        select(func.coalesce(func.sum(Allocation.amount_minor), 0))
        .join(Document, Document.id == Allocation.document_id)
        .where(
            Allocation.receipt_id == Receipt.id,
            Allocation.deleted_at.is_(None),
            Document.deleted_at.is_(None),
            Document.issued_on <= today,
        )
        .correlate(Receipt)
        .scalar_subquery()
    )


def tasks(ask: Ask) -> list[TimelineItem]:
    """Return open and done tasks, by the day done or due."""
    day = func.coalesce(Task.done_on, Task.due_on, func.date(Task.created_at))
    query = select(
        Task.id, Task.title, Task.notes, Task.state, Task.due_on, day.label("day")
    ).where(
        Task.client_id == ask.client_id,
        Task.deleted_at.is_(None),
        Task.state != TaskState.CANCELLED.value,
    )
    if ask.words:
        query = query.where(Task.title_fold.contains(ask.words, autoescape=True))
    latest = None if ask.last_day is None else ask.last_day.isoformat()
    page = _page(
        query,
        day=day,
        latest=latest,
        on_last_day=None if latest is None else day == latest,
        order=(day.desc(), Task.id.desc()),
        limit=ask.limit,
    )
    return [
        TimelineItem(
            key=(TimelineKind.TASK, row.id),
            kind=TimelineKind.TASK,
            interaction_kind=None,
            day=row.day if isinstance(row.day, dt.date) else dt.date.fromisoformat(row.day),
            at=None,
            subject=row.title,
            body=row.notes or "",
            person=None,
            minutes=None,
            place=None,
            mood=None,
            needs_reply=False,
            due_on=row.due_on,
        )
        for row in ask.session.execute(page)
    ]


def _money_line(
    kind: TimelineKind,
    record_id: int,
    day: dt.date,
    *,
    subject: str,
    body: str,
    amount_minor: int,
    open_minor: int | None,
    number: str | None,
    due_on: dt.date | None = None,
) -> TimelineItem:
    return TimelineItem(
        key=(kind, record_id),
        kind=kind,
        interaction_kind=None,
        day=day,
        at=None,
        subject=subject,
        body=body,
        person=None,
        minutes=None,
        place=None,
        mood=None,
        needs_reply=False,
        amount_minor=amount_minor,
        open_minor=open_minor,
        number=number,
        due_on=due_on,
    )


def _holds(words: str, *values: str | None) -> bool:
    return not words or any(words in fold(value) for value in values if value)
