"""The Clients and Targets pages in their frame: nothing cut, all reached by key, in order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from acctdesk.kinds import TaskState
from acctdesk.services.clients import create_client, get_client, update_client
from acctdesk.services.desk import Desk
from acctdesk.services.rows import SearchHit
from acctdesk.services.tasks import add_task, get_task, open_tasks
from acctdesk.ui.context import Context, Target
from acctdesk.ui.dialogs.chart_table import ChartTable
from acctdesk.ui.dialogs.failure import FailureDialog
from acctdesk.ui.dialogs.group_form import GroupForm
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.clients import list_loader, timeline_pane
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.pages.targets import TargetsPage
from tests.ui.accessibility import assert_accessible, focusable
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import STEP, TODAY, People, fill_small, make_context, press, type_text

LONG = "Ανώνυμη Βιομηχανική και Εμπορική Εταιρεία Επεξεργασίας Αγροτικών Προϊόντων <img src=x>"


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book."""
    return fill_small(desk)


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path, people: People) -> Iterator[Context]:
    """Give a context over the small book, in English and light."""
    owner = QObject()
    made = make_context(qapp, desk, tmp_path, parent=owner)
    yield made
    made.languages.speak("en")
    owner.deleteLater()


@pytest.fixture
def window(
    context: Context, people: People, qapp: QApplication, qtbot: QtBot
) -> Iterator[MainWindow]:
    """Give the window with the two pages, the first client with everything chosen."""
    made = MainWindow(context, [ClientsPage.spec, TargetsPage.spec])
    made.resize(1366, 768)
    made.start()
    made.show()
    made.activateWindow()
    page = clients(made)
    qtbot.waitUntil(lambda: page.list.current_row() is not None)
    page.list.show_client(people.papadopoulos)
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()
    qapp.processEvents()


def test_the_keyboard_coming_back_chooses_nobody_else(window: MainWindow, desk: Desk) -> None:
    """A client made a moment ago is shown before the list holds it; its form closes meanwhile."""
    page = clients(window)
    page.list.focus_filter()
    made = desk.perform(STEP, create_client, name="Ύστερος").value
    page.list.show_client(made)
    page.list.view.setFocus()
    assert page.list.view.hasFocus()
    assert page.record.client_id == page.list.current == made
    page.list.load()
    assert page.list.view.currentIndex().row() == page.list.model.row_of(made)


def clients(window: MainWindow) -> ClientsPage:
    """Return the Clients page, brought to the front."""
    if not isinstance(window.page, ClientsPage):
        window.show_page("clients")
    page = window.page
    assert isinstance(page, ClientsPage)
    return page


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("size", [(800, 600), (1100, 700), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("key", ["clients", "targets"])
def test_nothing_is_cut_and_everything_is_named(
    window: MainWindow,
    context: Context,
    qapp: QApplication,
    key: str,
    size: tuple[int, int],
    language: str,
) -> None:
    context.languages.speak(language)
    window.show_page(key)
    window.resize(*size)
    for _ in range(3):
        qapp.processEvents()
    assert (window.width(), window.height()) == size
    assert_no_overlap_or_cut(window)
    assert_accessible(window)
    if key == "clients":
        clients(window).record.show_part(1)
        qapp.processEvents()
        assert_no_overlap_or_cut(window)
        assert_accessible(window)


@pytest.mark.parametrize("size", [(800, 600), (1366, 768)])
def test_a_long_name_and_a_client_without_data_fit(
    window: MainWindow,
    people: People,
    desk: Desk,
    context: Context,
    qapp: QApplication,
    size: tuple[int, int],
) -> None:
    context.runner.submit(STEP, update_client, client_id=people.xenodocheia, name=LONG)
    page = clients(window)
    page.list.show_client(people.xenodocheia)
    window.resize(*size)
    for _ in range(3):
        qapp.processEvents()
    assert page.record.header.name.text() == LONG
    assert "&lt;img" in page.record.header.name.toolTip()
    assert page.record.timeline.states.currentWidget() is page.record.timeline.empty
    assert_no_overlap_or_cut(window)
    page.record.timeline.empty.findChildren(QWidget)
    assert_accessible(window)


def test_tab_follows_the_eye(window: MainWindow, qapp: QApplication) -> None:
    page = clients(window)
    for pane in (page.list, page.record.timeline, page.record.rail):
        stops = [one for one in _walk(page.list.filter) if pane.isAncestorOf(one)]
        assert {*stops} == {*focusable(pane)}
        content = page.record.rail.area.widget()
        rows = [
            one.mapTo(content, QPoint(0, 0)).y()
            if content is not None and content.isAncestorOf(one)
            else one.mapTo(pane, QPoint(0, 0)).y() - 10_000
            for one in stops
        ]
        apart = [later - earlier for earlier, later in itertools.pairwise(rows)]
        assert all(step > -24 for step in apart), [one.accessibleName() for one in stops]


def _walk(first: QWidget) -> list[QWidget]:
    found, at = [first], first.nextInFocusChain()
    while at is not None and at is not first:
        if at.isVisible() and at.isEnabled() and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(at)
        at = at.nextInFocusChain()
    return found


def test_the_keyboard_begins_in_the_list(window: MainWindow, qapp: QApplication) -> None:
    page = clients(window)
    assert window.focusWidget() is page.list.view
    press(page.list.view, Qt.Key.Key_I)
    assert window.focusWidget() is page.record.timeline.capture.field
    window.show_page("targets")
    assert isinstance(window.page, TargetsPage)
    assert window.page.isAncestorOf(window.focusWidget())


def test_f2_edits_the_fact_that_has_the_keyboard(window: MainWindow) -> None:
    city = clients(window).record.rail.details.rows["city"]
    city.value.setFocus()
    press(city.value, Qt.Key.Key_F2)
    assert city.editing
    assert not clients(window).record.rail.details.rows["name"].editing


def test_undo_belongs_to_the_field_first_then_to_the_book(
    window: MainWindow, people: People, context: Context, desk: Desk
) -> None:
    page = clients(window)
    city = page.record.rail.details.rows["city"]
    city.edit()
    city.field.selectAll()
    type_text(city.field, "Καβάλα")
    press(city.field, Qt.Key.Key_Return)
    line = page.record.timeline.capture.field
    line.setFocus()
    type_text(line, "κλήση")
    context.actions["edit.undo"].trigger()
    assert line.text() == ""
    assert desk.query(get_client, client_id=people.papadopoulos, today=TODAY).city == "Καβάλα"
    context.actions["edit.undo"].trigger()
    assert desk.query(get_client, client_id=people.papadopoulos, today=TODAY).city == "Θεσσαλονίκη"
    page.list.focus_list()
    context.actions["edit.redo"].trigger()
    assert desk.query(get_client, client_id=people.papadopoulos, today=TODAY).city == "Καβάλα"


def test_language_and_theme_change_under_an_open_field(
    window: MainWindow, context: Context
) -> None:
    city = clients(window).record.rail.details.rows["city"]
    city.edit()
    type_text(city.field, "Καβάλα")
    context.languages.speak("el")
    context.theme.apply("dark")
    context.theme.set_density("compact")
    assert city.editing
    assert "Καβάλα" in city.field.text()
    context.theme.set_density("comfortable")


def test_further_tasks_are_ticked_opened_and_trashed(
    window: MainWindow, people: People, context: Context, desk: Desk
) -> None:
    rail = clients(window).record.rail
    assert rail.tasks.isHidden()
    later = desk.perform(STEP, add_task, client_id=people.papadopoulos, title="Δείγματα").value
    third = desk.perform(STEP, add_task, client_id=people.papadopoulos, title="Τιμές").value
    rail.load()
    assert [line.task.id for line in rail.tasks.lines] == [later, third]
    press(rail.tasks.lines[0], Qt.Key.Key_Space)
    done = desk.query(get_task, task_id=later)
    assert done is not None
    assert done.state is TaskState.DONE
    asked: list[object] = []
    rail.task_form_wanted.connect(asked.append)
    press(rail.tasks.lines[0], Qt.Key.Key_Return)
    assert [one.id for one in asked] == [third]  # type: ignore[attr-defined]
    for form in window.findChildren(QWidget, "stepForm"):
        form.close()
    press(rail.tasks.lines[0], Qt.Key.Key_Delete)
    assert [one.title for one in desk.query(open_tasks, client_id=people.papadopoulos)] == [
        "Αποστολή όρων"
    ]
    context.runner.undo()
    assert len(rail.tasks.lines) == 1


def test_group_and_activity_are_facts(
    window: MainWindow, people: People, context: Context, desk: Desk
) -> None:
    page = clients(window)
    facts = page.record.rail.details.group
    facts.choose_group()
    form = window.findChild(GroupForm)
    assert isinstance(form, GroupForm)
    form.save()
    assert form.trouble.isVisible()
    form.picker.take(people.myloi, "Μύλοι Θερμαϊκού Α.Ε.")
    form.save()
    card = desk.query(get_client, client_id=people.papadopoulos, today=TODAY)
    assert card.parent_id == people.myloi
    assert facts.parent_client.value() == "Μύλοι Θερμαϊκού Α.Ε."
    press(facts.active, Qt.Key.Key_Space)
    assert people.papadopoulos not in page.list.model.ids()
    assert page.record.client_id == people.papadopoulos
    assert page.list.chips.count("inactive") == 1
    page.list.chips.choose("inactive")
    assert page.list.model.ids() == [people.papadopoulos]
    context.runner.undo()
    assert page.list.states.currentWidget() is page.list._hidden


def test_what_the_palette_finds_gets_the_keyboard(window: MainWindow, people: People) -> None:
    page = clients(window)
    page.list.show_client(people.myloi)
    window.go(Target("clients", "contact", people.contact, people.papadopoulos))
    line = page.record.rail.contacts.lines[0]
    assert page.record.client_id == people.papadopoulos
    assert window.focusWidget() is line
    task = page.record.rail.next.task
    assert task is not None
    window.go(Target("clients", "task", task.id, people.papadopoulos))
    assert window.focusWidget() is page.record.rail.next.done
    window.go(Target("clients", "client", people.myloi, people.myloi))
    assert window.focusWidget() is page.list.view


def test_a_client_in_the_trash_gives_way_to_its_neighbour(
    window: MainWindow, people: People, context: Context
) -> None:
    page = clients(window)
    page.list.show_client(people.xenodocheia)
    page.list.focus_list()
    page.trash()
    assert page.record.client_id == people.papadopoulos
    assert page.list.view.currentIndex().row() == page.list.model.row_of(people.papadopoulos)
    context.runner.undo()
    assert people.xenodocheia in page.list.model.ids()


def test_a_failure_says_so_once_and_can_be_tried_again(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> list[SearchHit]:
        raise RuntimeError("Παπαδόπουλος")

    page = clients(window)
    with caplog.at_level("CRITICAL", logger="acctdesk.ui"):
        monkeypatch.setattr(list_loader, "client_ids", fail)
        monkeypatch.setattr(timeline_pane, "timeline", fail)
        page.list.load()
        page.record.timeline.load()
    assert page.list.states.currentWidget() is page.list._failure
    assert page.record.timeline.states.currentWidget() is page.record.timeline.failure
    (shown,) = (one for one in window.findChildren(FailureDialog) if one.isVisible())
    assert_no_overlap_or_cut(shown)
    assert_accessible(shown)
    shown.accept()
    monkeypatch.undo()
    page.list.load()
    page.record.timeline.load()
    assert page.list.states.currentWidget() is page.list.view
    assert page.record.timeline.states.currentWidget() is page.record.timeline.view


def test_a_toast_gives_the_keyboard_back(window: MainWindow, context: Context) -> None:
    page = clients(window)
    page.list.focus_list()
    context.messages.say(STEP)
    context.actions["tools.messages"].trigger()
    assert window.toasts.isAncestorOf(window.focusWidget())
    press(window.focusWidget(), Qt.Key.Key_Escape)
    assert window.focusWidget() is page.list.view


def test_the_chart_of_a_client_opens_as_a_table(window: MainWindow) -> None:
    card = clients(window).record.rail.target
    assert card.bars.accessibleDescription()
    card.table_button.click()
    dialog = window.findChild(ChartTable)
    assert isinstance(dialog, ChartTable)
    assert dialog.model.rowCount() == 12
    dialog.close()


def test_targets_step_through_years_and_show_a_table(window: MainWindow, context: Context) -> None:
    window.show_page("targets")
    page = window.page
    assert isinstance(page, TargetsPage)
    year = page.year
    assert year.model.rowCount() == 12
    assert year.sub.text().endswith("2026")
    year.earlier.click()
    assert year.sub.text().endswith("2025")
    year.later.click()
    year.view_choice.choose("table")
    assert year.table.isVisible()
    document = page.print_document()
    assert document is not None
    assert "19,000" in document.toPlainText()
    context.languages.speak("el")
    assert "19.000" in str(year.model.index(10, 2).data())
