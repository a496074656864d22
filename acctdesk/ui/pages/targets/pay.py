"""What a pay plan pays for a period: its rule, the pay by tier, and a line per sale and tier."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from acctdesk import formats, i18n
from acctdesk.i18n import Message, msg, ntr, tr
from acctdesk.kinds import PayPeriod
from acctdesk.services.pay import PayOfPeriod, pay_of_period
from acctdesk.services.pay_plans import PayPlanRow, pay_plans, rule_words, trash_pay_plan
from acctdesk.text import file_stem
from acctdesk.ui import settings as remembered
from acctdesk.ui.choosing import choose_place
from acctdesk.ui.itemmodels.figures_table import FiguresTableModel
from acctdesk.ui.itemmodels.pay_lines import (
    CLIENT,
    DAY,
    NET,
    NUMBER,
    PART,
    PAY,
    RATE,
    SHARE,
    TIER,
    PayLinesModel,
    shown_lines,
)  # fmt: skip
from acctdesk.ui.itemmodels.targets_text import period_text
from acctdesk.ui.pages.clients.book_profile import BookProfile
from acctdesk.ui.pages.targets.choices import PeriodTab, PlanChoice
from acctdesk.ui.pages.targets.figure import Figure
from acctdesk.ui.printing import text_document
from acctdesk.ui.widgets.basics import Button, LineEdit, box, column, icon_button, label, row
from acctdesk.ui.widgets.chart_view import ChartView
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.figures_view import FiguresView
from acctdesk.ui.widgets.plain_rows import PlainRows
from acctdesk.ui.widgets.states import StatePanel
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.charts.style import ChartTokens
    from acctdesk.ui.context import Context

_CHART = 178
_WIDTHS = {
    NUMBER: 120, DAY: 106, NET: 104, SHARE: 84, TIER: 84, PART: 104, RATE: 108, PAY: 96,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PayPicture:
    """Makes the chart of a pay; equal for an equal one."""

    found: PayOfPeriod

    def __hash__(self) -> int:
        return id(self.found)

    def __call__(self, width: float, height: float, colours: ChartTokens) -> Any:
        """Return the figure."""
        from acctdesk.charts.pay_tiers import pay_chart

        return pay_chart(self.found, tokens=colours, width=width, height=height)


class PayTab(PeriodTab):
    """One plan and one of its periods."""

    tables = (
        "pay_plans", "documents", "receipts", "allocations", "credit_shares", "targets", "clients",
    )  # fmt: skip

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(context, profile, parent)
        self._wanted: int | None = None
        self.found: PayOfPeriod | None = None
        self.model = PayLinesModel(self)
        self.numbers = FiguresTableModel(self)
        self._build()

    @property
    def plan(self) -> PayPlanRow | None:
        """The plan at hand."""
        return self.plans.plan

    @property
    def kind(self) -> PayPeriod:
        """The kind of period that the plan pays by."""
        return PayPeriod.MONTH if self.plan is None else self.plan.period

    def first_focus(self) -> None:
        """Begin in the list."""
        self.view.setFocus()

    # -- building

    def _build(self) -> None:
        self.plans = PlanChoice(self)
        self.plans.setMinimumWidth(180)
        self.plans.activated.connect(self._ask)
        self.new_button = icon_button("plus", msg("Pay", "New pay plan…"), quiet=False)
        self.new_button.clicked.connect(self.new_plan)
        self.change_button = Button(msg("Pay", "Change…"), icon="pencil")
        self.change_button.clicked.connect(self.change_plan)
        self.excel_button = Button(msg("Pay", "Export to Excel…"), icon="file-spreadsheet")
        self.excel_button.clicked.connect(self.ask_where)
        self.head.addLayout(row(self.sub, self.earlier, self.later), 1)
        self.head.addLayout(row(self.plans, self.new_button, None))
        self.head.addLayout(row(self.change_button, self.excel_button, None))
        self.parts = QStackedWidget(self)
        whole = QWidget()
        whole.setLayout(self._make_whole())
        self.parts.addWidget(whole)
        self.nothing = StatePanel("coins", self)
        self.nothing.show_words(
            msg("Pay", "No pay plan is written down"),
            msg("Pay", "Write down how you are paid; what it pays stands here, sale by sale."),
        )
        self.nothing.add_button(msg("Pay", "New pay plan…")).clicked.connect(self.new_plan)
        self.parts.addWidget(self.nothing)
        self.content.addWidget(self.parts, 1)

    def _make_whole(self) -> QBoxLayout:
        self.pay = Figure(msg("Pay", "Pay"), self)
        self.counted = Figure(msg("Pay", "Counts"), self)
        self.quota = Figure(msg("Pay", "Quota"), self)
        figures = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        figures.setSpacing(12)
        for one in (self.pay, self.counted, self.quota):
            figures.addWidget(one, 1)
        middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        middle.setSpacing(12)
        middle.addWidget(self._make_chart(), 1)
        self.turning += [figures, middle]
        card, inside = box("card", margins=(16, 12, 16, 12), spacing=6)
        inside.addWidget(label(msg("Pay", "The rule"), "strong"))
        self.rule = label(role="small", wrap=True)
        inside.addWidget(self.rule)
        inside.addStretch(1)
        middle.addWidget(card, 1)
        return column(figures, middle, self._make_lines(), spacing=12)

    def _make_chart(self) -> QWidget:
        card, inside = box("card", margins=(16, 12, 16, 12), spacing=6)
        self._unit = ElidedLabel(px=12, ink="muted")
        self.table_button = icon_button("table", msg("Targets", "Show as a table"))
        self.table_button.setCheckable(True)
        self.table_button.toggled.connect(self.say_anew)
        title = label(msg("Pay", "Pay by tier"), "strong")
        inside.addLayout(row(title, self._unit, None, self.table_button, spacing=8))
        self.chart = ChartView(_CHART, self)
        self.table = FiguresView(self.numbers, self, row=28)
        self.table.setMinimumHeight(_CHART)
        self._views = QStackedWidget(self)
        self._views.setFixedHeight(_CHART)
        self._views.addWidget(self.chart)
        self._views.addWidget(self.table)
        self.summary = label(role="small", wrap=True)
        inside.addWidget(self._views)
        inside.addWidget(self.summary)
        return card

    def _make_lines(self) -> QWidget:
        card, inside = box("card", margins=(1, 10, 1, 4), spacing=8)
        self.lines_title = ElidedLabel(px=14, weight=600)
        self.filter = LineEdit(self)
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(240)
        say(
            self.filter,
            name=msg("Pay", "Filter the lines"),
            placeholder=msg("Pay", "Number or client"),
        )
        self.filter.textChanged.connect(self._show_lines)
        inside.addLayout(row(self.lines_title, None, self.filter, margins=(16, 0, 16, 0)))
        self.view = PlainRows(
            self.model, self, name=msg("Pay", "Lines of the pay"), widths=_WIDTHS, wide=CLIENT,
            given_up=(SHARE, NET, DAY, RATE, TIER), least=120, row=32,
        )  # fmt: skip
        self.view.setMinimumHeight(44 + 4 * 32 + 8)
        self.view.opened.connect(self._open_client)
        inside.addWidget(self.view, 1)
        return card

    # -- asking

    @Slot()
    def load(self) -> None:
        """Fetch the plans, then the pay of the one at hand."""
        self.context.runner.ask(
            pay_plans, key="targets.pay_plans", on_done=self._plans_arrived, on_error=self.failed
        )

    def _plans_arrived(self, plans: list[PayPlanRow]) -> None:
        self.arrived()
        self.plans.show_plans(plans, self._wanted)
        self._wanted = None
        self.parts.setCurrentIndex(0 if plans else 1)
        for one in (self.plans, self.change_button, self.excel_button, self.earlier, self.later):
            one.setVisible(bool(plans))
        if plans:
            self._ask()
        else:
            self.found = None
            self.say_anew()
        self.actions_changed.emit()

    @Slot()
    def _ask(self) -> None:
        plan = self.plan
        if plan is not None:
            self.context.runner.ask(
                pay_of_period,
                plan_id=plan.id,
                as_of=self.as_of,
                key="targets.pay",
                on_done=self._pay_arrived,
                on_error=self.failed,
            )

    def _pay_arrived(self, found: PayOfPeriod) -> None:
        self.found = found
        self.say_anew()

    # -- showing

    @property
    def sub_title(self) -> str:
        """The period that is paid."""
        if self.found is None:
            return tr("Pay", "Pay")
        return tr("Pay", "Pay · {period}", period=period_text(self.found.period))

    def speak(self) -> None:
        """Show the pay that is held."""
        super().speak()
        found, currency = self.found, self.profile.currency()
        if found is None:
            return
        from acctdesk.charts.pay_tiers import scale, summary, table

        pay = found.pay
        self.pay.show_figure(
            formats.money(None if pay is None else pay.pay_minor, currency),
            tr("Pay", "up to {day}", day=formats.date(min(found.as_of, found.period.end))),
        )
        self.counted.show_figure(
            formats.money(None if pay is None else pay.counted_minor, currency, cents=False),
            tr("Pay", "{share} of the quota", share=formats.percent(pay.attainment, 1))
            if pay is not None
            else "",
        )
        self.quota.show_figure(
            formats.money(found.quota_minor, currency, cents=False),
            tr("Pay", "of the plan")
            if found.plan.quota_minor is not None
            else tr("Pay", "the book’s target by month"),
        )
        said = summary(found, currency=currency)
        self.summary.setText(str(said))
        self.rule.setText("\n".join(str(one) for one in rule_words(found.plan, currency)))
        self._unit.setText(str(scale(found).label(currency)))
        self.numbers.set_table(table(found))
        self._views.setCurrentIndex(1 if self.table_button.isChecked() else 0)
        self.chart.show_chart(PayPicture(found), name=msg("Pay", "Pay by tier"), description=said)
        self.excel_button.setEnabled(pay is not None)
        self._show_lines()

    @Slot()
    def _show_lines(self) -> None:
        if self.found is None:
            return
        lines = shown_lines(self.found, self.filter.text())
        self.model.method = self.found.plan.method
        self.model.set_rows(lines)
        self.lines_title.setText(
            ntr(
                "Pay",
                "{n} line, {amount} of pay",
                "{n} lines, {amount} of pay",
                len(lines),
                amount=formats.money(
                    sum(one.line.pay_minor for one in lines), self.profile.currency()
                ),
            )
        )
        self.view.choose(0)

    def print_document(self) -> QTextDocument | None:
        """Return the rule and every line."""
        if self.found is None or self.found.pay is None:
            return None
        columns = range(self.model.columnCount())
        heads = "".join(f"<th>{html.escape(self.model.heading(one))}</th>" for one in columns)
        lines = "".join(
            "<tr>"
            + "".join(f"<td>{html.escape(self.model.words(one, at))}</td>" for at in columns)
            + "</tr>"
            for one in self.model.rows
        )
        rule = "".join(f"<p>{html.escape(one)}</p>" for one in self.rule.text().splitlines())
        return text_document(
            f"<h2>{html.escape(self.found.plan.name)} · {html.escape(self.sub_title)}</h2>"
            f"<p>{html.escape(self.summary.text())}</p>{rule}"
            f'<table width="100%" cellpadding="3"><thead><tr>{heads}</tr></thead>{lines}</table>'
        )

    # -- hands

    @Slot()
    def new_plan(self) -> None:
        """Open the form for a new plan."""
        self._open_form(None)

    @Slot()
    def change_plan(self) -> None:
        """Open the form for the plan at hand."""
        if self.plan is not None:
            self._open_form(self.plan)

    def _open_form(self, plan: PayPlanRow | None) -> None:
        from acctdesk.ui.dialogs.pay_plan_form import PayPlanForm

        form = PayPlanForm(self.context, self.window(), plan=plan)
        form.stored.connect(self._stored)
        form.trash_wanted.connect(self._trash)
        form.open()

    @Slot(object)
    def _stored(self, plan_id: int | None) -> None:
        """Show a new plan: now, or when the list that has it arrives."""
        place = self.plans.findData(plan_id)
        if plan_id is not None and place < 0:
            self._wanted = plan_id
        elif plan_id is not None:
            self.plans.setCurrentIndex(place)
            self._ask()

    @Slot(object)
    def _trash(self, plan_id: int) -> None:
        self.context.runner.submit(
            msg("Step", "Pay plan removed"),
            trash_pay_plan,
            plan_id=plan_id,
            on_error=self.context.messages.fail,
        )

    @Slot()
    def _open_client(self) -> None:
        shown = self.model.row(self.view.place)
        if shown is not None and shown.sale is not None:
            client_id = shown.sale.client_id
            self.context.navigator.show_client(client_id)

    @Slot()
    def ask_where(self) -> None:
        """Ask where the workbook is to be written."""
        if self.found is None:
            return
        name = f"{self.found.plan.name} {period_text(self.found.period)}"
        place = self.context.settings.folder() / f"{file_stem(name)}.xlsx"
        title = msg("Pay", "Export to Excel…")
        choose_place(self.window(), title, place, ["Excel (*.xlsx)"], self.write_workbook)

    @Slot(str)
    def write_workbook(self, file: str) -> None:
        """Write the pay as a workbook with the plan in formulas."""
        if self.found is None:
            return
        self.context.runner.long(
            msg("Pay", "Writing the workbook"),
            partial(
                _write, self.found, Path(file), self.profile.currency(),
                self.profile.fiscal_start(), str(i18n.language()),
            ),
            on_done=self._written,
            on_error=self.context.messages.fail,
        )  # fmt: skip

    def _written(self, path: Path) -> None:
        self.context.settings.set(remembered.LAST_FOLDER, str(path.parent))
        said: Message = msg("Window", "Saved: {name}", name=path.name)
        self.context.messages.say(said)


def _write(
    found: PayOfPeriod,
    out: Path,
    currency: str,
    fiscal_start: int,
    language: str,
    _progress: object,
    _cancelled: object,
) -> Path:
    from acctdesk.reports.pay_book import write_pay

    return write_pay(
        found, out=out, currency=currency, fiscal_start=fiscal_start, language=language
    )
