"""The window for tests: a context without threads, a placeholder page, pictures on request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from acctdesk.i18n import msg
from acctdesk.services.desk import Desk
from acctdesk.ui.context import Context, Target
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.page import Page
from acctdesk.ui.pages.registry import PageSpec
from acctdesk.ui.printing import text_document
from acctdesk.ui.privacy import privacy
from acctdesk.ui.widgets.basics import LineEdit, column, label
from acctdesk.ui.words import say
from tests.ui.doors import cheap_keys, collected, home, languages, look, settings, show
from tests.ui.tours import demo_template, touring
from tests.ui.world import make_context

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet


__all__ = [  # fixtures of this folder
    "cheap_keys",
    "collected",
    "demo_template",
    "home",
    "languages",
    "look",
    "settings",
    "show",
    "touring",
]


@pytest.fixture(autouse=True)
def _nobody_beside() -> Iterator[None]:
    """Leave the program's one privacy mode as it was found."""
    yield
    privacy().set_on(False)
    privacy().guest = None


class PlainPage(Page):
    """A page with a field, a list and memory of what it was told."""

    spec = PageSpec(
        "clients",
        "users",
        msg("Palette", "Clients"),
        "tests.ui.conftest:PlainPage",
        handlers={"record.interaction": "new_interaction", "edit.edit": "edit"},
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.heard: list[Any] = []
        self.done: list[str] = []
        self.targets: list[Target] = []
        self.possible = True
        self.field = LineEdit()
        say(self.field, name=msg("Page", "Page"))
        self.items = QListWidget()
        say(self.items, name=self.spec.title)
        self.setLayout(
            column(
                label(self.spec.title, "title"), self.field, self.items, margins=(24, 16, 24, 24)
            )
        )

    def count(self) -> int | None:
        """Return a figure."""
        return 248

    def can(self, action: str) -> bool:
        """Editing can be forbidden."""
        return self.possible or action != "edit.edit"

    def on_changed(self, changes: ChangeSet, initiator: object) -> None:
        """Remember the change."""
        self.heard.append((changes, initiator))

    def open_target(self, target: Target) -> None:
        """Remember the target."""
        self.targets.append(target)

    def filter_focus(self) -> bool:
        """Go into the field."""
        self.field.setFocus()
        return True

    def new_interaction(self) -> None:
        """Remember it."""
        self.done.append("new_interaction")

    def edit(self) -> None:
        """Remember it."""
        self.done.append("edit")

    def print_document(self) -> QTextDocument | None:
        """Return a little text."""
        return text_document("<h1>Πελάτες</h1><p>Παπαδόπουλος Α.Ε.</p>", self)


class OtherPage(PlainPage):
    """A second page."""

    spec = PageSpec("reports", "report", msg("Palette", "Tasks"), "tests.ui.conftest:OtherPage")

    def filter_focus(self) -> bool:
        """There is nothing to filter."""
        return False


@pytest.fixture(autouse=True)
def _buried(qapp: QApplication) -> Iterator[None]:
    """Delete what a test put off: a window left alive is dressed again by every later theme."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path) -> Iterator[Context]:
    """Give a context over an empty book, light, in English, answering at once."""
    made = make_context(qapp, desk, tmp_path)
    yield made
    made.languages.speak("en")
    made.runner.shutdown()


@pytest.fixture
def window(context: Context, qapp: QApplication) -> Iterator[MainWindow]:
    """Give a shown window with two plain pages."""
    made = MainWindow(context, [PlainPage.spec, OtherPage.spec])
    made.resize(1366, 768)
    made.start()
    made.show()
    made.activateWindow()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()
    qapp.processEvents()
