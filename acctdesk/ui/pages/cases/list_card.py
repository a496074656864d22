"""The card of the cases: the list, and what stands there instead of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.delegates.entry_row import ROW
from acctdesk.ui.pages.cases.words import NEW
from acctdesk.ui.widgets.entry_list import EntryList
from acctdesk.ui.widgets.states import Skeleton, StatePanel
from acctdesk.ui.words import say

LEAST_ROWS, FEWEST_ROWS = 5, 2  # beside the case in full, and above it


class ListCard(QFrame):
    """Shows cases; ``new_wanted`` asks for a new one, ``again`` to load once more."""

    new_wanted = Signal()
    again = Signal()

    def __init__(self, clear_filter: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.states = QStackedWidget(self)
        self.list = EntryList(self)
        say(
            self.list,
            name=msg("Cases", "Cases"),
            description=msg(
                "Cases",
                "Enter opens, Ctrl+N is new, Space does what comes next, Delete moves to the"
                " trash.",
            ),
        )
        self.skeleton = Skeleton(ROW, self)
        self.empty = StatePanel("scale", self)
        self.add = self.empty.add_button(msg("Cases", "Write it down"))
        self.add.clicked.connect(self.new_wanted)
        self.hidden = StatePanel("filter-off", self)
        self.hidden.show_words(
            msg("Tasks", "Nothing fits the filter"),
            msg("Tasks", "The others are still there; the filter hides them."),
        )
        self.hidden.add_button(msg("Tasks", "Clear filter")).clicked.connect(clear_filter)
        self.failure = StatePanel("alert-triangle", self)
        self.failure.add_button(msg("Tasks", "Try again")).clicked.connect(self.again)
        for one in (self.skeleton, self.list, self.empty, self.hidden, self.failure):
            self.states.addWidget(one)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(1, 6, 1, 6)
        inside.addWidget(self.states)
        self.set_room(wide=True)

    def set_room(self, *, wide: bool) -> None:
        """Keep room for more rows where the case in full stands beside the list."""
        self.states.setMinimumHeight((LEAST_ROWS if wide else FEWEST_ROWS) * ROW)

    def has_rows(self) -> bool:
        """Tell whether the list is what is shown."""
        return self.states.currentWidget() is self.list

    def show_state(self, chip: str, *, hidden: bool) -> None:
        """Show the list, or why it is empty: the filter hides its rows, or there are none."""
        if self.list.entries.rowCount():
            self.states.setCurrentWidget(self.list)
        elif hidden:
            self.states.setCurrentWidget(self.hidden)
        else:
            action, sentence, more = NEW[chip]
            self.empty.show_words(sentence, more)
            self.add.setVisible(bool(action))
            self.states.setCurrentWidget(self.empty)

    def fail(self, error: Exception) -> None:
        """Say that the cases could not be read."""
        self.failure.show_words(
            msg("Cases", "The cases could not be read"), getattr(error, "message", "")
        )
        self.states.setCurrentWidget(self.failure)
