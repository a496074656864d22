"""The ledger of promises: what we and they undertook, when, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from acctdesk.figures.promises import COUNTED, KeptRatio
from acctdesk.kinds import InteractionKind, PromiseBy, PromiseOutcome, PromiseState
from acctdesk.models import Client, Interaction, Promise
from acctdesk.services.days import local_day
from acctdesk.services.interactions import promise_columns, promise_row
from acctdesk.services.rows import LedgerLine

__all__ = ["COUNTED", "MOST", "KeptRatio", "kept_ratios", "ledger_counts", "promise_ledger"]

MOST = 2_000  # lines of the ledger


def outcome_of(as_of: dt.date) -> ColumnElement[str]:
    """Return what has become of the promise at hand. Definition: ``figures.promises.outcome``."""
    is_open = or_(Promise.state == PromiseState.OPEN.value, Promise.settled_on > as_of)
    settled_late = func.coalesce(Promise.settled_on > Promise.due_on, False)
    return case(
        (
            is_open,
            case(
                (func.coalesce(Promise.due_on < as_of, False), PromiseOutcome.OVERDUE.value),
                else_=PromiseOutcome.OPEN.value,
            ),
        ),
        (Promise.state == PromiseState.BROKEN.value, PromiseOutcome.BROKEN.value),
        (settled_late, PromiseOutcome.KEPT_LATE.value),
        else_=PromiseOutcome.KEPT.value,
    )


def _live(client_id: int | None, given_by: PromiseBy | None) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [Promise.deleted_at.is_(None), Client.deleted_at.is_(None)]
    if client_id is not None:
        wanted.append(Promise.client_id == client_id)
    if given_by is not None:
        wanted.append(Promise.given_by == given_by.value)
    return wanted


def kept_ratios(
    session: Session, *, today: dt.date, client_id: int | None = None
) -> dict[PromiseBy, KeptRatio]:
    """Return how many promises each side kept, with one client or with all; one statement."""
    counts = _counts(session, today, client_id, None)
    return {by: KeptRatio(*(counts.get((by, one), 0) for one in COUNTED)) for by in PromiseBy}


def ledger_counts(
    session: Session,
    *,
    today: dt.date,
    client_id: int | None = None,
    given_by: PromiseBy | None = None,
) -> dict[PromiseOutcome, int]:
    """Return how many promises came to each outcome; one statement."""
    counts = _counts(session, today, client_id, given_by)
    return {
        outcome: sum(counts.get((by, outcome), 0) for by in PromiseBy) for outcome in PromiseOutcome
    }


def _counts(
    session: Session, today: dt.date, client_id: int | None, given_by: PromiseBy | None
) -> dict[tuple[PromiseBy, PromiseOutcome], int]:
    outcome = outcome_of(today).label("outcome")
    rows = session.execute(
        select(Promise.given_by, outcome, func.count().label("n"))
        .join(Client, Client.id == Promise.client_id)
        .where(*_live(client_id, given_by))
        .group_by(Promise.given_by, outcome)
    )
    return {(PromiseBy(row.given_by), PromiseOutcome(row.outcome)): row.n for row in rows}


def promise_ledger(
    session: Session,
    *,
    today: dt.date,
    outcomes: Collection[PromiseOutcome] = tuple(PromiseOutcome),
    client_id: int | None = None,
    given_by: PromiseBy | None = None,
    limit: int = MOST,
) -> list[LedgerLine]:
    """Return the lines of the ledger: the open ones by their day, then the settled, newest first.

    Those without a day come after the dated open ones; one statement.
    """
    outcome = outcome_of(today).label("outcome")
    is_open = outcome_of(today).in_((PromiseOutcome.OPEN.value, PromiseOutcome.OVERDUE.value))
    query: Select[*tuple[Any, ...]] = (
        promise_columns()
        .add_columns(
            Client.name.label("client_name"),
            outcome,
            Promise.created_at,
            Interaction.happened_at,
            Interaction.kind,
        )
        .join(Client, Client.id == Promise.client_id)
        .outerjoin(
            Interaction,
            and_(Interaction.id == Promise.interaction_id, Interaction.deleted_at.is_(None)),
        )
        .where(*_live(client_id, given_by), outcome_of(today).in_([one.value for one in outcomes]))
        .order_by(
            is_open.desc(),
            case((is_open, Promise.due_on), else_=None).nulls_last(),
            Promise.settled_on.desc(),
            Promise.id,
        )
        .limit(limit)
    )
    return [_line(row) for row in session.execute(query)]


def _line(row: Any) -> LedgerLine:
    values = row._asdict()
    given = values.pop("happened_at") or values["created_at"]
    kind = values.pop("kind")
    outcome = PromiseOutcome(values.pop("outcome"))
    del values["created_at"]
    return LedgerLine(
        promise=promise_row(values),
        outcome=outcome,
        given_on=local_day(given),
        given_in=None if kind is None else InteractionKind(kind),
    )
