"""What the officer chose for this book, and drafts of what was half typed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record, UtcDateTime, utc_now


class Setting(Record, Base):
    """One business preference (officer, company, currency, fiscal_start, language, ...)."""

    __tablename__ = "settings"
    __table_args__ = (
        Index("uq_settings_key_live", "key", unique=True, sqlite_where=text("deleted_at IS NULL")),
        {"sqlite_autoincrement": True},
    )

    key: Mapped[str] = mapped_column(String(80))
    value: Mapped[str] = mapped_column(Text)  # JSON


class Draft(Base):
    """Half-typed text kept inside the book; not a business record, not journalled."""

    __tablename__ = "drafts"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str] = mapped_column(Text)  # JSON
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, default=utc_now)


class FileShape(Record, Base):
    """A remembered mapping: the next file with the same headings is read the same way."""

    __tablename__ = "file_shapes"
    __table_args__ = (
        Index(
            "uq_file_shapes_shape_live",
            "shape",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    shape: Mapped[str] = mapped_column(String(64))  # hash of kind and folded headings
    kind: Mapped[str] = mapped_column(String(20))  # kinds.RecordKind
    mapping: Mapped[str] = mapped_column(Text)  # JSON


class ImportRun(Record, Base):
    """One file that was imported: what it was and what became of it."""

    __tablename__ = "import_runs"
    __table_args__ = ({"sqlite_autoincrement": True},)

    kind: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(300))
    file_hash: Mapped[str] = mapped_column(String(64))
    summary: Mapped[str] = mapped_column(Text)  # JSON: counts and problems
