"""Where the screen is too small for the words, a dialog and a page scroll; nothing is cut."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.widgets import dialog as dialogs
from acctdesk.ui.widgets.basics import LineEdit, label, labelled
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.roomy import Roomy
from tests.ui.world import press

WORDS = msg("Roomy", "Words enough to need more than one line where the dialog is narrow. " * 4)


class Tall(CalmDialog):
    """A dialog of seven fields and some words that come later."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, msg("Roomy", "Seven fields"), width=480)
        self.fields = [LineEdit() for _ in range(7)]
        for field in self.fields:
            self.content.addLayout(labelled(msg("Roomy", "Field"), field))
        self.more = label(WORDS, wrap=True)
        self.more.hide()
        self.content.addWidget(self.more)
        self.area = self.findChildren(Roomy)[0]
        self.add_button(msg("Roomy", "Close"))


def opened(window: MainWindow) -> Tall:
    made = Tall(window)
    made.open()
    QApplication.processEvents()
    return made


def test_a_dialog_grows_with_its_words(window: MainWindow) -> None:
    tall = opened(window)
    before = tall.size()
    assert tall.area.verticalScrollBar().maximum() == 0
    tall.more.show()
    QApplication.processEvents()
    assert tall.width() == before.width()
    assert tall.height() >= before.height() + tall.more.heightForWidth(tall.more.width())
    assert tall.area.verticalScrollBar().maximum() == 0


def test_a_dialog_stays_on_the_screen_and_scrolls(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = QSize(420, 300)
    monkeypatch.setattr(dialogs, "room_for", lambda _widget: screen)
    tall = opened(window)
    assert tall.size() == screen
    assert tall.rect().contains(tall.foot.geometry())
    last = tall.fields[-1]
    assert last.visibleRegion().isEmpty()
    for field in tall.fields[:-1]:
        press(field, Qt.Key.Key_Tab)
    assert last.hasFocus()
    assert last.visibleRegion().boundingRect() == last.rect()


def test_a_page_gets_what_it_needs_and_the_window_the_screen(
    window: MainWindow, qapp: QApplication
) -> None:
    page = window.page
    assert page is not None
    page.setMinimumSize(700, 500)
    window.setMinimumSize(0, 0)
    for width in (1000, 683):  # at the first the sidebar shows icons alone
        window.resize(width, 384)
        qapp.processEvents()
    assert window.size() == QSize(683, 384)
    assert page.width() >= 700
    assert page.height() >= 500
