"""The Calendar page: a day, a week or a month of tasks, and everything with a day to be met."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from acctdesk import formats, periods
from acctdesk.i18n import Message, msg
from acctdesk.kinds import TaskState
from acctdesk.services.calendar import (
    CalendarSpan,
    DeadlineKind,
    DeadlineRow,
    calendar_span,
    deadlines,
)
from acctdesk.services.rows import TaskRow
from acctdesk.services.tasks import get_task, move_task, update_task
from acctdesk.text import When
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.dialogs.task_form import TaskForm
from acctdesk.ui.itemmodels.calendar import CalendarModel
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.calendar.deadlines import DeadlinesView
from acctdesk.ui.pages.calendar.grid import Span, days_of
from acctdesk.ui.pages.calendar.view import CalendarView
from acctdesk.ui.pages.loaded import LoadedPage
from acctdesk.ui.pages.page import PrimaryAction
from acctdesk.ui.widgets.basics import Button, box, icon_button, label, row
from acctdesk.ui.widgets.menu import Deed, open_menu
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.widgets.states import FailurePanel, StatePanel
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context, Target

DEADLINES = "deadlines"
_CHOICES = (
    Choice("day", "calendar-event", msg("Calendar", "Day")),
    Choice("week", "layout-columns", msg("Calendar", "Week")),
    Choice("month", "calendar", msg("Calendar", "Month")),
    Choice(DEADLINES, "calendar-due", msg("Calendar", "Deadlines")),
)


def span_words(span: Span, days: list[dt.date], day: dt.date) -> str:
    """Return which days are seen: a long date, 9 – 15 November 2026, or a month."""
    if span is Span.DAY:
        return formats.long_date(day)
    if span is Span.MONTH:
        return formats.month_name(day)
    first, last = days[0], days[-1]
    begins = str(first.day) if first.month == last.month else formats.day_month(first)
    if first.year != last.year:
        begins = f"{begins} {first.year}"
    return f"{begins} – {formats.day_month(last)} {last.year}"


class CalendarPage(LoadedPage):
    """What stands on which day."""

    spec = registry.CALENDAR
    tables = (
        "tasks", "task_series", "days_off", "clients", "promises", "disputes", "requests",
        "key_dates", "action_plans",
    )  # fmt: skip

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted: int | None = None  # the task to be current when it arrives
        self.deeds = Deeds(context, self)
        self.model = CalendarModel(self)
        self.view = CalendarView(self.model, self._now, self)
        self.list = DeadlinesView(self)
        self.pulse.ticked.connect(self.view.tick_clock)
        self._build()
        self.view.opened.connect(self.open_form)
        self.view.moved.connect(self._move)
        self.view.stretched.connect(self._stretch)
        self.view.new_wanted.connect(self._new)
        self.view.ticked.connect(self._tick)
        self.view.trash_wanted.connect(self.deeds.trash_row)
        self.view.day_wanted.connect(self._show_day)
        self.view.day_changed.connect(self.show_day)
        self.view.turned.connect(self.turn)
        self.view.menu_wanted.connect(self._open_menu)
        self.view.task_changed.connect(self.actions_changed)
        self.list.opened.connect(self._open_deadline)
        self.restyle()

    # -- what the window asks

    @property
    def primary_action(self) -> PrimaryAction | None:
        """The filled button adds a task."""
        return PrimaryAction("record.task")

    def first_focus(self) -> None:
        """Put the keyboard into the days."""
        (self.list if self.choice.key == DEADLINES else self.view).setFocus()

    def can(self, action: str) -> bool:
        """Tell whether an action makes sense now."""
        task = self.view.current_task() if self.choice.key != DEADLINES else None
        if action in {"record.complete", "edit.edit", "edit.trash"}:
            return task is not None
        return action in self.spec.handlers

    def open_target(self, target: Target) -> None:
        """Show the deadlines, or a day (in ISO), and a task on it."""
        self.activated()
        if target.text == DEADLINES:
            self.choice.choose(DEADLINES)
        elif target.text:
            self._wanted = target.id
            self.show_day(dt.date.fromisoformat(target.text))

    # -- building

    def _build(self) -> None:
        self.choice = Segments(_CHOICES, msg("Calendar", "View"), parent=self)
        self.choice.choose("week")
        self.choice.chosen.connect(self._chosen)
        self.earlier = icon_button("chevron-left", msg("Calendar", "Earlier (Page Up)"))
        self.later = icon_button("chevron-right", msg("Calendar", "Later (Page Down)"))
        self.now = Button(msg("Calendar", "Today"))
        say(self.now, tip=msg("Calendar", "Today (T)"))
        self.earlier.clicked.connect(self._earlier)
        self.later.clicked.connect(self._later)
        self.now.clicked.connect(self._today)
        self.period = label("", "section")
        self.empty = StatePanel("calendar-due", self)
        self.empty.show_words(
            msg("Calendar", "Nothing has a day to be met"),
            msg(
                "Calendar", "Deadlines, promises, steps of plans, disputes and requests with a day."
            ),
        )
        self.failure = FailurePanel(self)
        self.failure.again.connect(self.load)
        self.states = QStackedWidget(self)
        for one in (self.view, self.list, self.empty, self.failure):
            self.states.addWidget(one)
        card, inside = box("card", margins=(1, 1, 1, 1), spacing=0)
        inside.addWidget(self.states)
        title = label(self.spec.title, "title")
        head = row(title, 12, self.earlier, self.now, self.later, self.period, None, spacing=6)
        head.addWidget(self.choice)
        head.setStretchFactor(self.choice, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(card, 1)

    def _now(self) -> dt.datetime:
        return self.context.clock().astimezone()

    def restyle(self) -> None:
        """Take the height of a line."""
        self.list.set_height(self.context.theme.two_line_height)
        self.view.viewport().update()

    def speak(self) -> None:
        """Say which days are seen."""
        self._show_period()

    # -- which days

    @property
    def span(self) -> Span:
        """How much is seen."""
        return self.view.span

    @Slot(object)
    def show_day(self, day: dt.date) -> None:
        """See another day, in the view at hand."""
        if self.choice.key == DEADLINES:
            self.choice.choose(Span.WEEK.value)
        self.view.show_days(self.span, day)
        self.load()

    @Slot(object)
    def _show_day(self, day: dt.date) -> None:
        self.view.day = day
        self.choice.choose(Span.DAY.value)
        self.view.setFocus()

    @Slot(int)
    def turn(self, pages: int) -> None:
        """Turn pages on or back; 0 goes to today."""
        day = self.view.day
        if pages == 0:
            day = self.context.today()
        elif self.span is Span.MONTH:
            day = periods.add_months(day, pages)
        else:
            day += dt.timedelta(days=pages * (1 if self.span is Span.DAY else 7))
        self.show_day(day)

    @Slot()
    def _earlier(self) -> None:
        self.turn(-1)

    @Slot()
    def _later(self) -> None:
        self.turn(1)

    @Slot()
    def _today(self) -> None:
        self.turn(0)

    @Slot(str)
    def _chosen(self, key: str) -> None:
        for one in (self.earlier, self.later, self.now):
            one.setVisible(key != DEADLINES)
        if key != DEADLINES:
            self.view.show_days(Span(key), self.view.day)
        self.refresh()
        self.actions_changed.emit()

    # -- answers

    @Slot()
    def load(self) -> None:
        """Fetch what is seen."""
        self._show_period()
        if self.choice.key == DEADLINES:
            self.context.runner.ask(
                deadlines,
                today=self.context.today(),
                key="calendar.deadlines",
                on_done=self._deadlines_arrived,
                on_error=self._failed,
            )
            return
        days = days_of(self.span, self.view.day)
        self.context.runner.ask(
            calendar_span,
            start=days[0],
            end=days[-1],
            key="calendar.span",
            on_done=self._arrived,
            on_error=self._failed,
        )

    def _arrived(self, found: CalendarSpan) -> None:
        if self.choice.key == DEADLINES or found.start != days_of(self.span, self.view.day)[0]:
            return  # another view was chosen meanwhile
        held = self.view.current_task()
        wanted = self._wanted if self._wanted is not None else held.id if held else None
        self._wanted = None
        day = self.view.day
        self.model.set_span(found)
        self.states.setCurrentWidget(self.view)
        if not self.view.choose(wanted):
            self.view.day = day
        self.actions_changed.emit()

    def _deadlines_arrived(self, found: list[DeadlineRow]) -> None:
        if self.choice.key != DEADLINES:
            return
        place = self.list.currentIndex().row()
        self.list.deadlines.set_rows(found, today=self.context.today())
        if place >= 0 and found:
            self.list.setCurrentIndex(self.list.deadlines.index(min(place, len(found) - 1), 0))
        self.states.setCurrentWidget(self.list if found else self.empty)

    def _failed(self, error: Exception) -> None:
        self.failure.show_error(msg("Calendar", "The calendar could not be read"), error)
        self.states.setCurrentWidget(self.failure)

    def _show_period(self) -> None:
        if self.choice.key == DEADLINES:
            say(self.period, text=msg("Calendar", "In working days"))
        else:
            days = days_of(self.span, self.view.day)
            say(self.period, text=span_words(self.span, days, self.view.day))

    # -- the officer's hand

    @Slot()
    def new_task(self) -> None:
        """Open the form for a task on the day of the keyboard."""
        self._new(When(self.view.day), 0)

    @Slot(object, int)
    def _new(self, when: When, minutes: int) -> None:
        TaskForm(self.context, self.window(), when=when, minutes=minutes or None).open()

    @Slot(object)
    def open_form(self, task: TaskRow) -> None:
        """Open a task."""
        TaskForm(self.context, self.window(), task=task).open()

    @Slot()
    def edit(self) -> None:
        """Open the current task."""
        task = self.view.current_task()
        if task is not None:
            self.open_form(task)

    @Slot()
    def complete(self) -> None:
        """Tick the current task."""
        task = self.view.current_task()
        if task is not None:
            self._tick(task)

    @Slot()
    def trash(self) -> None:
        """Move the current task to the trash."""
        task = self.view.current_task()
        if task is not None:
            self.deeds.trash_row(task)

    @Slot(object)
    def _tick(self, task: TaskRow) -> None:
        if task.state is TaskState.OPEN:
            self.deeds.complete(task.id)
        else:
            self.deeds.reopen(task.id)

    @Slot(object, object)
    def _move(self, task: TaskRow, when: When) -> None:
        self._wanted = task.id
        if when.day not in self.view.grid.days:
            self.view.show_days(self.span, when.day)
        self.view.day = when.day
        self.deeds.do(
            msg("Step", "Task moved"),
            move_task,
            self._told(when),
            task_id=task.id,
            due_on=when.day,
            due_time=when.time,
        )

    def _told(self, when: When) -> Message:
        """Say where a task went, and why nobody works there."""
        day = f"{formats.weekday_short(when.day)} {formats.short_date(when.day)}"
        if when.time is not None:
            day = f"{day}, {formats.time(when.time)}"
        span = self.model.held
        reason = span.days.reason(when.day) if span is not None else None
        if reason is not None:
            return msg("Calendar", "Moved to {day}: {reason}.", day=day, reason=reason)
        return msg("Calendar", "Moved to {day}.", day=day)

    @Slot(object, int)
    def _stretch(self, task: TaskRow, minutes: int) -> None:
        length = formats.minutes(minutes)
        assert length is not None
        self.deeds.do(
            msg("Step", "Length of a task"),
            update_task,
            msg("Calendar", "It takes {length}.", length=length),
            task_id=task.id,
            minutes=minutes,
        )

    @Slot(object)
    def _open_deadline(self, deadline: DeadlineRow) -> None:
        task = deadline.kind in {DeadlineKind.TASK, DeadlineKind.PLAN_STEP}
        if deadline.kind in {DeadlineKind.DISPUTE, DeadlineKind.REQUEST}:
            self.context.navigator.show_record("cases", deadline.kind.value, deadline.id)
        elif deadline.client_id is not None:
            kind = "task" if task else "client"
            record = deadline.id if task else deadline.client_id
            self.context.navigator.show_record("clients", kind, record, deadline.client_id)
        elif task:
            self.context.runner.ask(
                get_task, task_id=deadline.id, key="calendar.task", on_done=self._task_arrived
            )

    def _task_arrived(self, task: TaskRow | None) -> None:
        if task is not None:
            self.open_form(task)

    @Slot(object)
    def _open_menu(self, point: QPoint) -> None:
        task = self.view.current_task()
        if task is None:
            return
        is_open = task.state is TaskState.OPEN
        tick = msg("Tasks", "Mark as done") if is_open else msg("Tasks", "Make it open again")
        offers: list[Deed] = [
            (tick, partial(self._tick, task)),
            (msg("Tasks", "Edit…"), partial(self.open_form, task)),
        ]
        if task.client_id is not None:
            go = partial(self.context.navigator.show_client, task.client_id)
            offers.append((msg("Tasks", "Open the client"), go))
        offers.append((msg("Tasks", "Move to the trash"), partial(self.deeds.trash_row, task)))
        open_menu(self, point, offers)
