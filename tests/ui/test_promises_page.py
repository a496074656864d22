"""The Promises page by keyboard: its figures and the rows behind them, settling, finding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from acctdesk.kinds import PromiseBy, PromiseState
from acctdesk.services.brief import brief
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import add_promise, set_promise_state
from acctdesk.services.promises import kept_ratios
from acctdesk.ui.brief_page import brief_document
from acctdesk.ui.context import Context, Target
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.pages.promises import PromisesPage
from tests.ui.accessibility import assert_accessible
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import STEP, TODAY, People, fill_small, make_context, press

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _quiet_menus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offscreen has no pop-up windows: a menu is made and not shown."""
    monkeypatch.setattr(QMenu, "popup", lambda _self, _point: None)


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book: Μύλοι have four promises of ours, one of each kind that counts."""
    people = fill_small(desk)
    for what, due, settled, state in (
        ("στην ώρα", -3, -3, PromiseState.KEPT),
        ("αργά", -3, -1, PromiseState.KEPT),
        ("όχι", -3, -2, PromiseState.BROKEN),
        ("ακόμη", -3, None, None),
    ):
        one = desk.perform(
            STEP,
            add_promise,
            client_id=people.myloi,
            given_by=PromiseBy.US,
            what=what,
            due_on=TODAY + due * DAY,
        ).value
        if state is not None and settled is not None:
            on = TODAY + settled * DAY
            desk.perform(STEP, set_promise_state, promise_id=one, state=state, on=on)
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
def page(context: Context, qtbot: QtBot) -> PromisesPage:
    """Give the page as the window shows it."""
    made = PromisesPage(context)
    qtbot.addWidget(made)
    context.bus.changed.connect(made.on_changed)
    made.resize(1142, 684)
    made.show()
    made.activated()
    made.first_focus()
    QApplication.processEvents()
    return made


def groups(page: PromisesPage) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for place in range(page.model.rowCount()):
        row = page.model.row_at(place)
        if row is not None and row.entry is not None:
            found.setdefault(row.group, []).append(row.entry.title)
    return found


def choose(page: PromisesPage, title: str) -> None:
    key = next(one.key for one in page.model.entries() if one.title == title)
    assert page.view.choose(key)


def test_a_figure_opens_exactly_the_promises_it_counts(page: PromisesPage) -> None:
    tile = page.ratios.tiles[PromiseBy.US]
    assert (tile.value, tile.chip) == ("25%", "1 of 4 in time")
    assert page.ratios.tiles[PromiseBy.THEM].value == "—"
    assert len(page.model.entries()) == page.chips.count("all")
    press(tile, Qt.Key.Key_Return)
    assert (page.sides.key, page.chips.key) == ("us", "counted")
    assert groups(page) == {
        "overdue": ["ακόμη"],
        "broken": ["όχι"],
        "kept_late": ["αργά"],
        "kept": ["στην ώρα"],
    }
    for key in ("overdue", "broken", "kept_late", "kept"):
        page.chips.choose(key)
        assert list(groups(page)) == [key]
        assert page.chips.count(key) == 1


def test_what_is_shown_can_be_printed(page: PromisesPage) -> None:
    page.chips.choose("kept_late")
    document = page.print_document()
    assert document is not None
    text = document.toPlainText()
    assert "Kept by us 25% (1 of 4)" in text
    assert "αργά" in text
    assert "ακόμη" not in text


def test_space_settles_and_opens_again_and_undo_takes_it_back(
    page: PromisesPage, desk: Desk, context: Context
) -> None:
    choose(page, "ακόμη")
    press(page.view, Qt.Key.Key_Space)
    assert groups(page)["kept_late"] == ["ακόμη", "αργά"]
    assert desk.query(kept_ratios, today=TODAY)[PromiseBy.US].late == 2
    choose(page, "όχι")
    press(page.view, Qt.Key.Key_Space)
    assert "όχι" in groups(page)["overdue"]
    context.runner.undo()
    context.runner.undo()
    assert page.ratios.tiles[PromiseBy.US].chip == "1 of 4 in time"


def test_enter_opens_the_contact_in_which_it_was_given(
    page: PromisesPage, people: People, context: Context
) -> None:
    went: list[Target] = []
    context.navigator.requested.connect(went.append)
    given = next(one for one in page.model.entries() if one.ledger and one.ledger.given_in)
    page.view.choose(given.key)
    press(page.view, Qt.Key.Key_Return)
    choose(page, "ακόμη")  # was written down by itself
    press(page.view, Qt.Key.Key_Return)
    assert [(one.page, one.kind, one.client_id) for one in went] == [
        ("clients", "interaction", people.papadopoulos),
        ("clients", "client", people.myloi),
    ]
    assert went[0].id == people.call


def test_one_client_can_be_chosen(page: PromisesPage, people: People) -> None:
    assert page.filter_focus()
    assert page.picker.field.hasFocus()
    page.picker.take(people.papadopoulos, "Παπαδόπουλος Α.Ε.")
    names = {one.client_name for one in page.model.entries()}
    assert names == {"Παπαδόπουλος Α.Ε."}
    assert page.ratios.tiles[PromiseBy.US].value == "—"
    page.picker.field.clear()
    page.picker.field.textEdited.emit("")
    assert len({one.client_name for one in page.model.entries()}) == 2


def test_the_figure_of_a_record_leads_to_its_rows(
    page: PromisesPage, context: Context, people: People, qtbot: QtBot
) -> None:
    record = ClientsPage(context)
    qtbot.addWidget(record)
    record.resize(1216, 844)
    record.show()
    record.activated()
    record.list.show_client(people.myloi)
    figures = record.record.rail.promises.ratios
    qtbot.waitUntil(lambda: figures[PromiseBy.US].text() == "25% (1 of 4)")
    assert not figures[PromiseBy.THEM].isEnabled()
    context.navigator.requested.connect(page.open_target)
    figures[PromiseBy.US].click()
    assert page.picker.client_name == "Μύλοι Θερμαϊκού Α.Ε."
    assert len(page.model.entries()) == 4


def test_the_brief_says_it_in_one_line(desk: Desk, context: Context, people: People) -> None:
    text = brief_document(desk.query(brief, client_id=people.myloi, today=TODAY)).toPlainText()
    assert "Kept by us 25% (1 of 4)" in text
    assert "Kept by them" not in text


def test_the_menu_settles_opens_and_moves(page: PromisesPage) -> None:
    choose(page, "ακόμη")
    page.view.menu_wanted.emit(QPoint(0, 0))
    (menu,) = page.findChildren(QMenu)
    words = [action.text() for action in menu.actions()]
    assert words == ["Kept", "Not kept", "Another day…", "Open the client", "Move to the trash"]
    menu.actions()[1].trigger()
    assert "ακόμη" in groups(page)["broken"]


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("size", [(760, 560), (1142, 684)])
def test_nothing_is_cut_and_everything_has_a_name(
    page: PromisesPage, context: Context, language: str, size: tuple[int, int]
) -> None:
    context.languages.speak(language)
    page.resize(*size)
    QApplication.processEvents()
    assert_no_overlap_or_cut(page)
    assert_accessible(page)
