"""Of a page behind another nothing is said or painted anew until it comes forward; then all is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from acctdesk.services.desk import Desk
from acctdesk.services.tasks import add_task
from acctdesk.ui.behind import MayStandBehind, when_seen
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.registry import PAGES
from acctdesk.ui.widgets.chart_view import studio
from tests.ui.test_privacy import words
from tests.ui.world import STEP, fill_small, make_context


class Teller(QObject):
    """Something on a page that counts how often it was told."""

    told = 0

    @when_seen
    def tell(self) -> None:
        self.told += 1


@pytest.fixture
def window(qapp: QApplication, desk: Desk, tmp_path: Path) -> Iterator[MainWindow]:
    """Give the whole window over a small book."""
    fill_small(desk)
    context = make_context(qapp, desk, tmp_path)
    made = MainWindow(context, PAGES)
    made.resize(1440, 900)
    made.start()
    made.show()
    qapp.processEvents()
    yield made
    context.languages.speak("en")
    context.theme.apply("light")
    made.close()
    made.deleteLater()
    context.runner.shutdown()
    qapp.processEvents()


def test_what_is_asked_for_behind_is_done_once_when_the_page_comes_forward(
    qapp: QApplication,
) -> None:
    page = MayStandBehind()
    teller, gone = Teller(page), Teller(page)
    page.step_back()
    teller.tell()
    teller.tell()
    gone.tell()
    assert teller.told == 0
    gone.deleteLater()
    qapp.sendPostedEvents(gone)
    page.come_forward()
    assert teller.told == 1
    teller.tell()
    assert teller.told == 2


def test_what_stands_on_no_page_is_done_at_once(qapp: QApplication) -> None:
    teller = Teller()
    teller.tell()
    assert teller.told == 1


@pytest.mark.parametrize("key", [spec.key for spec in PAGES])
def test_a_page_says_the_same_whether_the_language_changed_behind_it_or_before_it(
    window: MainWindow, qapp: QApplication, key: str
) -> None:
    other = "import" if key == "settings" else "settings"
    for one in (key, other):
        window.show_page(one)
        qapp.processEvents()
    window.context.languages.speak("el")
    window.show_page(key)
    qapp.processEvents()
    assert window.page is not None
    behind = words(window.page)
    window.context.languages.speak("en")
    window.context.languages.speak("el")
    qapp.processEvents()
    assert behind == words(window.page)


@pytest.mark.parametrize("before", ["light", "dark"])
def test_a_page_looks_the_same_whether_the_theme_changed_behind_it_or_before_it_was_made(
    window: MainWindow, qapp: QApplication, before: str
) -> None:
    keys, theme = list(window.page_specs), window.context.theme
    theme.apply(before)
    for key in (*keys, keys[0]):
        window.show_page(key)
        _draw(qapp)
    theme.apply("dark" if before == "light" else "light")
    fresh = MainWindow(window.context, PAGES)
    fresh.resize(window.size())
    fresh.start()
    fresh.show()
    for key in keys:
        pictures = []
        for one in (window, fresh):
            one.show_page(key)
            one.setFocus()  # no ring, no cursor
            _draw(qapp)
            assert one.page is not None
            whole = one.page.grab().toImage()
            pictures.append(whole.convertToFormat(QImage.Format.Format_RGB32))
        assert pictures[0] == pictures[1], key
    fresh.close()
    fresh.deleteLater()


def _draw(qapp: QApplication) -> None:
    """Let everything be painted, charts too."""
    qapp.processEvents()
    while studio().busy:
        qapp.processEvents()
    qapp.processEvents()


def test_what_changes_behind_a_page_is_on_it_when_it_comes_forward(
    window: MainWindow, desk: Desk, qapp: QApplication
) -> None:
    window.show_page("tasks")
    page = window.page
    window.show_page("settings")
    shown = len(page.model.entries())  # type: ignore[union-attr]
    window.context.runner.submit(STEP, add_task, title="Τηλεφώνημα")
    assert len(page.model.entries()) == shown  # type: ignore[union-attr]
    window.show_page("tasks")
    assert len(page.model.entries()) == shown + 1  # type: ignore[union-attr]
