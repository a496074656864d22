"""A product and its family."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import Boolean, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Folded, Record


class Product(Folded, Record, Base):
    """One thing the company sells."""

    __tablename__ = "products"
    __folded__: ClassVar[dict[str, str]] = {"name": "name_fold"}
    __table_args__ = (
        Index(
            "uq_products_code_live",
            "code",
            unique=True,
            sqlite_where=text("deleted_at IS NULL AND code IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    code: Mapped[str | None] = mapped_column(String(60), default=None)
    name: Mapped[str] = mapped_column(String(300))
    name_fold: Mapped[str] = mapped_column(String(300), default="")
    family: Mapped[str | None] = mapped_column(String(120), default=None)
    unit: Mapped[str | None] = mapped_column(String(40), default=None)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
