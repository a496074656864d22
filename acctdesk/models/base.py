"""What every entity shares: naming, column types, and the mixins of a business record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

import uuid_utils
from sqlalchemy import DateTime, Dialect, Integer, MetaData, String, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, mapped_column
from sqlalchemy.types import TypeDecorator

from acctdesk.text import fold, sort_key

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def utc_now() -> dt.datetime:
    """Return this instant in UTC, with its zone."""
    return dt.datetime.now(dt.UTC)


def new_uid() -> str:
    """Return a UUID version 7 as text: a record's identity in every other book."""
    return str(uuid_utils.uuid7())


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An instant: aware UTC in Python, naive UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, _dialect: Dialect) -> dt.datetime | None:
        return None if value is None else value.replace(tzinfo=dt.UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal kept digit for digit as text (SQLite has no decimal type)."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> Any:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: Any, _dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Base(DeclarativeBase):
    """The one metadata of a book."""

    metadata = MetaData(naming_convention=NAMING)


class Record:
    """A business record: identity here and elsewhere, times, trash, version."""

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    uid: Mapped[str] = mapped_column(String(36), default=new_uid, unique=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=utc_now)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=utc_now)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime, default=None)
    version: Mapped[int] = mapped_column(Integer, default=1)


class Folded:
    """Keeps shadow columns equal to ``fold()``, or ``sort_key()``, of their source on every flush.

    A subclass lists ``__folded__ = {"name": "name_fold"}`` and, for sort keys, ``__sorted__``; bulk
    writers call ``folded_values``. What has no value has no sort key.
    """

    __folded__: ClassVar[dict[str, str]] = {}
    __sorted__: ClassVar[dict[str, str]] = {}

    @classmethod
    def folded_values(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Return the shadow columns that belong to ``values`` (column name to value)."""
        folded: dict[str, Any] = {
            shadow: fold(values[source] or "")
            for source, shadow in cls.__folded__.items()
            if source in values
        }
        for source, shadow in cls.__sorted__.items():
            if source in values:
                folded[shadow] = None if values[source] is None else sort_key(values[source])
        return folded


def _refold(_mapper: Mapper[Any], _connection: Any, target: Folded) -> None:
    kind = type(target)
    sources = {one: getattr(target, one) for one in (*kind.__folded__, *kind.__sorted__)}
    for shadow, value in kind.folded_values(sources).items():
        setattr(target, shadow, value)


_listener: Callable[..., None] = _refold
event.listen(Folded, "before_insert", _listener, propagate=True)
event.listen(Folded, "before_update", _listener, propagate=True)
