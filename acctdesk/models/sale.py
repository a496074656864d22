"""Sales documents and their lines. A credit note's amounts are negative."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, ExactDecimal, Record


class Document(Record, Base):
    """An invoice or a credit note.

    ``net_minor`` and ``vat_minor`` exclude and hold VAT, ``gross_minor`` is their sum; all are
    minor units of ``currency``, rounded half up per document, signed by the type.
    ``client_ref_*`` and ``related_ref`` keep what the file said, so that links to records that
    arrive later can be made; ``client_id`` and ``related_id`` are those links.
    """

    __tablename__ = "documents"
    __table_args__ = (
        Index(
            "uq_documents_number_live",
            "type",
            "number",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
        # covers the sums by client: whole rows cost three times as much, under a password more
        Index(
            "ix_documents_client_id_issued_on",
            "client_id",
            "issued_on",
            "deleted_at",
            "type",
            "net_minor",
            "gross_minor",
        ),
        # covers what is open on a day; with the type before the day: of an index on the day
        # alone SQLite prefers the numbers, which gives it every invoice there is
        Index(
            "ix_documents_type_closed_on",
            "type",
            "closed_on",
            "issued_on",
            "touched_on",
            "due_on",
            "client_id",
            "gross_minor",
            "deleted_at",
            sqlite_where=text("deleted_at IS NULL"),
        ),
        # covers how clients paid, in the order in which they did
        Index(
            "ix_documents_client_id_closed_on",
            "client_id",
            "closed_on",
            "late_days",
            "type",
            "deleted_at",
            sqlite_where=text("deleted_at IS NULL AND late_days IS NOT NULL"),
        ),
        # covers the sums by day and period, of all clients
        Index(
            "ix_documents_issued_on",
            "issued_on",
            "deleted_at",
            "client_id",
            "net_minor",
            "gross_minor",
        ),
        Index("ix_documents_number", "number"),
        Index(
            "uq_documents_mark_live",
            "mark",
            unique=True,
            sqlite_where=text("deleted_at IS NULL AND mark IS NOT NULL"),
        ),
        Index("ix_documents_related_id", "related_id"),
        {"sqlite_autoincrement": True},
    )

    type: Mapped[str] = mapped_column(String(20))  # kinds.DocumentType
    number: Mapped[str] = mapped_column(String(60))
    issued_on: Mapped[dt.date] = mapped_column(Date)
    due_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), default=None)
    client_ref_code: Mapped[str | None] = mapped_column(String(60), default=None)
    client_ref_name: Mapped[str | None] = mapped_column(String(300), default=None)
    related_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), default=None)
    related_ref: Mapped[str | None] = mapped_column(String(60), default=None)
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    net_minor: Mapped[int] = mapped_column(Integer)
    vat_minor: Mapped[int] = mapped_column(Integer, default=0)
    gross_minor: Mapped[int] = mapped_column(Integer)
    notes: Mapped[str | None] = mapped_column(String(300), default=None)
    # the number that the tax authority (AADE myDATA) gave it
    mark: Mapped[str | None] = mapped_column(String(40), default=None)
    # kept by services.kept: from this day on nothing of an invoice is open; the last day there
    # is while something is, so that one look into an index finds the open ones of any date
    closed_on: Mapped[dt.date] = mapped_column(Date, default=dt.date.max)
    # kept too: before this day all of an invoice is open; the first day there is until it is
    # kept, so that what is open is worked out
    touched_on: Mapped[dt.date] = mapped_column(
        Date, default=dt.date.min, server_default=str(dt.date.min)
    )
    # kept too: days from due to paid of an invoice that is closed, None where it was not paid
    late_days: Mapped[int | None] = mapped_column(Integer, default=None)


class DocumentLine(Record, Base):
    """One line of a document; ``amount`` is net of VAT, unrounded, signed by the type."""

    __tablename__ = "document_lines"
    __table_args__ = (
        Index("ix_document_lines_document_id", "document_id"),
        # covers what was sold of a family, by day
        Index(
            "ix_document_lines_product_id",
            "product_id",
            "issued_on",
            "document_id",
            "amount",
            "deleted_at",
        ),
        {"sqlite_autoincrement": True},
    )

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    position: Mapped[int] = mapped_column(Integer, default=1)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"), default=None)
    description: Mapped[str | None] = mapped_column(String(300), default=None)
    quantity: Mapped[Decimal | None] = mapped_column(ExactDecimal, default=None)
    unit_price: Mapped[Decimal | None] = mapped_column(ExactDecimal, default=None)
    # a share: 0.15 is 15 %
    discount: Mapped[Decimal | None] = mapped_column(ExactDecimal, default=None)
    amount: Mapped[Decimal] = mapped_column(ExactDecimal)
    # kept by services.kept: the day of the document
    issued_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
