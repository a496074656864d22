"""How clients pay by their own habit, and who begins to pay later than it used to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from acctdesk.figures.payment import LAST, Delay, Habit, delay, habit
from acctdesk.figures.rhythm import order_rhythm
from acctdesk.models import Client, Document
from acctdesk.services import standing
from acctdesk.services.standing import Ids

WINDOW = dt.timedelta(days=730)  # paid invoices that show a habit
YEAR = dt.timedelta(days=365)


class LatePayer(NamedTuple):
    """A client with invoices past due, and how it pays; gross, minor units.

    ``oldest_days`` is how long the oldest has been due; ``beyond`` are the numbers of the open
    invoices that wait longer than four of five ever did, the oldest first. ``order_late_days``
    tells how much later than usual the next order is, where the delay grows with it: the third
    sign, which is looked for where neither of the others is.
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
    order_late_days: int = 0

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
        .where(*_paid(as_of, WINDOW), whose)
        .order_by(Document.client_id, Document.closed_on, Document.id)
    )


def _paid(until: dt.date, within: dt.timedelta) -> list[ColumnElement[bool]]:
    return [
        standing.is_invoice_too(),
        Document.deleted_at.is_(None),
        Document.late_days.is_not(None),
        Document.closed_on <= until,
        Document.closed_on > until - within,
    ]


def habits(session: Session, *, as_of: dt.date, client_ids: Collection[int]) -> dict[int, Habit]:
    """Return how each of these clients pays; one statement, which gives one row a client.

    No order is asked of the two years, which would be sorted for it, but of the latest alone.
    """
    latest = (
        select(Document.late_days)
        .where(*_paid(as_of, WINDOW), Document.client_id == Client.id)
        .order_by(Document.closed_on.desc(), Document.id.desc())
        .limit(LAST)
        .correlate(Client)
        .subquery("latest")
    )
    found = _listed(
        session,
        client_ids,
        _late_days(as_of - YEAR, WINDOW - YEAR),
        _late_days(as_of, YEAR),
        select(func.json_group_array(latest.c.late_days)).scalar_subquery(),
    )
    return {
        client_id: habit([*older, *of_year], of_year=of_year, latest=last)
        for client_id, older, of_year, last in found
    }


def delays(session: Session, *, as_of: dt.date, client_ids: Collection[int]) -> dict[int, Delay]:
    """Return ``usual`` and ``late`` of :func:`habits`, of those of these clients that have them."""
    found = _listed(session, client_ids, _late_days(as_of, WINDOW))
    known = ((client_id, delay(days)) for client_id, days in found)
    return {client_id: one for client_id, one in known if one is not None}


def _late_days(until: dt.date, within: dt.timedelta) -> ColumnElement[str]:
    """Return the days late of the invoices that the client at hand paid, as a list in JSON."""
    return (
        select(func.json_group_array(Document.late_days))
        .where(*_paid(until, within), Document.client_id == Client.id)
        .correlate(Client)
        .scalar_subquery()
    )


def _listed(
    session: Session, client_ids: Collection[int], *lists: ColumnElement[str]
) -> Iterator[tuple[Any, ...]]:
    """Yield each of these clients with its lists, which come in JSON."""
    query = select(Client.id, *lists).where(Client.id.in_(standing.these(client_ids)))
    rows: Sequence[Any] = session.connection().execute(query).all()
    # all of a kind are read at once: to begin with each costs as much as to read it
    read = (
        json.loads(f"[{','.join([row[place] for row in rows])}]")
        for place in range(1, len(lists) + 1)
    )
    return zip((row[0] for row in rows), *read, strict=True)


def habit_of(paid: Iterable[Any], as_of: dt.date) -> Habit:
    """Return the habit that the rows of :func:`paid_days` of one client show."""
    rows = [(row.closed_on, row.late_days) for row in paid]
    days = [late for _day, late in rows]
    return habit(
        days,
        of_year=[late for day, late in rows if day > as_of - YEAR],
        latest=days[-LAST:],
    )


def late_payers(
    session: Session, *, as_of: dt.date, client_ids: Ids | None = None, new_days: int = 0
) -> list[LatePayer]:
    """Return the clients with invoices past due on a date and how they pay, the most first.

    What fell due within the last ``new_days`` is new.
    """
    query = _overdue_of_all(as_of) if client_ids is None else _overdue(as_of, client_ids)
    rows = session.connection().execute(query).all()
    late = {key: list(own) for key, own in groupby(rows, itemgetter(0))}
    known = habits(session, as_of=as_of, client_ids=late)
    new_from = as_of - dt.timedelta(days=new_days)
    found = [
        _late_payer(own, known[key], as_of=as_of, new_from=new_from) for key, own in late.items()
    ]
    growing = [one.client_id for one in found if not one.is_slower and _grows(one.habit)]
    orders = _late_orders(session, as_of, growing)
    for place, one in enumerate(found):
        if one.client_id in orders:
            found[place] = one._replace(order_late_days=orders[one.client_id])
    return sorted(found, key=lambda one: (-one.overdue_minor, one.client_id))


def _overdue(as_of: dt.date, client_ids: Ids | None) -> Select[*tuple[Any, ...]]:
    """Return the question for what is past due, by client, the oldest first."""
    items = standing.open_items(as_of, standing.may_be_overdue(as_of), client_ids=client_ids)
    return (
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


@lru_cache(maxsize=4)
def _overdue_of_all(as_of: dt.date) -> Select[*tuple[Any, ...]]:
    return _overdue(as_of, None)  # made once a day


def _late_payer(rows: list[Any], known: Habit, *, as_of: dt.date, new_from: dt.date) -> LatePayer:
    """Return what a client's items past due say, the oldest first."""
    client_id, name, city, segment, _number, oldest, _open = rows[0]
    overdue = new = 0
    beyond: dict[str, bool] = {}  # by the number of the invoice, whose oldest part comes first
    for *_client, number, due, open_minor in rows:
        overdue += open_minor
        if due >= new_from:
            new += open_minor
        if number not in beyond:
            beyond[number] = known.is_beyond((as_of - due).days)
    return LatePayer(
        client_id=client_id,
        name=name,
        city=city,
        segment=segment,
        overdue_minor=overdue,
        new_overdue_minor=new,
        oldest_days=(as_of - oldest).days,
        invoices=len(beyond),
        habit=known,
        beyond=tuple(number for number, waits in beyond.items() if waits),
    )


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
