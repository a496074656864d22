"""The calendar by keyboard and mouse: days are named, tasks are moved, stretched, made and undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtWidgets import QApplication

from acctdesk.services.calendar import DeadlineKind, DeadlineRow
from acctdesk.services.desk import Desk
from acctdesk.services.series import Scope, add_series
from acctdesk.services.tasks import add_task, get_task, open_tasks
from acctdesk.ui.context import Context, Target
from acctdesk.ui.dialogs.scope import ScopeDialog
from acctdesk.ui.dialogs.task_form import TaskForm
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.calendar import CalendarPage
from acctdesk.ui.pages.calendar.grid import Span
from tests.ui.accessibility import assert_accessible
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import STEP, TODAY, press

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def visit(desk: Desk) -> int:
    """Give a visit of today, Thursday 12 November 2026, from ten to eleven."""
    added: int = desk.perform(
        STEP, add_task, title="Visit", due_on=TODAY, due_time=dt.time(10), minutes=60
    ).value
    return added


@pytest.fixture
def page(context: Context, visit: int, qapp: QApplication) -> Iterator[CalendarPage]:
    """Give the page in its window, in the week of today."""
    window = MainWindow(context, [CalendarPage.spec])
    window.resize(1366, 768)
    window.start()
    window.show()
    window.activateWindow()
    qapp.processEvents()
    assert isinstance(window.page, CalendarPage)
    window.page.view.setFocus()
    yield window.page
    window.close()
    window.deleteLater()
    qapp.processEvents()


def when(desk: Desk, task: int) -> tuple[dt.date | None, dt.time | None, int | None]:
    """Return day, time and length of a task."""
    row = desk.query(get_task, task_id=task)
    assert row is not None
    return row.due_on, row.due_time, row.minutes


def drag(page: CalendarPage, start: QPoint, end: QPoint) -> None:
    """Press, move and release the left button."""
    port = page.view.viewport()
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    middle = (start + end) / 2
    for kind, point, button, held in (
        (QEvent.Type.MouseButtonPress, start, left, left),
        (QEvent.Type.MouseMove, middle, none, left),
        (QEvent.Type.MouseMove, end, none, left),
        (QEvent.Type.MouseButtonRelease, end, left, none),
    ):
        place = QPointF(point)
        event = QMouseEvent(kind, place, port.mapToGlobal(place), button, held,
                            Qt.KeyboardModifier.NoModifier)  # fmt: skip
        QApplication.sendEvent(port, event)


def test_a_task_is_moved_and_stretched_by_keys_and_taken_back(
    page: CalendarPage, desk: Desk, visit: int, context: Context
) -> None:
    press(page.view, Qt.Key.Key_Down)
    current = page.view.current_task()
    assert current is not None
    assert current.id == visit
    press(page.view, Qt.Key.Key_Right, ALT)
    press(page.view, Qt.Key.Key_Down, ALT)
    press(page.view, Qt.Key.Key_Down, ALT | SHIFT)
    friday = TODAY + dt.timedelta(days=1)
    assert when(desk, visit) == (friday, dt.time(10, 15), 75)
    assert page.view.current_task() is not None
    assert str(context.messages.log[-2].text) == "Moved to Fri 13/11, 10:15."
    for _ in range(3):
        context.runner.undo()
    assert when(desk, visit) == (TODAY, dt.time(10), 60)


def test_a_move_to_a_day_off_says_its_name(page: CalendarPage, context: Context) -> None:
    press(page.view, Qt.Key.Key_Down)
    press(page.view, Qt.Key.Key_Right, ALT)
    press(page.view, Qt.Key.Key_Right, ALT)
    assert str(context.messages.log[-1].text) == "Moved to Sat 14/11, 10:00: Saturday."


def test_moving_over_the_edge_of_the_week_turns_the_page(
    page: CalendarPage, desk: Desk, visit: int
) -> None:
    press(page.view, Qt.Key.Key_Down)
    for _ in range(4):
        press(page.view, Qt.Key.Key_Right, ALT)
    assert when(desk, visit)[0] == dt.date(2026, 11, 16)
    current = page.view.current_task()
    assert current is not None
    assert current.id == visit
    assert page.view.grid.days[0] == dt.date(2026, 11, 16)


def test_pages_turn_by_keys_and_t_is_today(page: CalendarPage) -> None:
    press(page.view, Qt.Key.Key_PageDown)
    assert page.period.text() == "16 – 22 November 2026"
    press(page.view, Qt.Key.Key_PageUp)
    press(page.view, Qt.Key.Key_PageUp)
    assert page.period.text() == "2 – 8 November 2026"
    press(page.view, Qt.Key.Key_T)
    assert page.period.text() == "9 – 15 November 2026"
    page.choice.choose("month")
    press(page.view, Qt.Key.Key_PageDown)
    assert page.period.text() == "December 2026"


def test_n_makes_a_task_on_the_day_of_the_keyboard(page: CalendarPage, desk: Desk) -> None:
    press(page.view, Qt.Key.Key_Right)
    press(page.view, Qt.Key.Key_N)
    form = page.window().findChild(TaskForm)
    assert form is not None
    form.what.setText("Call")
    form.save()
    assert (TODAY + dt.timedelta(days=1)) in {one.due_on for one in desk.query(open_tasks)}


def test_space_ticks_and_enter_opens(page: CalendarPage, desk: Desk, visit: int) -> None:
    press(page.view, Qt.Key.Key_Down)
    press(page.view, Qt.Key.Key_Return)
    form = page.window().findChild(TaskForm)
    assert form is not None
    assert form.what.text() == "Visit"
    form.reject()
    press(page.view, Qt.Key.Key_Space)
    assert desk.query(open_tasks) == []
    press(page.view, Qt.Key.Key_Space)
    assert [one.id for one in desk.query(open_tasks)] == [visit]


def test_a_drag_moves_by_quarters_of_an_hour_and_its_foot_stretches(
    page: CalendarPage, desk: Desk, visit: int
) -> None:
    block = page.view.visualRect(page.model.index(0, 0))
    column = round(page.view.grid.column)
    drag(page, block.center(), block.center() + QPoint(column, 48))
    assert when(desk, visit) == (dt.date(2026, 11, 13), dt.time(11), 60)
    block = page.view.visualRect(page.model.index(0, 0))
    foot = QPoint(block.center().x(), block.bottom() - 2)
    drag(page, foot, foot + QPoint(0, 24))
    assert when(desk, visit) == (dt.date(2026, 11, 13), dt.time(11), 90)


def test_a_drag_over_free_hours_asks_for_a_task_of_that_length(page: CalendarPage) -> None:
    block = page.view.visualRect(page.model.index(0, 0))
    free = block.center() + QPoint(-round(page.view.grid.column), 0)
    drag(page, free, free + QPoint(0, 48))
    form = page.window().findChild(TaskForm)
    assert form is not None
    found = form.when.when()
    assert found is not None
    assert (found.day, found.time) == (dt.date(2026, 11, 11), dt.time(10, 30))
    assert form.minutes.text() == "75"


def test_a_month_is_dragged_by_days_and_keeps_the_time(
    page: CalendarPage, desk: Desk, visit: int
) -> None:
    page.choice.choose("month")
    block = page.view.visualRect(page.model.index(0, 0))
    high = round(page.view.grid.cell(TODAY).height())
    drag(page, block.center(), block.center() + QPoint(0, high))
    assert when(desk, visit) == (dt.date(2026, 11, 19), dt.time(10), 60)


def test_what_overlaps_says_so(page: CalendarPage, desk: Desk, context: Context) -> None:
    assert "Overlaps" not in str(page.model.data(page.model.index(0, 0)))
    desk.perform(STEP, add_task, title="Call", due_on=TODAY, due_time=dt.time(10, 30))
    context.bus.changed.emit(context.desk.everything(), None)
    said = [str(page.model.data(page.model.index(n, 0))) for n in range(2)]
    assert all("Overlaps another one" in one for one in said)
    left, right = (page.view.visualRect(page.model.index(n, 0)) for n in range(2))
    assert not left.intersects(right)


def test_a_screen_reader_finds_every_task(page: CalendarPage) -> None:
    reader = QAccessible.queryAccessibleInterface(page.view)
    names = [reader.child(n).text(QAccessible.Text.Name) for n in range(reader.childCount())]
    assert "Visit, Thursday 12 November 2026, 10:00, 1 h" in names


def test_an_occurrence_says_why_it_moved_and_asks_what_goes(
    page: CalendarPage, desk: Desk, context: Context
) -> None:
    christmas = dt.date(2026, 12, 25)
    desk.perform(
        STEP,
        add_series,
        title="Round",
        rule="FREQ=WEEKLY;BYDAY=FR",
        starts_on=christmas,
        today=TODAY,
    )
    page.open_target(Target("calendar", text="2026-12-28"))
    said = str(page.model.data(page.model.index(0, 0)))
    assert "moved from Fri 25/12: Christmas" in said
    press(page.view, Qt.Key.Key_Down)
    press(page.view, Qt.Key.Key_Delete)
    asked = page.window().findChild(ScopeDialog)
    assert asked is not None
    asked.buttons[Scope.FOLLOWING].click()
    assert [one.title for one in desk.query(open_tasks)] == ["Visit"]
    context.runner.undo()
    assert len(page.model.tasks) == 1


def test_deadlines_say_the_working_days_left_and_open(
    page: CalendarPage, desk: Desk, context: Context
) -> None:
    page.choice.choose("deadlines")
    assert page.states.currentWidget() is page.empty
    due = dt.date(2026, 11, 19)
    desk.perform(STEP, add_task, title="Tender", due_on=due, deadline=True)
    context.bus.changed.emit(context.desk.everything(), None)
    page.list.setFocus()
    said = page.list.deadlines.data(page.list.deadlines.index(0, 0))
    assert said == "Tender, 5 working days, Deadline · Thu 19/11/2026"
    press(page.list, Qt.Key.Key_Return)
    form = page.window().findChild(TaskForm)
    assert form is not None
    assert form.deadline.isChecked()


def test_a_deadline_leads_to_its_own_page(page: CalendarPage, context: Context) -> None:
    went: list[Target] = []
    context.navigator.requested.connect(went.append)
    for kind, client in ((DeadlineKind.DISPUTE, 7), (DeadlineKind.PROMISE, 7)):
        page.list.opened.emit(DeadlineRow(kind, 3, "", TODAY, client, "Α.Ε.", 0, False))
    assert [(one.page, one.kind, one.id) for one in went] == [
        ("cases", "dispute", 3), ("clients", "client", 7)
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("view", ["day", "week", "month", "deadlines"])
def test_every_view_is_whole_and_named(
    page: CalendarPage, context: Context, qapp: QApplication, view: str, language: str
) -> None:
    context.languages.speak(language)
    page.choice.choose(view)
    qapp.processEvents()
    assert_no_overlap_or_cut(page)
    assert_accessible(page)
    assert page.view.span is (Span.WEEK if view == "deadlines" else Span(view))
