"""What the records say about a period: what was done, and what stood in the way. Nothing else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from acctdesk.kinds import InteractionKind, PromiseBy, PromiseState
from acctdesk.models import (
    Client,
    Department,
    Dispute,
    Disruption,
    DisruptionClient,
    Interaction,
    Promise,
    Request,
)
from acctdesk.periods import Period
from acctdesk.services import measures
from acctdesk.services.days import day_end, day_start, local_day
from acctdesk.services.measures import Scope

MOST = 40  # lines of a kind; how many there are is told


class EvidenceKind(StrEnum):
    """Of what a line is the record."""

    INTERACTION = "interaction"
    OUR_PROMISE = "our_promise"
    THEIR_PROMISE = "their_promise"  # broken, or kept late
    DISPUTE = "dispute"
    DISRUPTION = "disruption"
    REQUEST = "request"  # of an answer that was waited for


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One record: from which day to which (None: still so), whose, and what it says.

    ``detail`` is a kind of interaction, a department, a cause or a resolution, as recorded;
    ``due_on`` the day it was promised or wanted for.
    """

    on: dt.date
    until: dt.date | None
    client_id: int | None
    client_name: str
    what: str
    detail: str
    due_on: dt.date | None = None
    clients: int = 0  # of the scope that a disruption touches


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """The records of one kind in the order of their days; ``count`` of all that there are."""

    kind: EvidenceKind
    count: int
    lines: tuple[EvidenceLine, ...]


def evidence(
    session: Session, *, scope: Scope, period: Period, as_of: dt.date
) -> tuple[EvidencePart, ...]:
    """Return every kind of record of a scope's clients in a period, up to a day.

    Of a product family count the clients that bought of it in the year up to the end.
    """
    end = min(as_of, period.end)
    ask = _Asked(session, period.start, end, _clients(session, scope, end), scope == Scope())
    parts = (
        _interactions(ask),
        _promises(ask, PromiseBy.US, EvidenceKind.OUR_PROMISE),
        _promises(ask, PromiseBy.THEM, EvidenceKind.THEIR_PROMISE),
        _disputes(ask),
        _disruptions(ask),
        _requests(ask),
    )
    return tuple(part for part in parts if part.count)


@dataclass(frozen=True, slots=True)
class _Asked:
    session: Session
    start: dt.date
    end: dt.date
    clients: list[ColumnElement[bool]]  # conditions on Client
    whole: bool  # of the whole book

    def part(self, kind: EvidenceKind, query: Select[Any], order: Any, make: Any) -> EvidencePart:
        counted = query.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
        count = int(self.session.execute(counted).scalar_one())
        rows = self.session.execute(query.order_by(*order).limit(MOST)) if count else ()
        lines = sorted((make(row) for row in rows), key=lambda line: line.on)
        return EvidencePart(kind, count, tuple(lines))


def _clients(session: Session, scope: Scope, end: dt.date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Client.deleted_at.is_(None)]
    if scope.client_id is not None:
        conditions.append(Client.id == scope.client_id)
    if scope.segment is not None:
        conditions.append(Client.segment == scope.segment)
    if scope.family is not None:
        # asked once, not for every record; all in one value, because a statement holds few
        year = end - dt.timedelta(days=364)
        bought = measures.by_client(session, scope=scope, start=year, end=end)
        ids = func.json_each(json.dumps(list(bought))).table_valued("value")
        conditions.append(Client.id.in_(select(ids.c.value)))
    return conditions


def _interactions(ask: _Asked) -> EvidencePart:
    query = (
        select(
            Interaction.happened_at,
            Interaction.kind,
            Interaction.subject,
            func.substr(Interaction.body, 1, 120).label("body"),
            Interaction.outcome,
            Client.id,
            Client.name,
        )
        .join(Client, Client.id == Interaction.client_id)
        .where(
            Interaction.deleted_at.is_(None),
            Interaction.kind != InteractionKind.NOTE.value,
            Interaction.happened_at >= day_start(ask.start),
            Interaction.happened_at < day_end(ask.end),
            *ask.clients,
        )
    )

    def line(row: Any) -> EvidenceLine:
        said = [row.subject or row.body, row.outcome or ""]
        day = local_day(row.happened_at)
        return EvidenceLine(day, day, row.id, row.name, " · ".join(filter(None, said)), row.kind)

    order = (Interaction.happened_at.desc(), Interaction.id.desc())
    return ask.part(EvidenceKind.INTERACTION, query, order, line)


def _promises(ask: _Asked, by: PromiseBy, kind: EvidenceKind) -> EvidencePart:
    """Our promises that fell due; of theirs those that were not kept in time."""
    query = (
        select(Promise.what, Promise.due_on, Promise.state, Promise.settled_on)
        .add_columns(Client.id, Client.name)
        .join(Client, Client.id == Promise.client_id)
        .where(
            Promise.deleted_at.is_(None),
            Promise.given_by == by.value,
            Promise.due_on.between(ask.start, ask.end),
            *ask.clients,
        )
    )
    if by is PromiseBy.THEM:
        query = query.where(
            or_(
                Promise.state == PromiseState.OPEN.value,
                Promise.state == PromiseState.BROKEN.value,
                Promise.settled_on > Promise.due_on,
            )
        )

    def line(row: Any) -> EvidenceLine:
        settled = row.settled_on if row.state != PromiseState.OPEN.value else None
        return EvidenceLine(
            row.due_on, settled, row.id, row.name, row.what, row.state, due_on=row.due_on
        )

    return ask.part(kind, query, (Promise.due_on.desc(), Promise.id.desc()), line)


def _disputes(ask: _Asked) -> EvidencePart:
    query = (
        select(Dispute.opened_on, Dispute.closed_on, Dispute.title, Dispute.cause)
        .add_columns(Dispute.due_on, Client.id, Client.name)
        .join(Client, Client.id == Dispute.client_id)
        .where(
            Dispute.deleted_at.is_(None),
            Dispute.opened_on <= ask.end,
            or_(Dispute.closed_on.is_(None), Dispute.closed_on >= ask.start),
            *ask.clients,
        )
    )

    def line(row: Any) -> EvidenceLine:
        closed = row.closed_on if row.closed_on is not None and row.closed_on <= ask.end else None
        return EvidenceLine(
            row.opened_on, closed, row.id, row.name, row.title, row.cause or "", row.due_on
        )

    order = (Dispute.opened_on.desc(), Dispute.id.desc())
    return ask.part(EvidenceKind.DISPUTE, query, order, line)


def _disruptions(ask: _Asked) -> EvidencePart:
    query = (
        select(Disruption.started_at, Disruption.ended_at, Disruption.title, Disruption.cause)
        .add_columns(func.count().label("clients"))
        .join(DisruptionClient, DisruptionClient.disruption_id == Disruption.id)
        .join(Client, Client.id == DisruptionClient.client_id)
        .where(
            Disruption.deleted_at.is_(None),
            DisruptionClient.deleted_at.is_(None),
            Disruption.started_at < day_end(ask.end),
            or_(Disruption.ended_at.is_(None), Disruption.ended_at >= day_start(ask.start)),
            *ask.clients,
        )
        .group_by(Disruption.id)
        .order_by(Disruption.started_at)
    )
    rows: Iterable[Any] = ask.session.execute(query).all()
    lines = [
        EvidenceLine(
            on=local_day(row.started_at),
            until=None if row.ended_at is None else local_day(row.ended_at),
            client_id=None,
            client_name="",
            what=row.title,
            detail=row.cause or "",
            clients=row.clients,
        )
        for row in rows
    ]
    return EvidencePart(EvidenceKind.DISRUPTION, len(lines), tuple(lines[-MOST:]))


def _requests(ask: _Asked) -> EvidencePart:
    """Requests that waited in the period: asked by its end, and not answered before it."""
    query = (
        select(Request.asked_on, Request.answered_on, Request.due_on, Request.what)
        .add_columns(Department.name.label("department"), Client.id, Client.name)
        .join(Department, Department.id == Request.department_id)
        .outerjoin(Client, Client.id == Request.client_id)
        .where(
            Request.deleted_at.is_(None),
            Request.asked_on <= ask.end,
            or_(Request.answered_on.is_(None), Request.answered_on >= ask.start),
        )
    )
    theirs = and_(*ask.clients)
    query = query.where(or_(Request.client_id.is_(None), theirs) if ask.whole else theirs)

    def line(row: Any) -> EvidenceLine:
        answered = row.answered_on
        if answered is not None and answered > ask.end:
            answered = None
        return EvidenceLine(
            row.asked_on, answered, row.id, row.name or "", row.what, row.department, row.due_on
        )

    order = (Request.asked_on.desc(), Request.id.desc())
    return ask.part(EvidenceKind.REQUEST, query, order, line)
