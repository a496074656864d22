"""A sales target for one month, for the whole book or one client."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record


class Target(Record, Base):
    """Net sales aimed at in a calendar month; ``client_id`` empty means the whole book."""

    __tablename__ = "targets"
    __table_args__ = (
        Index(
            "uq_targets_book_month_live",
            "month",
            "measure",
            unique=True,
            sqlite_where=text(
                "deleted_at IS NULL AND client_id IS NULL AND client_ref_code IS NULL"
                " AND client_ref_name IS NULL"
            ),
        ),
        Index(
            "uq_targets_client_month_live",
            "month",
            "measure",
            "client_id",
            unique=True,
            sqlite_where=text("deleted_at IS NULL AND client_id IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    month: Mapped[dt.date] = mapped_column(Date)  # the first day of the month
    measure: Mapped[str] = mapped_column(String(20), default="net_sales")  # kinds.TargetMeasure
    client_id: Mapped[int | None] = mapped_column(
        ForeignKey("clients.id"), default=None, index=True
    )
    client_ref_code: Mapped[str | None] = mapped_column(String(60), default=None)
    client_ref_name: Mapped[str | None] = mapped_column(String(300), default=None)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    amount_minor: Mapped[int] = mapped_column(Integer)
