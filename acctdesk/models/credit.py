"""The credit file of a client: what secures it, what is ordered, what is known, how it is rated."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record


class Security(Record, Base):
    """What covers a part of what a client owes: an insurance, a guarantee, a mortgage."""

    __tablename__ = "securities"
    __table_args__ = (
        Index("ix_securities_client_id", "client_id"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    kind: Mapped[str] = mapped_column(String(20))  # kinds.SecurityKind
    amount_minor: Mapped[int] = mapped_column(Integer)
    from_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
    until_on: Mapped[dt.date | None] = mapped_column(Date, default=None)  # the last day it holds
    notes: Mapped[str | None] = mapped_column(String(300), default=None)


class Order(Record, Base):
    """An order taken and not yet invoiced, gross, minor units; it counts until ``closed_on``."""

    __tablename__ = "orders"
    __table_args__ = (
        Index("ix_orders_client_id_ordered_on", "client_id", "ordered_on"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    number: Mapped[str | None] = mapped_column(String(60), default=None)
    ordered_on: Mapped[dt.date] = mapped_column(Date)
    amount_minor: Mapped[int] = mapped_column(Integer)
    notes: Mapped[str | None] = mapped_column(String(300), default=None)
    closed_on: Mapped[dt.date | None] = mapped_column(Date, default=None)  # invoiced or cancelled


class MarketNote(Record, Base):
    """A piece of information from the market on a client: where from, of when, how reliable."""

    __tablename__ = "market_notes"
    __table_args__ = (
        Index("ix_market_notes_client_id_noted_on", "client_id", "noted_on"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    noted_on: Mapped[dt.date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(200))
    reliability: Mapped[str] = mapped_column(String(10))  # kinds.Reliability
    body: Mapped[str] = mapped_column(Text)


class FinancialStatement(Record, Base):
    """A client's accounts of one year, minor units of ``currency``; None is not known."""

    __tablename__ = "financial_statements"
    __table_args__ = (
        Index("ix_financial_statements_client_id_year_end", "client_id", "year_end"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    year_end: Mapped[dt.date] = mapped_column(Date)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    source: Mapped[str | None] = mapped_column(String(200), default=None)
    current_assets_minor: Mapped[int | None] = mapped_column(Integer, default=None)
    current_liabilities_minor: Mapped[int | None] = mapped_column(Integer, default=None)
    total_assets_minor: Mapped[int | None] = mapped_column(Integer, default=None)
    total_liabilities_minor: Mapped[int | None] = mapped_column(Integer, default=None)
    equity_minor: Mapped[int | None] = mapped_column(Integer, default=None)
    retained_earnings_minor: Mapped[int | None] = mapped_column(Integer, default=None)
    ebit_minor: Mapped[int | None] = mapped_column(Integer, default=None)
    sales_minor: Mapped[int | None] = mapped_column(Integer, default=None)
    net_profit_minor: Mapped[int | None] = mapped_column(Integer, default=None)


class RiskRating(Record, Base):
    """The risk class of a client from a day on, who gave it and why."""

    __tablename__ = "risk_ratings"
    __table_args__ = (
        Index("ix_risk_ratings_client_id_from_on", "client_id", "from_on"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    from_on: Mapped[dt.date] = mapped_column(Date)
    risk: Mapped[str] = mapped_column(String(10))  # kinds.RiskClass
    who: Mapped[str | None] = mapped_column(String(200), default=None)
    reason: Mapped[str | None] = mapped_column(String(300), default=None)
