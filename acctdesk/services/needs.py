"""Needs: what a client said that it needs, in which contact, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from acctdesk.i18n import msg
from acctdesk.kinds import NeedState
from acctdesk.models import Client, Need
from acctdesk.models.base import utc_now
from acctdesk.services import checks
from acctdesk.services.rows import NeedRow


def add_need(
    session: Session, *, client_id: int, what: str, interaction_id: int | None = None
) -> int:
    """Record what a client needs, as it was heard; return its id."""
    need = Need(
        client_id=checks.live(session, Client, client_id).id,
        interaction_id=interaction_id,
        what=_what(what),
        state=NeedState.OPEN.value,
    )
    session.add(need)
    session.flush()
    return need.id


def update_need(
    session: Session,
    *,
    need_id: int,
    what: str,
    state: NeedState,
    result: str | None,
    on: dt.date,
    expected_version: int | None = None,
) -> None:
    """Say what became of a need: met or dropped on a day with a result, or open again.

    Raises:
        ConflictError: the need changed since ``expected_version``.
    """
    need = checks.live(session, Need, need_id)
    is_open = state is NeedState.OPEN
    values: dict[str, Any] = {
        "what": _what(what),
        "state": NeedState(state).value,
        "result": None if is_open else checks.plain(Need, "result", result),
    }
    checks.expect_version(need, expected_version, values)
    if need.state != values["state"]:
        values["closed_on"] = None if is_open else checks.day(on)
    checks.assign(need, values)


def trash_need(session: Session, *, need_id: int) -> None:
    """Move a need to the trash."""
    checks.live(session, Need, need_id).deleted_at = utc_now()


def open_needs(session: Session, *, client_id: int) -> list[NeedRow]:
    """Return what a client still needs, in the order in which it was heard."""
    return _rows(
        session,
        _needs().where(Need.client_id == client_id, Need.state == NeedState.OPEN.value),
    )


def needs_of(session: Session, *, interaction_ids: Sequence[int]) -> list[NeedRow]:
    """Return the needs heard in these interactions, in the order in which they were heard."""
    if not interaction_ids:
        return []
    return _rows(session, _needs().where(Need.interaction_id.in_(interaction_ids)))


def get_need(session: Session, *, need_id: int) -> NeedRow | None:
    """Return a need, None where it is gone."""
    return next(iter(_rows(session, _needs().where(Need.id == need_id))), None)


def _needs() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Need.id,
            Need.client_id,
            Need.interaction_id,
            Need.what,
            Need.state,
            Need.closed_on,
            Need.result,
            Need.version,
        )
        .where(Need.deleted_at.is_(None))
        .order_by(Need.id)
    )


def _rows(session: Session, query: Select[*tuple[Any, ...]]) -> list[NeedRow]:
    return [
        NeedRow(**{**row._asdict(), "state": NeedState(row.state)})
        for row in session.execute(query)
    ]


def _what(text: str) -> str:
    return checks.required(Need, "what", text, msg("Needs", "Say what is needed."))
