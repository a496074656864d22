"""How satisfied a client said it was."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record


class Satisfaction(Record, Base):
    """One answer: 1 to 5 (CSAT) or 0 to 10 (NPS), and the client's own words."""

    __tablename__ = "satisfactions"
    __table_args__ = (
        Index("ix_satisfactions_client_id_answered_on", "client_id", "answered_on"),
        Index("ix_satisfactions_answered_on", "answered_on"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), default=None)
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey("interactions.id"), default=None)
    answered_on: Mapped[dt.date] = mapped_column(Date)
    measure: Mapped[str] = mapped_column(String(10))  # kinds.SatisfactionMeasure
    score: Mapped[int] = mapped_column(Integer)
    words: Mapped[str | None] = mapped_column(String(300), default=None)
