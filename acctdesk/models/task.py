"""A task: what the officer has to do, with a date."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import Date, ForeignKey, Index, String, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Folded, Record


class Task(Folded, Record, Base):
    """One thing to do; a client's earliest open task is its next step."""

    __tablename__ = "tasks"
    __folded__: ClassVar[dict[str, str]] = {"title": "title_fold"}
    __table_args__ = (
        Index("ix_tasks_client_id_state_due_on", "client_id", "state", "due_on"),
        Index("ix_tasks_state_due_on", "state", "due_on"),
        Index("ix_tasks_state_done_on", "state", "done_on"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), default=None)
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey("interactions.id"), default=None)
    title: Mapped[str] = mapped_column(String(300))
    title_fold: Mapped[str] = mapped_column(String(300), default="")
    notes: Mapped[str | None] = mapped_column(Text, default=None)
    due_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
    due_time: Mapped[dt.time | None] = mapped_column(Time, default=None)
    state: Mapped[str] = mapped_column(String(10), default="open")  # kinds.TaskState
    done_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
