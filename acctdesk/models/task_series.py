"""A recurring task, and the officer's own days off."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from acctdesk.models.base import Base, Record


class TaskSeries(Record, Base):
    """A task or visit that comes again by a rule; its occurrences are tasks.

    ``rule`` is an RRULE of RFC 5545 without DTSTART; the first day of it is ``starts_on``.
    """

    __tablename__ = "task_series"
    __table_args__ = (
        Index("ix_task_series_client_id", "client_id"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), default=None)
    title: Mapped[str] = mapped_column(String(300))
    notes: Mapped[str | None] = mapped_column(Text, default=None)
    kind: Mapped[str | None] = mapped_column(String(20), default=None)  # kinds.InteractionKind
    rule: Mapped[str] = mapped_column(String(300))
    starts_on: Mapped[dt.date] = mapped_column(Date)
    due_time: Mapped[dt.time | None] = mapped_column(Time, default=None)
    minutes: Mapped[int | None] = mapped_column(Integer, default=None)
    shift: Mapped[str] = mapped_column(String(10), default="next")  # kinds.HolidayShift
    made_until: Mapped[dt.date | None] = mapped_column(Date, default=None)
    active: Mapped[bool] = mapped_column(Boolean, default=True)


class DayOff(Record, Base):
    """Days on which the officer does not work, besides Saturdays, Sundays and public holidays."""

    __tablename__ = "days_off"
    __table_args__ = (
        Index("ix_days_off_starts_on", "starts_on"),
        {"sqlite_autoincrement": True},
    )

    starts_on: Mapped[dt.date] = mapped_column(Date)
    ends_on: Mapped[dt.date] = mapped_column(Date)  # included
    name: Mapped[str] = mapped_column(String(120))
