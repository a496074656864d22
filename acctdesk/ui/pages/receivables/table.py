"""The receivables of clients, groups or segments by age, line by line, and their sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from acctdesk import formats
from acctdesk.charts.ageing import AGES
from acctdesk.i18n import Message, msg, tr
from acctdesk.kinds import AgeBucket
from acctdesk.services.ageing import AgeingBy, AgeingRow
from acctdesk.ui.delegates.header import InsetHeader
from acctdesk.ui.itemmodels.rows import Index, RowsModel
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.words import say

_AMOUNT = 104  # width of an amount
_NAME = 170


class AgeingModel(RowsModel[AgeingRow]):
    """Shows AgeingRows and, last, their sum."""

    headings: ClassVar[Sequence[Message | None]] = (
        msg("Ageing", "Name"),
        *AGES.values(),
        msg("Ageing", "Unapplied"),
        msg("Ageing", "Balance"),
        msg("Ageing", "In dispute"),
    )
    figures = range(1, 9)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by = AgeingBy.CLIENT

    def show(self, rows: Sequence[AgeingRow], by: AgeingBy) -> None:
        """Show other lines under their sum."""
        self._by = by
        self.set_rows([*rows, total(rows)] if rows else [])

    def words(self, row: AgeingRow, column: int) -> str:
        """Return what a cell says."""
        if column == 0:
            return self._name(row)
        ages = tuple(AGES)
        if column <= len(ages):
            return formats.amount(row.buckets[ages[column - 1]], cents=False)
        rest = (row.unapplied_minor, row.balance_minor, row.disputed_minor)
        return formats.amount(rest[column - len(ages) - 1], cents=False)

    def _name(self, row: AgeingRow) -> str:
        if row is self.rows[-1]:
            return tr("Ageing", "Total")
        if self._by is AgeingBy.SEGMENT:
            return (
                tr("Ageing", "Category {name}", name=row.name)
                if row.name
                else tr("Ageing", "Without a category")
            )
        assert isinstance(row.key, int)
        return shown_name(row.name, row.key)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell; the sum stands out."""
        if role == Qt.ItemDataRole.FontRole and index.row() == len(self.rows) - 1:
            bold = QFont()
            bold.setWeight(QFont.Weight.DemiBold)
            return bold
        return super().data(index, role)


def total(rows: Sequence[AgeingRow]) -> AgeingRow:
    """Return the sum of lines."""
    return AgeingRow(
        key=None,
        name="",
        clients=sum(row.clients for row in rows),
        buckets={age: sum(row.buckets[age] for row in rows) for age in AgeBucket},
        unapplied_minor=sum(row.unapplied_minor for row in rows),
        balance_minor=sum(row.balance_minor for row in rows),
        disputed_minor=sum(row.disputed_minor for row in rows),
    )


class AgeingView(QTableView):
    """Shows an AgeingModel; figures stand under their headings, the name has the rest."""

    def __init__(self, model: AgeingModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("plain", True)
        self.setModel(model)
        columns = model.columnCount()
        header = InsetHeader(dict.fromkeys(range(columns), (11, 11)), self, lines=2)
        header.setSectionsClickable(False)
        self.setHorizontalHeader(header)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(36)
        self.verticalHeader().setDefaultSectionSize(36)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        say(self, name=msg("Ageing", "Receivables by age"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the name what the amounts leave."""
        super().resizeEvent(event)
        columns = self.model().columnCount()
        room = self.viewport().width()
        amount = max(76, min(_AMOUNT, (room - _NAME) // (columns - 1)))
        for column in range(1, columns):
            self.setColumnWidth(column, amount)
        self.setColumnWidth(0, max(_NAME, room - amount * (columns - 1)))
