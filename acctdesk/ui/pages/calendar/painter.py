"""How the calendar looks: heads of days, hours, what is off, blocks and the line of now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from acctdesk import formats
from acctdesk.i18n import tr
from acctdesk.kinds import TaskState
from acctdesk.periods import WorkingDays
from acctdesk.services.rows import TaskRow
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.itemmodels.calendar_text import icon_of
from acctdesk.ui.pages.calendar.grid import (
    FIRST_HOUR,
    GUTTER,
    HEAD,
    HOUR,
    LAST_HOUR,
    LINE,
    Grid,
    Span,
)
from acctdesk.ui.painting import draw_text, focus_ring, round_rect, text_width
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.theme import colour

SHADED = "app"  # what is off: outside the hours of work, weekends, holidays


@dataclass(frozen=True, slots=True)
class Scene:
    """What is painted beside the places: the calendar, today, now, and the day of the keyboard."""

    days: WorkingDays
    today: dt.date
    now: dt.time
    day: dt.date  # where the keyboard stands
    focused: bool
    month: int  # whose other days are paler, in a month


def paint_grid(painter: QPainter, grid: Grid, scene: Scene, scrolled: float) -> None:
    """Paint everything but the tasks."""
    whole = QRectF(0, 0, grid.width, grid.height)
    painter.fillRect(whole, colour("surface"))
    if grid.span is Span.MONTH:
        _month(painter, grid, scene)
        return
    painter.save()
    painter.setClipRect(QRectF(0, grid.top, grid.width, grid.height - grid.top))
    painter.translate(0, -scrolled)
    _hours(painter, grid, scene)
    painter.restore()
    _heads(painter, grid, scene)


def _hours(painter: QPainter, grid: Grid, scene: Scene) -> None:
    for day in grid.days:
        cell = grid.cell(day)
        if not scene.days.is_working(day):
            painter.fillRect(cell, colour(SHADED))
        else:
            early = QRectF(cell.x(), cell.y(), cell.width(), FIRST_HOUR * HOUR)
            late = QRectF(cell.x(), cell.y() + LAST_HOUR * HOUR, cell.width(), 24 * HOUR)
            painter.fillRect(early, colour(SHADED))
            painter.fillRect(late.intersected(cell), colour(SHADED))
    for hour in range(24):
        y = grid.top + hour * HOUR
        painter.fillRect(QRectF(GUTTER, y, grid.width - GUTTER, 1), colour("border"))
        if hour:
            place = QRectF(0, y - 8, GUTTER - 8, 16)
            said = formats.time(dt.time(hour))
            draw_text(painter, place, said, px=12, ink="muted", align="right")
    for day in grid.days:
        painter.fillRect(QRectF(grid.cell(day).x(), grid.top, 1, 24 * HOUR), colour("border"))


def paint_now(painter: QPainter, grid: Grid, scene: Scene) -> None:
    """Paint the line of now over the tasks, unscrolled."""
    if grid.span is Span.MONTH or scene.today not in grid.days:
        return
    cell = grid.cell(scene.today)
    y = grid.y_of(scene.now.hour * 60 + scene.now.minute)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("danger"))
    painter.drawRect(QRectF(cell.x(), y - 1, cell.width(), 2))
    painter.drawEllipse(QPointF(cell.x() + 1, y), 4, 4)


def _heads(painter: QPainter, grid: Grid, scene: Scene) -> None:
    painter.fillRect(QRectF(0, 0, grid.width, grid.top), colour("surface"))
    for day in grid.days:
        cell = grid.cell(day)
        place = QRectF(cell.x(), 0, cell.width(), HEAD)
        if not scene.days.is_working(day):
            painter.fillRect(QRectF(cell.x(), 0, cell.width(), grid.top), colour(SHADED))
        _day_head(painter, place, day, scene)
        painter.fillRect(QRectF(cell.x(), 0, 1, grid.top), colour("border"))
        if scene.focused and day == scene.day:
            focus_ring(painter, place.adjusted(3, 2, -2, -2), 6)
    place = QRectF(0, HEAD, GUTTER - 8, LINE)
    draw_text(painter, place, tr("Calendar", "all day"), px=12, ink="muted", align="right")
    painter.fillRect(QRectF(0, HEAD, grid.width, 1), colour("border"))
    painter.fillRect(QRectF(0, grid.top - 1, grid.width, 1), colour("control"))


def _day_head(painter: QPainter, place: QRectF, day: dt.date, scene: Scene) -> None:
    today = day == scene.today
    name = formats.weekday_short(day)
    x = place.x() + 10
    ink = "accent" if today else "muted"
    wide = draw_text(painter, QRectF(x, 6, 60, 22), name, px=12, weight=600, ink=ink)
    _number(painter, QPointF(x + wide + 8, 17), day, today=today)
    holiday = scene.days.holiday(day)
    if holiday is not None:
        below = QRectF(x, 29, place.width() - 16, 18)
        draw_text(painter, below, str(holiday), px=12, weight=500, ink="warning")


def _number(
    painter: QPainter, left: QPointF, day: dt.date, *, today: bool, pale: bool = False
) -> float:
    """Paint the number of a day, that of today in a filled disc; return its width."""
    said = str(day.day)
    wide = text_width(said, 14, 600)
    if today:
        disc = max(24.0, wide + 12)
        round_rect(painter, QRectF(left.x() - 4, left.y() - 12, disc, 24), 12, fill="fill")
        box = QRectF(left.x() - 4, left.y() - 12, disc, 24)
        draw_text(painter, box, said, weight=600, ink="on_fill", align="center")
        return disc
    ink = "muted" if pale else "text"
    draw_text(painter, QRectF(left.x(), left.y() - 12, wide + 4, 24), said, weight=600, ink=ink)
    return wide


def _month(painter: QPainter, grid: Grid, scene: Scene) -> None:
    for number, day in enumerate(grid.days[:7]):
        place = QRectF(number * grid.column + 8, 0, grid.column - 8, grid.top)
        name = formats.weekday_short(day)
        draw_text(painter, place, name, px=12, weight=600, ink="muted")
    for day in grid.days:
        cell = grid.cell(day)
        if not scene.days.is_working(day):
            painter.fillRect(cell, colour(SHADED))
        painter.fillRect(QRectF(cell.x(), cell.y(), cell.width(), 1), colour("border"))
        painter.fillRect(QRectF(cell.x(), cell.y(), 1, cell.height()), colour("border"))
        pale = day.month != scene.month
        at = QPointF(cell.x() + 9, cell.y() + 14)
        wide = _number(painter, at, day, today=day == scene.today, pale=pale)
        holiday = scene.days.holiday(day)
        if holiday is not None:
            place = QRectF(cell.x() + 18 + wide, cell.y() + 3, cell.width() - wide - 22, 22)
            draw_text(painter, place, str(holiday), px=12, weight=500, ink="warning")
        if scene.focused and day == scene.day:
            focus_ring(painter, cell.adjusted(1, 1, -1, -1), 4)


def paint_task(
    painter: QPainter,
    rect: QRectF,
    task: TaskRow,
    *,
    conflict: bool,
    moved: str,
    selected: bool,
    focused: bool,
    timed: bool,
) -> None:
    """Paint one task in its place; ``moved`` says why it is not on its rule's day."""
    done = task.state is not TaskState.OPEN
    ground, bar, ink = "soft", "accent", "text"
    if done:
        ground, bar, ink = "hover", "control", "text2"
    elif conflict:
        ground, bar = "warning_soft", "warning"
    elif task.deadline:
        ground, bar = "danger_soft", "danger"
    round_rect(painter, rect, 4, fill=ground, line="surface")
    painter.save()
    painter.setClipRect(QRectF(rect.x(), rect.y(), 4, rect.height()))
    round_rect(painter, rect, 4, fill=bar)
    painter.restore()
    x, end = rect.x() + 9, rect.right() - 4
    high = min(rect.height(), 20.0)
    marks = (
        icon_of(task),
        "arrow-forward-up" if moved else None,
        "alert-triangle" if conflict else None,
    )
    signs = [name for name in marks if name is not None]
    for name in signs:
        if end - x > 40:
            tint = "warning" if name == "alert-triangle" else "text2" if done else bar
            draw_icon(painter, name, QRectF(x, rect.y() + (high - 14) / 2, 14, 14), tint)
            x += 18
    title = task.title
    if task.due_time is not None and not (timed and rect.height() >= 38):
        title = f"{formats.time(task.due_time)} {title}"
    place = QRectF(x, rect.y(), max(0.0, end - x), high)
    draw_text(painter, place, title, px=12, weight=500, ink=ink)
    if timed and rect.height() >= 38:
        below = " · ".join(
            part
            for part in (
                formats.time(task.due_time),
                shown_name(task.client_name, task.client_id),
                task.place,
            )
            if part
        )
        place = QRectF(rect.x() + 9, rect.y() + 19, rect.width() - 13, 16)
        draw_text(painter, place, below, px=12, ink="text2")
    if moved and timed and rect.height() >= 54:
        place = QRectF(rect.x() + 9, rect.y() + 35, rect.width() - 13, 16)
        draw_text(painter, place, moved, px=12, ink="text2")
    if selected:
        if focused:
            focus_ring(painter, rect, 4)
        else:
            round_rect(painter, rect, 4, line=bar, line_width=1)


def paint_ghost(painter: QPainter, rect: QRectF, words: str) -> None:
    """Paint where what is dragged would come to stand."""
    painter.setPen(QPen(colour("accent"), 2, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, 4, 4)
    wide = text_width(words, 12, 600) + 12
    box = QRectF(rect.x() + 4, rect.y() + 2, wide, 18)
    round_rect(painter, box, 4, fill="fill")
    draw_text(painter, box, words, px=12, weight=600, ink="on_fill", align="center", elide=False)
