"""A table of clients to choose from: rows of words, one current, opened by Enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from acctdesk.i18n import Message
from acctdesk.ui.delegates.header import InsetHeader
from acctdesk.ui.itemmodels.credit_tables import InkedModel
from acctdesk.ui.keys import leaves_letter
from acctdesk.ui.words import say

ROW = 36
INSET = 11
_NAME, _WIDE_NAME = 170, 260  # the least width of the first column; with room for others
_GROWTH = 200


class FlatTable(QTableView):
    """Shows an InkedModel; the first column has what the ``widths`` of the others leave.

    A narrow table leaves out the columns of ``given_up``, in their order; a wide one gives some of
    its room to the column that ``grows``. The signals carry the row; ``ticked`` is Space.
    """

    opened = Signal(object)
    ticked = Signal(object)
    chosen = Signal()
    menu_wanted = Signal(object)  # a global point

    def __init__(
        self,
        model: InkedModel[Any],
        widths: Mapping[int, int],
        parent: QWidget,
        *,
        name: Message,
        description: Message,
        given_up: Sequence[int] = (),
        grows: int | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows, self._widths, self._given_up = model, dict(widths), tuple(given_up)
        self._grows = grows
        self.setProperty("plain", True)
        self.setModel(model)
        insets = dict.fromkeys(range(model.columnCount()), (INSET, INSET))
        header = InsetHeader(insets, self, lines=2)
        header.setSectionsClickable(False)
        self.setHorizontalHeader(header)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(ROW)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        say(self, name=name, description=description)
        self.doubleClicked.connect(self._open)

    @property
    def record(self) -> Any:
        """The row under the cursor, None where there is none."""
        return self._rows.row(self.currentIndex().row())

    @property
    def client(self) -> tuple[int, str] | None:
        """The client of that row, id and name."""
        return None if self.record is None else self._rows.client(self.record)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows; the client at hand stays so, or the first row is."""
        client = self.client
        self._rows.set_rows(rows)
        if not self.choose(client[0] if client is not None else None) and rows:
            self.setCurrentIndex(self._rows.index(0, 0))

    def choose(self, client_id: int | None) -> bool:
        """Make a client current; tells whether it is here."""
        for place, row in enumerate(self._rows.rows):
            if self._rows.client(row)[0] == client_id:
                self.setCurrentIndex(self._rows.index(place, 0))
                return True
        return False

    def currentChanged(self, current: Any, previous: Any) -> None:
        """Tell that another row is at hand."""
        super().currentChanged(current, previous)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter, tick by Space; leave letters to the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() == Qt.Key.Key_Space and self.record is not None:
            self.ticked.emit(self.record)
        elif not leaves_letter(event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu at the mouse, or at the current row."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        corner = self.visualRect(self.currentIndex()).center()
        self.menu_wanted.emit(self.viewport().mapToGlobal(corner) if by_key else event.globalPos())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the first column the rest, and leave out what has no room."""
        super().resizeEvent(event)
        shown, room = dict(self._widths), self.viewport().width()
        for column in self._given_up:
            if room - sum(shown.values()) < _NAME:
                shown.pop(column)
        if self._grows in shown:
            shown[self._grows] += min(_GROWTH, max(0, room - sum(shown.values()) - _WIDE_NAME))
        for column, width in (self._widths | shown).items():
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, width)
        self.setColumnWidth(0, max(80, room - sum(shown.values())))

    @Slot()
    def _open(self) -> None:
        if self.record is not None:
            self.opened.emit(self.record)
