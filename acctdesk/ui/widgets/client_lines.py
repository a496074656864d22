"""A list of clients in columns: one current, opened by Enter; narrow, it gives up columns."""

from __future__ import annotations

from typing import ClassVar, Protocol

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from acctdesk.ui.delegates.header import InsetHeader
from acctdesk.ui.delegates.row import LineDelegate
from acctdesk.ui.keys import leaves_letter
from acctdesk.ui.widgets.row_views import RowTable
from acctdesk.ui.words import plain_tip

_NAME = 190  # the least width of the client's name
_ROOM = 360  # from here the name shares what is left


class ClientModel(Protocol):
    """What the list asks of its model besides Qt's questions."""

    def client_at(self, line: int) -> int | None:
        """Return the client of a line, None outside."""

    def place_of(self, client_id: int | None) -> int | None:
        """Return the line of a client, None where it is not shown."""

    def in_full(self, line: int) -> str:
        """Return all that a line says."""


class ClientLines(RowTable):
    """Shows a model of clients; ``opened`` carries the client's id."""

    opened = Signal(object)
    chosen = Signal()
    menu_wanted = Signal(object)  # a global point

    widths: ClassVar[dict[int, int]] = {}  # of the columns besides the client's name
    given_up: ClassVar[tuple[int, ...]] = ()  # what a narrower list gives up, in this order
    name_column: ClassVar[int] = 0
    growing: ClassVar[int | None] = None  # the column that takes half of much room

    def __init__(
        self,
        model: QAbstractTableModel,
        clients: ClientModel,
        insets: dict[int, tuple[int, int]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._clients = clients
        self.setProperty("plain", True)
        self.painter_of_rows = self.make_painter()
        self.show_rows(model, InsetHeader(insets, self), self.painter_of_rows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.set_row_height(self.painter_of_rows.height)
        self.doubleClicked.connect(self._open)

    def make_painter(self) -> LineDelegate:
        """Return what paints the lines."""
        raise NotImplementedError

    def set_row_height(self, height: int) -> None:
        """Set the height of every row in px."""
        self.painter_of_rows.height = height
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    @property
    def client_id(self) -> int | None:
        """The client under the cursor."""
        return self._clients.client_at(self.currentIndex().row())

    def choose(self, client_id: int | None) -> None:
        """Make a client current; the first one where it is gone."""
        if self.model().rowCount():
            place = self._clients.place_of(client_id) or 0
            self.setCurrentIndex(self.model().index(place, self.name_column))

    def currentChanged(self, current: object, previous: object) -> None:
        """Tell that another client is at hand."""
        super().currentChanged(current, previous)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter; leave letters to the window."""
        if leaves_letter(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu at the mouse, or at the current row."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        corner = self.visualRect(self.currentIndex()).center()
        self.menu_wanted.emit(self.viewport().mapToGlobal(corner) if by_key else event.globalPos())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say a row in full where the pointer rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = self._clients.in_full(self.indexAt(event.pos()).row())
            QToolTip.showText(event.globalPos(), plain_tip(said), self)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the name the rest; a narrow list gives up columns rather than scroll sideways."""
        super().resizeEvent(event)
        room = self.viewport().width()
        shown = dict(self.widths)
        for column in self.given_up:
            if room - sum(shown.values()) < _NAME:
                shown.pop(column)
        for column, width in self.widths.items():
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, width)
        rest = max(room - sum(shown.values()), 80)
        if self.growing in shown and rest > _ROOM:
            extra = (rest - _ROOM) // 2
            self.setColumnWidth(self.growing, self.widths[self.growing] + extra)
            rest -= extra
        self.setColumnWidth(self.name_column, rest)

    @Slot(QModelIndex)
    def _open(self, _index: object = None) -> None:
        if self.client_id is not None:
            self.opened.emit(self.client_id)
