"""A next step: what is to be done and when; also to move one to another day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.i18n import msg, tr
from acctdesk.services.rows import TaskRow
from acctdesk.services.tasks import add_task, update_task
from acctdesk.text import clean
from acctdesk.ui.widgets.basics import LineEdit, column, label, labelled
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.when_field import WhenField
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class StepForm(CalmDialog):
    """Adds a task to a client, or changes one."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        client_id: int,
        task: TaskRow | None = None,
    ) -> None:
        new = msg("Next step", "Next step")
        title = new if task is None else msg("Next step", "Change the task")
        super().__init__(parent, title, width=440)
        self.context = context
        self._client_id = client_id
        self._task = task
        self.what = LineEdit(self)
        self.what.setMaxLength(300)
        self.when = WhenField(context.today(), parent=self)
        say(
            self.when.field,
            name=msg("Next step", "When"),
            placeholder=msg("Next step", "tomorrow, Tue 10, 15/3, +3d"),
            description=msg("Next step", "A day as you say it; the chip shows how it was read."),
        )
        self.content.addLayout(labelled(msg("Next step", "What is to be done"), self.what))
        self.content.addLayout(
            column(label(msg("Next step", "When"), "field"), self.when, spacing=4)
        )
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.trouble)
        self.content.addStretch(1)
        self.add_button(msg("Next step", "Cancel")).clicked.connect(self.reject)
        save = self.add_button(msg("Next step", "Save"), look="primary", icon="check", default=True)
        save.clicked.connect(self.save)
        if task is None:
            self.what.setFocus()
            return
        self.what.setText(task.title)
        if task.due_on is not None:
            day = formats.date(task.due_on)
            self.when.field.setText(
                f"{day} {formats.time(task.due_time)}" if task.due_time else day
            )
        self.when.field.setFocus()
        self.when.field.selectAll()

    @Slot()
    def save(self) -> None:
        """Store the step, or say what is missing."""
        title, when = clean(self.what.text()), self.when.when()
        if not title:
            self._complain(tr("Next step", "Say what is to be done."), self.what)
            return
        if not self.when.understood():
            self._complain(tr("Next step", "This day is not clear."), self.when)
            return
        day, time = (when.day, when.time) if when is not None else (None, None)
        if self._task is None:
            self.context.runner.submit(
                msg("Step", "New task"),
                add_task,
                title=title,
                client_id=self._client_id,
                due_on=day,
                due_time=time,
                initiator=self,
                on_done=self._stored,
                on_error=self._refused,
            )
        else:
            self.context.runner.submit(
                msg("Step", "Task moved"),
                update_task,
                task_id=self._task.id,
                expected_version=self._task.version,
                title=title,
                due_on=day,
                due_time=time,
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
