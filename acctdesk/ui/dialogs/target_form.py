"""The targets of a fiscal year, month by month or spread: of one client or of the whole book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import Phasing
from acctdesk.services.rows import TargetSeries
from acctdesk.services.targets import set_targets, spread_year
from acctdesk.ui.dialogs.target_spread import TargetSpread
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.widgets.basics import LineEdit, hairline, label, labelled, mark_invalid
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.words import Text, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_COLUMNS = 3


class TargetForm(CalmDialog):
    """An amount a month, stored as one step; an empty one takes that month's target away."""

    topic = "targets"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        series: TargetSeries,
        *,
        of: Text,
        currency: str,
    ) -> None:
        title = msg("Targets", "Targets {year}", year=str(series.fiscal_year))
        super().__init__(parent, title, width=560)
        self.context = context
        self._series, self._currency = series, currency
        self.content.addWidget(label(of, "small", wrap=True))
        self.spread = TargetSpread(self)
        self.spread.wanted.connect(self._spread)
        self.content.addWidget(self.spread)
        self.content.addWidget(hairline())
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        self.fields: dict[dt.date, LineEdit] = {}
        for place, one in enumerate(series.months):
            field = self.fields[one.month] = LineEdit(self)
            if one.target_minor is not None:
                _show(field, one.target_minor)
            field.textChanged.connect(self._add_up)
            cell = labelled(formats.month_name(one.month), field)
            grid.addLayout(cell, place // _COLUMNS, place % _COLUMNS)
        self.content.addLayout(grid)
        self.sum = label(role="strong")
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.sum)
        self.content.addWidget(self.trouble)
        self.add_button(msg("Targets", "Cancel")).clicked.connect(self.reject)
        save = self.add_button(msg("Targets", "Save"), look="primary", icon="check", default=True)
        save.clicked.connect(self.save)
        self._add_up()
        running = context.today().replace(day=1)
        first = self.fields.get(running) or next(iter(self.fields.values()))
        first.setFocus()
        first.selectAll()

    @Slot(object, str)
    def _spread(self, total_minor: int, phasing: str) -> None:
        self.context.runner.ask(
            spread_year,
            total_minor=total_minor,
            fiscal_year=self._series.fiscal_year,
            as_of=self._series.as_of,
            phasing=Phasing(phasing),
            client_id=self._series.client_id,
            key="targets.spread",
            on_done=self._fill,
            on_error=self.spread.refuse,
        )

    def _fill(self, parts: Mapping[dt.date, int]) -> None:
        """Write the parts into the months; nothing is stored before Save."""
        for month, part in parts.items():
            _show(self.fields[month], part)

    @Slot()
    def save(self) -> None:
        """Store what was changed, or say which amount is not clear."""
        amounts: dict[dt.date, int | None] = {}
        for month, field in self.fields.items():
            try:
                amounts[month] = read_amount(field.text())
            except UserError as error:
                mark_invalid(field, invalid=True)
                self._refused(error)
                field.setFocus()
                field.selectAll()
                return
        if amounts == {one.month: one.target_minor for one in self._series.months}:
            self.accept()
            return
        self.context.runner.submit(
            msg("Step", "Targets of a year"),
            set_targets,
            amounts=amounts,
            client_id=self._series.client_id,
            initiator=self,
            on_done=self._stored,
            on_error=self._refused,
        )

    def _stored(self, _value: object) -> None:
        self.context.messages.say(msg("Targets", "The targets were saved."))
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.trouble.setText(str(error))
        self.trouble.show()

    @Slot()
    def _add_up(self) -> None:
        total = 0
        for field in self.fields.values():
            try:
                total += read_amount(field.text()) or 0
            except UserError:  # it is told on saving; half a number is no mistake
                continue
            mark_invalid(field, invalid=False)
        amount = formats.money(total, self._currency)
        say(self.sum, text=msg("Targets", "Together: {amount}", amount=amount))


def _show(field: LineEdit, minor: int) -> None:
    field.setText(formats.number(Decimal(minor) / 100, 2))
