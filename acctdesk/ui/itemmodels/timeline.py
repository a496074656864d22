"""The timeline's model: the items of one client under headings of their days, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from acctdesk import formats
from acctdesk.i18n import tr
from acctdesk.kinds import TimelineKind
from acctdesk.services.rows import TimelineItem
from acctdesk.ui.behind import when_seen
from acctdesk.ui.itemmodels.timeline_text import spoken

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
Key = tuple[TimelineKind, int]
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a heading of a day (``item`` is None), or an item of that day.

    What is pinned stands at the head, under a heading of its own.
    """

    day: dt.date
    item: TimelineItem | None
    last_of_day: bool = False
    pinned: bool = False


class TimelineModel(QAbstractListModel):
    """Lines of one client; ``more_wanted`` asks for older items when the end comes in sight."""

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._items: list[TimelineItem] = []
        self._pinned: list[TimelineItem] = []
        self._place: dict[Key, int] = {}
        self._today = dt.date.min
        self._currency = "EUR"
        self._more = False

    def set_context(self, *, today: dt.date, currency: str) -> None:
        """Say which day is today and what currency the book keeps."""
        self._today, self._currency = today, currency

    @property
    def today(self) -> dt.date:
        """Today, as the page was told."""
        return self._today

    @property
    def currency(self) -> str:
        """The book's currency."""
        return self._currency

    def set_items(
        self, items: Sequence[TimelineItem], *, more: bool, pinned: Sequence[TimelineItem] = ()
    ) -> None:
        """Show these items, and at their head the pinned; ``more`` says that older ones exist."""
        self.beginResetModel()
        self._items = list(items)
        self._pinned = list(pinned)
        self._lines = [*_pinned_lines(self._pinned), *_lines(self._items)]
        self._place = {line.item.key: n for n, line in enumerate(self._lines) if line.item}
        self._more = more
        self.endResetModel()

    def items(self) -> list[TimelineItem]:
        """Return the items, newest first; the pinned ones at the head are not among them."""
        return list(self._items)

    def pinned(self) -> list[TimelineItem]:
        """Return the pinned items at the head."""
        return list(self._pinned)

    def heading(self, line: Line) -> str:
        """Return what stands over a line: its day, or that it is pinned."""
        if line.pinned:
            return tr("Timeline", "Pinned")
        return formats.day_heading(line.day, today=self._today)

    def line_at(self, row: int) -> Line | None:
        """Return the line at ``row``, None outside the list."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, key: Key | None) -> int | None:
        """Return where an item stands, None if it is not shown."""
        return None if key is None else self._place.get(key)

    def first_item_row(self) -> int | None:
        """Return the first row that is an item and not a heading."""
        return next((n for n, line in enumerate(self._lines) if line.item is not None), None)

    @when_seen
    def retitle(self) -> None:
        """Say every line again: the language or the theme changed."""
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, 0))
            self.layoutChanged.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many lines, headings included."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the line object, or what is read aloud of it."""
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if line.item is None:
                return self.heading(line)
            return spoken(line.item, today=self._today, currency=self._currency)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let items be chosen, headings not."""
        line = self.line_at(index.row()) if index.isValid() else None
        if line is None or line.item is None:
            return Qt.ItemFlag.NoItemFlags  # the arrow keys pass over headings
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def canFetchMore(self, parent: Index) -> bool:
        """Say whether older items exist."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Ask once for older items."""
        if self._more and not parent.isValid():
            self._more = False
            self.more_wanted.emit()


def _pinned_lines(items: Sequence[TimelineItem]) -> list[Line]:
    if not items:
        return []
    heading = Line(items[0].day, None, pinned=True)
    last = len(items) - 1
    return [
        heading,
        *(Line(item.day, item, place == last, pinned=True) for place, item in enumerate(items)),
    ]


def _lines(items: Sequence[TimelineItem]) -> list[Line]:
    lines: list[Line] = []
    for place, item in enumerate(items):
        if place == 0 or items[place - 1].day != item.day:
            lines.append(Line(item.day, None))
        last = place + 1 == len(items) or items[place + 1].day != item.day
        lines.append(Line(item.day, item, last))
    return lines
