"""Work asked of another department, and who takes which share of the credit for a client."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Folded, Record


class Department(Record, Base):
    """A department of the company: back office, accounting, marketing, technical, ..."""

    __tablename__ = "departments"
    __table_args__ = ({"sqlite_autoincrement": True},)

    name: Mapped[str] = mapped_column(String(120))
    person: Mapped[str | None] = mapped_column(String(200), default=None)
    email: Mapped[str | None] = mapped_column(String(200), default=None)
    phone: Mapped[str | None] = mapped_column(String(60), default=None)


class Request(Folded, Record, Base):
    """What a department was asked for, when, and its answer."""

    __tablename__ = "requests"
    __folded__: ClassVar[dict[str, str]] = {"what": "what_fold"}
    __table_args__ = (
        Index("ix_requests_client_id_state", "client_id", "state"),
        Index("ix_requests_state_asked_on", "state", "asked_on"),
        {"sqlite_autoincrement": True},
    )

    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), default=None)
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("disputes.id"), default=None)
    what: Mapped[str] = mapped_column(String(300))
    what_fold: Mapped[str] = mapped_column(String(300), default="")
    details: Mapped[str | None] = mapped_column(Text, default=None)
    asked_on: Mapped[dt.date] = mapped_column(Date)
    due_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
    state: Mapped[str] = mapped_column(String(10), default="open")  # kinds.RequestState
    answered_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
    answer: Mapped[str | None] = mapped_column(Text, default=None)


class CreditShare(Record, Base):
    """One person's share of the credit for a client from a day on.

    The shares of one client that begin on the same day add to 10,000 (100 %) and hold until the
    next such day.
    """

    __tablename__ = "credit_shares"
    __table_args__ = (
        Index(
            "uq_credit_shares_live",
            "client_id",
            "from_on",
            "who",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    from_on: Mapped[dt.date] = mapped_column(Date)
    who: Mapped[str] = mapped_column(String(200))
    role: Mapped[str | None] = mapped_column(String(120), default=None)
    share_bp: Mapped[int] = mapped_column(Integer)  # hundredths of a per cent
