"""The doors of being paid: reminders, promises to pay, interest, statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from acctdesk.ui.dialogs.interest import InterestDialog
from acctdesk.ui.dialogs.ladder_form import LadderForm
from acctdesk.ui.dialogs.payment_promise_form import PaymentPromiseForm
from acctdesk.ui.dialogs.rates_form import RatesForm
from acctdesk.ui.dialogs.reminders import RemindersDialog
from acctdesk.ui.dialogs.statements import StatementsDialog
from acctdesk.ui.pages.receivables import ReceivablesPage
from acctdesk.ui.pages.receivables.reminders_pane import RemindersPane
from acctdesk.ui.pages.settings import SettingsPage
from acctdesk.ui.pages.settings.collecting import LadderControl, RatesControl

if TYPE_CHECKING:
    from acctdesk.ui.doors import Tour


def _pane(tour: Tour, chip: str) -> RemindersPane:
    pane = tour.page(ReceivablesPage).show_tab("reminders")
    tour.settle()
    assert isinstance(pane, RemindersPane)
    pane.chips.choose(chip)
    tour.settle()
    return pane


def _leave(tour: Tour) -> None:
    _pane(tour, "next")
    tour.page(ReceivablesPage).show_tab("ageing")


def _reminders(chip: str, tour: Tour) -> Iterator[QWidget]:
    _pane(tour, chip)
    yield tour.window
    _leave(tour)


def _make(tour: Tour) -> Iterator[QWidget]:
    pane = _pane(tour, "next")
    pane.all.click()
    dialog = tour.shown(RemindersDialog, pane.make_reminders)
    yield dialog
    dialog.close()
    pane.all.click()
    _leave(tour)


def _edit(tour: Tour) -> Iterator[QWidget]:
    pane = _pane(tour, "promises")
    dialog = tour.shown(PaymentPromiseForm, pane.edit_promise)
    yield dialog
    dialog.close()
    _leave(tour)


def _of_late(action: str, kind: type[QDialog], tour: Tour) -> Iterator[QWidget]:
    """Open a dialog for the first client of the ladder: it owes something overdue."""
    _pane(tour, "next")
    dialog = tour.shown(kind, tour.session.context.actions[action].trigger)
    yield dialog
    dialog.close()
    _leave(tour)


def _setting(control: type[LadderControl] | type[RatesControl], tour: Tour) -> Iterator[QWidget]:
    page = tour.page(SettingsPage)
    kind = LadderForm if control is LadderControl else RatesForm
    dialog = tour.shown(kind, page.control(control).open_form)
    yield dialog
    dialog.close()


COLLECTING_DOORS: Mapping[str, Callable[[Tour], Iterator[QWidget]]] = {
    "reminders": partial(_reminders, "next"),
    "reminders-left-out": partial(_reminders, "left_out"),
    "reminders-promises": partial(_reminders, "promises"),
    "reminders-make": _make,
    "payment-promise": _edit,
    "payment-promise-new": partial(_of_late, "record.payment_promise", PaymentPromiseForm),
    "interest": partial(_of_late, "record.interest", InterestDialog),
    "ladder": partial(_setting, LadderControl),
    "rates": partial(_setting, RatesControl),
    "statements": partial(_of_late, "record.statement", StatementsDialog),
}
