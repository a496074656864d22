"""The painted calendar: one view for day, week and month; each task is an item of its model.

Keys and drags become wishes that the page fulfils.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QPoint,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QToolTip,
    QWidget,
)

from acctdesk.i18n import msg, nmsg
from acctdesk.kinds import TaskState
from acctdesk.periods import WorkingDays
from acctdesk.services.calendar import USUAL_MINUTES, minute_of
from acctdesk.services.rows import TaskRow
from acctdesk.text import When
from acctdesk.ui.itemmodels.calendar import CalendarModel
from acctdesk.ui.itemmodels.calendar_text import moved_words
from acctdesk.ui.keys import latin_key
from acctdesk.ui.pages.calendar import painter as looks
from acctdesk.ui.pages.calendar.drag import Drag
from acctdesk.ui.pages.calendar.grid import (
    HOUR,
    MINUTES,
    STEP,
    Span,
    days_of,
    lay_out,
    time_of,
)
from acctdesk.ui.pages.calendar.placed import SEEN_FIRST, Index, PlacedTasks
from acctdesk.ui.painting import draw_text
from acctdesk.ui.words import bell, plain_tip, say

EDGE = 6  # px at the foot of a block that change its length
_ONE = dt.timedelta(days=1)


class CalendarView(PlacedTasks):
    """Days, with the tasks that stand on them."""

    opened = Signal(object)  # TaskRow
    moved = Signal(object, object)  # TaskRow, When
    stretched = Signal(object, int)  # TaskRow, minutes
    new_wanted = Signal(object, int)  # When, minutes (0: not said)
    ticked = Signal(object)
    trash_wanted = Signal(object)
    day_wanted = Signal(object)  # to see one day
    turned = Signal(int)  # pages on, or back; 0 is today
    menu_wanted = Signal(object)  # a global point
    day_changed = Signal(object)  # the keyboard stands on a day that is not seen
    task_changed = Signal()

    def __init__(
        self, model: CalendarModel, now: Callable[[], dt.datetime], parent: QWidget
    ) -> None:
        super().__init__(model, parent)
        self._now = now
        self.span = Span.WEEK
        self.day = now().date()
        self._drag: Drag | None = None
        self.grid = lay_out(self.span, days_of(self.span, self.day), (), 700, 500)
        self.setModel(model)
        self.viewport().setMouseTracking(True)
        bell().rung.connect(self.viewport().update)
        say(
            self,
            name=msg("Page", "Calendar"),
            description=msg(
                "Calendar",
                "Arrows go over days and tasks, Enter opens, N makes a task, Space ticks, Alt and"
                " an arrow moves, Alt, Shift and an arrow changes the length, Page Up and Page"
                " Down turn, T is today.",
            ),
        )

    # -- what is shown

    def show_days(self, span: Span, day: dt.date) -> None:
        """See other days; the tasks come with the model."""
        turned = span is not self.span
        self.span, self.day = span, day
        self.lay_out()
        if turned and span is not Span.MONTH:
            self.verticalScrollBar().setValue(round(SEEN_FIRST * HOUR))

    def lay_out(self) -> None:
        """Measure everything anew."""
        size = self.viewport().size()
        days = days_of(self.span, self.day)
        self.grid = lay_out(self.span, days, self._tasks.tasks, size.width(), size.height())
        self.measure()
        self.viewport().update()

    def current_task(self) -> TaskRow | None:
        """Return the task under the cursor."""
        return self._tasks.task_at(self.currentIndex())

    def choose(self, task_id: int | None) -> bool:
        """Make a task current, or none; tells whether it is there."""
        row = self._tasks.row_of(task_id)
        if row is None:
            self.selectionModel().clear()
            self.viewport().update()
            return False
        index = self._tasks.index(row, 0)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        day = self._tasks.tasks[row].due_on
        if day is not None:
            self.day = day
        self.scrollTo(index)
        self.viewport().update()
        return True

    def set_day(self, day: dt.date) -> None:
        """Put the keyboard on a day; where it is not seen, the page turns."""
        self.day = day
        if day in self.grid.days:
            self.viewport().update()
        else:
            self.day_changed.emit(day)

    # -- what Qt asks of a view

    def reset(self) -> None:
        """The model holds other tasks."""
        super().reset()
        self.lay_out()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another task is current: what can be done may differ."""
        super().currentChanged(current, previous)
        self.task_changed.emit()
        self.viewport().update()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the days and their tasks."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        span = self._tasks.held
        now = self._now()
        scene = looks.Scene(
            WorkingDays() if span is None else span.days,
            now.date(),
            now.time(),
            self.day,
            self.hasFocus() and self.current_task() is None,
            self.day.month,
        )
        grid, scrolled = self.grid, self.verticalOffset()
        looks.paint_grid(painter, grid, scene, scrolled)
        self._paint_tasks(painter, timed=False)
        painter.save()
        painter.setClipRect(QRectF(0, grid.top, grid.width, grid.height - grid.top))
        painter.translate(0, -scrolled)
        self._paint_tasks(painter, timed=True)
        looks.paint_now(painter, grid, scene)
        painter.restore()
        for more in grid.more:
            text = nmsg("Calendar", "{n} more", "{n} more", more.count)
            place = more.rect.adjusted(9, 0, 0, 0)
            draw_text(painter, place, str(text), px=12, weight=600, ink="accent")
        self._paint_drag(painter)

    def _paint_tasks(self, painter: QPainter, *, timed: bool) -> None:
        current, span = self.currentIndex().row(), self._tasks.held
        for row, task in enumerate(self._tasks.tasks):
            block = self.grid.blocks[row] if row < len(self.grid.blocks) else None
            if block is None or self.grid.timed[row] is not timed:
                continue
            looks.paint_task(
                painter,
                block,
                task,
                conflict=self._tasks.conflicts(task),
                moved="" if span is None else moved_words(task, span.days),
                selected=row == current,
                focused=self.hasFocus(),
                timed=timed,
            )

    def _paint_drag(self, painter: QPainter) -> None:
        ghost = None if self._drag is None else self._drag.ghost(self.grid, self.verticalOffset())
        if ghost is not None:
            looks.paint_ghost(painter, *ghost)

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure anew."""
        QAbstractItemView.resizeEvent(self, event)
        self.lay_out()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard stands."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say the whole of a task in its tool tip."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            text = str(self._tasks.data(index)) if index.isValid() else ""
            QToolTip.showText(event.globalPos(), plain_tip(text), self)
            return True
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that a window's action would take."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if plain and latin_key(event) in (Qt.Key.Key_N, Qt.Key.Key_T):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go over days and tasks, open, make, move, stretch, tick, trash, turn."""
        key, modifiers = latin_key(event), event.modifiers()
        alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        handled = (
            self._arrow(key, alt=alt, shift=shift)
            if not modifiers & Qt.KeyboardModifier.ControlModifier
            else False
        )
        if not handled and not modifiers & ~Qt.KeyboardModifier.KeypadModifier:
            handled = self._plain_key(key)
        if not handled:
            event.ignore()

    def _arrow(self, key: int, *, alt: bool, shift: bool) -> bool:
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        if key not in steps:
            return False
        across, down = steps[Qt.Key(key)]
        task = self.current_task()
        if alt and task is not None and task.state is TaskState.OPEN and task.due_on is not None:
            if shift:
                self._stretch(task, down or across)
            else:
                self._move(task, across, down)
        elif not alt and across:
            self.choose(None)
            self.set_day(self.day + across * _ONE)
        elif not alt:
            self._walk(down)
        return True

    def _plain_key(self, key: int) -> bool:
        task = self.current_task()
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_T:
            self.turned.emit(0)
        elif key == Qt.Key.Key_Escape and self._drag is not None:
            self._drag = None
            self.viewport().update()
        elif key == Qt.Key.Key_N:
            self.new_wanted.emit(When(self.day), 0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and task is None:
            self.day_wanted.emit(self.day)
        elif task is None:
            return False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit(task)
        elif key == Qt.Key.Key_Space:
            self.ticked.emit(task)
        elif key == Qt.Key.Key_Delete:
            self.trash_wanted.emit(task)
        elif key == Qt.Key.Key_Escape:
            self.choose(None)
        else:
            return False
        return True

    def _walk(self, step: int) -> None:
        """Go to the next task of the day, beyond the last to the next week of a month."""
        here = [n for n, one in enumerate(self._tasks.tasks) if one.due_on == self.day]
        current = self.currentIndex().row()
        place = here.index(current) + step if current in here else (0 if step > 0 else -1)
        if 0 <= place < len(here):
            self.choose(self._tasks.tasks[here[place]].id)
        elif self.span is Span.MONTH:
            self.choose(None)
            self.set_day(self.day + 7 * step * _ONE)
        elif current in here and place < 0:
            self.choose(None)

    def _move(self, task: TaskRow, across: int, down: int) -> None:
        assert task.due_on is not None
        if down and self.span is Span.MONTH:
            self.moved.emit(task, When(task.due_on + 7 * down * _ONE, task.due_time))
        elif down and task.due_time is not None:
            minute = max(0, min(MINUTES - STEP, minute_of(task) + down * STEP))
            self.moved.emit(task, When(task.due_on, time_of(minute)))
        elif across:
            self.moved.emit(task, When(task.due_on + across * _ONE, task.due_time))

    def _stretch(self, task: TaskRow, step: int) -> None:
        if task.due_time is not None and step:
            minutes = (task.minutes or USUAL_MINUTES) + step * STEP
            self.stretched.emit(task, max(STEP, min(MINUTES - minute_of(task), minutes)))

    # -- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is pressed; a drag may follow."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        point = event.position()
        task = self._tasks.task_at(self.indexAt(point.toPoint()))
        day = self.grid.day_at(point)
        if day is not None:
            self.day = day
        self.choose(None if task is None else task.id)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if task is None:
            minute = self.grid.minute_at(point.y(), self.verticalOffset())
            self._drag = Drag("new", point, day=day, minute=minute)
        elif task.state is TaskState.OPEN:
            edge = self._on_edge(point.toPoint())
            self._drag = Drag("stretch" if edge else "move", point, task)

    def _on_edge(self, point: QPoint) -> bool:
        index = self.indexAt(point)
        if not index.isValid() or not self.grid.timed[index.row()]:
            return False
        return point.y() > self.visualRect(index).bottom() - EDGE

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a drag would end."""
        point, drag = event.position(), self._drag
        if drag is None:
            edge = self._on_edge(point.toPoint())
            shape = Qt.CursorShape.SizeVerCursor if edge else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            return
        far = (point - drag.start).manhattanLength() >= QApplication.startDragDistance()
        drag.going = drag.going or far
        if not drag.going:
            return
        drag.follow(self.grid, self.verticalOffset(), point)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag."""
        drag, self._drag = self._drag, None
        self.viewport().update()
        point = event.position()
        more = next((one for one in self.grid.more if one.rect.contains(point)), None)
        if drag is None or not drag.going:
            if more is not None and event.button() is Qt.MouseButton.LeftButton:
                self.day_wanted.emit(more.day)
            return
        task, when = drag.task, drag.when()
        if task is None and when is not None and drag.until is not None:
            self.new_wanted.emit(when, drag.until - (drag.minute or 0))
        elif drag.kind == "stretch" and drag.until is not None:
            self.stretched.emit(task, drag.until - minute_of(task) if task else 0)
        elif task is not None and when is not None:
            if self.span is Span.MONTH:
                when = When(when.day, task.due_time)
            if when != When(task.due_on or when.day, task.due_time):
                self.moved.emit(task, when)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a task, or make one where none is."""
        point = event.position()
        task = self._tasks.task_at(self.indexAt(point.toPoint()))
        day = self.grid.day_at(point)
        if task is not None:
            self.opened.emit(task)
        elif day is not None:
            minute = self.grid.minute_at(point.y(), self.verticalOffset())
            self.new_wanted.emit(When(day, None if minute is None else time_of(minute)), 0)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a task."""
        if self.current_task() is not None:
            at = self.visualRect(self.currentIndex()).center()
            keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
            self.menu_wanted.emit(
                self.viewport().mapToGlobal(at) if keyboard else event.globalPos()
            )
        event.accept()

    @Slot()
    def tick_clock(self) -> None:
        """Move the line of now."""
        if self.span is not Span.MONTH:
            self.viewport().update()
