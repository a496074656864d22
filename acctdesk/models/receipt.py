"""Receipts and what they pay."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record


class Receipt(Record, Base):
    """Money received from a client (positive) or given back (negative), gross, minor units.

    A write-off is one too: it lowers what is owed, but nothing came in. ``payer_*`` are whom a
    bank file names.
    """

    __tablename__ = "receipts"
    __table_args__ = (
        # covers the sums by client
        Index(
            "ix_receipts_client_id_received_on",
            "client_id",
            "received_on",
            "deleted_at",
            "amount_minor",
        ),
        # covers the sum of all clients
        Index("ix_receipts_received_on", "received_on", "deleted_at", "client_id", "amount_minor"),
        Index("ix_receipts_number", "number"),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[str | None] = mapped_column(String(60), default=None)
    received_on: Mapped[dt.date] = mapped_column(Date)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), default=None)
    client_ref_code: Mapped[str | None] = mapped_column(String(60), default=None)
    client_ref_name: Mapped[str | None] = mapped_column(String(300), default=None)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    amount_minor: Mapped[int] = mapped_column(Integer)
    method: Mapped[str | None] = mapped_column(String(60), default=None)
    reason: Mapped[str | None] = mapped_column(String(300), default=None)
    kind: Mapped[str] = mapped_column(String(10), default="receipt")  # kinds.ReceiptKind
    payer_name: Mapped[str | None] = mapped_column(String(300), default=None)
    payer_iban: Mapped[str | None] = mapped_column(String(34), default=None)
    # recognises a row that has no number, and an entry of a bank file
    same_key: Mapped[str | None] = mapped_column(String(64), default=None, index=True)


class Allocation(Record, Base):
    """A receipt names an invoice for an amount.

    The whole named amount stands here; what exceeds the invoice is unapplied, which the figures
    work out at their date. ``document_ref`` keeps the number until the invoice arrives.
    """

    __tablename__ = "allocations"
    __table_args__ = (
        Index("ix_allocations_receipt_id", "receipt_id"),
        # covers what was paid of an invoice
        Index(
            "ix_allocations_document_id", "document_id", "deleted_at", "receipt_id", "amount_minor"
        ),
        # the few by which an invoice is open again
        Index(
            "ix_allocations_given_back",
            "amount_minor",
            "document_id",
            "deleted_at",
            sqlite_where=text("amount_minor < 0"),
        ),
        {"sqlite_autoincrement": True},
    )

    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipts.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), default=None)
    document_ref: Mapped[str | None] = mapped_column(String(60), default=None)
    amount_minor: Mapped[int] = mapped_column(Integer)
    # made by the officer, so that a file that names no invoice does not take it away
    by_hand: Mapped[bool] = mapped_column(Boolean, default=False)
