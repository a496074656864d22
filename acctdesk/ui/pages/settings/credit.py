"""The settings of credit: what counts, where a rule trips, how often clients are reviewed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.kinds import RiskClass
from acctdesk.services.credit_rules import CreditRules, set_rules
from acctdesk.services.credit_words import RISKS
from acctdesk.text import clean
from acctdesk.text.numbers import whole_number
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.pages.settings.control import Control, Facts
from acctdesk.ui.pages.settings.profile import StoredField
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class OrdersControl(Control):
    """A box to tick; saved at once."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.box = QCheckBox(self)
        say(self.box, text=msg("Settings", "Orders not yet invoiced count"))
        self.box.clicked.connect(self._chosen)
        self.setFocusProxy(self.box)
        line = QVBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.box)

    def show_facts(self, facts: Facts) -> None:
        """Show whether they do."""
        if facts.credit is not None:
            self.box.setChecked(facts.credit.count_orders)

    @Slot()
    def _chosen(self) -> None:
        self.save(set_rules, count_orders=self.box.isChecked())


class _Numbers(Control):
    """A field for each number; one is saved when it is left. Amounts end in ``_minor``."""

    NAMES: ClassVar[dict[str, Message]]

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.fields: dict[str, StoredField] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for line, (name, title) in enumerate(self.NAMES.items()):
            field = StoredField(self)
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setFixedWidth(112)
            say(field, name=title)
            field.editingFinished.connect(partial(self._left, name))
            self.fields[name] = field
            grid.addWidget(label(title, wrap=True), line, 0)
            grid.addWidget(field, line, 1)
        grid.setColumnStretch(0, 1)
        self.setFocusProxy(next(iter(self.fields.values())))

    def show_facts(self, facts: Facts) -> None:
        """Show what is stored, unless something else is being typed."""
        if facts.credit is None:
            return
        for name, field in self.fields.items():
            typing = field.hasFocus() and field.text() != field.stored
            field.stored = _typed(facts.credit, name)
            if not typing:
                field.setText(field.stored)

    def _left(self, name: str) -> None:
        field = self.fields[name]
        typed = clean(field.text())
        if typed == field.stored:
            return
        try:
            value = read_amount(typed) if name.endswith("_minor") else whole_number(typed)
        except UserError as error:
            self.refused.emit(str(error))
            return
        if value is None:
            self.refused.emit(str(msg("Settings", "Write a number.")))
            return
        self.save(set_rules, **{name: value})


def _typed(rules: CreditRules, name: str) -> str:
    value = getattr(rules if hasattr(rules, name) else rules.limits, name)
    return formats.number(value / 100, 2) if name.endswith("_minor") else str(value)


class CreditRulesControl(_Numbers):
    """The thresholds of the question whether an order may be taken."""

    NAMES: ClassVar[dict[str, Message]] = {
        "overdue_minor": msg("Settings", "Overdue, above it no"),
        "oldest_days": msg("Settings", "Days of the oldest overdue invoice, above them no"),
        "new_overdue_minor": msg("Settings", "Newly overdue, above it think twice"),
        "new_days": msg("Settings", "Days for which an invoice is newly overdue"),
    }


class HoldControl(_Numbers):
    """What may be overdue before nothing new is to be offered."""

    NAMES: ClassVar[dict[str, Message]] = {"pitch_overdue_minor": msg("Settings", "Overdue")}


class ReviewMonthsControl(_Numbers):
    """The months between two reviews of a client, by its risk class."""

    NAMES: ClassVar[dict[str, Message]] = {
        f"{risk.value}_months": RISKS[risk] for risk in RiskClass
    }
