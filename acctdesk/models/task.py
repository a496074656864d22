"""A task: what the officer has to do, with a date."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text, Time, text
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
        Index(
            "uq_tasks_series_id_series_on_live",
            "series_id",
            "series_on",
            unique=True,
            sqlite_where=text("deleted_at IS NULL AND series_id IS NOT NULL"),
        ),
        Index("ix_tasks_plan_id", "plan_id", sqlite_where=text("plan_id IS NOT NULL")),
        Index(
            "uq_tasks_source_key_live",
            "source_key",
            unique=True,
            sqlite_where=text("deleted_at IS NULL AND source_key IS NOT NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), default=None)
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey("interactions.id"), default=None)
    title: Mapped[str] = mapped_column(String(300))
    title_fold: Mapped[str] = mapped_column(String(300), default="")
    notes: Mapped[str | None] = mapped_column(Text, default=None)
    due_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
    due_time: Mapped[dt.time | None] = mapped_column(Time, default=None)
    minutes: Mapped[int | None] = mapped_column(Integer, default=None)  # how long it takes
    kind: Mapped[str | None] = mapped_column(String(20), default=None)  # kinds.InteractionKind
    place: Mapped[str | None] = mapped_column(String(120), default=None)
    deadline: Mapped[bool] = mapped_column(Boolean, default=False)  # the day is not ours to move
    # an occurrence of a series: the day its rule gives, before it was moved off a holiday
    series_id: Mapped[int | None] = mapped_column(ForeignKey("task_series.id"), default=None)
    series_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
    # a step of an action plan: its place, and its days from the anchor date
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("action_plans.id"), default=None)
    plan_place: Mapped[int | None] = mapped_column(Integer, default=None)
    plan_offset: Mapped[int | None] = mapped_column(Integer, default=None)
    plan_working: Mapped[bool] = mapped_column(Boolean, default=False)  # working days
    # recognises what came out of a calendar before: "ics:" and the event's identifiers
    source_key: Mapped[str | None] = mapped_column(String(300), default=None)
    state: Mapped[str] = mapped_column(String(10), default="open")  # kinds.TaskState
    done_on: Mapped[dt.date | None] = mapped_column(Date, default=None)
