"""A table of a dialog to be read, not edited: a few columns of words under their headings."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from acctdesk.i18n import Message
from acctdesk.ui.behind import when_seen
from acctdesk.ui.delegates.header import InsetHeader
from acctdesk.ui.words import bell, say

ROW = 32
INSET = 11


class PlainTable(QTableView):
    """Rows of text; ``wide`` is the column that takes the room the others leave.

    The columns of ``figures`` end at their right edge.
    """

    def __init__(
        self,
        headings: Sequence[Message],
        name: Message,
        parent: QWidget | None = None,
        *,
        wide: int,
        rows: int = 8,
        figures: Collection[int] = (),
    ) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._wide = wide
        self._figures = figures
        self._rows = QStandardItemModel(0, len(headings), self)
        self.setProperty("plain", True)
        self.setModel(self._rows)
        self.setHorizontalHeader(
            InsetHeader(dict.fromkeys(range(len(headings)), (INSET, INSET)), self)
        )
        self.horizontalHeader().setSectionsClickable(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setMinimumHeight(ROW * (rows + 1))
        say(self, name=name)
        bell().rung.connect(self._head)
        self._head()

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows."""
        self._rows.removeRows(0, self._rows.rowCount())
        for row in rows:
            items = [QStandardItem(text) for text in row]
            for column, item in enumerate(items):
                item.setEditable(False)
                item.setTextAlignment(self._side(column) | Qt.AlignmentFlag.AlignVCenter)
            self._rows.appendRow(items)
        header = self.horizontalHeader()
        for column in range(len(self._headings)):
            self.resizeColumnToContents(column)
            header.resizeSection(column, min(header.sectionSize(column) + INSET, 220))
        header.setSectionResizeMode(self._wide, QHeaderView.ResizeMode.Stretch)

    @when_seen
    def _head(self) -> None:
        self._rows.setHorizontalHeaderLabels([str(one) for one in self._headings])
        for column in self._figures:
            self._rows.horizontalHeaderItem(column).setTextAlignment(self._side(column))

    def _side(self, column: int) -> Qt.AlignmentFlag:
        return (
            Qt.AlignmentFlag.AlignRight if column in self._figures else Qt.AlignmentFlag.AlignLeft
        )
