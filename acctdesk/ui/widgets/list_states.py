"""A list, or what stands in its place while it has no rows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.widgets.filter_field import FilterField
from acctdesk.ui.widgets.states import FailurePanel, Skeleton, StatePanel
from acctdesk.ui.words import Text


class ListStates(QStackedWidget):
    """Bars until the first rows come, then the list; nothing yet, all of it hidden, a failure."""

    again = Signal()  # try to load once more
    clear_wanted = Signal()  # show what the filter hides

    def __init__(self, view: QWidget, icon: str, parent: QWidget, *, row_height: int = 52) -> None:
        super().__init__(parent)
        self.view = view
        self._meanwhile: FilterField | None = None  # it has the keyboard until there are rows
        self.skeleton = Skeleton(row_height, self)
        self.empty = StatePanel(icon, self)
        self.hidden = StatePanel("filter-off", self)
        self.hidden.show_words(
            msg("List", "Nothing fits the filter"),
            msg("List", "The others are still there; the filter hides them."),
        )
        self.hidden.add_button(msg("List", "Clear filter")).clicked.connect(self.clear_wanted)
        self.failure = FailurePanel(self)
        self.failure.again.connect(self.again)
        for one in (self.skeleton, view, self.empty, self.hidden, self.failure):
            self.addWidget(one)

    @property
    def has_rows(self) -> bool:
        """Tell whether the list is what is shown."""
        return self.currentWidget() is self.view

    def focus_list(self, meanwhile: FilterField) -> None:
        """Put the keyboard into the list; as long as it is not there, into its filter."""
        self._meanwhile = None if self.has_rows else meanwhile
        (self._meanwhile or self.view).setFocus()

    def show_list(self) -> None:
        """Show the rows."""
        self._show(self.view)

    def show_empty(self, sentence: Text, help_line: Text) -> None:
        """Say that there is nothing yet, and what to do."""
        self.empty.show_words(sentence, help_line)
        self._show(self.empty)

    def show_hidden(self) -> None:
        """Say that the filter hides every row."""
        self._show(self.hidden)

    def show_failure(self, sentence: Text, error: Exception) -> None:
        """Say what could not be read."""
        self.failure.show_error(sentence, error)
        self.setCurrentWidget(self.failure)

    def _show(self, shown: QWidget) -> None:
        self.setCurrentWidget(shown)
        if shown is self.view and self._meanwhile is not None and self._meanwhile.waits:
            self.view.setFocus()
        self._meanwhile = None
