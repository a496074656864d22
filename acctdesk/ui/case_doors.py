"""The doors of what is dismissed and of cases; ``doors`` holds them with all the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from acctdesk.ui.dialogs.dismissed import DismissedDialog
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


CASE_DOORS: Mapping[str, Callable[[Tour], Iterator[QWidget]]] = {
    "today-dismiss": _dismiss,
    "today-dismissed": _dismissed,
}
