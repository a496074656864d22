"""What is owed by age: by client, group or segment, month by month, and how well it is collected.

Gross of VAT, minor units, on any day: what was paid after it does not count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, aliased

from acctdesk import periods
from acctdesk.figures import receivables as definitions
from acctdesk.kinds import AgeBucket
from acctdesk.models import Client
from acctdesk.services import standing
from acctdesk.services.receivables import (
    DSO_DAYS,
    balances,
    disputed_by_client,
    gross_sales,
    receivables_by_day,
)
from acctdesk.services.rows import Receivables
from acctdesk.services.sales import month_gross

MONTHS = 11  # ends of months before the as-of date: a year with it
_MOST_MONTHS = 36  # of sales that counting back may need


class AgeingBy(StrEnum):
    """Whose receivables make a line."""

    CLIENT = "client"
    GROUP = "group"
    SEGMENT = "segment"


@dataclass(frozen=True, slots=True)
class AgeingRow:
    """One line: open amounts by bucket, what is unapplied (negative), their sum, and what of
    the open amounts is in dispute.

    ``key`` is the id of the client or of the head of the group, or the segment (None where there
    is none); ``clients`` how many clients of it owe or have something unapplied.
    """

    key: int | str | None
    name: str
    clients: int
    buckets: Mapping[AgeBucket, int]
    unapplied_minor: int
    balance_minor: int
    disputed_minor: int  # of what is open

    @property
    def overdue_minor(self) -> int:
        """What is past due."""
        return sum(self.buckets.values()) - self.buckets[AgeBucket.NOT_DUE]


@dataclass(frozen=True, slots=True)
class Collection:
    """How fast what is sold comes in, over the ``days`` up to a date; None is not known.

    ``simple`` is ``best`` and ``delinquent`` together. ``effectiveness`` is a share.
    """

    as_of: dt.date
    days: int
    simple: Decimal | None
    best: Decimal | None
    delinquent: Decimal | None
    count_back: Decimal | None
    effectiveness: Decimal | None


def month_ends(as_of: dt.date, months: int = MONTHS) -> list[dt.date]:
    """Return the last days of the months before ``as_of``'s, oldest first, then ``as_of``."""
    first = periods.add_months(periods.month_start(as_of), -months)
    ends = [periods.month_end(month) for month in periods.months(first, as_of)]
    return [*ends[:-1], as_of]


def ageing_months(
    session: Session, *, as_of: dt.date, months: int = MONTHS
) -> tuple[Receivables, ...]:
    """Return what was owed at the end of each month before, and on ``as_of``."""
    return tuple(receivables_by_day(session, days=month_ends(as_of, months)))


def ageing_rows(session: Session, *, as_of: dt.date, by: AgeingBy) -> list[AgeingRow]:
    """Return the lines of all who owe or have something unapplied; the most overdue first.

    Their buckets and unapplied amounts add up to those of :func:`receivables.receivables`.
    """
    open_by = _by_client(session, as_of)
    owed, disputed = balances(session, as_of=as_of), disputed_by_client(session, as_of=as_of)
    lines: dict[int | str | None, AgeingRow] = {}
    for client_id, (key, name) in _names(session, by).items():
        buckets, balance = open_by.get(client_id), owed.get(client_id, 0)
        if buckets is None and not balance:
            continue
        buckets = buckets or _nothing()
        line = lines.get(key) or AgeingRow(key, name, 0, _nothing(), 0, 0, 0)
        lines[key] = AgeingRow(
            key=key,
            name=name,
            clients=line.clients + 1,
            buckets={age: line.buckets[age] + buckets[age] for age in AgeBucket},
            unapplied_minor=line.unapplied_minor + balance - sum(buckets.values()),
            balance_minor=line.balance_minor + balance,
            disputed_minor=line.disputed_minor + disputed.get(client_id, 0),
        )
    return sorted(
        lines.values(), key=lambda one: (-one.overdue_minor, -one.balance_minor, one.name)
    )


def _nothing() -> dict[AgeBucket, int]:
    return dict.fromkeys(AgeBucket, 0)


def _by_client(session: Session, as_of: dt.date) -> dict[int, dict[AgeBucket, int]]:
    items = standing.open_items(as_of)
    age = _bucket(items.c.due, as_of).label("age")
    found: dict[int, dict[AgeBucket, int]] = {}
    for client_id, bucket, amount in session.execute(
        select(items.c.client_id, age, func.sum(items.c.open))
        .where(items.c.open > 0)
        .group_by(items.c.client_id, age)
    ):
        found.setdefault(client_id, _nothing())[AgeBucket(bucket)] = amount
    return found


def _bucket(due: ColumnElement[dt.date], as_of: dt.date) -> ColumnElement[str]:
    """Return the bucket of a due day, as ``figures.receivables.bucket`` has it."""
    within = (
        (due >= as_of - dt.timedelta(days=days), bucket.value)
        for days, bucket in definitions.LIMITS
    )
    return case(*within, else_=AgeBucket.OVER_90.value)


def _names(session: Session, by: AgeingBy) -> dict[int, tuple[int | str | None, str]]:
    """Return of each client the key and name of its line."""
    if by is AgeingBy.SEGMENT:
        segments = session.execute(select(Client.id, Client.segment))
        return {row.id: (row.segment, row.segment or "") for row in segments}
    head = aliased(Client)
    own = by is AgeingBy.CLIENT
    rows = session.execute(
        select(Client.id, Client.id, Client.name)
        if own
        else select(
            Client.id,
            func.coalesce(head.id, Client.id),
            func.coalesce(head.name, Client.name),
        ).outerjoin(head, (head.id == Client.parent_id) & head.deleted_at.is_(None))
    )
    return {client_id: (key, name) for client_id, key, name in rows}


def collection(session: Session, *, as_of: dt.date, days: int = DSO_DAYS) -> Collection:
    """Return days sales outstanding by its three measures, what is delinquent, and effectiveness.

    Both sides are gross of VAT; what is unapplied is not taken off. Counting back begins with the
    running month, its days up to ``as_of``.
    """
    before, now = receivables_by_day(session, days=[as_of - dt.timedelta(days=days), as_of])
    sold = gross_sales(session, after=before.as_of, until=as_of)
    not_due = now.ageing[AgeBucket.NOT_DUE]
    return Collection(
        as_of=as_of,
        days=days,
        simple=definitions.dso_simple(now.open_minor, sold, days),
        best=definitions.dso_best(not_due, sold, days),
        delinquent=definitions.days_delinquent(now.open_minor, not_due, sold, days),
        count_back=definitions.dso_count_back(now.open_minor, tuple(_months_back(session, as_of))),
        effectiveness=definitions.collection_effectiveness(
            before.open_minor, sold, now.open_minor, not_due
        ),
    )


def _months_back(session: Session, as_of: dt.date) -> Iterable[tuple[int, int]]:
    first = periods.add_months(periods.month_start(as_of), 1 - _MOST_MONTHS)
    sold = month_gross(session, start=first, end=as_of)
    for month in reversed(periods.months(first, as_of)):
        last = min(periods.month_end(month), as_of)
        yield sold.get(month, 0), (last - month).days + 1
