"""The table of a chart: months below each other, figures right-aligned under their headings."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.delegates.header import TALL, InsetHeader
from acctdesk.ui.itemmodels.figures_table import FiguresTableModel
from acctdesk.ui.painting import text_width
from acctdesk.ui.words import say

ROW = 36
INSET = 11


class FiguresView(QTableView):
    """Twelve months to be read, not edited; ``row`` is the height of a row in px."""

    def __init__(
        self, model: FiguresTableModel, parent: QWidget | None = None, *, row: int = ROW
    ) -> None:
        super().__init__(parent)
        self.setProperty("plain", True)
        self.setModel(model)
        header = InsetHeader(dict.fromkeys(range(7), (INSET, INSET)), self, lines=2)
        self.setHorizontalHeader(header)
        header.setSectionsClickable(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(row)
        self.verticalHeader().setDefaultSectionSize(row)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setMinimumHeight(TALL + 12 * row + 6)
        say(self, name=msg("Targets", "Sales and target by month"))
        model.modelReset.connect(self._fit)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Give the months what their names need; the figures share the rest, and none is cut."""
        model, header = self.model(), self.horizontalHeader()
        if not model.columnCount():
            return
        names = [str(model.index(row, 0).data() or "") for row in range(model.rowCount())]
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        widest = max((text_width(name) for name in names), default=60.0)
        header.resizeSection(0, round(widest) + 2 * INSET + 4)
        header.setMinimumSectionSize(round(self._widest_figure()) + 2 * INSET + 4)

    def _widest_figure(self) -> float:
        model = self.model()
        columns = range(1, model.columnCount())
        cells = [
            str(model.index(row, column).data() or "")
            for row in range(model.rowCount())
            for column in columns
        ]
        across = Qt.Orientation.Horizontal
        words = " ".join(str(model.headerData(column, across) or "") for column in columns).split()
        return max([text_width(one) for one in cells] + [text_width(one, 12, 600) for one in words])
