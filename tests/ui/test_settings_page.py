"""The Settings page: everything is saved on leaving it, and says so; what cannot be says why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from acctdesk import i18n
from acctdesk.figures.rhythm import Gap
from acctdesk.services.desk import Desk
from acctdesk.services.profile import get_profile, set_profile
from acctdesk.services.rhythm import get_gaps
from acctdesk.services.targets import set_target
from acctdesk.ui import settings as remembered
from acctdesk.ui.context import Context
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.settings import SettingsPage
from acctdesk.ui.pages.settings import book as book_module
from acctdesk.ui.pages.settings.book import BackupControl, KeyControl, PlaceControl
from acctdesk.ui.pages.settings.contact_days import ContactDaysControl
from acctdesk.ui.pages.settings.look import DensityControl, LanguageControl, ThemeControl
from acctdesk.ui.pages.settings.page import Line
from acctdesk.ui.pages.settings.profile import (
    CompanyControl,
    CurrencyControl,
    FiscalControl,
    OfficerControl,
)
from acctdesk.ui.pages.settings.rows import ROWS, SECTIONS
from acctdesk.ui.theme import Density, ThemeChoice
from tests.ui.accessibility import assert_accessible
from tests.ui.conftest import PlainPage
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import STEP, press, type_text


@pytest.fixture
def window(context: Context, qapp: QApplication) -> Iterator[MainWindow]:
    """Give a window with a plain page and the settings."""
    made = MainWindow(context, [PlainPage.spec, SettingsPage.spec])
    made.resize(1366, 768)
    made.start()
    made.show()
    made.activateWindow()
    made.show_page("settings")
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # or every theme polishes it


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    """Give the page in its window."""
    assert isinstance(window.page, SettingsPage)
    return window.page


def line_of(page: SettingsPage, kind: type) -> Line:
    return next(one for one in page.lines if type(one.control) is kind)


def test_ctrl_comma_opens_it_at_its_first_setting(window: MainWindow, context: Context) -> None:
    window.show_page("clients")
    context.actions["tools.settings"].trigger()
    assert isinstance(window.page, SettingsPage)
    assert context.actions["tools.settings"].shortcut().toString() == "Ctrl+,"
    held = window.focusWidget()
    assert held is not None
    assert window.page.lines[0].isAncestorOf(held)


def test_every_row_stands_in_a_known_section() -> None:
    keys = {key for key, _ in SECTIONS}
    assert {row.section for row in ROWS} <= keys
    assert len({row.control for row in ROWS}) == len(ROWS)


def test_the_look_changes_live_and_is_remembered(page: SettingsPage, context: Context) -> None:
    theme = page.control(ThemeControl)
    assert isinstance(theme, ThemeControl)
    theme.segments.choose("dark")
    assert context.theme.choice is ThemeChoice.DARK
    assert context.settings.get(remembered.THEME) == "dark"
    assert context.actions["view.dark"].isChecked()
    assert line_of(page, ThemeControl).saved.isVisibleTo(page)
    density = page.control(DensityControl)
    assert isinstance(density, DensityControl)
    density.segments.choose("compact")
    assert context.theme.density is Density.COMPACT
    context.actions["view.compact"].trigger()
    assert density.segments.key == "comfortable"


def test_the_language_changes_every_word(page: SettingsPage, context: Context) -> None:
    control = page.control(LanguageControl)
    assert isinstance(control, LanguageControl)
    control.segments.choose("el")
    assert i18n.language() == "el"
    assert context.settings.get(remembered.LANGUAGE) == "el"
    fiscal = page.control(FiscalControl)
    assert isinstance(fiscal, FiscalControl)
    assert fiscal.combo.currentText() == "Ιανουάριος"
    context.actions["view.english"].trigger()
    assert control.segments.key == "en"


def test_a_name_is_saved_on_leaving_and_undone(
    page: SettingsPage, context: Context, desk: Desk
) -> None:
    officer, company = page.control(OfficerControl), page.control(CompanyControl)
    assert isinstance(officer, OfficerControl)
    assert isinstance(company, CompanyControl)
    assert officer.field.text() == "Μαρία Νικολάου"
    officer.field.selectAll()
    type_text(officer.field, "Ελένη Μαρκάκη")
    assert desk.query(get_profile).officer == "Μαρία Νικολάου"
    press(officer.field, Qt.Key.Key_Return)
    assert desk.query(get_profile).officer == "Ελένη Μαρκάκη"
    assert line_of(page, OfficerControl).saved.isVisibleTo(page)
    context.runner.undo()
    assert officer.field.text() == "Μαρία Νικολάου"
    company.field.setFocus()
    company.field.selectAll()
    type_text(company.field, "Άλλη")
    press(company.field, Qt.Key.Key_Escape)
    assert company.field.text() == "Αιγαίον ΑΕ"


def test_the_days_between_contacts_are_saved_by_line_and_refused_beside_it(
    page: SettingsPage, desk: Desk, context: Context
) -> None:
    control = page.control(ContactDaysControl)
    assert isinstance(control, ContactDaysControl)
    ideal, most = control.fields["A"]
    assert (ideal.text(), most.text()) == ("20", "30")
    most.setFocus()
    most.selectAll()
    type_text(most, "25")
    press(most, Qt.Key.Key_Return)
    assert desk.query(get_gaps)["A"] == Gap(20, 25)
    ideal.setFocus()
    ideal.selectAll()
    type_text(ideal, "40")
    press(ideal, Qt.Key.Key_Return)
    assert "above the most" in line_of(page, ContactDaysControl).trouble.text()
    assert desk.query(get_gaps)["A"] == Gap(20, 25)
    context.runner.undo()
    assert most.text() == "30"


def test_what_is_being_typed_is_not_overwritten(page: SettingsPage, context: Context) -> None:
    company = page.control(CompanyControl)
    assert isinstance(company, CompanyControl)
    company.field.setFocus()
    company.field.selectAll()
    type_text(company.field, "Μισό")
    context.runner.submit(STEP, set_profile, officer="Άλλος")
    assert company.field.text() == "Μισό"


def test_the_fiscal_year_follows_the_choice(page: SettingsPage, desk: Desk) -> None:
    control = page.control(FiscalControl)
    assert isinstance(control, FiscalControl)
    control.combo.setCurrentIndex(6)
    control.combo.activated.emit(6)
    assert desk.query(get_profile).fiscal_start == 7


def test_the_currency_is_fixed_by_amounts_and_says_why(
    page: SettingsPage, context: Context, desk: Desk
) -> None:
    control = page.control(CurrencyControl)
    assert isinstance(control, CurrencyControl)
    assert control.combo.isEnabled()
    assert not control.reason.isVisibleTo(page)
    control.combo.choose("USD")
    control.combo.activated.emit(0)
    assert desk.query(get_profile).currency == "USD"
    context.runner.submit(STEP, set_target, month=dt.date(2026, 11, 1), amount_minor=100)
    assert not control.combo.isEnabled()
    assert control.reason.isVisibleTo(page)


def test_a_refusal_stands_beside_the_setting(page: SettingsPage, desk: Desk) -> None:
    control = page.control(CurrencyControl)
    control.save_profile(currency="€€")
    line = line_of(page, CurrencyControl)
    assert "not a currency" in line.trouble.text()
    assert not line.saved.isVisibleTo(page)
    assert desk.query(get_profile).currency == "EUR"


def test_the_book_says_where_it_lies_and_how_it_stands(
    page: SettingsPage, context: Context, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, key, backup = (page.control(kind) for kind in (PlaceControl, KeyControl, BackupControl))
    assert isinstance(place, PlaceControl)
    assert isinstance(key, KeyControl)
    assert isinstance(backup, BackupControl)
    assert place.path.text() == str(desk.book.path)
    assert place.weight.text().endswith("MB")
    assert key.chip.text() == "Not encrypted"
    assert all(not one.isVisibleTo(key) for one in key.buttons.values())
    assert backup.last.text() == "No backup was made yet."
    assert not backup.folder.isEnabled()
    backup.buttons["file.backup"].click()
    assert backup.last.text().startswith("The last one was made and checked on")
    opened: list[Path] = []
    monkeypatch.setattr(book_module, "open_folder", opened.append)
    place.folder.click()
    backup.folder.click()
    assert opened == [desk.book.path.parent, desk.book.backups]


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("size", [(800, 600), (1366, 768), (1920, 1080)])
def test_nothing_is_cut_and_everything_is_named(
    window: MainWindow,
    page: SettingsPage,
    context: Context,
    qapp: QApplication,
    size: tuple[int, int],
    language: str,
) -> None:
    context.languages.speak(language)
    window.resize(*size)
    for _ in range(6):  # words that wrap ask for their height one after the other
        qapp.processEvents()
    assert page.area.horizontalScrollBar().maximum() == 0
    assert_no_overlap_or_cut(page)
    assert_accessible(page)
