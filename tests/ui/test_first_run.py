"""A new laptop: three questions, a recovery code, and nothing on the disk before the last button."""

from __future__ import annotations

import errno
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acctdesk import bootstrap, i18n
from acctdesk.services import profile
from acctdesk.services.desk import Desk
from acctdesk.ui import settings as remembered
from acctdesk.ui.dialogs.first_run import FirstRunDialog
from acctdesk.ui.dialogs.restore import RestoreDialog
from acctdesk.ui.settings import Settings
from acctdesk.ui.theme import Theme
from acctdesk.ui.translation import Languages
from tests.books import PASSWORD
from tests.ui.accessibility import assert_accessible
from tests.ui.doors import PATIENCE, Show, enter, fill, held, rest, tab
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import press


@pytest.fixture
def dialog(home: Path, settings: Settings, languages: Languages, show: Show) -> FirstRunDialog:
    """Give the shown dialog of an empty home."""
    made = FirstRunDialog(bootstrap.books_folder(), settings=settings, languages=languages)
    show(made)
    return made


@pytest.fixture
def made(dialog: FirstRunDialog) -> list[Desk]:
    """Give the list of what the dialog has opened."""
    found: list[Desk] = []
    dialog.opened.connect(found.append)
    return found


def to_protection(dialog: FirstRunDialog, name: str = "Μαρία Νικολάου") -> None:
    """Answer the first two questions by keyboard."""
    enter(dialog)
    fill(dialog, name)
    tab(dialog)
    fill(dialog, "Αιγαίον ΑΕ")
    enter(dialog)


def test_by_keyboard_in_greek_to_an_open_encrypted_book(
    dialog: FirstRunDialog, made: list[Desk], home: Path, qtbot: QtBot, settings: Settings
) -> None:
    press(held(dialog), Qt.Key.Key_Left)
    assert i18n.language() == "el"
    assert settings.get(remembered.LANGUAGE) == "el"
    assert dialog.onward.text() == "Επόμενο"
    to_protection(dialog)
    fill(dialog, PASSWORD)
    tab(dialog)  # the eye comes after: who types blind goes from field to field
    fill(dialog, PASSWORD)
    enter(dialog)
    assert dialog.pages.now() is dialog.recovery
    assert not home.exists()  # nothing is made before the last button
    assert not dialog.onward.isEnabled()
    dialog.recovery.kept.setFocus()  # Enter on the button that has the keyboard would print
    enter(dialog)
    assert not dialog.working
    press(dialog.recovery.kept, Qt.Key.Key_Space)
    enter(dialog)
    rest(qtbot, dialog)
    (desk,) = made
    status = desk.status()
    assert status.path == home / "books" / "Αιγαίον ΑΕ.acctbook"
    assert status.encrypted
    found = desk.query(profile.get_profile)
    assert (found.officer, found.company, found.currency) == ("Μαρία Νικολάου", "Αιγαίον ΑΕ", "EUR")
    assert (found.fiscal_start, found.language) == (1, "el")
    code = dialog.recovery.code_label.text().replace("\u2002", "-")
    desk.close()
    for secret in (PASSWORD, code):
        bootstrap.open_book(status.path, password=secret).close()
    assert not dialog.protection.fields.first.text()


def test_without_a_password_the_third_page_is_the_last(
    dialog: FirstRunDialog, made: list[Desk], qtbot: QtBot
) -> None:
    to_protection(dialog)
    dialog.protection.locked.setFocus()
    press(dialog.protection.locked, Qt.Key.Key_Right)
    assert dialog.protection.warning.isVisible()
    assert dialog.onward.text() == "Open the book"
    enter(dialog)
    rest(qtbot, dialog)
    (desk,) = made
    assert not desk.status().encrypted
    desk.close()


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_and_everything_is_named_on_every_page(
    dialog: FirstRunDialog,
    languages: Languages,
    look: Theme,
    qapp: QApplication,
    language: str,
    theme: str,
) -> None:
    languages.speak(language)
    look.apply(theme)
    _looked_at(dialog, qapp)
    dialog.go_on()
    dialog.officer.officer.setText("Μαρία-Χριστίνα Παπαδημητρίου Κωνσταντοπούλου")
    dialog.officer.place.choose(Path("/home/μαρία/Dropbox/εταιρεία") / f"{'Αιγαίον ' * 8}.acctbook")
    _looked_at(dialog, qapp)
    dialog.officer.place.choose(bootstrap.books_folder() / "Νέο")
    dialog.go_on()
    dialog.go_on()
    _looked_at(dialog, qapp)
    dialog.protection.plain.click()
    _looked_at(dialog, qapp)
    dialog.protection.locked.click()
    for field in (dialog.protection.fields.first, dialog.protection.fields.second):
        field.field.setText(PASSWORD)
    dialog.go_on()
    dialog.recovery.copy_code()
    dialog.complain("x" * 40)
    _looked_at(dialog, qapp)
    assert dialog.height() <= 560


def _looked_at(dialog: FirstRunDialog, qapp: QApplication) -> None:
    for _ in range(3):
        qapp.processEvents()
    assert_no_overlap_or_cut(dialog)
    assert_accessible(dialog)


def test_choosing_the_language_moves_nothing(dialog: FirstRunDialog) -> None:
    sizes = set()
    for choice in (dialog.language.english, dialog.language.greek, dialog.language.english):
        choice.click()
        QApplication.processEvents()
        sizes.add(dialog.size().toTuple())
    assert len(sizes) == 1


def test_back_keeps_what_was_typed_and_the_code(dialog: FirstRunDialog) -> None:
    to_protection(dialog)
    for field in (dialog.protection.fields.first, dialog.protection.fields.second):
        field.field.setText(PASSWORD)
    dialog.go_on()
    code = dialog.recovery.code_label.text()
    dialog.recovery.kept.setChecked(True)
    for _ in range(3):
        dialog.go_back()
    assert dialog.pages.now() is dialog.language
    for _ in range(3):
        dialog.go_on()
    assert dialog.officer.officer.text() == "Μαρία Νικολάου"
    assert dialog.recovery.code_label.text() == code
    assert dialog.recovery.kept.isChecked()


def test_a_name_is_wanted_and_the_reason_stands_beside_it(dialog: FirstRunDialog) -> None:
    enter(dialog)
    enter(dialog)
    assert dialog.pages.now() is dialog.officer
    assert dialog.officer.reason.isVisible()
    assert held(dialog) is dialog.officer.officer
    fill(dialog, "Μαρία")
    assert not dialog.officer.reason.isVisible()


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "at least 10"),
        ("password123", "most common"),
        ("πασσςορδ123", "most common"),
        ("Μαρία Νικολάου", "guessed quickly"),
        ("1234567890", "most common"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(
    dialog: FirstRunDialog, password: str, reason: str
) -> None:
    to_protection(dialog)
    for field in (dialog.protection.fields.first, dialog.protection.fields.second):
        field.field.setText(password)
    enter(dialog)
    assert dialog.pages.now() is dialog.protection
    assert reason in dialog.protection.fields.reason.text()
    assert held(dialog) is dialog.protection.fields.first.field


def test_two_different_passwords_are_refused(dialog: FirstRunDialog) -> None:
    to_protection(dialog)
    dialog.protection.fields.first.field.setText(PASSWORD)
    dialog.protection.fields.second.field.setText(PASSWORD + "!")
    enter(dialog)
    assert "differ" in dialog.protection.fields.reason.text()
    assert held(dialog) is dialog.protection.fields.second.field


def test_the_eye_shows_and_caps_lock_is_told(dialog: FirstRunDialog) -> None:
    to_protection(dialog)
    field = dialog.protection.fields.first
    press(field.field, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert not dialog.protection.fields.notice.words.isVisible()
    assert field.field.echoMode() is field.field.EchoMode.Password
    field.eye.click()
    assert field.field.echoMode() is field.field.EchoMode.Normal
    assert field.eye.accessibleName() == "Hide the password"
    field.caps_changed.emit(True)
    assert dialog.protection.fields.notice.words.isVisible()


def test_a_synced_folder_is_warned_of_and_never_proposed(
    dialog: FirstRunDialog, tmp_path: Path
) -> None:
    dialog.go_on()
    assert not dialog.officer.place.warning.isVisible()
    dialog.officer.place.choose(tmp_path / "OneDrive - Αιγαίον" / "book")
    assert dialog.officer.place.warning.isVisible()
    assert "OneDrive" in dialog.officer.place.warning.property("words").text()


def test_a_taken_place_is_told_before_the_password(dialog: FirstRunDialog, book_file: Path) -> None:
    before = book_file.read_bytes()
    dialog.go_on()
    dialog.officer.officer.setText("Μαρία")
    dialog.officer.place.choose(book_file)
    dialog.go_on()
    assert dialog.pages.now() is dialog.officer
    assert "exists already" in dialog.trouble_words.text()
    assert dialog.trouble.isVisible()
    dialog.officer.place.choose(book_file.with_name("other"))
    dialog.go_on()
    assert dialog.pages.now() is dialog.protection
    assert not dialog.trouble.isVisible()
    assert book_file.read_bytes() == before


def test_the_proposed_name_follows_the_company_and_is_free(
    dialog: FirstRunDialog, home: Path
) -> None:
    dialog.officer.company.setText('Α/Β "Γ": Α.Ε.')
    assert dialog.officer.path().name == "Α Β Γ ΑΕ.acctbook"
    folder = home / "books"
    folder.mkdir(parents=True)
    (folder / "Α Β Γ ΑΕ.acctbook").touch()
    assert dialog.officer.path().name == "Α Β Γ ΑΕ 2.acctbook"


def test_a_full_disk_is_told_in_place_and_leaves_nothing(
    dialog: FirstRunDialog,
    made: list[Desk],
    home: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from acctdesk.storage import files

    to_protection(dialog)
    dialog.protection.plain.click()

    def full(_part: Path) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    with monkeypatch.context() as patch:
        patch.setattr(files, "sync_file", full)
        dialog.go_on()
        rest(qtbot, dialog)
    assert "disk is full" in dialog.trouble_words.text()
    assert not made
    assert [one.name for one in (home / "books").iterdir()] == []
    dialog.go_on()  # after space was made, the same button works
    rest(qtbot, dialog)
    made[0].close()


def test_leaving_while_the_book_is_made_leaves_nothing_half_made(
    dialog: FirstRunDialog,
    made: list[Desk],
    home: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    to_protection(dialog)
    dialog.protection.plain.click()
    gate = threading.Event()
    real = bootstrap.create_book

    def slow(*args: Any, **more: Any) -> Desk:
        gate.wait(20)
        return real(*args, **more)

    monkeypatch.setattr(bootstrap, "create_book", slow)
    dialog.go_on()
    assert dialog.busy.isVisible()
    press(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "Stopping" in dialog.busy_words.text()
    gate.set()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=PATIENCE)
    assert not made
    assert list((home / "books").iterdir()) == []


def test_leaving_at_the_code_leaves_nothing(
    dialog: FirstRunDialog, made: list[Desk], home: Path
) -> None:
    to_protection(dialog)
    for field in (dialog.protection.fields.first, dialog.protection.fields.second):
        field.field.setText(PASSWORD)
    dialog.go_on()
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not home.exists()
    assert not made


def test_the_demo_book_is_made_once_beside_the_others(
    dialog: FirstRunDialog,
    made: list[Desk],
    home: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = bootstrap.create_demo
    monkeypatch.setattr(
        bootstrap, "create_demo", lambda path, **more: real(path, clients=3, **more)
    )
    dialog.language.demo.click()
    assert dialog.busy.isVisible()
    qtbot.waitUntil(lambda: not dialog.working, timeout=PATIENCE)
    (desk,) = made
    assert desk.status().name == "Demo book"
    desk.close()
    wanted: list[Path] = []
    dialog.book_wanted.connect(wanted.append)
    dialog.make_demo()
    assert wanted == [home / "books" / "Demo book.acctbook"]


def test_a_fault_of_the_program_is_told_without_its_words(
    dialog: FirstRunDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def broken(*_args: object, **_more: object) -> Desk:
        raise KeyError("Παπαδόπουλος")

    monkeypatch.setattr(bootstrap, "create_book", broken)
    to_protection(dialog)
    dialog.protection.plain.click()
    dialog.go_on()
    rest(qtbot, dialog)
    assert "unexpected fault" in dialog.trouble_words.text()
    assert "Παπαδόπουλος" not in caplog.text
    caplog.clear()


def test_the_code_is_saved_as_text_and_pdf_and_copied(
    dialog: FirstRunDialog, tmp_path: Path, qapp: QApplication
) -> None:
    page = dialog.recovery
    page.show_code("AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", book="Αιγαίον")
    page.save(str(tmp_path / "code.txt"))
    text = (tmp_path / "code.txt").read_text(encoding="utf-8")
    assert "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE" in text
    assert "Αιγαίον" in text
    page.save(str(tmp_path / "code.pdf"))
    assert (tmp_path / "code.pdf").read_bytes().startswith(b"%PDF")
    page.save(str(tmp_path / "nowhere" / "code.pdf"))
    assert "could not be saved" in dialog.trouble_words.text()
    page.copy_code()
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"
    clipboard.clear()


def test_a_currency_is_found_by_a_few_letters(dialog: FirstRunDialog, languages: Languages) -> None:
    languages.speak("el")
    dialog.go_on()
    combo = dialog.officer.currency
    assert combo.key() == "EUR"
    combo.setEditText("δολαριο ηπα")
    field = combo.lineEdit()
    assert field is not None
    field.editingFinished.emit()
    assert combo.key() == "USD"
    combo.setEditText("τίποτε τέτοιο")
    field.editingFinished.emit()
    assert (combo.key(), combo.currentText()[:3]) == ("USD", "USD")
    languages.speak("en")
    assert "Dollar" in combo.currentText()


def test_a_book_that_is_there_is_asked_for(dialog: FirstRunDialog, book_file: Path) -> None:
    wanted: list[Path] = []
    dialog.book_wanted.connect(wanted.append)
    dialog._browsed(str(book_file))
    assert wanted == [book_file]
    assert not dialog.isVisible()


def test_a_backup_is_put_into_the_folder(
    dialog: FirstRunDialog, book_file: Path, home: Path, qtbot: QtBot
) -> None:
    with_desk = bootstrap.open_book(book_file)
    backup = with_desk.backup()
    with_desk.close()
    wanted: list[Path] = []
    dialog.book_wanted.connect(wanted.append)
    dialog.language.restore.click()
    (asked,) = dialog.findChildren(RestoreDialog)
    assert not asked.go.isEnabled()
    asked.choice.take_file(backup)
    asked.restore()
    qtbot.waitUntil(lambda: bool(wanted), timeout=PATIENCE)
    assert wanted == [home / "books" / "test.acctbook"]
    bootstrap.open_book(wanted[0]).close()
