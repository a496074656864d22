"""Disputes with a client and disruptions of service, and who was told of them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import Date, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Folded, Record, UtcDateTime


class Dispute(Folded, Record, Base):
    """What a client contests or complains of, until it is settled.

    ``amount_minor`` is what is contested beyond named invoices, gross, minor units of the book's
    currency; None where no amount is at stake.
    """

    __tablename__ = "disputes"
    __folded__: ClassVar[dict[str, str]] = {"title": "title_fold"}
    __table_args__ = (
        Index("ix_disputes_client_id_state", "client_id", "state"),
        Index("ix_disputes_state_due_on", "state", "due_on"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey("interactions.id"), default=None)
    type: Mapped[str] = mapped_column(String(20))  # kinds.DisputeType
    title: Mapped[str] = mapped_column(String(300))
    title_fold: Mapped[str] = mapped_column(String(300), default="")
    cause: Mapped[str | None] = mapped_column(String(300), default=None)
    notes: Mapped[str | None] = mapped_column(Text, default=None)
    opened_on: Mapped[dt.date] = mapped_column(Date)
    due_on: Mapped[dt.date | None] = mapped_column(Date, default=None)  # by when it wants an answer
    amount_minor: Mapped[int | None] = mapped_column(Integer, default=None)
    state: Mapped[str] = mapped_column(String(10), default="open")  # kinds.DisputeState
    closed_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
    resolution: Mapped[str | None] = mapped_column(Text, default=None)


class DisputedDocument(Record, Base):
    """An invoice that a dispute blocks, for an amount of it (gross, minor units)."""

    __tablename__ = "disputed_documents"
    __table_args__ = (
        Index(
            "uq_disputed_documents_live",
            "dispute_id",
            "document_id",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
        Index("ix_disputed_documents_document_id", "document_id"),
        {"sqlite_autoincrement": True},
    )

    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    amount_minor: Mapped[int] = mapped_column(Integer)


class DisputeNotice(Record, Base):
    """Who was told of a dispute, at the client or in the company, and when."""

    __tablename__ = "dispute_notices"
    __table_args__ = (
        Index("ix_dispute_notices_dispute_id", "dispute_id"),
        {"sqlite_autoincrement": True},
    )

    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    who: Mapped[str] = mapped_column(String(200))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), default=None)
    told_on: Mapped[dt.date] = mapped_column(Date)


class Disruption(Folded, Record, Base):
    """A fault of our service or supply that touches several clients."""

    __tablename__ = "disruptions"
    __folded__: ClassVar[dict[str, str]] = {"title": "title_fold"}
    __table_args__ = (
        Index("ix_disruptions_ended_at", "ended_at"),
        {"sqlite_autoincrement": True},
    )

    title: Mapped[str] = mapped_column(String(300))
    title_fold: Mapped[str] = mapped_column(String(300), default="")
    cause: Mapped[str | None] = mapped_column(String(300), default=None)
    notes: Mapped[str | None] = mapped_column(Text, default=None)
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime, default=None)
    resolution: Mapped[str | None] = mapped_column(Text, default=None)


class DisruptionClient(Record, Base):
    """A client that a disruption touches, and when it was told."""

    __tablename__ = "disruption_clients"
    __table_args__ = (
        Index(
            "uq_disruption_clients_live",
            "disruption_id",
            "client_id",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
        Index("ix_disruption_clients_client_id", "client_id"),
        {"sqlite_autoincrement": True},
    )

    disruption_id: Mapped[int] = mapped_column(ForeignKey("disruptions.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey("interactions.id"), default=None)
    told_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
