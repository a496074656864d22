"""The lists of the tab of reminders: clients on the ladder, promises to pay, their invoices."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.delegates.client_line import FIRST, INSET, TICK, ClientLineDelegate
from acctdesk.ui.delegates.header import InsetHeader
from acctdesk.ui.itemmodels import reminders as columns
from acctdesk.ui.itemmodels.reminders import (
    InvoiceLinesModel,
    PaymentPromisesModel,
    RemindersModel,
)
from acctdesk.ui.widgets.client_lines import ClientLines
from acctdesk.ui.words import say


class RemindersView(ClientLines):
    """Shows a RemindersModel; the space bar, or a click on it, ticks a line."""

    ticked = Signal()

    widths: ClassVar[dict[int, int]] = {
        columns.TICK: TICK,
        columns.OVERDUE: 136,
        columns.OLDEST: 88,
        columns.LAST: 170,
        columns.NEXT: 190,
        columns.LEFT_OUT: 170,
    }
    given_up: ClassVar[tuple[int, ...]] = (columns.LAST, columns.LEFT_OUT, columns.OLDEST)
    name_column: ClassVar[int] = columns.CLIENT
    growing: ClassVar[int | None] = columns.NEXT

    def __init__(self, model: RemindersModel, parent: QWidget) -> None:
        super().__init__(model, model, dict.fromkeys(range(7), (INSET, INSET)), parent)
        self._reminders = model
        say(
            self,
            name=msg("Ladder", "Clients with overdue invoices"),
            description=msg("Ladder", "Space ticks a line, Enter opens the client."),
        )

    def make_painter(self) -> ClientLineDelegate:
        """Return what paints the lines."""
        return ClientLineDelegate(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by the space bar."""
        if event.key() == Qt.Key.Key_Space:
            self._toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick by a click on the tick."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.column() == columns.TICK:
            self._toggle(index.row())

    def _toggle(self, line: int) -> None:
        self._reminders.toggle(line)
        self.ticked.emit()


class PaymentPromisesView(ClientLines):
    """Shows a PaymentPromisesModel."""

    widths: ClassVar[dict[int, int]] = {
        columns.PROMISED: 110,
        columns.LEFT: 120,
        columns.DAY: 108,
        columns.GIVEN: 108,
        columns.STATE: 190,
    }
    given_up: ClassVar[tuple[int, ...]] = (columns.GIVEN, columns.PROMISED)

    def __init__(self, model: PaymentPromisesModel, parent: QWidget) -> None:
        insets = {**dict.fromkeys(range(6), (INSET, INSET)), 0: (FIRST, INSET)}
        super().__init__(model, model, insets, parent)
        say(
            self,
            name=msg("Collecting", "Promises to pay"),
            description=msg("Receivables", "Enter opens the client."),
        )

    def make_painter(self) -> ClientLineDelegate:
        """Return what paints the lines."""
        return ClientLineDelegate(self)


class InvoiceLinesView(QTableView):
    """Shows an InvoiceLinesModel; the last column has the rest."""

    def __init__(self, model: InvoiceLinesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("plain", True)
        self.setModel(model)
        header = InsetHeader(dict.fromkeys(range(4), (11, 11)), self)
        header.setSectionsClickable(False)
        self.setHorizontalHeader(header)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(30)
        self.verticalHeader().setDefaultSectionSize(30)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        say(self, name=msg("Ladder", "Invoices of the line at hand"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the last column what the others leave."""
        super().resizeEvent(event)
        room = self.viewport().width()
        first = max(120, min(260, room // 4))
        for column, width in enumerate((first, 110, 120)):
            self.setColumnWidth(column, width)
        self.setColumnWidth(3, max(120, room - first - 230))
