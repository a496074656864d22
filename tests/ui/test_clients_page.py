"""The Clients page by keyboard, on a real book: find, choose, correct, trash, undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from acctdesk.services.clients import get_client, update_client
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import update_interaction
from acctdesk.services.rhythm import Gap, set_gaps
from acctdesk.services.tasks import next_step
from acctdesk.ui.context import Context, Target
from acctdesk.ui.messages import Toast
from acctdesk.ui.pages.clients.page import ClientsPage
from tests.ui.world import STEP, TODAY, People, fill_small, make_context, press, type_text


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book."""
    return fill_small(desk)


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path, people: People) -> Iterator[Context]:
    """Give a context over the small book."""
    owner = QObject()
    yield make_context(qapp, desk, tmp_path, parent=owner)
    owner.deleteLater()


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> ClientsPage:
    """Give the page as the window shows it."""
    made = ClientsPage(context)
    qtbot.addWidget(made)
    context.bus.changed.connect(made.on_changed)
    made.resize(1216, 844)
    made.show()
    made.activated()
    qtbot.waitUntil(lambda: made.list.current_row() is not None)
    return made


def names(page: ClientsPage, qtbot: QtBot) -> list[str]:
    """Return the names in the list from top to bottom."""
    model = page.list.model
    for place in range(model.rowCount()):
        model.data(model.index(place, 0))
    qtbot.waitUntil(lambda: all(model.known(one) for one in model.ids()))
    return [row.name for one in model.ids() if (row := model.known(one))]


def test_the_list_opens_on_its_first_client(
    page: ClientsPage, people: People, qtbot: QtBot
) -> None:
    assert names(page, qtbot) == ["Μύλοι Θερμαϊκού Α.Ε.", "Ξενοδοχεία Αιγαίου", "Παπαδόπουλος Α.Ε."]
    assert page.list.current == people.myloi
    assert page.record.header.name.text() == "Μύλοι Θερμαϊκού Α.Ε."
    assert page.count() == 3


@pytest.mark.parametrize("typed", ["παπαδοπουλος", "papadopoulos", "papadopulos", "C1"])
def test_the_filter_finds_by_accentless_and_latin_letters(
    page: ClientsPage, people: People, typed: str, qtbot: QtBot
) -> None:
    page.filter_focus()
    type_text(page.list.filter, typed)
    assert page.list.model.ids()[0] in {people.papadopoulos, people.xenodocheia}
    assert people.papadopoulos in page.list.model.ids()
    press(page.list.filter, Qt.Key.Key_Down)
    assert page.list.view.currentIndex().isValid()


def test_a_filter_that_hides_all_says_so_and_can_be_cleared(page: ClientsPage) -> None:
    type_text(page.list.filter, "zzzz")
    assert page.list.states.currentWidget() is page.list._hidden
    page.list.clear_filter()
    assert page.list.states.currentWidget() is page.list.view
    assert page.list.model.rowCount() == 3


def test_an_empty_book_offers_to_begin(
    qapp: QApplication, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    owner = QObject()
    made = ClientsPage(make_context(qapp, desk, tmp_path, parent=owner))
    qtbot.addWidget(made)
    made.show()
    made.activated()
    assert made.list.states.currentWidget() is made.list._empty
    assert made.record.client_id is None
    owner.deleteLater()


def test_chips_narrow_and_count(page: ClientsPage, people: People) -> None:
    assert page.list.chips.count("all") == 3
    assert page.list.chips.count("A") == 1
    assert page.list.chips.count("no_next_step") == 2
    page.list.chips.choose("no_next_step")
    assert people.papadopoulos not in page.list.model.ids()
    page.list.chips.choose("A")
    assert page.list.model.ids() == [people.papadopoulos]


def test_arrows_choose_and_the_record_follows(page: ClientsPage, people: People) -> None:
    page.list.focus_list()
    press(page.list.view, Qt.Key.Key_Down)
    assert page.record.client_id == people.xenodocheia
    press(page.list.view, Qt.Key.Key_Down)
    assert page.record.client_id == people.papadopoulos
    assert page.record.rail.next.task is not None
    assert len(page.record.rail.promises.lines) == 1


def test_sorting_keeps_the_chosen_client(page: ClientsPage, people: People, tmp_path: Path) -> None:
    page.list.show_client(people.papadopoulos)
    page.list.sort_by("name", True)
    assert page.list.model.ids()[0] == people.papadopoulos
    assert page.list.current == people.papadopoulos
    assert page.list.view.currentIndex().row() == 0
    assert page.list.view.sort == ("name", True)


def test_a_fact_is_saved_on_leaving_and_undone(
    page: ClientsPage, people: People, context: Context, desk: Desk
) -> None:
    page.list.show_client(people.papadopoulos)
    city = page.record.rail.details.rows["city"]
    city.value.setFocus()
    press(city.value, Qt.Key.Key_F2)
    assert city.editing
    city.field.selectAll()
    type_text(city.field, "Καβάλα")
    press(city.field, Qt.Key.Key_Return)
    assert city.value.value() == "Καβάλα"
    row = page.list.current_row()
    assert row is not None
    context.runner.undo()
    card = desk.query(get_client, client_id=people.papadopoulos, today=TODAY)
    assert card.city == "Θεσσαλονίκη"
    assert city.value.value() == "Θεσσαλονίκη"


def test_escape_takes_back_the_field_alone(page: ClientsPage, people: People, desk: Desk) -> None:
    page.list.show_client(people.papadopoulos)
    city = page.record.rail.details.rows["city"]
    city.edit()
    city.field.selectAll()
    type_text(city.field, "Αλλού")
    press(city.field, Qt.Key.Key_Escape)
    assert not city.editing
    assert city.value.value() == "Θεσσαλονίκη"
    assert desk.query(get_client, client_id=people.papadopoulos, today=TODAY).version == 1


def test_a_wrong_vat_id_stays_in_the_field_with_its_reason(
    page: ClientsPage, people: People
) -> None:
    page.list.show_client(people.papadopoulos)
    vat = page.record.rail.details.rows["vat_id"]
    vat.edit()
    vat.field.selectAll()
    type_text(vat.field, "123456780")
    press(vat.field, Qt.Key.Key_Return)
    assert vat.editing
    assert "check digit" in vat.editor.reason.text()
    press(vat.field, Qt.Key.Key_Escape)
    assert vat.value.value() == "094014201"


def test_a_value_changed_underneath_is_a_choice(
    page: ClientsPage, people: People, desk: Desk
) -> None:
    page.list.show_client(people.papadopoulos)
    city = page.record.rail.details.rows["city"]
    city.edit()
    desk.perform(STEP, update_client, client_id=people.papadopoulos, city="Βόλος")
    city.field.selectAll()
    type_text(city.field, "Καβάλα")
    press(city.field, Qt.Key.Key_Return)
    assert city.choosing
    assert "Βόλος" in city.editor.reason.text()
    assert desk.query(get_client, client_id=people.papadopoulos, today=TODAY).city == "Βόλος"
    press(city.editor.mine, Qt.Key.Key_Space)
    assert city.editor.reason.isHidden()
    assert desk.query(get_client, client_id=people.papadopoulos, today=TODAY).city == "Καβάλα"


def test_another_field_changed_underneath_is_no_conflict(
    page: ClientsPage, people: People, desk: Desk
) -> None:
    page.list.show_client(people.papadopoulos)
    desk.perform(STEP, update_client, client_id=people.papadopoulos, activity="Τρόφιμα")
    city = page.record.rail.details.rows["city"]
    city.edit()
    city.field.selectAll()
    type_text(city.field, "Καβάλα")
    press(city.field, Qt.Key.Key_Return)
    assert not city.choosing
    assert desk.query(get_client, client_id=people.papadopoulos, today=TODAY).city == "Καβάλα"


def test_trash_offers_undo(page: ClientsPage, people: People, context: Context) -> None:
    told: list[Toast] = []
    context.messages.told.connect(told.append)
    page.list.show_client(people.xenodocheia)
    page.trash()
    assert people.xenodocheia not in page.list.model.ids()
    action = told[-1].action
    assert action is not None
    action.run()
    assert people.xenodocheia in page.list.model.ids()


def test_the_next_step_is_done_or_moved(page: ClientsPage, people: People, desk: Desk) -> None:
    page.list.show_client(people.papadopoulos)
    page.record.rail.next.move_by(3)
    task = desk.query(next_step, client_id=people.papadopoulos)
    assert task is not None
    assert task.due_on is not None
    assert (task.due_on - TODAY).days == 3
    page.complete_step()
    assert desk.query(next_step, client_id=people.papadopoulos) is None
    assert page.record.rail.next.task is None
    assert not page.can("record.complete")


def test_a_row_is_copied_as_text_and_table(page: ClientsPage, people: People, qtbot: QtBot) -> None:
    page.list.show_client(people.papadopoulos)
    names(page, qtbot)
    page.copy_rows()
    data = QGuiApplication.clipboard().mimeData()
    assert "Παπαδόπουλος Α.Ε." in data.text()
    assert data.text().count("\n") == 2
    assert "<table" in data.html()


def test_list_and_timeline_print(page: ClientsPage, people: People, qtbot: QtBot) -> None:
    page.list.show_client(people.papadopoulos)
    document = page.print_document()
    assert document is not None
    assert "Μύλοι Θερμαϊκού Α.Ε." in document.toPlainText()
    page.record.timeline.view.setFocus()
    qtbot.waitUntil(page.record.timeline.view.hasFocus)
    document = page.print_document()
    assert document is not None
    assert "Συμφωνεί στις 60 ημέρες" in document.toPlainText()


def test_a_target_opens_its_client(page: ClientsPage, people: People) -> None:
    page.open_target(Target("clients", "client", people.xenodocheia))
    assert page.record.client_id == people.xenodocheia
    page.list.chips.choose("A")
    page.open_target(Target("clients", "contact", people.contact, people.papadopoulos))
    assert page.record.client_id == people.papadopoulos


def test_columns_are_remembered(page: ClientsPage, context: Context, qtbot: QtBot) -> None:
    view = page.list.view
    layout = [("client", True), ("sales", True), ("last", True), ("overdue", False), ("vat", True)]
    view.set_column_layout(layout)
    again = ClientsPage(context)
    qtbot.addWidget(again)
    shown = [key for key, on in again.list.view.column_layout() if on]
    assert shown == ["client", "sales", "last", "vat"]


@pytest.mark.parametrize("size", [(1142, 712), (1696, 1024), (820, 600)])
@pytest.mark.parametrize("language", ["el", "en"])
def test_nothing_overlaps(
    page: ClientsPage, people: People, context: Context, size: tuple[int, int], language: str
) -> None:
    context.languages.speak(language)
    page.resize(*size)
    page.list.show_client(people.papadopoulos)
    QApplication.processEvents()
    assert page.width() == max(size[0], page.minimumSizeHint().width())
    for pane in (page.list, page.record.timeline, page.record.rail):
        for child in pane.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if child.isVisible():
                assert child.geometry().right() <= pane.width(), child
    context.languages.speak("en")


def test_everything_that_takes_the_keyboard_has_a_name(page: ClientsPage, people: People) -> None:
    page.list.show_client(people.papadopoulos)
    nameless = [
        child
        for child in page.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.isVisible()
        and not child.accessibleName()
        and not (getattr(child, "text", None) and child.text())  # type: ignore[attr-defined]
        and type(child).__name__ not in {"QScrollBar", "QWidget"}
    ]
    assert nameless == []


def test_a_client_past_its_days_says_so_in_word_and_colour(
    page: ClientsPage, people: People, context: Context, qtbot: QtBot
) -> None:
    page.list.show_client(people.papadopoulos)
    column = page.list.model.index(page.list.model.row_of(people.papadopoulos) or 0, 1)
    context.runner.submit(
        STEP,
        update_interaction,
        interaction_id=people.call,
        happened_at=dt.datetime(2026, 10, 28, 9, tzinfo=dt.UTC),  # fifteen days before today
    )
    for ideal, most, word, chip in (
        (15, 20, "call", ""),
        (14, 20, "due", "Contact due since 11/11"),
        (14, 14, "forgotten", "15 days without contact"),
    ):
        context.runner.submit(
            STEP,
            update_client,
            client_id=people.papadopoulos,
            ideal_days=ideal,
            most_days=most,
        )
        qtbot.waitUntil(lambda: str(page.list.model.data(column)).endswith(word))  # noqa: B023
        touch = page.record.header.touch
        assert touch.isVisibleTo(page) is bool(chip)
        assert touch.text().startswith(chip)
    rows = page.record.rail.details.rows
    assert rows["ideal_days"].value.value() == "14"
    context.runner.submit(
        STEP, update_client, client_id=people.papadopoulos, ideal_days=None, most_days=None
    )
    assert rows["ideal_days"].value.value().endswith("(of its category)")


def test_other_days_of_a_segment_repaint_the_list_and_the_record(
    page: ClientsPage, people: People, context: Context, qtbot: QtBot
) -> None:
    page.list.show_client(people.papadopoulos)
    context.runner.submit(STEP, update_client, client_id=people.papadopoulos, segment="A")
    context.runner.submit(
        STEP,
        update_interaction,
        interaction_id=people.call,
        happened_at=dt.datetime(2026, 10, 28, 9, tzinfo=dt.UTC),
    )
    column = page.list.model.index(page.list.model.row_of(people.papadopoulos) or 0, 1)
    qtbot.waitUntil(lambda: str(page.list.model.data(column)).endswith("call"))
    context.runner.submit(STEP, set_gaps, gaps={"A": Gap(7, 10)})
    qtbot.waitUntil(lambda: str(page.list.model.data(column)).endswith("forgotten"))
    assert page.record.header.touch.isVisibleTo(page)
    context.runner.undo()
    qtbot.waitUntil(lambda: str(page.list.model.data(column)).endswith("call"))
    assert not page.record.header.touch.isVisibleTo(page)
