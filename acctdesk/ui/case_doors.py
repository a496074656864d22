"""The doors of what is dismissed and of cases; ``doors`` holds them with all the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from acctdesk.ui.dialogs.dismissed import DismissedDialog
from acctdesk.ui.dialogs.record_form import RecordForm
from acctdesk.ui.pages.cases import CasesPage
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.pages.today import TodayPage
from acctdesk.ui.pages.today.reason_popup import ReasonPopup

if TYPE_CHECKING:
    from acctdesk.ui.doors import Tour


def _reason(tour: Tour) -> ReasonPopup:
    tour.page(TodayPage).dismiss()
    return next(one for one in tour.window.findChildren(ReasonPopup) if one.isVisible())


def _dismiss(tour: Tour) -> Iterator[QWidget]:
    popup = _reason(tour)
    yield tour.window
    popup.close()


def _dismissed(tour: Tour) -> Iterator[QWidget]:
    _reason(tour).buttons[1].click()
    tour.settle()
    show = tour.session.context.actions["view.dismissed"].trigger
    dialog = tour.shown(DismissedDialog, show)
    yield dialog
    dialog.close()
    tour.session.context.runner.undo()


def _cases(chip: str, tour: Tour) -> Iterator[QWidget]:
    page = tour.page(CasesPage)
    page.chips.choose(chip)
    yield tour.window
    page.chips.choose("dispute")


def _form(chip: str, deed: str, tour: Tour) -> Iterator[QWidget]:
    """Open the form of a new case, or the one that a deed of the first case opens."""
    page = tour.page(CasesPage)
    page.chips.choose(chip)
    tour.settle()
    show = partial(page.do, deed) if deed else page.new_case
    dialog = tour.shown(RecordForm, show)
    yield dialog
    dialog.close()
    page.chips.choose("dispute")


def _of_client(action: str, tour: Tour) -> Iterator[QWidget]:
    tour.page(ClientsPage)
    dialog = tour.shown(RecordForm, tour.session.context.actions[action].trigger)
    yield dialog
    dialog.close()


CASE_DOORS: Mapping[str, Callable[[Tour], Iterator[QWidget]]] = {
    "today-dismiss": _dismiss,
    "today-dismissed": _dismissed,
    "cases": partial(_cases, "dispute"),
    "cases-disruptions": partial(_cases, "disruption"),
    "cases-requests": partial(_cases, "request"),
    "cases-closed": partial(_cases, "closed"),
    "dispute": partial(_form, "dispute", "edit"),
    "dispute-new": partial(_form, "dispute", ""),
    "dispute-told": partial(_form, "dispute", "tell"),
    "dispute-close": partial(_form, "dispute", "close"),
    "disruption": partial(_form, "disruption", "edit"),
    "disruption-over": partial(_form, "disruption", "close"),
    "request": partial(_form, "request", "edit"),
    "request-new": partial(_form, "request", ""),
    "request-answer": partial(_form, "request", "close"),
    "key-date": partial(_of_client, "record.key_date"),
    "shares": partial(_of_client, "record.shares"),
    "department": partial(_form, "request", "department"),
}
