"""Reminders of tasks with a time of day: each once, also after sleep or when the program was shut.

What was looked at is remembered on this machine, per book: a reminder is due when its moment lies
between the last look and now.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.services.rows import TaskRow
from acctdesk.services.tasks import timed_tasks
from acctdesk.ui import icons
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.pulse import Pulse
from acctdesk.ui.settings import Setting
from acctdesk.ui.widgets.reminder_bar import ReminderBar
from acctdesk.ui.words import bell

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context

SNOOZE = dt.timedelta(minutes=10)
LATE = dt.timedelta(minutes=2)  # from here a reminder says that it was missed


@dataclass(frozen=True, slots=True)
class Reminder:
    """A task whose moment (an aware instant) has come."""

    task: TaskRow
    due: dt.datetime


def notice(reminder: Reminder, *, now: dt.datetime, private: bool) -> tuple[Message, Message]:
    """Return what a reminder says and its small print; in private nothing is named.

    The one place that words it, for the window and the system's tray.
    """
    local = reminder.due.astimezone()
    time = formats.time(local.time())
    if private:
        return msg("Reminder", "A task is due"), msg("Reminder", "at {time}", time=time)
    task = reminder.task
    what = (
        msg("Reminder", "{task} · {client}", task=task.title, client=task.client_name)
        if task.client_name
        else msg("Reminder", "{task}", task=task.title)
    )
    if now - reminder.due < LATE:
        return what, msg("Reminder", "now, at {time}", time=time)
    day = formats.relative_day(local.date(), today=now.astimezone().date())
    return what, msg("Reminder", "missed · {day}, {time}", day=day, time=time)


class Reminders(QObject):
    """Looks at the clock, shows what is due one after the other, and takes the answer."""

    def __init__(
        self,
        context: Context,
        window: QWidget,
        *,
        private: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(window)
        self._context = context
        self._private = private
        self._tasks: list[TaskRow] = []
        self._queue: deque[Reminder] = deque()
        self._place: Setting[dict[str, Any]] = _place(str(context.book))
        self._until = context.clock()
        self._snoozed: dict[int, dt.datetime] = {}
        self._remember()
        self._deeds = Deeds(context, self)
        self._tray: QSystemTrayIcon | None = None
        self.bar = ReminderBar(window)
        self.bar.opened.connect(self._open)
        self.bar.done.connect(self._done)
        self.bar.snoozed.connect(self._snooze)
        self.bar.closed.connect(self._next)
        self.pulse = Pulse(context.clock, self)

    def start(self) -> None:
        """Begin: what was missed since the last look is shown now."""
        self._context.bus.changed.connect(self._changed)
        self.pulse.ticked.connect(self.look)
        self.pulse.day_changed.connect(self.load)
        bell().rung.connect(self._show)
        self.load()

    def stop(self) -> None:
        """Remember up to when was looked; what was shown is not shown again."""
        self._store()
        if self._tray is not None:
            self._tray.hide()

    @property
    def shown(self) -> Reminder | None:
        """The reminder at hand."""
        return self._queue[0] if self._queue else None

    @property
    def waiting(self) -> int:
        """How many are due, the one at hand included."""
        return len(self._queue)

    @Slot()
    def load(self) -> None:
        """Ask for the tasks of these days that have a time."""
        today = self._context.today()
        self._context.runner.ask(
            timed_tasks,
            start=min(self._until.astimezone().date(), today),
            end=today + dt.timedelta(days=1),
            also=tuple(self._snoozed),
            key="reminders.tasks",
            on_done=self._arrived,
            on_error=self._ignore,
        )

    @Slot()
    def look(self) -> None:
        """Show what has become due since the last look."""
        now, due = self._context.clock(), []
        for task in self._tasks:
            snoozed = self._snoozed.get(task.id)
            moment = _moment(task)
            if snoozed is not None:
                if snoozed <= now:
                    del self._snoozed[task.id]
                    due.append(Reminder(task, moment or snoozed))
            elif moment is not None and self._until < moment <= now:
                due.append(Reminder(task, moment))
        self._until = max(self._until, now)
        if due:
            self._store()
            held = {one.task.id for one in self._queue}
            self._queue.extend(
                sorted((one for one in due if one.task.id not in held), key=lambda one: one.due)
            )
            self._show()
            self._tell_tray(due[-1], now)

    # -- answers

    def _arrived(self, tasks: list[TaskRow]) -> None:
        self._tasks = tasks
        alive = {task.id: task for task in tasks}
        kept = [one for one in self._queue if one.task.id in alive]
        if len(kept) != len(self._queue):
            self._queue = deque(kept)
            self._show()
        for gone in set(self._snoozed) - set(alive):
            del self._snoozed[gone]
        self.look()
        self._store()

    def _ignore(self, _error: Exception) -> None:
        """The Tasks page says what could not be read."""

    @Slot(object, object)
    def _changed(self, changes: ChangeSet, _initiator: object) -> None:
        if changes.touches("tasks"):
            self.load()

    # -- the officer's hand

    @Slot()
    def _show(self) -> None:
        reminder = self.shown
        if reminder is None:
            self.bar.dismiss()
            return
        words, detail = notice(reminder, now=self._context.clock(), private=self._private())
        more = len(self._queue) - 1
        if more:
            detail = msg(
                "Reminder", "{detail} · {more} more", detail=detail, more=formats.number(more)
            )
        self.bar.show_words(words, detail)

    @Slot()
    def _next(self) -> None:
        if self._queue:
            self._queue.popleft()
        self._show()

    @Slot()
    def _open(self) -> None:
        reminder = self.shown
        self._next()
        if reminder is None:
            return
        task = reminder.task
        page = "tasks" if task.client_id is None else "clients"
        self._context.navigator.show_record(page, "task", task.id, task.client_id)

    @Slot()
    def _done(self) -> None:
        reminder = self.shown
        self._next()
        if reminder is not None:
            self._deeds.complete(reminder.task.id)

    @Slot()
    def _snooze(self) -> None:
        reminder = self.shown
        if reminder is not None:
            self._snoozed[reminder.task.id] = self._context.clock() + SNOOZE
            self._store()
        self._next()

    # -- the system's tray, where there is one

    def _tell_tray(self, reminder: Reminder, now: dt.datetime) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(icons.icon("notebook", "accent", 24), self)
            self._tray.messageClicked.connect(self._raise)
        self._tray.show()
        private = self._private() or not self.bar.window().isVisible()  # locked: none is on screen
        words, detail = notice(reminder, now=now, private=private)
        self._tray.showMessage(str(words), str(detail), QSystemTrayIcon.MessageIcon.NoIcon)

    @Slot()
    def _raise(self) -> None:
        window = self.bar.window()
        window.showNormal() if window.isMinimized() else window.show()
        window.raise_()
        window.activateWindow()

    # -- what is remembered

    def _remember(self) -> None:
        held = self._context.settings.get(self._place)
        self._until = _instant(held.get("until")) or self._until
        for key, text in dict(held.get("snoozed") or {}).items():
            moment = _instant(text)
            if moment is not None and key.isdigit():
                self._snoozed[int(key)] = moment

    def _store(self) -> None:
        snoozed = {str(key): moment.isoformat() for key, moment in self._snoozed.items()}
        self._context.settings.set(
            self._place, {"until": self._until.isoformat(), "snoozed": snoozed}
        )


def _place(book: str) -> Setting[dict[str, Any]]:
    """Return where a book's last look is remembered; its path is no business of the settings."""
    name = hashlib.sha256(book.encode()).hexdigest()[:12]
    return Setting(f"reminders/{name}", {})


def _moment(task: TaskRow) -> dt.datetime | None:
    if task.due_on is None or task.due_time is None:
        return None
    return dt.datetime.combine(task.due_on, task.due_time).astimezone(dt.UTC)


def _instant(text: object) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
