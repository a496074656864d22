"""Privacy: amounts, other clients' names and the title are hidden by one key, and come back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

from acctdesk import formats
from acctdesk.services.desk import Desk
from acctdesk.ui.itemmodels.palette import hit_rows
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.registry import PAGES
from acctdesk.ui.pages.tabs import TabbedPage
from acctdesk.ui.privacy import privacy, shown_name
from tests.ui.world import People, fill_small, make_context

_MONEY = re.compile(r"\d[\d.,]*\s?€|€\s?\d")


@pytest.fixture
def people(desk: Desk) -> People:
    return fill_small(desk)


@pytest.fixture
def window(qapp: QApplication, desk: Desk, people: People, tmp_path: Path) -> Iterator[MainWindow]:
    """Give the whole window over a small book, in euros on screen."""
    context = make_context(qapp, desk, tmp_path)
    made = MainWindow(context, PAGES)
    made.resize(1440, 900)
    made.start()
    made.show()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()
    context.runner.shutdown()
    qapp.processEvents()


def words(root: QWidget) -> list[str]:
    """Return everything that the visible widgets and their models say."""
    found: list[str] = []
    for one in [root, *root.findChildren(QWidget)]:
        if not one.isVisible():
            continue
        found += [one.toolTip(), one.accessibleName(), one.accessibleDescription()]
        if isinstance(one, QLabel):
            found.append(one.text())
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            found += _cells(one.model())
    return [text for text in found if text]


def _cells(model: QAbstractItemModel) -> list[str]:
    roles = (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    places = [
        model.index(row, column)
        for row in range(model.rowCount(QModelIndex()))
        for column in range(columns)
    ]
    return [str(place.data(role) or "") for place in places for role in roles]


def test_a_name_is_shown_to_its_own_client_only() -> None:
    privacy().guest = 7
    assert shown_name("Παπαδόπουλος", 8) == "Παπαδόπουλος"
    privacy().set_on(True)
    assert shown_name("Παπαδόπουλος", 7) == "Παπαδόπουλος"
    assert shown_name("Παπαδόπουλος", 8) == "Π•••••"
    assert shown_name("Παπαδόπουλος", None) == "Π•••••"
    assert shown_name(None, None) == ""


def test_an_amount_is_dots_and_a_count_is_not() -> None:
    privacy().set_on(True)
    assert formats.money(123_456, language="el") == "•••\u00a0€"
    assert formats.money(-123_456, language="en") == "€•••"
    assert formats.amount(123_456) == formats.compact(123_456) == "•••"
    assert formats.money(None) == formats.UNKNOWN
    assert formats.number(7) == "7"


@pytest.mark.parametrize("seen_before", [False, True])
def test_nothing_of_the_kind_is_left_on_any_page(
    window: MainWindow, people: People, qapp: QApplication, seen_before: bool
) -> None:
    for key in window.page_specs if seen_before else ():
        window.show_page(key)
    window.show_page("clients")
    window.page.list.show_client(people.papadopoulos)  # type: ignore[union-attr]
    qapp.processEvents()
    assert any("Μύλοι" in one for one in words(window))
    window.context.actions["view.privacy"].trigger()
    for key in window.page_specs:
        window.show_page(key)
        qapp.processEvents()
        said = words(window)
        others = [one for one in said if "Μύλοι" in one or "Ξενοδοχεία" in one]
        assert others == [], key
        assert [one for one in said if _MONEY.search(one)] == [], key
        assert window.windowTitle() == "acctdesk"
    window.show_page("clients")
    assert any("Παπαδόπουλος Α.Ε." in one for one in words(window))
    window.context.actions["view.privacy"].trigger()
    qapp.processEvents()
    assert any("Μύλοι" in one for one in words(window))
    assert window.windowTitle() != "acctdesk"


def test_nothing_of_the_kind_is_left_on_a_tab(
    window: MainWindow, people: People, qapp: QApplication
) -> None:
    def tabs() -> Iterator[str]:
        for key in ("receivables", "targets"):
            window.show_page(key)
            page = window.page
            assert isinstance(page, TabbedPage)
            for part in page.tabs.buttons:
                part.click()
                qapp.processEvents()
                yield f"{key} {part.text()}"

    assert len(list(tabs())) > 4  # each was seen before
    window.context.actions["view.privacy"].trigger()
    for tab in tabs():
        said = words(window)
        assert [one for one in said if "Μύλοι" in one or _MONEY.search(one)] == [], tab


def test_the_badge_says_that_amounts_are_hidden(window: MainWindow) -> None:
    assert window.topbar.privacy.text() == "Privacy"
    window.context.actions["view.privacy"].trigger()
    assert window.topbar.privacy.text() == "Hidden"
    assert window.context.actions["view.privacy"].isChecked()


def test_the_palette_hides_other_clients_and_their_people(desk: Desk, people: People) -> None:
    from acctdesk.services.search import find

    privacy().guest = people.papadopoulos
    hits = desk.query(find, text="μ")
    assert {hit.kind for hit in hits} >= {"client", "contact"}
    privacy().set_on(True)
    titles = {row.hit.id: row.title for row in hit_rows(hits) if row.hit is not None}
    assert titles[people.myloi] == "Μ•••••"
    assert all(row.detail == "" for row in hit_rows(hits))


def test_a_credit_limit_is_hidden_but_edited_as_it_is(
    window: MainWindow, people: People, desk: Desk, qapp: QApplication
) -> None:
    from acctdesk.services.clients import update_client
    from tests.ui.world import STEP

    desk.perform(STEP, update_client, client_id=people.papadopoulos, credit_limit_minor=80_000_00)
    window.show_page("clients")
    page = window.page
    page.list.show_client(people.papadopoulos)  # type: ignore[union-attr]
    window.context.actions["view.privacy"].trigger()
    limit = page.record.rail.details.rows["credit_limit_minor"]  # type: ignore[union-attr]
    assert limit.value.value() == "•••"
    limit.edit()
    assert limit.field.text() == "80,000.00"


def test_who_sat_beside_is_forgotten_with_another_book(
    qapp: QApplication, desk: Desk, tmp_path: Path
) -> None:
    privacy().guest = 7
    context = make_context(qapp, desk, tmp_path)
    window = MainWindow(context, PAGES)
    assert privacy().guest is None
    window.deleteLater()
    context.runner.shutdown()
