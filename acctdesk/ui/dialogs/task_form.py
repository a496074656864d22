"""A task in full: what, for whom, when, notes. Also to change one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from acctdesk import formats
from acctdesk.i18n import msg, tr
from acctdesk.services.rows import TaskRow
from acctdesk.services.tasks import add_task, update_task
from acctdesk.text import clean
from acctdesk.ui.widgets.basics import LineEdit, column, label, labelled
from acctdesk.ui.widgets.client_picker import ClientPicker
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.when_field import WhenField
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class TaskForm(CalmDialog):
    """Adds a task, with or without a client, or changes one."""

    topic = "tasks"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        task: TaskRow | None = None,
        client: tuple[int, str] | None = None,  # id and name: the task is for no other
    ) -> None:
        new = msg("Tasks", "New task")
        super().__init__(parent, new if task is None else msg("Tasks", "Task"), width=480)
        self.context = context
        self._task = task
        self.what = LineEdit(self)
        self.what.setMaxLength(300)
        self.client = ClientPicker(context, self)
        self.when = WhenField(context.today(), parent=self)
        self.notes = QPlainTextEdit(self)
        self.notes.setFixedHeight(84)
        self.notes.setTabChangesFocus(True)
        say(
            self.when.field,
            name=msg("Tasks", "When"),
            placeholder=msg("Tasks", "tomorrow, Tue 10, 15/3, +3d"),
            description=msg("Tasks", "A day as you say it; the chip shows how it was read."),
        )
        self.content.addLayout(labelled(msg("Tasks", "What is to be done"), self.what))
        self.content.addLayout(
            column(label(msg("Tasks", "Client (if any)"), "field"), self.client, spacing=4)
        )
        self.content.addLayout(column(label(msg("Tasks", "When"), "field"), self.when, spacing=4))
        self.content.addLayout(labelled(msg("Tasks", "Notes"), self.notes))
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.trouble)
        self.add_button(msg("Tasks", "Cancel")).clicked.connect(self.reject)
        save = self.add_button(msg("Tasks", "Save"), look="primary", icon="check", default=True)
        save.clicked.connect(self.save)
        if task is not None:
            self._fill(task)
        elif client is not None:
            self.client.take(*client)
            self.client.lock()
        self.what.setFocus()

    def _fill(self, task: TaskRow) -> None:
        self.what.setText(task.title)
        self.what.selectAll()
        self.client.take(task.client_id, task.client_name or "")
        self.client.lock()
        if task.client_id is None:
            say(self.client.field, placeholder=msg("Tasks", "none"))
        self.notes.setPlainText(task.notes or "")
        if task.due_on is not None:
            day = formats.date(task.due_on)
            self.when.field.setText(
                f"{day} {formats.time(task.due_time)}" if task.due_time else day
            )

    @Slot()
    def save(self) -> None:
        """Store the task, or say what is missing."""
        title, when = clean(self.what.text()), self.when.when()
        if not title:
            self._complain(tr("Tasks", "Say what is to be done."), self.what)
            return
        if not self.when.understood():
            self.when.set_invalid(invalid=True)
            self._complain(tr("Tasks", "This day is not clear."), self.when)
            return
        if self.client.client_id is None and clean(self.client.field.text()):
            self._complain(tr("Tasks", "This client is not known. Choose one, or none."),
                           self.client)  # fmt: skip
            return
        day, time = (when.day, when.time) if when is not None else (None, None)
        notes = self.notes.toPlainText().strip() or None
        if self._task is None:
            self.context.runner.submit(
                msg("Step", "New task"),
                add_task,
                title=title,
                client_id=self.client.client_id,
                due_on=day,
                due_time=time,
                notes=notes,
                initiator=self,
                on_done=self._stored,
                on_error=self._refused,
            )
        else:
            self.context.runner.submit(
                msg("Step", "Task changed"),
                update_task,
                task_id=self._task.id,
                expected_version=self._task.version,
                title=title,
                due_on=day,
                due_time=time,
                notes=notes,
                initiator=self,
                on_done=self._stored,
                on_error=self._refused,
            )

    def _stored(self, _value: object) -> None:
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._complain(str(error), self.what)

    def _complain(self, text: str, field: QWidget) -> None:
        self.trouble.setText(text)
        self.trouble.show()
        field.setFocus()
