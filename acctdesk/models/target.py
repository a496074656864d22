"""Sales targets of one month, and targets of a period with any measure and scope."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text, text
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


class TargetPlan(Record, Base):
    """A target of a period: what is measured, of whom, how much, and its months.

    ``amount`` and the values of ``phases`` are minor units for money, a number for counts,
    hundredths of a per cent for growth, hundredths of a point for scores. Of ``client_id``,
    ``family`` and ``segment`` at most one is set; none means the whole book. A changed target is
    a new row that names in ``replaces_id`` the one it follows, which stays as it was.
    """

    __tablename__ = "target_plans"
    __table_args__ = (
        Index("ix_target_plans_starts_on", "starts_on"),
        Index("ix_target_plans_client_id", "client_id"),
        {"sqlite_autoincrement": True},
    )

    name: Mapped[str] = mapped_column(String(120))
    measure: Mapped[str] = mapped_column(String(20))  # kinds.TargetMeasure
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), default=None)
    family: Mapped[str | None] = mapped_column(String(120), default=None)  # as products have it
    segment: Mapped[str | None] = mapped_column(String(40), default=None)
    starts_on: Mapped[dt.date] = mapped_column(Date)
    ends_on: Mapped[dt.date] = mapped_column(Date)
    amount: Mapped[int] = mapped_column(Integer)
    phasing: Mapped[str] = mapped_column(String(20))  # kinds.Phasing
    phases: Mapped[str] = mapped_column(Text)  # JSON: first day of the month to its part
    reason: Mapped[str | None] = mapped_column(String(300), default=None)  # why it was changed
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("target_plans.id"), default=None, index=True
    )
