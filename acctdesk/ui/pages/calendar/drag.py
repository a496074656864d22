"""What the mouse is doing in the calendar, and where it would end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF

from acctdesk import formats
from acctdesk.services.calendar import USUAL_MINUTES, minute_of
from acctdesk.services.rows import TaskRow
from acctdesk.text import When
from acctdesk.ui.pages.calendar.grid import HOUR, MINUTES, STEP, Grid, Span, time_of


@dataclass(slots=True)
class Drag:
    """Moving or stretching a task, or marking the time of a new one."""

    kind: Literal["move", "stretch", "new"]
    start: QPointF
    task: TaskRow | None = None
    day: dt.date | None = None  # where it would come to stand
    minute: int | None = None
    until: int | None = None
    going: bool = False

    def when(self) -> When | None:
        """Return the day and time at which it would end."""
        if self.day is None:
            return None
        return When(self.day, None if self.minute is None else time_of(self.minute))

    def follow(self, grid: Grid, scrolled: float, point: QPointF) -> None:
        """Follow the mouse."""
        minute, pressed = (
            grid.minute_at(point.y(), scrolled),
            grid.minute_at(self.start.y(), scrolled),
        )
        if self.task is None:
            if pressed is not None and minute is not None:
                self.minute, self.until = min(pressed, minute), max(pressed, minute) + STEP
            return
        begins = minute_of(self.task)
        if self.kind == "stretch":
            self.day, self.minute = self.task.due_on, begins
            if minute is not None:
                self.until = max(begins + STEP, minute)
            return
        self.day = grid.day_at(point) or self.day
        self.minute = None
        if minute is not None:
            if self.task.due_time is not None and pressed is not None:
                minute += begins - pressed
            self.minute = max(0, min(MINUTES - STEP, minute))
            self.until = min(MINUTES, self.minute + (self.task.minutes or USUAL_MINUTES))

    def ghost(self, grid: Grid, scrolled: float) -> tuple[QRectF, str] | None:
        """Return the place at which it would end, and its words."""
        if not self.going or self.day is None or self.day not in grid.days:
            return None
        cell = grid.cell(self.day)
        words = f"{formats.weekday_short(self.day)} {formats.short_date(self.day)}"
        if self.minute is None:
            if grid.span is not Span.MONTH:
                cell = QRectF(cell.x(), grid.top - grid.strip, cell.width(), grid.strip)
            return cell.adjusted(2, 2, -2, -2), words
        until = self.until if self.until is not None else self.minute + USUAL_MINUTES
        y, high = grid.y_of(self.minute) - scrolled, (until - self.minute) / 60 * HOUR
        times = f"{formats.time(time_of(self.minute))} – {formats.time(time_of(until))}"
        return QRectF(cell.x() + 2, y, cell.width() - 6, high), f"{words}, {times}"
