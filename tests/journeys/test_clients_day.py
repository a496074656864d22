"""A day at the Clients page: the whole program, threads and all, on a home of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from acctdesk import bootstrap, cli
from acctdesk.ui.app import Program
from acctdesk.ui.dialogs.capture import CaptureDialog
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.settings import Settings
from tests.ui.world import press, type_text

NOTE = "Είδαμε τη νέα αποθήκη. Θέλουν δύο ψυκτικούς θαλάμους."
CITY = "Αλεξανδρούπολη"


class Day:
    """The running program, and what an officer does with it."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, home: Path, book: Path) -> None:
        self.qapp, self.qtbot, self.home, self.book = qapp, qtbot, home, book
        self.program: Program
        self.start()

    def start(self) -> None:
        """Start the program on the book of last time."""
        self.program = Program(self.qapp, Settings(self.home / "settings.ini"))
        self.program.start([self.book])
        self.window.resize(1366, 768)
        self.window.activateWindow()
        self.window.show_page("clients")
        self.until(lambda: self.page.record.card is not None)
        self.settle()

    def stop(self) -> None:
        """Close the window and wait until the book is closed."""
        self.window.close()
        self.until(lambda: self.program.session is None)
        self.program.deleteLater()
        self.qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.qapp.processEvents()

    @property
    def window(self) -> MainWindow:
        """The window."""
        assert self.program.session is not None
        return self.program.session.window

    @property
    def page(self) -> ClientsPage:
        """The Clients page."""
        page = self.window.page
        assert isinstance(page, ClientsPage)
        return page

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for an answer of the book."""
        self.qtbot.waitUntil(true, timeout=20_000)

    def settle(self) -> None:
        """Wait until nothing is asked."""
        self.until(lambda: not self.window.context.runner.busy)
        self.qapp.processEvents()
        self.until(lambda: not self.window.context.runner.busy)

    def do(self, action: str) -> None:
        """Do what the keys of an action do."""
        self.window.context.actions[action].trigger()
        self.settle()

    def focus(self) -> QWidget:
        """Return what has the keyboard."""
        shown = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        held = (shown[-1] if shown else self.window).focusWidget()
        assert held is not None
        return held

    def search(self, typed: str) -> str:
        """Type into the palette, press Enter, and return whose record is shown."""
        self.do("tools.palette")
        type_text(self.focus(), typed)
        self.settle()
        press(self.focus(), Qt.Key.Key_Return)
        self.settle()
        self.until(lambda: self.page.record.card is not None)
        return self.page.record.header.name.text()

    def notes(self) -> list[str]:
        """Return the texts of the timeline that is shown."""
        return [item.body for item in self.page.record.timeline.model.items()]

    def city(self) -> str:
        """Return the city among the facts."""
        return self.page.record.rail.details.rows["city"].value.value()


@pytest.fixture
def day(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Day]:
    """Start the program on a demo book."""
    home = tmp_path / "home"
    monkeypatch.setenv(bootstrap.HOME_VARIABLE, str(home))
    monkeypatch.setattr(qapp, "quit", lambda: None)
    book = tmp_path / "demo.acctbook"
    assert cli.main(["demo", str(book)]) == 0
    made = Day(qapp, qtbot, home, book)
    yield made
    if made.program.session is not None:
        made.stop()


def test_log_correct_undo_search_close_and_find_it_all_again(day: Day) -> None:
    for typed in ("παπαδοπουλος", "papadopoulos"):
        assert day.search(typed).startswith("Παπαδόπουλος")
    before, city = day.notes(), day.city()

    day.do("record.interaction")
    dialog = day.window.findChild(CaptureDialog)
    assert isinstance(dialog, CaptureDialog)
    assert dialog.focusWidget() is dialog.form.note
    type_text(dialog.form.note, NOTE)
    dialog.form.kind.choose_place(1)
    type_text(dialog.form.ours.field, "προσφορά ως 20/12")
    dialog.save()
    day.until(lambda: NOTE in day.notes())

    row = day.page.record.rail.details.rows["city"]
    row.value.setFocus()
    press(row.value, Qt.Key.Key_F2)
    row.field.selectAll()
    type_text(row.field, CITY)
    press(row.field, Qt.Key.Key_Return)
    day.until(lambda: CITY in day.page.record.header.line.text())

    day.page.list.view.setFocus()
    day.do("edit.undo")
    day.until(lambda: city in day.page.record.header.line.text())
    assert day.city() == city
    day.do("edit.undo")
    day.until(lambda: NOTE not in day.notes())
    assert day.notes() == before

    day.do("edit.redo")
    day.until(lambda: NOTE in day.notes())
    day.stop()
    day.start()
    day.search("papadopoulos")
    assert NOTE in day.notes()
    assert any(one.promise.what == "προσφορά" for one in day.page.record.rail.promises.lines)
    assert day.city() == city
    day.do("edit.redo")
    day.until(lambda: CITY in day.page.record.header.line.text())
