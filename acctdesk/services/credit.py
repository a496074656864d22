"""How far a client can be trusted with an order: limit, exposure, headroom, and what trips.

Gross of VAT, minor units, on any day; the limit is the one of now. Definitions: ``figures.credit``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.figures.credit import CreditStanding, Exposure, answer, tripped
from acctdesk.i18n import msg
from acctdesk.kinds import CreditAnswer, CreditRule, KeyDateKind
from acctdesk.models import Client, Dispute, KeyDate, Order, Security
from acctdesk.services import checks, standing
from acctdesk.services.credit_rules import CreditRules, get_rules
from acctdesk.services.habits import late_payers
from acctdesk.services.standing import Ids, of_clients

NEAR = Decimal("0.95")  # of the limit, from which on it is said
# the key dates by which credit is looked at again
REVIEWS = (KeyDateKind.KYC, KeyDateKind.LIMIT, KeyDateKind.COVENANT, KeyDateKind.REVIEW)


class CreditLine(NamedTuple):
    """A client's credit on a day, and the rules that trip."""

    client_id: int
    name: str
    city: str | None
    segment: str | None
    as_of: dt.date
    standing: CreditStanding
    rules: tuple[CreditRule, ...]

    @property
    def answer(self) -> CreditAnswer:
        """What the rules come to."""
        return answer(self.rules)


@dataclass(frozen=True, slots=True)
class OrderTrial:
    """What an order would do: credit ``before`` and ``after`` it, by which ``thresholds``.

    What trips afterwards decides.
    """

    amount_minor: int
    before: CreditLine
    after: CreditLine
    thresholds: CreditRules


@dataclass(frozen=True, slots=True)
class Hold:
    """Why nothing new is to be offered to a client: too much overdue, an open dispute, or both.

    ``overdue_minor`` is 0 where it is within the officer's threshold.
    """

    client_id: int
    overdue_minor: int
    threshold_minor: int
    oldest_days: int
    disputes: int


@dataclass(frozen=True, slots=True)
class ClientCredit:
    """What the head of a record and the brief say of a client's credit."""

    exposure: Exposure
    hold: Hold | None


def client_credit(session: Session, *, client_id: int, as_of: dt.date) -> ClientCredit:
    """Return the exposure of a client and why nothing new is to be offered to it, if so.

    Raises:
        UserError: the client is not in the book.
    """
    checks.live(session, Client, client_id)
    ((*_client, exposure),) = _exposed(session, as_of, get_rules(session), [client_id])
    return ClientCredit(exposure, hold(session, client_id, as_of))


def _exposed(
    session: Session,
    as_of: dt.date,
    rules: CreditRules,
    client_ids: Ids | None,
    *which: ColumnElement[bool],
) -> Iterator[tuple[int, str, str | None, str | None, Exposure]]:
    """Give id, name, city, segment and exposure of those of the clients who fulfil ``which``."""
    orders = _orders(session, as_of, client_ids) if rules.count_orders else {}
    secured = secured_by_client(session, as_of=as_of, client_ids=client_ids)
    query = _owing(as_of).where(*of_clients(Client.id, client_ids), *which)
    for key, name, city, segment, limit, owed in session.connection().execute(query).all():
        exposure = Exposure(owed, orders.get(key, 0), secured.get(key, 0), limit)
        yield key, name, city, segment, exposure


@lru_cache(maxsize=4)
def _owing(as_of: dt.date) -> Select[*tuple[Any, ...]]:
    """Return the question for clients and their balances; made once a day."""
    return select(
        Client.id,
        Client.name,
        Client.city,
        Client.segment,
        Client.credit_limit_minor,
        standing.balance(as_of),
    ).where(Client.deleted_at.is_(None))


_IN_TIME = (0, 0, 0, False)  # as of a client with nothing past due


def credit_lines(
    session: Session, *, as_of: dt.date, client_ids: Ids | None = None
) -> list[CreditLine]:
    """Return the credit of clients: those asked for, or all who have a limit, owe or ordered.

    Over the limit first, by how much; then by the share of the limit that is used.
    """
    rules = get_rules(session)
    new_days = rules.limits.new_days
    payers = late_payers(session, as_of=as_of, client_ids=client_ids, new_days=new_days)
    late = {
        one.client_id: (one.overdue_minor, one.oldest_days, one.new_overdue_minor, one.is_slower)
        for one in payers
    }
    disputes = open_disputes(session, as_of=as_of, client_ids=client_ids)
    reviews = _review_late_days(session, as_of, client_ids)
    found = []
    for key, name, city, segment, exposure in _exposed(session, as_of, rules, client_ids):
        bare = exposure.limit_minor is None and not (exposure.owed_minor or exposure.orders_minor)
        if bare and client_ids is None:
            continue
        stands = CreditStanding(
            exposure, *late.get(key, _IN_TIME), disputes.get(key, 0), reviews.get(key, 0)
        )
        trips = tripped(stands, rules.limits)
        found.append(CreditLine(key, name, city, segment, as_of, stands, trips))
    return sorted(found, key=_worst_first)


@dataclass(frozen=True, slots=True)
class OverLimit:
    """A client over its limit."""

    client_id: int
    name: str
    exposure: Exposure


def over_limit(session: Session, *, as_of: dt.date) -> list[OverLimit]:
    """Return the clients over their limits, the most over first; active ones."""
    may_be = Client.active.is_(True), Client.credit_limit_minor.is_not(None)
    found = [
        OverLimit(key, name, exposure)
        for key, name, _city, _segment, exposure in _exposed(
            session, as_of, get_rules(session), None, *may_be
        )
        if exposure.is_over
    ]
    return sorted(found, key=lambda one: (one.exposure.headroom_minor or 0, one.client_id))


def _worst_first(line: CreditLine) -> tuple[int, float, int, str, int]:
    held = line.standing.exposure
    exposure, limit = held.exposure_minor, held.limit_minor
    over = 0 if limit is None or exposure <= limit else limit - exposure
    used = exposure / limit if limit else 0.0
    return over, -used, -exposure, line.name, line.client_id


def credit_line(session: Session, *, client_id: int, as_of: dt.date) -> CreditLine:
    """Return the credit of one client.

    Raises:
        UserError: the client is not in the book.
    """
    found = credit_lines(session, as_of=as_of, client_ids=[client_id])
    if not found:
        raise UserError(msg("Services", "This client is no longer in the book."))
    return found[0]


def order_trial(
    session: Session, *, client_id: int, amount_minor: int, as_of: dt.date
) -> OrderTrial:
    """Return what an order of an amount would do to a client's credit.

    Raises:
        UserError: the client is not in the book, or the amount is not above zero.
    """
    if amount_minor <= 0:
        raise UserError(msg("Credit", "The amount of an order must be above zero."))
    before = credit_line(session, client_id=client_id, as_of=as_of)
    rules = get_rules(session)
    more = before.standing._replace(exposure=before.standing.exposure.with_order(amount_minor))
    after = before._replace(standing=more, rules=tripped(more, rules.limits))
    return OrderTrial(amount_minor, before, after, rules)


def hold(session: Session, client_id: int, as_of: dt.date) -> Hold | None:
    """Return why nothing new is to be offered to a client on a day, None where nothing is.

    Offers and deals ask here. Overdue counts above the officer's threshold.
    """
    return holds(session, as_of=as_of, client_ids=[client_id]).get(client_id)


def holds(session: Session, *, as_of: dt.date, client_ids: Ids | None = None) -> dict[int, Hold]:
    """Return the clients to whom nothing new is to be offered, and why: see :func:`hold`."""
    threshold = get_rules(session).pitch_overdue_minor
    overdue = _overdue(session, as_of, client_ids)
    disputes = open_disputes(session, as_of=as_of, client_ids=client_ids)
    found = {}
    for client_id in overdue.keys() | disputes.keys():
        late = overdue.get(client_id)
        if late is not None and late.amount <= threshold:
            late = None
        if late is not None or client_id in disputes:
            found[client_id] = Hold(
                client_id=client_id,
                overdue_minor=0 if late is None else late.amount,
                threshold_minor=threshold,
                oldest_days=0 if late is None else (as_of - late.since).days,
                disputes=disputes.get(client_id, 0),
            )
    return found


def _overdue(session: Session, as_of: dt.date, client_ids: Ids | None) -> dict[int, Any]:
    items = standing.open_items(as_of, standing.may_be_overdue(as_of), client_ids=client_ids)
    rows = session.execute(
        select(
            items.c.client_id,
            func.sum(items.c.open).label("amount"),
            func.min(items.c.due).label("since"),
        )
        .where(items.c.open > 0, items.c.due < as_of)
        .group_by(items.c.client_id)
    )
    return {row.client_id: row for row in rows}


def _orders(session: Session, as_of: dt.date, client_ids: Ids | None) -> dict[int, int]:
    rows = session.execute(
        select(Order.client_id, func.sum(Order.amount_minor))
        .where(*open_orders(as_of), *of_clients(Order.client_id, client_ids))
        .group_by(Order.client_id)
    )
    return {row[0]: row[1] for row in rows}


def open_orders(as_of: dt.date) -> list[Any]:
    """Return the conditions of an order that was taken and not yet invoiced at the end of a day."""
    return [
        Order.deleted_at.is_(None),
        Order.ordered_on <= as_of,
        Order.closed_on.is_(None) | (Order.closed_on > as_of),
    ]


def secured_by_client(
    session: Session, *, as_of: dt.date, client_ids: Ids | None = None
) -> dict[int, int]:
    """Return what is secured of each client on a day; the last day of a security counts."""
    rows = session.execute(
        select(Security.client_id, func.sum(Security.amount_minor))
        .where(
            Security.deleted_at.is_(None),
            Security.from_on.is_(None) | (Security.from_on <= as_of),
            Security.until_on.is_(None) | (Security.until_on >= as_of),
            *of_clients(Security.client_id, client_ids),
        )
        .group_by(Security.client_id)
    )
    return {row[0]: row[1] for row in rows}


def open_disputes(
    session: Session, *, as_of: dt.date, client_ids: Ids | None = None
) -> dict[int, int]:
    """Return how many disputes were open with each client at the end of a day."""
    rows = session.execute(
        select(Dispute.client_id, func.count())
        .where(*standing.disputes(as_of), *of_clients(Dispute.client_id, client_ids))
        .group_by(Dispute.client_id)
    )
    return {row[0]: row[1] for row in rows}


def _review_late_days(session: Session, as_of: dt.date, client_ids: Ids | None) -> dict[int, int]:
    """Return how long the earliest review of each client has been past its day and not done."""
    rows = session.execute(
        select(KeyDate.client_id, func.min(KeyDate.on_date))
        .where(
            KeyDate.deleted_at.is_(None),
            KeyDate.kind.in_([kind.value for kind in REVIEWS]),
            KeyDate.on_date < as_of,
            KeyDate.closed_on.is_(None) | (KeyDate.closed_on > as_of),
            *of_clients(KeyDate.client_id, client_ids),
        )
        .group_by(KeyDate.client_id)
    )
    return {row[0]: (as_of - row[1]).days for row in rows}
