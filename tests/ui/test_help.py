"""F1: the manual opens at what is in front, is searched, and leads from topic to topic."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from acctdesk.i18n import msg
from acctdesk.kinds import Language
from acctdesk.ui import manual
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.help import HelpWindow, helper, open_help
from acctdesk.ui.doors import DOORS, Tour, opened
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.registry import PAGES
from acctdesk.ui.theme import Theme
from acctdesk.ui.translation import Languages
from acctdesk.ui.widgets.dialog import CalmDialog
from tests.ui.contrast import contrast
from tests.ui.tours import POPUP, Touring
from tests.ui.world import press, type_text

pytestmark = POPUP
PICTURE = "\ufffc"  # stands for one among the words


@pytest.fixture
def place(qapp: QApplication, look: Theme, languages: Languages) -> Iterator[QWidget]:
    """Give a window to ask from; the manual is closed afterwards."""
    widget = QWidget()
    widget.show()
    yield widget
    left = helper().window
    if left is not None:
        left.close()
    widget.deleteLater()
    qapp.processEvents()


@pytest.fixture
def window(place: QWidget, qapp: QApplication) -> HelpWindow:
    """Give the manual, open at Tasks."""
    made = open_help("tasks", place)
    qapp.processEvents()
    return made


def said(window: HelpWindow) -> str:
    return window.view.toPlainText()


def listed(window: HelpWindow) -> list[str]:
    items = window.contents
    return [items.item(place).text() for place in range(items.count())]


def front_of(tour: Tour, widget: QWidget) -> str:
    return widget.topic if isinstance(widget, CalmDialog) else tour.window.topic


def test_whatever_is_in_front_has_a_topic(touring: Touring) -> None:
    assert {page.topic for page in PAGES} <= set(manual.TOPICS)
    tour, lost = touring("en"), []
    for key in DOORS:
        with opened(key, tour) as widget:
            asked = widget.topic if isinstance(widget, HelpWindow) else front_of(tour, widget)
            if not isinstance(widget, QFileDialog) and asked not in manual.TOPICS:
                lost.append(f"{key}: {asked}")
    assert lost == []


@pytest.mark.parametrize(
    ("door", "topic"), [("targets", "targets"), ("task", "tasks"), ("palette", "search")]
)
def test_f1_opens_the_manual_at_what_is_in_front(
    touring: Touring, qapp: QApplication, door: str, topic: str
) -> None:
    tour = touring("en")
    with opened(door, tour) as widget:
        widget.activateWindow()
        qapp.processEvents()
        held = QApplication.focusWidget()
        assert held is not None
        press(held, Qt.Key.Key_F1)
        found = helper().window
        assert found is not None
        assert found.now == topic
        assert not found.isModal()
        found.close()


def test_a_second_f1_goes_on_in_the_same_window(window: HelpWindow, place: QWidget) -> None:
    assert open_help("today", place) is window
    assert said(window).startswith("Today")
    window.go_back()
    assert window.now == "tasks"


def test_the_search_finds_without_accents_and_in_latin_letters_and_shows_the_place(
    window: HelpWindow, languages: Languages
) -> None:
    languages.speak("el")
    whole = listed(window)
    type_text(window.search, "στικακι")
    assert 0 < len(listed(window)) < len(whole)
    assert window.now == "backups"
    assert window.view.textCursor().position() == said(window).index("στικάκι")
    window.search.setText("stikaki")
    assert window.now == "backups"
    window.search.setText("ξψξψξψ")
    assert listed(window) == []
    assert window.nothing.isVisible()
    window.search.clear()
    assert listed(window) == whole


def test_a_link_leads_to_its_topic_and_a_foreign_one_nowhere(window: HelpWindow) -> None:
    window.view.anchorClicked.emit(QUrl("interaction.md"))
    assert window.now == "interaction"
    for foreign in ("https://example.org/tasks.md", "file:///etc/passwd", "../../../README.md"):
        window.view.anchorClicked.emit(QUrl(foreign))
        assert window.now == "interaction"
    press(window.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.now == "tasks"


def test_a_picture_is_as_wide_as_there_is_room_and_whole_when_it_is_pressed(
    window: HelpWindow, qapp: QApplication
) -> None:
    name = QUrl("../pictures/en/tasks.png")
    whole = QImage(str(manual.folder(Language.EN) / name.toString())).width()
    window.resize(700, 500)
    qapp.processEvents()
    small = window.view.loadResource(2, name).deviceIndependentSize().width()
    assert small <= window.view.viewport().width() < whole
    window.view.anchorClicked.emit(name)
    assert said(window) == PICTURE
    assert window.view.document().idealWidth() >= whole
    assert window.view.loadResource(2, name).deviceIndependentSize().width() == whole
    window.view.anchorClicked.emit(name)
    assert said(window).startswith("Tasks and promises")


def test_nothing_outside_the_manual_is_loaded(window: HelpWindow) -> None:
    for name in ("https://example.org/a.png", "/etc/passwd", "../../../window.png"):
        assert window.view.loadResource(2, QUrl(name)) is None


def test_the_manual_speaks_the_language_of_the_program(
    window: HelpWindow, languages: Languages
) -> None:
    assert said(window).startswith("Tasks and promises")
    languages.speak("el")
    assert said(window).startswith("Εργασίες και δεσμεύσεις")
    assert window.windowTitle() == "Εγχειρίδιο – acctdesk"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_links_keys_and_marks_can_be_read(
    window: HelpWindow, look: Theme, theme: str
) -> None:
    look.apply(theme)
    window.search.setText("promise")
    window.go("interaction")
    ground = window.view.palette().base().color().name()
    ink = window.view.palette().text().color().name()
    assert contrast(ink, ground) >= 4.5
    found: set[str] = set()
    block = window.view.document().begin()
    while block.isValid():
        step = block.begin()
        while not step.atEnd():
            chars = step.fragment().charFormat()
            marked = chars.background().style() is not Qt.BrushStyle.NoBrush
            paper = chars.background().color() if marked else QColor(ground)
            words = QColor(ink)
            if chars.isAnchor() and not chars.isImageFormat():
                words = chars.foreground().color()
                found.add("link")
            found |= {"paper"} if marked else set()
            assert contrast(words.name(), paper.name()) >= 4.5, step.fragment().text()
            step += 1
        block = block.next()
    assert found == {"link", "paper"}


def test_the_manual_alone_does_not_keep_the_keys_that_hold_everywhere(
    context: Context, qapp: QApplication
) -> None:
    main = MainWindow(context, PAGES)
    main.start()
    main.show()
    heard: list[str] = []
    context.actions.triggered.connect(heard.append)
    window = open_help("today", main)
    window.activateWindow()
    qapp.processEvents()
    press(window.view, Qt.Key.Key_F8)
    press(window.view, Qt.Key.Key_F8)
    assert heard == ["view.privacy", "view.privacy"]
    window.close()
    main.close()
    main.deleteLater()


def test_a_dialog_without_a_topic_opens_the_first_one(place: QWidget, qapp: QApplication) -> None:
    dialog = CalmDialog(None, msg("Page", "Page"))
    dialog.open()
    press(dialog, Qt.Key.Key_F1)
    found = helper().window
    assert found is not None
    assert found.now == "start"
    dialog.close()
