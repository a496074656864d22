"""A shortcut is its key, whichever letter the layout writes on it; and no key means two things."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from acctdesk.i18n import msg
from acctdesk.ui.actions import ACTIONS
from acctdesk.ui.context import Context
from acctdesk.ui.keys import action_of, latin_key
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.registry import PAGES
from acctdesk.ui.widgets.dialog import CalmDialog
from tests.ui.keyboard import GREEK, Keyboard

LETTERS = [one for spec in ACTIONS for one in spec.shortcuts if one.rpartition("+")[2] in GREEK]


@pytest.fixture
def whole(context: Context, qapp: QApplication) -> MainWindow:
    """Give a window with every page of the program, shown."""
    window = MainWindow(context, PAGES)
    window.start()
    window.show()
    window.activateWindow()
    qapp.processEvents()
    return window


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
    whole.close()


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
    whole.close()


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
    whole.close()
