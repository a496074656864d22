"""The list of a book's backups, one of which is chosen, or another file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelection, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from acctdesk.i18n import msg
from acctdesk.services import keeping
from acctdesk.ui.choosing import choose_file
from acctdesk.ui.itemmodels.backups import BackupsModel
from acctdesk.ui.widgets.basics import Button, box, column, label, row
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.words import bell, say

_ROW = 32
_SHOWN = 5


class BackupChoice(QWidget):
    """``file`` is the backup chosen, from the list or from the disk; ``changed`` tells of it."""

    changed = Signal()
    chosen = Signal()  # by a double click or Enter in the list

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file: Path | None = None
        self._book: Path | None = None
        self.model = BackupsModel(self)
        self.table = self._make_table()
        self.empty = label(msg("Backups", "There is no backup beside this book."), "sub", wrap=True)
        self.elsewhere = Button(
            msg("Backups", "Another backup file…"), look="small", icon="folder-open"
        )
        self.elsewhere.clicked.connect(self.browse)
        self._taken, inside = box("sunkenCard", margins=(12, 6, 12, 6), horizontal=True)
        self.taken_name = ElidedLabel(px=13, weight=500)
        inside.addWidget(self.taken_name, 1)
        self._taken.hide()
        self.setLayout(
            column(
                self.table,
                self.empty,
                self._taken,
                row(self.elsewhere, None),
                spacing=8,
            )
        )
        bell().rung.connect(self._repeat)

    def show_backups_of(self, book: Path | None) -> int:
        """List the backups of a book, the newest chosen; return how many there are."""
        self._book = book
        rows = keeping.backups_of(book) if book is not None else []
        self.file = None
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.table.setFixedHeight(38 + _ROW * min(_SHOWN, len(rows)))
        self.empty.setVisible(book is not None and not rows)
        self._taken.hide()
        if rows:
            self.table.selectRow(0)
        self.changed.emit()
        return len(rows)

    def take_file(self, file: Path) -> None:
        """Choose a file that is not in the list."""
        self.table.clearSelection()
        self.file = file
        self.taken_name.setText(str(file))
        self._taken.show()
        self.changed.emit()

    @Slot()
    def browse(self) -> None:
        """Ask for a backup file."""
        start = self._book.parent if self._book is not None else Path.home()
        filters = [f"{msg('Backups', 'Backups')} (*.acctbackup)"]
        choose_file(self, msg("Backups", "Choose a backup"), start, filters, self._browsed)

    @Slot(str)
    def _browsed(self, file: str) -> None:
        self.take_file(Path(file))

    @Slot(QItemSelection, QItemSelection)
    def _selected(self, _new: QItemSelection, _old: QItemSelection) -> None:
        rows = self.table.selectionModel().selectedRows()
        chosen = self.model.row(rows[0].row()) if rows else None
        if chosen is not None:
            self.file = chosen.path
            self._taken.hide()
            self.changed.emit()

    @Slot()
    def _repeat(self) -> None:
        kept = self.file
        rows = self.table.selectionModel().selectedRows()
        place = rows[0].row() if rows else -1
        self.model.layoutChanged.emit()
        if place >= 0:
            self.table.selectRow(place)
        self.file = kept

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setProperty("plain", True)
        table.setModel(self.model)
        head = table.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        table.setColumnWidth(0, 190)
        table.setColumnWidth(1, 180)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.selectionModel().selectionChanged.connect(self._selected)
        table.doubleClicked.connect(self.chosen)
        say(table, name=msg("Backups", "Backups"))
        return table
