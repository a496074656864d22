"""Reviews: the risk class of clients and who gave it, and the reviews that come round.

The open review is a key date; its kind says of what. Doing it closes the date and makes the next.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import KeyDateKind, RiskClass
from acctdesk.models import Client, KeyDate, RiskRating
from acctdesk.periods import add_months
from acctdesk.services import checks
from acctdesk.services.case_rows import KeyDateRow
from acctdesk.services.credit import REVIEWS
from acctdesk.services.credit_rules import get_rules
from acctdesk.services.key_dates import coming_key_dates

YEAR = 12  # months to the next review of what has no risk class of its own


@dataclass(frozen=True, slots=True)
class Rating:
    """The risk class of a client from a day on, who gave it and why."""

    id: int
    from_on: dt.date
    risk: RiskClass
    who: str | None
    reason: str | None


def ratings(session: Session, *, client_id: int) -> list[Rating]:
    """Return the risk classes that a client has had, the latest first."""
    query = (
        select(
            RiskRating.id, RiskRating.from_on, RiskRating.risk, RiskRating.who, RiskRating.reason
        )
        .where(RiskRating.client_id == client_id, RiskRating.deleted_at.is_(None))
        .order_by(RiskRating.from_on.desc(), RiskRating.id.desc())
    )
    return [
        Rating(row.id, row.from_on, RiskClass(row.risk), row.who, row.reason)
        for row in session.execute(query)
    ]


def risk_of(session: Session, *, client_id: int, as_of: dt.date) -> RiskClass | None:
    """Return the risk class of a client on a day, None where it has none."""
    found = (one.risk for one in ratings(session, client_id=client_id) if one.from_on <= as_of)
    return next(found, None)


def set_risk(
    session: Session,
    *,
    client_id: int,
    risk: RiskClass,
    reason: str | None,
    who: str | None,
    today: dt.date,
) -> int:
    """Give a client a risk class from today on; return the id of the rating.

    The open review of who the client is moves: to the months of the new class after the last one
    that was done, or after today where none was, but never to a day that has passed. Where none is
    open, one is made.

    Raises:
        UserError: no reason is given.
    """
    checks.live(session, Client, client_id)
    missing = msg("Credit", "Say why, so that others can follow it.")
    made = RiskRating(
        client_id=client_id,
        from_on=today,
        risk=RiskClass(risk).value,
        who=checks.plain(RiskRating, "who", who),
        reason=checks.required(RiskRating, "reason", reason, missing),
    )
    session.add(made)
    open_ = _open(session, client_id, KeyDateKind.KYC)
    last = session.scalar(
        select(KeyDate.closed_on)
        .where(
            KeyDate.client_id == client_id,
            KeyDate.kind == KeyDateKind.KYC.value,
            KeyDate.deleted_at.is_(None),
            KeyDate.closed_on.is_not(None),
        )
        .order_by(KeyDate.closed_on.desc())
        .limit(1)
    )
    due = max(today, add_months(last or today, get_rules(session).months(RiskClass(risk))))
    if open_ is None:
        session.add(KeyDate(client_id=client_id, kind=KeyDateKind.KYC.value, on_date=due))
    else:
        open_.on_date = due
    session.flush()
    return made.id


def _open(session: Session, client_id: int, kind: KeyDateKind) -> KeyDate | None:
    return session.scalars(
        select(KeyDate)
        .where(
            KeyDate.client_id == client_id,
            KeyDate.kind == kind.value,
            KeyDate.deleted_at.is_(None),
            KeyDate.closed_on.is_(None),
        )
        .order_by(KeyDate.on_date, KeyDate.id)
        .limit(1)
    ).first()


def do_review(session: Session, *, key_date_id: int, on: dt.date) -> int:
    """Mark a review as done and make the next one of its kind; return the id of the next.

    Who the client is comes round by its risk class (medium where it has none), the rest every year.

    Raises:
        UserError: this date is no review, or it was closed already.
    """
    done = checks.live(session, KeyDate, key_date_id)
    kind = KeyDateKind(done.kind)
    if kind not in REVIEWS:
        raise UserError(msg("Credit", "This date is not a review."))
    if done.closed_on is not None:
        raise UserError(msg("Credit", "This review was done already."))
    done.closed_on = checks.day(on)
    months = YEAR
    if kind is KeyDateKind.KYC:
        risk = risk_of(session, client_id=done.client_id, as_of=on) or RiskClass.MEDIUM
        months = get_rules(session).months(risk)
    coming = KeyDate(
        client_id=done.client_id,
        kind=kind.value,
        title=done.title,
        on_date=add_months(on, months),
        lead_days=done.lead_days,
    )
    session.add(coming)
    session.flush()
    return coming.id


def reviews(session: Session, *, today: dt.date, until: dt.date) -> list[KeyDateRow]:
    """Return the open reviews of all clients up to a day, the earliest first."""
    return coming_key_dates(session, today=today, kinds=REVIEWS, until=until)
