"""The structured report of a visit."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record


class VisitReport(Record, Base):
    """The sections of a visit's report, one report to an interaction."""

    __tablename__ = "visit_reports"
    __table_args__ = (
        Index(
            "uq_visit_reports_interaction_id_live",
            "interaction_id",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    interaction_id: Mapped[int] = mapped_column(ForeignKey("interactions.id"))
    purpose: Mapped[str] = mapped_column(Text, default="")
    present: Mapped[str] = mapped_column(Text, default="")
    discussed: Mapped[str] = mapped_column(Text, default="")
    agreed: Mapped[str] = mapped_column(Text, default="")
    needs: Mapped[str] = mapped_column(Text, default="")
    competition: Mapped[str] = mapped_column(Text, default="")
    remarks: Mapped[str] = mapped_column(Text, default="")
