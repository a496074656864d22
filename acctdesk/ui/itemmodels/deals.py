"""Trial deals: ticked or not, each cell typed anew on the spot; nothing of it is in the book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtCore import QObject, Qt, Signal

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.services.what_if import Deal
from acctdesk.text import clean, parse_when
from acctdesk.ui.itemmodels.rows import Index, RowsModel
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.privacy import shown_name

NAME, CLIENT, AMOUNT, DAY, STATE = range(5)
_TYPED = {NAME, AMOUNT, DAY}


class DealsModel(RowsModel[Deal]):
    """Shows deals; ``edited`` tells that one is another."""

    headings: ClassVar[Sequence[Message | None]] = (
        msg("What-if", "Deal"),
        msg("What-if", "Client"),
        msg("What-if", "Net amount"),
        msg("What-if", "Day"),
        msg("What-if", "Counts"),
    )
    figures = (AMOUNT,)
    edited = Signal()

    def __init__(
        self,
        today: Callable[[], dt.date],
        counts: Callable[[Deal], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._today, self._counts = today, counts

    def words(self, row: Deal, column: int) -> str:
        """Return what a cell says."""
        if column == NAME:
            return row.name
        if column == CLIENT:
            if row.client_id is None:
                return formats.UNKNOWN
            return shown_name(row.client_name, row.client_id)
        if column == AMOUNT:
            return formats.amount(row.amount_minor)
        if column == DAY:
            return formats.date(row.on)
        if self._counts(row):
            return str(msg("What-if", "yes"))
        if not row.ticked:
            return str(msg("What-if", "not ticked"))
        return str(msg("What-if", "not in the days to come of the period"))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell what can be ticked and typed."""
        flags = super().flags(index)
        if index.column() == NAME:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if index.column() in _TYPED:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell, its tick, or what is edited in it."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == NAME:
            return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(row, index.column())
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a tick, or what was typed where it is clear."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return False
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._put(index.row(), replace(row, ticked=not row.ticked))
        typed = clean(str(value))
        if index.column() == NAME and typed:
            return self._put(index.row(), replace(row, name=typed))
        if index.column() == AMOUNT:
            try:
                amount = read_amount(typed)
            except UserError:
                return False
            return amount is not None and self._put(index.row(), replace(row, amount_minor=amount))
        if index.column() == DAY:
            when = parse_when(typed, today=self._today())
            return when is not None and self._put(index.row(), replace(row, on=when.day))
        return False

    def tick(self, place: int) -> None:
        """Tick a deal, or take its tick away."""
        row = self.row(place)
        if row is not None:
            self._put(place, replace(row, ticked=not row.ticked))

    def _put(self, place: int, deal: Deal) -> bool:
        self.rows = (*self.rows[:place], deal, *self.rows[place + 1 :])
        self.dataChanged.emit(self.index(place, 0), self.index(place, self.columnCount() - 1))
        self.edited.emit()
        return True
