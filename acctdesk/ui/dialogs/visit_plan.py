"""A day of visits in one area: who is due there and why, ticked, timed, planned and printed."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg, nmsg, tr
from acctdesk.services.visit_plan import (
    Area,
    VisitInput,
    VisitPlan,
    areas,
    plan_visits,
    visit_plan,
    visit_times,
)
from acctdesk.text import parse_time
from acctdesk.ui.dialogs.visit_lines import VisitLines
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.own_days import own_days
from acctdesk.ui.page_out import PageOut
from acctdesk.ui.visit_plan_sheet import heading, sheet_document
from acctdesk.ui.widgets.basics import LineEdit, label, labelled
from acctdesk.ui.widgets.combo import Combo
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.when_field import WhenField
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

WIDTH, LIST = 780, 360
MINUTES, BETWEEN, START = 45, 15, "09:30"
_MOST = 600
_PAUSE_MS = 300
_COUNT = re.compile(r"\s*\(\d+\)\s*$")  # how many clients, behind a city of the list


class VisitPlanDialog(CalmDialog):
    """Asks for the day and the area; the list follows what is typed."""

    topic = "visit-plan"

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(parent, msg("Visit plan", "Visit plan"), width=WIDTH)
        self.context = context
        self.plan: VisitPlan | None = None
        today = context.today()
        self.day = WhenField(today, parent=self)
        self.day.field.setText(formats.short_date(own_days().calendar.add(today, 1)))
        self.area = Combo(self)
        self.area.setEditable(True)
        self.area.setInsertPolicy(Combo.InsertPolicy.NoInsert)
        self.area.setMinimumHeight(32)
        self.start = self._number(START)
        self.minutes = self._number(str(MINUTES), most=_MOST)
        self.between = self._number(str(BETWEEN), most=_MOST)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(labelled(msg("Visit plan", "Day"), self.day), 3)
        head.addLayout(labelled(msg("Visit plan", "City or postcode"), self.area), 4)
        head.addLayout(labelled(msg("Visit plan", "From"), self.start))
        head.addLayout(labelled(msg("Visit plan", "A visit, min"), self.minutes))
        head.addLayout(labelled(msg("Visit plan", "Between, min"), self.between))
        say(self.day.field, name=msg("Visit plan", "Day"))
        typed = self.area.lineEdit()
        if typed is not None:
            say(typed, name=msg("Visit plan", "City or postcode"))
        self.content.addLayout(head)
        self.told_count = label("", "caption", wrap=True)
        self.content.addWidget(self.told_count)
        self.lines = VisitLines(self)
        self.lines.setFixedHeight(LIST)
        self.content.addWidget(self.lines)
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.trouble)
        self.told = label("", "caption", wrap=True)
        self.out = PageOut(context, self, self.told)
        self.add_foot(self.told)
        self._foot_layout.setStretch(0, 1)
        self.pdf = self.add_button(msg("Visit plan", "Save as PDF…"), icon="file-download")
        self.print = self.add_button(msg("Visit plan", "Print…"), icon="printer")
        self.save_button = self.add_button(
            msg("Visit plan", "Plan the visits"), look="primary", icon="check", default=True
        )
        self.add_keys("Ctrl", "↵")
        self._connect()
        context.runner.ask(areas, on_done=self._areas_arrived, on_error=self._failed)
        self.area.setFocus()

    def _number(self, text: str, *, most: int | None = None) -> LineEdit:
        field = LineEdit(self)
        field.setText(text)
        field.setFixedWidth(92)
        if most is not None:
            field.setValidator(QIntValidator(0, most, field))
        field.textChanged.connect(self._retime)
        return field

    def _connect(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.load)
        self.day.changed.connect(self._pause.start)
        self.area.editTextChanged.connect(self._typed)
        self.lines.changed.connect(self._retime)
        self.pdf.clicked.connect(self.export)
        self.print.clicked.connect(self.print_sheet)
        self.save_button.clicked.connect(self.save)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        bell().rung.connect(self.load)
        self.context.bus.changed.connect(self._changed)
        self.finished.connect(self._let_go)

    @Slot()
    def _let_go(self) -> None:
        bell().rung.disconnect(self.load)
        self.context.bus.changed.disconnect(self._changed)

    # -- what the book says

    def _areas_arrived(self, found: list[Area]) -> None:
        self.area.blockSignals(True)
        for one in found:
            self.area.addItem(f"{one.city} ({formats.number(one.clients)})", one.city)
        self.area.blockSignals(False)
        self.load()

    def area_typed(self) -> str:
        """Return the city or the beginning of a postcode."""
        return _COUNT.sub("", self.area.currentText()).strip()

    @Slot(str)
    def _typed(self, _text: str) -> None:
        self._pause.start()

    @Slot(object, object)
    def _changed(self, changes: object, initiator: object) -> None:
        self._pause.start()

    @Slot()
    def load(self) -> None:
        """Ask who is due in the area on the day."""
        self._pause.stop()
        when, area = self.day.when(), self.area_typed()
        if when is None or not area:
            self._show(None)
            return
        self.context.runner.ask(
            visit_plan,
            day=when.day,
            area=area,
            today=self.context.today(),
            key="visits.plan",
            on_done=self._show,
            on_error=self._failed,
        )

    def _failed(self, error: Exception) -> None:
        self._show(None)
        self._complain(str(error) if isinstance(error, UserError) else "")

    def _show(self, plan: VisitPlan | None) -> None:
        ticked = {one.line.client_id for one in self.lines.chosen()}
        self.plan = plan
        self.lines.show_plan(plan)
        for button in self.lines.buttons:
            if button.line.client_id in ticked:
                button.setChecked(True)
        self._complain("")
        for one in (self.pdf, self.print):
            one.setEnabled(plan is not None and bool(plan.lines))
        say(self.told_count, text=_count_words(plan))
        self._retime()

    def _complain(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    # -- times

    def _minutes(self, field: LineEdit, otherwise: int) -> int:
        return int(field.text()) if field.text().isdecimal() else otherwise

    @Slot()
    def _retime(self) -> None:
        """Give the ticked visits their times, one after the other."""
        chosen = self.lines.chosen()
        start, minutes = parse_time(self.start.text()), self._minutes(self.minutes, MINUTES)
        times: list[dt.time | None] = [None] * len(chosen)
        if start is not None:
            between = self._minutes(self.between, BETWEEN)
            times = visit_times(start, minutes=[minutes] * len(chosen), between=between)
        given = dict(zip((one.line.client_id for one in chosen), times, strict=True))
        for button in self.lines.buttons:
            if button.line.planned is None:
                button.show_time(given.get(button.line.client_id))
        self.save_button.setEnabled(bool(chosen))
        self._times = given

    # -- what is done with it

    @Slot()
    def save(self) -> None:
        """Put the ticked visits into the day: one step."""
        plan, chosen = self.plan, self.lines.chosen()
        if plan is None or not chosen:
            return
        if parse_time(self.start.text()) is None and self.start.text().strip():
            self._complain(tr("Visit plan", "From when? For example 09:30."))
            self.start.setFocus()
            return
        minutes = self._minutes(self.minutes, MINUTES)
        visits = [
            VisitInput(one.line.client_id, self._times.get(one.line.client_id), minutes)
            for one in chosen
        ]
        self.context.runner.submit(
            msg("Step", "Visits planned"),
            plan_visits,
            day=plan.day,
            title=tr("Visit plan", "Visit"),
            visits=visits,
            initiator=self,
            on_done=self._planned,
            on_error=self._failed_saving,
        )

    def _planned(self, made: list[int]) -> None:
        told = nmsg("Visit plan", "{n} visit was planned.", "{n} visits were planned.", len(made))
        undo = ToastAction(msg("Toast", "Undo"), self.context.runner.undo)
        self.context.messages.say(told, action=undo)
        say(self.told, text=told)
        self.load()

    def _failed_saving(self, error: Exception) -> None:
        self._complain(str(error))

    def _sheet(self) -> bool:
        """Make the sheet of what is ticked or planned, of all where nothing is."""
        plan = self.plan
        if plan is None or not plan.lines:
            return False
        buttons = [one for one in self.lines.buttons if one.isChecked()] or self.lines.buttons
        times = dict(self._times)
        for one in buttons:
            if one.line.planned is not None:
                times[one.line.client_id] = one.line.planned.time
        lines = sorted(
            (one.line for one in buttons),
            key=lambda line: times.get(line.client_id) or dt.time.max,
        )
        name = f"{tr('Visit plan', 'Visit plan')} {plan.area} {plan.day:%Y-%m-%d}"
        self.out.give(sheet_document(plan, lines, times), heading(plan), name=name)
        return True

    @Slot()
    def export(self) -> None:
        """Ask where the PDF of the sheet is to be written."""
        if self._sheet():
            self.out.ask_where()

    @Slot()
    def print_sheet(self) -> None:
        """Print the sheet."""
        if self._sheet():
            self.out.print_page()


def _count_words(plan: VisitPlan | None) -> Message | str:
    if plan is None:
        return ""
    here = sum(not line.near for line in plan.lines)
    if not plan.lines:
        return msg("Visit plan", "Nobody of the {n} clients there is due.", n=plan.clients)
    return nmsg(
        "Visit plan",
        "{n} client there is worth a visit, of {all}; the first to visit first.",
        "{n} clients there are worth a visit, of {all}; the first to visit first.",
        here,
        all=plan.clients,
    )


def open_visit_plan(context: Context, parent: QWidget) -> VisitPlanDialog:
    """Open the dialog over a window."""
    dialog = VisitPlanDialog(context, parent)
    dialog.open()
    return dialog
