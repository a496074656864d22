"""Who goes through every door of the program, in a language, on a screen, in a theme.

A laptop's screen of 1366 by 768 holds so much less with text of 14 pt and of the double size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from acctdesk.bootstrap import open_book
from acctdesk.i18n import msg
from acctdesk.services.demo import fill_demo
from acctdesk.ui import frame, shots
from acctdesk.ui.app import dress
from acctdesk.ui.dialogs import help as manual
from acctdesk.ui.doors import DOORS, Tour, opened
from acctdesk.ui.pages.imports import ImportPage
from acctdesk.ui.runner import InlineRunner
from acctdesk.ui.session import Session
from acctdesk.ui.settings import Settings
from acctdesk.ui.theme import Density
from acctdesk.ui.translation import Languages
from acctdesk.ui.widgets import dialog
from tests.books import copy_book
from tests.ui.pseudo import spoken_longer
from tests.ui.world import NOW, TODAY, here

SCREENS = {"usual": (1366, 768), "14pt": (1024, 576), "double": (683, 384), "small": (800, 600)}
Touring = Callable[..., Tour]
# said by offscreen of every menu that opens
POPUP = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabb)", extend=True)


@pytest.fixture(scope="session")
def demo_template(plain_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed book with a few clients and all that belongs to them: copy it."""
    path = copy_book(plain_template, tmp_path_factory.mktemp("demo") / "demo.acctbook")
    desk = open_book(path)
    desk.perform(msg("Step", "Draft"), fill_demo, clients=12, seed=3, today=TODAY)
    desk.close()
    return path


@pytest.fixture
def touring(qapp: QApplication, demo_template: Path, tmp_path: Path) -> Iterator[Touring]:
    """Give who goes through the doors: in a language, on a screen, with rows and colours."""
    with ExitStack() as leaving:
        patch = leaving.enter_context(pytest.MonkeyPatch.context())

        def begin(
            language: str,
            screen: str = "usual",
            density: str = "comfortable",
            theme: str = "light",
        ) -> Tour:
            size = QSize(*SCREENS[screen])
            for module in (frame, dialog, manual):
                patch.setattr(module, "room_for", lambda _widget: size)
            if language == "longer":
                leaving.enter_context(spoken_longer())
            look = dress(qapp)
            look.apply(theme)
            look.set_density(Density(density))
            speech = Languages(qapp)
            speech.speak("en" if language == "longer" else language)
            desk = open_book(copy_book(demo_template, tmp_path / "book" / "Ηλιάδα.acctbook"))
            session = Session(
                desk.book.path,
                encrypted=desk.book.encrypted,
                theme=look,
                settings=Settings(tmp_path / "settings.ini"),
                languages=speech,
                clock=lambda: NOW,
                runner_class=InlineRunner,
            )
            leaving.callback(speech.speak, "en")
            leaving.callback(shots.close, session)
            session.start(desk)
            session.window.resize(size)
            session.window.activateWindow()
            tour = Tour(session, tmp_path, _settle)
            here(tour.page(ImportPage))
            return tour

        yield begin


def _settle() -> None:
    for _ in range(4):
        QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def through(
    tour: Tour, look: Callable[[QWidget], list[str]], keys: Iterable[str] = tuple(DOORS)
) -> str:
    """Go through every door; return what a look finds behind each."""
    found: list[str] = []
    for key in keys:
        with opened(key, tour) as widget:
            if not isinstance(widget, QFileDialog):  # Qt's own, where the system has none
                found += [f"{key}: {one}" for one in look(widget)]
    return "\n".join(found)
