"""Filter chips: one row at any width, the chosen one always seen, the rest in a menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from acctdesk.i18n import msg
from acctdesk.ui.widgets.filter_chips import FilterChips
from tests.ui.world import press

CHIPS = [
    ("all", msg("Timeline", "All")),
    ("calls", msg("Timeline", "Calls")),
    ("visits", msg("Timeline", "Visits")),
    ("notes", msg("Timeline", "Notes")),
]


@pytest.fixture
def chips(qtbot: QtBot) -> FilterChips:
    """Return four chips of which one may go."""
    made = FilterChips(CHIPS, msg("Timeline", "Show"), hide_empty=("notes",))
    qtbot.addWidget(made)
    made.resize(600, 28)
    made.show()
    return made


def seen(chips: FilterChips) -> list[str]:
    """Return the keys of the chips that are seen."""
    return [chip.key for chip in chips.stops() if chip.isVisible()]


def test_what_would_show_nothing_goes(chips: FilterChips) -> None:
    chips.show_counts({"calls": 14, "visits": 0})
    assert seen(chips) == ["all", "calls", "visits"]
    assert chips.chip("calls").accessibleName() == "Calls, 14"


def test_a_narrow_row_keeps_the_chosen_one(chips: FilterChips, qtbot: QtBot) -> None:
    chips.show_counts({"calls": 14, "visits": 9, "notes": 3})
    chips.resize(190, 28)
    assert seen(chips) == ["all", "calls", ""]
    with qtbot.waitSignal(chips.chosen) as told:
        chips.choose("notes")
    assert told.args == ["notes"]
    assert "notes" in seen(chips)
    last = next(chip for chip in reversed(chips.stops()) if chip.isVisible())
    assert last.geometry().right() <= chips.width()


def test_the_menu_offers_the_rest(
    chips: FilterChips, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    chips.show_counts({"calls": 14, "visits": 9, "notes": 3})
    chips.resize(190, 28)
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _point: shown.append(menu))
    chips.open_more()
    (menu,) = shown
    assert [str(one.data()) for one in menu.actions()] == ["visits", "notes"]
    menu.actions()[1].trigger()
    assert chips.key == "notes"
    menu.deleteLater()


def test_arrows_move_and_a_second_click_shows_all(chips: FilterChips, qtbot: QtBot) -> None:
    chips.activateWindow()
    chips.chip("all").setFocus()
    qtbot.waitUntil(chips.chip("all").hasFocus)
    press(chips.chip("all"), Qt.Key.Key_Right)
    assert chips.chip("calls").hasFocus()
    press(chips.chip("calls"), Qt.Key.Key_Space)
    assert chips.key == "calls"
    press(chips.chip("calls"), Qt.Key.Key_Space)
    assert chips.key == "all"
