"""What is done to be paid: instalments, promises to pay, reminders, accounts paid from."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record


class Instalment(Record, Base):
    """A part of an invoice with a day of its own; those of one invoice add up to its gross.

    What is paid of the invoice pays the earliest instalments first.
    """

    __tablename__ = "instalments"
    __table_args__ = (
        Index("ix_instalments_document_id", "document_id"),
        {"sqlite_autoincrement": True},
    )

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    due_on: Mapped[dt.date] = mapped_column(Date)
    amount_minor: Mapped[int] = mapped_column(Integer)


class ClientAccount(Record, Base):
    """A bank account that a client was seen to pay from."""

    __tablename__ = "client_accounts"
    __table_args__ = (
        Index(
            "uq_client_accounts_iban_live",
            "iban",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
        Index("ix_client_accounts_client_id", "client_id"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    iban: Mapped[str] = mapped_column(String(34))  # compact, upper case
    name: Mapped[str | None] = mapped_column(String(300), default=None)  # as the bank has it


class PaymentPromise(Record, Base):
    """A promise to pay named invoices by a day. What became of it follows from the receipts.

    ``withdrawn_on``: from that day it no longer parks the reminders and does not count.
    """

    __tablename__ = "payment_promises"
    __table_args__ = (
        Index("ix_payment_promises_client_id_due_on", "client_id", "due_on"),
        Index("ix_payment_promises_due_on", "due_on"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), default=None)
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey("interactions.id"), default=None)
    given_on: Mapped[dt.date] = mapped_column(Date)
    due_on: Mapped[dt.date] = mapped_column(Date)
    notes: Mapped[str | None] = mapped_column(String(300), default=None)
    withdrawn_on: Mapped[dt.date | None] = mapped_column(Date, default=None)


class PromisedDocument(Record, Base):
    """An invoice that a promise to pay names, for an amount of it (gross, minor units)."""

    __tablename__ = "promised_documents"
    __table_args__ = (
        Index(
            "uq_promised_documents_live",
            "promise_id",
            "document_id",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
        Index("ix_promised_documents_document_id", "document_id"),
        {"sqlite_autoincrement": True},
    )

    promise_id: Mapped[int] = mapped_column(ForeignKey("payment_promises.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    amount_minor: Mapped[int] = mapped_column(Integer)


class Reminder(Record, Base):
    """A step of the reminder ladder that was taken with a client."""

    __tablename__ = "reminders"
    __table_args__ = (
        Index("ix_reminders_client_id_sent_on", "client_id", "sent_on"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey("interactions.id"), default=None)
    sent_on: Mapped[dt.date] = mapped_column(Date)
    step: Mapped[int] = mapped_column(Integer)  # its place on the ladder, from 1
    name: Mapped[str] = mapped_column(String(120))  # what the step was called then


class RemindedDocument(Record, Base):
    """An invoice that a reminder named, and what of it was open then (gross, minor units)."""

    __tablename__ = "reminded_documents"
    __table_args__ = (
        Index("ix_reminded_documents_reminder_id", "reminder_id"),
        Index("ix_reminded_documents_document_id", "document_id"),
        {"sqlite_autoincrement": True},
    )

    reminder_id: Mapped[int] = mapped_column(ForeignKey("reminders.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    open_minor: Mapped[int] = mapped_column(Integer)
