"""How clients pay by their own habit, and who begins to pay later than it used to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Float, Integer, Select, cast, func, literal_column, select, type_coerce
from sqlalchemy.orm import Session

from acctdesk.figures.payment import Habit, habit, rounded
from acctdesk.figures.rhythm import order_rhythm
from acctdesk.kinds import ReceiptKind
from acctdesk.models import Allocation, Client, Document, Receipt
from acctdesk.services import standing
from acctdesk.services.standing import Ids

WINDOW = dt.timedelta(days=730)  # paid invoices that show a habit
YEAR = dt.timedelta(days=365)
_FEW = 200  # clients up to which looking at their own invoices costs less than at all of them
_MOST_DAYS = 200_000  # more than between any two days that can be


@dataclass(frozen=True, slots=True)
class LatePayer:
    """A client with invoices past due, and how it pays; gross, minor units.

    ``oldest_days`` is how long the oldest has been due; ``beyond`` are the numbers of the open
    invoices that wait longer than four of five ever did, the oldest first. ``order_late_days``
    tells how much later than usual the next order is, where the delay grows with it.
    """

    client_id: int
    name: str
    city: str | None
    segment: str | None
    overdue_minor: int
    oldest_days: int
    invoices: int
    habit: Habit
    beyond: tuple[str, ...]
    order_late_days: int

    @property
    def is_slower(self) -> bool:
        """Whether it pays later than it used to, by any of the three signs."""
        return bool(self.beyond) or self.habit.slower is not None or self.order_late_days > 0


def paid_days(as_of: dt.date, client_ids: Ids | None = None) -> Select[*tuple[Any, ...]]:
    """Ask for ``client_id``, ``closed_on``, ``weighed`` and ``paid`` of invoices paid in two years.

    ``weighed`` are the days from due to each payment, times its amount; over ``paid`` they are
    figures.payment.days_late. What credit notes closed or was written off was not paid. The first
    paid come first.
    """
    days = func.julianday(Receipt.received_on) - func.julianday(standing.due_day())
    query = (
        select(
            Document.client_id,
            Document.closed_on,
            type_coerce(func.sum(days * Allocation.amount_minor), Float).label("weighed"),
            func.sum(Allocation.amount_minor).label("paid"),
        )
        .select_from(Document)
        .join(Allocation, Allocation.document_id == Document.id)
        .join(Receipt, Receipt.id == Allocation.receipt_id)
        .where(
            *standing.invoices(as_of, of_few=client_ids is not None),
            Document.closed_on <= as_of,
            Document.closed_on > as_of - WINDOW,
            Document.client_id.is_not(None),
            Allocation.deleted_at.is_(None),
            Allocation.amount_minor > 0,
            Receipt.deleted_at.is_(None),
            Receipt.kind != ReceiptKind.WRITE_OFF.value,
            Receipt.received_on <= as_of,
        )
        .group_by(Document.id)
        .order_by(Document.client_id, Document.closed_on, Document.id)
    )
    return query if client_ids is None else query.where(Document.client_id.in_(client_ids))


def habits(session: Session, *, as_of: dt.date, client_ids: Collection[int]) -> dict[int, Habit]:
    """Return how each of these clients pays; one statement, which gives one row a client."""
    few = list(client_ids) if len(client_ids) <= _FEW else None
    paid = paid_days(as_of, few).add_columns(Document.id).subquery("paid")
    # as figures.payment.rounded: whole numbers, and above zero, because SQL rounds towards it
    weighed = cast(paid.c.weighed, Integer) + _MOST_DAYS * paid.c.paid
    late = ((2 * weighed + paid.c.paid) // (2 * paid.c.paid) - _MOST_DAYS).label("late")
    of_year = cast(paid.c.closed_on > as_of - YEAR, Integer).label("of_year")
    each = select(paid.c.client_id, paid.c.closed_on, paid.c.id, late, of_year).subquery("each")
    rows = session.connection().execute(
        select(
            each.c.client_id,
            literal_column("group_concat(late, ' ' ORDER BY closed_on, id)").label("days"),
            func.sum(each.c.of_year).label("of_year"),
        )
        .select_from(each)
        .group_by(each.c.client_id)
    )
    unknown = habit([], of_year=[])
    found = dict.fromkeys(client_ids, unknown)
    for row in rows:
        if row.client_id in found:
            days = [int(one) for one in row.days.split()]
            found[row.client_id] = habit(days, of_year=days[len(days) - row.of_year :])
    return found


def habit_of(paid: Iterable[Any], as_of: dt.date) -> Habit:
    """Return the habit that the rows of :func:`paid_days` of one client show."""
    rows = [(row.closed_on, rounded(int(row.weighed), row.paid)) for row in paid]
    return habit(
        [late for _day, late in rows],
        of_year=[late for day, late in rows if day > as_of - YEAR],
    )


def late_payers(
    session: Session, *, as_of: dt.date, client_ids: Ids | None = None
) -> list[LatePayer]:
    """Return the clients with invoices past due on a date and how they pay, the most first."""
    items = standing.open_items(as_of, standing.may_be_overdue(as_of), client_ids=client_ids)
    overdue = session.connection().execute(
        select(
            items.c.client_id,
            Client.name,
            Client.city,
            Client.segment,
            items.c.number,
            items.c.due,
            items.c.open,
        )
        .join(Client, Client.id == items.c.client_id)
        .where(items.c.open > 0, items.c.due < as_of)
        .order_by(items.c.client_id, items.c.due, items.c.id)
    )
    late = {key: list(rows) for key, rows in groupby(overdue, lambda row: row.client_id)}
    known = habits(session, as_of=as_of, client_ids=late)
    orders = _late_orders(session, as_of, [key for key in late if _grows(known[key])])
    found = [
        LatePayer(
            client_id=key,
            name=rows[0].name,
            city=rows[0].city,
            segment=rows[0].segment,
            overdue_minor=sum(row.open for row in rows),
            oldest_days=(as_of - rows[0].due).days,
            invoices=len({row.number for row in rows}),
            habit=known[key],
            beyond=tuple(
                dict.fromkeys(
                    row.number for row in rows if known[key].is_beyond((as_of - row.due).days)
                )
            ),
            order_late_days=orders.get(key, 0),
        )
        for key, rows in late.items()
    ]
    return sorted(found, key=lambda one: (-one.overdue_minor, one.client_id))


def _grows(known: Habit) -> bool:
    return known.last is not None and known.year is not None and known.last > known.year


def _late_orders(session: Session, as_of: dt.date, client_ids: list[int]) -> dict[int, int]:
    """Return by how many days the next order of each is later than its own habit."""
    if not client_ids:
        return {}
    rows = session.connection().execute(
        select(Document.client_id, Document.issued_on)
        .where(
            *standing.invoices(as_of, of_few=len(client_ids) <= _FEW),
            Document.client_id.in_(client_ids),
        )
        .distinct()
        .order_by(Document.client_id)
    )
    found: dict[int, int] = {}
    for key, days in groupby(rows, lambda row: row.client_id):
        rhythm = order_rhythm((row.issued_on for row in days), as_of=as_of)
        if rhythm is not None:
            found[key] = rhythm.late_days
    return found
