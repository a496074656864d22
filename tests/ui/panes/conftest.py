"""A page of tabs for tests: over a demo book of one's own, in English, answering at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from acctdesk.bootstrap import open_book
from acctdesk.services.desk import Desk
from acctdesk.ui.context import Context
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.page import Page
from tests.books import copy_book
from tests.ui.world import make_context


@pytest.fixture
def desk(demo_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """Give a demo book of one's own."""
    made = open_book(copy_book(demo_template, tmp_path / "own.acctbook"))
    yield made
    made.close()


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path) -> Iterator[Context]:
    """Give a context over it."""
    owner = QObject()
    made = make_context(qapp, desk, tmp_path, parent=owner)
    yield made
    made.languages.speak("en")
    owner.deleteLater()


@pytest.fixture
def open_window(context: Context, qapp: QApplication) -> Iterator[Callable[..., MainWindow]]:
    """Give what opens the window with pages, the first of them in front."""
    made: list[MainWindow] = []

    def opened(*pages: type[Page]) -> MainWindow:
        window = MainWindow(context, [page.spec for page in pages])
        made.append(window)
        window.resize(1366, 768)
        window.start()
        window.show()
        window.activateWindow()
        qapp.processEvents()
        return window

    yield opened
    for one in made:
        one.close()
        one.deleteLater()
    qapp.processEvents()
