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
            "uq_targets_month_live",
            "month",
            "measure",
            text("coalesce(client_id, 0)"),
            text("coalesce(client_ref_code, '')"),
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    month: Mapped[dt.date] = mapped_column(Date)  # the first day of the month
    measure: Mapped[str] = mapped_column(String(20), default="net_sales")  # kinds.TargetMeasure
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), default=None, index=True)
    client_ref_code: Mapped[str | None] = mapped_column(String(60), default=None)
    client_ref_name: Mapped[str | None] = mapped_column(String(300), default=None)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    amount_minor: Mapped[int] = mapped_column(Integer)
