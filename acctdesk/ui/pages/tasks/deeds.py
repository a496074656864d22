"""What is done with the task or the promise of an entry, on the pages that list them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.text import When
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.itemmodels.tasks_text import Entry
from acctdesk.ui.pages.tasks.view import TasksView
from acctdesk.ui.widgets.menu import Deed
from acctdesk.ui.widgets.when_popup import WhenPopup

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class EntryDeeds(Deeds):
    """Ticks, moves and trashes; a day is asked for beside the current entry of the view."""

    def __init__(self, context: Context, view: TasksView, page: QWidget) -> None:
        super().__init__(context, page)
        self._view, self._page = view, page
        self._moving: Entry | None = None

    @Slot(object)
    def tick(self, entry: Entry) -> None:
        """Mark what is to be done as done or kept, and what was done as open again."""
        if entry.promise is not None and entry.is_done:
            self.reopen_promise(entry.promise.id)
        elif entry.promise is not None:
            self.settle(entry.promise.id, kept=True)
        elif entry.task is not None and entry.is_done:
            self.reopen(entry.task.id)
        elif entry.task is not None:
            self.complete(entry.task.id)

    def break_promise(self, entry: Entry) -> None:
        """Mark a promise as not kept."""
        if entry.promise is not None:
            self.settle(entry.promise.id, kept=False)

    @Slot(object)
    def trash_entry(self, entry: Entry) -> None:
        """Move the task or promise to the trash."""
        if entry.task is not None:
            self.trash_row(entry.task)
        elif entry.promise is not None:
            self.trash_promise(entry.promise.id)

    def ask_when(self, entry: Entry) -> None:
        """Ask for another day."""
        self._moving = entry
        today = self._context.today()
        popup = WhenPopup(msg("Tasks", "Another day"), today=today, parent=self._page)
        popup.chosen.connect(self._move)
        popup.show_at(self._view.point_of_entry(), from_right=True)

    @Slot(object)
    def _move(self, when: When) -> None:
        entry = self._moving
        if entry is not None and entry.task is not None:
            self.move(entry.task.id, When(when.day, when.time or entry.task.due_time))
        elif entry is not None and entry.promise is not None:
            self.move_promise(entry.promise.id, when)

    def offers(self, entry: Entry) -> list[Deed]:
        """Return the first lines of an entry's menu: what may become of it."""
        tick, move = partial(self.tick, entry), partial(self.ask_when, entry)
        if entry.is_done:
            return [(msg("Tasks", "Make it open again"), tick)]
        later = (msg("Tasks", "Another day…"), move)
        if entry.promise is None:
            return [(msg("Tasks", "Mark as done"), tick), later]
        broken = (msg("Tasks", "Not kept"), partial(self.break_promise, entry))
        return [(msg("Tasks", "Kept"), tick), broken, later]

    def trash_offer(self, entry: Entry) -> Deed:
        """Return the last line of an entry's menu."""
        return msg("Tasks", "Move to the trash"), partial(self.trash_entry, entry)
