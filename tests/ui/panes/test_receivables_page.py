"""The Receivables page: any day, three views of the months, four lists, and the way to a client."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acctdesk import formats
from acctdesk.i18n import msg
from acctdesk.kinds import AgeBucket
from acctdesk.services.ageing import AgeingBy, ageing_rows
from acctdesk.services.clients import update_client
from acctdesk.services.desk import Desk
from acctdesk.services.habits import late_payers
from acctdesk.services.receivables import receivables
from acctdesk.ui.context import Context, Target
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.receivables import ReceivablesPage, pane
from acctdesk.ui.pages.receivables.ageing_pane import AgeingPane
from acctdesk.ui.pages.receivables.pane import Pane
from acctdesk.ui.pages.tabs import TabSpec
from acctdesk.ui.privacy import privacy
from acctdesk.ui.widgets.following_area import FollowingArea
from tests.ui.accessibility import assert_accessible
from tests.ui.world import STEP, TODAY, press, type_text

LAST_YEAR = dt.date(2025, 12, 31)


@pytest.fixture
def page(
    open_window: Callable[..., MainWindow], qapp: QApplication, qtbot: QtBot
) -> ReceivablesPage:
    """Give the page in its window."""
    page = open_window(ReceivablesPage).page
    assert isinstance(page, ReceivablesPage)
    ageing = page.tab
    assert isinstance(ageing, AgeingPane)
    qtbot.waitUntil(lambda: ageing.model.rowCount() > 0)
    qapp.processEvents()
    return page


@pytest.fixture
def ageing(page: ReceivablesPage) -> AgeingPane:
    """Give its tab by age."""
    pane = page.tab
    assert isinstance(pane, AgeingPane)
    return pane


def money(minor: int) -> str:
    return formats.money(minor, "EUR", cents=False)


def test_the_tiles_and_the_list_are_those_of_the_services(ageing: AgeingPane, desk: Desk) -> None:
    now = desk.query(receivables, as_of=TODAY)
    assert ageing.tiles.open.value == money(now.open_minor)
    for age, tile in ageing.tiles.ages.items():
        assert tile.value == money(now.ageing[age])
    assert ageing.tiles.unapplied.value == money(-now.unapplied_minor)
    assert list(ageing.model.rows) == desk.query(late_payers, as_of=TODAY)
    assert_accessible(ageing.window())


def test_a_day_typed_shows_everything_as_of_it(
    page: ReceivablesPage, ageing: AgeingPane, desk: Desk
) -> None:
    type_text(page.day.field, "31/12/2025")
    press(page.day.field, Qt.Key.Key_Return)
    assert page.tab.as_of == LAST_YEAR
    then = desk.query(receivables, as_of=LAST_YEAR)
    assert ageing.tiles.open.value == money(then.open_minor)
    assert ageing.tiles.ages[AgeBucket.NOT_DUE].value == money(then.ageing[AgeBucket.NOT_DUE])
    assert list(ageing.model.rows) == desk.query(late_payers, as_of=LAST_YEAR)
    assert ageing.months.numbers.rows[-1][0] == "31/12/2025"
    page.day.field.clear()
    press(page.day.field, Qt.Key.Key_Return)
    assert page.tab.as_of == TODAY


def test_the_chips_leave_the_slow_and_those_without_a_step(ageing: AgeingPane) -> None:
    everybody = list(ageing.model.rows)
    ageing.chips.choose("slower")
    assert list(ageing.model.rows) == [one for one in everybody if one.is_slower]
    ageing.chips.choose("no_step")
    assert all(ageing.model.words(one, 5) == "none is set" for one in ageing.model.rows)
    ageing.chips.choose("all")
    assert list(ageing.model.rows) == everybody


@pytest.mark.parametrize("by", AgeingBy)
def test_the_lines_by_age_end_in_their_sum(ageing: AgeingPane, desk: Desk, by: AgeingBy) -> None:
    ageing.list_choice.choose(by.value)
    rows = desk.query(ageing_rows, as_of=TODAY, by=by)
    assert list(ageing.ages.rows[:-1]) == rows
    last = ageing.ages.rowCount() - 1
    said = [str(ageing.ages.index(last, column).data()) for column in range(8)]
    now = desk.query(receivables, as_of=TODAY)
    wanted = [now.ageing[age] for age in AgeBucket]
    assert said == [
        "Total",
        *(formats.amount(one, cents=False) for one in wanted),
        formats.amount(-now.unapplied_minor, cents=False),
        formats.amount(now.balance_minor, cents=False),
    ]


def test_enter_opens_the_client(ageing: AgeingPane, context: Context) -> None:
    wanted: list[Target] = []
    context.navigator.requested.connect(wanted.append)
    ageing.view.setFocus()
    press(ageing.view, Qt.Key.Key_Down)
    payer = ageing.model.rows[1]
    assert ageing.view.client_id == payer.client_id
    press(ageing.view, Qt.Key.Key_Return)
    assert (wanted[-1].page, wanted[-1].client_id) == ("clients", payer.client_id)


def test_in_private_no_amount_and_no_name_is_shown(ageing: AgeingPane) -> None:
    payer = ageing.model.rows[0]
    privacy().set_on(True)
    try:
        assert payer.name not in ageing.model.words(payer, 0)
        assert not any(sign.isdigit() for sign in ageing.tiles.open.value)
    finally:
        privacy().set_on(False)


def test_it_is_printed_with_its_months_and_its_list(
    page: ReceivablesPage, ageing: AgeingPane
) -> None:
    document = page.print_document()
    assert document is not None
    text = document.toPlainText()
    assert ageing.model.rows[0].name in text
    assert ageing.months.numbers.rows[0][0] in text


class OtherPane(Pane):
    """A tab that counts how often it was asked."""

    tables = ("receipts",)
    dated = False
    asked = 0

    def load(self) -> None:
        self.asked += 1


def test_a_tab_is_asked_when_it_is_shown_and_kept_for_the_next_time(
    page: ReceivablesPage, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = TabSpec("other", "flag", msg("Page", "Promises"), "receivables.pane:OtherPane")
    monkeypatch.setattr(pane, "OtherPane", OtherPane, raising=False)
    monkeypatch.setattr(ReceivablesPage, "parts", (*ReceivablesPage.parts[:1], more))
    window = page.window()
    page = ReceivablesPage(context, window)
    page.activated()
    page.show()
    assert page.tabs.isVisibleTo(page)
    assert page.day.isVisibleTo(page)
    page.tabs.buttons[0].setFocus()
    press(page.tabs.buttons[0], Qt.Key.Key_Right)
    other = page.tab
    assert isinstance(other, OtherPane)
    assert other.asked == 1
    assert not page.day.isVisibleTo(page)
    page.show_tab("ageing")
    page.on_changed(context.desk.everything(), None)
    assert other.asked == 1  # behind: not yet
    page.show_tab("other")
    assert other.asked == 2
    again = ReceivablesPage(context, window)
    assert again.tabs.key == "other"


def test_the_head_of_a_tab_is_scrolled_only_where_it_takes_several_lines(
    page: ReceivablesPage, qapp: QApplication
) -> None:
    for width, scrolled in ((1366, False), (800, True), (1366, False)):
        page.window().resize(width, 600)
        qapp.processEvents()
        areas = page.tab.findChildren(FollowingArea)
        assert any(area.isAncestorOf(page.day) for area in areas) is scrolled
        assert page.day.isVisibleTo(page)


def test_a_tab_hears_of_changes_while_another_page_is_in_front(
    page: ReceivablesPage, ageing: AgeingPane, context: Context
) -> None:
    page.step_back()
    client = ageing.model.rows[0].client_id
    context.runner.submit(STEP, update_client, client_id=client, name="Άλλη Επωνυμία")
    assert "Άλλη Επωνυμία" in {one.name for one in ageing.model.rows}
