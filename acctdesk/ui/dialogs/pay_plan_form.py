"""A pay plan: when it holds, its tiers, quota, floor and cap, and how a sale counts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLayout, QWidget

from acctdesk import formats, i18n
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.kinds import PayMethod, PayPeriod
from acctdesk.services.pay_plans import (
    MOST_TIERS,
    PayPlanFields,
    PayPlanRow,
    TierRow,
    add_pay_plan,
    change_pay_plan,
)
from acctdesk.text import clean, parse_number
from acctdesk.ui.dialogs.record_form import RecordForm, named, read_day
from acctdesk.ui.itemmodels.targets_text import PERIODS
from acctdesk.ui.pages.clients.facts import read_amount
from acctdesk.ui.widgets.basics import Button, LineEdit, hairline, label, labelled
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_METHODS: dict[PayMethod, Message] = {
    PayMethod.MARGINAL: msg("Pay", "Each rate on the part in its tier"),
    PayMethod.WHOLE: msg("Pay", "The rate reached on everything"),
    PayMethod.ACCELERATOR: msg("Pay", "Multiples of the target pay"),
}


class PayPlanForm(RecordForm):
    """Writes a plan down or changes one; ``trash_wanted`` carries the id of one to be removed."""

    trash_wanted = Signal(object)
    topic = "targets"

    def __init__(
        self, context: Context, parent: QWidget | None, *, plan: PayPlanRow | None = None
    ) -> None:
        title = msg("Pay", "New pay plan") if plan is None else msg("Pay", "Pay plan")
        super().__init__(context, parent, title, width=640)
        self._plan = plan
        self._build_head(plan)
        self.content.addWidget(hairline())
        self._build_tiers()
        self.content.addWidget(hairline())
        self._build_rest()
        self.finish()
        if plan is not None:
            remove = Button(msg("Pay", "Remove"), look="danger", icon="trash")
            remove.clicked.connect(self._remove)
            self.add_foot(remove)
        self._fill(plan)
        self._method_chosen()
        self.name.setFocus()

    # -- building

    def _build_head(self, plan: PayPlanRow | None) -> None:
        self.name = LineEdit(self)
        self.name.setMaxLength(120)
        since, until = msg("Pay", "Holds from"), msg("Pay", "Up to (empty: no end)")
        self.since = self.day_field(since, None if plan is None else plan.from_on)
        self.until = self.day_field(until, None if plan is None else plan.until_on)
        self.period, self.method = Combo(self), Combo(self)
        for period, text in PERIODS.items():
            self.period.addItem(str(text), period.value)
        for method, text in _METHODS.items():
            self.method.addItem(str(text), method.value)
        self.method.currentIndexChanged.connect(self._method_chosen)
        self.content.addLayout(labelled(msg("Pay", "Name"), self.name))
        self._pairs(
            named(since, self.since),
            named(until, self.until),
            labelled(msg("Pay", "Reckoned by"), self.period),
            labelled(msg("Pay", "How the tiers work"), self.method),
        )

    def _build_tiers(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        self._rate_head = label("", "field")
        grid.addWidget(label(msg("Pay", "From, % of the quota"), "field"), 0, 0)
        grid.addWidget(self._rate_head, 0, 1)
        grid.addWidget(label(msg("Pay", "From, % of the quota"), "field"), 0, 2)
        self._rate_head_2 = label("", "field")
        grid.addWidget(self._rate_head_2, 0, 3)
        self.tiers: list[tuple[LineEdit, LineEdit]] = []
        half = MOST_TIERS // 2
        for number in range(MOST_TIERS):
            start, rate = LineEdit(self), LineEdit(self)
            say(start, name=msg("Pay", "Tier {n} begins at", n=number + 1))
            say(rate, name=msg("Pay", "Rate of tier {n}", n=number + 1))
            side = 0 if number < half else 2
            grid.addWidget(start, number % half + 1, side)
            grid.addWidget(rate, number % half + 1, side + 1)
            self.tiers.append((start, rate))
        self.content.addLayout(grid)

    def _build_rest(self) -> None:
        self.quota, self.target_pay = LineEdit(self), LineEdit(self)
        self.floor, self.times, self.cap = LineEdit(self), LineEdit(self), LineEdit(self)
        say(self.quota, placeholder=msg("Pay", "the book’s target by month"))
        for field in (self.floor, self.cap):
            say(field, placeholder=msg("Pay", "none"))
        say(self.times, placeholder="0")
        self._pairs(
            labelled(msg("Pay", "Quota of a period"), self.quota),
            labelled(msg("Pay", "Pay at 100 %"), self.target_pay),
            labelled(msg("Pay", "Floor: below this % of the quota"), self.floor),
            labelled(msg("Pay", "everything is multiplied by"), self.times),
            labelled(msg("Pay", "A period pays at most"), self.cap),
        )
        self.on_payment = QCheckBox(self)
        self.claw_back = QCheckBox(self)
        self.shared = QCheckBox(self)
        self.claw_back.setChecked(True)
        for one, text in (
            (self.on_payment, msg("Pay", "A sale counts when it is paid")),
            (self.claw_back, msg("Pay", "Credit notes take back what was counted")),
            (self.shared, msg("Pay", "Of a shared client only my share counts")),
        ):
            say(one, text=text, name=text)
            self.content.addWidget(one)

    def _pairs(self, *cells: QLayout) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, cell in enumerate(cells):
            grid.addLayout(cell, place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.content.addLayout(grid)

    @Slot()
    def _method_chosen(self) -> None:
        times = self.method.currentData() == PayMethod.ACCELERATOR.value
        text = msg("Pay", "Times the target pay") if times else msg("Pay", "Rate %")
        say(self._rate_head, text=text)
        say(self._rate_head_2, text=text)
        self.target_pay.setEnabled(times)
        if self._plan is None:
            shown = ("1", "1.5") if times else ("5", "8")
            for (start, rate), above, given in zip(self.tiers, ("0", "100"), shown, strict=False):
                if start.text() in ("", above):
                    start.setText(above)
                    number = Decimal(given)
                    rate.setText(formats.number(number, 1 if number % 1 else 0))

    def _fill(self, plan: PayPlanRow | None) -> None:
        if plan is None:
            self.period.setCurrentIndex(self.period.findData(PayPeriod.QUARTER.value))
            self.since.field.setText(formats.date(self.context.today().replace(month=1, day=1)))
            return
        self.name.setText(plan.name)
        self.period.setCurrentIndex(self.period.findData(plan.period.value))
        self.method.setCurrentIndex(self.method.findData(plan.method.value))
        times = plan.method is PayMethod.ACCELERATOR
        for (start, rate), tier in zip(self.tiers, plan.tiers, strict=False):
            start.setText(_written(tier.from_bp, 100))
            rate.setText(_written(tier.rate_bp, 10_000 if times else 100))
        for field, minor in (
            (self.quota, plan.quota_minor),
            (self.target_pay, plan.target_pay_minor),
            (self.cap, plan.cap_minor),
        ):
            if minor is not None:
                field.setText(_written(minor, 100))
        if plan.floor_bp is not None:
            self.floor.setText(_written(plan.floor_bp, 100))
            self.times.setText(_written(plan.floor_multiplier_bp or 0, 10_000))
        self.on_payment.setChecked(plan.on_payment)
        self.claw_back.setChecked(plan.claw_back)
        self.shared.setChecked(plan.shared)

    # -- storing

    def _tiers(self, *, times: bool) -> list[TierRow]:
        found = []
        for start, rate in self.tiers:
            above = _number(start, 100)
            given = _number(rate, 10_000 if times else 100)
            if above is None and given is None:
                continue
            if above is None or given is None:
                raise UserError(msg("Pay", "A tier needs where it begins and its rate."))
            found.append(TierRow(above, given))
        return found

    def store(self) -> None:
        """Read and store the plan."""
        since = read_day(self.since)
        if since is None:
            raise UserError(msg("Pay", "Say from which day the plan holds."))
        method = PayMethod(self.method.currentData())
        times = method is PayMethod.ACCELERATOR
        floor = _number(self.floor, 100)
        fields: PayPlanFields = {
            "name": self.name.text(),
            "from_on": since,
            "until_on": read_day(self.until),
            "period": PayPeriod(self.period.currentData()),
            "method": method,
            "tiers": self._tiers(times=times),
            "quota_minor": read_amount(self.quota.text()),
            "target_pay_minor": read_amount(self.target_pay.text()) if times else None,
            "floor_bp": floor,
            "floor_multiplier_bp": None if floor is None else _number(self.times, 10_000) or 0,
            "cap_minor": read_amount(self.cap.text()),
            "on_payment": self.on_payment.isChecked(),
            "claw_back": self.claw_back.isChecked(),
            "shared": self.shared.isChecked(),
        }
        if self._plan is None:
            self.send(msg("Step", "New pay plan"), add_pay_plan, **fields)
        else:
            self.send(
                msg("Step", "Pay plan changed"),
                change_pay_plan,
                plan_id=self._plan.id,
                expected_version=self._plan.version,
                **fields,
            )

    @Slot()
    def _remove(self) -> None:
        if self._plan is not None:
            self.trash_wanted.emit(self._plan.id)
            self.reject()


def _written(value: int, parts: int) -> str:
    number = Decimal(value) / parts
    digits = next(n for n in range(5) if number * 10**n % 1 == 0)
    return formats.number(number, digits)


def _number(field: LineEdit, parts: int) -> int | None:
    """Return a number in hundredths of a per cent: a per cent has 100 of them, a whole 10,000.

    Raises:
        UserError: it is no number, or too fine.
    """
    typed = clean(field.text()).removesuffix("%").removesuffix("×")
    if not typed:
        return None
    number = parse_number(typed, language=i18n.language())
    if number is None or number * parts % 1:
        field.setFocus()
        raise UserError(msg("Pay", "Write a number with at most two decimals of a per cent."))
    return int(number * parts)
