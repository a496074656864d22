"""Lines of two rows of words with a mark at their end, as Qt's views want them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from acctdesk.text import fold
from acctdesk.ui.itemmodels.timeline_text import ChipText

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: ``record`` is what it stands for, ``key`` tells it from every other one."""

    key: tuple[str, int]
    title: str
    below: str = ""
    mark: ChipText | None = None
    figure: str = ""  # at the end of the title
    icon: str = ""
    quiet: bool = False  # nothing is left to do
    record: Any = None

    @property
    def spoken(self) -> str:
        """The whole line as it is read aloud."""
        parts = (self.title, self.below, self.figure, self.mark.text if self.mark else "")
        return ". ".join(part for part in parts if part)


def holds(entry: Entry, typed: str) -> bool:
    """Tell whether every word typed stands in the entry's words, accents apart."""
    held = fold(f"{entry.title} {entry.below}")
    return all(word in held for word in fold(typed).split())


class EntriesModel(QAbstractListModel):
    """Entries in their order, narrowed by what is typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._shown: list[Entry] = []
        self._typed = ""

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these entries."""
        self._entries = tuple(entries)
        self._fill()

    def set_typed(self, typed: str) -> None:
        """Show only what matches."""
        self._typed = typed
        self._fill()

    def entries(self) -> list[Entry]:
        """Return the entries that are shown."""
        return list(self._shown)

    def entry_at(self, place: int) -> Entry | None:
        """Return the entry at a place, None outside the list."""
        return self._shown[place] if 0 <= place < len(self._shown) else None

    def place_of(self, key: tuple[str, int] | None) -> int | None:
        """Return where an entry stands, None if it is not shown."""
        return next((n for n, entry in enumerate(self._shown) if entry.key == key), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many entries are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the entry, or what is read aloud of it."""
        entry = self.entry_at(index.row()) if index.isValid() else None
        if entry is None:
            return None
        if role == ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry.spoken
        return None

    def _fill(self) -> None:
        self.beginResetModel()
        self._shown = [entry for entry in self._entries if holds(entry, self._typed)]
        self.endResetModel()
