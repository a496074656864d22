"""How clients pay by their own habit, and who begins to pay later than it used to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, cast, func, literal_column, select
from sqlalchemy.orm import Session

from acctdesk.figures.payment import Habit, habit
from acctdesk.figures.rhythm import order_rhythm
from acctdesk.models import Client, Document
from acctdesk.services import standing
from acctdesk.services.standing import Ids

WINDOW = dt.timedelta(days=730)  # paid invoices that show a habit
YEAR = dt.timedelta(days=365)


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
    new_overdue_minor: int
    oldest_days: int
    invoices: int
    habit: Habit
    beyond: tuple[str, ...]
    order_late_days: int

    @property
    def is_slower(self) -> bool:
        """Whether it pays later than it used to, by any of the three signs."""
        return bool(self.beyond) or self.habit.slower is not None or self.order_late_days > 0


def paid_days(as_of: dt.date, whose: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Ask for ``id``, ``client_id``, ``closed_on``, ``late_days`` of invoices paid in two years.

    What credit notes closed or was written off was not paid. The first paid come first.
    """
    return (
        select(Document.id, Document.client_id, Document.closed_on, Document.late_days)
        .where(
            standing.is_invoice_too(),
            Document.deleted_at.is_(None),
            Document.late_days.is_not(None),
            Document.closed_on <= as_of,
            Document.closed_on > as_of - WINDOW,
            whose,
        )
        .order_by(Document.client_id, Document.closed_on, Document.id)
    )


def habits(session: Session, *, as_of: dt.date, client_ids: Collection[int]) -> dict[int, Habit]:
    """Return how each of these clients pays; one statement, which gives one row a client."""
    whose = Document.client_id.in_(standing.these(client_ids))
    paid = paid_days(as_of, whose).order_by(None).subquery("paid")
    rows = session.connection().execute(
        select(
            paid.c.client_id,
            literal_column("json_group_array(late_days ORDER BY closed_on, id)"),
            func.sum(cast(paid.c.closed_on > as_of - YEAR, Integer)),
        )
        .select_from(paid)
        .group_by(paid.c.client_id)
    )
    found = dict.fromkeys(client_ids, habit([], of_year=[]))
    for client_id, listed, of_year in rows.all():
        days = json.loads(listed)
        found[client_id] = habit(days, of_year=days[len(days) - of_year :])
    return found


def habit_of(paid: Iterable[Any], as_of: dt.date) -> Habit:
    """Return the habit that the rows of :func:`paid_days` of one client show."""
    rows = [(row.closed_on, row.late_days) for row in paid]
    return habit(
        [late for _day, late in rows],
        of_year=[late for day, late in rows if day > as_of - YEAR],
    )


def late_payers(
    session: Session, *, as_of: dt.date, client_ids: Ids | None = None, new_days: int = 0
) -> list[LatePayer]:
    """Return the clients with invoices past due on a date and how they pay, the most first.

    What fell due within the last ``new_days`` is new.
    """
    items = standing.open_items(as_of, standing.may_be_overdue(as_of), client_ids=client_ids)
    query = (
        select(
            items.c.client_id,
            Client.name,
            Client.city,
            Client.segment,
            Document.number,
            items.c.due,
            items.c.open,
        )
        .join(Client, Client.id == items.c.client_id)
        .join(Document, Document.id == items.c.id)
        .where(items.c.open > 0, items.c.due < as_of)
        .order_by(items.c.client_id, items.c.due, items.c.id)
    )
    overdue = session.connection().execute(query).all()
    late = {key: list(rows) for key, rows in groupby(overdue, lambda row: row.client_id)}
    known = habits(session, as_of=as_of, client_ids=late)
    orders = _late_orders(session, as_of, [key for key in late if _grows(known[key])])
    new_from = as_of - dt.timedelta(days=new_days)
    found = [
        LatePayer(
            client_id=key,
            name=rows[0].name,
            city=rows[0].city,
            segment=rows[0].segment,
            overdue_minor=sum(row.open for row in rows),
            new_overdue_minor=sum(row.open for row in rows if row.due >= new_from),
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
        select(Document.client_id, func.group_concat(Document.issued_on, " "))
        .where(
            *standing.invoices(as_of, of_few=True),
            Document.client_id.in_(standing.these(client_ids)),
        )
        .group_by(Document.client_id)
    )
    found: dict[int, int] = {}
    for key, listed in rows.all():
        rhythm = order_rhythm(map(dt.date.fromisoformat, listed.split()), as_of=as_of)
        if rhythm is not None:
            found[key or 0] = rhythm.late_days
    return found
