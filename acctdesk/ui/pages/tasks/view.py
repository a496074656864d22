"""The list of tasks or promises: keys and clicks become wishes that the page fulfils."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.ui.delegates.task_row import TaskDelegate
from acctdesk.ui.itemmodels.tasks import Key, TasksModel
from acctdesk.ui.itemmodels.tasks_text import Entry
from acctdesk.ui.keys import leaves_letter
from acctdesk.ui.widgets.row_views import RowList
from acctdesk.ui.words import say


class TasksView(RowList):
    """Space ticks, Enter opens the client, F2 edits, Delete moves to the trash."""

    ticked = Signal(object)  # Entry
    opened = Signal(object)
    edit_wanted = Signal(object)
    trash_wanted = Signal(object)
    menu_at = (52, 30)
    entry_changed = Signal()

    def __init__(self, model: TasksModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.painter_of_rows = TaskDelegate(self)
        self.setItemDelegate(self.painter_of_rows)
        self.setModel(model)
        self._tasks = model
        self.doubleClicked.connect(self._edit)
        say(
            self,
            name=msg("Tasks", "Tasks and promises"),
            description=msg(
                "Tasks",
                "Space ticks, Enter opens the client, F2 edits, Delete moves to the trash.",
            ),
        )

    def set_height(self, height: int) -> None:
        """Give each line another height, in px."""
        self.painter_of_rows.set_height(height)
        self.doItemsLayout()
        self.viewport().update()

    def do(self, deed: Callable[[Entry], object]) -> None:
        """Do something with the current entry, where there is one."""
        entry = self.current_entry()
        if entry is not None:
            deed(entry)

    def current_entry(self) -> Entry | None:
        """Return the entry under the cursor."""
        row = self._tasks.row_at(self.currentIndex().row())
        return None if row is None else row.entry

    def choose(self, key: Key | None, place: int = 0) -> bool:
        """Make an entry current; where it is gone, its neighbour. Tells whether it was found."""
        found = self._tasks.place_of(key)
        wanted = self._tasks.nearest(place) if found is None else found
        if wanted is not None:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._tasks.index(wanted, 0), flag)
            self.scrollTo(self._tasks.index(wanted, 0))
        return found is not None

    def point_of_entry(self) -> QPoint:
        """Return the global point under the right end of the current entry."""
        place = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(place.bottomRight() + QPoint(-20, 2))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        """Tell that another entry is current: what can be done may differ."""
        super().currentChanged(current, previous)
        self.entry_changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard stands."""
        super().focusInEvent(event)
        if self.current_entry() is None:
            self.choose(None)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick, open, edit or trash."""
        entry, key = self.current_entry(), event.key()
        wishes = {
            Qt.Key.Key_Space: self.ticked,
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
            Qt.Key.Key_F2: self.edit_wanted,
            Qt.Key.Key_Delete: self.trash_wanted,
        }
        wish = wishes.get(Qt.Key(key))
        if entry is not None and wish is not None:
            wish.emit(entry)
        elif not leaves_letter(event):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick the box under the mouse."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        row = self._tasks.row_at(index.row())
        if row is None or row.entry is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.painter_of_rows.on_box(self.visualRect(index), point):
            self.ticked.emit(row.entry)

    @Slot(object)
    def _edit(self, index: QModelIndex) -> None:
        row = self._tasks.row_at(index.row())
        if row is not None and row.entry is not None:
            self.edit_wanted.emit(row.entry)
