"""What is owed by age: by client, group or segment, month by month, and how well it is collected.

Gross of VAT, minor units, on any day: what was paid after it does not count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, func, select
from sqlalchemy.orm import Session, aliased

from acctdesk import periods
from acctdesk.figures import receivables as definitions
from acctdesk.kinds import AgeBucket
from acctdesk.models import Client
from acctdesk.services import standing
from acctdesk.services.receivables import (
    DSO_DAYS,
    disputed_clients,
    gross_sales,
    receivables_by_day,
)
from acctdesk.services.rows import Receivables
from acctdesk.services.sales import month_gross

MONTHS = 11  # ends of months before the as-of date: a year with it
_MOST_YEARS = 3  # of sales that counting back may need


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
    owed, disputed = _owed(as_of), disputed_clients(as_of)
    balance, head = standing.balance(as_of), aliased(Client)
    key: Any
    name: Any
    key, name = {
        AgeingBy.CLIENT: (Client.id, Client.name),
        AgeingBy.GROUP: (func.coalesce(head.id, Client.id), func.coalesce(head.name, Client.name)),
        AgeingBy.SEGMENT: (Client.segment, func.coalesce(Client.segment, "")),
    }[by]
    query = (
        select(
            key,
            name,
            func.count(),
            func.sum(balance),
            func.coalesce(func.sum(disputed.c.amount), 0),
            *(func.coalesce(func.sum(owed.c[age.value]), 0) for age in AgeBucket),
        )
        .select_from(Client)
        .outerjoin(owed, owed.c.client_id == Client.id)
        .outerjoin(disputed, disputed.c.client_id == Client.id)
        .where(owed.c.client_id.is_not(None) | (balance != 0))
        .group_by(key)
    )
    if by is AgeingBy.GROUP:
        query = query.outerjoin(head, (head.id == Client.parent_id) & head.deleted_at.is_(None))
    rows = session.connection().execute(query).all()
    lines = [
        AgeingRow(
            which, called, number, dict(zip(AgeBucket, amounts, strict=True)),
            owes - sum(amounts), owes, in_dispute,
        )
        for which, called, number, owes, in_dispute, *amounts in rows
    ]  # fmt: skip
    return sorted(lines, key=lambda one: (-one.overdue_minor, -one.balance_minor, one.name))


def _owed(as_of: dt.date) -> Subquery:
    """Return what is open of each client (``client_id``) by the names of the buckets."""
    items = standing.open_items(as_of)
    age = _bucket(items.c.due, as_of)
    amounts = [
        func.sum(case((age == bucket.value, items.c.open), else_=0)).label(bucket.value)
        for bucket in AgeBucket
    ]
    return (
        select(items.c.client_id, *amounts)
        .where(items.c.open > 0)
        .group_by(items.c.client_id)
        .subquery("owed")
    )


def _bucket(due: ColumnElement[dt.date], as_of: dt.date) -> ColumnElement[str]:
    """Return the bucket of a due day, as ``figures.receivables.bucket`` has it."""
    within = (
        (due >= as_of - dt.timedelta(days=days), bucket.value)
        for days, bucket in definitions.LIMITS
    )
    return case(*within, else_=AgeBucket.OVER_90.value)


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
        count_back=definitions.dso_count_back(now.open_minor, _months_back(session, as_of)),
        effectiveness=definitions.collection_effectiveness(
            before.open_minor, sold, now.open_minor, not_due
        ),
    )


def _months_back(session: Session, as_of: dt.date) -> Iterator[tuple[int, int]]:
    """Give gross sales and days of each month before, a year of them asked when it is needed."""
    for years in range(_MOST_YEARS):
        last = periods.add_months(periods.month_start(as_of), -12 * years)
        first, until = periods.add_months(last, -11), min(periods.month_end(last), as_of)
        sold = month_gross(session, start=first, end=until)
        for month in reversed(periods.months(first, until)):
            yield sold.get(month, 0), (min(periods.month_end(month), as_of) - month).days + 1
