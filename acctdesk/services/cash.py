"""The cash that open invoices are expected to bring, week by week, and how the last month came out.

Gross of VAT, minor units. What is in dispute is not counted; what is unapplied is not taken off.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from acctdesk import periods
from acctdesk.figures.cash import WEEKS, expected_day, week_of, week_starts
from acctdesk.kinds import CashBasis, ReceiptKind
from acctdesk.models import Client, Document, Receipt
from acctdesk.services import standing
from acctdesk.services.habits import delays
from acctdesk.services.payment_promises import promised_days
from acctdesk.services.receivables import disputed_part


class ExpectedCash(NamedTuple):  # made in tens of thousands
    """An open invoice or instalment, the day its money is expected (None: none), and its basis."""

    document_id: int
    number: str
    client_id: int
    client_name: str
    due_on: dt.date
    open_minor: int
    disputed_minor: int
    day: dt.date | None
    basis: CashBasis

    @property
    def expected_minor(self) -> int:
        """What is counted: open, less what is in dispute."""
        return self.open_minor - self.disputed_minor


@dataclass(frozen=True, slots=True)
class CashWeek:
    """What is expected from one day to another, by what it rests on."""

    starts_on: dt.date
    ends_on: dt.date
    by_basis: Mapping[CashBasis, int]
    invoices: int

    @property
    def amount_minor(self) -> int:
        """All that is expected in the week."""
        return sum(self.by_basis.values())


@dataclass(frozen=True, slots=True)
class CashForecast:
    """What open invoices are expected to bring from a day on.

    The weeks, ``later_minor``, ``past_minor`` (no day: later than the client usually pays, or past
    due where that is not known) and ``disputed_minor`` add up to what is open.
    """

    as_of: dt.date
    weeks: tuple[CashWeek, ...]
    later_minor: int
    past_minor: int
    disputed_minor: int
    items: tuple[ExpectedCash, ...]  # by day, those without one last

    @property
    def expected_minor(self) -> int:
        """All that is expected within the weeks."""
        return sum(week.amount_minor for week in self.weeks)


@dataclass(frozen=True, slots=True)
class ClientCash:
    """What was expected of a client and what came."""

    client_id: int
    name: str
    expected_minor: int
    came_minor: int

    @property
    def difference_minor(self) -> int:
        """What came above what was expected."""
        return self.came_minor - self.expected_minor


@dataclass(frozen=True, slots=True)
class CashCheck:
    """The last whole month: what was expected of it the evening before it began, and what came.

    The forecast is made anew for that evening from the book as it is known now. What came counts
    whatever it was for, also what was invoiced within the month.
    """

    made_on: dt.date
    start: dt.date
    end: dt.date
    clients: tuple[ClientCash, ...]  # the largest difference first

    @property
    def expected_minor(self) -> int:
        """What was expected within the month."""
        return sum(one.expected_minor for one in self.clients)

    @property
    def came_minor(self) -> int:
        """What came."""
        return sum(one.came_minor for one in self.clients)


def cash_forecast(session: Session, *, as_of: dt.date) -> CashForecast:
    """Return what is expected to come in, in weeks from a day on."""
    rows = session.connection().execute(_open_items(as_of, numbered=True)).all()
    client_ids = {row[1] for row in rows}
    names = _names(session, client_ids)
    known = delays(session, as_of=as_of, client_ids=client_ids)
    promised = promised_days(session, as_of=as_of)
    dated: dict[dt.date, list[ExpectedCash]] = defaultdict(list)
    dateless: dict[dt.date, list[ExpectedCash]] = defaultdict(list)
    past = disputed = 0
    for which, client_id, due_on, open_minor, disputed_minor, number in rows:
        day, basis = expected_day(due_on, known.get(client_id), promised.get(which), as_of)
        item = ExpectedCash(
            which, number, client_id, names[client_id],
            due_on, open_minor, disputed_minor, day, basis,
        )  # fmt: skip
        if day is None:
            dateless[due_on].append(item)
            past += open_minor - disputed_minor
        else:
            dated[day].append(item)
        disputed += disputed_minor
    starts = week_starts(as_of)
    amounts: list[dict[CashBasis, int]] = [defaultdict(int) for _ in starts]
    counts = [0] * len(starts)
    later = 0
    for day, expected in dated.items():
        week = week_of(day, starts)
        if week is None:
            later += sum(item.expected_minor for item in expected)
            continue
        counts[week] += len(expected)
        by_basis = amounts[week]
        for item in expected:
            by_basis[item.basis] += item.open_minor - item.disputed_minor
    ends = [*(start - dt.timedelta(days=1) for start in starts[1:]), _last_day(starts)]
    return CashForecast(
        as_of=as_of,
        weeks=tuple(
            CashWeek(start, end, dict(by_basis), count)
            for start, end, by_basis, count in zip(starts, ends, amounts, counts, strict=True)
        ),
        later_minor=later,
        past_minor=past,
        disputed_minor=disputed,
        items=tuple(
            chain.from_iterable(
                by_day[day] for by_day in (dated, dateless) for day in sorted(by_day)
            )
        ),
    )


def _last_day(starts: list[dt.date]) -> dt.date:
    monday = starts[0] - dt.timedelta(days=starts[0].weekday())
    return monday + dt.timedelta(weeks=WEEKS, days=-1)


@lru_cache(maxsize=4)
def _open_items(as_of: dt.date, *, numbered: bool) -> Select[*tuple[Any, ...]]:
    """Return the question for invoice, client, due day, open and disputed of each open item.

    ``numbered``: and for its number, in the order of the invoices. Made once a day.
    """
    items, blocked = standing.open_items(as_of), standing.blocked(as_of)
    asked: list[ColumnElement[Any]] = [
        items.c.id, items.c.client_id, items.c.due, items.c.open, disputed_part(items, blocked),
    ]  # fmt: skip
    query = (
        select(*asked)
        .outerjoin(blocked, blocked.c.document_id == items.c.id)
        .where(items.c.open > 0)
    )
    if numbered:
        query = query.add_columns(Document.number).join(Document, Document.id == items.c.id)
        query = query.order_by(items.c.id)
    return query


def _names(session: Session, client_ids: Collection[int]) -> dict[int, str]:
    query = select(Client.id, Client.name).where(Client.id.in_(standing.these(client_ids)))
    return {row[0]: row[1] for row in session.connection().execute(query).all()}


def cash_check(session: Session, *, as_of: dt.date) -> CashCheck:
    """Return what was expected of the month before ``as_of``'s, and what came in it."""
    start = periods.add_months(periods.month_start(as_of), -1)
    end, made_on = periods.month_end(start), start - dt.timedelta(days=1)
    expected: dict[int, int] = defaultdict(int)
    rows = session.connection().execute(_open_items(made_on, numbered=False)).all()
    known = delays(session, as_of=made_on, client_ids={row[1] for row in rows})
    promised = promised_days(session, as_of=made_on)
    for which, client_id, due_on, open_minor, disputed_minor in rows:
        day, _ = expected_day(due_on, known.get(client_id), promised.get(which), made_on)
        if day is not None and day <= end:
            expected[client_id] += open_minor - disputed_minor
    received = session.connection().execute(
        select(Receipt.client_id, func.sum(Receipt.amount_minor))
        .where(
            Receipt.deleted_at.is_(None),
            Receipt.client_id.is_not(None),
            Receipt.kind == ReceiptKind.RECEIPT.value,
            Receipt.received_on.between(start, end),
        )
        .group_by(Receipt.client_id)
    )
    came: dict[int, int] = {key or 0: amount for key, amount in received.all()}
    both = [key for key in expected.keys() | came.keys() if expected.get(key) or came.get(key)]
    clients = [
        ClientCash(key, name, expected.get(key, 0), came.get(key, 0))
        for key, name in _names(session, both).items()
    ]
    clients.sort(key=lambda one: (-abs(one.difference_minor), one.name, one.client_id))
    return CashCheck(made_on, start, end, tuple(clients))
