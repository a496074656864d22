"""Checklists, and the action plans made of them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record


class Checklist(Record, Base):
    """A named list of steps, each with its distance from an anchor date."""

    __tablename__ = "checklists"
    __table_args__ = ({"sqlite_autoincrement": True},)

    name: Mapped[str] = mapped_column(String(120))
    # JSON: a list of {"title", "offset" in days, negative before the anchor, "working" days or not}
    steps: Mapped[str] = mapped_column(Text)


class ActionPlan(Record, Base):
    """A checklist at work for a client: its steps are tasks that follow the anchor date."""

    __tablename__ = "action_plans"
    __table_args__ = (
        Index("ix_action_plans_client_id", "client_id"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), default=None)
    checklist_id: Mapped[int | None] = mapped_column(ForeignKey("checklists.id"), default=None)
    title: Mapped[str] = mapped_column(String(300))
    anchor_on: Mapped[dt.date] = mapped_column(Date)
