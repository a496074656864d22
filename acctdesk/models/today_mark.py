"""What the officer put aside in Today."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record


class TodayMark(Record, Base):
    """A line of Today that waits for a later day, or was dismissed with a reason.

    ``key`` is that of ``services.today.line_key``.
    """

    __tablename__ = "today_marks"
    __table_args__ = (
        Index(
            "uq_today_marks_key_live",
            "key",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    key: Mapped[str] = mapped_column(String(120))
    marked_on: Mapped[dt.date] = mapped_column(Date)
    until_on: Mapped[dt.date | None] = mapped_column(Date, default=None)  # None: for good
    reason: Mapped[str | None] = mapped_column(String(300), default=None)
