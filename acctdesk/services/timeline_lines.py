"""The lines of a client's timeline, a source at a time: what :mod:`timeline` merges."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Executable,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from acctdesk.kinds import DocumentType, InteractionKind, Mood, TaskState, TimelineKind
from acctdesk.models import (
    Allocation,
    Attachment,
    Client,
    Contact,
    Dispute,
    Document,
    Interaction,
    Need,
    PaymentPromise,
    Promise,
    Receipt,
    Reminder,
    Satisfaction,
    Task,
    VisitReport,
)
from acctdesk.models.base import UtcDateTime
from acctdesk.services import standing
from acctdesk.services.days import day_end, day_start, local_day
from acctdesk.services.rows import TimelineItem
from acctdesk.services.series import shown_once
from acctdesk.text import fold

INTERACTIONS = frozenset(kind.value for kind in InteractionKind)
_CLIENT = bindparam("client", type_=Integer)
_CONTACT = bindparam("contact", type_=Integer)
_LIMIT = bindparam("limit", type_=Integer)
_WORDS = bindparam("words", type_=String)
_LAST_DAY = bindparam("last_day", type_=Date)
_LAST_START = bindparam("last_start", type_=UtcDateTime)
_LAST_END = bindparam("last_end", type_=UtcDateTime)


@dataclass(frozen=True, slots=True)
class Ask:
    """A page of a timeline: ``limit`` lines at and below ``last_day`` that hold ``words``.

    ``group`` takes in everybody of the client's group; ``contact_id`` leaves what was with that
    person; ``pinned`` leaves the pinned entries, or the others; None is both. ``under`` says, once
    they were read, which interactions have promises, needs and the like (the names of UNDER).
    """

    session: Session
    client_id: int
    today: dt.date
    last_day: dt.date | None
    limit: int
    words: str
    group: bool = False
    contact_id: int | None = None
    pinned: bool | None = None
    under: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def shape(self) -> Shape:
        """Return what the text of the statements depends on."""
        return Shape(
            today=self.today,
            begun=self.last_day is not None,
            worded=bool(self.words),
            group=self.group,
            person=self.contact_id is not None,
            pinned=self.pinned,
        )

    def run(self, statement: Executable) -> Iterable[Any]:
        """Return the rows of a statement that was made for this shape."""
        found: dict[str, Any] = {
            "client": self.client_id,
            "contact": self.contact_id,
            "limit": self.limit,
            "words": self.words,
        }
        if self.last_day is not None:
            found["last_day"] = self.last_day
            found["last_start"] = day_start(self.last_day)
            found["last_end"] = day_end(self.last_day)
        # without the ORM, whose rows cost half as much again
        return self.session.connection().execute(statement, found)


@dataclass(frozen=True, slots=True)
class Shape:
    """What tells one kind of page from another; their statements are made once."""

    today: dt.date
    begun: bool  # goes on below the last day of the page before
    worded: bool
    group: bool
    person: bool
    pinned: bool | None


def whose(column: Any, *, group: bool) -> ColumnElement[bool]:
    """Return the condition that a row is of the client asked about, or of anybody in its group."""
    if not group:
        return column == _CLIENT  # type: ignore[no-any-return]
    return column.in_(members(_CLIENT))  # type: ignore[no-any-return]


def members(client_id: Any) -> Select[*tuple[Any, ...]]:
    """Ask for the ids of everybody in the group of a client, itself and the head included."""
    mate, self_ = aliased(Client), aliased(Client)
    head = (
        select(func.coalesce(self_.parent_id, self_.id))
        .where(self_.id == client_id)
        .scalar_subquery()
    )
    return select(mate.id).where(
        or_(mate.id == head, mate.parent_id == head), mate.deleted_at.is_(None)
    )


def _page(
    query: Select[*tuple[Any, ...]],
    shape: Shape,
    *,
    up_to: ColumnElement[bool],
    on_last_day: ColumnElement[bool],
    order: tuple[Any, ...],
    whole: bool = False,
) -> Select[*tuple[Any, ...]]:
    """Read ``limit`` lines below the last day and all lines of that day, which was begun."""
    ordered = query.order_by(*order)
    if not shape.begun:
        return ordered if whole else ordered.limit(_LIMIT)
    ordered = ordered.where(up_to)
    if whole:
        return ordered
    begun = query.with_only_columns(func.count(), maintain_column_froms=True)
    return ordered.limit(_LIMIT + begun.where(on_last_day).scalar_subquery())


def _by_day(
    query: Select[*tuple[Any, ...]], shape: Shape, day: Any, id_: Any
) -> Select[*tuple[Any, ...]]:
    """Read a page of lines that have a day and no time, the latest first."""
    return _page(
        query,
        shape,
        up_to=day <= _LAST_DAY,
        on_last_day=day == _LAST_DAY,
        order=(day.desc(), id_.desc()),
        whole=shape.worded,
    )


def interactions(ask: Ask, kinds: Set[str]) -> list[TimelineItem]:
    """Return interactions of these kinds; one statement."""
    if not kinds:
        return []
    rows = list(ask.run(_talks(frozenset(kinds), ask.shape)))
    for row in rows:
        for place, name in enumerate(UNDER):
            if row.under & 1 << place:
                ask.under[name].append(row.id)
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
            pinned=row.pinned,
            client_id=row.client_id,
            outcome=row.outcome,
            reported=row.reported,
        )
        for row in rows
    ]


UNDER: Mapping[str, type[Any]] = MappingProxyType({
    "promises": Promise, "needs": Need, "files": Attachment, "answers": Satisfaction,
    "payments": PaymentPromise, "reminders": Reminder,
})  # fmt: skip


_BY_CLIENT = (Satisfaction, PaymentPromise, Reminder)  # few of each, found by their client


def _under() -> ColumnElement[int]:
    """Return a bit for each kind of UNDER that the interaction at hand has."""
    bits: ColumnElement[int] = literal(0)
    for place, model in enumerate(UNDER.values()):
        has = exists().where(model.interaction_id == Interaction.id, model.deleted_at.is_(None))
        if model in _BY_CLIENT:
            has = has.where(model.client_id == Interaction.client_id)
        bits = bits + case((has, 1 << place), else_=0)
    return bits


def _reported() -> ColumnElement[bool]:
    """Tell whether the interaction at hand has a report, by one look into an index."""
    return exists().where(
        VisitReport.interaction_id == Interaction.id, VisitReport.deleted_at.is_(None)
    )


@lru_cache(maxsize=32)
def _talks(kinds: frozenset[str], shape: Shape) -> Select[*tuple[Any, ...]]:
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
            Interaction.pinned,
            Interaction.client_id,
            Interaction.outcome,
            _reported().label("reported"),
            _under().label("under"),
        )
        .outerjoin(Contact, Contact.id == Interaction.contact_id)
        .where(whose(Interaction.client_id, group=shape.group), Interaction.deleted_at.is_(None))
    )
    if shape.person:
        query = query.where(Interaction.contact_id == _CONTACT)
    if shape.pinned is not None:
        query = query.where(Interaction.pinned.is_(shape.pinned))
    if kinds != INTERACTIONS:
        query = query.where(Interaction.kind.in_(sorted(kinds)))
    if shape.worded:
        columns = (Interaction.subject_fold, Interaction.body_fold, Contact.name_fold)
        query = query.where(or_(*(func.instr(column, _WORDS) > 0 for column in columns)))
    return _page(
        query,
        shape,
        up_to=Interaction.happened_at < _LAST_END,
        on_last_day=and_(
            Interaction.happened_at >= _LAST_START, Interaction.happened_at < _LAST_END
        ),
        order=(Interaction.happened_at.desc(), Interaction.id.desc()),
    )


def others(ask: Ask, kinds: Set[str]) -> list[TimelineItem]:
    """Return what is no interaction, of these timeline kinds; one statement."""
    wanted = frozenset(kinds) & _OTHERS
    if not wanted or ask.contact_id is not None or ask.pinned:
        return []
    return [
        TimelineItem(
            key=(TimelineKind(row.kind), row.id),
            kind=TimelineKind(row.kind),
            interaction_kind=None,
            day=row.day,
            at=None,
            subject=row.subject,
            body=row.body,
            person=None,
            minutes=None,
            place=None,
            mood=None,
            needs_reply=False,
            amount_minor=row.amount,
            open_minor=row.open,
            number=row.number,
            due_on=row.due_on,
            client_id=row.client_id,
        )
        for row in ask.run(_rest(wanted, ask.shape))
        if _holds(ask.words, row.subject, row.body, row.number)
    ]


_DOCUMENTS = frozenset({TimelineKind.INVOICE.value, TimelineKind.CREDIT_NOTE.value})
_OTHERS = frozenset(kind.value for kind in TimelineKind if kind is not TimelineKind.INTERACTION)


@lru_cache(maxsize=32)
def _rest(kinds: frozenset[str], shape: Shape) -> CompoundSelect[*tuple[Any, ...]]:
    queries = [_documents(kinds & _DOCUMENTS, shape)] if kinds & _DOCUMENTS else []
    for kind, asked in (
        (TimelineKind.RECEIPT, _receipts),
        (TimelineKind.TASK, _tasks),
        (TimelineKind.DISPUTE, _disputes),
        (TimelineKind.SATISFACTION, _answers),
        (TimelineKind.REMINDER, _reminders),
    ):
        if kind.value in kinds:
            queries.append(asked(shape))
    return union_all(*(select(query.subquery()) for query in queries))


def _line(  # the columns of every line that is no interaction
    *,
    kind: Any,
    id_: Any,
    client_id: Any,
    day: Any,
    subject: Any,
    body: Any,
    number: Any = None,
    amount: Any = None,
    open_: Any = None,
    due_on: Any = None,
) -> Select[*tuple[Any, ...]]:
    return select(
        type_coerce(kind, String).label("kind"),
        id_.label("id"),
        client_id.label("client_id"),
        type_coerce(day, Date).label("day"),
        func.coalesce(subject, "").label("subject"),
        func.coalesce(body, "").label("body"),
        type_coerce(number, String).label("number"),
        type_coerce(amount, Integer).label("amount"),
        type_coerce(open_, Integer).label("open"),
        type_coerce(due_on, Date).label("due_on"),
    )


def _documents(types: frozenset[str], shape: Shape) -> Select[*tuple[Any, ...]]:
    """Ask for documents of these types, with what is unpaid of an invoice."""
    is_invoice = Document.type == DocumentType.INVOICE.value
    query = _line(
        kind=Document.type,
        id_=Document.id,
        client_id=Document.client_id,
        day=Document.issued_on,
        subject=Document.number,
        body=Document.notes,
        number=Document.number,
        amount=Document.gross_minor,
        open_=case((is_invoice, standing.open_amount(shape.today)), else_=None),
        due_on=Document.due_on,
    ).where(
        whose(Document.client_id, group=shape.group),
        Document.deleted_at.is_(None),
        Document.type.in_(sorted(types)),
    )
    return _by_day(query, shape, Document.issued_on, Document.id)


def _receipts(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Ask for receipts, with what of them pays no invoice."""
    query = _line(
        kind=literal(TimelineKind.RECEIPT.value),
        id_=Receipt.id,
        client_id=Receipt.client_id,
        day=Receipt.received_on,
        subject=func.coalesce(func.nullif(Receipt.reason, ""), Receipt.number),
        body=Receipt.method,
        number=Receipt.number,
        amount=Receipt.amount_minor,
        open_=Receipt.amount_minor - _applied(shape.today),
    ).where(whose(Receipt.client_id, group=shape.group), Receipt.deleted_at.is_(None))
    return _by_day(query, shape, Receipt.received_on, Receipt.id)


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


def _tasks(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Ask for open and done tasks, by the day done or due."""
    day = type_coerce(func.coalesce(Task.done_on, Task.due_on, func.date(Task.created_at)), Date)
    query = _line(
        kind=literal(TimelineKind.TASK.value),
        id_=Task.id,
        client_id=Task.client_id,
        day=day,
        subject=Task.title,
        body=Task.notes,
        due_on=Task.due_on,
    ).where(
        whose(Task.client_id, group=shape.group),
        Task.deleted_at.is_(None),
        Task.state != TaskState.CANCELLED.value,
        shown_once(),
    )
    return _by_day(query, shape, day, Task.id)


def _disputes(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Ask for disputes by the day they began; ``due_on`` is the day they ended."""
    query = _line(
        kind=literal(TimelineKind.DISPUTE.value),
        id_=Dispute.id,
        client_id=Dispute.client_id,
        day=Dispute.opened_on,
        subject=Dispute.title,
        body=func.coalesce(Dispute.resolution, Dispute.cause),
        due_on=Dispute.closed_on,
    ).where(whose(Dispute.client_id, group=shape.group), Dispute.deleted_at.is_(None))
    return _by_day(query, shape, Dispute.opened_on, Dispute.id)


def given_alone() -> ColumnElement[bool]:
    """Leave the answers that stand under no contact: they have a line of their own."""
    return Satisfaction.interaction_id.is_(None)


def _answers(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Ask for what was answered about satisfaction outside the contacts that are shown."""
    query = _line(
        kind=literal(TimelineKind.SATISFACTION.value),
        id_=Satisfaction.id,
        client_id=Satisfaction.client_id,
        day=Satisfaction.answered_on,
        subject=None,
        body=Satisfaction.words,
    ).where(
        whose(Satisfaction.client_id, group=shape.group),
        Satisfaction.deleted_at.is_(None),
        given_alone(),
    )
    return _by_day(query, shape, Satisfaction.answered_on, Satisfaction.id)


def without_letter() -> ColumnElement[bool]:
    """Leave the reminders whose letter is not in the timeline: calls, and letters in the trash."""
    letter = exists().where(
        Interaction.id == Reminder.interaction_id, Interaction.deleted_at.is_(None)
    )
    return ~letter


def _reminders(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Ask for the steps of the reminder ladder that stand under no letter."""
    query = _line(
        kind=literal(TimelineKind.REMINDER.value),
        id_=Reminder.id,
        client_id=Reminder.client_id,
        day=Reminder.sent_on,
        subject=Reminder.name,
        body=None,
    ).where(
        whose(Reminder.client_id, group=shape.group),
        Reminder.deleted_at.is_(None),
        without_letter(),
    )
    return _by_day(query, shape, Reminder.sent_on, Reminder.id)


def _holds(words: str, *values: str | None) -> bool:
    return not words or any(words in fold(value) for value in values if value)
