"""A need of a client, as it was heard."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record


class Need(Record, Base):
    """What a client needs, and what became of it."""

    __tablename__ = "needs"
    __table_args__ = (
        Index("ix_needs_client_id_state", "client_id", "state"),
        Index("ix_needs_interaction_id", "interaction_id"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey("interactions.id"), default=None)
    what: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(10), default="open")  # kinds.NeedState
    closed_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
    result: Mapped[str | None] = mapped_column(String(300), default=None)
