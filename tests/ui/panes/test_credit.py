"""Credit in the window: may I take this order, the credit file, the tabs, the record's head."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from acctdesk import formats
from acctdesk.kinds import DisputeType, KeyDateKind, Reliability
from acctdesk.services.cash import cash_check, cash_forecast
from acctdesk.services.clients import update_client
from acctdesk.services.credit import client_credit, credit_lines, order_trial
from acctdesk.services.credit_file import credit_file
from acctdesk.services.credit_rules import get_rules
from acctdesk.services.desk import Desk
from acctdesk.services.disputes import open_dispute
from acctdesk.services.key_dates import add_key_date
from acctdesk.services.reviews import reviews
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.credit_file import CreditFileDialog
from acctdesk.ui.dialogs.order_trial import OrderTrialDialog
from acctdesk.ui.dialogs.record_form import RecordForm
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.pages.receivables import ReceivablesPage
from acctdesk.ui.pages.receivables.cash_pane import CashPane
from acctdesk.ui.pages.receivables.credit_pane import AHEAD, CreditPane
from acctdesk.ui.pages.settings import SettingsPage
from acctdesk.ui.pages.settings.credit import CreditRulesControl, OrdersControl
from tests.ui.accessibility import assert_accessible
from tests.ui.world import STEP, TODAY, press, type_text


@pytest.fixture
def window(open_window: Callable[..., MainWindow]) -> MainWindow:
    """Give the window with the pages that know of credit."""
    return open_window(ReceivablesPage, ClientsPage, SettingsPage)


def shown(window: QWidget, kind: type[Any]) -> Any:
    return next(one for one in window.findChildren(kind) if one.isVisible())


def credit(window: MainWindow) -> CreditPane:
    page = window.page
    assert isinstance(page, ReceivablesPage)
    pane = page.show_tab("credit")
    assert isinstance(pane, CreditPane)
    return pane


def test_an_order_is_tried_for_the_client_at_hand_and_recorded_in_one_step(
    window: MainWindow, context: Context, desk: Desk
) -> None:
    pane = credit(window)
    line = pane.view.record
    context.actions["record.order"].trigger()
    dialog = shown(window, OrderTrialDialog)
    assert (dialog.client.client_id, dialog.client.client_name) == (line.client_id, line.name)
    assert not dialog.take.isEnabled()
    assert dialog.cells[3][0].text() == formats.amount(
        line.standing.exposure.exposure_minor, cents=False
    )
    type_text(dialog.amount, "1.234.567")
    trial = desk.query(
        order_trial, client_id=line.client_id, amount_minor=1_234_567_00, as_of=TODAY
    )
    assert dialog.answer.text() == "No"
    assert dialog.reasons.count() == len(trial.after.rules)
    headroom = trial.after.standing.exposure.headroom_minor
    assert dialog.cells[5][1].text() == formats.amount(headroom, cents=False)
    assert_accessible(dialog)
    dialog.take.click()
    (order,) = (
        one
        for one in desk.query(credit_file, client_id=line.client_id, as_of=TODAY).orders
        if one.amount_minor == 1_234_567_00
    )
    assert order.ordered_on == TODAY
    after = desk.query(client_credit, client_id=line.client_id, as_of=TODAY).exposure
    assert after.exposure_minor == trial.after.standing.exposure.exposure_minor
    desk.undo()
    assert desk.query(client_credit, client_id=line.client_id, as_of=TODAY).exposure == (
        trial.before.standing.exposure
    )


def test_what_is_no_amount_is_said_and_nothing_is_answered(
    window: MainWindow, context: Context
) -> None:
    credit(window)
    context.actions["record.order"].trigger()
    dialog = shown(window, OrderTrialDialog)
    type_text(dialog.amount, "πολλά")
    assert "Write an amount" in dialog.trouble.text()
    assert not dialog.take.isEnabled()
    assert not dialog.answer.isVisible()


def test_the_list_is_that_of_the_service_and_its_chips_part_it(
    window: MainWindow, desk: Desk
) -> None:
    pane = credit(window)
    lines = desk.query(credit_lines, as_of=TODAY)
    assert list(pane.model.rows) == lines
    over = [one for one in lines if one.standing.exposure.is_over]
    pane.chips.choose("over")
    assert list(pane.model.rows) == over
    assert over
    pane.chips.choose("no_limit")
    assert {pane.model.words(one, 1) for one in pane.model.rows} == {"no limit recorded"}
    assert {pane.model.words(one, 3) for one in pane.model.rows} == {formats.UNKNOWN}
    assert_accessible(pane)


def test_a_review_is_done_by_space_and_the_next_one_is_made(window: MainWindow, desk: Desk) -> None:
    pane = credit(window)
    client = pane.view.record.client_id
    desk.perform(STEP, add_key_date, client_id=client, kind=KeyDateKind.LIMIT, on_date=TODAY)
    pane.load()
    pane.chips.choose("reviews")
    assert pane.dates.rowCount() == len(desk.query(reviews, today=TODAY, until=TODAY + AHEAD))
    place = next(
        n
        for n, one in enumerate(pane.dates.rows)
        if one.client_id == client and one.on_date == TODAY and one.kind is KeyDateKind.LIMIT
    )
    done = pane.dates.rows[place].id
    pane.review_view.setCurrentIndex(pane.dates.index(place, 0))
    press(pane.review_view, Qt.Key.Key_Space)
    coming = desk.query(reviews, today=TODAY, until=TODAY.replace(year=TODAY.year + 1))
    assert done not in {one.id for one in coming}
    assert any(one.client_id == client and one.days_left == 365 for one in coming)


def test_the_credit_file_takes_a_note_and_shows_it_at_once(
    window: MainWindow, context: Context, desk: Desk
) -> None:
    pane = credit(window)
    press(pane.view, Qt.Key.Key_Return)
    dialog = shown(window, CreditFileDialog)
    before = len(dialog.file.notes)
    dialog.add_entry()
    form = shown(dialog, RecordForm)
    form.save()
    assert "Say where this comes from" in form.trouble.text()
    type_text(form.body, "Άλλαξαν τράπεζα")
    type_text(form.source, "Λογιστής")
    form.save()
    assert len(dialog.file.notes) == before + 1
    entry = dialog.list.entries.entries()[0]
    assert (entry.title, entry.record.reliability) == ("Άλλαξαν τράπεζα", Reliability.MEDIUM)
    assert_accessible(dialog)


def test_accounts_show_their_scores_and_say_when_models_disagree(
    window: MainWindow, context: Context
) -> None:
    client = credit(window).view.record.client_id
    dialog = CreditFileDialog(context, window, client_id=client, part="statement")
    dialog.open()
    dialog.add_entry()
    form = shown(dialog, RecordForm)
    for name, value in {
        "current_assets": "50", "current_liabilities": "30", "total_assets": "100",
        "total_liabilities": "50", "equity": "40", "retained_earnings": "15", "ebit": "10",
        "sales": "150",
    }.items():  # fmt: skip
        type_text(form.amounts[name], value)
    form.end.field.selectAll()
    type_text(form.end.field, "31/12/2020")
    form.save()
    place = next(
        n for n, one in enumerate(dialog.list.entries.entries()) if one.record.year_end.year == 2020
    )
    dialog.list.setCurrentIndex(dialog.list.entries.index(place, 0))
    said = dialog.detail.text()
    assert "Z′: 2.414 · grey" in said
    assert "Z″: 3.313 · safe" in said
    assert "The models disagree (Z′: grey, Z″: safe)." in said
    assert "distress below 1.10 (Altman, firms that do not manufacture)" in said


def test_the_weeks_and_the_last_month_are_those_of_the_services(
    window: MainWindow, desk: Desk
) -> None:
    page = window.page
    assert isinstance(page, ReceivablesPage)
    pane = page.show_tab("cash")
    assert isinstance(pane, CashPane)
    forecast = desk.query(cash_forecast, as_of=TODAY)
    assert list(pane.model.rows) == list(forecast.items)
    assert pane.quarter.value == formats.money(forecast.expected_minor, "EUR", cents=False)
    assert pane.numbers.rowCount() == 13
    pane.chips.choose("past")
    assert {one.day for one in pane.model.rows} <= {None}
    pane.chips.choose("check")
    check = desk.query(cash_check, as_of=TODAY)
    assert list(pane.clients.rows) == list(check.clients)
    assert "October 2026" in pane.told.text()
    assert "the book as known now" in pane.told.text()
    assert_accessible(pane)


def test_the_record_says_that_nothing_new_is_to_be_offered_and_why(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    client = credit(window).view.record.client_id
    window.show_page("clients")
    page = window.page
    assert isinstance(page, ClientsPage)
    page.list.show_client(client)
    header = page.record.header
    qtbot.waitUntil(lambda: page.record.card is not None)
    desk.perform(STEP, update_client, client_id=client, credit_limit_minor=1)
    desk.perform(
        STEP, open_dispute, client_id=client, today=TODAY, type=DisputeType.PRICE, title="Τιμή"
    )
    card, known = page.record.card, desk.query(client_credit, client_id=client, as_of=TODAY)
    assert card is not None
    page.record.header.show_credit(known, "EUR")
    page.record.header.show_card(card)  # whichever of the two arrives first
    assert header.hold.isVisible()
    page.record.reload()
    assert header.hold.isVisible()
    assert "dispute" in header.hold.toolTip()
    assert header.state.text() == "Over the credit limit"
    exposure = desk.query(client_credit, client_id=client, as_of=TODAY).exposure
    assert exposure.used is not None
    assert exposure.used > Decimal(1)
    assert formats.amount(exposure.exposure_minor, cents=False) in (
        page.record.rail.key_facts.exposure.toolTip()
        or page.record.rail.key_facts.exposure.accessibleName()
    )


def test_the_thresholds_are_set_on_the_settings_page(window: MainWindow, desk: Desk) -> None:
    window.show_page("settings")
    page = window.page
    assert isinstance(page, SettingsPage)
    control = page.control(CreditRulesControl)
    assert control.fields["oldest_days"].text() == "60"
    for name, typed in (("oldest_days", "45"), ("overdue_minor", "2.500")):
        control.fields[name].selectAll()
        type_text(control.fields[name], typed)
        control.fields[name].editingFinished.emit()
    page.control(OrdersControl).box.click()
    rules = desk.query(get_rules)
    assert (rules.limits.oldest_days, rules.limits.overdue_minor) == (45, 2_500_00)
    assert not rules.count_orders
