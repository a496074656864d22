"""A list whose tasks stand where a grid puts them: what Qt asks of such a view."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from acctdesk.ui.itemmodels.calendar import CalendarModel
from acctdesk.ui.pages.calendar.grid import HOUR, Grid, Span

Index = QModelIndex | QPersistentModelIndex
SEEN_FIRST = 7.5  # the hour at the top when the page is opened


class PlacedTasks(QListView):
    """Places its tasks by ``grid``; a list, as a screen reader takes it."""

    grid: Grid
    span: Span

    def __init__(self, model: CalendarModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = model
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)  # the list's own layout is not used: one task is measured

    def visualRect(self, index: Index) -> QRect:
        """Return where a task stands in the view; of one that has no room, where it is counted."""
        row = index.row()
        if not 0 <= row < len(self.grid.blocks):
            return QRect()
        block = self.grid.blocks[row]
        if block is None:
            day = self._tasks.tasks[row].due_on
            more = next((one.rect for one in self.grid.more if one.day == day), None)
            return QRect() if more is None else more.toAlignedRect()
        if self.grid.timed[row]:
            return block.translated(0, -self.verticalOffset()).toAlignedRect()
        return block.toAlignedRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the task under a point."""
        for row in range(len(self.grid.blocks) - 1, -1, -1):
            if self.grid.blocks[row] is None:
                continue
            if self.grid.timed[row] and point.y() < self.grid.top:
                continue
            index = self._tasks.index(row, 0)
            if self.visualRect(index).contains(point):
                return index
        return QModelIndex()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a task into the hours that are seen."""
        row = index.row()
        if not 0 <= row < len(self.grid.blocks) or not self.grid.timed[row]:
            return
        block, bar = self.grid.blocks[row], self.verticalScrollBar()
        if block is None:
            return
        y = block.y() - self.grid.top
        room = self.viewport().height() - self.grid.top
        if y < bar.value():
            bar.setValue(round(y) - 8)
        elif y + block.height() > bar.value() + room:
            bar.setValue(round(y + min(block.height(), room) - room) + 8)

    def horizontalOffset(self) -> int:
        """Return 0: nothing scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """Return how far the hours are scrolled."""
        return 0 if self.span is Span.MONTH else self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """Say no: what has no room is counted."""
        return False

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Stay: the keys are answered by the view itself."""
        return self.currentIndex()

    def setSelection(self, rect: QRect, flags: QItemSelectionModel.SelectionFlag) -> None:
        """Choose the task under a rectangle."""
        index = self.indexAt(rect.center())
        if index.isValid():
            self.selectionModel().select(index, flags)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return where the chosen task stands."""
        region = QRegion()
        for index in selection.indexes():
            region = region.united(QRegion(self.visualRect(index)))
        return region

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint the hours anew: the head stays."""
        self.viewport().update()

    def updateGeometries(self) -> None:
        """Keep the range of the scroll bar."""
        QAbstractItemView.updateGeometries(self)  # a list would scroll by its rows
        self.measure()

    def measure(self) -> None:
        """Give the scroll bar the range of the hours."""
        bar = self.verticalScrollBar()
        room = self.viewport().height() - self.grid.top
        first = bar.maximum() == 0
        bar.setRange(0, max(0, round(self.grid.content - room)))
        bar.setPageStep(max(1, round(room)))
        bar.setSingleStep(HOUR // 2)
        if first and self.span is not Span.MONTH:
            bar.setValue(round(SEEN_FIRST * HOUR))
