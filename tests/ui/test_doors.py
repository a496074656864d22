"""Every page, dialog and pop-up under every condition: nothing is cut, hidden, nameless or lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from acctdesk.bootstrap import open_book
from acctdesk.i18n import msg
from acctdesk.services.demo import fill_demo
from acctdesk.ui import main_window, painting, shots
from acctdesk.ui.app import dress
from acctdesk.ui.doors import DOORS, Tour, opened
from acctdesk.ui.pages.imports import ImportPage
from acctdesk.ui.runner import InlineRunner
from acctdesk.ui.session import Session
from acctdesk.ui.settings import Settings
from acctdesk.ui.theme import Density
from acctdesk.ui.translation import Languages
from acctdesk.ui.widgets import dialog
from tests.books import copy_book
from tests.ui import accessibility, geometry
from tests.ui.pseudo import spoken_longer
from tests.ui.test_import_page import here
from tests.ui.world import NOW, TODAY

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabb)", extend=True)
LABEL = msg("Window", "Backing up")
USUAL = QSize(1366, 768)


@pytest.fixture(scope="session")
def demo_template(plain_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed book with a few clients and all that belongs to them: copy it."""
    path = copy_book(plain_template, tmp_path_factory.mktemp("demo") / "demo.acctbook")
    desk = open_book(path)
    desk.perform(LABEL, fill_demo, clients=12, seed=3, today=TODAY)
    desk.close()
    return path


Touring = Callable[..., Tour]


@pytest.fixture
def touring(qapp: QApplication, demo_template: Path, tmp_path: Path) -> Iterator[Touring]:
    """Give who goes through the doors in a language, on a screen, at a density."""
    with ExitStack() as leaving:
        patch = leaving.enter_context(pytest.MonkeyPatch.context())

        def begin(language: str, screen: QSize = USUAL, density: str = "comfortable") -> Tour:
            if language == "longer":
                leaving.enter_context(spoken_longer())
            for module in (main_window, dialog):
                patch.setattr(module, "room_for", lambda _widget: screen)
            theme = dress(qapp)
            theme.apply("light")
            theme.set_density(Density(density))
            speech = Languages(qapp)
            speech.speak("en" if language == "longer" else language)
            desk = open_book(copy_book(demo_template, tmp_path / "book" / "Ηλιάδα.acctbook"))
            session = Session(
                desk,
                theme=theme,
                settings=Settings(tmp_path / "settings.ini"),
                languages=speech,
                clock=lambda: NOW,
                runner_class=InlineRunner,
            )
            leaving.callback(speech.speak, "en")
            leaving.callback(shots.close, session)
            session.start()
            session.window.resize(screen)
            session.window.activateWindow()
            tour = Tour(session, tmp_path, _settle)
            here(tour.page(ImportPage))
            return tour

        yield begin


def _settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def through(tour: Tour, look: Callable[[QWidget], list[str]]) -> list[str]:
    """Go through every door; return what a look finds behind each."""
    found: list[str] = []
    for key in DOORS:
        with opened(key, tour) as widget:
            if isinstance(widget, QFileDialog):
                continue  # Qt's own, and shown only where the system has none
            found += [f"{key}: {one}" for one in look(widget)]
    return found


def _misplaced(widget: QWidget) -> list[str]:
    return [*geometry.overlaps(widget), *geometry.outside(widget), *geometry.cut(widget)]


@pytest.mark.parametrize(
    ("language", "density"), [("el", "comfortable"), ("en", "compact"), ("longer", "comfortable")]
)
def test_nothing_is_cut_or_covered(touring: Touring, language: str, density: str) -> None:
    problems = through(touring(language, density=density), _misplaced)
    assert not problems, "\n".join(problems)


def test_everything_has_a_name_and_a_size(touring: Touring) -> None:
    problems = through(
        touring("el"),
        lambda one: [
            *accessibility.unnamed(one),
            *accessibility.same_names(one),
            *accessibility.too_small(one),
        ],
    )
    assert not problems, "\n".join(problems)
