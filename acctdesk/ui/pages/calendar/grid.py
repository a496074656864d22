"""Where everything stands in the calendar: pure geometry in logical pixels, nothing is painted.

In a day or a week the head and the strip without times stay; the hours scroll below them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF

from acctdesk.services.calendar import USUAL_MINUTES, minute_of
from acctdesk.services.rows import TaskRow

HEAD = 52  # a day's name and number, and its holiday
GUTTER = 64  # the hours
HOUR = 48
LINE = 22  # a task in the strip or in a month
STRIP_LINES = 4
LEAST = 20  # px: a block is never lower
STEP = 15  # minutes
MINUTES = 24 * 60
FIRST_HOUR, LAST_HOUR = 8, 17  # the working hours
_ONE = dt.timedelta(days=1)


class Span(StrEnum):
    """How much of the calendar is seen."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def time_of(minute: int) -> dt.time:
    """Return a minute of the day as a time; the last one for the end of the day."""
    return dt.time(min(minute, MINUTES - 1) // 60, min(minute, MINUTES - 1) % 60)


def days_of(span: Span, day: dt.date) -> list[dt.date]:
    """Return the days that are seen with ``day``: it, its week, or the weeks of its month."""
    monday = day - day.weekday() * _ONE
    if span is Span.DAY:
        return [day]
    if span is Span.WEEK:
        return [monday + n * _ONE for n in range(7)]
    first = day.replace(day=1)
    start = first - first.weekday() * _ONE
    last = (first + 31 * _ONE).replace(day=1) - _ONE
    weeks = ((last - start).days // 7) + 1
    return [start + n * _ONE for n in range(7 * weeks)]


@dataclass(frozen=True, slots=True)
class More:
    """What finds no room in a cell."""

    day: dt.date
    rect: QRectF
    count: int


@dataclass(slots=True)
class Grid:
    """The places of days and tasks; ``blocks`` are in the order of the tasks, None: no room."""

    span: Span
    days: list[dt.date]
    width: float
    height: float
    strip: float = 0.0  # height of the tasks without a time
    blocks: list[QRectF | None] = field(default_factory=list)
    timed: list[bool] = field(default_factory=list)
    more: list[More] = field(default_factory=list)

    @property
    def top(self) -> float:
        """Where what scrolls begins."""
        return HEAD + self.strip if self.span is not Span.MONTH else HEAD / 2

    @property
    def content(self) -> float:
        """The height of what scrolls."""
        return 24 * HOUR if self.span is not Span.MONTH else self.height - self.top

    @property
    def column(self) -> float:
        """The width of a day."""
        left = 0 if self.span is Span.MONTH else GUTTER
        return (self.width - left) / (7 if self.span is Span.MONTH else len(self.days))

    def cell(self, day: dt.date) -> QRectF:
        """Return the place of a day, without its head; of hours as they stand unscrolled."""
        place = (day - self.days[0]).days
        if self.span is Span.MONTH:
            rows = len(self.days) // 7
            high = (self.height - self.top) / rows
            return QRectF(place % 7 * self.column, self.top + place // 7 * high, self.column, high)
        return QRectF(GUTTER + place * self.column, self.top, self.column, 24 * HOUR)

    def day_at(self, point: QPointF) -> dt.date | None:
        """Return the day under a point, None in the gutter or above a month."""
        left = 0 if self.span is Span.MONTH else GUTTER
        column = int((point.x() - left) // self.column)
        if point.x() < left or not 0 <= column < (7 if self.span is Span.MONTH else len(self.days)):
            return None
        if self.span is not Span.MONTH:
            return self.days[column]
        if point.y() < self.top:
            return None
        high = (self.height - self.top) / (len(self.days) // 7)
        place = int((point.y() - self.top) // high) * 7 + column
        return self.days[place] if 0 <= place < len(self.days) else None

    def minute_at(self, y: float, scrolled: float) -> int | None:
        """Return the minute of the day at a height of the view; None where there are no hours."""
        if self.span is Span.MONTH or y < self.top:
            return None
        minute = round((y - self.top + scrolled) / HOUR * 60 / STEP) * STEP
        return max(0, min(MINUTES - STEP, minute))

    def y_of(self, minute: int) -> float:
        """Return the height of a minute, unscrolled."""
        return self.top + minute / 60 * HOUR


def lay_out(
    span: Span, days: list[dt.date], tasks: Sequence[TaskRow], width: float, height: float
) -> Grid:
    """Return the places of tasks on days that are seen."""
    grid = Grid(span, days, width, height)
    grid.blocks = [None] * len(tasks)
    grid.timed = [span is not Span.MONTH and one.due_time is not None for one in tasks]
    by_day: dict[dt.date, list[int]] = defaultdict(list)
    for number, task in enumerate(tasks):
        if task.due_on is not None:
            by_day[task.due_on].append(number)
    if span is Span.MONTH:
        for day in days:
            room = int((grid.cell(day).height() - 26) // LINE)
            _stack(grid, by_day[day], day, grid.cell(day).adjusted(3, 24, -3, 0), room)
        return grid
    loose = {day: [n for n in by_day[day] if not grid.timed[n]] for day in days}
    lines = min(STRIP_LINES, max(1, *(len(one) for one in loose.values()), 1))
    grid.strip = lines * LINE + 6
    for day in days:
        head = QRectF(grid.cell(day).x() + 2, HEAD + 3, grid.column - 6, grid.strip)
        _stack(grid, loose[day], day, head, lines)
        _columns(grid, [n for n in by_day[day] if grid.timed[n]], day, tasks)
    return grid


def _stack(grid: Grid, numbers: list[int], day: dt.date, place: QRectF, room: int) -> None:
    """Put tasks below each other; what finds no room is counted in the last line."""
    shown = numbers if len(numbers) <= room else numbers[: max(0, room - 1)]
    for row, number in enumerate(shown):
        grid.blocks[number] = QRectF(place.x(), place.y() + row * LINE, place.width(), LINE - 2)
    if len(shown) < len(numbers):
        y = place.y() + len(shown) * LINE
        rect = QRectF(place.x(), y, place.width(), LINE - 2)
        grid.more.append(More(day, rect, len(numbers) - len(shown)))


def _columns(grid: Grid, numbers: list[int], day: dt.date, tasks: Sequence[TaskRow]) -> None:
    """Put tasks of a day side by side where they overlap."""
    cell = grid.cell(day)
    cluster: list[tuple[int, int, int, int]] = []  # number, begins, ends, lane
    lanes: list[int] = []  # when each lane is free again

    def close() -> None:
        wide = (cell.width() - 8) / max(1, len(lanes))
        for number, begins, ends, lane in cluster:
            y = grid.y_of(begins)
            high = max(LEAST, (ends - begins) / 60 * HOUR - 2)
            grid.blocks[number] = QRectF(cell.x() + 2 + lane * wide, y + 1, wide - 2, high)

    for number in sorted(numbers, key=lambda one: (minute_of(tasks[one]), one)):
        begins = minute_of(tasks[number])
        ends = begins + max(tasks[number].minutes or USUAL_MINUTES, LEAST * 60 // HOUR)
        if cluster and begins >= max(lanes):
            close()
            cluster, lanes = [], []
        lane = next((n for n, free in enumerate(lanes) if free <= begins), len(lanes))
        lanes[lane : lane + 1] = [ends]
        cluster.append((number, begins, ends, lane))
    close()
