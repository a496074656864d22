"""What the officer chose for this book, each under its key: one road to read and to write it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.models import Setting


def read(session: Session, key: str) -> Any:
    """Return what was chosen, as JSON has it; None where nothing ever was."""
    kept = session.scalar(
        select(Setting.value).where(Setting.key == key, Setting.deleted_at.is_(None))
    )
    return None if kept is None else json.loads(kept)


def write(session: Session, key: str, value: Any) -> None:
    """Keep a choice; an equal one changes nothing, so that nothing is journalled."""
    text = json.dumps(value, ensure_ascii=False)
    setting = session.scalars(select(Setting).where(Setting.key == key)).first()
    if setting is None:
        session.add(Setting(key=key, value=text))
    elif setting.value != text or setting.deleted_at is not None:
        setting.value, setting.deleted_at = text, None
