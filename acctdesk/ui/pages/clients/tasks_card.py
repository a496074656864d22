"""What else is to be done for a client, after its next step: each task with its tick box."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import msg, tr
from acctdesk.kinds import PromiseState
from acctdesk.services.rows import TaskRow
from acctdesk.ui.behind import when_seen
from acctdesk.ui.delegates.timeline_row import draw_tick
from acctdesk.ui.itemmodels.tasks_text import moved_words
from acctdesk.ui.pages.clients.next_step import step_day
from acctdesk.ui.painting import draw_text, text_width
from acctdesk.ui.widgets.basics import keeps_f2, label, row
from acctdesk.ui.widgets.painted_line import PaintedLine
from acctdesk.ui.words import bell, plain_tip

LINE = 28
BOX = 26  # width of the tick box with the space around it


class TaskLine(PaintedLine):
    """One task. Space or the box ticks it, Enter or the words open it, Delete trashes it."""

    done = Signal()
    opened = Signal()
    trash_wanted = Signal()

    def __init__(self, task: TaskRow, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent, height=LINE, radius=4)
        self.task = task
        self._today = today
        self._on_box = False
        parts = (task.title, step_day(task, today=today), moved_words(task))
        words = ", ".join(part for part in parts if part)
        self.setAccessibleName(words)
        self.setAccessibleDescription(
            tr("Tasks", "Space ticks it, Enter opens, Delete moves to the trash.")
        )
        self.setToolTip(plain_tip(words))
        self.clicked.connect(self._clicked)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        painter, place = self.painter(), QRectF(self.rect())
        draw_tick(painter, QRectF(2, (LINE - 16) / 2, 16, 16), PromiseState.OPEN)
        due = step_day(self.task, today=self._today)
        wide = text_width(due, 12, 600) + 2
        right = QRectF(place.width() - wide - 2, 0, wide, LINE)
        draw_text(painter, right, due, px=12, weight=600, ink=self._tone(), align="right")
        middle = QRectF(BOX, 0, place.width() - wide - 12 - BOX, LINE)
        draw_text(painter, middle, self.task.title, px=13)
        self.mark_focus(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember whether the box was pressed or the words."""
        self._on_box = event.position().x() < BOX
        super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep F2 for this line."""
        return keeps_f2(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick, open or trash."""
        key = event.key()
        if key == Qt.Key.Key_Space:
            self.done.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit()
        elif key == Qt.Key.Key_Delete:
            self.trash_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _tone(self) -> str:
        due = self.task.due_on
        if due is None:
            return "muted"
        days = (due - self._today).days
        return "danger" if days < 0 else "warning" if days <= 1 else "muted"

    @Slot()
    def _clicked(self) -> None:
        (self.done if self._on_box else self.opened).emit()


class TasksCard(QFrame):
    """Open tasks after the next step, earliest first. The signals carry the TaskRow."""

    done = Signal(object)
    form_wanted = Signal(object)
    trash_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._tasks: list[TaskRow] = []
        self._today = dt.date.min
        self.lines: list[TaskLine] = []
        self._count = label(role="caption")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 8)
        self._column.setSpacing(0)
        heading = label(msg("Tasks", "Further tasks"), "strong")
        self._column.addLayout(row(heading, None, self._count))
        self._column.addSpacing(2)
        bell().rung.connect(self._fill)
        self._fill()

    def show_tasks(self, tasks: list[TaskRow], *, today: dt.date) -> None:
        """Show the tasks of a client; the card goes where there are none."""
        if tasks != self._tasks or today != self._today:
            self._tasks, self._today = list(tasks), today
            self._fill()

    @Slot()
    @when_seen
    def _fill(self) -> None:
        focused = next((n for n, line in enumerate(self.lines) if line.hasFocus()), None)
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [TaskLine(one, self._today, self) for one in self._tasks]
        for line in self.lines:
            self._column.addWidget(line)
            line.done.connect(self._tell_done)
            line.opened.connect(self._tell_opened)
            line.trash_wanted.connect(self._tell_trash)
        self._count.setText(formats.number(len(self.lines)))
        self.setVisible(bool(self.lines))
        if focused is not None and self.lines:
            self.lines[min(focused, len(self.lines) - 1)].setFocus()

    def _sender_task(self) -> TaskRow | None:
        line = self.sender()
        return line.task if isinstance(line, TaskLine) else None

    @Slot()
    def _tell_done(self) -> None:
        self.done.emit(self._sender_task())

    @Slot()
    def _tell_opened(self) -> None:
        self.form_wanted.emit(self._sender_task())

    @Slot()
    def _tell_trash(self) -> None:
        self.trash_wanted.emit(self._sender_task())
