"""The files of an import in a table: Enter opens one, Delete takes it off the list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QToolTip,
    QWidget,
)

from acctdesk.i18n import msg
from acctdesk.ui.delegates.header import InsetHeader
from acctdesk.ui.delegates.import_file import INSETS, ImportFileDelegate
from acctdesk.ui.itemmodels.import_files import (
    NAME,
    NEW,
    PROBLEMS,
    REFUSED,
    SKIPPED,
    STATE,
    UPDATED,
    ImportFilesModel,
    about,
)
from acctdesk.ui.pages.imports.files import ImportFile
from acctdesk.ui.widgets.menu import open_menu
from acctdesk.ui.widgets.row_views import RowTable
from acctdesk.ui.words import plain_tip, say

_WIDTHS = {NEW: 84, UPDATED: 108, SKIPPED: 116, REFUSED: 116, PROBLEMS: 120, STATE: 200}
_NARROW = {NEW: 72, UPDATED: 104, PROBLEMS: 104, STATE: 164}
_ROW, _TALL = 60, 68


class FilesView(RowTable):
    """Shows an ImportFilesModel."""

    opened = Signal(object)  # ImportFile
    removed = Signal(object)
    again_wanted = Signal(object)
    moved = Signal()  # another file is current

    def __init__(self, model: ImportFilesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._files = model
        self._row = _ROW
        self.delegate = ImportFileDelegate(self)
        self.show_rows(model, InsetHeader(INSETS, self), self.delegate)
        model.modelReset.connect(self.fit)
        model.dataChanged.connect(self.fit)
        say(
            self,
            name=msg("ImportFiles", "Files to import"),
            description=msg("ImportFiles", "Enter opens a file, Delete takes it off the list."),
        )

    def set_row_height(self, height: int) -> None:
        """Set the height of a row in px."""
        self._row = height
        self.fit()

    def current(self) -> ImportFile | None:
        """Return the file under the keyboard."""
        return self._files.row(self.currentIndex().row())

    @Slot()
    def fit(self) -> None:
        """Give each row its height; a sentence takes the width of the counts."""
        self.clearSpans()
        for row in range(self._files.rowCount()):
            file = self._files.row(row)
            bad = file is not None and (file.refusal is not None or file.failure is not None)
            self.setRowHeight(row, max(_TALL, self._row) if bad else self._row)
            if bad:
                self.setSpan(row, NAME, 1, STATE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the names the room that is left; a narrow list leaves two counts out."""
        super().resizeEvent(event)
        room = self.viewport().width()
        narrow = room < 860
        for section in (SKIPPED, REFUSED):
            self.setColumnHidden(section, narrow)
        taken = 0
        for section, width in (_NARROW if narrow else _WIDTHS).items():
            self.setColumnWidth(section, width)
            taken += width
        self.setColumnWidth(NAME, max(140, room - taken))

    def currentChanged(self, current: object, previous: object) -> None:
        """Tell that another file is current."""
        super().currentChanged(current, previous)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a file or take it off the list."""
        file = self.current()
        if file is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(file)
        elif file is not None and event.key() == Qt.Key.Key_Delete:
            self.removed.emit(file)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the file that was clicked."""
        super().mouseReleaseEvent(event)
        file = self._files.row(self.rowAt(round(event.position().y())))
        if file is not None and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(file)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a file."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._files.rowCount():
            self.setCurrentIndex(self._files.index(0, NAME))
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a file."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        row = self.currentIndex().row() if by_key else self.rowAt(event.pos().y())
        if self._files.row(row) is None:
            return
        self.setCurrentIndex(self._files.index(row, NAME))
        corner = self.visualRect(self.currentIndex()).topLeft() + QPoint(60, 30)
        open_menu(
            self,
            self.viewport().mapToGlobal(corner) if by_key else event.globalPos(),
            [
                (msg("ImportFiles", "Open"), self._open),
                (msg("ImportFiles", "Read again"), self._again),
                (msg("ImportFiles", "Take off the list"), self._remove),
            ],
        )

    def viewportEvent(self, event: QEvent) -> bool:
        """Say a file in full where the pointer rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            file = self._files.row(self.rowAt(event.pos().y()))
            words = "" if file is None else f"{file.name} · {about(file)}"
            QToolTip.showText(event.globalPos(), plain_tip(words), self)
            return True
        return super().viewportEvent(event)

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self.current())

    @Slot()
    def _again(self) -> None:
        self.again_wanted.emit(self.current())

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self.current())
