"""The demo book is a file of its own: removed with one click, and nothing else with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from acctdesk import bootstrap, cli
from acctdesk.errors import UserError
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.storage import backup
from acctdesk.storage.book import Book
from acctdesk.ui.dialogs.removal import ask_to_remove
from acctdesk.ui.session import Session
from acctdesk.ui.widgets.dialog import CalmDialog
from tests.books import PASSWORD, PROFILE, TEST_KDF
from tests.ui.world import STEP, fill_small, leave, session_over


def everything(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder in which everything is that could be mistaken for a part of the demo book."""
    made = tmp_path / "books"
    made.mkdir()
    for name in ("Demo", "Demo-2", "Demo book"):
        password = PASSWORD if name == "Demo" else None
        with Book.create(made / f"{name} real", password=password, kdf=TEST_KDF, profile=PROFILE) as book:  # fmt: skip
            fill_small(Desk(book))
            Desk(book).backup()
    for name in ("Demo.acctbook.before-1", "Demo.txt", "Demo.acctbook.xlsx", "Demo-wal", ".Demo"):
        (made / name).write_text(name, encoding="utf-8")
    return made


@pytest.fixture
def demo(folder: Path) -> Iterator[Desk]:
    """Give an open demo book among the others, with a backup."""
    desk = bootstrap.create_demo(folder / "Demo", clients=3)
    desk.backup()
    yield desk
    desk.close()


@pytest.fixture
def session(demo: Desk, qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    """Show the window of the demo book."""
    made = session_over(demo, qapp, tmp_path)
    qapp.processEvents()
    yield made
    if isValid(made.window) and not made._over:
        leave(made, qtbot)
    qapp.processEvents()


def neighbours(folder: Path) -> dict[str, str]:
    own = ("Demo.acctbook", "Demo.acctbook.lock", "Demo.acctbook-wal", "Demo.acctbook-shm")
    return {
        name: content
        for name, content in everything(folder).items()
        if name not in own and not name.startswith("Demo-backups")
    }


def test_one_click_removes_the_demo_book_and_nothing_else(folder: Path, session: Session) -> None:
    before = neighbours(folder)
    gone: list[bool] = []
    session.removed.connect(lambda: gone.append((folder / "Demo.acctbook").exists()))
    assert session.window.sidebar.remove.isVisible()
    session.window.sidebar.remove.click()
    assert gone == [False]
    assert everything(folder) == before
    assert not (folder / "Demo-backups").exists()


def test_undo_leaves_the_invented_clients(session: Session, demo: Desk) -> None:
    assert demo.undo_label() is None
    with pytest.raises(UserError, match="nothing to undo"):
        demo.undo()
    demo.perform(STEP, create_client, name="Δικός μου")
    assert demo.undo_label() is not None
    demo.undo()
    assert demo.undo_label() is None


def test_work_of_the_officer_is_asked_about_once(
    folder: Path, session: Session, demo: Desk
) -> None:
    demo.perform(STEP, create_client, name="Δικός μου")
    session.context.actions["file.remove_demo"].trigger()
    (asked,) = session.window.findChildren(CalmDialog)
    assert (folder / "Demo.acctbook").exists()
    asked.reject()
    assert (folder / "Demo.acctbook").exists()
    demo.undo()
    assert demo.own_changes() == 0
    before = neighbours(folder)
    session.context.actions["file.remove_demo"].trigger()
    assert everything(folder) == before


def test_the_question_removes_when_it_is_answered_so(session: Session, folder: Path) -> None:
    dialog = ask_to_remove(session.window, 2, session.window.removal_wanted.emit)
    dialog.accept()
    assert not (folder / "Demo.acctbook").exists()


def test_the_window_says_that_it_is_a_demo(session: Session) -> None:
    session.window.show_page("clients")
    assert session.window.windowTitle().endswith("Demo (demo) – acctdesk")


def test_a_demo_book_is_one_under_any_name(demo: Desk, folder: Path) -> None:
    demo.close()
    (folder / "Demo.acctbook").rename(folder / "Renamed.acctbook")
    with Book.open(folder / "Renamed.acctbook") as book:
        assert Desk(book).is_demo


def test_any_other_book_has_no_such_button(
    folder: Path, qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = Desk(Book.open(folder / "Demo book real.acctbook"))  # its name says nothing
    session = session_over(desk, qapp, tmp_path)
    assert session.window.sidebar.remove.isHidden()
    assert not session.context.actions["file.remove_demo"].isVisible()
    session.context.actions["file.remove_demo"].trigger()
    before = everything(folder)
    with pytest.raises(ValueError, match="not a demo book"):
        bootstrap.remove_demo(desk)
    assert everything(folder) == before
    leave(session, qtbot)


def test_backups_of_another_book_of_the_same_name_stay(folder: Path, demo: Desk) -> None:
    real = next((folder / "Demo real-backups").iterdir())
    kept = backup.folder_of(demo.book.path) / real.name.replace("Demo real", "Demo")
    kept.write_bytes(real.read_bytes())
    bootstrap.remove_demo(demo)
    assert [item.name for item in kept.parent.iterdir()] == [kept.name]
    assert kept.read_bytes() == real.read_bytes()


def test_a_demo_book_made_by_command_is_one_too_and_its_key_file_goes_with_it(
    folder: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "password.txt"
    secret.write_text(PASSWORD, encoding="utf-8")
    before = everything(folder)
    options = ["--clients", "2", "--password-file", str(secret)]
    assert cli.main(["demo", str(folder / "Shown"), *options]) == cli.DONE
    desk = bootstrap.open_book(folder / "Shown", password=PASSWORD)
    desk.backup()
    assert (folder / "Shown.acctbook.key").exists()
    bootstrap.remove_demo(desk)
    assert everything(folder) == before
