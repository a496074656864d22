"""Another password and another recovery code for the open book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acctdesk import bootstrap
from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.password import (
    PasswordDialog,
    RecoveryDialog,
    open_password,
    open_recovery,
)
from acctdesk.ui.main_window import MainWindow
from tests.books import PASSWORD
from tests.ui.accessibility import assert_accessible
from tests.ui.conftest import PlainPage
from tests.ui.doors import Show, enter, fill, rest, tab
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import make_context

NEW = "βαθιά θάλασσα και βουνό"


@pytest.fixture
def locked(
    qapp: QApplication, encrypted_book: Book, tmp_path: Path, cheap_keys: None
) -> Iterator[Context]:
    """Give a context over an encrypted book."""
    made = make_context(qapp, Desk(encrypted_book), tmp_path)
    yield made
    made.languages.speak("en")
    made.runner.shutdown()


def test_the_password_is_changed_by_keyboard(
    locked: Context, show: Show, qtbot: QtBot, encrypted_file: Path
) -> None:
    dialog = PasswordDialog(locked)
    show(dialog)
    fill(dialog, PASSWORD)
    tab(dialog)
    fill(dialog, NEW)
    tab(dialog)
    fill(dialog, NEW)
    enter(dialog)
    rest(qtbot, dialog)
    assert not dialog.isVisible()
    assert "changed" in str(locked.messages.log[-1].text)
    assert locked.desk.book.opens_with(NEW)
    assert not locked.desk.book.opens_with(PASSWORD)


def test_a_wrong_current_password_changes_nothing(
    locked: Context, show: Show, qtbot: QtBot
) -> None:
    dialog = PasswordDialog(locked)
    show(dialog)
    enter(dialog)
    assert "current password first" in dialog.trouble_words.text()
    fill(dialog, "όχι αυτός")
    for field in (dialog.fields.first, dialog.fields.second):
        field.field.setText(NEW)
    enter(dialog)
    rest(qtbot, dialog)
    assert dialog.trouble_words.text() == "The password is not right."
    assert dialog.isVisible()
    assert locked.desk.book.opens_with(PASSWORD)


def test_the_rules_of_a_new_password_hold_here_too(locked: Context, show: Show) -> None:
    dialog = PasswordDialog(locked)
    show(dialog)
    fill(dialog, PASSWORD)
    dialog.fields.first.field.setText("1234567890")
    enter(dialog)
    assert "most common" in dialog.fields.reason.text()
    assert not dialog.working


def test_a_new_code_holds_only_once_it_is_kept(
    locked: Context, show: Show, qtbot: QtBot, encrypted_file: Path
) -> None:
    dialog = RecoveryDialog(locked)
    show(dialog)
    fill(dialog, "όχι αυτός")
    enter(dialog)
    rest(qtbot, dialog)
    assert dialog.trouble_words.text() == "The password is not right."
    fill(dialog, PASSWORD)
    enter(dialog)
    rest(qtbot, dialog)
    assert dialog.pages.now() is dialog.recovery
    code = dialog.recovery.code_label.text().replace("\u2002", "-")
    assert not dialog.go.isEnabled()
    assert not locked.desk.book.opens_with(code)
    dialog.recovery.kept.setChecked(True)
    dialog.go.click()
    rest(qtbot, dialog)
    assert not dialog.isVisible()
    assert locked.desk.book.opens_with(code)
    locked.desk.close()
    bootstrap.open_book(encrypted_file, password=code).close()


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_and_everything_is_named(
    locked: Context, show: Show, qapp: QApplication, language: str, theme: str
) -> None:
    locked.languages.speak(language)
    locked.theme.apply(theme)
    change, code = PasswordDialog(locked), RecoveryDialog(locked)
    for dialog in (change, code):
        show(dialog)
        dialog.complain("x" * 60)
        _looked_at(dialog, qapp)
    code._checked(None)
    _looked_at(code, qapp)


def _looked_at(dialog: PasswordDialog | RecoveryDialog, qapp: QApplication) -> None:
    for _ in range(3):
        qapp.processEvents()
    assert_no_overlap_or_cut(dialog)
    assert_accessible(dialog)


def test_the_menu_has_both_for_an_encrypted_book_alone(
    locked: Context, context: Context, qapp: QApplication
) -> None:
    window = MainWindow(locked, [PlainPage.spec])
    assert {"file.password", "file.recovery", "file.restore"} <= set(locked.actions.ids())
    first, second = open_password(locked, window), open_recovery(locked, window)
    first.close()
    second.close()
    plain = MainWindow(context, [PlainPage.spec])
    assert not {"file.password", "file.recovery"} & set(context.actions.ids())
    assert "file.restore" in context.actions
    for one in (window, plain):
        one.close()
        one.deleteLater()
    qapp.processEvents()
