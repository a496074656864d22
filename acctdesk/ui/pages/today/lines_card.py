"""The card of what is worth doing: chips, the list, and what stands there instead of it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.services.rows import Today
from acctdesk.ui.delegates.today_row import ROW
from acctdesk.ui.itemmodels.today import TodayModel
from acctdesk.ui.itemmodels.today_text import FILTERS
from acctdesk.ui.pages.today.view import TodayView
from acctdesk.ui.widgets.basics import Button, Look, hairline, label, row
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.filter_chips import FilterChips
from acctdesk.ui.widgets.states import FailurePanel, Skeleton, StatePanel
from acctdesk.ui.words import say

LEAST_ROWS = 4
_FIRST_STEPS: tuple[tuple[str, Message, Look], ...] = (
    ("tools.import", msg("Today", "Import files"), "primary"),
    ("file.new_client", msg("Today", "New client"), "plain"),
)


class LinesCard(QFrame):
    """Shows the lines of a day; ``again`` asks to load once more, ``wanted`` carries an action."""

    again = Signal()
    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.model = TodayModel(self)
        self.view = TodayView(self.model, self)
        self._focus_due = False
        self._has_clients = True
        self.chips = FilterChips(
            FILTERS, msg("Today", "Show"), self, hide_empty=[key for key, _ in FILTERS]
        )
        self.chips.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.chips.chosen.connect(self._narrow)
        self._note = ElidedLabel(px=12, ink="muted")
        say(self._note, text=msg("Today", "urgent first, then by value"))
        self.states = QStackedWidget(self)
        self.skeleton = Skeleton(ROW, self)
        self.empty = StatePanel("circle-check", self)
        self.empty.show_words(
            msg("Today", "Nothing presses today."),
            msg("Today", "Tasks, promises, overdue invoices and quiet clients are shown here."),
        )
        self.start = StatePanel("users", self)
        self.start.show_words(
            msg("Today", "Begin with your clients"),
            msg("Today", "Import the files of your company, or write the first client yourself."),
        )
        self.first_steps: list[Button] = []
        for action, text, look in _FIRST_STEPS:
            button = self.start.add_button(text, look=look)
            button.setObjectName(action)
            button.clicked.connect(self._want)
            self.first_steps.append(button)
        self.hidden = StatePanel("filter-off", self)
        self.hidden.show_words(
            msg("Today", "Nothing of this kind today"), msg("Today", "The filter hides the rest.")
        )
        self.hidden.add_button(msg("Today", "Show all")).clicked.connect(self._show_all)
        self.failure = FailurePanel(self)
        self.failure.again.connect(self.again)
        for one in (
            self.skeleton, self.view, self.start, self.empty, self.hidden, self.failure,
        ):  # fmt: skip
            self.states.addWidget(one)
        self.states.setMinimumHeight(LEAST_ROWS * ROW)
        title = label(msg("Today", "What is worth doing today"), "section")
        head = row(title, self._note, self.chips, spacing=10, margins=(16, 10, 14, 9))
        head.setStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addSpacing(3)
        column.addWidget(self.states, 1)
        for before, after in pairwise((*self.chips.stops(), self.view)):
            self.setTabOrder(before, after)

    def show_day(self, today: Today) -> None:
        """Show a day's lines; the current one stays current, or its place does."""
        key, place = self.view.current_key(), max(0, self.view.currentIndex().row())
        scroll = self.view.verticalScrollBar().value()
        self._has_clients = today.has_clients
        self.model.set_lines(today.lines, today.currency)
        self.chips.show_counts(self.model.counts())
        self.chips.updateGeometry()
        self._show_state()
        self.view.choose(key, place)
        self.view.verticalScrollBar().setValue(scroll)
        if self._focus_due and self._waits():
            if self.states.currentWidget() is self.view:
                self.view.setFocus()
            elif self.states.currentWidget() is self.start:
                self.first_steps[0].setFocus()
        self._focus_due = False
        self.chips.setVisible(today.has_clients)

    def show_failure(self, error: Exception) -> None:
        """Say that the day could not be read."""
        self.failure.show_error(msg("Today", "The day could not be read"), error)
        self.states.setCurrentWidget(self.failure)

    def focus_when_shown(self) -> None:
        """Put the keyboard into the list, once its lines are there."""
        if self.states.currentWidget() is self.view:
            self.view.setFocus()
        elif self.states.currentWidget() is self.start:
            self.first_steps[0].setFocus()
        else:
            self._focus_due = self.states.currentWidget() is self.skeleton
            self.chips.chip(self.chips.key).setFocus()

    def _waits(self) -> bool:
        """Tell whether the keyboard is still where it was put until the lines are there."""
        return self.window().focusWidget() is self.chips.chip(self.chips.key)

    def _show_state(self) -> None:
        if self.model.rowCount():
            self.states.setCurrentWidget(self.view)
        elif not self._has_clients:
            self.states.setCurrentWidget(self.start)
        else:
            narrowed = self.chips.key != "all" and bool(self.chips.count("all"))
            self.states.setCurrentWidget(self.hidden if narrowed else self.empty)

    @Slot(str)
    def _narrow(self, key: str) -> None:
        self.model.set_filter(key)
        self._show_state()
        self.view.choose(None)

    @Slot()
    def _want(self) -> None:
        button = self.sender()
        if button is not None:
            self.wanted.emit(button.objectName())

    @Slot()
    def _show_all(self) -> None:
        self.chips.choose("all")
