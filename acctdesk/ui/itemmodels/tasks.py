"""Tasks or promises as Qt's views want them: entries under the headings of their groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from acctdesk import formats
from acctdesk.ui.itemmodels.tasks_text import GROUPS, Entry, group_of, matches, spoken

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
Key = tuple[str, int]
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """A heading (``entry`` is None) with its count, or an entry."""

    group: str
    count: int
    entry: Entry | None = None


class TasksModel(QAbstractListModel):
    """Entries in their groups, narrowed by what is typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._rows: list[Row] = []
        self._typed = ""
        self._today = dt.date.min

    @property
    def today(self) -> dt.date:
        """Today, as the page was told."""
        return self._today

    def set_entries(self, entries: Sequence[Entry], *, today: dt.date) -> None:
        """Show these entries, in their order inside each group."""
        self._entries, self._today = tuple(entries), today
        self._fill()

    def set_typed(self, typed: str) -> None:
        """Show only what matches."""
        self._typed = typed
        self._fill()

    def retitle(self) -> None:
        """Say everything again: the language changed."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def entries(self) -> list[Entry]:
        """Return the entries that are shown."""
        return [row.entry for row in self._rows if row.entry is not None]

    def row_at(self, place: int) -> Row | None:
        """Return the row at a place, None outside the list."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, key: Key | None) -> int | None:
        """Return where an entry stands, None if it is not shown."""
        return next(
            (n for n, row in enumerate(self._rows) if row.entry and row.entry.key == key), None
        )

    def nearest(self, place: int) -> int | None:
        """Return the entry's place next to a place where none is any more."""
        places = [n for n, row in enumerate(self._rows) if row.entry is not None]
        return min(places, key=lambda n: (abs(n - place), n)) if places else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows, headings included."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, or what is read aloud of it."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if row.entry is None:
                return f"{GROUPS[row.group]}, {formats.number(row.count)}"
            return spoken(row.entry, today=self._today)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let entries be chosen, headings not."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None or row.entry is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _fill(self) -> None:
        self.beginResetModel()
        groups: dict[str, list[Entry]] = {key: [] for key in GROUPS}
        for entry in self._entries:
            if matches(entry, self._typed):
                groups[group_of(entry, self._today)].append(entry)
        self._rows = []
        for key, held in groups.items():
            if held:
                self._rows.append(Row(key, len(held)))
                self._rows += [Row(key, len(held), entry) for entry in held]
        self.endResetModel()
