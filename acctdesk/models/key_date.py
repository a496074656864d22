"""Dates of a client that must not pass unseen."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record


class KeyDate(Record, Base):
    """A contract's end, a covenant, a review: it is told of ``lead_days`` before, until closed."""

    __tablename__ = "key_dates"
    __table_args__ = (
        Index("ix_key_dates_client_id", "client_id"),
        Index("ix_key_dates_closed_on_on_date", "closed_on", "on_date"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    kind: Mapped[str] = mapped_column(String(20))  # kinds.KeyDateKind
    title: Mapped[str | None] = mapped_column(String(300), default=None)
    on_date: Mapped[dt.date] = mapped_column(Date)
    lead_days: Mapped[int | None] = mapped_column(Integer, default=None)  # None: as its kind has
    closed_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
