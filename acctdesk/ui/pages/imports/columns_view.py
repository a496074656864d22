"""The table of a file's columns: one row is under decision, Enter opens its list of fields."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.delegates.header import InsetHeader
from acctdesk.ui.delegates.import_column import INSETS, ImportColumnDelegate
from acctdesk.ui.itemmodels.import_columns import (
    CERTAINTY,
    FIELD,
    HEADING,
    LETTER,
    ImportColumnsModel,
)
from acctdesk.ui.widgets.row_views import RowTable
from acctdesk.ui.words import plain_tip, say

_WIDTHS = {LETTER: 48, FIELD: 244, CERTAINTY: 184}
_LEAST = {FIELD: 204, CERTAINTY: 150}
MOST_SAMPLES = 560
_OPENING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space})


class ColumnsView(RowTable):
    """Shows an ImportColumnsModel."""

    def __init__(self, model: ImportColumnsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = model
        self.delegate = ImportColumnDelegate(self)
        self.show_rows(model, InsetHeader(INSETS, self), self.delegate)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.set_row_height(56)
        model.modelReset.connect(self._reset)
        say(
            self,
            name=msg("ImportPage", "Columns of the file and their fields"),
            description=msg(
                "ImportPage",
                "The arrow keys choose a column, Enter opens the list of fields, Delete leaves the"
                " column out.",
            ),
        )

    def set_row_height(self, height: int) -> None:
        """Set the height of every row in px."""
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def choose_row(self, row: int) -> None:
        """Put a row under decision."""
        if 0 <= row < self._columns.rowCount():
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self._columns.index(row, FIELD), flag)
            self.viewport().update()

    def open_fields(self, row: int) -> None:
        """Open the list of fields of a row."""
        index = self._columns.index(row, FIELD)
        if index.isValid():
            self.choose_row(row)
            self.scrollTo(index)
            self.edit(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the samples the room that is left, no more than keeps the field beside them."""
        super().resizeEvent(event)
        room = self.viewport().width()
        narrow = room < 640
        widths = {**_WIDTHS, **(_LEAST if narrow else {})}
        samples = max(60, min(MOST_SAMPLES, room - sum(widths.values())))
        widths[HEADING] = samples
        widths[CERTAINTY] = max(widths[CERTAINTY], room - sum(widths.values()) + widths[CERTAINTY])
        for section, width in widths.items():
            self.setColumnWidth(section, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list of fields, or leave the column out."""
        row = self.currentIndex().row()
        alt_down = (
            event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        )
        if row < 0:
            super().keyPressEvent(event)
        elif (event.key() in _OPENING and not event.modifiers()) or alt_down:
            self.open_fields(row)
        elif event.key() == Qt.Key.Key_Delete:
            self._columns.setData(self._columns.index(row, FIELD), "")
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the row under decision; on its field open the list."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.choose_row(index.row())
            if index.column() == FIELD:
                self.edit(self._columns.index(index.row(), FIELD))
            return
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a row, the first doubtful one where there is one."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose_row(self._columns.first_doubtful())
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say a cell in full where the pointer rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            words = str(index.data() or "") if index.isValid() else ""
            QToolTip.showText(event.globalPos(), plain_tip(words), self)
            return True
        return super().viewportEvent(event)

    @Slot()
    def _reset(self) -> None:
        QTimer.singleShot(0, self, self._begin)

    @Slot()
    def _begin(self) -> None:
        if not self.currentIndex().isValid():
            self.choose_row(self._columns.first_doubtful())
