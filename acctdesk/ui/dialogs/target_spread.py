"""A year's amount, and how it is to be spread over the months of the target form."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Phasing
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.widgets.basics import Button, LineEdit, label, labelled, mark_invalid, row
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.words import say

PHASINGS: Mapping[Phasing, Message] = {
    Phasing.EVEN: msg("Targets", "Evenly"),
    Phasing.WORKING_DAYS: msg("Targets", "By working days"),
    Phasing.LAST_YEAR: msg("Targets", "As last year’s sales"),
}


class TargetSpread(QWidget):
    """One amount instead of twelve. ``wanted`` carries it in minor units, and the phasing."""

    wanted = Signal(object, str)  # Python's int: Qt's own ends at two thousand million cents

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.amount = LineEdit(self)
        self.amount.installEventFilter(self)
        self.amount.textChanged.connect(self._forget)
        self.how = Combo(self)
        for phasing, text in PHASINGS.items():
            self.how.addItem(str(text), phasing.value)
        self.button = Button(msg("Targets", "Spread"), icon="arrow-down")
        self.button.clicked.connect(self._ask)
        self.reason = label("", "danger", wrap=True)
        self.reason.hide()
        line = row(
            labelled(msg("Targets", "Amount of the year"), self.amount),
            labelled(msg("Targets", "Over the months"), self.how),
            spacing=16,
        )
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.reason)

    def refuse(self, error: Exception) -> None:
        """Say why nothing was spread."""
        say(self.reason, text=str(error))
        say(self.amount, description=str(error))
        self.reason.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Spread by Enter: the form's own button would store the months as they were."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and self.amount.text().strip():
                self._ask()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _ask(self) -> None:
        self._forget()
        try:
            total = read_amount(self.amount.text())
        except UserError as error:
            self._not_clear(error)
            return
        if total is None:
            self._not_clear(UserError(msg("Targets", "Write the amount of the year first.")))
        else:
            self.wanted.emit(total, str(self.how.currentData()))

    def _not_clear(self, error: UserError) -> None:
        mark_invalid(self.amount, invalid=True)
        self.refuse(error)
        self.amount.setFocus()

    @Slot()
    def _forget(self) -> None:
        mark_invalid(self.amount, invalid=False)
        say(self.amount, description="")
        self.reason.hide()
