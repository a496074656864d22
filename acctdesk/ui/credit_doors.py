"""The doors of credit and expected cash; ``doors`` holds them with all the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from acctdesk.services.credit_file import credit_file
from acctdesk.ui.dialogs.credit_file import CreditFileDialog
from acctdesk.ui.dialogs.order_trial import OrderTrialDialog
from acctdesk.ui.dialogs.record_form import RecordForm
from acctdesk.ui.pages.receivables import ReceivablesPage
from acctdesk.ui.pages.receivables.cash_pane import CashPane
from acctdesk.ui.pages.receivables.credit_pane import CreditPane

if TYPE_CHECKING:
    from acctdesk.ui.doors import Tour


def _cash(chip: str, choice: str, tour: Tour) -> Iterator[QWidget]:
    page = tour.page(ReceivablesPage)
    pane = page.show_tab("cash")
    assert isinstance(pane, CashPane)
    pane.choice.choose(choice)
    pane.chips.choose(chip)
    yield tour.window
    pane.choice.choose("chart")
    pane.chips.choose("all")
    page.show_tab("ageing")


def _credit_pane(chip: str, tour: Tour) -> CreditPane:
    pane = tour.page(ReceivablesPage).show_tab("credit")
    assert isinstance(pane, CreditPane)
    pane.chips.choose(chip)
    tour.settle()
    return pane


def _back(tour: Tour) -> None:
    _credit_pane("all", tour)
    tour.page(ReceivablesPage).show_tab("ageing")


def _credit(chip: str, tour: Tour) -> Iterator[QWidget]:
    _credit_pane(chip, tour)
    yield tour.window
    _back(tour)


def _with_file(tour: Tour) -> CreditPane:
    """Bring the first client to the fore that has accounts, where one has."""
    pane, desk = _credit_pane("all", tour), tour.session.context.desk
    for line in pane.model.rows:
        if desk.query(credit_file, client_id=line.client_id, as_of=line.as_of).statements:
            pane.choose_client(line.client_id)
            break
    return pane


def _file(part: str, tour: Tour) -> Iterator[QWidget]:
    pane = _with_file(tour)
    dialog = tour.shown(CreditFileDialog, partial(pane.open_file, part=part))
    yield dialog
    dialog.close()
    _back(tour)


def _form(part: str, tour: Tour) -> Iterator[QWidget]:
    pane = _credit_pane("all", tour)
    dialog = tour.shown(CreditFileDialog, partial(pane.open_file, part=part))
    form = tour.shown(RecordForm, dialog.add_entry)
    yield form
    form.close()
    dialog.close()
    _back(tour)


def _order(amount: str, tour: Tour) -> Iterator[QWidget]:
    pane = _credit_pane("all", tour)
    show = tour.session.context.actions["record.order"].trigger
    dialog = tour.shown(OrderTrialDialog, show)
    if amount:
        dialog.amount.setText(amount)
        dialog.ask()
    yield dialog
    dialog.close()
    assert pane.isVisible()
    _back(tour)


CREDIT_DOORS: Mapping[str, Callable[[Tour], Iterator[QWidget]]] = {
    "cash": partial(_cash, "all", "chart"),
    "cash-table": partial(_cash, "past", "table"),
    "cash-last-month": partial(_cash, "check", "chart"),
    "credit": partial(_credit, "all"),
    "credit-reviews": partial(_credit, "reviews"),
    "credit-file": partial(_file, "note"),
    "credit-accounts": partial(_file, "statement"),
    "credit-securities": partial(_file, "security"),
    "credit-orders": partial(_file, "order"),
    "credit-risk": partial(_file, "risk"),
    "credit-note": partial(_form, "note"),
    "credit-statement": partial(_form, "statement"),
    "credit-security": partial(_form, "security"),
    "credit-order": partial(_form, "order"),
    "credit-class": partial(_form, "risk"),
    "order-trial": partial(_order, "250000"),
    "order-trial-empty": partial(_order, ""),
}
