"""The Tasks page: everything to do by its day, the promises both ways, and what was done."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.services.interactions import all_open_promises
from acctdesk.services.rows import PromiseRow, TaskRow
from acctdesk.services.tasks import done_tasks, open_tasks
from acctdesk.text import When
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.dialogs.task_form import TaskForm
from acctdesk.ui.itemmodels.tasks import TasksModel
from acctdesk.ui.itemmodels.tasks_text import Entry, of_promise, of_task
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.clients.list_pane import FilterField
from acctdesk.ui.pages.page import Page, PrimaryAction
from acctdesk.ui.pages.tasks.view import TasksView
from acctdesk.ui.pages.tasks.words import EMPTY, menu_of
from acctdesk.ui.pulse import Pulse
from acctdesk.ui.widgets.basics import box, label, row
from acctdesk.ui.widgets.filter_chips import FilterChips
from acctdesk.ui.widgets.states import Skeleton, StatePanel
from acctdesk.ui.widgets.when_popup import WhenPopup
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context, Target

TABLES = ("tasks", "promises", "clients")
MOST = 2_000  # open tasks in the list
DONE_DAYS = 30
_CHIPS: tuple[tuple[str, Message], ...] = (
    ("tasks", msg("Tasks", "To do")),
    ("promises", msg("Tasks", "Promises")),
    ("done", msg("Tasks", "Done")),
)


class TasksPage(Page):
    """What the officer has to do."""

    spec = registry.TASKS

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._loaded = False
        self._focus_due = False
        self._wanted: tuple[str, int] | None = None  # to be chosen when it arrives
        self._moving: Entry | None = None
        self._entries: dict[str, list[Entry] | None] = dict.fromkeys(
            [key for key, _ in _CHIPS], None
        )
        self.model = TasksModel(self)
        self.view = TasksView(self.model, self)
        self.deeds = Deeds(context, self)
        self.pulse = Pulse(context.clock, self)
        self.pulse.day_changed.connect(self._refresh)
        self.pulse.woke.connect(self._refresh)
        self._build()
        self.view.ticked.connect(self._tick)
        self.view.opened.connect(self._open)
        self.view.edit_wanted.connect(self._edit)
        self.view.trash_wanted.connect(self._trash)
        self.view.menu_wanted.connect(self._open_menu)
        self.view.entry_changed.connect(self.actions_changed)
        self.restyle()

    # -- what the window asks

    @property
    def primary_action(self) -> PrimaryAction | None:
        """The filled button adds a task."""
        return PrimaryAction("record.task")

    def count(self) -> int | None:
        """Return how many tasks are due today or overdue."""
        held = self._entries["tasks"]
        if held is None:
            return None
        today = self.context.today()
        return sum(one.due_on is not None and one.due_on <= today for one in held) or None

    def activated(self) -> None:
        """Load when shown for the first time, and after midnight."""
        if not self._loaded or self.model.today != self.context.today():
            self._loaded = True
            self.load()

    def first_focus(self) -> None:
        """Put the keyboard into the list as soon as it is there."""
        self._focus_due = self.states.currentWidget() is not self.view
        (self.filter if self._focus_due else self.view).setFocus()

    def on_changed(self, changes: ChangeSet, initiator: object) -> None:
        """Fetch again what a change touches."""
        if self._loaded and changes.touches(*TABLES):
            self.load()

    def filter_focus(self) -> bool:
        """Put the cursor into the filter."""
        self.filter.setFocus()
        self.filter.selectAll()
        return True

    def can(self, action: str) -> bool:
        """Tell whether an action makes sense now."""
        entry = self.view.current_entry()
        if action in {"record.complete", "edit.trash"}:
            return entry is not None
        if action == "record.postpone":
            return entry is not None and not entry.is_done
        if action == "edit.edit":
            return entry is not None and entry.task is not None
        return action in self.spec.handlers

    def open_target(self, target: Target) -> None:
        """Show the tasks or the promises, and one task among them."""
        self.activated()
        if target.text in {key for key, _ in _CHIPS}:
            self.chips.choose(target.text)
        if target.kind == "task" and target.id is not None:
            self.filter.clear()
            self.chips.choose("tasks")
            self._wanted = ("task", target.id)
            self._show()
            self.view.setFocus()

    # -- building

    def _build(self) -> None:
        self.filter = FilterField(self)
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(220)
        self.filter.textChanged.connect(self._typed)
        self.filter.left_downwards.connect(self._to_list)
        self.filter.returnPressed.connect(self._to_list)
        say(
            self.filter,
            placeholder=msg("Tasks", "Filter"),
            name=msg("Tasks", "Filter the list"),
            description=msg("Tasks", "Words of the task or the client. Down goes to the list."),
            tip=msg("Tasks", "Words of the task or the client (Ctrl+F)"),
        )
        self.chips = FilterChips(_CHIPS, msg("Tasks", "Show"), self)
        self.chips.chosen.connect(self._chosen)
        self.states = QStackedWidget(self)
        self.skeleton = Skeleton(parent=self)
        self.empty = StatePanel("checkbox", self)
        self.add = self.empty.add_button(msg("Tasks", "New task"))
        self.add.clicked.connect(self.new_task)
        self.hidden = StatePanel("filter-off", self)
        self.hidden.show_words(
            msg("Tasks", "Nothing fits the filter"),
            msg("Tasks", "The others are still there; the filter hides them."),
        )
        self.hidden.add_button(msg("Tasks", "Clear filter")).clicked.connect(self.filter.clear)
        self.failure = StatePanel("alert-triangle", self)
        self.failure.add_button(msg("Tasks", "Try again")).clicked.connect(self.load)
        for one in (self.skeleton, self.view, self.empty, self.hidden, self.failure):
            self.states.addWidget(one)
        card, inside = box("card", margins=(1, 6, 1, 6), spacing=0)
        inside.addWidget(self.states)
        head = row(label(self.spec.title, "title"), None, self.filter, spacing=12)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.chips)
        column.addWidget(card, 1)

    def restyle(self) -> None:
        """Take the height of a line."""
        self.view.painter_of_rows.set_height(self.context.theme.two_line_height)
        self.view.doItemsLayout()
        self.view.viewport().update()

    def speak(self) -> None:
        """Show the entries that are held."""
        self._show()

    # -- answers

    @Slot()
    def load(self) -> None:
        """Fetch tasks, promises and what was done anew."""
        ask = self.context.runner.ask
        since = self.context.today() - dt.timedelta(days=DONE_DAYS)
        ask(
            open_tasks,
            limit=MOST,
            key="tasks.open",
            on_done=self._tasks_arrived,
            on_error=self._failed,
        )
        ask(
            all_open_promises,
            key="tasks.promises",
            on_done=self._promises_arrived,
            on_error=self._ignore,
        )
        ask(
            done_tasks,
            since=since,
            key="tasks.done",
            on_done=self._done_arrived,
            on_error=self._ignore,
        )

    @Slot()
    def _refresh(self) -> None:
        if self._loaded:
            self.load()

    def _tasks_arrived(self, tasks: list[TaskRow]) -> None:
        self._take("tasks", [of_task(one) for one in tasks])

    def _promises_arrived(self, promises: list[PromiseRow]) -> None:
        self._take("promises", [of_promise(one) for one in promises])

    def _done_arrived(self, tasks: list[TaskRow]) -> None:
        self._take("done", [of_task(one) for one in tasks])

    def _take(self, key: str, entries: list[Entry]) -> None:
        self._entries[key] = entries
        self.chips.show_counts({
            one: None if held is None else len(held) for one, held in self._entries.items()
        })  # fmt: skip
        if key == self.chips.key:
            self.say_anew()
        self.actions_changed.emit()

    def _failed(self, error: Exception) -> None:
        self.failure.show_words(
            msg("Tasks", "The tasks could not be read"), getattr(error, "message", "")
        )
        self.states.setCurrentWidget(self.failure)

    def _ignore(self, _error: Exception) -> None:
        """The list of tasks shows the failure."""

    def _show(self) -> None:
        """Show the entries of the chip that is on; the current one stays current."""
        held = self._entries[self.chips.key]
        if held is None:
            return
        current, place = self.view.current_entry(), self.view.currentIndex().row()
        scroll = self.view.verticalScrollBar().value()
        self.model.set_entries(held, today=self.context.today())
        self._show_state()
        self.view.doItemsLayout()
        self.view.verticalScrollBar().setValue(scroll)
        key = self._wanted or (current.key if current is not None else None)
        if self.view.choose(key, max(0, place)):
            self._wanted = None
        waits = self.window().focusWidget() is self.filter and not self.filter.text()
        if self._focus_due and waits and self.states.currentWidget() is self.view:
            self.view.setFocus()
        self._focus_due = False

    def _show_state(self) -> None:
        if self.model.rowCount():
            self.states.setCurrentWidget(self.view)
        elif self.filter.text().strip() and self._entries[self.chips.key]:
            self.states.setCurrentWidget(self.hidden)
        else:
            self.empty.show_words(*EMPTY[self.chips.key])
            self.add.setVisible(self.chips.key == "tasks")
            self.states.setCurrentWidget(self.empty)

    # -- the officer's hand

    @Slot()
    def new_task(self) -> None:
        """Open the form for a task, with or without a client."""
        TaskForm(self.context, self.window()).open()

    @Slot()
    def complete(self) -> None:
        """Tick the current entry."""
        entry = self.view.current_entry()
        if entry is not None:
            self._tick(entry)

    @Slot()
    def edit(self) -> None:
        """Open the form of the current task."""
        entry = self.view.current_entry()
        if entry is not None:
            self._edit(entry)

    @Slot()
    def trash(self) -> None:
        """Move the current entry to the trash."""
        entry = self.view.current_entry()
        if entry is not None:
            self._trash(entry)

    @Slot()
    def postpone(self) -> None:
        """Ask for another day for the current entry."""
        entry = self.view.current_entry()
        if entry is not None:
            self._ask_when(entry)

    def _ask_when(self, entry: Entry) -> None:
        self._moving = entry
        popup = WhenPopup(msg("Tasks", "Another day"), today=self.context.today(), parent=self)
        popup.chosen.connect(self._move)
        popup.show_at(self.view.point_of_entry(), from_right=True)

    @Slot(object)
    def _move(self, when: When) -> None:
        entry = self._moving
        if entry is not None and entry.task is not None:
            time = when.time or entry.task.due_time
            self.deeds.move(entry.task.id, When(when.day, time))
        elif entry is not None and entry.promise is not None:
            self.deeds.move_promise(entry.promise.id, when)

    @Slot(object)
    def _tick(self, entry: Entry) -> None:
        if entry.promise is not None:
            self.deeds.settle(entry.promise.id, kept=True)
        elif entry.task is not None and entry.is_done:
            self.deeds.reopen(entry.task.id)
        elif entry.task is not None:
            self.deeds.complete(entry.task.id)

    def _break(self, entry: Entry) -> None:
        if entry.promise is not None:
            self.deeds.settle(entry.promise.id, kept=False)

    @Slot(object)
    def _open(self, entry: Entry) -> None:
        if entry.client_id is not None:
            self.context.navigator.show_record(
                "clients", "client", entry.client_id, entry.client_id
            )
        else:
            self._edit(entry)

    @Slot(object)
    def _edit(self, entry: Entry) -> None:
        if entry.task is not None:
            TaskForm(self.context, self.window(), task=entry.task).open()
        else:
            self._open(entry)

    @Slot(object)
    def _trash(self, entry: Entry) -> None:
        if entry.task is not None:
            self.deeds.trash_row(entry.task)
        elif entry.promise is not None:
            self.deeds.trash_promise(entry.promise.id)

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.model.set_typed(text)
        self._show_state()
        self.view.choose(None)

    @Slot()
    def _to_list(self) -> None:
        self.view.setFocus()

    @Slot(str)
    def _chosen(self, _key: str) -> None:
        self._show()

    @Slot(object)
    def _open_menu(self, point: QPoint) -> None:
        entry = self.view.current_entry()
        if entry is None:
            return
        menu = QMenu(self)
        for key, text in menu_of(entry):
            action = QAction(str(text), menu)
            action.setData(key)
            menu.addAction(action)
        menu.triggered.connect(self._menu_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)

    @Slot(QAction)
    def _menu_chosen(self, action: QAction) -> None:
        entry = self.view.current_entry()
        if entry is None:
            return
        doers = {
            "tick": self._tick,
            "broken": self._break,
            "edit": self._edit,
            "open": self._open,
            "trash": self._trash,
            "move": self._ask_when,
        }
        doers[str(action.data())](entry)
