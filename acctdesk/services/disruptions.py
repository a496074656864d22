"""Disruptions of our service or supply: which clients they touch, and who was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, TypedDict, Unpack

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import DocumentType, InteractionKind
from acctdesk.models import (
    Client,
    Disruption,
    DisruptionClient,
    Document,
    DocumentLine,
    Product,
)
from acctdesk.models.base import utc_now
from acctdesk.services import checks, standing
from acctdesk.services.case_rows import (
    AffectedClient,
    DisruptionCard,
    DisruptionRow,
    Touched,
)
from acctdesk.services.days import day_end, day_start, local_day
from acctdesk.services.interactions import log_interaction

_AFTER = dt.timedelta(days=7)  # in which a client is still told of what is over


class DisruptionFields(TypedDict, total=False):
    """What can be typed about a disruption."""

    title: str
    cause: str | None
    notes: str | None
    started_at: dt.datetime
    ended_at: dt.datetime | None
    resolution: str | None


_FIELDS = frozenset(DisruptionFields.__annotations__)


def _checked(given: DisruptionFields) -> dict[str, Any]:
    checks.declared(given, _FIELDS)
    values: dict[str, Any] = dict(given)
    if "title" in values:
        missing = msg("Cases", "Say in a few words what is disrupted.")
        values["title"] = checks.required(Disruption, "title", values["title"], missing)
    for field in values.keys() & {"cause", "notes", "resolution"}:
        values[field] = checks.plain(Disruption, field, values[field])
    for field in values.keys() & {"started_at", "ended_at"}:
        values[field] = None if values[field] is None else checks.instant(values[field])
    return values


def _in_order(disruption: Disruption) -> None:
    if disruption.ended_at is not None and disruption.ended_at < disruption.started_at:
        raise UserError(msg("Cases", "A disruption cannot end before it began."))


def open_disruption(
    session: Session,
    *,
    client_ids: Collection[int] = (),
    **fields: Unpack[DisruptionFields],
) -> int:
    """Write down a disruption and the clients it touches; return its id.

    ``title`` and ``started_at``, an aware instant, are needed.
    """
    given: DisruptionFields = {"title": "", **fields}
    disruption = Disruption(**_checked(given))
    _in_order(disruption)
    session.add(disruption)
    session.flush()
    add_clients(session, disruption_id=disruption.id, client_ids=client_ids)
    return disruption.id


def change_disruption(
    session: Session,
    *,
    disruption_id: int,
    expected_version: int | None = None,
    client_ids: Collection[int] | None = None,
    **fields: Unpack[DisruptionFields],
) -> None:
    """Change fields of a disruption; where ``client_ids`` is given it touches these and no others.

    A client that stays keeps when it was told.

    Raises:
        ConflictError: the disruption changed since ``expected_version``.
    """
    disruption = checks.live(session, Disruption, disruption_id)
    values = _checked(fields)
    checks.expect_version(disruption, expected_version, values)
    checks.assign(disruption, values)
    _in_order(disruption)
    if client_ids is None:
        return
    for one in session.scalars(select(DisruptionClient).where(*_of(disruption_id))):
        if one.client_id not in client_ids:
            one.deleted_at = utc_now()
    session.flush()
    add_clients(session, disruption_id=disruption_id, client_ids=client_ids)


def trash_disruption(session: Session, *, disruption_id: int) -> None:
    """Move a disruption to the trash; what was logged with clients stays."""
    checks.live(session, Disruption, disruption_id).deleted_at = utc_now()


def add_clients(session: Session, *, disruption_id: int, client_ids: Collection[int]) -> int:
    """Add clients to those it touches; return how many were not there before."""
    checks.live(session, Disruption, disruption_id)
    held = set(session.scalars(select(DisruptionClient.client_id).where(*_of(disruption_id))))
    new = sorted(set(client_ids) - held)
    for client_id in new:
        checks.live(session, Client, client_id)
        session.add(DisruptionClient(disruption_id=disruption_id, client_id=client_id))
    session.flush()
    return len(new)


def remove_client(session: Session, *, entry_id: int) -> None:
    """Take a client off the list of those it touches."""
    checks.live(session, DisruptionClient, entry_id).deleted_at = utc_now()


def mark_told(
    session: Session,
    *,
    entry_ids: Collection[int],
    told_at: dt.datetime,
    kind: InteractionKind | None = None,
    note: str = "",
) -> None:
    """Write down that clients were told; with ``kind`` also as an interaction with each.

    ``told_at`` is an aware instant. The interaction's subject is the disruption's title.
    """
    for entry_id in entry_ids:
        entry = checks.live(session, DisruptionClient, entry_id)
        if kind is not None:
            disruption = checks.live(session, Disruption, entry.disruption_id)
            entry.interaction_id = log_interaction(
                session,
                client_id=entry.client_id,
                kind=kind,
                happened_at=told_at,
                subject=disruption.title,
                body=note,
            )
        entry.told_on = local_day(told_at)


def mark_untold(session: Session, *, entry_id: int) -> None:
    """Take back that a client was told; what was logged with it stays."""
    entry = checks.live(session, DisruptionClient, entry_id)
    entry.told_on = None


# -- who is touched --------------------------------------------------------------------------------


def clients_by(
    session: Session,
    *,
    today: dt.date,
    product_id: int | None = None,
    family: str | None = None,
    city: str | None = None,
    segment: str | None = None,
) -> dict[int, str]:
    """Return the active clients that all that is given holds for: id to name, by name.

    A product or family: bought in the last 365 days.
    """
    query = select(Client.id, Client.name).where(
        Client.deleted_at.is_(None), Client.active.is_(True)
    )
    if city is not None:
        query = query.where(Client.city == city)
    if segment is not None:
        query = query.where(Client.segment == segment)
    if product_id is not None or family is not None:
        bought = (
            select(Document.client_id)
            .join(DocumentLine, DocumentLine.document_id == Document.id)
            .where(
                Document.deleted_at.is_(None),
                Document.type == DocumentType.INVOICE.value,
                Document.issued_on > today - standing.YEAR,
                Document.issued_on <= today,
                DocumentLine.deleted_at.is_(None),
            )
        )
        if product_id is not None:
            bought = bought.where(DocumentLine.product_id == product_id)
        if family is not None:
            products = select(Product.id).where(
                Product.family == family, Product.deleted_at.is_(None)
            )
            bought = bought.where(DocumentLine.product_id.in_(products))
        query = query.where(Client.id.in_(bought))
    rows = session.execute(query.order_by(Client.name_fold, Client.id))
    return {row.id: row.name for row in rows}


def touched_by(session: Session) -> Touched:
    """Return what clients can be chosen by."""

    def values(column: Any, model: Any) -> tuple[str, ...]:
        query = select(column).where(column.is_not(None), model.deleted_at.is_(None)).distinct()
        return tuple(sorted(session.scalars(query)))

    products = session.execute(
        select(Product.id, Product.name)
        .where(Product.deleted_at.is_(None))
        .order_by(Product.name_fold, Product.id)
    )
    return Touched(
        products=tuple((row.id, row.name) for row in products),
        families=values(Product.family, Product),
        cities=values(Client.city, Client),
        segments=values(Client.segment, Client),
    )


# -- questions -------------------------------------------------------------------------------------


def disruptions(
    session: Session, *, running_only: bool = False, limit: int = 500
) -> list[DisruptionRow]:
    """Return disruptions: those that run or whose clients were not all told first, then by age."""
    query = _rows()
    if running_only:
        query = query.where(Disruption.ended_at.is_(None))
    rows = session.execute(
        query.order_by(
            Disruption.ended_at.is_not(None), Disruption.started_at.desc(), Disruption.id.desc()
        ).limit(limit)
    )
    return [DisruptionRow(**row._asdict()) for row in rows]


def untold_disruptions(session: Session, *, today: dt.date, limit: int) -> list[DisruptionRow]:
    """Return disruptions with clients that were not told, while they run and a week after."""
    since = day_start(today - _AFTER)
    untold = select(DisruptionClient.disruption_id).where(
        DisruptionClient.deleted_at.is_(None), DisruptionClient.told_on.is_(None)
    )
    query = _rows().where(
        Disruption.id.in_(untold),
        Disruption.started_at < day_end(today),
        or_(Disruption.ended_at.is_(None), Disruption.ended_at >= since),
    )
    ordered = query.order_by(Disruption.started_at, Disruption.id).limit(limit)
    return [DisruptionRow(**row._asdict()) for row in session.execute(ordered)]


def disruptions_of(session: Session, *, client_id: int) -> list[DisruptionRow]:
    """Return the disruptions that run and touch a client."""
    touching = select(DisruptionClient.disruption_id).where(
        DisruptionClient.client_id == client_id, DisruptionClient.deleted_at.is_(None)
    )
    query = _rows().where(Disruption.ended_at.is_(None), Disruption.id.in_(touching))
    ordered = query.order_by(Disruption.started_at.desc(), Disruption.id.desc())
    return [DisruptionRow(**row._asdict()) for row in session.execute(ordered)]


def disruption_card(session: Session, *, disruption_id: int) -> DisruptionCard | None:
    """Return one disruption with its clients, None where it is gone."""
    row = session.execute(_rows().where(Disruption.id == disruption_id)).first()
    if row is None:
        return None
    texts = session.execute(
        select(Disruption.notes, Disruption.resolution).where(Disruption.id == disruption_id)
    ).one()
    clients = session.execute(
        select(
            DisruptionClient.id,
            DisruptionClient.client_id,
            Client.name,
            Client.city,
            Client.segment,
            func.coalesce(Client.phone, Client.mobile).label("phone"),
            DisruptionClient.told_on,
            DisruptionClient.interaction_id,
        )
        .join(Client, Client.id == DisruptionClient.client_id)
        .where(*_of(disruption_id))
        .order_by(DisruptionClient.told_on.is_not(None), Client.name_fold, Client.id)
    )
    return DisruptionCard(
        row=DisruptionRow(**row._asdict()),
        notes=texts.notes,
        resolution=texts.resolution,
        clients=tuple(AffectedClient(**one._asdict()) for one in clients),
    )


def _of(disruption_id: int) -> tuple[Any, ...]:
    return (
        DisruptionClient.disruption_id == disruption_id,
        DisruptionClient.deleted_at.is_(None),
    )


def _rows() -> Select[*tuple[Any, ...]]:
    touched = (
        select(
            DisruptionClient.disruption_id,
            func.count().label("clients"),
            func.sum(case((DisruptionClient.told_on.is_(None), 1), else_=0)).label("untold"),
        )
        .where(DisruptionClient.deleted_at.is_(None))
        .group_by(DisruptionClient.disruption_id)
        .subquery("touched")
    )
    return (
        select(
            Disruption.id,
            Disruption.title,
            Disruption.cause,
            Disruption.started_at,
            Disruption.ended_at,
            func.coalesce(touched.c.clients, 0).label("clients"),
            func.coalesce(touched.c.untold, 0).label("untold"),
            Disruption.version,
        )
        .outerjoin(touched, touched.c.disruption_id == Disruption.id)
        .where(Disruption.deleted_at.is_(None))
    )
