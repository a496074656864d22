"""Being paid: the reminder ladder, the grace of a promise to pay, the rates of late interest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.services.payment_promises import MOST_GRACE, set_grace
from acctdesk.ui.pages.settings.control import Control, Facts, Prose
from acctdesk.ui.pages.settings.profile import StoredField
from acctdesk.ui.widgets.basics import Button, label, row
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class LadderControl(Control):
    """The steps in a line, and the way to change them."""

    WIDE = True

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.steps = Prose()
        self.change = Button(msg("Ladder", "Change the steps…"), look="small", icon="pencil")
        self.change.clicked.connect(self.open_form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.steps)
        column.addLayout(row(self.change, None))
        self.setFocusProxy(self.change)

    def show_facts(self, facts: Facts) -> None:
        """Show the steps."""
        if facts.ladder is not None:
            self.steps.setText(" · ".join(str(_step(one.days, one.name)) for one in facts.ladder))

    @Slot()
    def open_form(self) -> None:
        """Open the form of the ladder."""
        from acctdesk.ui.dialogs.ladder_form import LadderForm

        LadderForm(self.context, self.window()).open()


def _step(days: int, name: str) -> Message:
    return msg("Ladder", "{days} d: {name}", days=days, name=name)


class GraceControl(Control):
    """After how many working days an unpaid promise is broken."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.field = StoredField(self)
        self.field.setValidator(QIntValidator(0, MOST_GRACE, self.field))
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setFixedWidth(72)
        say(self.field, name=msg("Collecting", "Days of grace"))
        self.field.editingFinished.connect(self._left)
        self.setLayout(row(self.field, label(msg("Collecting", "working days")), None))
        self.setFocusProxy(self.field)

    def show_facts(self, facts: Facts) -> None:
        """Show the days, unless others are being typed."""
        if facts.grace is None:
            return
        typing = self.field.hasFocus() and self.field.text() != self.field.stored
        self.field.stored = str(facts.grace)
        if not typing:
            self.field.setText(self.field.stored)

    @Slot()
    def _left(self) -> None:
        if self.field.text() not in {"", self.field.stored}:
            self.save(set_grace, days=int(self.field.text()))


class RatesControl(Control):
    """The way to the rates of late interest."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.change = Button(msg("Interest", "Change the rates…"), look="small", icon="percentage")
        self.change.clicked.connect(self.open_form)
        self.setLayout(row(self.change, None))
        self.setFocusProxy(self.change)

    @Slot()
    def open_form(self) -> None:
        """Open the form of the rates."""
        from acctdesk.ui.dialogs.rates_form import RatesForm

        RatesForm(self.context, self.window()).open()
