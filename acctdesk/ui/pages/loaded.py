"""A page that shows what the book says, and asks it again when that may be another."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk.ui.pages.page import Page
from acctdesk.ui.pulse import Pulse

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context


class LoadedPage(Page):
    """Write ``load``; it is called when the page is first shown.

    From then on it is called again when a change touches ``tables``, when the day is another, and
    when the machine has slept.
    """

    tables: ClassVar[tuple[str, ...]]  # what it shows comes from these

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._asked_on: dt.date | None = None  # None: it was never shown
        self.pulse = Pulse(context.clock, self)
        self.pulse.day_changed.connect(self.refresh)
        self.pulse.woke.connect(self.refresh)

    @Slot()
    def load(self) -> None:
        """Ask the book."""
        raise NotImplementedError

    def activated(self) -> None:
        """Load when shown for the first time, and after midnight."""
        if self._asked_on != self.context.today():
            self._asked_on = self.context.today()
            self.load()

    def on_changed(self, changes: ChangeSet, initiator: object) -> None:
        """Fetch again what a change touches."""
        if changes.touches(*self.tables):
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Load again, where the page was shown before."""
        if self._asked_on is not None:
            self._asked_on = self.context.today()
            self.load()
