"""The first day: a new laptop, a book made by keyboard in Greek, closed, opened again, restored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from acctdesk import bootstrap, i18n
from acctdesk.i18n import msg
from acctdesk.kinds import Language
from acctdesk.services import keeping
from acctdesk.services.clients import create_client
from acctdesk.services.lists import ClientQuery, client_ids
from acctdesk.storage import moving
from acctdesk.storage.faults import disk_full
from acctdesk.ui.app import Program
from acctdesk.ui.dialogs.first_run import FirstRunDialog
from acctdesk.ui.dialogs.move import MoveDialog
from acctdesk.ui.dialogs.restore import RestoreDialog
from acctdesk.ui.dialogs.unlock import UnlockDialog
from acctdesk.ui.session import Session
from acctdesk.ui.settings import Settings
from tests.books import PASSWORD
from tests.ui.doors import PATIENCE, cheap_keys, collected, enter, fill, held, home, tab
from tests.ui.world import press

__all__ = ["cheap_keys", "collected", "home"]  # fixtures
Kind = TypeVar("Kind", bound=QDialog)


@pytest.fixture
def quits(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Give the list of the times that the program would have ended."""
    noted: list[bool] = []
    monkeypatch.setattr(qapp, "quit", lambda: noted.append(True))
    return noted


@pytest.fixture
def program(qapp: QApplication, home: Path, quits: list[bool]) -> Iterator[Program]:
    """Give the whole program at an empty home; quitting is noted and not done."""
    made = Program(qapp, Settings(home / "settings.ini"))
    yield made
    if made.session is not None:
        made.session.window.close()
    qapp.processEvents()
    made.languages.speak("en")
    made.deleteLater()
    qapp.setQuitOnLastWindowClosed(True)


def shown(kind: type[Kind], qtbot: QtBot) -> Kind:
    """Wait for a dialog and return it."""
    found: list[Kind] = []

    def look() -> bool:
        found[:] = [
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, kind) and one.isVisible()
        ]
        return bool(found)

    qtbot.waitUntil(look, timeout=PATIENCE)
    found[0].activateWindow()
    qtbot.waitUntil(found[0].isActiveWindow, timeout=PATIENCE)
    return found[0]


def session_of(program: Program, qtbot: QtBot) -> Session:
    """Wait for the window with its first page and return its session."""

    def is_open() -> bool:
        return program.session is not None and program.session.window.page is not None

    qtbot.waitUntil(is_open, timeout=PATIENCE)
    assert program.session is not None
    return program.session


def answer_the_questions(qtbot: QtBot) -> None:
    """Make an encrypted book in Greek, by keyboard alone."""
    dialog = shown(FirstRunDialog, qtbot)
    press(held(dialog), Qt.Key.Key_Left)
    assert i18n.language() == "el"
    enter(dialog)
    fill(dialog, "Μαρία Νικολάου")
    tab(dialog)
    fill(dialog, "Αιγαίον ΑΕ")
    enter(dialog)
    fill(dialog, PASSWORD)
    tab(dialog)
    fill(dialog, PASSWORD)
    enter(dialog)
    tab(dialog, 3)
    assert held(dialog) is dialog.recovery.kept
    press(held(dialog), Qt.Key.Key_Space)
    enter(dialog)


def unlock(qtbot: QtBot, password: str = PASSWORD) -> None:
    """Type the password into the dialog that asks for it."""
    dialog = shown(UnlockDialog, qtbot)
    fill(dialog, password)
    enter(dialog)


def add(session: Session, name: str) -> None:
    """Make a client in the open book."""
    session.context.runner.submit(msg("Step", "New client"), create_client, name=name)


def count(session: Session) -> int:
    """Return how many clients the open book has."""
    question = ClientQuery(text="", active_only=False)
    desk = session.context.desk
    return len(desk.query(client_ids, query=question, today=bootstrap.today()))


def close(program: Program, session: Session, qtbot: QtBot) -> None:
    """Close the window and wait until the book is closed."""
    with qtbot.waitSignal(session.ended, timeout=PATIENCE):
        session.window.close()
        assert not session.window.isVisible()
    qtbot.waitUntil(lambda: program.session is None, timeout=PATIENCE)


def test_from_double_click_to_the_window_and_back_again(
    program: Program, quits: list[bool], qtbot: QtBot
) -> None:
    program.start([])
    answer_the_questions(qtbot)
    session = session_of(program, qtbot)
    book = session.book
    assert book.name == "Αιγαίον ΑΕ.acctbook"
    assert session.window.isVisible()
    assert session.window.sidebar.status.text() == "Κρυπτογραφημένο"
    add(session, "Παπαδόπουλος Α.Ε.")
    close(program, session, qtbot)
    assert len(keeping.backups_of(book)) == 1  # what was written is in a backup
    qtbot.waitUntil(lambda: bool(quits), timeout=PATIENCE)

    program.start([])
    unlock(qtbot)
    session = session_of(program, qtbot)
    assert session.book == book
    assert count(session) == 1
    close(program, session, qtbot)


def test_the_open_book_is_restored_from_its_menu(program: Program, qtbot: QtBot) -> None:
    program.start([])
    answer_the_questions(qtbot)
    session = session_of(program, qtbot)
    add(session, "Παπαδόπουλος Α.Ε.")
    qtbot.waitUntil(lambda: not session.context.runner.busy, timeout=PATIENCE)
    saved = session.context.desk.backup()
    add(session, "Μύλοι Θερμαϊκού Α.Ε.")
    qtbot.waitUntil(lambda: not session.context.runner.busy, timeout=PATIENCE)
    session.context.actions["file.restore"].trigger()
    (dialog,) = session.window.findChildren(RestoreDialog)
    dialog.choice.take_file(saved)
    dialog.restore()
    unlock(qtbot)
    qtbot.waitUntil(lambda: program.session not in {None, session}, timeout=PATIENCE)
    again = session_of(program, qtbot)
    assert again.book == session.book
    assert count(again) == 1
    assert list(again.book.parent.glob("*-before-restore-*.acctbook"))
    close(program, again, qtbot)


def test_a_restore_that_fails_opens_the_book_again(program: Program, qtbot: QtBot) -> None:
    program.start([])
    answer_the_questions(qtbot)
    session = session_of(program, qtbot)
    bad = session.book.with_name("bad.acctbackup")
    bad.write_bytes(b"nothing of the kind")
    session.context.actions["file.restore"].trigger()
    (dialog,) = session.window.findChildren(RestoreDialog)
    dialog.choice.take_file(bad)
    dialog.restore()
    asked = shown(RestoreDialog, qtbot)
    qtbot.waitUntil(lambda: not asked.working, timeout=PATIENCE)
    assert "δεν είναι αντίγραφο" in asked.trouble_words.text()
    press(asked, Qt.Key.Key_Escape)
    unlock(qtbot)
    close(program, session_of(program, qtbot), qtbot)


def test_the_open_book_moves_with_its_key_and_backups(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    program.start([])
    answer_the_questions(qtbot)
    session = session_of(program, qtbot)
    add(session, "Παπαδόπουλος Α.Ε.")
    qtbot.waitUntil(lambda: not session.context.runner.busy, timeout=PATIENCE)
    saved = session.context.desk.backup()
    session.context.actions["file.move_book"].trigger()
    (dialog,) = session.window.findChildren(MoveDialog)
    assert not dialog.go.isEnabled()
    target = tmp_path / "αλλού" / "Νέο όνομα.acctbook"
    dialog.place.choose(session.book)
    assert not dialog.go.isEnabled()
    dialog.place.choose(target)
    dialog.go.click()
    unlock(qtbot)
    qtbot.waitUntil(lambda: program.session not in {None, session}, timeout=PATIENCE)
    again = session_of(program, qtbot)
    assert again.book == target
    assert count(again) == 1
    assert len(list(target.parent.glob("Νέο όνομα-backups/*"))) >= 1
    assert not saved.exists()
    assert not session.book.exists()
    assert bootstrap.recent_books() == [target]
    close(program, again, qtbot)


def test_a_move_that_fails_opens_the_book_where_it_was(
    program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.start([])
    answer_the_questions(qtbot)
    session = session_of(program, qtbot)
    target = tmp_path / "πλήρης" / "βιβλίο.acctbook"

    def full(*_: object) -> None:
        raise disk_full()

    monkeypatch.setattr(moving, "_copy", full)
    session.context.actions["file.move_book"].trigger()
    (dialog,) = session.window.findChildren(MoveDialog)
    dialog.place.choose(target)
    dialog.go.click()
    asked = shown(MoveDialog, qtbot)
    qtbot.waitUntil(lambda: not asked.working, timeout=PATIENCE)
    assert "δίσκος" in asked.trouble_words.text()
    press(asked, Qt.Key.Key_Escape)
    unlock(qtbot)
    again = session_of(program, qtbot)
    assert again.book == session.book
    close(program, again, qtbot)


def test_a_copy_is_made_beside_the_open_book(
    program: Program, book_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program.start([book_file])
    session = session_of(program, qtbot)
    add(session, "Παπαδόπουλος Α.Ε.")
    session.context.actions["file.copy_book"].trigger()
    (dialog,) = session.window.findChildren(MoveDialog)
    assert dialog.place.path().parent == book_file.parent
    taken = tmp_path / "άλλο.acctbook"
    taken.touch()
    dialog.place.choose(taken)
    dialog.go.click()
    assert "υπάρχει ήδη" in dialog.trouble_words.text()
    dialog.place.choose(tmp_path / "usb" / "Αντίγραφο")
    dialog.go.click()
    target = tmp_path / "usb" / "Αντίγραφο.acctbook"
    qtbot.waitUntil(target.exists, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not session.context.runner.busy, timeout=PATIENCE)
    assert session.book == book_file
    close(program, session, qtbot)
    program.open(target)
    copied = session_of(program, qtbot)
    assert count(copied) == 1
    close(program, copied, qtbot)


def test_after_a_crash_the_window_says_that_all_is_here(
    program: Program, book_file: Path, qtbot: QtBot
) -> None:
    import json
    import platform

    from acctdesk.storage import lock

    dead = {"pid": 2**22 + 1, "host": platform.node(), "started": 1.0, "token": "x"}
    lock.lock_path(book_file).write_text(json.dumps(dead), encoding="utf-8")
    program.start([book_file])
    session = session_of(program, qtbot)
    toast = session.window.toasts.toast
    assert toast is not None
    assert "closed unexpectedly" in toast.text.localized(Language.EN)
    close(program, session, qtbot)


def test_a_damaged_book_of_last_time_leads_to_its_backups(
    program: Program, book_file: Path, qtbot: QtBot
) -> None:
    program.start([book_file])
    session = session_of(program, qtbot)
    add(session, "Παπαδόπουλος Α.Ε.")
    close(program, session, qtbot)
    book_file.write_bytes(book_file.read_bytes()[:5000])
    program.start([])
    dialog = shown(UnlockDialog, qtbot)
    dialog.go_on()
    session = session_of(program, qtbot)
    assert count(session) == 1
    close(program, session, qtbot)


def test_the_same_book_again_raises_its_window(
    program: Program, book_file: Path, qtbot: QtBot
) -> None:
    program.start([book_file])
    session = session_of(program, qtbot)
    program.open(book_file)
    assert program.session is session
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, UnlockDialog)]
    close(program, session, qtbot)
