"""How the officer is paid for sales, and trial sales kept under a name."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record


class PayPlan(Record, Base):
    """The rule that turns sales into pay from ``from_on`` to ``until_on`` (None: no end).

    Shares are hundredths of a per cent (10,000 is the whole). ``tiers`` is JSON: a list of
    ``{"from_bp": attainment from which on, "rate_bp": rate or multiplier}``, ascending.
    """

    __tablename__ = "pay_plans"
    __table_args__ = ({"sqlite_autoincrement": True},)

    name: Mapped[str] = mapped_column(String(120))
    from_on: Mapped[dt.date] = mapped_column(Date)
    until_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
    period: Mapped[str] = mapped_column(String(10))  # kinds.PayPeriod
    method: Mapped[str] = mapped_column(String(20))  # kinds.PayMethod
    tiers: Mapped[str] = mapped_column(Text)  # JSON
    # the quota of a period; None: the target of the book
    quota_minor: Mapped[int | None] = mapped_column(Integer, default=None)
    # the pay at 100 %, of an accelerator
    target_pay_minor: Mapped[int | None] = mapped_column(Integer, default=None)
    floor_bp: Mapped[int | None] = mapped_column(Integer, default=None)  # attainment below which
    floor_multiplier_bp: Mapped[int | None] = mapped_column(Integer, default=None)  # pay is cut so
    cap_minor: Mapped[int | None] = mapped_column(Integer, default=None)  # the most of a period
    on_payment: Mapped[bool] = mapped_column(Boolean, default=False)  # earned when paid
    claw_back: Mapped[bool] = mapped_column(Boolean, default=True)  # credit notes take back
    shared: Mapped[bool] = mapped_column(Boolean, default=False)  # by the credit shares of a client


class WhatIf(Record, Base):
    """Trial sales of a period, kept under a name; no real record follows from them."""

    __tablename__ = "what_ifs"
    __table_args__ = ({"sqlite_autoincrement": True},)

    name: Mapped[str] = mapped_column(String(120))
    deals: Mapped[str] = mapped_column(Text)  # JSON, of services.what_if
