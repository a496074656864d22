"""What every tab of the Receivables page is: a tab with a client at hand, on a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.tabs import Tab
from acctdesk.ui.widgets.menu import Deed, open_menu

if TYPE_CHECKING:
    from acctdesk.ui.context import Context
    from acctdesk.ui.pages.clients.book_profile import BookProfile


class Pane(Tab):
    """A list of clients; what is done by an action is done with the one at hand."""

    unread = msg("Receivables", "The receivables could not be read")
    dated: ClassVar[bool] = True  # it shows any day, and has the field for it; else today

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(context, profile, parent)
        self.head.addWidget(self.sub, 1)

    @property
    def client(self) -> tuple[int, str] | None:
        """The client at hand, id and name."""
        return None

    def show_day(self, day: dt.date | None) -> None:
        """Show everything as of a day; None: today."""
        if day != self.chosen_day:
            self.chosen_day = day
            self.forget()

    def can(self, action: str) -> bool:
        """Tell whether an action of the page makes sense now; all of them need a client."""
        return self.client is not None

    def choose_client(self, client_id: int) -> None:
        """Make a client the one at hand, where the tab has it."""

    def offers(self) -> list[Deed]:
        """Return what the menu offers of the line at hand besides what is done with its client."""
        return []

    @Slot(object)
    def open_client(self, _line: object = None) -> None:
        """Go to the record of the client at hand."""
        if self.client is not None:
            self.context.navigator.show_client(self.client[0])

    @Slot(object)
    def open_menu(self, point: QPoint) -> None:
        """Offer at a point what can be done with the line and the client at hand."""
        if self.client is not None:
            opening = (msg("Receivables", "Open the client"), self.open_client)
            keys = (*registry.RECEIVABLES.handlers, "record.order")
            actions = [self.context.actions[key] for key in keys]
            open_menu(self, point, [opening, *self.offers(), None, *actions])
