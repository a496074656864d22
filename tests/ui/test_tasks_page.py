"""The Tasks page by keyboard: groups, ticking, moving, writing, finding, promises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from acctdesk.kinds import PromiseBy
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import add_promise, all_open_promises
from acctdesk.services.tasks import add_task, done_tasks, open_tasks
from acctdesk.ui.context import Context, Target
from acctdesk.ui.dialogs.task_form import TaskForm
from acctdesk.ui.itemmodels.tasks import TasksModel
from acctdesk.ui.itemmodels.tasks_text import GROUPS
from acctdesk.ui.messages import Toast
from acctdesk.ui.pages.tasks import TasksPage
from acctdesk.ui.widgets.when_popup import WhenPopup
from tests.ui.accessibility import assert_accessible
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import NOW, STEP, TODAY, People, fill_small, make_context, press, type_text

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _quiet_menus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offscreen has no pop-up windows: a menu is made and not shown."""
    monkeypatch.setattr(QMenu, "popup", lambda _self, _point: None)


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book with a task of every group and two promises more."""
    people = fill_small(desk)

    def do(command: Any, **args: Any) -> None:
        desk.perform(STEP, command, **args)

    do(add_task, title="Παλιά κλήση", client_id=people.myloi, due_on=TODAY - DAY)
    do(add_task, title="Σημερινή επίσκεψη", due_on=TODAY, due_time=dt.time(15), notes="με δείγμα")
    do(add_task, title="Σε μήνες", due_on=TODAY + 60 * DAY)
    do(add_task, title="Κάποτε")
    do(add_promise, client_id=people.myloi, given_by=PromiseBy.THEM, what="ισολογισμός")
    return people


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path, people: People) -> Iterator[Context]:
    """Give a context over the book."""
    owner = QObject()
    made = make_context(qapp, desk, tmp_path, parent=owner)
    yield made
    made.languages.speak("en")
    owner.deleteLater()


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> TasksPage:
    """Give the page as the window shows it."""
    made = TasksPage(context)
    qtbot.addWidget(made)
    context.bus.changed.connect(made.on_changed)
    made.resize(1142, 684)
    made.show()
    made.activated()
    made.first_focus()
    QApplication.processEvents()
    return made


def titles(page: TasksPage) -> list[str]:
    return [entry.title for entry in page.model.entries()]


def choose(page: TasksPage, title: str) -> None:
    row = next(
        n
        for n in range(page.model.rowCount())
        if (one := page.model.row_at(n)) and one.entry and one.entry.title == title
    )
    page.view.setCurrentIndex(page.model.index(row, 0))


def headings(page: TasksPage) -> list[str]:
    rows = [page.model.row_at(n) for n in range(page.model.rowCount())]
    return [row.group for row in rows if row is not None and row.entry is None]


def test_tasks_stand_in_the_groups_of_their_days(page: TasksPage) -> None:
    assert headings(page) == ["overdue", "today", "week", "later", "none"]
    assert titles(page) == [
        "Παλιά κλήση",
        "Σημερινή επίσκεψη",
        "Αποστολή όρων",
        "Σε μήνες",
        "Κάποτε",
    ]
    assert page.count() == 2
    assert page.chips.count("promises") == 2
    assert page.view.current_entry() is not None


def test_a_week_ends_on_sunday(page: TasksPage, context: Context, desk: Desk) -> None:
    context.runner.submit(STEP, add_task, title="Κυριακή", due_on=dt.date(2026, 11, 15))
    context.runner.submit(STEP, add_task, title="Δευτέρα", due_on=dt.date(2026, 11, 16))
    groups = {
        row.entry.title: row.group
        for n in range(page.model.rowCount())
        if (row := page.model.row_at(n)) and row.entry
    }
    assert (groups["Κυριακή"], groups["Δευτέρα"]) == ("week", "later")


def test_space_ticks_and_undo_brings_it_back(page: TasksPage, context: Context, desk: Desk) -> None:
    told: list[Toast] = []
    context.messages.told.connect(told.append)
    choose(page, "Παλιά κλήση")
    press(page.view, Qt.Key.Key_Space)
    assert "Παλιά κλήση" not in titles(page)
    current = page.view.current_entry()
    assert current is not None
    assert current.title == "Σημερινή επίσκεψη"
    page.chips.choose("done")
    assert titles(page) == ["Παλιά κλήση"]
    press(page.view, Qt.Key.Key_Space)
    assert desk.query(done_tasks, since=TODAY) == []
    assert page.states.currentWidget() is page.states.empty
    action = told[-1].action
    assert action is not None
    action.run()
    assert titles(page) == ["Παλιά κλήση"]


def test_a_click_on_the_box_ticks(page: TasksPage) -> None:
    choose(page, "Κάποτε")
    rect = page.view.visualRect(page.view.currentIndex())
    words = rect.topLeft() + QPoint(120, 20)
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=words)
    assert "Κάποτε" in titles(page)
    box = rect.topLeft() + QPoint(28, 26)
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert "Κάποτε" not in titles(page)


def test_a_task_is_moved_by_a_day_as_one_says_it(page: TasksPage, desk: Desk) -> None:
    choose(page, "Σημερινή επίσκεψη")
    page.postpone()
    popup = next(one for one in page.findChildren(WhenPopup) if one.isVisible())
    type_text(popup.field.field, "αύριο")
    press(popup.field.field, Qt.Key.Key_Return)
    task = next(one for one in desk.query(open_tasks) if one.title == "Σημερινή επίσκεψη")
    assert (task.due_on, task.due_time) == (TODAY + DAY, dt.time(15))


def test_a_task_is_written_with_and_without_a_client(
    page: TasksPage, desk: Desk, people: People
) -> None:
    page.new_task()
    form = page.findChild(TaskForm)
    assert form is not None
    form.save()
    assert "Say what" in form.trouble.text()
    type_text(form.what, "Δείγματα")
    type_text(form.when.field, "ζζ")
    form.save()
    assert "not clear" in form.trouble.text()
    form.when.field.clear()
    type_text(form.when.field, "αύριο 10")
    form.client.field.setText("χχχχ")
    form.save()
    assert "not known" in form.trouble.text()
    form.client.take(people.myloi, "Μύλοι")
    form.notes.setPlainText("δύο κουτιά")
    assert_accessible(form)
    form.save()
    task = next(one for one in desk.query(open_tasks) if one.title == "Δείγματα")
    assert (task.client_id, task.due_on, task.due_time, task.notes) == (
        people.myloi,
        TODAY + DAY,
        dt.time(10),
        "δύο κουτιά",
    )


def test_f2_changes_title_and_notes(page: TasksPage, desk: Desk) -> None:
    choose(page, "Σημερινή επίσκεψη")
    press(page.view, Qt.Key.Key_F2)
    form = page.findChild(TaskForm)
    assert form is not None
    assert form.when.field.text() == "12/11/2026 15:00"
    assert form.client.field.isReadOnly()
    type_text(form.what, "Επίσκεψη στον μύλο")
    form.notes.setPlainText("")
    form.save()
    task = next(one for one in desk.query(open_tasks) if one.title == "Επίσκεψη στον μύλο")
    assert (task.due_on, task.due_time, task.notes) == (TODAY, dt.time(15), None)


def test_a_task_changed_meanwhile_is_not_overwritten(
    page: TasksPage, context: Context, desk: Desk
) -> None:
    from acctdesk.services.tasks import update_task

    choose(page, "Κάποτε")
    page.edit()
    form = page.findChild(TaskForm)
    assert form is not None
    entry = page.view.current_entry()
    assert entry is not None
    assert entry.task is not None
    context.runner.submit(STEP, update_task, task_id=entry.task.id, title="Άλλο")
    form.save()
    assert form.isVisible()
    assert form.trouble.text()
    assert "Άλλο" in {one.title for one in desk.query(open_tasks)}


def test_delete_moves_to_the_trash(page: TasksPage, desk: Desk) -> None:
    choose(page, "Κάποτε")
    press(page.view, Qt.Key.Key_Delete)
    assert "Κάποτε" not in titles(page)
    desk.undo()
    assert "Κάποτε" in {one.title for one in desk.query(open_tasks)}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("παλια", ["Παλιά κλήση"]),
        ("μυλοι κλησ", ["Παλιά κλήση"]),
        ("ΔΕΙΓΜΑ", ["Σημερινή επίσκεψη"]),
        ("ζζζζ", []),
    ],
)
def test_the_filter_reads_titles_clients_and_notes(
    page: TasksPage, typed: str, found: list[str]
) -> None:
    assert page.filter_focus()
    type_text(page.filter, typed)
    assert titles(page) == found
    assert page.states.currentWidget() is (page.view if found else page.states.hidden)
    press(page.filter, Qt.Key.Key_Escape)
    assert len(titles(page)) == 5


def test_enter_jumps_to_the_client(page: TasksPage, context: Context, people: People) -> None:
    wanted: list[Target] = []
    context.navigator.requested.connect(wanted.append)
    choose(page, "Παλιά κλήση")
    press(page.view, Qt.Key.Key_Return)
    assert [(one.page, one.id) for one in wanted] == [("clients", people.myloi)]
    choose(page, "Κάποτε")
    press(page.view, Qt.Key.Key_Return)
    form = page.findChild(TaskForm)
    assert form is not None
    form.close()


def test_promises_both_ways_are_kept_broken_and_moved(page: TasksPage, desk: Desk) -> None:
    page.open_target(Target("tasks", text="promises"))
    assert titles(page) == ["αναθεωρημένοι όροι", "ισολογισμός"]
    said = [
        page.model.data(page.model.index(n, 0), Qt.ItemDataRole.AccessibleTextRole)
        for n in range(page.model.rowCount())
    ]
    assert said[1] == "We, αναθεωρημένοι όροι, Παπαδόπουλος Α.Ε., tomorrow"
    choose(page, "ισολογισμός")
    assert not page.can("edit.edit")
    page.postpone()
    popup = next(one for one in page.findChildren(WhenPopup) if one.isVisible())
    popup.buttons[2].click()
    (ours, theirs) = desk.query(all_open_promises)
    assert theirs.due_on == dt.date(2026, 11, 16)
    choose(page, "ισολογισμός")
    page.view.menu_wanted.emit(QPoint(5, 5))
    menu = page.findChild(QMenu)
    assert menu is not None
    assert [one.text() for one in menu.actions()][:3] == ["Kept", "Not kept", "Another day…"]
    menu.actions()[1].trigger()
    menu.close()
    assert desk.query(all_open_promises) == [ours]
    press(page.view, Qt.Key.Key_Space)
    assert page.states.currentWidget() is page.states.empty
    assert page.states.empty.accessibleName() == "No promise is open"


def test_a_task_found_elsewhere_is_shown(page: TasksPage, desk: Desk) -> None:
    task = next(one for one in desk.query(open_tasks) if one.title == "Σε μήνες")
    page.chips.choose("promises")
    type_text(page.filter, "ζζζ")
    page.open_target(Target("tasks", "task", task.id))
    entry = page.view.current_entry()
    assert entry is not None
    assert entry.title == "Σε μήνες"


def test_actions_are_possible_where_they_make_sense(page: TasksPage) -> None:
    choose(page, "Κάποτε")
    for action in ("record.complete", "record.postpone", "edit.edit", "edit.trash", "record.task"):
        assert page.can(action), action
    page.chips.choose("done")
    assert not page.can("record.complete")
    assert page.primary_action is not None
    assert page.primary_action.action == "record.task"


def test_midnight_moves_the_groups(
    page: TasksPage, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = NOW + dt.timedelta(hours=24)
    context.clock = lambda: later
    monkeypatch.setattr(page.pulse, "_clock", lambda: later)
    page.pulse.beat()
    assert page.model.today == TODAY + DAY
    assert page.count() == 3


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("size", [(1142, 684), (1696, 996), (744, 516)])
def test_nothing_is_cut_and_everything_is_named(
    page: TasksPage, context: Context, size: tuple[int, int], language: str
) -> None:
    context.languages.speak(language)
    page.resize(*size)
    for key in ("tasks", "promises", "done"):
        page.chips.choose(key)
        QApplication.processEvents()
        assert_no_overlap_or_cut(page)
        assert_accessible(page)


def test_the_model_keeps_qts_rules(page: TasksPage, qtmodeltester: Any) -> None:
    model: TasksModel = page.model
    qtmodeltester.check(model)
    heading = model.index(0)
    assert not model.flags(heading) & Qt.ItemFlag.ItemIsSelectable
    assert model.data(heading) == f"{GROUPS['overdue']}, 1"
    assert model.data(model.index(99)) is None
