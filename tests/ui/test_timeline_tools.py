"""What narrows and widens a timeline: a person, the group, and pins at its head."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acctdesk.bootstrap import open_book
from acctdesk.kinds import InteractionKind
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import get_interaction
from acctdesk.services.rows import TimelineItem
from acctdesk.services.timeline import timeline
from acctdesk.ui.context import Context
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.pages.clients.timeline_pane import TimelinePane
from tests.books import copy_book
from tests.ui.world import TODAY, make_context, press


@pytest.fixture
def own_demo(demo_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """Give a demo book of one's own."""
    desk = open_book(copy_book(demo_template, tmp_path / "own.acctbook"))
    yield desk
    desk.close()


@pytest.fixture
def context(qapp: QApplication, own_demo: Desk, tmp_path: Path) -> Iterator[Context]:
    """Give a context over a demo book."""
    owner = QObject()
    yield make_context(qapp, own_demo, tmp_path, parent=owner)
    owner.deleteLater()


@pytest.fixture
def page(context: Context, qapp: QApplication, qtbot: QtBot) -> Iterator[ClientsPage]:
    """Give the Clients page with a member of a group chosen."""
    window = MainWindow(context, [ClientsPage.spec])
    window.resize(1366, 768)
    window.start()
    window.show()
    window.activateWindow()
    page = window.page
    assert isinstance(page, ClientsPage)
    qtbot.waitUntil(lambda: page.list.current_row() is not None)
    for row in range(page.list.model.rowCount()):
        page.list.view.selectRow(row)
        qapp.processEvents()
        if not pane(page).tools.group_button.isHidden():
            break
    yield page
    window.close()
    window.deleteLater()
    qapp.processEvents()


def pane(page: ClientsPage) -> TimelinePane:
    return page.record.timeline


def shown(page: ClientsPage) -> list[TimelineItem]:
    model = pane(page).model
    return [*model.pinned(), *model.items()]


def test_the_group_button_shows_everybody_of_the_group(page: ClientsPage, own_demo: Desk) -> None:
    client_id = page.record.client_id
    assert client_id is not None
    assert {item.client_id for item in shown(page)} == {client_id}
    pane(page).tools.group_button.click()
    assert len({item.client_id for item in shown(page)}) > 1
    assert all(item.client_name for item in shown(page))
    newest = own_demo.query(timeline, client_id=client_id, today=TODAY, group=True, pinned=False)
    assert [item.key for item in pane(page).model.items()][:20] == [
        item.key for item in newest if item.kind.value != "task"
    ][:20]


def test_another_client_is_shown_alone(page: ClientsPage, qapp: QApplication) -> None:
    pane(page).tools.group_button.click()
    page.list.view.selectRow((page.list.view.currentIndex().row() + 1) % page.list.model.rowCount())
    qapp.processEvents()
    assert not pane(page).tools.group
    assert {item.client_id for item in shown(page)} == {page.record.client_id}


def test_a_person_is_chosen_beside_the_words(page: ClientsPage) -> None:
    tools = pane(page).tools
    assert tools.person.isHidden()
    tools.search_button.click()
    assert tools.person.count() > 1
    tools.person.setCurrentIndex(1)
    name = tools.person.currentText()
    assert shown(page)
    assert {item.person for item in shown(page)} == {name}
    tools.search_button.click()  # closed: everything is shown again
    assert tools.contact_id is None
    assert {item.person for item in shown(page)} != {name}


def test_a_pinned_line_stands_at_the_head_until_it_is_let_go(
    page: ClientsPage, own_demo: Desk, qapp: QApplication
) -> None:
    timeline_pane = pane(page)
    view, model = timeline_pane.view, timeline_pane.model
    talk = next(item for item in reversed(model.items()) if item.interaction_kind is not None)
    view.setFocus()
    view.choose(talk.key)
    press(view, Qt.Key.Key_P)
    qapp.processEvents()
    assert talk.key in {item.key for item in model.pinned()}
    assert talk.key not in {item.key for item in model.items()}
    heading = model.line_at(0)
    assert heading is not None
    assert model.heading(heading) == "Pinned"
    stored = own_demo.query(get_interaction, interaction_id=talk.key[1])
    assert stored is not None
    view.choose(talk.key)
    timeline_pane.pin()
    assert talk.key not in {item.key for item in model.pinned()}


def test_a_filter_shows_pinned_lines_on_their_day(page: ClientsPage) -> None:
    tools, model = pane(page).tools, pane(page).model
    call = next(item for item in model.items() if item.interaction_kind is InteractionKind.CALL)
    pane(page).view.choose(call.key)
    pane(page).pin()
    pinned = {item.key for item in model.pinned()}
    assert call.key in pinned
    pinned = {item.key for item in model.pinned() if item.interaction_kind is InteractionKind.CALL}
    tools.chips.choose("calls")
    assert model.pinned() == []
    assert pinned <= {item.key for item in model.items()}
