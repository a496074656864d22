"""Who takes which share of the credit for a client: whole sets, each from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.models import Client, CreditShare
from acctdesk.models.base import utc_now
from acctdesk.services import checks
from acctdesk.services.case_rows import Share, ShareSet

WHOLE = 10_000  # hundredths of a per cent
_STEPS = Decimal(WHOLE)


def set_shares(
    session: Session, *, client_id: int, from_on: dt.date, shares: Sequence[Share]
) -> None:
    """Let these shares hold from a day on, until the next set; none: the set of that day goes.

    Raises:
        UserError: a name is missing or stands twice, a share is not above zero, or together they
            are not 100 %; the sentence says what they are.
    """
    checks.live(session, Client, client_id)
    day = checks.day(from_on) or from_on
    wanted = {_name(share): share for share in shares}
    if len(wanted) != len(shares):
        raise UserError(msg("Shares", "A name stands twice. Write each person once."))
    if any(share.share_bp <= 0 for share in shares):
        raise UserError(msg("Shares", "A share must be above 0 %."))
    together = sum(share.share_bp for share in shares)
    if shares and together != WHOLE:
        raise UserError(
            msg(
                "Shares",
                "Together the shares are {sum}. They must be exactly 100 %.",
                sum=percent(together),
            )
        )
    held = {
        one.who: one
        for one in session.scalars(
            select(CreditShare).where(*_of(client_id), CreditShare.from_on == day)
        )
    }
    for who, one in held.items():
        if who not in wanted:
            one.deleted_at = utc_now()
    for who, share in wanted.items():
        values = {
            "role": checks.plain(CreditShare, "role", share.role),
            "share_bp": share.share_bp,
        }
        if who in held:
            checks.assign(held[who], values)
        else:
            session.add(CreditShare(client_id=client_id, from_on=day, who=who, **values))
    session.flush()


def percent(share_bp: int) -> str:
    """Return a share as it is written: 33.33 %, 50 %."""
    ratio = share_bp / _STEPS
    return formats.percent(ratio, 2 if share_bp % 100 else 0)


def _name(share: Share) -> str:
    return checks.required(CreditShare, "who", share.who, msg("Shares", "A share needs a name."))


def _of(client_id: int) -> tuple[Any, ...]:
    return (CreditShare.client_id == client_id, CreditShare.deleted_at.is_(None))


def share_history(session: Session, *, client_id: int) -> list[ShareSet]:
    """Return every set of shares of a client, the latest first."""
    rows = session.execute(
        select(CreditShare.from_on, CreditShare.who, CreditShare.share_bp, CreditShare.role)
        .where(*_of(client_id))
        .order_by(CreditShare.from_on.desc(), CreditShare.share_bp.desc(), CreditShare.who)
    ).all()
    return [
        ShareSet(day, tuple(Share(row.who, row.share_bp, row.role) for row in held))
        for day, held in groupby(rows, key=lambda row: row.from_on)
    ]


def shares_at(session: Session, *, client_id: int, on: dt.date) -> ShareSet | None:
    """Return the shares that hold on a day, None where none were set by then."""
    history = share_history(session, client_id=client_id)
    return next((one for one in history if one.from_on <= on), None)
