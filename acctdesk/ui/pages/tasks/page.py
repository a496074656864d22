"""The Tasks page: everything to do by its day, the promises both ways, and what was done."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.services.interactions import all_open_promises
from acctdesk.services.rows import PromiseRow, TaskRow
from acctdesk.services.tasks import done_tasks, open_tasks
from acctdesk.ui.dialogs.task_form import TaskForm
from acctdesk.ui.itemmodels.tasks import TasksModel
from acctdesk.ui.itemmodels.tasks_text import Entry, of_promise, of_task
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.loaded import LoadedPage
from acctdesk.ui.pages.page import PrimaryAction
from acctdesk.ui.pages.tasks.deeds import EntryDeeds
from acctdesk.ui.pages.tasks.view import TasksView
from acctdesk.ui.pages.tasks.words import EMPTY
from acctdesk.ui.widgets.basics import box, label, row
from acctdesk.ui.widgets.filter_chips import FilterChips
from acctdesk.ui.widgets.filter_field import FilterField
from acctdesk.ui.widgets.list_states import ListStates
from acctdesk.ui.widgets.menu import Deed, open_menu

if TYPE_CHECKING:
    from acctdesk.ui.context import Context, Target

MOST = 2_000  # open tasks in the list
DONE_DAYS = 30
_CHIPS: tuple[tuple[str, Message], ...] = (
    ("tasks", msg("Tasks", "To do")),
    ("promises", msg("Tasks", "Promises")),
    ("done", msg("Tasks", "Done")),
)


class TasksPage(LoadedPage):
    """What the officer has to do."""

    spec = registry.TASKS
    tables = ("tasks", "promises", "clients")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted: tuple[str, int] | None = None  # to be chosen when it arrives
        self._entries: dict[str, list[Entry] | None] = dict.fromkeys(
            [key for key, _ in _CHIPS], None
        )
        self.model = TasksModel(self)
        self.view = TasksView(self.model, self)
        self.deeds = EntryDeeds(context, self.view, self)
        self._build()
        self.view.ticked.connect(self.deeds.tick)
        self.view.opened.connect(self._open)
        self.view.edit_wanted.connect(self._edit)
        self.view.trash_wanted.connect(self.deeds.trash_entry)
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

    def first_focus(self) -> None:
        """Put the keyboard into the list as soon as it is there."""
        self.states.focus_list(self.filter)

    def filter_focus(self) -> bool:
        """Put the cursor into the filter."""
        self.filter.take_cursor()
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
        self.filter = FilterField(msg("Tasks", "Words of the task or the client"), self)
        self.filter.textChanged.connect(self._typed)
        self.filter.left_downwards.connect(self.view.setFocus)
        self.chips = FilterChips(_CHIPS, msg("Tasks", "Show"), self)
        self.chips.chosen.connect(self._chosen)
        self.states = ListStates(self.view, "checkbox", self)
        self.states.again.connect(self.load)
        self.states.clear_wanted.connect(self.filter.clear)
        self.add = self.states.empty.add_button(msg("Tasks", "New task"))
        self.add.clicked.connect(self.new_task)
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
        self.view.set_height(self.context.theme.two_line_height)

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
        self.states.show_failure(msg("Tasks", "The tasks could not be read"), error)

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

    def _show_state(self) -> None:
        if self.model.rowCount():
            self.states.show_list()
        elif self.filter.text().strip() and self._entries[self.chips.key]:
            self.states.show_hidden()
        else:
            self.add.setVisible(self.chips.key == "tasks")
            self.states.show_empty(*EMPTY[self.chips.key])

    # -- the officer's hand

    @Slot()
    def new_task(self) -> None:
        """Open the form for a task, with or without a client."""
        TaskForm(self.context, self.window()).open()

    @Slot()
    def complete(self) -> None:
        """Tick the current entry."""
        self.view.do(self.deeds.tick)

    @Slot()
    def edit(self) -> None:
        """Open the form of the current task."""
        self.view.do(self._edit)

    @Slot()
    def trash(self) -> None:
        """Move the current entry to the trash."""
        self.view.do(self.deeds.trash_entry)

    @Slot()
    def postpone(self) -> None:
        """Ask for another day for the current entry."""
        self.view.do(self.deeds.ask_when)

    @Slot(object)
    def _open(self, entry: Entry) -> None:
        if entry.client_id is not None:
            self.context.navigator.show_client(entry.client_id)
        else:
            self._edit(entry)

    @Slot(object)
    def _edit(self, entry: Entry) -> None:
        if entry.task is not None:
            TaskForm(self.context, self.window(), task=entry.task).open()
        else:
            self._open(entry)

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.model.set_typed(text)
        self._show_state()
        self.view.choose(None)

    @Slot(str)
    def _chosen(self, _key: str) -> None:
        self._show()

    @Slot(object)
    def _open_menu(self, point: QPoint) -> None:
        self.view.do(lambda entry: open_menu(self, point, self._offers(entry)))

    def _offers(self, entry: Entry) -> list[Deed]:
        offers = self.deeds.offers(entry)
        if entry.task is not None:
            offers.append((msg("Tasks", "Edit…"), partial(self._edit, entry)))
        if entry.client_id is not None:
            offers.append((msg("Tasks", "Open the client"), partial(self._open, entry)))
        return [*offers, self.deeds.trash_offer(entry)]
