"""The ground of lists of clients in columns whose cells are words, chips and second lines."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt

from acctdesk.ui.itemmodels.rows import Index, RowsModel
from acctdesk.ui.painting import ChipKind

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is painted: its words, a smaller line under them, or a chip instead."""

    words: str
    below: str = ""
    chip: ChipKind | None = None
    icon: str | None = None
    strong: bool = False


class ClientRows(RowsModel[Row], Generic[Row]):
    """Shows rows that each belong to a client; a subclass gives the looks and the ticks.

    Rows that can be ticked have a ``tick_key``; ``ticked`` holds those of the ones that are. The
    tick stands in column 0 of a model whose first heading is None.
    """

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.ticked: set[Hashable] = set()

    def look(self, row: Row, column: int) -> Look:
        """Return how a cell is painted."""
        raise NotImplementedError

    def client_of(self, row: Row) -> tuple[int, str]:
        """Return the client of a row: id and name."""
        raise NotImplementedError

    def tick_key(self, row: Row) -> Hashable | None:
        """Return what a tick of this row is remembered by, None where it can have none."""
        return None

    def has_ticks(self) -> bool:
        """Tell whether the first column is for ticks."""
        return self.headings[0] is None

    def toggle(self, line: int) -> None:
        """Tick a line, or take its tick away."""
        row = self.row(line)
        key = None if row is None else self.tick_key(row)
        if key is not None:
            self.ticked ^= {key}
            self.dataChanged.emit(self.index(line, 0), self.index(line, 0))

    def words(self, row: Row, column: int) -> str:
        """Return what a cell says."""
        look = self.look(row, column)
        return f"{look.words}, {look.below}" if look.below else look.words

    def client_at(self, line: int) -> int | None:
        """Return the client of a line, None outside."""
        row = self.row(line)
        return None if row is None else self.client_of(row)[0]

    def place_of(self, client_id: int | None) -> int | None:
        """Return the first line of a client, None where it is not shown."""
        found = (n for n, row in enumerate(self.rows) if self.client_of(row)[0] == client_id)
        return next(found, None)

    def in_full(self, line: int) -> str:
        """Return all that a line says."""
        row = self.row(line)
        if row is None:
            return ""
        first = 1 if self.has_ticks() else 0
        return ". ".join(
            f"{self.heading(one)}: {self.words(row, one)}"
            for one in range(first, self.columnCount())
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words, its side, or its tick."""
        row = self.row(index.row()) if index.isValid() else None
        if row is not None and role == Qt.ItemDataRole.CheckStateRole:
            key = self.tick_key(row) if index.column() == 0 and self.has_ticks() else None
            if key is None:
                return None
            on = key in self.ticked
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if row is not None and role == Qt.ItemDataRole.AccessibleTextRole:
            column = index.column()
            heading = self.heading(column)
            words = self.words(row, column)
            return f"{heading}: {words}" if heading else words
        return super().data(index, role)
