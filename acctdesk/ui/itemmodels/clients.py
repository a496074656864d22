"""The client list's model: the ordered ids of the query, and a cache of rows by page."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from acctdesk.services.rows import ClientRow
from acctdesk.ui.itemmodels.client_columns import COLUMNS

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1  # the ClientRow, None while it is fetched
ID_ROLE = int(Qt.ItemDataRole.UserRole) + 2
PAGE = 128
KEPT = PAGE * 24  # rows in the cache: screens of scrolling back without a question
_ROOT = QModelIndex()


class ClientListModel(QAbstractTableModel):
    """Ids in the order of the query; rows arrive by page when a view asks for them.

    ``wanted`` carries the ids of rows that are shown and not known (or no longer true); who
    listens fetches them and hands them back by ``put_rows``.
    """

    wanted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: list[int] = []
        self._rows: OrderedDict[int, ClientRow] = OrderedDict()
        self._stale: set[int] = set()
        self._asked: set[int] = set()  # pages on their way
        self._due: set[int] = set()  # pages to ask for at the next turn of the loop
        self._today = dt.date.min
        self._currency = "EUR"
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._ask)

    # -- what the page tells the model

    def set_context(self, *, today: dt.date, currency: str) -> None:
        """Say which day is today and what currency the book keeps."""
        self._today, self._currency = today, currency

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show ``ids`` in this order; rows already known stay known.

        Where those shown are only followed by more, they stay as they are.
        """
        new, shown = list(ids), len(self._ids)
        if new == self._ids:
            return
        if shown and new[:shown] == self._ids:
            self.beginInsertRows(_ROOT, shown, len(new) - 1)
            self._ids = new
            self.endInsertRows()
            return
        self.beginResetModel()
        self._ids = new
        self._asked.clear()
        self._due.clear()
        self.endResetModel()

    def put_rows(self, rows: Mapping[int, ClientRow]) -> None:
        """Keep fetched rows and repaint where they stand."""
        for client_id, row in rows.items():
            self._rows[client_id] = row
            self._rows.move_to_end(client_id)
            self._stale.discard(client_id)
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)
        for page in sorted(self._asked):
            ids = self._page(page)
            if any(client_id in rows for client_id in ids):
                self._asked.discard(page)
                self._changed(page * PAGE, page * PAGE + len(ids) - 1)

    def outdate(self, ids: Iterable[int] | None = None) -> None:
        """Fetch these rows again when they are next shown; None means all. Old values stay."""
        self._stale.update(self._rows if ids is None else (i for i in ids if i in self._rows))
        self._asked.clear()
        if self._ids:
            self._changed(0, len(self._ids) - 1)

    def failed(self) -> None:
        """Forget what was asked: it did not come, and may be asked again."""
        self._asked.clear()

    # -- what the page asks the model

    def ids(self) -> list[int]:
        """Return the ids in order."""
        return list(self._ids)

    def id_at(self, row: int) -> int | None:
        """Return the id at ``row``, None outside the list."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, client_id: int | None) -> int | None:
        """Return where ``client_id`` stands, None if the filter hides it."""
        if client_id is None:
            return None
        try:
            return self._ids.index(client_id)
        except ValueError:
            return None

    def row_at(self, row: int) -> ClientRow | None:
        """Return the row object of a place, None while it is fetched; a delegate asks here."""
        return self._row(row, self._ids[row]) if 0 <= row < len(self._ids) else None

    def known(self, client_id: int) -> ClientRow | None:
        """Return the cached row, None if it has not been fetched."""
        return self._rows.get(client_id)

    def retitle(self) -> None:
        """Say headings and cells again: the language or the theme changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self._ids:
            self._changed(0, len(self._ids) - 1)

    # -- Qt's questions; these never raise

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many clients the query found."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns are declared, shown or not."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row object, its id, or the text of a cell."""
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        client_id = self._ids[index.row()]
        if role == ID_ROLE:
            return client_id
        if role == ROW_ROLE:
            return self._row(index.row(), client_id)
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self._row(index.row(), client_id)
            return "" if row is None else column.text(row, self._today, self._currency)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a column's title, tooltip and side."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return str(column.title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(column.tooltip)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    # -- inside

    def _row(self, place: int, client_id: int) -> ClientRow | None:
        row = self._rows.get(client_id)
        if row is None or client_id in self._stale:
            page = place // PAGE
            if page not in self._asked and page not in self._due:
                self._due.add(page)
                self._turn.start()
        return row

    def _page(self, page: int) -> list[int]:
        return self._ids[page * PAGE : (page + 1) * PAGE]

    @Slot()
    def _ask(self) -> None:
        due, self._due = self._due, set()
        for page in sorted(due):
            ids = self._page(page)
            missing = [i for i in ids if i not in self._rows or i in self._stale]
            if missing:
                self._asked.add(page)
                self.wanted.emit(missing)

    def _changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))
