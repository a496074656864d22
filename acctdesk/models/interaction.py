"""An interaction: one dated contact with a client, and the promises made in it."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from acctdesk.models.base import Base, Folded, Record, UtcDateTime


class Interaction(Folded, Record, Base):
    """A call, visit, meeting, e-mail, letter or note."""

    __tablename__ = "interactions"
    __folded__: ClassVar[dict[str, str]] = {"subject": "subject_fold", "body": "body_fold"}
    __table_args__ = (
        # covers the counts by kind and the question whether anybody was in touch
        Index(
            "ix_interactions_client_id_happened_at",
            "client_id",
            "happened_at",
            "deleted_at",
            "kind",
        ),
        Index("ix_interactions_happened_at", "happened_at"),
        Index(
            "ix_interactions_needs_reply",
            "happened_at",
            sqlite_where=text("needs_reply IS 1 AND deleted_at IS NULL"),
        ),
        Index(
            "uq_interactions_source_key_live",
            "client_id",
            "source_key",
            unique=True,
            sqlite_where=text("deleted_at IS NULL AND source_key IS NOT NULL"),
        ),
        Index(
            "ix_interactions_pinned",
            "client_id",
            sqlite_where=text("pinned IS 1 AND deleted_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), default=None)
    kind: Mapped[str] = mapped_column(String(20))  # kinds.InteractionKind
    happened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int | None] = mapped_column(Integer, default=None)
    subject: Mapped[str] = mapped_column(String(300), default="")
    subject_fold: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    body_fold: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str | None] = mapped_column(String(120), default=None)
    mood: Mapped[str | None] = mapped_column(String(20), default=None)  # kinds.Mood
    place: Mapped[str | None] = mapped_column(String(120), default=None)
    needs_reply: Mapped[bool] = mapped_column(Boolean, default=False)
    pinned: Mapped[bool] = mapped_column(Boolean, default=False)
    # recognises what came out of a file before: "mail:" and the message's identifier
    source_key: Mapped[str | None] = mapped_column(String(300), default=None)

    promises: Mapped[list[Promise]] = relationship(
        back_populates="interaction", cascade="save-update, merge", lazy="raise"
    )


class Promise(Record, Base):
    """What we or they undertook, with a date."""

    __tablename__ = "promises"
    __table_args__ = (
        Index("ix_promises_state_due_on", "state", "due_on"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    interaction_id: Mapped[int | None] = mapped_column(
        ForeignKey("interactions.id"), default=None, index=True
    )
    given_by: Mapped[str] = mapped_column(String(10))  # kinds.PromiseBy
    what: Mapped[str] = mapped_column(String(300))
    due_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
    state: Mapped[str] = mapped_column(String(10), default="open")  # kinds.PromiseState
    settled_on: Mapped[dt.date | None] = mapped_column(Date, default=None)

    interaction: Mapped[Interaction | None] = relationship(back_populates="promises", lazy="raise")
