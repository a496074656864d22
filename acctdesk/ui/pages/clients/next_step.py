"""What comes next with this client: done, or moved to another day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, tr
from acctdesk.services.rows import TaskRow
from acctdesk.services.tasks import complete_task, move_task
from acctdesk.ui.behind import when_seen
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.widgets.basics import Button, label, row
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.words import bell

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_DAYS: tuple[tuple[int, Message], ...] = (
    (1, msg("Next step", "To tomorrow")),
    (3, msg("Next step", "By 3 days")),
    (7, msg("Next step", "To next week")),
)


def step_day(task: TaskRow, *, today: dt.date) -> str:
    """Return when a task is due, as the panel shows it."""
    if task.due_on is None:
        return tr("Next step", "no date")
    day = formats.relative_day(task.due_on, today=today)
    return f"{day} {formats.time(task.due_time)}" if task.due_time else day


class NextStep(QFrame):
    """The soft panel on top of the rail; ``form_wanted`` carries a TaskRow to move, or None."""

    form_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("softCard")
        self._context = context
        self._task: TaskRow | None = None
        self._when = label(role="accent")
        self._what = ElidedLabel(px=14, weight=600)
        self.done = Button(msg("Next step", "Done"), look="small", icon="check")
        self.move_button = Button(msg("Next step", "Move"), look="small", icon="clock")
        self.add = Button(msg("Next step", "Add"), look="small", icon="plus")
        self.done.clicked.connect(self.complete)
        self.move_button.clicked.connect(self.open_moves)
        self.add.clicked.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(4)
        column.addLayout(row(label(msg("Next step", "Next step"), "accent"), None, self._when))
        column.addWidget(self._what)
        column.addSpacing(4)
        column.addLayout(row(self.done, self.move_button, self.add, None))
        bell().rung.connect(self._speak)
        self._speak()

    @property
    def task(self) -> TaskRow | None:
        """The task shown."""
        return self._task

    def show_task(self, task: TaskRow | None) -> None:
        """Show the client's next step; None offers to add one."""
        self._task = task
        self._speak()

    @Slot()
    def complete(self) -> None:
        """Mark the step as done."""
        if self._task is None:
            return
        self._context.runner.submit(
            msg("Step", "Task done"),
            complete_task,
            task_id=self._task.id,
            on=self._context.today(),
            initiator=self,
            on_done=self._completed,
            on_error=self._context.messages.fail,
        )

    @Slot()
    def open_moves(self) -> None:
        """Offer other days under the button."""
        if self._task is None:
            return
        menu = QMenu(self)
        for days, text in _DAYS:
            action = QAction(str(text), menu)
            action.setData(days)
            menu.addAction(action)
        menu.addSeparator()
        other = QAction(str(msg("Next step", "Another day…")), menu)
        other.setData(0)
        menu.addAction(other)
        menu.triggered.connect(self._move_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.move_button.mapToGlobal(QPoint(0, self.move_button.height() + 2)))

    def move_by(self, days: int) -> None:
        """Move the step to ``days`` after today; 7 is Monday of next week."""
        if self._task is None:
            return
        today = self._context.today()
        after = 7 - today.weekday() if days == 7 else days
        self._context.runner.submit(
            msg("Step", "Task moved"),
            move_task,
            task_id=self._task.id,
            due_on=today + dt.timedelta(days=after),
            due_time=self._task.due_time,
            initiator=self,
            on_error=self._context.messages.fail,
        )

    @Slot(QAction)
    def _move_chosen(self, action: QAction) -> None:
        days = int(action.data())
        if days:
            self.move_by(days)
        elif self._task is not None:
            self.form_wanted.emit(self._task)

    @Slot()
    def _add(self) -> None:
        self.form_wanted.emit(None)

    def _completed(self, _value: object) -> None:
        self._context.messages.say(
            msg("Next step", "The task was marked as done."),
            action=ToastAction(msg("Toast", "Undo"), self._undo),
        )

    def _undo(self) -> None:
        self._context.runner.undo(on_error=self._context.messages.fail)

    @Slot()
    @when_seen
    def _speak(self) -> None:
        task, today = self._task, self._context.today()
        self.done.setVisible(task is not None)
        self.move_button.setVisible(task is not None)
        self.add.setVisible(task is None)
        if task is None:
            self._what.setText(tr("Next step", "None is planned"))
            self._when.setText("")
            return
        self._what.setText(task.title)
        self._when.setText(step_day(task, today=today))
        late = task.due_on is not None and task.due_on < today
        self._when.setProperty("role", "dangerStrong" if late else "accent")
        self._when.style().unpolish(self._when)
        self._when.style().polish(self._when)
