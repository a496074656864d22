"""The doors of the calendar, days off and action plans; ``doors`` holds them with the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.i18n import msg
from acctdesk.services.plans import running_plans
from acctdesk.services.series import Scope
from acctdesk.ui.dialogs.checklists import ChecklistDialog
from acctdesk.ui.dialogs.day_off_form import DayOffForm
from acctdesk.ui.dialogs.plans import PlanDialog, PlansDialog
from acctdesk.ui.dialogs.scope import ScopeDialog
from acctdesk.ui.dialogs.task_form import TaskForm
from acctdesk.ui.pages.calendar import CalendarPage
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.pages.settings import SettingsPage
from acctdesk.ui.pages.settings.days_off import DaysOffControl

if TYPE_CHECKING:
    from acctdesk.ui.doors import Tour


def _calendar(view: str, tour: Tour) -> Iterator[QWidget]:
    page = tour.page(CalendarPage)
    page.choice.choose(view)
    yield tour.window
    page.choice.choose("week")


def _days_off(tour: Tour) -> Iterator[QWidget]:
    control = tour.page(SettingsPage).control(DaysOffControl)
    dialog = tour.shown(DayOffForm, control.new)
    yield dialog
    dialog.close()


def _plans(tour: Tour) -> PlansDialog:
    tour.page(ClientsPage)
    return tour.shown(PlansDialog, tour.session.context.actions["record.plan"].trigger)


def _new_plan(tour: Tour) -> Iterator[QWidget]:
    dialog = _plans(tour)
    yield dialog
    dialog.close()


def _checklist(tour: Tour) -> Iterator[QWidget]:
    plans = _plans(tour)
    dialog = ChecklistDialog(tour.session.context, plans, chosen=plans.chosen)
    dialog.open()
    yield dialog
    dialog.close()
    plans.close()


def _plan(tour: Tour) -> Iterator[QWidget]:
    """Show what another anchor date would do to the plan of the demo."""
    tour.page(ClientsPage)
    context = tour.session.context
    plan = context.desk.query(running_plans)[0]
    dialog = PlanDialog(context, tour.window, plan)
    dialog.anchor.field.setText(formats.date(plan.anchor_on + dt.timedelta(days=14)))
    dialog.open()
    yield dialog
    dialog.close()


def _series(tour: Tour) -> Iterator[QWidget]:
    """Show the form of a task that comes again."""
    page = tour.page(CalendarPage)
    page.turn(1)
    tour.settle()
    task = next(one for one in page.model.tasks if one.series_id is not None)
    form = tour.shown(TaskForm, partial(page.open_form, task))
    yield form
    form.close()
    page.turn(0)


def _scope(tour: Tour) -> Iterator[QWidget]:
    tour.page(CalendarPage)
    dialog = ScopeDialog(tour.window, msg("Series", "What is meant?"), list(Scope))
    dialog.open()
    yield dialog
    dialog.close()


CALENDAR_DOORS: Mapping[str, Callable[[Tour], Iterator[QWidget]]] = {
    "calendar": partial(_calendar, "week"),
    "calendar-day": partial(_calendar, "day"),
    "calendar-month": partial(_calendar, "month"),
    "calendar-deadlines": partial(_calendar, "deadlines"),
    "series": _series,
    "series-scope": _scope,
    "days-off": _days_off,
    "plans": _new_plan,
    "plan": _plan,
    "checklist": _checklist,
}
