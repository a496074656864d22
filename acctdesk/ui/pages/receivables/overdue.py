"""The list of clients with overdue invoices: one current, opened by Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.delegates.header import InsetHeader
from acctdesk.ui.delegates.late_payer_row import INSETS, LatePayerDelegate
from acctdesk.ui.itemmodels.late_payers import (
    CLIENT,
    HABIT,
    OLDEST,
    OVERDUE,
    SIGN,
    STEP,
    LatePayersModel,
)
from acctdesk.ui.keys import leaves_letter
from acctdesk.ui.widgets.row_views import RowTable
from acctdesk.ui.words import plain_tip, say

_WIDTHS = {OVERDUE: 108, OLDEST: 92, HABIT: 208, SIGN: 230, STEP: 190}
_NAME = 190  # the least width of the client's name
# what a narrower list gives up, in this order
_GIVEN_UP = (STEP, SIGN, HABIT)


class OverdueView(RowTable):
    """Shows a LatePayersModel; ``opened`` carries the client's id."""

    opened = Signal(object)
    chosen = Signal()
    menu_wanted = Signal(object)  # a global point

    def __init__(self, model: LatePayersModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._payers = model
        self.setProperty("plain", True)
        self.painter_of_rows = LatePayerDelegate(self)
        self.show_rows(model, InsetHeader(INSETS, self), self.painter_of_rows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.set_row_height(52)
        say(
            self,
            name=msg("Receivables", "Overdue clients"),
            description=msg("Receivables", "Enter opens the client."),
        )
        self.doubleClicked.connect(self._open)

    def set_row_height(self, height: int) -> None:
        """Set the height of every row in px."""
        self.painter_of_rows.height = height
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    @property
    def client_id(self) -> int | None:
        """The client under the cursor."""
        row = self._payers.row(self.currentIndex().row())
        return None if row is None else row.client_id

    def choose(self, client_id: int | None) -> None:
        """Make a client current; the first one where it is gone."""
        place = self._payers.place_of(client_id) or 0
        if self._payers.rows:
            self.setCurrentIndex(self._payers.index(place, CLIENT))

    def currentChanged(self, current: object, previous: object) -> None:
        """Tell that another client is at hand."""
        super().currentChanged(current, previous)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter; leave letters to the window."""
        if leaves_letter(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu at the mouse, or at the current row."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        corner = self.visualRect(self.currentIndex()).center()
        self.menu_wanted.emit(self.viewport().mapToGlobal(corner) if by_key else event.globalPos())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Say a row in full where the pointer rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._payers.row(self.indexAt(event.pos()).row())
            said = ""
            if row is not None:
                cells = (CLIENT, OVERDUE, OLDEST, HABIT, SIGN, STEP)
                said = ". ".join(
                    f"{self._payers.heading(one)}: {self._payers.words(row, one)}" for one in cells
                )
                if row.beyond:
                    said += f" ({', '.join(row.beyond)})"
            QToolTip.showText(event.globalPos(), plain_tip(said), self)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the name the rest; a narrow list gives up columns rather than scroll sideways."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width()
        shown = dict(_WIDTHS)
        for column in _GIVEN_UP:
            if room - sum(shown.values()) < _NAME:
                shown.pop(column)
        for column, width in _WIDTHS.items():
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, width)
        rest = max(room - sum(shown.values()), 80)
        if SIGN in shown and rest > 360:
            extra = (rest - 360) // 2
            self.setColumnWidth(SIGN, _WIDTHS[SIGN] + extra)
            rest -= extra
        self.setColumnWidth(CLIENT, rest)

    @Slot()
    def _open(self) -> None:
        if self.client_id is not None:
            self.opened.emit(self.client_id)
