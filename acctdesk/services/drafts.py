"""Half-typed captures and forms, kept inside the book; not journalled, never undone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from acctdesk.models import Draft
from acctdesk.models.base import utc_now


def save_draft(session: Session, *, key: str, value: Mapping[str, Any]) -> None:
    """Keep ``value`` (plain JSON values) under ``key``, over what was there."""
    text = json.dumps(value, ensure_ascii=False)
    draft = session.get(Draft, key)
    if draft is None:
        session.add(Draft(key=key, value=text, updated_at=utc_now()))
    elif draft.value != text:
        draft.value, draft.updated_at = text, utc_now()


def get_draft(session: Session, *, key: str) -> dict[str, Any] | None:
    """Return what was kept under ``key``, None where nothing was."""
    draft = session.get(Draft, key)
    if draft is None:
        return None
    value: dict[str, Any] = json.loads(draft.value)
    return value


def drop_draft(session: Session, *, key: str) -> None:
    """Forget what was kept under ``key``."""
    draft = session.get(Draft, key)
    if draft is not None:
        session.delete(draft)
