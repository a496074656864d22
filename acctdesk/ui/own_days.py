"""The officer's working days as the screen knows them, kept equal to the book's days off.

Fields read «5 εργάσιμες» while one types, so they cannot wait for an answer of the book.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Signal, Slot

from acctdesk.periods import WorkingDays
from acctdesk.services.days import own_calendar
from acctdesk.services.desk import ChangeSet
from acctdesk.ui.context import Context


class OwnDays(QObject):
    """Holds the working days of the open book; ``changed`` follows the days off."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.calendar = WorkingDays()

    def take(self, calendar: WorkingDays) -> None:
        """Know these working days from now on."""
        if calendar != self.calendar:
            self.calendar = calendar
            self.changed.emit()


@cache
def own_days() -> OwnDays:
    """Return the working days of the program's open book."""
    return OwnDays()


class OwnDaysWatch(QObject):
    """Asks the book for the days off: once, and whenever they change."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        context.bus.changed.connect(self._changed)

    def load(self) -> None:
        """Ask the book."""
        self._context.runner.ask(
            own_calendar, key="days_off", on_done=own_days().take, on_error=self._ignore
        )

    @Slot(object, object)
    def _changed(self, changes: ChangeSet, _initiator: object) -> None:
        if changes.touches("days_off"):
            self.load()

    def _ignore(self, _error: Exception) -> None:
        """Public holidays are known without the book."""
