"""What the dialogs before the window need in a test: an empty home, cheap keys, no real printer."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from acctdesk import bootstrap
from acctdesk.storage.book import Book
from acctdesk.ui.dialogs.start import StartDialog
from acctdesk.ui.garbage import Garbage
from acctdesk.ui.painting import base_font, load_fonts
from acctdesk.ui.settings import Settings
from acctdesk.ui.theme import Theme
from acctdesk.ui.translation import Languages
from tests.books import TEST_KDF
from tests.ui.world import press, type_text


@pytest.fixture(autouse=True)
def collected(qapp: QApplication) -> Iterator[None]:
    """Let garbage be collected here alone, as in the program: never in a worker's thread."""
    garbage = Garbage(qapp)
    yield
    garbage.look()
    garbage.deleteLater()
    gc.enable()


@pytest.fixture
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every key derivation of this test cost the least; no build has this door."""
    for method in (Book.create, Book.open, Book.change_password, Book.new_recovery_code):
        function: Any = getattr(method, "__func__", method)
        monkeypatch.setitem(function.__kwdefaults__, "kdf", TEST_KDF)
    opens_with: Any = Book.opens_with
    monkeypatch.setitem(opens_with.__kwdefaults__, "kdf", TEST_KDF)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cheap_keys: None) -> Path:
    """Give a home where nothing is yet."""
    place = tmp_path / "home"
    monkeypatch.setenv(bootstrap.HOME_VARIABLE, str(place))
    return place


@pytest.fixture
def settings(tmp_path: Path, qapp: QApplication) -> Settings:
    """Give the settings of a new machine."""
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[Languages]:
    """Give the switch of languages, and English again afterwards."""
    made = Languages(qapp)
    yield made
    made.speak("en")


@pytest.fixture
def look(qapp: QApplication) -> Theme:
    """Give the program's fonts and style."""
    if not qapp.property("inter"):
        load_fonts()
        qapp.setFont(base_font())
        qapp.setProperty("inter", True)
    theme = Theme(qapp)
    theme.apply("light")
    return theme


PATIENCE = 60_000  # ms: how busy the machine is says nothing about the program
Show = Callable[[StartDialog], None]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication, look: Theme) -> Iterator[Show]:
    """Show a dialog; it is closed afterwards, when its work has ended."""
    shown: list[StartDialog] = []

    def once(dialog: StartDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.open()
        dialog.activateWindow()
        qapp.processEvents()
        shown.append(dialog)

    yield once
    for dialog in shown:
        qtbot.waitUntil(lambda one=dialog: not one.working, timeout=PATIENCE)  # type: ignore[misc]
        dialog.blockSignals(True)
        dialog.close()
        dialog.deleteLater()
    qapp.processEvents()


def rest(qtbot: QtBot, dialog: StartDialog) -> None:
    """Wait until the dialog's work has ended."""
    qtbot.waitUntil(lambda: not dialog.working, timeout=PATIENCE)


def held(dialog: QWidget) -> QWidget:
    """Return the widget of a dialog that has the keyboard."""
    widget = dialog.focusWidget()
    assert widget is not None
    return widget


def fill(dialog: QWidget, text: str) -> None:
    """Type into the field that has the keyboard."""
    field = held(dialog)
    assert isinstance(field, QLineEdit), field
    type_text(field, text)


def tab(dialog: QWidget, times: int = 1) -> None:
    """Go on by Tab."""
    for _ in range(times):
        press(held(dialog), Qt.Key.Key_Tab)


def enter(dialog: QWidget) -> None:
    """Press Enter where the keyboard is."""
    press(held(dialog), Qt.Key.Key_Return)
