"""The tab of reminders: ticking, making, promising, and what stands under the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from acctdesk.exchange.reminders import make_reminders
from acctdesk.kinds import PromiseOutcome
from acctdesk.services.desk import Desk
from acctdesk.services.ladder import Standing, get_ladder, proposals
from acctdesk.services.late_interest import get_rates, get_terms
from acctdesk.services.payment_promises import payment_promises
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.interest import InterestDialog
from acctdesk.ui.dialogs.ladder_form import LadderForm
from acctdesk.ui.dialogs.payment_promise_form import PaymentPromiseForm
from acctdesk.ui.dialogs.rates_form import RatesForm
from acctdesk.ui.dialogs.reminders import RemindersDialog
from acctdesk.ui.dialogs.statements import StatementsDialog
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.receivables import ReceivablesPage
from acctdesk.ui.pages.receivables.reminders_pane import RemindersPane
from tests.ui.accessibility import assert_accessible
from tests.ui.world import TODAY, press

D = TypeVar("D", bound=QDialog)


@pytest.fixture
def pane(open_window: Callable[..., MainWindow], qapp: QApplication, qtbot: QtBot) -> RemindersPane:
    """Give the tab in its window."""
    page = open_window(ReceivablesPage).page
    assert isinstance(page, ReceivablesPage)
    pane = page.show_tab("reminders")
    assert isinstance(pane, RemindersPane)
    qtbot.waitUntil(lambda: pane.model.rowCount() > 0)
    qapp.processEvents()
    return pane


def shown(pane: RemindersPane, kind: type[D]) -> D:
    return next(one for one in pane.window().findChildren(kind) if one.isVisible())


def test_the_chips_show_every_client_where_it_stands(pane: RemindersPane, desk: Desk) -> None:
    everybody = desk.query(proposals, as_of=TODAY)
    assert_accessible(pane.window())
    for standing in Standing:
        pane.chips.choose(standing.value)
        wanted = [one for one in everybody if one.standing is standing]
        assert list(pane.model.rows) == wanted
        assert pane.chips.count(standing.value) == len(wanted)
    partly = next(one for one in everybody if one.left_out)
    pane.choose_client(partly.client_id)
    assert pane.proposal == partly
    words = [one.state for one in pane.invoices.rows]
    assert sum(one.startswith("left out") for one in words) == len(partly.left_out)


def test_ticked_clients_are_reminded_and_wait_afterwards(
    pane: RemindersPane, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    assert not pane.make.isEnabled()
    pane.view.setFocus()
    press(pane.view, Qt.Key.Key_Space)
    press(pane.view, Qt.Key.Key_Down)
    press(pane.view, Qt.Key.Key_Space)
    ids = {one.client_id for one in pane.model.rows[:2]}
    assert pane.model.ticked == ids
    pane.make.click()
    dialog = shown(pane, RemindersDialog)
    qtbot.waitUntil(dialog.make.isEnabled)
    assert dialog.which.count() == 2
    assert pane.model.rows[0].invoices[0].number in dialog.text.toPlainText()
    dialog.carry_out = make_reminders
    folder = tmp_path / "letters"
    folder.mkdir()
    dialog.write_into(str(folder))
    after = {one.client_id: one for one in desk.query(proposals, as_of=TODAY)}
    assert all(after[one].last_on == TODAY for one in ids)
    assert pane.model.ticked <= {one.client_id for one in pane.model.rows}


def test_a_promise_is_written_down_and_parks_the_client(
    pane: RemindersPane, desk: Desk, qtbot: QtBot
) -> None:
    client = pane.client
    assert client is not None
    pane.promise_button.click()
    form = shown(pane, PaymentPromiseForm)
    qtbot.waitUntil(lambda: len(form.invoices.lines) > 0)
    form.save()
    assert not form.trouble.isHidden()  # the day is missing
    form.due.field.setText("+3d")
    form.save()
    made = [
        one
        for one in desk.query(payment_promises, as_of=TODAY, client_id=client[0])
        if one.outcome is PromiseOutcome.OPEN and one.given_on == TODAY
    ]
    assert [one.due_on for one in made] == [TODAY + dt.timedelta(days=3)]
    (now,) = desk.query(proposals, as_of=TODAY, client_ids=[client[0]])
    assert now.standing is Standing.LEFT_OUT


def test_a_running_promise_is_withdrawn_and_taken_back_by_undo(
    pane: RemindersPane, desk: Desk
) -> None:
    pane.chips.choose("promises")
    place = next(n for n, one in enumerate(pane.promises.rows) if one.is_running)
    pane.promise_view.setCurrentIndex(pane.promises.index(place, 0))
    before = list(pane.promises.rows)
    pane.withdraw()
    assert len(pane.promises.rows) == len(before) - 1
    desk.undo()
    again = desk.query(payment_promises, as_of=TODAY)
    assert [one.id for one in again] == [one.id for one in before]


def test_interest_is_shown_as_a_calculation_and_follows_the_day(
    pane: RemindersPane, context: Context, qtbot: QtBot
) -> None:
    context.actions["record.interest"].trigger()
    dialog = shown(pane, InterestDialog)
    qtbot.waitUntil(dialog.print.isEnabled)
    assert dialog.warning.text() == "Calculation, not legal advice"
    assert dialog._claims is not None
    first = sum(one.claim.interest_minor or 0 for one in dialog._claims)
    dialog.until.field.setText("31/12/2027")
    dialog.load()
    assert sum(one.claim.interest_minor or 0 for one in dialog._claims) > first
    dialog.close()


def test_statements_of_all_go_into_a_folder_as_both_kinds(
    pane: RemindersPane, context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    context.actions["record.statement"].trigger()
    dialog = shown(pane, StatementsDialog)
    dialog.who.choose("all")
    qtbot.waitUntil(dialog.make.isEnabled)
    count = len(dialog._ids)
    folder = tmp_path / "statements"
    folder.mkdir()
    dialog.write_into(str(folder))
    qtbot.waitUntil(lambda: not context.runner.busy)
    assert count > 1
    for ending in (".xlsx", ".pdf"):
        files = list(folder.glob(f"*{ending}"))
        assert len(files) == count
        assert all(file.stat().st_size > 1000 for file in files)


def test_the_ladder_and_the_rates_are_changed_in_their_forms(
    pane: RemindersPane, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    ladder = LadderForm(context, pane.window())
    ladder.open()
    qtbot.waitUntil(lambda: ladder.lines[0].days.text() == "5")
    ladder.lines[0].days.setText("7")
    ladder.lines[3].days.clear()
    ladder.save()
    assert [one.days for one in desk.query(get_ladder)] == [7, 15, 30]
    rates = RatesForm(context, pane.window())
    rates.open()
    qtbot.waitUntil(lambda: rates.margin.text() != "")
    rates.margin.setText("8.5")
    rates.lines[1].checked.setChecked(True)
    rates.save()
    assert str(desk.query(get_terms).margin) == "8.5"
    assert [one.since for one in desk.query(get_rates) if one.checked] == [rates.lines[1].since]
