"""A client: a company or person the officer looks after, possibly in a group."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from acctdesk.models.base import Base, Folded, Record


class Client(Folded, Record, Base):
    """One client. ``parent_id`` names the head of its client group."""

    __tablename__ = "clients"
    __folded__: ClassVar[dict[str, str]] = {"name": "name_fold", "city": "city_fold"}
    __sorted__: ClassVar[dict[str, str]] = {"name": "name_key", "code": "code_key"}
    __table_args__ = (
        Index(
            "uq_clients_code_live",
            "code",
            unique=True,
            sqlite_where=text("deleted_at IS NULL AND code IS NOT NULL"),
        ),
        Index("ix_clients_name_fold", "name_fold"),
        Index("ix_clients_vat_id", "vat_id"),
        # the list in its two natural orders is a walk along these
        Index("ix_clients_by_name", "active", "name_key", sqlite_where=text("deleted_at IS NULL")),
        Index(
            "ix_clients_by_code",
            "active",
            "code_key",
            "name_key",
            sqlite_where=text("deleted_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    code: Mapped[str | None] = mapped_column(String(60), default=None)
    code_key: Mapped[str | None] = mapped_column(String(240), default=None)
    name: Mapped[str] = mapped_column(String(300))
    name_fold: Mapped[str] = mapped_column(String(300), default="")
    name_key: Mapped[str] = mapped_column(String(1200), default="")
    vat_id: Mapped[str | None] = mapped_column(String(20), default=None)  # only a valid one
    # an invalid one, as it was given
    vat_id_raw: Mapped[str | None] = mapped_column(String(60), default=None)
    tax_office: Mapped[str | None] = mapped_column(String(120), default=None)
    activity: Mapped[str | None] = mapped_column(String(200), default=None)
    segment: Mapped[str | None] = mapped_column(String(40), default=None)
    address: Mapped[str | None] = mapped_column(String(300), default=None)
    city: Mapped[str | None] = mapped_column(String(120), default=None)
    city_fold: Mapped[str] = mapped_column(String(120), default="")
    postal_code: Mapped[str | None] = mapped_column(String(20), default=None)
    country: Mapped[str | None] = mapped_column(String(2), default=None)
    phone: Mapped[str | None] = mapped_column(String(60), default=None)
    mobile: Mapped[str | None] = mapped_column(String(60), default=None)
    email: Mapped[str | None] = mapped_column(String(200), default=None)
    website: Mapped[str | None] = mapped_column(String(200), default=None)
    credit_days: Mapped[int | None] = mapped_column(Integer, default=None)
    credit_limit_minor: Mapped[int | None] = mapped_column(Integer, default=None)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    client_since: Mapped[dt.date | None] = mapped_column(Date, default=None)
    notes: Mapped[str | None] = mapped_column(Text, default=None)
    # how many days may pass between two contacts; None: as the segment has
    ideal_days: Mapped[int | None] = mapped_column(Integer, default=None)
    most_days: Mapped[int | None] = mapped_column(Integer, default=None)
    # kept by services.kept: all its documents less all its receipts, of whatever day
    balance_minor: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    # made on the way by a sale or a receipt
    provisional: Mapped[bool] = mapped_column(Boolean, default=False)
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("clients.id"), default=None, index=True
    )

    parent: Mapped[Client | None] = relationship(remote_side="Client.id", lazy="raise")
