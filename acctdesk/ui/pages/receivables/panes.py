"""The tabs of the Receivables page: what one is, and which there are.

To add a tab: a module with a class of :class:`Pane`, and a line in :data:`PANES`.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import Message, msg
from acctdesk.ui.pages.speaker import Speaker

if TYPE_CHECKING:
    import datetime as dt

    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context
    from acctdesk.ui.pages.clients.book_profile import BookProfile


@dataclass(frozen=True, slots=True)
class PaneSpec:
    """One tab: ``place`` is ``module:name`` of its class, imported when it is first shown.

    ``dated``: it shows any day, so the field for the day stands in the head; the others show today.
    """

    key: str
    icon: str
    title: Message
    place: str
    dated: bool = True

    def pane_class(self) -> type[Pane]:
        """Return the class; imported the first time."""
        module, _, name = self.place.partition(":")
        found: type[Pane] = getattr(importlib.import_module(module), name)
        return found


PANES: tuple[PaneSpec, ...] = (
    PaneSpec(
        "ageing",
        "chart-bar",
        msg("Receivables", "Ageing"),
        "acctdesk.ui.pages.receivables.ageing_pane:AgeingPane",
    ),
    PaneSpec(
        "reminders",
        "send",
        msg("Receivables", "Reminders"),
        "acctdesk.ui.pages.receivables.reminders_pane:RemindersPane",
        dated=False,
    ),
    PaneSpec(
        "cash",
        "coins",
        msg("Receivables", "Expected cash"),
        "acctdesk.ui.pages.receivables.cash_pane:CashPane",
    ),
    PaneSpec(
        "credit",
        "shield-check",
        msg("Receivables", "Credit"),
        "acctdesk.ui.pages.receivables.credit_pane:CreditPane",
    ),
)


class Pane(Speaker):
    """What one tab shows, under the head of the page.

    The page calls :meth:`load` when the tab is first shown and when the day has changed. While
    another tab is in front, a change of ``tables`` is only noted, and loaded when this one is
    shown again. Answers are shown by :meth:`speak`, through ``say_anew``.
    """

    said = Signal()  # ``sub_title`` has changed
    actions_changed = Signal()  # ``client`` or what ``can`` answers has changed

    tables: tuple[str, ...] = ()  # what it shows comes from these

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.profile = profile  # of the page: the currency

    @property
    def sub_title(self) -> str:
        """The line under the page's name."""
        return ""

    @property
    def client(self) -> tuple[int, str] | None:
        """The client at hand, id and name: what is done by an action is done with it."""
        return None

    def load(self, as_of: dt.date) -> None:
        """Fetch everything as of a day."""
        raise NotImplementedError

    def on_changed(self, changes: ChangeSet, as_of: dt.date) -> None:
        """The book changed while this tab was in front."""
        if changes.touches(*self.tables):
            self.load(as_of)

    def first_focus(self) -> None:
        """Put the keyboard where work begins."""

    def filter_focus(self) -> bool:
        """Put the cursor into a filter (Ctrl+F); False where there is none."""
        return False

    def can(self, action: str) -> bool:
        """Tell whether an action of the page makes sense now; all of them need a client."""
        return self.client is not None

    def choose_client(self, client_id: int) -> None:
        """Make a client the one at hand, where the tab has it."""

    def print_document(self) -> QTextDocument | None:
        """Return what Ctrl+P prints; None where there is nothing to print."""
        return None
