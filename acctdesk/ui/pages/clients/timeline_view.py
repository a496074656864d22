"""The timeline's list: day headings that stay on top, promises to tick, keys for everything."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.services.rows import (
    AttachmentRow,
    NeedRow,
    PaymentNote,
    PromiseRow,
    SatisfactionRow,
    TimelineItem,
)
from acctdesk.ui.delegates.timeline_row import (
    HEADING,
    TimelineDelegate,
    paint_heading,
)
from acctdesk.ui.itemmodels.timeline import Index, Key, TimelineModel
from acctdesk.ui.itemmodels.timeline_text import Strip, strips
from acctdesk.ui.keys import leaves_letter, select_current
from acctdesk.ui.theme import colour
from acctdesk.ui.widgets.row_views import RowList
from acctdesk.ui.words import say


class StickyDay(QWidget):
    """The heading of the day whose items are on screen, over the top of the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a heading; empty hides it."""
        self._text = text
        self.setVisible(bool(text))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the heading on the list's ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour("surface"))
        paint_heading(painter, self.rect(), self._text)


class TimelineView(RowList):
    """Shows a TimelineModel. Enter opens, Delete trashes, Left and Right choose what stands below
    a line, which Space ticks, opens or saves.
    """

    opened = Signal(object)  # TimelineItem
    trash_wanted = Signal(object)  # TimelineItem
    ticked = Signal(object)  # PromiseRow
    need_wanted = Signal(object)  # NeedRow
    answer_wanted = Signal(object)  # SatisfactionRow
    payment_wanted = Signal(object)  # PaymentNote
    file_wanted = Signal(object)  # AttachmentRow

    def __init__(self, model: TimelineModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.painter_of_rows = TimelineDelegate(self)
        self.setItemDelegate(self.painter_of_rows)
        self.setModel(model)
        self._timeline = model
        self._wanted: Key | None = None
        self._sticky = StickyDay(self)
        self.verticalScrollBar().valueChanged.connect(self._follow)
        model.modelReset.connect(self._reset)
        self.doubleClicked.connect(self._open)
        say(
            self,
            name=msg("Timeline", "Timeline"),
            description=msg(
                "Timeline",
                "Enter opens, Space ticks a promise, opens what stands below or saves a file,"
                " Delete moves to the trash.",
            ),
        )

    def current_item(self) -> TimelineItem | None:
        """Return the item under the cursor."""
        line = self._timeline.line_at(self.currentIndex().row())
        return None if line is None else line.item

    def choose(self, key: Key | None) -> None:
        """Make an item current by its key; None takes the choice away."""
        row = self._timeline.row_of(key)
        if row is None:
            self.selectionModel().clear()
            return
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self._timeline.index(row, 0), flag)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Begin at the first strip of the item that became current."""
        super().currentChanged(current, previous)
        self.painter_of_rows.strip_cursor = 0
        self.viewport().update()

    def focusInEvent(self, event: object) -> None:
        """Show where the keyboard stands."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        if self.current_item() is None:
            row = self._timeline.first_item_row()
            if row is not None:
                self.setCurrentIndex(self._timeline.index(row, 0))
        select_current(self)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, trash, tick, save, or choose among the promises and files."""
        item = self.current_item()
        parts = strips(item) if item is not None else ()
        key = event.key()
        if leaves_letter(event):
            return
        if item is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(item)
        elif key == Qt.Key.Key_Delete:
            self.trash_wanted.emit(item)
        elif key == Qt.Key.Key_Space and parts:
            self._use(parts[min(self.painter_of_rows.strip_cursor, len(parts) - 1)])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and len(parts) > 1:
            step = 1 if key == Qt.Key.Key_Right else -1
            place = self.painter_of_rows.strip_cursor + step
            self.painter_of_rows.strip_cursor = place % len(parts)
            self.viewport().update()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick the promise that was clicked, or save the file."""
        super().mouseReleaseEvent(event)
        part = self._strip_under(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and part is not None:
            self._use(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew and keep the heading on top."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self._follow()

    def _use(self, part: Strip) -> None:
        match part:
            case PromiseRow():
                self.ticked.emit(part)
            case NeedRow():
                self.need_wanted.emit(part)
            case SatisfactionRow():
                self.answer_wanted.emit(part)
            case PaymentNote():
                self.payment_wanted.emit(part)
            case AttachmentRow():
                self.file_wanted.emit(part)
            case _:  # a reminder says all there is
                pass

    def _strip_under(self, point: QPoint) -> Strip | None:
        index = self.indexAt(point)
        if not index.isValid():
            return None
        return self.painter_of_rows.strip_at(self.visualRect(index), index, point)

    @Slot()
    def _reset(self) -> None:
        self._sticky.hide()
        self._follow()

    @Slot(object)
    def _open(self, index: Index) -> None:
        line = self._timeline.line_at(index.row())
        if line is not None and line.item is not None:
            self.opened.emit(line.item)

    @Slot()
    def _follow(self) -> None:
        top = self.indexAt(QPoint(20, 1))
        line = self._timeline.line_at(top.row()) if top.isValid() else None
        at_top = self.verticalScrollBar().value() <= 0
        if line is None or at_top or (line.item is None and self.visualRect(top).y() >= 0):
            self._sticky.show_text("")
            return
        offset = 0
        below = self.indexAt(QPoint(20, HEADING))
        next_line = self._timeline.line_at(below.row()) if below.isValid() else None
        if next_line is not None and next_line.item is None and below.row() != top.row():
            offset = min(0, self.visualRect(below).y() - HEADING)
        place = self.viewport().geometry()
        self._sticky.setGeometry(QRect(place.x(), place.y() + offset, place.width(), HEADING))
        self._sticky.show_text(self._timeline.heading(line))
        self._sticky.raise_()
