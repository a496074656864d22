"""The whole program on a home of its own, worked by keys alone, and what it shows."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu

from acctdesk.ui.app import Program
from acctdesk.ui.dialogs.start import StartDialog
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.clients.page import ClientsPage
from acctdesk.ui.pages.page import Page
from acctdesk.ui.settings import Settings
from tests.ui.keyboard import Keyboard

P = TypeVar("P", bound=Page)
D = TypeVar("D", bound=QDialog)
PATIENCE = 120  # seconds: how busy the machine is says nothing about the program


class Day:
    """A running program. Keys go to whatever has the keyboard; everything else only looks."""

    def __init__(self, qapp: QApplication, home: Path) -> None:
        self._app, self._home = qapp, home
        self.keys = Keyboard(self.settle, greek=True)
        self.program = Program(qapp, Settings(home / "settings.ini"))

    def start(self) -> None:
        """Start the program as a double click does; what it asks comes first."""
        self.program.start([])
        self.settle()

    def start_again(self) -> None:
        """Start the program anew, with nothing left of the one before but its files."""
        self.until(lambda: self.program.session is None)
        self.end()
        self.program = Program(self._app, Settings(self._home / "settings.ini"))
        self.start()

    def end(self) -> None:
        """Take the program away."""
        session = self.program.session
        if session is not None:
            session.window.close()
            self.until(lambda: self.program.session is None)
        self.program.languages.speak("en")
        self.program.deleteLater()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._app.processEvents()

    # -- waiting

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for something to come true."""
        late = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < late, "it never came"
            self._app.processEvents()
            time.sleep(0.002)

    def settle(self) -> None:
        """Wait until nothing is under way, and nothing that follows from it either."""
        for _ in range(3):
            self.until(lambda: not self._busy())
            self._app.processEvents()

    def _busy(self) -> bool:
        session = self.program.session
        return (session is not None and session.context.runner.busy) or any(
            isinstance(one, StartDialog) and one.working for one in self._app.topLevelWidgets()
        )

    # -- keys

    def go_to(self, name: str, *, by: str = "Tab") -> None:
        """Press a key until what is called so has the keyboard: an officer reads and goes on."""
        met = []
        while not self.name.startswith(name):
            met.append(self.name)
            assert len(met) < 60, f"no way to {name}: {met}"
            self.keys.press(by)

    def choose(self, words: str) -> None:
        """Choose a line of the menu that is open."""
        menu = self._app.activePopupWidget()
        assert isinstance(menu, QMenu)
        lines = [one.text() for one in menu.actions()]
        assert words in lines, lines
        for _ in lines:
            self.keys.press("Down")
            current = menu.activeAction()
            if current is not None and current.text() == words:
                break
        self.keys.press("Return")

    def into(self, field: str, text: str) -> None:
        """Go to a field and type over what stands in it."""
        self.go_to(field)
        self.overtype(text)

    def overtype(self, text: str) -> None:
        """Type over what stands in the field at hand."""
        self.keys.press("End")
        self.keys.press("Shift+Home")
        self.keys.type(text)

    # -- looks

    @property
    def name(self) -> str:
        """What a screen reader says of the widget with the keyboard."""
        held = self.keys.held
        interface = QAccessible.queryAccessibleInterface(held)
        said = held.accessibleName() or interface.text(QAccessible.Text.Name)
        return said or type(held).__name__

    @property
    def window(self) -> MainWindow:
        """The window of the open book."""
        assert self.program.session is not None
        return self.program.session.window

    @property
    def clients(self) -> ClientsPage:
        """The Clients page, which is at hand."""
        return self.page(ClientsPage)

    def page(self, kind: type[P]) -> P:
        """Return the page at hand."""
        page = self.window.page
        assert isinstance(page, kind), page
        return page

    @property
    def client(self) -> str:
        """The name of the client shown."""
        self.until(lambda: self.clients.record.card is not None)
        return self.clients.record.header.name.text()

    @property
    def timeline(self) -> list[str]:
        """What was written in the timeline shown, the newest first."""
        return [one.body for one in self.clients.record.timeline.model.items() if one.body]

    def fact(self, key: str) -> str:
        """Return one of the facts shown."""
        return self.clients.record.rail.details.rows[key].value.value()

    @property
    def said(self) -> str:
        """What the last toast said."""
        log = self.window.context.messages.log
        return str(log[-1].text) if log else ""

    def dialog(self, kind: type[D]) -> D:
        """Return the dialog at hand."""
        dialog = self.keys.held.window()
        assert isinstance(dialog, kind), dialog
        return dialog

    @property
    def words(self) -> str:
        """Every word of the labels in the window at hand."""
        window = self.keys.held.window()
        return "\n".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())
