"""A table of a RowsModel: one row current, figures under their headings, a column with the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from acctdesk.i18n import Message
from acctdesk.ui.delegates.header import InsetHeader
from acctdesk.ui.itemmodels.rows import RowsModel
from acctdesk.ui.keys import leaves_letter
from acctdesk.ui.words import say

ROW = 36
INSET = 11


class PlainRows(QTableView):
    """``widths`` are those of the columns but ``wide``; a narrow table gives up ``given_up``."""

    row_chosen = Signal()
    opened = Signal()  # Enter or a double click

    def __init__(
        self,
        model: RowsModel[Any],
        parent: QWidget,
        *,
        name: Message,
        widths: Mapping[int, int],
        wide: int = 0,
        least: int = 150,
        given_up: Sequence[int] = (),
        row: int = ROW,
    ) -> None:
        super().__init__(parent)
        self._widths, self._wide, self._least = dict(widths), wide, least
        self._given_up = tuple(given_up)
        self.setProperty("plain", True)
        self.setModel(model)
        columns = model.columnCount()
        header = InsetHeader(dict.fromkeys(range(columns), (INSET, INSET)), self, lines=2)
        header.setSectionsClickable(False)
        self.setHorizontalHeader(header)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(row)
        self.verticalHeader().setDefaultSectionSize(row)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        say(self, name=name)
        self.doubleClicked.connect(self._open)

    @property
    def place(self) -> int:
        """The row at hand, -1 for none."""
        return self.currentIndex().row()

    def choose(self, place: int) -> None:
        """Make a row current."""
        model = self.model()
        if 0 <= place < model.rowCount():
            self.setCurrentIndex(model.index(place, self._wide))

    def currentChanged(self, current: Any, previous: Any) -> None:
        """Tell that another row is at hand."""
        super().currentChanged(current, previous)
        self.row_chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter; leave letters to the window."""
        if self.state() is not QAbstractItemView.State.EditingState and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            self._open()
        elif not leaves_letter(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give one column the rest; a narrow table gives up columns rather than scroll sideways."""
        super().resizeEvent(event)
        room, shown = self.viewport().width(), dict(self._widths)
        for column in self._given_up:
            if room - sum(shown.values()) < self._least:
                shown.pop(column, None)
        for column, width in self._widths.items():
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, width)
        self.setColumnWidth(self._wide, max(60, room - sum(shown.values())))

    @Slot()
    def _open(self) -> None:
        if self.place >= 0:
            self.opened.emit()
