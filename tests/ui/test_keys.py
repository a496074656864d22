"""The keyboard alone: shortcuts in every layout, Tab through every page, and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from acctdesk.i18n import msg
from acctdesk.services.demo import fill_demo
from acctdesk.services.desk import Desk
from acctdesk.ui.action_list import ACTIONS
from acctdesk.ui.context import Context
from acctdesk.ui.doors import DOORS, Tour
from acctdesk.ui.keys import action_of, latin_key
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.clients.list_view import ClientView
from acctdesk.ui.pages.registry import PAGES
from acctdesk.ui.runner import InlineRunner
from acctdesk.ui.session import Session
from acctdesk.ui.settings import Settings
from acctdesk.ui.theme import Theme
from acctdesk.ui.translation import Languages
from acctdesk.ui.widgets.dialog import CalmDialog
from tests.ui.doors import PATIENCE
from tests.ui.keyboard import GREEK, Keyboard
from tests.ui.world import NOW, TODAY, fill_small

DIALOGS = [
    key
    for key in DOORS
    if key.startswith(("first", "unlock", "recovery", "password", "report", "interaction"))
    or key
    in {"task", "targets-form", "contact", "account", "client", "group", "chart-table", "columns"}
    or key
    in {"shut", "restore", "restore-open", "failure", "stop-import", "shortcuts", "about", "help"}
]
LETTERS = [one for spec in ACTIONS for one in spec.shortcuts if one.rpartition("+")[2] in GREEK]


@pytest.fixture
def whole(context: Context, qapp: QApplication) -> Iterator[MainWindow]:
    """Give a window with every page of the program, shown over a small book."""
    fill_small(context.desk)
    window = MainWindow(context, PAGES)
    window.resize(1366, 768)
    window.start()
    window.show()
    window.activateWindow()
    qapp.processEvents()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def tour(
    desk: Desk, look: Theme, languages: Languages, tmp_path: Path, qtbot: QtBot
) -> Iterator[Tour]:
    """Give the way through every door of a book with a little of everything."""
    desk.perform(msg("Window", "Backing up"), fill_demo, clients=8, seed=3, today=TODAY)
    session = Session(
        desk.book.path,
        encrypted=desk.book.encrypted,
        theme=look,
        settings=Settings(tmp_path / "settings.ini"),
        languages=languages,
        clock=lambda: NOW,
        runner_class=InlineRunner,
    )
    session.window.resize(1366, 768)
    session.start(desk)
    yield Tour(session, tmp_path, QApplication.processEvents)
    with qtbot.waitSignal(session.ended, timeout=PATIENCE):  # after its last backup
        session.window.close()
    session.deleteLater()


@pytest.fixture
def keyboard(qapp: QApplication) -> Keyboard:
    """Give a keyboard whose every key is answered at once."""
    return Keyboard(qapp.processEvents)


def test_every_shortcut_with_a_letter_is_found_on_a_greek_keyboard(whole: MainWindow) -> None:
    assert len(LETTERS) > 20
    for shortcut in LETTERS:
        sequence = QKeySequence(shortcut)
        modifiers = sequence[0].keyboardModifiers()  # type: ignore[index]
        greek = GREEK[shortcut.rpartition("+")[2]]
        event = QKeyEvent(QEvent.Type.KeyPress, ord(greek), modifiers, greek)
        found = action_of(whole.actions(), event)
        wanted = [one for one in whole.actions() if sequence in one.shortcuts() and one.isEnabled()]
        assert found is (wanted[0] if wanted else None), shortcut


def test_a_key_of_another_script_is_left_alone() -> None:
    cyrillic = QKeyEvent(QEvent.Type.KeyPress, 0x0416, Qt.KeyboardModifier.ControlModifier, "ж")
    assert latin_key(cyrillic) == 0x0416
    assert action_of([], cyrillic) is None


@pytest.mark.parametrize("greek", [False, True])
def test_a_modal_dialog_lets_the_keys_of_locking_and_hiding_through(
    whole: MainWindow, qapp: QApplication, greek: bool
) -> None:
    heard: list[str] = []
    whole.context.actions.triggered.connect(heard.append)
    dialog = CalmDialog(whole, msg("Page", "Page"))
    dialog.add_button(msg("Page", "Page"))
    dialog.open()
    qapp.processEvents()
    keyboard = Keyboard(qapp.processEvents, greek=greek)
    keyboard.press("F8")
    keyboard.press("F8")
    keyboard.press("Ctrl+K")
    assert heard == ["view.privacy", "view.privacy"]
    dialog.close()


def test_no_two_actions_that_are_allowed_share_a_key(whole: MainWindow) -> None:
    for key in whole.page_specs:
        whole.show_page(key)
        pressed = [
            sequence.toString()
            for one in whole.actions()
            if one.isEnabled()
            for sequence in one.shortcuts()
        ]
        pressed += [one.key().toString() for one in whole.findChildren(QShortcut)]
        assert [one for one, times in Counter(pressed).items() if times > 1] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("key", [page.key for page in PAGES])
def test_tab_goes_round_every_page_and_shows_where_it_stands(
    whole: MainWindow, keyboard: Keyboard, key: str, theme: str
) -> None:
    whole.context.theme.apply(theme)
    keyboard.press(f"Ctrl+{list(whole.page_specs).index(key) + 1}")
    first = keyboard.held
    assert whole.page is not None
    assert whole.page.isAncestorOf(first)
    met = go_round(keyboard)
    assert {whole.topbar.search, whole.topbar.privacy} <= set(met)
    keyboard.press("Shift+Tab")
    assert keyboard.held is met[-1]


@pytest.mark.parametrize("key", DIALOGS)
def test_tab_goes_round_every_dialog_and_esc_closes_it(
    tour: Tour, keyboard: Keyboard, qapp: QApplication, key: str
) -> None:
    way = DOORS[key](tour)
    dialog = next(way)
    dialog.activateWindow()
    qapp.processEvents()
    assert dialog.isAncestorOf(keyboard.held), "the keyboard is elsewhere"
    go_round(keyboard)
    closed: list[int] = []
    assert isinstance(dialog, QDialog)
    dialog.finished.connect(closed.append)
    keyboard.press("Escape")
    assert closed == [QDialog.DialogCode.Rejected.value]


def go_round(keyboard: Keyboard) -> list[QWidget]:
    """Press Tab until it comes round; each stop must be seen, and seen to have the keyboard."""
    met: list[QWidget] = []
    while keyboard.held not in met:
        held = keyboard.held
        met.append(held)
        assert len(met) < 100, "Tab never comes back"
        seen = held.visibleRegion().boundingRect().height() / max(1, held.height())
        assert seen >= 0.9, f"{held} has the keyboard unseen"
        with_keyboard = _picture(held)
        keyboard.press("Tab")
        without = _picture(held)
        if keyboard.held is not held and with_keyboard.shape == without.shape:
            other = (abs(with_keyboard - without).max(axis=2) > 40).sum()
            assert other > 60, f"{held} looks the same with and without the keyboard"
    return met


def _picture(widget: QWidget) -> Any:
    """Return the pixels of a widget and of 4 px around it: rows, columns, colours."""
    window = widget.window()
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-4, -4, 4, 4)
    shot = window.grab(place & window.rect()).toImage()
    shot = shot.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(shot.constBits(), np.uint8)
    return pixels.reshape(shot.height(), -1, 4)[:, :, :3].astype(int)


def test_a_letter_typed_into_a_list_is_a_shortcut_and_no_search(
    whole: MainWindow, keyboard: Keyboard
) -> None:
    keyboard.press("Ctrl+2")
    assert isinstance(keyboard.held, ClientView)
    keyboard.type("ι")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    assert line.text() == ""


def test_enter_presses_the_button_that_has_the_keyboard_and_not_the_default_one(
    whole: MainWindow, keyboard: Keyboard, qapp: QApplication
) -> None:
    dialog = CalmDialog(whole, msg("Page", "Page"))
    pressed: list[str] = []
    dialog.add_button(msg("Page", "Page")).clicked.connect(partial(pressed.append, "first"))
    save = dialog.add_button(msg("Page", "Page"), default=True)
    save.clicked.connect(partial(pressed.append, "default"))
    dialog.open()
    qapp.processEvents()
    keyboard.press("Return")
    keyboard.press("Shift+Tab")
    keyboard.press("Return")
    assert pressed == ["default", "first"]
    dialog.close()
