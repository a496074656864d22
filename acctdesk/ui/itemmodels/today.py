"""The lines of Today as Qt's views want them, with the chips' filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from acctdesk.services.rows import TodayLine
from acctdesk.services.today import line_key
from acctdesk.ui.itemmodels.today_text import FILTERS, fits, spoken

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ROOT = QModelIndex()


class TodayModel(QAbstractListModel):
    """The lines that the chosen chip shows, in the order of their worth."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[TodayLine, ...] = ()
        self._shown: list[TodayLine] = []
        self._filter = "all"
        self._currency = "EUR"

    @property
    def currency(self) -> str:
        """The book's currency."""
        return self._currency

    def set_lines(self, lines: Sequence[TodayLine], currency: str) -> None:
        """Show these lines."""
        self._all, self._currency = tuple(lines), currency
        self._fill()

    def set_filter(self, key: str) -> None:
        """Show what a chip stands for: all, money or relationship."""
        self._filter = key
        self._fill()

    def counts(self) -> dict[str, int | None]:
        """Return how many lines lie behind each chip."""
        return {key: sum(fits(line, key) for line in self._all) for key, _ in FILTERS}

    def lines(self) -> list[TodayLine]:
        """Return the lines that are shown."""
        return list(self._shown)

    def line_at(self, row: int) -> TodayLine | None:
        """Return the line at ``row``, None outside the list."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, key: str) -> int | None:
        """Return where a line stands, None if it is not shown."""
        return next((n for n, line in enumerate(self._shown) if line_key(line) == key), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many lines are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the line, or what is read aloud of it."""
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(line, self._currency)
        return None

    def _fill(self) -> None:
        self.beginResetModel()
        self._shown = [line for line in self._all if fits(line, self._filter)]
        self.endResetModel()
