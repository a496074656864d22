"""Every page, dialog and pop-up under every condition: nothing is cut, covered, nameless or lost.

A laptop's screen of 1366 by 768 holds so much less with text of 14 pt and of the double size.
"""

from __future__ import annotations

import gettext
import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHeaderView,
    QMenu,
    QMenuBar,
    QTabBar,
    QWidget,
)

from acctdesk import assets
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
from acctdesk.ui.widgets.floating import FloatingPanel
from tests.books import copy_book
from tests.ui import accessibility, geometry
from tests.ui.pseudo import spoken_longer
from tests.ui.test_import_page import here
from tests.ui.world import NOW, TODAY

# said by offscreen of every menu that opens
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabb)", extend=True)
SCREENS = {"usual": (1366, 768), "14pt": (1024, 576), "double": (683, 384), "small": (800, 600)}
LANGUAGES = ("el", "en", "longer")
Touring = Callable[..., Tour]


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
            for module in (main_window, dialog):
                patch.setattr(module, "room_for", lambda _widget: size)
            if language == "longer":
                leaving.enter_context(spoken_longer())
            look = dress(qapp)
            look.apply(theme)
            look.set_density(Density(density))
            speech = Languages(qapp)
            speech.speak("en" if language == "longer" else language)
            session = Session(
                open_book(copy_book(demo_template, tmp_path / "book" / "Ηλιάδα.acctbook")),
                theme=look,
                settings=Settings(tmp_path / "settings.ini"),
                languages=speech,
                clock=lambda: NOW,
                runner_class=InlineRunner,
            )
            leaving.callback(speech.speak, "en")
            leaving.callback(shots.close, session)
            session.start()
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


def _misplaced(widget: QWidget, room: QSize) -> list[str]:
    problems = [*geometry.overlaps(widget), *geometry.outside(widget), *geometry.cut(widget)]
    too_large = widget.width() > room.width() or widget.height() > room.height()
    if too_large and not isinstance(widget, QMenu):  # Qt lets a menu scroll
        problems.append(f"{widget.size().toTuple()} on a screen of {room.toTuple()}")
    return problems


def _unclear(widget: QWidget) -> list[str]:
    return [
        *accessibility.unnamed(widget),
        *accessibility.same_names(widget),
        *accessibility.too_small(widget),
    ]


NORMAL = (
    ("el", "usual", "comfortable"),
    ("en", "usual", "compact"),
    ("longer", "usual", "comfortable"),
    ("el", "14pt", "compact"),
    ("el", "double", "comfortable"),
    ("longer", "double", "compact"),
    ("en", "small", "comfortable"),
)
PRODUCT = tuple(itertools.product(LANGUAGES, SCREENS, [one.value for one in Density]))
LONG = [pytest.param(*one, marks=() if one in NORMAL else pytest.mark.long) for one in PRODUCT]


def _sentences() -> set[tuple[str, str]]:
    """Return every sentence of ours that holds no data, in English and Greek."""
    greek: Any = gettext.translation("acctdesk", assets.path("translations"), ["el"])
    found: set[tuple[str, str]] = set()
    for key, said in greek._catalog.items():
        asked = (key[0] if isinstance(key, tuple) else key).split("\x04")[-1]
        if "{" not in asked:
            found.add((asked, said))
    return found


SHORTENED = {  # beside what they explain, whole in the tool tip
    "urgent first, then by what is at stake",
    "Search clients, contacts, commands",
    "Αναζήτηση πελατών, επαφών, εντολών",
}
SCARCE = ("double", "small")  # screens on which a heading of a list may be shortened


@pytest.mark.parametrize(("language", "screen", "density"), LONG)
def test_nothing_is_cut_covered_or_nameless(
    touring: Touring, monkeypatch: pytest.MonkeyPatch, language: str, screen: str, density: str
) -> None:
    tour, room = touring(language, screen, density), QSize(*SCREENS[screen])
    words, shortened = set(itertools.chain(*_sentences())), set[str]()
    fit = painting.elided

    def fitting(text: str, width: float, px: int = 14, weight: int = 400) -> str:
        shown = fit(text, width, px, weight)
        if shown != text and text in words:
            shortened.add(text)
        return shown

    def look(widget: QWidget) -> list[str]:
        assert not widget.grab().isNull()
        return [*_misplaced(widget, room), *_unclear(widget)]

    monkeypatch.setattr(painting, "elided", fitting)
    problems = through(tour, look)
    assert not problems, problems
    assert shortened <= SHORTENED or screen in SCARCE


def test_a_language_is_switched_without_a_restart(touring: Touring) -> None:
    tour = touring("en")
    through(tour, lambda _: [])
    tour.session.context.languages.speak("el")
    everywhere = {asked for asked, said in _sentences() if asked == said}
    english = {asked for asked, _ in _sentences()} - everywhere
    problems = through(tour, lambda one: sorted(_said(one) & english))
    assert not problems, problems


def _said(root: QWidget) -> set[str]:
    """Return what a widget and all in it say: shown, spoken, and in tips."""
    said: set[str] = set()
    for one in [root, *root.findChildren(QWidget)]:
        if not one.isVisible():
            continue
        actions = one.actions() if isinstance(one, QMenu | QMenuBar) else []
        for speaker in [one, *actions]:
            for name in ("text", "toolTip", "accessibleName", "placeholderText", "windowTitle"):
                ask = getattr(speaker, name, None)
                said.add(ask() if callable(ask) else "")
        if isinstance(one, QTabBar):
            said |= {one.tabText(place) for place in range(one.count())}
        if isinstance(one, QHeaderView) and one.model() is not None:
            across = Qt.Orientation.Horizontal
            said |= {str(one.model().headerData(n, across) or "") for n in range(one.count())}
    return {one.replace("&", "") for one in said} - {""}


def test_the_keyboard_reaches_everything_and_is_seen(touring: Touring) -> None:
    def look(widget: QWidget) -> list[str]:
        panels = [one for one in widget.findChildren(FloatingPanel) if one.isVisible()]
        root = panels[0] if panels else widget
        root.activateWindow()
        QApplication.processEvents()
        return [*accessibility.unreachable(root), *accessibility.unseen(root)]

    # the palette and the menus read the keys themselves
    others = [key for key in DOORS if not key.startswith(("palette", "menu"))]
    problems = through(touring("el"), look, others)
    assert not problems, problems
