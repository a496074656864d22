"""The officer and the book's preferences."""

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import Language
from acctdesk.models import Document, Receipt, Setting, Target
from acctdesk.services.rows import Profile
from acctdesk.text import clean

_DEFAULTS: dict[str, Any] = {
    "officer": "",
    "company": "",
    "currency": "EUR",
    "fiscal_start": 1,
    "language": Language.EL.value,
    "demo": False,
}


def get_profile(session: Session) -> Profile:
    """Return the profile; what was never chosen has its default."""
    rows = session.execute(
        select(Setting.key, Setting.value).where(
            Setting.key.in_(_DEFAULTS), Setting.deleted_at.is_(None)
        )
    )
    return Profile(**(_DEFAULTS | {row.key: json.loads(row.value) for row in rows}))


def book_uid(session: Session) -> str:
    """Return the number that tells this book from every other, whatever its file is called."""
    value = session.scalar(select(Setting.value).where(Setting.key == "book_uid"))
    return "" if value is None else str(json.loads(value))


def holds_amounts(session: Session) -> bool:
    """Tell whether the book has documents, receipts or targets: its currency is fixed then."""
    return any(
        session.execute(select(model.id).limit(1)).scalar() is not None
        for model in (Document, Receipt, Target)
    )


def set_profile(
    session: Session,
    *,
    officer: str | None = None,
    company: str | None = None,
    currency: str | None = None,
    fiscal_start: int | None = None,
    language: str | None = None,
) -> None:
    """Change what is given of the profile.

    Raises:
        UserError: a value is wrong, or the currency is fixed by amounts; nothing was changed.
    """
    values: dict[str, Any] = {}
    if officer is not None:
        values["officer"] = clean(officer)
    if company is not None:
        values["company"] = clean(company)
    if currency is not None:
        values["currency"] = checked_currency(currency)
        if values["currency"] != get_profile(session).currency and holds_amounts(session):
            raise UserError(
                msg(
                    "Services",
                    "The book holds amounts, so its currency stays. Make a new book for another.",
                )
            )
    if fiscal_start is not None:
        values["fiscal_start"] = checked_fiscal_start(fiscal_start)
    if language is not None:
        values["language"] = Language(language).value
    stored = {
        setting.key: setting
        for setting in session.scalars(select(Setting).where(Setting.key.in_(values)))
    }
    for key, value in values.items():
        text = json.dumps(value, ensure_ascii=False)
        setting = stored.get(key)
        if setting is None:
            session.add(Setting(key=key, value=text))
        elif setting.value != text or setting.deleted_at is not None:
            setting.value, setting.deleted_at = text, None


def checked_currency(text: str) -> str:
    """Return an ISO 4217 code in capitals, or refuse."""
    code = clean(text).upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise UserError(
            msg(
                "Services",
                "“{value}” is not a currency. Use its three letters, for example EUR.",
                value=code,
            )
        )
    return code


def checked_fiscal_start(month: int) -> int:
    """Return a month from 1 to 12, or refuse."""
    if not 1 <= month <= 12:
        raise UserError(
            msg(
                "Services",
                "The fiscal year starts in a month from 1 to 12, not {value}.",
                value=month,
            )
        )
    return month
