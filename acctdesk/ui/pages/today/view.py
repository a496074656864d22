"""The list of what is worth doing: keys and clicks become wishes that the page fulfils."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.services.rows import TodayLine
from acctdesk.services.today import line_key
from acctdesk.ui.delegates.today_row import TodayDelegate, buttons
from acctdesk.ui.itemmodels.today import TodayModel
from acctdesk.ui.keys import leaves_letter
from acctdesk.ui.widgets.row_views import RowList
from acctdesk.ui.words import say


class TodayView(RowList):
    """Enter or a double click opens, Space says why, Delete dismisses; buttons do the rest."""

    opened = Signal(object)  # TodayLine
    why_wanted = Signal(object)
    done_wanted = Signal(object)
    later_wanted = Signal(object)
    dismiss_wanted = Signal(object)
    menu_at = (64, 40)
    line_changed = Signal()

    def __init__(self, model: TodayModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.painter_of_rows = TodayDelegate(self)
        self.setItemDelegate(self.painter_of_rows)
        self.setModel(model)
        self._lines = model
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._open)
        say(
            self,
            name=msg("Today", "What is worth doing today"),
            description=msg(
                "Today",
                "Enter opens the record, Space says why, Ctrl+D is done, Ctrl+Shift+D is another"
                " day, Delete dismisses.",
            ),
        )

    def current_line(self) -> TodayLine | None:
        """Return the line under the cursor."""
        return self._lines.line_at(self.currentIndex().row())

    def choose(self, key: str | None, row: int = 0) -> None:
        """Make a line current; where it is gone, the one that stands in its place."""
        place = None if key is None else self._lines.row_of(key)
        if place is None:
            place = min(row, self._lines.rowCount() - 1)
        if place >= 0:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._lines.index(place, 0), flag)

    def current_key(self) -> str | None:
        """Return the key of the current line."""
        line = self.current_line()
        return None if line is None else line_key(line)

    def point_of_buttons(self) -> QPoint:
        """Return the global point under the buttons of the current line."""
        place = buttons(self.visualRect(self.currentIndex()))["dismiss"]
        return self.viewport().mapToGlobal(place.bottomRight() + QPoint(0, 4))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        """Tell that another line is current: what can be done may differ."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.line_changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard stands."""
        super().focusInEvent(event)
        if self.current_line() is None:
            self.choose(None)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open or say why."""
        line, key = self.current_line(), event.key()
        if line is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(line)
        elif line is not None and key == Qt.Key.Key_Space:
            self.why_wanted.emit(line)
        elif line is not None and key == Qt.Key.Key_Delete and not event.modifiers():
            self.dismiss_wanted.emit(line)
        elif not leaves_letter(event):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the button under the mouse."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        line = self._lines.line_at(index.row())
        if line is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        press = self.painter_of_rows.press_at(self.visualRect(index), point)
        if press == "done":
            self.done_wanted.emit(line)
        elif press == "snooze":
            self.later_wanted.emit(line)
        elif press == "dismiss":
            self.dismiss_wanted.emit(line)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over the buttons."""
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        press = self.painter_of_rows.press_at(self.visualRect(self.indexAt(point)), point)
        shape = Qt.CursorShape.PointingHandCursor if press else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    @Slot(object)
    def _open(self, index: QModelIndex) -> None:
        line = self._lines.line_at(index.row())
        if line is not None:
            self.opened.emit(line)
