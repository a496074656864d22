"""The table of clients: columns that are remembered, rows of two lines, one chosen by its id."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.delegates.client_row import INSETS, WIDTH_WITH_TREND, ClientDelegate
from acctdesk.ui.delegates.header import InsetHeader
from acctdesk.ui.itemmodels.client_columns import BY_KEY, COLUMNS, INDEX
from acctdesk.ui.itemmodels.clients import ClientListModel, Index
from acctdesk.ui.keys import leaves_letter
from acctdesk.ui.painting import text_width
from acctdesk.ui.settings import Settings, columns
from acctdesk.ui.words import plain_tip, say

_LAYOUT = columns("clients")
_NAME, _SALES = INDEX["client"], INDEX["sales"]
TIGHT = 424  # a narrower list gives up columns rather than scroll sideways
TIGHT_NAME = 140  # the least width of the name there


class ClientView(QTableView):
    """Shows a ClientListModel; ``chosen`` carries the id of the current client or None."""

    chosen = Signal(object)
    sort_wanted = Signal(str, bool)  # sort key, descending
    menu_wanted = Signal(object)  # a global point

    def __init__(self, model: ClientListModel, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._clients = model
        self._settings = settings
        self._fitting = False
        self._keep = False  # a reset must not choose another client
        self.delegate = ClientDelegate(model, self)
        self.setItemDelegate(self.delegate)
        header = InsetHeader(INSETS, self)
        self.setHorizontalHeader(header)
        self.setModel(model)
        self._dress(header)
        self._wanted = {column.key: column.width for column in COLUMNS}
        self._shown = {column.key: column.shown for column in COLUMNS}
        self._sort = self._remembered_sort()
        self._restore()
        self.show_sort(self._sort[0], descending=self._sort[1])
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._moved)
        header.sectionClicked.connect(self._header_clicked)

    def _dress(self, header: InsetHeader) -> None:
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.set_row_height(52)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setMinimumSectionSize(60)
        header.setSortIndicatorShown(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Fixed)
        say(
            self,
            name=msg("Clients", "Client list"),
            description=msg("Clients", "Choose a client with the arrow keys."),
        )

    # -- rows

    def set_row_height(self, height: int) -> None:
        """Set the height of every row in px."""
        self.delegate.set_height(height)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def choose(self, client_id: int | None, *, scroll: bool = True) -> bool:
        """Make a client current by its id; False where the filter hides it."""
        row = self._clients.row_of(client_id)
        if row is None:
            self._keep = True
            self.selectionModel().clear()
            self._keep = False
            return False
        index = self._clients.index(row, _NAME)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flags | QItemSelectionModel.SelectionFlag.Rows)
        if scroll:
            self.scrollTo(index)
        return True

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which client is current."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if not self._keep and current.isValid():
            self.chosen.emit(self._clients.id_at(current.row()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard and choose nobody; Qt would choose the first where none is chosen."""
        chosen = self.currentIndex().isValid()
        self._keep = True
        super().focusInEvent(event)
        if not chosen:
            self.selectionModel().clear()
        self._keep = False

    # -- columns

    def column_layout(self) -> list[tuple[str, bool]]:
        """Return the columns in their order: key, shown."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [(COLUMNS[one].key, self._shown[COLUMNS[one].key]) for one in order]

    def set_column_layout(self, layout: list[tuple[str, bool]]) -> None:
        """Order, show and hide columns; the name stays first and shown."""
        header = self.horizontalHeader()
        keys = [key for key, _ in layout if key in BY_KEY]
        keys = ["client", *(key for key in keys if key != "client")]
        keys += [column.key for column in COLUMNS if column.key not in keys]
        for place, key in enumerate(keys):
            header.moveSection(header.visualIndex(INDEX[key]), place)
        shown = dict(layout)
        for column in COLUMNS:
            self._shown[column.key] = column.fixed or shown.get(column.key, column.shown)
        self._fit()
        self._remember()

    def default_layout(self) -> list[tuple[str, bool]]:
        """Return the columns as they are at first."""
        return [(column.key, column.shown) for column in COLUMNS]

    def show_sort(self, key: str, *, descending: bool) -> None:
        """Show by which column the list is sorted."""
        self._sort = (key, descending)
        place = next((n for n, column in enumerate(COLUMNS) if column.sort == key), -1)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(place, order)
        self._remember()

    @property
    def sort(self) -> tuple[str, bool]:
        """The sort shown, at first that of the last time: key, descending."""
        return self._sort

    def _remembered_sort(self) -> tuple[str, bool]:
        kept = self._settings.get(_LAYOUT)
        key = kept.get("sort")
        if not isinstance(key, str) or key not in {column.sort for column in COLUMNS}:
            return "name", False
        return key, bool(kept.get("descending"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the name what the other columns leave."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._fitting = True
        room = self.viewport().width()
        given_up = self._given_up(room)
        for column in COLUMNS:
            hidden = not self._shown[column.key] or column.key in given_up
            self.setColumnHidden(INDEX[column.key], hidden)
        seen = {column.key for column in COLUMNS if self._shown[column.key]} - given_up
        others = [c for c in COLUMNS if c.key in seen - {"client", "sales"}]
        taken = sum(self._wanted[column.key] for column in others)
        for column in others:
            self.setColumnWidth(INDEX[column.key], self._wanted[column.key])
        if "sales" in seen:
            least, wanted = BY_KEY["sales"].minimum, self._wanted["sales"]
            width = max(least, min(wanted, room - taken - BY_KEY["client"].minimum))
            if width < WIDTH_WITH_TREND <= wanted:
                width = least  # without the trend line the name has the better use of the room
            self.setColumnWidth(_SALES, width)
            taken += width
        name = BY_KEY["client"]
        floor = TIGHT_NAME if len(others) <= 2 else name.minimum
        self.setColumnWidth(_NAME, max(floor, room - taken))
        self._fitting = False

    def _given_up(self, room: int) -> set[str]:
        """Return the columns that the smallest window has no room for, last contact first."""
        gone: set[str] = set()
        for key in ("last", "sales") if room < TIGHT else ():
            seen = [c for c in COLUMNS if self._shown[c.key] and c.key not in gone]
            if sum(TIGHT_NAME if c.key == "client" else c.minimum for c in seen) > room:
                gone.add(key)
        return gone

    def _restore(self) -> None:
        kept = self._settings.get(_LAYOUT)
        widths = kept.get("widths")
        if isinstance(widths, dict):
            for key, width in widths.items():
                if key in BY_KEY and isinstance(width, int):
                    self._wanted[key] = max(BY_KEY[key].minimum, min(600, width))
        order, hidden = kept.get("order"), kept.get("hidden")
        if isinstance(order, list) and isinstance(hidden, list):
            self.set_column_layout([(str(key), key not in hidden) for key in order])
        else:
            self.set_column_layout(self.default_layout())

    def _remember(self) -> None:
        kept: dict[str, Any] = {
            "order": [key for key, _ in self.column_layout()],
            "hidden": [key for key, shown in self.column_layout() if not shown],
            "widths": dict(self._wanted),
            "sort": self._sort[0],
            "descending": self._sort[1],
        }
        self._settings.set(_LAYOUT, kept)

    @Slot(int, int, int)
    def _resized(self, section: int, _old: int, new: int) -> None:
        if self._fitting or section == _NAME or new == 0:
            return
        column = COLUMNS[section]
        self._wanted[column.key] = max(column.minimum, new)
        self._fit()
        self._remember()

    @Slot(int, int, int)
    def _moved(self, _section: int, _old: int, _new: int) -> None:
        self._remember()

    @Slot(int)
    def _header_clicked(self, section: int) -> None:
        column = COLUMNS[section]
        header = self.horizontalHeader()
        if column.sort is None:
            return
        same = header.sortIndicatorSection() == section
        down = header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        self.sort_wanted.emit(column.sort, not down if same else column.first_descending)

    # -- keys, mouse and menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the rows."""
        if not leaves_letter(event):
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which row is under the mouse."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """Show no row as under the mouse."""
        super().leaveEvent(event)
        self._hover(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu at the mouse, or at the current row by Menu key and Shift+F10."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            point = self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(24, -8))
        else:
            point = event.globalPos()
        self.menu_wanted.emit(point)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the whole text of a cell that is cut, as plain text."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            text = str(index.data() or "") if index.isValid() else ""
            room = self.columnWidth(index.column()) - 20 if index.isValid() else 0
            if text and text_width(text, 14, 500) > room:
                QToolTip.showText(event.globalPos(), plain_tip(text), self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        if row != self.delegate.hovered:
            self.delegate.hovered = row
            self.viewport().update()
