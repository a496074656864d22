"""A file kept in the book, and its contents."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record


class Attachment(Record, Base):
    """A file at a client, usually at the interaction it came with."""

    __tablename__ = "attachments"
    __table_args__ = (
        Index("ix_attachments_client_id", "client_id"),
        Index("ix_attachments_interaction_id", "interaction_id"),
        Index("ix_attachments_sha256", "sha256"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey("interactions.id"), default=None)
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120), default="application/octet-stream")
    size: Mapped[int] = mapped_column(Integer)  # bytes
    sha256: Mapped[str] = mapped_column(String(64))  # of the contents: the key of their blob


class Blob(Base):
    """Contents, kept once however many records name them; not a business record, not journalled.

    The journal would keep a second copy of every file. A blob is written before what names it, in
    the same transaction, and stays while a record names it, a trashed one too.
    """

    __tablename__ = "blobs"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
