"""The Today page by keyboard, on a real book: what is shown, why, done, left for later, opened."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from acctdesk import i18n
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import DocumentType, InteractionKind, PromiseBy
from acctdesk.models import Base, Document
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import add_promise, log_interaction
from acctdesk.services.profile import set_profile
from acctdesk.services.rows import TodayLine
from acctdesk.services.tasks import add_task, open_tasks
from acctdesk.services.today import today_page
from acctdesk.ui.context import Context, Target
from acctdesk.ui.delegates.today_row import buttons
from acctdesk.ui.dialogs.dismissed import DismissedDialog
from acctdesk.ui.itemmodels import today_text
from acctdesk.ui.itemmodels.today import TodayModel
from acctdesk.ui.messages import Toast
from acctdesk.ui.pages.today import TodayPage
from acctdesk.ui.pages.today.reason_popup import ReasonPopup
from acctdesk.ui.pages.today.why_panel import WhyPanel
from acctdesk.ui.widgets.when_popup import WhenPopup
from tests.ui.accessibility import assert_accessible
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import NOW, STEP, TODAY, People, fill_small, make_context, press, type_text

DAY = dt.timedelta(days=1)


def invoice(session: Any, *, client_id: int, due: dt.date, euros: int) -> None:
    session.add(
        Document(
            type=DocumentType.INVOICE.value,
            number=f"Τ-{euros}",
            client_id=client_id,
            issued_on=due - 30 * DAY,
            due_on=due,
            net_minor=euros * 100,
            vat_minor=0,
            gross_minor=euros * 100,
        )
    )


@pytest.fixture(autouse=True)
def _quiet_menus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offscreen has no pop-up windows: a menu is made and not shown."""
    monkeypatch.setattr(QMenu, "popup", lambda _self, _point: None)


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book with something of every rule."""
    people = fill_small(desk)
    first, second, third = people.papadopoulos, people.myloi, people.xenodocheia

    def do(command: Any, **args: Any) -> None:
        desk.perform(STEP, command, **args)

    do(add_task, title="Κλήση για τους όρους", client_id=first, due_on=TODAY - 2 * DAY)
    do(add_task, title="Επίσκεψη", client_id=second, due_on=TODAY, due_time=dt.time(15))
    do(add_task, title="Τακτοποίηση φακέλων", due_on=TODAY)
    do(add_promise, client_id=first, given_by=PromiseBy.THEM, what="σχέδιο", due_on=TODAY - DAY)
    do(invoice, client_id=third, due=TODAY - 3 * DAY, euros=1_230)
    do(
        log_interaction,
        client_id=second,
        kind=InteractionKind.EMAIL,
        happened_at=NOW - dt.timedelta(days=4),
        needs_reply=True,
    )
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
def page(context: Context, qtbot: QtBot) -> TodayPage:
    """Give the page as the window shows it."""
    return shown(context, qtbot)


def shown(context: Context, qtbot: QtBot) -> TodayPage:
    made = TodayPage(context)
    qtbot.addWidget(made)
    context.bus.changed.connect(made.on_changed)
    made.resize(1142, 684)
    made.show()
    made.activated()
    made.first_focus()
    QApplication.processEvents()
    return made


def line_of(page: TodayPage, rule: str) -> TodayLine:
    """Make the first line of a rule the current one."""
    row = next(n for n, one in enumerate(page.card.model.lines()) if one.rule == rule)
    page.card.view.setCurrentIndex(page.card.model.index(row, 0))
    line = page.card.view.current_line()
    assert line is not None
    return line


def popup(page: QWidget, kind: type[QWidget]) -> Any:
    return next(one for one in page.window().findChildren(kind) if one.isVisible())


def test_the_day_is_greeted_counted_and_listed(page: TodayPage) -> None:
    hour = NOW.astimezone().hour
    assert page.greeting.text().startswith("Good morning" if hour < 12 else "Good")
    assert page.greeting.text().endswith("Μαρία")
    assert page.day.text().startswith("Thursday 12 November 2026 · 1 appointment, ")
    rules = {line.rule for line in page.card.model.lines()}
    assert rules >= {"tasks_due", "our_promises", "unanswered", "newly_overdue", "their_promises"}
    assert page.count() == 2
    assert page.count_is_urgent()
    (one,) = page.appointments.lines
    assert one.accessibleName().startswith("15:00, Μύλοι Θερμαϊκού Α.Ε., Σίνδος · Επίσκεψη")
    assert page.pace.chart.accessibleDescription().startswith("Net sales of the quarter")


@pytest.mark.parametrize(
    ("officer", "greek", "english"),
    [
        ("Μαρία Νικολάου", "Μαρία", "Μαρία"),
        ("Αλέξανδρος Παπάς", "", "Αλέξανδρος"),
        ("Γιάννης", "", "Γιάννης"),
        ("Νικολάου Μαρία", "", "Νικολάου"),
        ("  ", "", ""),
        ("Anna Smith", "Anna", "Anna"),
    ],
)
def test_a_name_is_said_only_where_it_reads_right(officer: str, greek: str, english: str) -> None:
    assert today_text.spoken_name(officer) == english
    i18n.set_language("el")
    assert today_text.spoken_name(officer) == greek


@pytest.mark.parametrize(
    ("hour", "words"), [(7, "Good morning"), (13, "Good afternoon"), (20, "Good evening")]
)
def test_the_hour_is_greeted(hour: int, words: str) -> None:
    local = dt.datetime(2026, 11, 12, hour).astimezone()
    assert str(today_text.greeting("", local)) == words
    assert str(today_text.greeting("Μαρία Ν.", local)) == f"{words}, Μαρία"


def test_tiles_say_and_open_their_rows(page: TodayPage, context: Context) -> None:
    wanted: list[Target] = []
    context.navigator.requested.connect(wanted.append)
    tiles = page.tiles.tiles
    assert tiles["overdue"].value == "€1,230"
    assert tiles["overdue"].chip == "1 client, €1,230 new"
    assert tiles["promises"].value == "1"
    assert tiles["quarter"].accessibleName().startswith("Sales of the quarter: ")
    for tile in tiles.values():
        assert tile.height() == 108
        press(tile, Qt.Key.Key_Return)
    assert [(one.page, one.text) for one in wanted] == [
        ("targets", ""),
        ("clients", "overdue"),
        ("clients", "quiet"),
        ("promises", "us"),
    ]


def test_chips_narrow_to_money_and_relationship(page: TodayPage) -> None:
    chips, model = page.card.chips, page.card.model
    every = model.rowCount()
    chips.choose("money")
    assert [line.rule for line in model.lines()] == ["newly_overdue"]
    chips.choose("relationship")
    assert model.rowCount() == every - 1
    chips.choose("all")
    assert model.rowCount() == every


def test_a_task_is_done_and_comes_back_by_undo(
    page: TodayPage, context: Context, desk: Desk
) -> None:
    told: list[Toast] = []
    context.messages.told.connect(told.append)
    line = line_of(page, "tasks_due")
    assert str(today_text.done_words(line)) == "Mark the task as done"
    page.complete()
    assert line.id not in {task.id for task in desk.query(open_tasks)}
    assert line.id not in {one.id for one in page.card.model.lines() if one.kind == "task"}
    assert page.card.view.current_line() is not None
    action = told[-1].action
    assert action is not None
    action.run()
    assert line.id in {one.id for one in page.card.model.lines() if one.kind == "task"}


def test_a_promise_is_kept(page: TodayPage) -> None:
    line_of(page, "their_promises")
    page.complete()
    assert "their_promises" not in {line.rule for line in page.card.model.lines()}


def test_a_line_without_a_tick_opens_the_capture(page: TodayPage, people: People) -> None:
    from acctdesk.ui.dialogs.capture import CaptureDialog

    line = line_of(page, "newly_overdue")
    assert today_text.done_icon(line) == "pencil"
    page.complete()
    dialog = page.findChild(CaptureDialog)
    assert dialog is not None
    assert dialog.form.client.client_id == people.xenodocheia
    dialog.close()


@pytest.mark.parametrize("rule", ["tasks_due", "their_promises", "newly_overdue"])
def test_a_line_is_left_for_another_day(page: TodayPage, desk: Desk, rule: str) -> None:
    line = line_of(page, rule)
    page.postpone()
    asking = popup(page, WhenPopup)
    type_text(asking.field.field, "+3d")
    press(asking.field.field, Qt.Key.Key_Return)

    def keys(day: dt.date) -> set[tuple[str, int]]:
        lines = desk.query(today_page, today=day).lines
        return {(one.rule, one.promise_id or one.id) for one in lines}

    mine = (line.rule, line.promise_id or line.id)
    assert mine not in keys(TODAY)
    assert mine not in {(one.rule, one.promise_id or one.id) for one in page.card.model.lines()}
    later = TODAY + (4 if rule == "their_promises" else 3) * DAY
    assert mine in keys(later)
    desk.undo()
    assert mine in keys(TODAY)


def test_a_day_that_is_not_clear_or_not_later_changes_nothing(
    page: TodayPage, context: Context
) -> None:
    told: list[Toast] = []
    context.messages.told.connect(told.append)
    line = line_of(page, "newly_overdue")
    page.postpone()
    asking = popup(page, WhenPopup)
    type_text(asking.field.field, "ζζζ")
    press(asking.field.field, Qt.Key.Key_Return)
    assert asking.isVisible()
    assert "not clear" in asking.trouble.text()
    asking.field.field.clear()
    type_text(asking.field.field, "σήμερα")
    press(asking.field.field, Qt.Key.Key_Return)
    assert str(told[-1].text) == "Choose a later day than today."
    assert line in page.card.model.lines()


def test_the_usual_days_are_one_press_away(page: TodayPage, desk: Desk) -> None:
    line = line_of(page, "tasks_due")
    page.postpone()
    popup(page, WhenPopup).buttons[0].click()
    moved = next(task for task in desk.query(open_tasks) if task.id == line.id)
    assert moved.due_on == TODAY + DAY


def test_the_buttons_of_a_line_are_pressed_by_the_mouse(page: TodayPage) -> None:
    line = line_of(page, "tasks_due")
    view = page.card.view
    places = buttons(view.visualRect(view.currentIndex()))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=places["snooze"].center())
    popup(page, WhenPopup).close()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=places["done"].center())
    assert line not in page.card.model.lines()


def test_a_line_is_dismissed_with_a_reason_by_key_and_brought_back(
    page: TodayPage, context: Context, desk: Desk
) -> None:
    line = line_of(page, "newly_overdue")
    press(page.card.view, Qt.Key.Key_Delete)
    asking = popup(page, ReasonPopup)
    press(asking.field, Qt.Key.Key_Return)
    assert asking.isVisible(), "a reason is asked for"
    type_text(asking.field, "Θα πληρώσει")
    press(asking.field, Qt.Key.Key_Return)
    assert line not in page.card.model.lines()
    dialog = DismissedDialog(context, page)
    dialog.open()
    (entry,) = dialog.list.entries.entries()
    assert entry.title.startswith("Ask about invoice")
    assert "Θα πληρώσει" in entry.below
    press(dialog.list, Qt.Key.Key_Return)
    assert line in page.card.model.lines()
    assert dialog.list.entries.entries() == []
    assert dialog.told.isVisible()
    dialog.close()
    desk.undo()
    desk.undo()
    assert line in {*desk.query(today_page, today=TODAY).lines}


def test_a_usual_reason_is_one_press_away_and_the_toast_takes_it_back(
    page: TodayPage, context: Context
) -> None:
    told: list[Toast] = []
    context.messages.told.connect(told.append)
    line = line_of(page, "newly_overdue")
    page.dismiss()
    popup(page, ReasonPopup).buttons[0].click()
    assert line not in page.card.model.lines()
    action = told[-1].action
    assert action is not None
    action.run()
    assert line in page.card.model.lines()


def test_space_says_why(page: TodayPage) -> None:
    line_of(page, "newly_overdue")
    press(page.card.view, Qt.Key.Key_Space)
    panel = popup(page, WhyPanel)
    assert panel.accessibleName() == "Newly overdue"
    assert "€1,230" in panel.accessibleDescription()
    press(panel, Qt.Key.Key_Space)
    assert not panel.isVisible()


def test_enter_opens_the_record(page: TodayPage, context: Context, people: People) -> None:
    wanted: list[Target] = []
    context.navigator.requested.connect(wanted.append)
    line_of(page, "newly_overdue")
    press(page.card.view, Qt.Key.Key_Return)
    loose = next(
        n
        for n, one in enumerate(page.card.model.lines())
        if one.kind == "task" and not one.client_id
    )
    page.card.view.setCurrentIndex(page.card.model.index(loose, 0))
    press(page.card.view, Qt.Key.Key_Return)
    page.appointments.lines[0].click()
    assert [(one.page, one.kind, one.client_id) for one in wanted] == [
        ("clients", "client", people.xenodocheia),
        ("tasks", "task", None),
        ("clients", "task", people.myloi),
    ]


def test_the_menu_offers_the_same(page: TodayPage, qtbot: QtBot) -> None:
    line_of(page, "tasks_due")
    page.card.view.menu_wanted.emit(QPoint(10, 10))
    menu = page.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [
        "Open",
        "Brief before a visit",
        "Why I see this",
        "Mark the task as done",
        "Another day…",
        "Dismiss…",
        "Dismissed lines…",
    ]
    menu.actions()[3].trigger()
    menu.close()
    assert page.count() == 1


def test_a_change_elsewhere_is_seen(page: TodayPage, context: Context) -> None:
    before = page.card.model.rowCount()
    context.runner.submit(STEP, add_task, title="Νέα", due_on=TODAY)
    assert page.card.model.rowCount() == before + 1
    context.runner.submit(STEP, set_profile, officer="Ελένη Μ.")
    assert page.greeting.text().endswith("Ελένη")


def test_whatever_the_day_is_made_of_brings_it_anew(
    context: Context, desk: Desk, qtbot: QtBot
) -> None:
    words: set[str] = set()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        words.update(re.findall(r"\w+", statement))

    event.listen(desk.book.read_engine, "before_cursor_execute", note)
    shown(context, qtbot)
    event.remove(desk.book.read_engine, "before_cursor_execute", note)
    assert words
    assert words & Base.metadata.tables.keys() <= set(TodayPage.tables)


def test_midnight_and_waking_bring_the_new_day(
    page: TodayPage, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = NOW + dt.timedelta(hours=26)
    context.clock = lambda: later
    monkeypatch.setattr(page.pulse, "_clock", lambda: later)
    page.pulse.beat()
    assert page.day.text().startswith("Friday 13 November 2026")


def test_figures_in_sentences_follow_the_language(page: TodayPage, context: Context) -> None:
    context.languages.speak("el")
    line = line_of(page, "newly_overdue")
    assert "1.230\u00a0€" in str(line.why)
    assert page.tiles.tiles["overdue"].value == "1.230\u00a0€"
    assert page.greeting.text().startswith("Καλη")
    assert page.day.text().startswith("Πέμπτη 12 Νοεμβρίου 2026 · 1 ραντεβού")


def test_the_plan_is_printed(page: TodayPage) -> None:
    document = page.print_document()
    assert document is not None
    text = document.toPlainText()
    for words in ("Plan of the day", "15:00", "Μύλοι Θερμαϊκού Α.Ε.", "€1,230", "☐"):
        assert words in text


def test_a_new_book_offers_its_first_steps(
    qapp: QApplication, book_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    from acctdesk.bootstrap import open_book

    owner = QObject()
    desk = open_book(book_file)
    page = shown(make_context(qapp, desk, tmp_path, parent=owner), qtbot)
    wanted: list[str] = []
    page.card.wanted.connect(wanted.append)
    assert page.card.states.currentWidget() is page.card.start
    assert page.card.first_steps[0].hasFocus()
    assert not page.can("record.interaction")
    for button in page.card.first_steps:
        button.click()
    assert wanted == ["tools.import", "file.new_client"]
    desk.perform(STEP, create_client, name="Ο πρώτος")
    page.load()
    assert page.card.states.currentWidget() is page.card.empty
    assert page.can("record.interaction")
    desk.close()
    owner.deleteLater()


def test_an_empty_day_says_so(
    qapp: QApplication, book_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    from acctdesk.bootstrap import open_book

    owner = QObject()
    desk = open_book(book_file)
    desk.perform(STEP, create_client, name="Ο πρώτος")
    page = shown(make_context(qapp, desk, tmp_path, parent=owner), qtbot)
    chips = page.card.chips
    assert chips.chip("all").geometry().right() == chips.rect().right()  # at the right end
    assert page.card.states.currentWidget() is page.card.empty
    assert page.card.empty.accessibleName() == "Nothing presses today."
    assert page.count() is None
    assert page.day.text().endswith("nothing presses")
    assert page.tiles.tiles["quarter"].chip == "no target is set"
    desk.close()
    owner.deleteLater()


def test_a_failure_is_said_and_tried_again(page: TodayPage) -> None:
    page.card.show_failure(UserError(msg("Today", "The day could not be read")))
    assert page.card.states.currentWidget() is page.card.failure
    page.card.again.emit()
    assert page.card.states.currentWidget() is page.card.view


def test_before_the_answer_grey_bars_stand(context: Context, qtbot: QtBot) -> None:
    made = TodayPage(context)
    qtbot.addWidget(made)
    assert made.card.states.currentWidget() is made.card.skeleton
    assert made.count() is None


def test_a_rule_of_tomorrow_needs_no_look_of_its_own(page: TodayPage) -> None:
    line = replace(line_of(page, "tasks_due"), rule="new", urgent=False)
    assert today_text.look_of(line).icon == "bolt"


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("size", [(1142, 684), (1696, 996), (900, 700), (744, 516)])
def test_nothing_is_cut_and_everything_is_named(
    page: TodayPage, context: Context, size: tuple[int, int], language: str
) -> None:
    context.languages.speak(language)
    page.resize(*size)
    QApplication.processEvents()
    assert page.width() == size[0]
    assert_no_overlap_or_cut(page)
    assert_accessible(page)


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("size", [(1142, 684), (744, 516)])
def test_the_panels_are_whole_and_keep_the_keyboard(
    page: TodayPage, context: Context, size: tuple[int, int], language: str
) -> None:
    context.languages.speak(language)
    page.resize(*size)
    QApplication.processEvents()
    line_of(page, "newly_overdue")
    page.postpone()
    asking = popup(page, WhenPopup)
    QApplication.processEvents()
    assert page.rect().contains(asking.geometry())
    assert_no_overlap_or_cut(asking)
    assert_accessible(asking)
    for _ in range(4):
        press(page.focusWidget(), Qt.Key.Key_Tab)
        assert asking.isAncestorOf(page.focusWidget())
    press(asking, Qt.Key.Key_Escape)
    assert page.focusWidget() is page.card.view
    press(page.card.view, Qt.Key.Key_Space)
    panel = popup(page, WhyPanel)
    assert page.rect().contains(panel.geometry())
    assert_no_overlap_or_cut(panel)
    QTest.mouseClick(panel.parentWidget(), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert page.focusWidget() is page.card.view


def test_the_right_column_goes_under_where_it_is_narrow(page: TodayPage) -> None:
    assert page.pace.x() > page.card.geometry().right()
    page.resize(900, 700)
    QApplication.processEvents()
    assert page.pace.y() > page.card.geometry().bottom()


def test_the_model_keeps_qts_rules(page: TodayPage, qtmodeltester: Any) -> None:
    model: TodayModel = page.card.model
    qtmodeltester.check(model)
    assert model.data(model.index(99)) is None
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "urgent" in said
