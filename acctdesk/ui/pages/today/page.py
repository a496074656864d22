"""The Today page: greeting, four figures, what is worth doing, the calendar, the quarter's pace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from acctdesk.i18n import msg
from acctdesk.services.rows import Appointment, TargetSeries, Today, TodayLine
from acctdesk.services.targets import quarter_series
from acctdesk.services.today import dismiss_line, line_key, snooze_line, today_page
from acctdesk.text import When
from acctdesk.ui.behind import when_seen
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.itemmodels.today_text import day_line, done_words, greeting
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.loaded import LoadedPage
from acctdesk.ui.pages.today.appointments import AppointmentsCard
from acctdesk.ui.pages.today.lines_card import LinesCard
from acctdesk.ui.pages.today.pace_card import PaceCard
from acctdesk.ui.pages.today.printing import plan_document
from acctdesk.ui.pages.today.reason_popup import ReasonPopup
from acctdesk.ui.pages.today.tiles import Tiles
from acctdesk.ui.pages.today.why_panel import WhyPanel
from acctdesk.ui.widgets.basics import Button, label, row
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.following_area import FollowingArea
from acctdesk.ui.widgets.menu import Deed, open_menu
from acctdesk.ui.widgets.when_popup import WhenPopup
from acctdesk.ui.words import bell

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

SIDE = 352  # least width of the right column
SHARE = 0.25  # of a wide page it takes more
HIGH = 860  # from here the calendar has room for more lines
BESIDE = 980  # a narrower page has the right column under the list
_OPENS = {  # what a tile opens: the page, and which of its views
    "quarter": ("targets", ""),
    "overdue": ("clients", "overdue"),
    "quiet": ("clients", "quiet"),
    "promises": ("promises", "us"),
}


class TodayPage(LoadedPage):
    """Where a day begins."""

    spec = registry.TODAY
    tables = (
        "tasks", "promises", "interactions", "clients", "documents", "receipts", "allocations",
        "targets", "settings", "today_marks", "disputes", "dispute_notices", "disputed_documents",
        "disruptions", "disruption_clients", "requests", "departments", "key_dates",
        "target_plans", "payment_promises", "promised_documents", "contacts", "days_off",
        "satisfactions", "products", "document_lines", "instalments", "orders", "securities",
    )  # fmt: skip

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._today: Today | None = None
        self._series: TargetSeries | None = None
        self._asked: TodayLine | None = None  # the line that a pop-up asks about
        # sentences of the lines are made where they are asked for, in the words of that moment
        bell().rung.connect(self.refresh)
        self.deeds = Deeds(context, self)
        self._build()
        self.card.again.connect(self.load)
        self.card.wanted.connect(self._want)
        view = self.card.view
        view.opened.connect(self._open)
        view.why_wanted.connect(self.show_why)
        view.done_wanted.connect(self._done)
        view.later_wanted.connect(self._ask_when)
        view.dismiss_wanted.connect(self._ask_why)
        view.menu_wanted.connect(self._open_menu)
        view.line_changed.connect(self.actions_changed)
        self.appointments.opened.connect(self._open_appointment)
        self.appointments.brief_wanted.connect(self._show_brief)
        for tile in self.tiles.tiles.values():
            tile.clicked.connect(self._tile_pressed)

    # -- what the window asks

    def count(self) -> int | None:
        """Return how many lines are urgent."""
        if self._today is None:
            return None
        return sum(line.urgent for line in self._today.lines) or None

    def count_is_urgent(self) -> bool:
        """Say yes: these lines are late."""
        return True

    def first_focus(self) -> None:
        """Put the keyboard into the list as soon as it is there."""
        self.card.focus_when_shown()

    def can(self, action: str) -> bool:
        """Tell whether an action makes sense now."""
        if action in {"record.complete", "record.postpone", "record.dismiss"}:
            return self.card.view.current_line() is not None
        if action == "record.interaction":
            return self._today is None or self._today.has_clients
        if action == "record.brief":
            return self._today is not None and self._today.has_clients
        return action in self.spec.handlers

    def print_document(self) -> QTextDocument | None:
        """Return the plan of the day."""
        return None if self._today is None else plan_document(self._today)

    # -- building

    def _build(self) -> None:
        self.greeting = label(role="title")
        self.day = ElidedLabel(px=14, ink="muted")
        self.plan = Button(msg("Today", "Plan of the day"), icon="printer")
        self.plan.clicked.connect(self._print)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.greeting)
        words.addWidget(self.day)
        head = row(spacing=16)
        head.addLayout(words, 1)
        head.addWidget(self.plan, 0, Qt.AlignmentFlag.AlignVCenter)
        self.tiles = Tiles(self)
        self.card = LinesCard(self)
        self.appointments = AppointmentsCard(self)
        self.pace = PaceCard(self)
        self._side = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._side.setSpacing(16)
        self._side.addWidget(self.appointments)
        self._side.addWidget(self.pace, 1)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(16)
        self._body.addWidget(self.card, 1)
        self._body.addLayout(self._side)
        area = FollowingArea(self)
        content = QWidget(area.viewport())
        content.setObjectName("content")
        whole = QVBoxLayout(content)
        whole.setContentsMargins(24, 16, 24, 16)
        whole.setSpacing(16)
        whole.addLayout(head)
        whole.addWidget(self.tiles)
        whole.addLayout(self._body, 1)
        area.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._arrange(beside=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the right column beside the list or under it."""
        super().resizeEvent(event)
        self._arrange(beside=self.width() >= BESIDE)
        self.appointments.set_room(high=self.height() >= HIGH)

    def _arrange(self, *, beside: bool) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._body.setDirection(across if beside else down)
        self._side.setDirection(down if beside else across)
        side = max(SIDE, round(self.width() * SHARE))
        for one in (self.appointments, self.pace):
            one.setMinimumWidth(side if beside else 0)
            one.setMaximumWidth(side if beside else 16_777_215)
        self._side.setStretch(0, 0 if beside else 1)

    # -- answers

    @Slot()
    def load(self) -> None:
        """Fetch the day anew."""
        self.context.runner.ask(
            today_page,
            today=self.context.today(),
            key="today.page",
            on_done=self._arrived,
            on_error=self.card.show_failure,
        )

    def _load_pace(self) -> None:
        """Fetch the chart's figures: after the lines, so that these do not wait for them."""
        self.context.runner.ask(
            quarter_series,
            as_of=self.context.today(),
            key="today.quarter",
            on_done=self._series_arrived,
            on_error=self._ignore,
        )

    def _arrived(self, today: Today) -> None:
        self._today = today
        self.say_anew()
        self.actions_changed.emit()
        self._load_pace()

    def speak(self) -> None:
        """Show the day that is held."""
        today = self._today
        if today is None:
            return
        now = self.context.clock().astimezone()
        self.greeting.setText(str(greeting(today.officer, now)))
        self.day.setText(str(day_line(today)))
        self.tiles.show_day(today)
        self.card.show_day(today)
        self.appointments.show_appointments(
            today.appointments, currency=today.currency, now=now.time()
        )
        self._show_pace()

    def _series_arrived(self, series: TargetSeries) -> None:
        self._series = series
        self._show_pace()

    @when_seen
    def _show_pace(self) -> None:
        if self._series is None or self._today is None:
            return
        number = int(self._today.tiles.quarter.name[-1])  # its name is 2026Q4
        self.pace.show_series(self._series, number=number, currency=self._today.currency)

    def _ignore(self, _error: Exception) -> None:
        """The list itself shows the failure."""

    # -- the officer's hand

    @Slot()
    def new_interaction(self) -> None:
        """Open the capture dialog for the client of the current line."""
        self._capture(self.card.view.current_line())

    @Slot()
    def new_task(self) -> None:
        """Open the form for a task, of the client of the current line."""
        from acctdesk.ui.dialogs.task_form import TaskForm

        line = self.card.view.current_line()
        form = TaskForm(self.context, self.window())
        if line is not None and line.client_id is not None:
            form.client.take(line.client_id, line.client_name or "")
        form.open()

    @Slot()
    def open_brief(self) -> None:
        """Show the brief of the client of the appointment or line at hand."""
        client_id = self._client_at_hand()
        if client_id is not None:
            self._show_brief(client_id)
        else:
            self.context.messages.refuse(msg("Today", "Choose a line that is about a client."))

    def _client_at_hand(self) -> int | None:
        """Return whose appointment has the keyboard, else the client of the current line."""
        one, line = self.appointments.current(), self.card.view.current_line()
        if one is not None:
            return one.client_id
        return None if line is None else line.client_id

    @Slot(object)
    def _show_brief(self, client_id: int) -> None:
        from acctdesk.ui.dialogs.brief import BriefDialog

        BriefDialog(self.context, self.window(), client_id=client_id).open()

    @Slot()
    def complete(self) -> None:
        """Do what the tick of the current line does."""
        line = self.card.view.current_line()
        if line is not None:
            self._done(line)

    @Slot()
    def postpone(self) -> None:
        """Ask for another day for the current line."""
        line = self.card.view.current_line()
        if line is not None:
            self._ask_when(line)

    @Slot()
    def dismiss(self) -> None:
        """Ask why the current line is dismissed."""
        line = self.card.view.current_line()
        if line is not None:
            self._ask_why(line)

    @Slot(object)
    def show_why(self, line: TodayLine) -> None:
        """Show the rule and the figures behind a line."""
        view = self.card.view
        place = view.visualRect(view.currentIndex())
        currency = self._today.currency if self._today else "EUR"
        panel = WhyPanel(line, currency=currency, parent=self)
        panel.show_at(view.viewport().mapToGlobal(place.bottomLeft() + QPoint(64, 2)))

    @Slot(object)
    def _open(self, line: TodayLine) -> None:
        go = self.context.navigator.show_record
        if line.kind in {"dispute", "disruption", "request"}:
            go("cases", line.kind, line.id, line.client_id)
        elif line.kind == "target":
            go("targets", line.kind, line.id)
        elif line.client_id is None:
            go("tasks", "task", line.id)
        else:
            go("clients", line.kind, line.id, line.client_id)

    @Slot(object)
    def _open_appointment(self, one: Appointment | None) -> None:
        if one is None:
            self.context.navigator.go("tasks")
        elif one.client_id is None:
            self.context.navigator.show_record("tasks", "task", one.task_id)
        else:
            self.context.navigator.show_record("clients", "task", one.task_id, one.client_id)

    @Slot()
    def _tile_pressed(self) -> None:
        page, part = _OPENS[getattr(self.sender(), "key", "quarter")]
        self.context.navigator.go(page, text=part)

    @Slot()
    def _print(self) -> None:
        self._want("file.print")

    @Slot(str)
    def _want(self, action: str) -> None:
        if action in self.context.actions:
            self.context.actions[action].trigger()

    def _capture(self, line: TodayLine | None) -> None:
        from acctdesk.ui.dialogs.capture import CaptureDialog

        CaptureDialog(
            self.context,
            self.window(),
            client_id=None if line is None else line.client_id,
            client_name="" if line is None else line.client_name or "",
        ).open()

    @Slot(object)
    def _done(self, line: TodayLine) -> None:
        if line.kind == "task":
            self.deeds.complete(line.id)
        elif line.promise_id is not None:
            self.deeds.settle(line.promise_id, kept=True)
        elif line.kind == "key_date":
            self.deeds.close_date(line.id)
        elif line.kind in {"disruption", "request", "target"}:
            self._open(line)
        else:
            self._capture(line)

    @Slot(object)
    def _ask_when(self, line: TodayLine) -> None:
        self._asked = line
        popup = WhenPopup(
            msg("Today", "Do it another day"), today=self.context.today(), parent=self
        )
        popup.chosen.connect(self._move)
        popup.show_at(self.card.view.point_of_buttons(), from_right=True)

    @Slot(object)
    def _move(self, when: When) -> None:
        line, today = self._asked, self.context.today()
        if line is None:
            return
        if when.day <= today and line.kind != "task":
            self.context.messages.refuse(msg("Today", "Choose a later day than today."))
        elif line.kind == "task":
            self.deeds.move(line.id, when)
        elif line.promise_id is not None:
            self.deeds.move_promise(line.promise_id, when)
        else:
            self.deeds.do(
                msg("Step", "Line left for later"),
                snooze_line,
                msg("Today", "The line comes back on its day."),
                key=line_key(line),
                until=when.day,
                today=today,
            )

    @Slot(object)
    def _ask_why(self, line: TodayLine) -> None:
        self._asked = line
        popup = ReasonPopup(self)
        popup.chosen.connect(self._dismiss)
        popup.show_at(self.card.view.point_of_buttons(), from_right=True)

    @Slot(str)
    def _dismiss(self, reason: str) -> None:
        if self._asked is not None:
            self.deeds.do(
                msg("Step", "Line dismissed"),
                dismiss_line,
                msg("Today", "The line was dismissed."),
                key=line_key(self._asked),
                reason=reason,
                today=self.context.today(),
            )

    @Slot(object)
    def _open_menu(self, point: QPoint) -> None:
        line = self.card.view.current_line()
        if line is None:
            return
        brief = (msg("Action", "Brief before a visit"), self.open_brief)
        offers: list[Deed] = [
            (msg("Today", "Open"), partial(self._open, line)),
            *([brief] if line.client_id else []),
            (msg("Today", "Why I see this"), partial(self.show_why, line)),
            (done_words(line), partial(self._done, line)),
            (msg("Today", "Another day…"), partial(self._ask_when, line)),
            (msg("Today", "Dismiss…"), partial(self._ask_why, line)),
            (msg("Action", "Dismissed lines…"), partial(self._want, "view.dismissed")),
        ]
        open_menu(self, point, offers)
