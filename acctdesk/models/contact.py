"""A contact: a person at a client."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import Boolean, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Folded, Record


class Contact(Folded, Record, Base):
    """One person and how to reach them."""

    __tablename__ = "contacts"
    __folded__: ClassVar[dict[str, str]] = {"name": "name_fold"}
    __table_args__ = ({"sqlite_autoincrement": True},)

    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    name_fold: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[str | None] = mapped_column(String(120), default=None)
    department: Mapped[str | None] = mapped_column(String(120), default=None)
    phone: Mapped[str | None] = mapped_column(String(60), default=None)
    mobile: Mapped[str | None] = mapped_column(String(60), default=None)
    email: Mapped[str | None] = mapped_column(String(200), default=None)
    decides: Mapped[bool] = mapped_column(Boolean, default=False)
    notes: Mapped[str | None] = mapped_column(Text, default=None)
    client_ref_code: Mapped[str | None] = mapped_column(String(60), default=None)
    client_ref_name: Mapped[str | None] = mapped_column(String(300), default=None)
