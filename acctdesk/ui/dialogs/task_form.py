"""A task in full: what, for whom, when, how it comes again. Also to change one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, tr
from acctdesk.kinds import InteractionKind
from acctdesk.services.plans import PlanRow, plan_of
from acctdesk.services.recurrence import moved_reason
from acctdesk.services.rows import TaskRow
from acctdesk.services.series import (
    Scope,
    SeriesRow,
    add_series,
    change_series,
    get_series,
    repeat_task,
    stop_series,
)
from acctdesk.services.task_fields import MOST_MINUTES
from acctdesk.services.tasks import add_task, update_task
from acctdesk.text import When, clean
from acctdesk.ui.dialogs.scope import ScopeDialog
from acctdesk.ui.itemmodels.words import INTERACTIONS
from acctdesk.ui.own_days import own_days
from acctdesk.ui.widgets.basics import Button, LineEdit, column, label, labelled, row
from acctdesk.ui.widgets.client_picker import ClientPicker
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.repeat_field import RepeatField
from acctdesk.ui.widgets.when_field import WhenField
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

# what a task can be: a note is none
KINDS = tuple(one for one in InteractionKind if one is not InteractionKind.NOTE)


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
        when: When | None = None,  # of a new task
        minutes: int | None = None,
    ) -> None:
        new = msg("Tasks", "New task")
        super().__init__(parent, new if task is None else msg("Tasks", "Task"), width=540)
        self.context = context
        self._task = task
        self._series: SeriesRow | None = None
        # the fields, those that changed, and the rule, while it is asked what is meant
        self._wanted: tuple[dict[str, Any], dict[str, Any], str] | None = None
        self._build()
        self.add_button(msg("Tasks", "Cancel")).clicked.connect(self.reject)
        save = self.add_button(msg("Tasks", "Save"), look="primary", icon="check", default=True)
        save.clicked.connect(self.save)
        if task is not None:
            self._fill(task)
        elif client is not None:
            self.client.take(*client)
            self.client.lock()
        if when is not None:
            self._show_when(when.day, when.time)
        if minutes:
            self.minutes.setText(str(minutes))
        self.when.changed.connect(self._day_changed)
        self._day_changed()
        self.what.setFocus()

    def _build(self) -> None:
        context = self.context
        self.what = LineEdit(self)
        self.what.setMaxLength(300)
        self.client = ClientPicker(context, self)
        self.when = WhenField(context.today(), parent=self)
        self.minutes = LineEdit(self)
        self.minutes.setValidator(QIntValidator(0, MOST_MINUTES, self.minutes))
        self.minutes.setFixedWidth(96)
        self.kind = Combo(self)
        self.kind.setMinimumHeight(32)
        bell().rung.connect(self._speak)
        self._speak()
        self.place = LineEdit(self)
        self.place.setMaxLength(120)
        self.repeat = RepeatField(context.today(), self)
        self.moved = label("", "caption", wrap=True)
        self.moved.hide()
        self.notes = QPlainTextEdit(self)
        self.notes.setFixedHeight(60)
        self.notes.setTabChangesFocus(True)
        self.deadline = QCheckBox(self)
        say(
            self.deadline,
            text=msg("Tasks", "Deadline"),
            name=msg("Tasks", "Deadline"),
            tip=msg("Tasks", "The day is not ours to move: it stands among the deadlines."),
        )
        say(
            self.when.field,
            name=msg("Tasks", "When"),
            placeholder=msg("Tasks", "Tue 10, 15/3, 5 working days"),
            description=msg("Tasks", "A day as you say it; the chip shows how it was read."),
        )
        self.content.addLayout(labelled(msg("Tasks", "What is to be done"), self.what))
        self.content.addLayout(
            column(label(msg("Tasks", "Client (if any)"), "field"), self.client, spacing=4)
        )
        day = column(label(msg("Tasks", "When"), "field"), self.when, spacing=4)
        time = row(day, labelled(msg("Tasks", "Minutes"), self.minutes), spacing=12)
        time.setStretch(0, 1)
        self.content.addLayout(column(time, self.moved, spacing=4))
        what = labelled(msg("Tasks", "Kind"), self.kind)
        where = row(what, labelled(msg("Tasks", "Place"), self.place), spacing=12)
        where.setStretch(0, 1)
        where.setStretch(1, 1)
        self.content.addLayout(where)
        again = label(msg("Tasks", "Repeat"), "field")
        self.content.addLayout(column(again, self.repeat, spacing=4))
        self.content.addLayout(labelled(msg("Tasks", "Notes"), self.notes))
        self.content.addWidget(self.deadline)
        self.plan = Button(msg("Tasks", "Its plan…"), look="small", icon="list-check")
        self.plan.clicked.connect(self._ask_plan)
        self.plan.hide()
        self.content.addLayout(row(self.plan, None))
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.trouble)

    @Slot()
    def _speak(self) -> None:
        held = self.kind.currentIndex()
        self.kind.clear()
        self.kind.addItem(tr("Tasks", "Task"), None)
        for one in KINDS:
            self.kind.addItem(str(INTERACTIONS[one].word), one.value)
        self.kind.setCurrentIndex(max(0, held))

    def _fill(self, task: TaskRow) -> None:
        self.what.setText(task.title)
        self.what.selectAll()
        self.client.take(task.client_id, task.client_name or "")
        self.client.lock()
        if task.client_id is None:
            say(self.client.field, placeholder=msg("Tasks", "none"))
        self.notes.setPlainText(task.notes or "")
        if task.due_on is not None:
            self._show_when(task.due_on, task.due_time)
        self.minutes.setText(str(task.minutes or ""))
        self.kind.setCurrentIndex(max(0, self.kind.findData(task.kind and task.kind.value)))
        self.place.setText(task.place or "")
        self.deadline.setChecked(task.deadline)
        if task.plan_id is not None:
            self.plan.show()
        if task.series_id is None:
            return
        self.repeat.setEnabled(False)  # until the rule is known
        self.context.runner.ask(
            get_series,
            series_id=task.series_id,
            key=f"task.series.{id(self)}",
            on_done=self._series_arrived,
        )

    def _show_when(self, day: dt.date, time: dt.time | None) -> None:
        shown = formats.date(day)
        self.when.field.setText(f"{shown} {formats.time(time)}" if time else shown)

    def _series_arrived(self, series: SeriesRow | None) -> None:
        task = self._task
        if series is None or task is None or task.series_on is None:
            return
        self._series = series
        self.repeat.setEnabled(True)
        self.repeat.set_rule(series.rule, task.series_on, series.shift)

    @Slot()
    def _ask_plan(self) -> None:
        if self._task is not None and self._task.plan_id is not None:
            self.context.runner.ask(
                plan_of,
                plan_id=self._task.plan_id,
                key=f"task.plan.{id(self)}",
                on_done=self._plan_arrived,
            )

    def _plan_arrived(self, plan: PlanRow | None) -> None:
        """Open the plan instead: moving it may move this task."""
        if plan is not None:
            from acctdesk.ui.dialogs.plans import PlanDialog

            PlanDialog(self.context, self.parentWidget() or self, plan).open()
            self.reject()

    @Slot()
    def _day_changed(self) -> None:
        """Say what is special of the day; the choice of rules follows it, but for an occurrence."""
        when, task = self.when.when(), self._task
        if task is None or task.series_id is None:
            self.repeat.set_start(self.context.today() if when is None else when.day)
        day, calendar = None if when is None else when.day, own_days().calendar
        off = None if day is None else calendar.reason(day)
        note = moved_reason(task.series_on, day, calendar) if task is not None else None
        if off is not None:
            note = msg("Tasks", "This day is off: {reason}", reason=off)
        say(self.moved, text=note or "")
        self.moved.setVisible(note is not None)

    # -- saving

    @Slot()
    def save(self) -> None:
        """Store the task, or say what is missing."""
        if not self._complete():
            return
        fields = self._fields()
        task, series, rule = self._task, self._series, self.repeat.rule
        if task is None:
            self._add(fields, rule)
        elif task.series_id is not None and series is not None:
            self._save_occurrence(task, series, fields, rule)
        elif rule is not None and task.series_id is None:
            self._submit(
                msg("Step", "Task comes again"),
                repeat_task,
                task_id=task.id,
                expected_version=task.version,
                rule=rule,
                shift=self.repeat.chosen_shift,
                today=self.context.today(),
                **fields,
            )
        else:
            self._save_one(task, fields)

    def _complete(self) -> bool:
        """Tell whether everything is said; complain where it is not."""
        complaint: tuple[str, QWidget] | None = None
        if not clean(self.what.text()):
            complaint = tr("Tasks", "Say what is to be done."), self.what
        elif not self.when.understood():
            self.when.set_invalid(invalid=True)
            complaint = tr("Tasks", "This day is not clear."), self.when
        elif self.client.client_id is None and clean(self.client.field.text()):
            unknown = tr("Tasks", "This client is not known. Choose one, or none.")
            complaint = unknown, self.client
        elif self.repeat.rule is not None and self.when.when() is None:
            complaint = tr("Tasks", "Say on which day it comes for the first time."), self.when
        elif not self.repeat.understood():
            complaint = tr("Tasks", "Say on which day it ends."), self.repeat.until
        if complaint is not None:
            self._complain(*complaint)
        return complaint is None

    def _fields(self) -> dict[str, Any]:
        when, minutes = self.when.when(), self.minutes.text()
        kind = self.kind.currentData()
        return {
            "title": clean(self.what.text()),
            "due_on": None if when is None else when.day,
            "due_time": None if when is None else when.time,
            "notes": self.notes.toPlainText().strip() or None,
            "kind": None if kind is None else InteractionKind(str(kind)),
            "minutes": int(minutes) if minutes.isdecimal() and int(minutes) else None,
            "place": clean(self.place.text()) or None,
            "deadline": self.deadline.isChecked(),
        }

    def _add(self, fields: dict[str, Any], rule: str | None) -> None:
        client = self.client.client_id
        if rule is None:
            self._submit(msg("Step", "New task"), add_task, client_id=client, **fields)
            return
        starts_on = fields.pop("due_on")
        self._submit(
            msg("Step", "New task that comes again"),
            add_series,
            client_id=client,
            rule=rule,
            shift=self.repeat.chosen_shift,
            starts_on=starts_on,
            today=self.context.today(),
            **fields,
        )

    def _save_one(self, task: TaskRow, fields: dict[str, Any]) -> None:
        self._submit(
            msg("Step", "Task changed"),
            update_task,
            task_id=task.id,
            expected_version=task.version,
            **fields,
        )

    def _save_occurrence(
        self, task: TaskRow, series: SeriesRow, fields: dict[str, Any], rule: str | None
    ) -> None:
        """Ask what is meant, where a change can be meant for one or for all."""
        if rule is None:
            stop = msg("Step", "Task comes no more")
            self._submit(stop, stop_series, task_id=task.id)
            return
        changed = {key: one for key, one in fields.items() if getattr(task, key) != one}
        shift = self.repeat.chosen_shift
        other_rule = _plain(rule) != _plain(series.rule) or shift is not series.shift
        if not other_rule and not set(changed) - {"due_on"}:
            self._save_one(task, fields)
            return
        one = [] if other_rule else [Scope.ONE]
        self._wanted = fields, changed, rule
        scopes = [*one, Scope.FOLLOWING, Scope.ALL]
        dialog = ScopeDialog(self, msg("Series", "What is meant?"), scopes)
        dialog.chosen.connect(self._save_scope)
        dialog.open()

    @Slot(object)
    def _save_scope(self, scope: Scope) -> None:
        task = self._task
        if task is None or self._wanted is None:
            return
        fields, changed, rule = self._wanted
        if scope is Scope.ONE:
            self._save_one(task, fields)
            return
        self._submit(
            msg("Step", "Tasks of a series changed"),
            change_series,
            task_id=task.id,
            scope=scope,
            today=self.context.today(),
            expected_version=task.version,
            rule=rule,
            shift=self.repeat.chosen_shift,
            **changed,
        )

    def _submit(self, step: Message, command: Callable[..., Any], **args: Any) -> None:
        self.context.runner.submit(
            step, command, initiator=self, on_done=self._stored, on_error=self._refused, **args
        )

    def _stored(self, _value: object) -> None:
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._complain(str(error), self.what)

    def _complain(self, text: str, field: QWidget) -> None:
        self.trouble.setText(text)
        self.trouble.show()
        field.setFocus()


def _plain(rule: str) -> frozenset[str]:
    return frozenset(rule.split(";")) - {"INTERVAL=1"}
