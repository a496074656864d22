"""Where a book lies: folders that cannot be written, vanish, or have strange names."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from acctdesk import bootstrap, cli
from acctdesk.errors import EnvironmentFault
from acctdesk.reports.pack import write_pack
from acctdesk.services.desk import Desk
from acctdesk.storage import backup
from acctdesk.storage.book import Book
from acctdesk.storage.check import check_book
from tests.books import PASSWORD, PROFILE, TEST_KDF, copy_book
from tests.faults import injection
from tests.faults.injection import Tell
from tests.faults.operations import REPORT
from tests.storage.commands import LABEL, add_client, client_names

NOBODY = 65534


def _as_nobody(folder: Path, tell: Tell) -> None:
    """Open the book as a user who may not write where its folder says so."""
    rehearsal = copy_book(folder / "test.acctbook", folder.parent / "rehearsal" / "test.acctbook")
    with Book.open(rehearsal) as book:  # what is loaded late is loaded now: nobody may read it
        Desk(book).perform(LABEL, add_client, name="Β")
        Desk(book).backup()
    os.setgroups([])
    os.setresuid(NOBODY, NOBODY, NOBODY)
    path = folder / "test.acctbook"
    try:
        with Book.open(path) as book:
            tell("opened")
            desk = Desk(book)
            desk.perform(LABEL, add_client, name="Β")
            tell("written")
            desk.backup()
            tell("backed up")
    except EnvironmentFault as error:
        tell(f"told {error.message}")
    with Book.open(path, read_only=True) as book:
        tell(f"read {len(Desk(book).query(client_names))}")


def _told_to_nobody(path: Path, *, closed: Path) -> list[str]:
    folder = path.parent
    for item in (folder, *folder.iterdir()):
        os.chown(item, NOBODY, NOBODY)
    for above in folder.parents:
        if str(above).startswith("/dev/shm/"):
            above.chmod(0o755)
    mode = closed.stat().st_mode
    closed.chmod(0o555 if closed.is_dir() else 0o444)
    try:
        return injection.run(_as_nobody, folder)
    finally:
        closed.chmod(mode)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("what", ["folder", "file", "backups"])
def test_what_may_not_be_written_is_a_sentence_and_can_be_read(
    what: str, plain_template: Path, tmp_path: Path
) -> None:
    path = copy_book(plain_template, tmp_path / "b" / "test.acctbook")
    with Book.open(path) as book:
        Desk(book).perform(LABEL, add_client, name="Α")
    backup.folder_of(path).mkdir()
    closed = {"folder": path.parent, "file": path, "backups": backup.folder_of(path)}[what]
    told = _told_to_nobody(path, closed=closed)
    sentence = "told The book or its folder cannot be written to."
    wanted = {
        "folder": [sentence, "read 1", "end"],
        "file": [sentence, "read 1", "end"],
        "backups": ["opened", "written", sentence, "read 2", "end"],
    }[what]
    assert [line for line in told if line != "opened" or what == "backups"] == wanted


def test_the_command_line_says_what_may_not_be_written_and_still_reads(
    book_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Book.open(book_file) as book:
        Desk(book).perform(LABEL, add_client, name="Άλφα")
    before = book_file.read_bytes()
    monkeypatch.setattr("os.access", lambda _path, mode: mode != os.W_OK)  # root may write
    assert cli.main(["--language", "en", "undo", str(book_file)]) == cli.NOT_DONE
    assert "cannot be written to" in capsys.readouterr().err
    assert cli.main(["--language", "en", "search", str(book_file), "αλφα"]) == cli.DONE
    assert "Άλφα" in capsys.readouterr().out
    assert book_file.read_bytes() == before


def test_a_folder_that_vanishes_is_a_sentence_and_the_same_works_once_it_is_back(
    encrypted_book: Book,
) -> None:
    desk = Desk(encrypted_book)
    desk.perform(LABEL, add_client, name="Α")
    folder = encrypted_book.path.parent
    away = folder.rename(folder.with_name("away"))
    with pytest.raises(EnvironmentFault, match="no longer where it was opened"):
        desk.perform(LABEL, add_client, name="Β")
    with pytest.raises(EnvironmentFault):
        desk.backup()
    assert not folder.exists()
    away.rename(folder)
    desk.perform(LABEL, add_client, name="Β")
    assert desk.query(client_names) == ["Α", "Β"]


def test_another_file_in_its_place_is_not_written_to(
    encrypted_book: Book, encrypted_template: Path
) -> None:
    desk = Desk(encrypted_book)
    desk.perform(LABEL, add_client, name="Α")
    path = encrypted_book.path
    path.rename(path.with_name("old.acctbook"))
    copy_book(encrypted_template, path)
    before = path.read_bytes()
    with pytest.raises(EnvironmentFault, match="Another file was put in the place"):
        desk.perform(LABEL, add_client, name="Β")
    with pytest.raises(EnvironmentFault, match="Another file was put in the place"):
        desk.undo()
    assert path.read_bytes() == before


NAMES = [
    "Πελάτες Ελλάδος",
    unicodedata.normalize("NFD", "Ένωση Λαμία"),
    "İstanbul ığüşöç",
    "😀 🇬🇷 emoji",
    "100% #1 ?x=1&y",
    'it\'s "quoted"; DROP',
    "[a]*{b}",
    " spaces  ",
    "dot.",
    "-rf",
    "x" * 100,
    "ω" * 60,
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_folder_and_book_works_for_everything(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(bootstrap.HOME_VARIABLE, str(tmp_path / f"home {name}"))
    folder = tmp_path / name
    with Book.create(folder / name, password=PASSWORD, kdf=TEST_KDF, profile=PROFILE) as book:
        path = book.path
        desk = Desk(book)
        desk.perform(LABEL, add_client, name="Α")
        saved = desk.backup()
        desk.perform(LABEL, add_client, name="Β")
        write_pack(desk, out=folder / f"{name}.xlsx", **REPORT)
    bootstrap.remember_book(path)
    assert bootstrap.default_book() == path
    backup.restore_backup(saved, path)
    with Book.open(path, password=PASSWORD, kdf=TEST_KDF) as book:
        assert check_book(book).ok
        assert Desk(book).query(client_names) == ["Α"]
        assert [one.path for one in backup.list_backups(path)] == [saved]
    asides = [item for item in folder.iterdir() if "-before-restore-" in item.name]
    assert sorted(item.suffix for item in asides) == [".acctbook", ".key"]
    assert not [item for item in folder.iterdir() if item.suffix in {".part", ".lock", ".restored"}]


def test_a_deep_path_works(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["υποφάκελος με μακρύ όνομα"] * 8)
    assert len(os.fsencode(deep)) > 260
    with Book.create(deep / "β", password=None, profile=PROFILE) as book:
        Desk(book).backup()
