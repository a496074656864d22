"""The card of the cases: the list, and what stands there instead of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.delegates.entry_row import ROW
from acctdesk.ui.pages.cases.words import NEW
from acctdesk.ui.widgets.entry_list import EntryList
from acctdesk.ui.widgets.list_states import ListStates
from acctdesk.ui.words import say

LEAST_ROWS, FEWEST_ROWS = 5, 2  # beside the case in full, and above it


class ListCard(QFrame):
    """Shows cases; ``new_wanted`` asks for a new one."""

    new_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
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
        self.states = ListStates(self.list, "scale", self, row_height=ROW)
        self.add = self.states.empty.add_button(msg("Cases", "Write it down"))
        self.add.clicked.connect(self.new_wanted)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(1, 6, 1, 6)
        inside.addWidget(self.states)
        self.set_room(wide=True)

    def set_room(self, *, wide: bool) -> None:
        """Keep room for more rows where the case in full stands beside the list."""
        self.states.setMinimumHeight((LEAST_ROWS if wide else FEWEST_ROWS) * ROW)

    def show_state(self, chip: str, *, hidden: bool) -> None:
        """Show the list, or why it is empty: the filter hides its rows, or there are none."""
        if self.list.entries.rowCount():
            self.states.show_list()
        elif hidden:
            self.states.show_hidden()
        else:
            action, sentence, more = NEW[chip]
            self.add.setVisible(bool(action))
            self.states.show_empty(sentence, more)

    def fail(self, error: Exception) -> None:
        """Say that the cases could not be read."""
        self.states.show_failure(msg("Cases", "The cases could not be read"), error)
