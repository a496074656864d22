"""Every target that runs: how far it is, where it lands, how sure that is, and what is short."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from acctdesk import formats
from acctdesk.i18n import msg, ntr, tr
from acctdesk.kinds import LandingMethod, PayPeriod
from acctdesk.services.attainment import AimStanding, attainments
from acctdesk.services.target_plans import trash_target_plan
from acctdesk.ui.itemmodels.aims import (
    ABOUT,
    ACTUAL,
    DUE,
    LANDING,
    NAME,
    NEED,
    PERIOD,
    SHARE,
    STATE,
    TARGET,
    AimsModel,
)  # fmt: skip
from acctdesk.ui.itemmodels.figures_table import FiguresTableModel
from acctdesk.ui.itemmodels.targets_text import (
    HOW,
    aim_about,
    aim_name,
    cause_text,
    error_text,
    need_text,
    period_text,
    range_text,
    state,
)
from acctdesk.ui.pages.clients.book_profile import BookProfile
from acctdesk.ui.pages.targets.choices import PeriodChoice, PeriodTab
from acctdesk.ui.printing import text_document
from acctdesk.ui.widgets.basics import Button, box, column, icon_button, label, row
from acctdesk.ui.widgets.chart_view import ChartView
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.figures_view import FiguresView
from acctdesk.ui.widgets.menu import Deed, open_menu
from acctdesk.ui.widgets.plain_rows import PlainRows
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.widgets.states import StatePanel
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.charts.style import ChartTokens
    from acctdesk.ui.context import Context

_CHART = 190
_WIDTHS = {
    ABOUT: 190, PERIOD: 118, TARGET: 104, ACTUAL: 104, DUE: 104, SHARE: 100, LANDING: 104,
    NEED: 104, STATE: 150,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LandingPicture:
    """Makes the chart of a target; equal for an equal one."""

    standing: AimStanding
    method: LandingMethod

    def __hash__(self) -> int:
        return id(self.standing)

    def __call__(self, width: float, height: float, colours: ChartTokens) -> Any:
        """Return the figure."""
        from acctdesk.charts.landing import landing_chart

        return landing_chart(
            self.standing, method=self.method, tokens=colours, width=width, height=height
        )


class LandingTab(PeriodTab):
    """A list of targets over the one at hand."""

    tables = (
        "targets", "target_plans", "documents", "document_lines", "products", "clients",
        "interactions", "satisfactions", "days_off",
    )  # fmt: skip

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(context, profile, parent)
        self._wanted: int | None = None
        self.model = AimsModel(self)
        self.numbers = FiguresTableModel(self)
        self._build()

    @property
    def standing(self) -> AimStanding | None:
        """The target at hand."""
        return self.model.row(max(self.view.place, 0))

    @property
    def method(self) -> LandingMethod:
        """The method of the landing that is shown."""
        return LandingMethod(self.methods.key)

    @property
    def kind(self) -> PayPeriod:
        """The kind of period that is chosen."""
        return self.period.kind

    def choose(self, plan_id: int | None) -> None:
        """Make a target current; None: that of the months of the book."""
        self._wanted = plan_id
        self._restore()

    def first_focus(self) -> None:
        """Begin in the list."""
        self.view.setFocus()

    # -- building

    def _build(self) -> None:
        self.period = PeriodChoice(msg("Landing", "Period of the book"), self)
        self.period.chosen.connect(self.load)
        self.new_button = Button(msg("Landing", "New target…"), icon="plus")
        self.new_button.clicked.connect(self.new_target)
        self.head.addLayout(row(self.sub, self.earlier, self.later), 1)
        self.head.addLayout(row(self.period, self.new_button))
        card, inside = box("card", margins=(1, 4, 1, 4), spacing=0)
        self.view = PlainRows(
            self.model, self, name=msg("Landing", "Targets that run"), widths=_WIDTHS, wide=NAME,
            given_up=(ABOUT, DUE, PERIOD, NEED, TARGET), least=150,
        )  # fmt: skip
        self.view.setMinimumHeight(44 + 3 * 36 + 8)
        self.view.row_chosen.connect(self._row_chosen)
        self.view.opened.connect(self.change_target)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)
        inside.addWidget(self.view)
        self.parts = QStackedWidget(self)
        whole = QWidget()
        inner = column(card, spacing=12)
        inner.addWidget(self._make_detail(), 1)
        whole.setLayout(inner)
        self.parts.addWidget(whole)
        self.nothing = StatePanel("target-arrow", self)
        self.nothing.show_words(
            msg("Landing", "No target runs in this period"),
            msg("Landing", "Set the year’s targets by month, or a target of any other kind."),
        )
        self.nothing.add_button(msg("Landing", "New target…")).clicked.connect(self.new_target)
        self.parts.addWidget(self.nothing)
        self.content.addWidget(self.parts, 1)

    def _make_detail(self) -> QWidget:
        card, inside = box("card", margins=(16, 12, 16, 12), spacing=8)
        self.name = ElidedLabel(px=14, weight=600)
        self.about = ElidedLabel(px=12, ink="muted")
        self.chip = Chip(parent=self)
        self.methods = Segments(
            [
                Choice("seasonal", "calendar", msg("Landing", "Last year")),
                Choice("run_rate", "clock", msg("Landing", "Pace")),
                Choice("linear", "trending-up", msg("Landing", "Line")),
            ],
            msg("Landing", "Method of the landing"),
            parent=self,
        )
        self.methods.chosen.connect(self._show)
        self.table_button = icon_button("table", msg("Targets", "Show as a table"))
        self.table_button.setCheckable(True)
        self.table_button.toggled.connect(self._show)
        self.how_button = icon_button("help", msg("Landing", "How the landing is worked out"))
        self.how_button.setCheckable(True)
        self.how_button.toggled.connect(self._show)
        self.evidence_button = Button(msg("Landing", "Evidence…"), icon="clipboard-text")
        self.change_button = Button(msg("Landing", "Change…"), icon="pencil")
        self.versions_button = Button(msg("Landing", "Versions…"), icon="history")
        self.evidence_button.clicked.connect(self.open_evidence)
        self.change_button.clicked.connect(self.change_target)
        self.versions_button.clicked.connect(self.open_versions)
        hands = (self.evidence_button, self.change_button, self.versions_button)
        upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        upper.setSpacing(8)
        upper.addLayout(row(self.name, self.chip, None, spacing=8), 1)
        upper.addLayout(row(*hands, None, spacing=8))
        self.turning.append(upper)
        inside.addLayout(upper)
        inside.addLayout(
            row(self.about, None, self.methods, self.how_button, self.table_button, spacing=4)
        )
        self.how = label(role="small", wrap=True)
        inside.addWidget(self.how)
        self.chart = ChartView(_CHART, self, grow=True)
        self.table = FiguresView(self.numbers, self, row=28)
        self.table.setMinimumHeight(_CHART)
        self._views = QStackedWidget(self)
        self._views.setMinimumHeight(_CHART)
        self._views.addWidget(self.chart)
        self._views.addWidget(self.table)
        self.summary = label(role="small", wrap=True)
        lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        lower.setSpacing(16)
        self.turning.append(lower)
        left = column(self._views, self.summary, spacing=8)
        left.setStretch(0, 1)
        lower.addLayout(left, 3)
        lower.addWidget(self._make_need(), 1)
        inside.addLayout(lower, 1)
        return card

    def _make_need(self) -> QWidget:
        side = QWidget(self)
        side.setMinimumWidth(270)
        self.need = label(role="kpi")
        say(self.need, name=msg("Landing", "Need per working day"))
        self.days = label(role="caption", wrap=True)
        self.warning = label(role="dangerStrong", wrap=True)
        self.causes = label(role="small", wrap=True)
        side.setLayout(
            column(
                label(msg("Landing", "Need per working day"), "captionStrong"),
                self.need,
                self.days,
                self.warning,
                self.causes,
                None,
                spacing=6,
            )
        )
        return side

    # -- asking

    @Slot()
    def load(self) -> None:
        """Fetch every target anew."""
        self.context.runner.ask(
            attainments,
            as_of=self.as_of,
            kind=self.kind,
            key="targets.landing",
            on_done=self._arrived,
            on_error=self.failed,
        )

    def _arrived(self, found: list[AimStanding]) -> None:
        self.arrived()
        held = self.standing
        if self._wanted is None and held is not None and held.aim.plan is not None:
            self._wanted = held.aim.plan.id
        self.model.currency = self.profile.currency()
        self.model.set_rows(found)
        self.parts.setCurrentIndex(0 if found else 1)
        self._restore()
        self._row_chosen()
        self.say_anew()
        self.actions_changed.emit()

    def _restore(self) -> None:
        places = [
            place
            for place, one in enumerate(self.model.rows)
            if (None if one.aim.plan is None else one.aim.plan.id) == self._wanted
        ]
        self.view.choose(places[0] if places else 0)
        if places:
            self._wanted = None

    # -- showing

    @property
    def sub_title(self) -> str:
        """The day, and the period of the book."""
        return tr(
            "Landing",
            "Targets on {day} · {period}",
            day=formats.date(self.as_of),
            period=period_text(self.period_at(self.as_of)),
        )

    def speak(self) -> None:
        """Show the targets that are held."""
        super().speak()
        self.model.repeat()
        self._show()

    @Slot()
    def _row_chosen(self) -> None:
        standing = self.standing
        if standing is not None:
            self.methods.choose(standing.usual.value)

    @Slot()
    def _show(self) -> None:
        standing, currency = self.standing, self.profile.currency()
        if standing is None:
            return
        from acctdesk.charts.landing import summary, table

        aim, method = standing.aim, self.method
        self.name.setText(aim_name(aim))
        self.about.setText(f"{aim_about(aim)} · {period_text(aim.period)}")
        text, tone = state(standing, method)
        self.chip.set_status(text, tone)
        said = summary(standing, method=method, currency=currency)
        self.how.setText(f"{HOW[method]} {error_text(standing, method, currency)}")
        self.how.setVisible(self.how_button.isChecked() and not aim.is_score)
        self.summary.setText(str(said))
        for one in (self.methods, self.how_button, self.table_button, self._views, self.summary):
            one.setVisible(not aim.is_score)
        self.need.setText(need_text(standing, currency))
        self._say_days(standing)
        missed = standing.missed(method)
        self.warning.setVisible(missed)
        say(
            self.warning,
            text=msg("Landing", "Even the upper end of the landing is under the target."),
        )
        lines = [f"• {cause_text(one, currency)}" for one in standing.causes]
        if missed and lines:
            lines.insert(0, tr("Landing", "The largest causes:"))
        self.causes.setText("\n".join(lines if missed else []))
        self.causes.setVisible(missed and bool(lines))
        for button in (self.change_button, self.versions_button):
            button.setVisible(aim.plan is not None)
        self.numbers.set_table(table(standing, currency=currency))
        self._views.setCurrentIndex(1 if self.table_button.isChecked() else 0)
        self.chart.show_chart(
            LandingPicture(standing, method),
            name=msg("Landing", "The way to the target, and where it lands"),
            description=said,
        )

    def _say_days(self, standing: AimStanding) -> None:
        left = ntr("Landing", "{n} working day left", "{n} working days left", standing.days_left)
        if standing.aim.is_score:
            said = ntr(
                "Landing", "from {n} answer on record", "from {n} answers on record",
                standing.answers,
            )  # fmt: skip
            left = f"{left}, {said}"
        else:
            left = f"{left} · {range_text(standing, self.method, self.profile.currency())}"
        self.days.setText(left)

    def print_document(self) -> QTextDocument | None:
        """Return the list and the target at hand."""
        if not self.model.rows:
            return None
        columns = range(self.model.columnCount())
        heads = "".join(f"<th>{html.escape(self.model.heading(one))}</th>" for one in columns)
        lines = "".join(
            "<tr>"
            + "".join(f"<td>{html.escape(self.model.words(one, at))}</td>" for at in columns)
            + "</tr>"
            for one in self.model.rows
        )
        return text_document(
            f"<h2>{html.escape(self.sub_title)}</h2>"
            f'<table width="100%" cellpadding="3"><thead><tr>{heads}</tr></thead>{lines}</table>'
            f"<h2>{html.escape(self.name.text())}</h2><p>{html.escape(self.summary.text())}</p>"
            f"<p>{html.escape(self.causes.text())}</p>"
        )

    # -- hands

    @Slot()
    def new_target(self) -> None:
        """Open the form for a target of any kind."""
        from acctdesk.ui.dialogs.target_plan_form import TargetPlanForm

        form = TargetPlanForm(self.context, self.window(), self.profile)
        form.stored.connect(self._stored)
        form.open()

    @Slot()
    def change_target(self) -> None:
        """Open the form for the target at hand; those of the months have their own."""
        standing = self.standing
        if standing is None:
            return
        if standing.aim.plan is None:
            self.context.actions["record.target"].trigger()
            return
        from acctdesk.ui.dialogs.target_plan_form import TargetPlanForm

        form = TargetPlanForm(self.context, self.window(), self.profile, plan=standing.aim.plan)
        form.stored.connect(self._stored)
        form.open()

    @Slot(object)
    def _stored(self, plan_id: int) -> None:
        self.choose(plan_id)  # now, or when the list that has it arrives

    @Slot()
    def open_versions(self) -> None:
        """Show what the target was before."""
        from acctdesk.ui.dialogs.target_versions import TargetVersions

        standing = self.standing
        if standing is not None and standing.aim.plan is not None:
            plan = standing.aim.plan
            TargetVersions(
                self.context, self.window(), plan=plan, currency=self.profile.currency()
            ).open()

    @Slot()
    def open_evidence(self) -> None:
        """Show what the records say about the period of the target at hand."""
        from acctdesk.ui.dialogs.evidence import EvidenceDialog

        if self.standing is not None:
            EvidenceDialog(
                self.context, self.window(), self.standing, currency=self.profile.currency()
            ).open()

    @Slot()
    def trash(self) -> None:
        """Move the target at hand to the trash."""
        standing = self.standing
        if standing is not None and standing.aim.plan is not None:
            self.context.runner.submit(
                msg("Step", "Target removed"),
                trash_target_plan,
                plan_id=standing.aim.plan.id,
                on_error=self.context.messages.fail,
            )

    @Slot(QPoint)
    def _open_menu(self, at: QPoint) -> None:
        standing = self.standing
        if standing is None:
            return
        offers: list[Deed | None] = [
            (msg("Landing", "Change…"), self.change_target),
            (msg("Landing", "Evidence…"), self.open_evidence),
        ]
        if standing.aim.plan is not None:
            offers.append((msg("Landing", "Versions…"), self.open_versions))
            offers += [None, (msg("Landing", "Move to the trash"), self.trash)]
        open_menu(self, self.view.viewport().mapToGlobal(at), offers)
