"""The officer's letters and messages, with fields to merge."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record


class LetterTemplate(Record, Base):
    """A letter or e-mail with fields; ``document`` names the blob of a .docx that lays it out."""

    __tablename__ = "letter_templates"
    __table_args__ = ({"sqlite_autoincrement": True},)

    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(10))  # kinds.LetterKind
    language: Mapped[str] = mapped_column(String(2))  # kinds.Language
    subject: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    document: Mapped[str | None] = mapped_column(String(64), default=None)  # sha256 of a blob
