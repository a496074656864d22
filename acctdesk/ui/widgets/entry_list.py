"""A list of entries: keys and clicks become wishes that a page or a dialog fulfils."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from acctdesk.ui.delegates.entry_row import EntryDelegate
from acctdesk.ui.itemmodels.entries import EntriesModel, Entry
from acctdesk.ui.keys import leaves_letter
from acctdesk.ui.widgets.row_views import RowList


class EntryList(RowList):
    """Enter or a double click opens, Space ticks, F2 edits, Delete moves to the trash.

    Each signal of these carries the Entry; a list that means nothing by a key leaves it alone.
    """

    opened = Signal(object)
    ticked = Signal(object)
    edit_wanted = Signal(object)
    trash_wanted = Signal(object)
    entry_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries = EntriesModel(self)
        self.setItemDelegate(EntryDelegate(self))
        self.setModel(self.entries)
        self.doubleClicked.connect(self._open)

    def show_entries(self, entries: list[Entry]) -> None:
        """Show other entries; the current one stays current, or its neighbour becomes it."""
        current, place = self.current_entry(), self.currentIndex().row()
        self.entries.set_entries(entries)
        self.choose(None if current is None else current.key, max(0, place))

    def current_entry(self) -> Entry | None:
        """Return the entry under the cursor."""
        return self.entries.entry_at(self.currentIndex().row())

    def choose(self, key: tuple[str, int] | None, place: int = 0) -> bool:
        """Make an entry current; where it is gone, its neighbour. Tells whether it was found."""
        found = self.entries.place_of(key)
        wanted = min(place, self.entries.rowCount() - 1) if found is None else found
        if wanted >= 0:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.entries.index(wanted, 0), flag)
            self.scrollTo(self.entries.index(wanted, 0))
        else:
            self.entry_changed.emit()
        return found is not None

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        """Tell that another entry is current."""
        super().currentChanged(current, previous)
        self.entry_changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard stands."""
        super().focusInEvent(event)
        if self.current_entry() is None:
            self.choose(None)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn a key into a wish."""
        entry = self.current_entry()
        wishes = {
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
            Qt.Key.Key_Space: self.ticked,
            Qt.Key.Key_F2: self.edit_wanted,
            Qt.Key.Key_Delete: self.trash_wanted,
        }
        wish = wishes.get(Qt.Key(event.key()))
        if entry is not None and wish is not None and not event.modifiers():
            wish.emit(entry)
        elif not leaves_letter(event):
            super().keyPressEvent(event)

    @Slot(object)
    def _open(self, index: QModelIndex) -> None:
        entry = self.entries.entry_at(index.row())
        if entry is not None:
            self.opened.emit(entry)
