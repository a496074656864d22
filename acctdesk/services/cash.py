"""The cash that open invoices are expected to bring, week by week, and how the last month came out.

Gross of VAT, minor units. What is in dispute is not counted; what is unapplied is not taken off.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from acctdesk import periods
from acctdesk.figures.cash import WEEKS, expected_day, week_of, week_starts
from acctdesk.kinds import CashBasis, ReceiptKind
from acctdesk.models import Client, Document, Receipt
from acctdesk.services import standing
from acctdesk.services.habits import habits
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
    found = _expected(session, as_of)
    dated = [one for one in found if one.day is not None]
    dated.sort(key=attrgetter("day", "document_id"))
    dateless = [one for one in found if one.day is None]
    dateless.sort(key=attrgetter("due_on", "document_id"))
    starts = week_starts(as_of)
    amounts: list[dict[CashBasis, int]] = [defaultdict(int) for _ in starts]
    counts = [0] * len(starts)
    later = 0
    for day, expected in groupby(dated, attrgetter("day")):
        week = week_of(day, starts)
        for item in expected:
            if week is None:
                later += item.expected_minor
            else:
                amounts[week][item.basis] += item.expected_minor
                counts[week] += 1
    ends = [*(start - dt.timedelta(days=1) for start in starts[1:]), _last_day(starts)]
    return CashForecast(
        as_of=as_of,
        weeks=tuple(
            CashWeek(start, end, dict(by_basis), count)
            for start, end, by_basis, count in zip(starts, ends, amounts, counts, strict=True)
        ),
        later_minor=later,
        past_minor=sum(item.expected_minor for item in dateless),
        disputed_minor=sum(item.disputed_minor for item in found),
        items=(*dated, *dateless),
    )


def _last_day(starts: list[dt.date]) -> dt.date:
    monday = starts[0] - dt.timedelta(days=starts[0].weekday())
    return monday + dt.timedelta(weeks=WEEKS, days=-1)


def _expected(session: Session, as_of: dt.date) -> list[ExpectedCash]:
    items, blocked = standing.open_items(as_of), standing.blocked(as_of)
    query = (
        select(
            items.c.id,
            Document.number,
            items.c.client_id,
            Client.name,
            items.c.due,
            items.c.open,
            disputed_part(items, blocked),
        )
        .join(Client, Client.id == items.c.client_id)
        .join(Document, Document.id == items.c.id)
        .outerjoin(blocked, blocked.c.document_id == items.c.id)
        .where(items.c.open > 0)
    )
    rows = session.connection().execute(query).all()
    known = habits(session, as_of=as_of, client_ids={row.client_id for row in rows})
    promised = promised_days(session, as_of=as_of)
    return [
        ExpectedCash(
            which, number, client_id, name, due_on, open_minor, disputed_minor,
            *expected_day(
                due_on, habit=known[client_id], promised_on=promised.get(which), as_of=as_of
            ),
        )
        for which, number, client_id, name, due_on, open_minor, disputed_minor in rows
    ]  # fmt: skip


def cash_check(session: Session, *, as_of: dt.date) -> CashCheck:
    """Return what was expected of the month before ``as_of``'s, and what came in it."""
    start = periods.add_months(periods.month_start(as_of), -1)
    end, made_on = periods.month_end(start), start - dt.timedelta(days=1)
    expected: dict[int, int] = defaultdict(int)
    for item in _expected(session, made_on):
        if item.day is not None and item.day <= end:
            expected[item.client_id] += item.expected_minor
    received = session.execute(
        select(Receipt.client_id, func.sum(Receipt.amount_minor))
        .where(
            Receipt.deleted_at.is_(None),
            Receipt.client_id.is_not(None),
            Receipt.kind == ReceiptKind.RECEIPT.value,
            Receipt.received_on.between(start, end),
        )
        .group_by(Receipt.client_id)
    )
    came: dict[int | None, int] = {row[0]: row[1] for row in received}
    names = session.execute(select(Client.id, Client.name))
    clients = [
        ClientCash(key, name, expected.get(key, 0), came.get(key, 0))
        for key, name in names
        if expected.get(key) or came.get(key)
    ]
    clients.sort(key=lambda one: (-abs(one.difference_minor), one.name, one.client_id))
    return CashCheck(made_on, start, end, tuple(clients))
