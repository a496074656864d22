"""A table of a dialog whose rows are ticked: with the mouse at the box, with Space at the row."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import Message
from acctdesk.ui.widgets.plain_table import PlainTable

_BOX = 24  # px that the box takes beside the words


class TickTable(PlainTable):
    """The first column holds the box, and says its words beside it."""

    ticked = Signal(int, bool)  # a row, by hand or key
    chosen = Signal(int)  # the row that the keyboard is at, -1 for none

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
        super().__init__(headings, name, parent, wide=wide, rows=rows, figures=figures)
        self._showing = False
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self._rows.itemChanged.connect(self._changed)
        self.selectionModel().currentRowChanged.connect(lambda now, _was: self._chosen(now.row()))

    def show_ticks(self, rows: Sequence[Sequence[str]], ticks: Sequence[bool]) -> None:
        """Show these rows, ticked as ``ticks`` says; the row at hand stays."""
        at = max(0, self.currentIndex().row())
        self._showing = True
        self.show_rows(rows)
        for row, tick in enumerate(ticks):
            self._box(row).setCheckable(True)
            self._tick(row, on=tick)
        self._showing = False
        header = self.horizontalHeader()
        header.resizeSection(0, header.sectionSize(0) + _BOX)
        if rows:
            self.selectRow(min(at, len(rows) - 1))

    def show_row(self, row: int, texts: Sequence[str], *, tick: bool) -> None:
        """Show other words in a row."""
        self._showing = True
        for column, text in enumerate(texts):
            self._rows.item(row, column).setText(text)
        self._tick(row, on=tick)
        self._showing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Space tick the row, whichever its cell."""
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and not event.modifiers() and row >= 0:
            self._tick(row, on=self._box(row).checkState() != Qt.CheckState.Checked)
        else:
            super().keyPressEvent(event)

    def _box(self, row: int) -> QStandardItem:
        return self._rows.item(row, 0)

    def _tick(self, row: int, *, on: bool) -> None:
        self._box(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    @Slot("QStandardItem*")
    def _changed(self, item: QStandardItem) -> None:
        if not self._showing and item.column() == 0:
            self.ticked.emit(item.row(), item.checkState() == Qt.CheckState.Checked)

    def _chosen(self, row: int) -> None:
        if not self._showing:
            self.chosen.emit(row)
