"""A target of a period: what it measures, of whom, how much, and its months; or a change of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QLayout, QStackedWidget, QWidget

from acctdesk import formats, i18n, periods
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import Phasing, TargetMeasure
from acctdesk.periods import Period
from acctdesk.services.measures import MONEY, SCORES, Scope
from acctdesk.services.target_plans import (
    KnownScopes,
    TargetPlanRow,
    change_target_plan,
    known_scopes,
    phase,
    set_target_plan,
)
from acctdesk.text import clean, parse_number
from acctdesk.ui.dialogs.record_form import RecordForm
from acctdesk.ui.dialogs.target_spread import PHASINGS
from acctdesk.ui.itemmodels.targets_text import MEASURES, period_text, scope_text
from acctdesk.ui.pages.clients.book_profile import BookProfile
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.widgets.basics import LineEdit, column, hairline, label, labelled
from acctdesk.ui.widgets.client_picker import ClientPicker
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_SAME = SCORES | {TargetMeasure.GROWTH}  # every month has the whole of it
_MONTHS = 12
_COLUMNS = 4


class TargetPlanForm(RecordForm):
    """Sets a target, or changes the amount and the months of one and keeps what it was."""

    topic = "targets"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        profile: BookProfile,
        *,
        plan: TargetPlanRow | None = None,
    ) -> None:
        title = msg("Target plan", "New target") if plan is None else msg("Target plan", "Target")
        super().__init__(context, parent, title, width=640)
        self._plan, self._profile = plan, profile
        self._filling = False
        if plan is None:
            self._build_head()
        else:
            said = f"{MEASURES[plan.measure]} · {scope_text(plan.scope, plan.client_name)}"
            period = period_text(Period("", plan.starts_on, plan.ends_on))
            self.content.addWidget(label(f"{plan.name} · {said} · {period}", "sub", wrap=True))
        self._build_amount()
        if plan is not None:
            self.reason = LineEdit(self)
            self.reason.setMaxLength(300)
            self.content.addLayout(labelled(msg("Target plan", "Why it changes"), self.reason))
        self.finish()
        if plan is None:
            self._fill_which()
            context.runner.ask(known_scopes, on_done=self._scopes, on_error=self.refused)
            self.name.setFocus()
        else:
            self._show_plan(plan)
            self.amount.setFocus()

    # -- building

    def _build_head(self) -> None:
        self.name = LineEdit(self)
        self.name.setMaxLength(120)
        self.measure = Combo(self)
        for measure, text in MEASURES.items():
            self.measure.addItem(str(text), measure.value)
        self.of = Combo(self)
        for key, text in (
            ("", msg("Target plan", "The whole book")),
            ("client", msg("Target plan", "One client")),
            ("family", msg("Target plan", "A product family")),
            ("segment", msg("Target plan", "A category of clients")),
        ):
            self.of.addItem(str(text), key)
        self.client = ClientPicker(self.context, self)
        self.client.setFixedHeight(32)
        self.family, self.segment = Combo(self), Combo(self)
        say(self.family, name=msg("Target plan", "A product family"))
        say(self.segment, name=msg("Target plan", "A category of clients"))
        self.whom = QStackedWidget(self)
        for one in (QWidget(), self.client, self.family, self.segment):
            self.whom.addWidget(one)
        self.whom.setFixedHeight(40)
        self._whom_head = label("", "field")
        self.of.currentIndexChanged.connect(self._of_chosen)
        self.kind, self.which = Combo(self), Combo(self)
        kinds = [
            ("quarter", msg("Target plan", "Quarter")),
            ("month", msg("Target plan", "Month")),
            ("year", msg("Target plan", "Fiscal year")),
        ]
        if self._profile.fiscal_start() != 1:
            kinds.append(("calendar", msg("Target plan", "Calendar year")))
        for key, text in kinds:
            self.kind.addItem(str(text), key)
        self.kind.currentIndexChanged.connect(self._fill_which)
        self.which.currentIndexChanged.connect(self._months_changed)
        self.measure.currentIndexChanged.connect(self._months_changed)
        for one in (self.of, self.family, self.segment):
            one.currentIndexChanged.connect(self._ask)
        self.client.chosen.connect(self._ask)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        cells: tuple[QLayout, ...] = (
            labelled(msg("Target plan", "Name"), self.name),
            labelled(msg("Target plan", "What it measures"), self.measure),
            labelled(msg("Target plan", "Of whom"), self.of),
            column(self._whom_head, self.whom, spacing=4),
            labelled(msg("Target plan", "Period"), self.kind),
            labelled(msg("Target plan", "Which period"), self.which),
        )
        for place, cell in enumerate(cells):
            grid.addLayout(cell, place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.content.addLayout(grid)

    @Slot(int)
    def _of_chosen(self, place: int) -> None:
        self.whom.setCurrentIndex(place)
        say(self._whom_head, text=msg("Target plan", "Which one") if place else "")

    def _build_amount(self) -> None:
        self.amount = LineEdit(self)
        self.phasing = Combo(self)
        for phasing, text in {
            **PHASINGS,
            Phasing.BY_HAND: msg("Target plan", "By hand"),
        }.items():
            self.phasing.addItem(str(text), phasing.value)
        self.amount.editingFinished.connect(self._ask)
        self.phasing.currentIndexChanged.connect(self._ask)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.addLayout(labelled(msg("Target plan", "Target of the period"), self.amount), 0, 0)
        grid.addLayout(labelled(msg("Target plan", "Over the months"), self.phasing), 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.content.addLayout(grid)
        self.content.addWidget(hairline())
        self._cells = QWidget(self)
        months = QGridLayout(self._cells)
        months.setContentsMargins(0, 0, 0, 0)
        months.setHorizontalSpacing(12)
        months.setVerticalSpacing(8)
        self.months: list[LineEdit] = []
        self._heads = []
        for place in range(_MONTHS):
            field = LineEdit(self)
            head = label("", "field")
            head.setBuddy(field)
            field.textEdited.connect(self._by_hand)
            at, side = divmod(place, _COLUMNS)
            months.addWidget(head, 2 * at, side)
            months.addWidget(field, 2 * at + 1, side)
            self.months.append(field)
            self._heads.append(head)
        self.content.addWidget(self._cells)
        self.sum = label(role="caption", wrap=True)
        self.content.addWidget(self.sum)

    def _scopes(self, known: KnownScopes) -> None:
        for combo, names in ((self.family, known.families), (self.segment, known.segments)):
            for name in names:
                combo.addItem(name, name)

    # -- what is chosen

    @property
    def measured(self) -> TargetMeasure:
        """What the target measures."""
        if self._plan is not None:
            return self._plan.measure
        return TargetMeasure(self.measure.currentData())

    @property
    def scope(self) -> Scope:
        """Of whom it is."""
        if self._plan is not None:
            return self._plan.scope
        key = self.of.currentData()
        return Scope(
            client_id=self.client.client_id if key == "client" else None,
            family=self.family.currentData() if key == "family" else None,
            segment=self.segment.currentData() if key == "segment" else None,
        )

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last day."""
        if self._plan is not None:
            return self._plan.starts_on, self._plan.ends_on
        start, end = self.which.currentData()
        return start, end

    def _choices(self) -> list[Period]:
        start, today = self._profile.fiscal_start(), self.context.today()
        year = periods.fiscal_year_of(today, start)
        kind = self.kind.currentData()
        if kind == "year":
            return [periods.fiscal_year(year + step, start) for step in (0, 1, 2)]
        if kind == "calendar":
            return [periods.fiscal_year(today.year + step) for step in (0, 1, 2)]
        if kind == "quarter":
            return [periods.quarter(year + step, n, start) for step in (0, 1) for n in range(1, 5)]
        first = periods.fiscal_year(year, start).start
        return [periods.month_of(periods.add_months(first, n)) for n in range(24)]

    @Slot()
    def _fill_which(self) -> None:
        today, found = self.context.today(), self._choices()
        self.which.blockSignals(True)
        self.which.clear()
        for period in found:
            self.which.addItem(period_text(period), (period.start, period.end))
        self.which.setCurrentIndex(next((n for n, one in enumerate(found) if today in one), 0))
        self.which.blockSignals(False)
        self._months_changed()

    @Slot()
    def _months_changed(self) -> None:
        if self._plan is None and self.which.currentData() is None:
            return
        months = periods.months(*self.days)
        spread = self.measured not in _SAME
        self._cells.setVisible(spread and len(months) > 1)
        self.phasing.setEnabled(spread and len(months) > 1)
        for place, (field, head) in enumerate(zip(self.months, self._heads, strict=True)):
            shown = place < len(months)
            field.setVisible(shown)
            head.setVisible(shown)
            if shown:
                name = formats.month_name(months[place])
                head.setText(name)
                say(field, name=name)
        self._ask()

    def _show_plan(self, plan: TargetPlanRow) -> None:
        self.amount.setText(self._written(plan.amount))
        self.phasing.setCurrentIndex(self.phasing.findData(plan.phasing.value))
        self._months_changed()
        self._fill(plan.phases)

    # -- values

    def _written(self, value: int) -> str:
        if self.measured in MONEY or self.measured in SCORES:
            digits = 2 if value % 100 else 0
            return formats.number(Decimal(value) / 100, digits)
        return formats.number(value)

    def _read(self, text: str) -> int | None:
        """Return a value in the units of the target; None for none.

        Raises:
            UserError: it is no number of that kind.
        """
        if self.measured in MONEY and self.measured is not TargetMeasure.GROWTH:
            return read_amount(text)
        typed = clean(text).removesuffix("%")
        if not typed:
            return None
        number = parse_number(typed, language=i18n.language())
        if number is None:
            raise UserError(msg("Target plan", "This number is not clear."))
        if self.measured in _SAME:
            number *= 100
        if number % 1:
            raise UserError(msg("Target plan", "This number has too many decimals."))
        return int(number)

    # -- the months

    @Slot()
    def _ask(self) -> None:
        """Lay the amount over the months, as far as it is known; nothing is stored."""
        if self._plan is None and self.which.currentData() is None:
            return
        phasing = Phasing(self.phasing.currentData())
        if phasing is Phasing.BY_HAND or self.measured in _SAME:
            self._add_up()
            return
        try:
            amount = self._read(self.amount.text())
        except UserError:
            return
        if not amount:
            return
        self.context.runner.ask(
            phase,
            measure=self.measured,
            scope=self.scope,
            months=periods.months(*self.days),
            amount=amount,
            phasing=phasing,
            as_of=self.context.today(),
            key=f"target.phase.{id(self)}",
            on_done=self._fill,
            on_error=self.refused,
        )

    def _fill(self, parts: Mapping[dt.date, int]) -> None:
        self.trouble.hide()
        for field, part in zip(self.months, parts.values(), strict=False):
            field.setText(self._written(part))
        self._add_up()

    @Slot()
    def _by_hand(self) -> None:
        place = self.phasing.findData(Phasing.BY_HAND.value)
        if self.phasing.currentIndex() != place:
            self.phasing.setCurrentIndex(place)
        self._add_up()

    def _hand(self) -> dict[dt.date, int]:
        months = periods.months(*self.days)
        return {
            month: self._read(field.text()) or 0
            for month, field in zip(months, self.months, strict=False)
        }

    def _add_up(self) -> None:
        try:
            together = sum(self._hand().values())
        except UserError:
            return
        text = msg("Targets", "Together: {amount}", amount=self._written(together))
        say(self.sum, text="" if self.measured in _SAME else text)

    # -- storing

    def store(self) -> None:
        """Read and store the target."""
        amount = self._read(self.amount.text())
        if amount is None:
            self.amount.setFocus()
            raise UserError(msg("Target plan", "Write the target of the period."))
        start, end = self.days
        phasing = Phasing(self.phasing.currentData())
        if self.measured in _SAME or start.month == end.month:
            phasing = Phasing.EVEN
        hand = self._hand() if phasing is Phasing.BY_HAND else None
        if self._plan is not None:
            self.send(
                msg("Step", "Target changed"),
                change_target_plan,
                plan_id=self._plan.id,
                amount=amount,
                phasing=phasing,
                by_hand=hand,
                reason=self.reason.text(),
                today=self.context.today(),
            )
            return
        if self.of.currentData() == "client" and self.client.client_id is None:
            self.client.setFocus()
            raise UserError(msg("Target plan", "Choose the client."))
        self.send(
            msg("Step", "Target set"),
            set_target_plan,
            name=self.name.text(),
            measure=self.measured,
            scope=self.scope,
            starts_on=start,
            ends_on=end,
            amount=amount,
            phasing=phasing,
            by_hand=hand,
            today=self.context.today(),
        )
