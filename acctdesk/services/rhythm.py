"""How often the officer wants to be in touch: the days that each segment has, kept in the book."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.figures.rhythm import OTHERS, USUAL_GAPS, Gap
from acctdesk.i18n import msg
from acctdesk.models import Setting
from acctdesk.services.standing import RHYTHM

__all__ = [
    "MOST_GAP",
    "OTHERS",
    "USUAL_GAPS",
    "Gap",
    "check_order",
    "checked_days",
    "get_gaps",
    "set_gaps",
]

MOST_GAP = 3650


def get_gaps(session: Session) -> dict[str, Gap]:
    """Return the days of each segment and of the others; what was never chosen has the usual."""
    kept = session.scalar(
        select(Setting.value).where(Setting.key == RHYTHM, Setting.deleted_at.is_(None))
    )
    chosen = json.loads(kept) if kept else {}
    return {
        segment: Gap(**chosen[segment]) if segment in chosen else usual
        for segment, usual in USUAL_GAPS.items()
    }


def set_gaps(session: Session, *, gaps: Mapping[str, Gap]) -> None:
    """Change the days of the segments that are given (keys of ``USUAL_GAPS``).

    Raises:
        UserError: a number of days cannot be one, or an ideal is above its most; nothing changed.
    """
    unknown = gaps.keys() - USUAL_GAPS.keys()
    if unknown:
        raise ValueError(f"no such segment: {', '.join(sorted(unknown))}")
    for gap in gaps.values():
        check_order(checked_days(gap.ideal), checked_days(gap.most))
    wanted = get_gaps(session) | dict(gaps)
    text = json.dumps(
        {segment: {"ideal": gap.ideal, "most": gap.most} for segment, gap in wanted.items()}
    )
    setting = session.scalars(select(Setting).where(Setting.key == RHYTHM)).first()
    if setting is None:
        session.add(Setting(key=RHYTHM, value=text))
    elif setting.value != text or setting.deleted_at is not None:
        setting.value, setting.deleted_at = text, None


def checked_days(days: int) -> int:
    """Return a number of days between two contacts, or refuse."""
    if not 1 <= days <= MOST_GAP:
        raise UserError(
            msg(
                "Services", "The days between two contacts must be from 1 to {most}.", most=MOST_GAP
            )
        )
    return days


def check_order(ideal: int | None, most: int | None) -> None:
    """Refuse an ideal that is above the most."""
    if ideal is not None and most is not None and ideal > most:
        raise UserError(
            msg(
                "Services",
                "The ideal ({ideal} days) is above the most ({most} days). Make it smaller.",
                ideal=ideal,
                most=most,
            )
        )
