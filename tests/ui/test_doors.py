"""Every page, dialog and pop-up under every condition: nothing is cut, covered, nameless or lost."""

from __future__ import annotations

import gettext
import itertools
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QMenu, QMenuBar, QTabBar, QWidget

from acctdesk import assets
from acctdesk.ui import painting
from acctdesk.ui.doors import DOORS
from acctdesk.ui.theme import Density
from acctdesk.ui.widgets.floating import FloatingPanel
from tests.ui import accessibility, geometry
from tests.ui.tours import POPUP, SCREENS, Touring, through

pytestmark = POPUP
LANGUAGES = ("el", "en", "longer")


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
