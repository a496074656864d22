"""Ctrl+K: what it finds, how it reads a query, and that keys alone are enough."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from acctdesk.i18n import msg
from acctdesk.services.clients import create_client
from acctdesk.services.contacts import create_contact
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.palette import Palette
from acctdesk.ui.itemmodels.palette import PaletteModel, meant
from acctdesk.ui.main_window import MainWindow
from tests.ui.accessibility import assert_accessible
from tests.ui.conftest import PlainPage
from tests.ui.geometry import assert_no_overlap_or_cut

LABEL = msg("Action", "New client")


@pytest.fixture
def palette(window: MainWindow, context: Context) -> Palette:
    """Give the palette over a book with two clients and a contact."""
    for name in ("Παπαδόπουλος Α.Ε.", "<img src=x> & Σία"):
        context.runner.submit(LABEL, create_client, name=name)
    context.runner.submit(LABEL, create_contact, client_id=1, name="Ελένη Παπαδοπούλου")
    return window.palette_overlay


def press(palette: Palette, key: Qt.Key, text: str = "", *, control: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(palette.query, QKeyEvent(QKeyEvent.Type.KeyPress, key, held, text))


def titles(palette: Palette) -> list[str]:
    return [row.title for row in palette.model.rows]


def selected(palette: Palette) -> str:
    return palette.model.rows[palette.view.currentIndex().row()].title


@pytest.mark.parametrize("query", ["παπαδοπ", "ΠΑΠΑΔΌΠ", "papadop", "Papadopulos"])
def test_clients_and_contacts_are_found_however_they_are_typed(
    palette: Palette, query: str
) -> None:
    palette.open_palette(query=query)
    assert "Παπαδόπουλος Α.Ε." in titles(palette)
    assert selected(palette) == "Παπαδόπουλος Α.Ε."
    if query != "Papadopulos":
        assert "Ελένη Παπαδοπούλου" in titles(palette)


def test_the_strip_says_how_the_query_was_read(palette: Palette) -> None:
    palette.open_palette(query="papadopoulos")
    assert "παπαδοπουλος" in palette._read_as.text()
    assert not palette.strip.isHidden()
    palette.open_palette(query="ΠΑΠΑΔΌΠΟΥΛΟΣ")
    assert "παπαδοπουλος" in palette._read_as.text()
    palette.open_palette(query="παπαδοπ")
    assert palette.strip.isHidden()


def test_every_command_is_in_the_palette(palette: Palette, context: Context) -> None:
    palette.open_palette(query=">")
    offered = {row.action for row in palette.model.rows if row.action}
    enabled = {one for one in context.actions.ids() if context.actions[one].isEnabled()}
    assert offered == enabled


def test_a_command_is_meant_by_the_beginnings_of_its_words() -> None:
    assert meant("νεα επικ", "Νέα επικοινωνία", "New interaction")
    assert meant("nea epik", "Νέα επικοινωνία")
    assert meant("new int", "Νέα επικοινωνία", "New interaction")
    assert meant("", "anything")
    assert not meant("xyz", "Νέα επικοινωνία", "New interaction")


def test_keys_move_over_headings_and_enter_opens(palette: Palette, window: MainWindow) -> None:
    palette.open_palette(query="παπαδοπ")
    press(palette, Qt.Key.Key_Down)
    assert selected(palette) == "Ελένη Παπαδοπούλου"
    press(palette, Qt.Key.Key_Up)
    press(palette, Qt.Key.Key_Up)
    assert selected(palette) == "Παπαδόπουλος Α.Ε."
    press(palette, Qt.Key.Key_Tab)
    assert selected(palette) == "Ελένη Παπαδοπούλου"
    press(palette, Qt.Key.Key_Return)
    assert palette.isHidden()
    assert isinstance(window.page, PlainPage)
    (target,) = window.page.targets
    assert (target.kind, target.client_id) == ("contact", 1)


def test_ctrl_enter_begins_an_interaction_with_the_client(
    palette: Palette, window: MainWindow
) -> None:
    palette.open_palette(query="παπαδοπ")
    press(palette, Qt.Key.Key_Return, control=True)
    assert isinstance(window.page, PlainPage)
    assert window.page.targets[0].client_id == 1
    assert window.page.done == ["new_interaction"]


def test_a_command_takes_the_client_found(palette: Palette, window: MainWindow) -> None:
    palette.open_palette(query="παπαδοπ")
    wanted = "New interaction: Παπαδόπουλος Α.Ε."
    while selected(palette) != wanted:
        press(palette, Qt.Key.Key_Down)
    press(palette, Qt.Key.Key_Enter)
    assert isinstance(window.page, PlainPage)
    assert window.page.targets[0].id == 1
    assert window.page.done == ["new_interaction"]


def test_escape_gives_the_focus_back(palette: Palette, window: MainWindow) -> None:
    assert isinstance(window.page, PlainPage)
    window.page.field.setFocus()
    palette.open_palette()
    assert window.focusWidget() is palette.query
    press(palette, Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert window.focusWidget() is window.page.field
    palette.open_palette()
    press(palette, Qt.Key.Key_K, control=True)
    assert palette.isHidden()


@pytest.mark.parametrize("page", ["clients", "reports"])
def test_the_search_field_and_the_action_open_it_everywhere(
    palette: Palette, window: MainWindow, context: Context, page: str
) -> None:
    window.show_page(page)
    context.actions["tools.palette"].trigger()
    assert palette.isVisible()
    palette.close_palette()
    window.topbar.search.click()
    assert palette.isVisible()


def test_a_name_that_looks_like_markup_stays_a_name(palette: Palette) -> None:
    palette.open_palette(query="img")
    assert "<img src=x> & Σία" in titles(palette)


def test_nothing_found_is_said(palette: Palette) -> None:
    palette.open_palette(query="ζζζζζ")
    assert titles(palette) == []
    assert palette.count.text() == "Nothing found"
    press(palette, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_it_is_named_fits_and_is_spoken(
    palette: Palette, window: MainWindow, context: Context, qapp: QApplication
) -> None:
    for size in ((800, 600), (1366, 768), (1920, 1080)):
        window.resize(*size)
        palette.open_palette(query="papadop")
        qapp.processEvents()
        assert palette.panel.width() == 680
        assert palette.rect().contains(palette.panel.geometry())
        assert_no_overlap_or_cut(palette)
    assert_accessible(palette)
    assert palette.query.accessibleDescription().startswith("Παπαδόπουλος Α.Ε., Client")


def test_the_model_keeps_qts_rules(palette: Palette, qtmodeltester: pytest.FixtureRequest) -> None:
    palette.open_palette(query="παπαδοπ")
    model: PaletteModel = palette.model
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    heading = model.index(0)
    assert not model.flags(heading) & Qt.ItemFlag.ItemIsSelectable
    assert model.data(model.index(99)) is None
