"""What a target measures, by day and by client, in SQL. Sales net of VAT, minor units.

Only linked, live records count, and of a scope only those of its client, family or segment.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    Select,
    String,
    cast,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from acctdesk.figures import satisfaction
from acctdesk.kinds import InteractionKind, SatisfactionMeasure, TargetMeasure
from acctdesk.models import Client, Document, DocumentLine, Interaction, Product, Satisfaction
from acctdesk.models.base import UtcDateTime
from acctdesk.services.days import day_end, day_start, local_day
from acctdesk.services.standing import is_invoice_too

MONEY = frozenset({TargetMeasure.NET_SALES, TargetMeasure.GROWTH})
SCORES = frozenset({TargetMeasure.CSAT, TargetMeasure.NPS})
_LONG = 366  # days
_HOUR, _MINUTE = 13, 16  # letters of an instant as it is stored: 2026-11-12 08:34
_FINE = 10_000  # line amounts are unrounded: they are added up to four decimals


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures count: of one client, product family or segment; none of them: the book."""

    client_id: int | None = None
    family: str | None = None
    segment: str | None = None


def daily(
    session: Session, *, measure: TargetMeasure, scope: Scope, start: dt.date, end: dt.date
) -> dict[dt.date, int]:
    """Return money or a count by day, from ``start`` to ``end``, both included.

    A day without any is absent. Growth is measured by the money it grows from.

    Raises:
        ValueError: the measure is a score.
    """
    if measure in MONEY:
        return _summed(session, scope, start, end, Document.issued_on)
    if measure is TargetMeasure.INVOICES:
        return _invoices(session, scope, start, end)
    if measure is TargetMeasure.NEW_CLIENTS:
        return _new_clients(session, scope, start, end)
    if measure is TargetMeasure.VISITS:
        return _visits(session, scope, start, end)
    raise ValueError(f"{measure} is no sum of days")


def dailies(
    session: Session, asked: Sequence[tuple[TargetMeasure, Scope]], *, start: dt.date, end: dt.date
) -> dict[tuple[TargetMeasure, Scope], dict[dt.date, int]]:
    """Return what :func:`daily` does of several, the sales of segments in one walk with the book's.

    Raises:
        ValueError: a measure is a score.
    """
    found: dict[tuple[TargetMeasure, Scope], dict[dt.date, int]] = {}
    money = [one for one in asked if one[0] in MONEY and one[1] == Scope(segment=one[1].segment)]
    if len(money) > 1:
        segments = dict.fromkeys(scope.segment for _, scope in money)
        walked = _by_segment(session, segments, start, end)
        found = {one: walked[one[1].segment] for one in money}
    for measure, scope in asked:
        if (measure, scope) not in found:
            found[measure, scope] = daily(
                session, measure=measure, scope=scope, start=start, end=end
            )
    return found


def by_client(session: Session, *, scope: Scope, start: dt.date, end: dt.date) -> dict[int, int]:
    """Return net sales by client, from ``start`` to ``end``, both included."""
    return _summed(session, scope, start, end, Document.client_id)


def by_family(session: Session, *, scope: Scope, start: dt.date, end: dt.date) -> dict[str, int]:
    """Return net sales by product family; what has none is under ""."""
    family = func.coalesce(Product.family, "")
    lines = (
        select(family, _line_sum())
        .join(Document, Document.id == DocumentLine.document_id)
        .outerjoin(Product, Product.id == DocumentLine.product_id)
        .where(DocumentLine.deleted_at.is_(None), *_counted(scope, start, end))
        .group_by(family)
    )
    return {name: _minor(amount) for name, amount in session.execute(lines)}


@dataclass(frozen=True, slots=True)
class Score:
    """What clients answered: hundredths of a point, None of too few answers, and how many did."""

    value: int | None
    answers: int


def score(
    session: Session, *, measure: TargetMeasure, scope: Scope, start: dt.date, end: dt.date
) -> Score:
    """Return the mean of the answers 1 to 5 (CSAT), or NPS, which fewer than five do not have."""
    kind = SatisfactionMeasure(measure.value)
    query = select(Satisfaction.score, func.count()).where(
        Satisfaction.deleted_at.is_(None),
        Satisfaction.measure == kind.value,
        Satisfaction.answered_on.between(start, end),
    )
    if scope.client_id is not None:
        query = query.where(Satisfaction.client_id == scope.client_id)
    if scope.segment is not None:
        query = query.where(Satisfaction.client_id.in_(_in_segment(scope.segment)))
    given: dict[int, int] = dict(session.execute(query.group_by(Satisfaction.score)).all())
    if kind is SatisfactionMeasure.NPS:
        found = satisfaction.nps(given)
        return Score(found.value, found.answers)
    return Score(satisfaction.mean(given), sum(given.values()))


def _is_long(scope: Scope, start: dt.date, end: dt.date) -> bool:
    """Tell whether most of a table is asked for: then it is read once, in its own order.

    A plus before a column keeps SQLite to that, which else looks up row after row by an index.
    """
    return scope.client_id is None and (end - start).days > _LONG


def _counted(
    scope: Scope, start: dt.date, end: dt.date, day: ColumnElement[dt.date] | None = None
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        Document.deleted_at.is_(None),
        Document.client_id.is_not(None),
        (Document.issued_on if day is None else day).between(start, end),
    ]
    if scope.client_id is not None:
        conditions.append(Document.client_id == scope.client_id)
    if scope.segment is not None:
        conditions.append(Document.client_id.in_(_in_segment(scope.segment)))
    return conditions


def _in_segment(segment: str) -> Select[int]:
    return select(Client.id).where(Client.segment == segment)


def _invoiced(scope: Scope, start: dt.date, end: dt.date) -> list[ColumnElement[bool]]:
    """Return the conditions of invoices; of a family those with a line of it."""
    day = literal_column("+documents.issued_on", Document.issued_on.type)
    long = _is_long(scope, start, end)
    walked = day if long and scope.segment is None else None
    conditions = [is_invoice_too(), *_counted(scope, start, end, walked)]
    if scope.family is not None:
        lines = select(DocumentLine.document_id).where(*_lines_of(scope.family))
        if long:
            conditions.append(Document.id.in_(lines))
        else:
            line_of = DocumentLine.document_id == Document.id
            conditions.append(lines.where(line_of).correlate(Document).exists())
    return conditions


def _lines_of(family: str) -> list[ColumnElement[bool]]:
    product_id = literal_column("+document_lines.product_id", Integer())
    of_family = select(Product.id).where(Product.family == family)
    return [DocumentLine.deleted_at.is_(None), product_id.in_(of_family)]


def _line_sum() -> ColumnElement[int]:
    fine = func.round(cast(DocumentLine.amount, Float) * _FINE)
    return func.sum(cast(fine, Integer))


def _minor(fine: int) -> int:
    return (fine + 50) // 100  # half up


def _summed(
    session: Session, scope: Scope, start: dt.date, end: dt.date, by: Any
) -> dict[Any, int]:
    """Return net sales of a scope by a column of the document; a family's are sums of its lines."""
    if scope.family is None:
        query = select(by, func.sum(Document.net_minor)).where(*_counted(scope, start, end))
        return {key: int(amount) for key, amount in session.execute(query.group_by(by))}
    if scope.client_id is not None:  # its few documents are found first
        query = (
            select(by, _line_sum())
            .select_from(DocumentLine)
            .join(Document, Document.id == DocumentLine.document_id)
            .where(*_lines_of(scope.family), *_counted(scope, start, end))
        )
    elif by is Document.issued_on and scope.segment is None:
        return _family_by_day(session, scope.family, start, end)
    else:
        document_id = literal_column("+document_lines.document_id", Integer())
        query = (
            select(by, _line_sum())
            .select_from(DocumentLine)
            .join(Document, Document.id == document_id)
            .where(*_sold_of(scope.family, start, end), *_counted(scope, start, end))
        )
    return {key: _minor(amount) for key, amount in session.execute(query.group_by(by))}


def _by_segment(
    session: Session, segments: Collection[str | None], start: dt.date, end: dt.date
) -> dict[str | None, dict[dt.date, int]]:
    """Return net sales by day of segments; None is the book.

    By a segment's clients alone its documents would have to be sorted by day.
    """
    net = func.sum(Document.net_minor)
    sums = [
        net if one is None else net.filter(Document.client_id.in_(_in_segment(one)))
        for one in segments
    ]
    query = select(Document.issued_on, *sums).where(*_counted(Scope(), start, end))
    found: dict[str | None, dict[dt.date, int]] = {one: {} for one in segments}
    for day, *amounts in session.execute(query.group_by(Document.issued_on)):
        for segment, amount in zip(segments, amounts, strict=True):
            if amount is not None:
                found[segment][day] = amount
    return found


def _sold_of(family: str, start: dt.date, end: dt.date) -> list[ColumnElement[bool]]:
    """Return the conditions of the lines of a family in some days: one look into their index."""
    return [
        DocumentLine.product_id.in_(select(Product.id).where(Product.family == family)),
        DocumentLine.issued_on.between(start, end),
        DocumentLine.deleted_at.is_(None),
    ]


def _family_by_day(
    session: Session, family: str, start: dt.date, end: dt.date
) -> dict[dt.date, int]:
    """Return what all clients bought of a family, from its lines alone: they know their day."""
    uncounted = select(Document.id).where(
        Document.issued_on.between(start, end),
        or_(Document.deleted_at.is_not(None), Document.client_id.is_(None)),
    )
    # first by product, as their index holds them: by day alone all lines would be sorted
    sold = (
        select(DocumentLine.issued_on.label("day"), _line_sum().label("amount"))
        .where(*_sold_of(family, start, end), DocumentLine.document_id.not_in(uncounted))
        .group_by(DocumentLine.product_id, DocumentLine.issued_on)
        .subquery("sold")
    )
    rows = session.execute(select(sold.c.day, func.sum(sold.c.amount)).group_by(sold.c.day))
    return {day: _minor(amount) for day, amount in rows if day is not None}


def _invoices(session: Session, scope: Scope, start: dt.date, end: dt.date) -> dict[dt.date, int]:
    query = select(Document.issued_on, func.count()).where(*_invoiced(scope, start, end))
    return dict(session.execute(query.group_by(Document.issued_on)).all())


def _new_clients(
    session: Session, scope: Scope, start: dt.date, end: dt.date
) -> dict[dt.date, int]:
    """Count a client on the day of its first invoice of all."""
    first = (
        select(func.min(Document.issued_on).label("day"))
        .where(*_invoiced(scope, dt.date.min, end))
        .group_by(Document.client_id)
    )
    known = first.subquery()
    query = select(known.c.day, func.count()).where(known.c.day >= start).group_by(known.c.day)
    return dict(session.execute(query).all())


def _visits(session: Session, scope: Scope, start: dt.date, end: dt.date) -> dict[dt.date, int]:
    # counted by what is of one day wherever days begin: the hour, in some zones the minute;
    # SQLite's own local day takes twice as long as the whole question
    on_the_hour = day_start(start).minute == 0 == day_start(end).minute
    letters = _HOUR if on_the_hour else _MINUTE
    about = type_coerce(func.substr(Interaction.happened_at, 1, letters), String())
    at: ColumnElement[dt.datetime] = Interaction.happened_at.expression
    if (end - start).days > _LONG:
        # as ``_is_long`` says, by the index that holds all of it
        at = literal_column("+interactions.happened_at", UtcDateTime())
    query = select(func.group_concat(about)).where(
        Interaction.kind == InteractionKind.VISIT.value,
        Interaction.deleted_at.is_(None),
        at >= day_start(start),
        at < day_end(end),
    )
    if scope.client_id is not None:
        query = query.where(Interaction.client_id == scope.client_id)
    if scope.segment is not None:
        query = query.where(Interaction.client_id.in_(_in_segment(scope.segment)))
    # as one value, and counted here: SQLite would sort them to count them
    written = session.execute(query).scalar_one()
    counts = Counter(written.split(",") if written else ())
    found: dict[dt.date, int] = {}
    day, over = start, ""  # the day at hand, and the instant at which it is over
    for instant in sorted(counts):
        if instant >= over:
            day = local_day(dt.datetime.fromisoformat(f"{instant}+00:00"))
            over = f"{day_end(day)}"[:letters]
        found[day] = found.get(day, 0) + counts[instant]
    return found
