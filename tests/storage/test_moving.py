"""A book in another place or under another name: all of it, and nothing where it was."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.services import keeping
from acctdesk.services.desk import Desk
from acctdesk.storage import backup
from acctdesk.storage.book import Book
from acctdesk.storage.paths import envelope_path
from tests.books import PASSWORD, TEST_KDF, copy_book
from tests.storage.commands import LABEL, add_client, client_names


@pytest.fixture(params=["plain", "encrypted"])
def book(request: pytest.FixtureRequest, tmp_path: Path, book_file: Path, encrypted_file: Path) -> Path:  # fmt: skip
    """Give a closed book with one client and a backup."""
    made = tmp_path / "Παλιά θέση" / "Βιβλίο.acctbook"
    copy_book(book_file if request.param == "plain" else encrypted_file, made)
    with opened(made) as book:
        Desk(book).perform(LABEL, add_client, name="Άλφα")
        Desk(book).backup()
    return made


def opened(path: Path) -> Book:
    key = PASSWORD if envelope_path(path).exists() else None
    return Book.open(path, password=key, kdf=TEST_KDF)


def digests(folder: Path) -> dict[str, str]:
    return {
        str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in folder.rglob("*")
        if one.is_file()
    }


def test_everything_of_it_is_in_the_new_place_and_nothing_in_the_old(
    book: Path, tmp_path: Path
) -> None:
    (book.parent / "δικό μου.txt").write_text("x", encoding="utf-8")
    before = digests(book.parent)
    target = tmp_path / "νέα" / "θέση" / "Άλλο όνομα.acctbook"
    keeping.move_book(book, target)
    assert digests(book.parent) == {"δικό μου.txt": before.pop("δικό μου.txt")}
    renamed = {name.replace("Βιβλίο", "Άλλο όνομα"): one for name, one in before.items()}
    assert digests(target.parent) == renamed
    with opened(target) as moved:
        assert Desk(moved).query(client_names) == ["Άλφα"]
        assert len(backup.list_backups(target)) == 1


def test_a_new_name_in_the_same_folder(book: Path) -> None:
    target = book.with_name("Νέο.acctbook")
    keeping.move_book(book, target)
    assert {one.name for one in book.parent.iterdir() if one.suffix == ".acctbook"} == {target.name}


@pytest.mark.parametrize("taken", ["Νέο.acctbook", "Νέο.acctbook.key", "Νέο-backups"])
def test_a_place_that_is_taken_is_refused(book: Path, taken: str) -> None:
    (book.parent / taken).write_text("mine", encoding="utf-8")
    before = digests(book.parent)
    with pytest.raises(UserError, match="exists already"):
        keeping.move_book(book, book.with_name("Νέο.acctbook"))
    assert digests(book.parent) == before


def test_an_open_book_is_not_moved(book: Path) -> None:
    with opened(book), pytest.raises(UserError):
        keeping.move_book(book, book.with_name("Νέο.acctbook"))
    assert book.exists()


def test_a_disk_that_fails_leaves_it_where_it_was(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digests(book.parent)

    def fails(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(EnvironmentFault):
        keeping.move_book(book, book.with_name("Νέο.acctbook"))
    assert digests(book.parent) == before


def test_what_was_copied_wrongly_is_found(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digests(book.parent)
    monkeypatch.setattr(backup, "digest_of", lambda _file: "of something else")
    with pytest.raises(EnvironmentFault):
        keeping.move_book(book, book.with_name("Νέο.acctbook"))
    assert digests(book.parent) == before


def test_a_copy_is_a_book_of_its_own(book: Path, tmp_path: Path) -> None:
    target = tmp_path / "usb" / "Αντίγραφο.acctbook"
    with opened(book) as kept:
        desk = Desk(kept)
        keeping.copy_book(desk, target)
        desk.perform(LABEL, add_client, name="Μετά")
    with opened(target) as copied:
        assert Desk(copied).query(client_names) == ["Άλφα"]
    names = {one.name for one in target.parent.iterdir()}
    assert names - {f"{target.name}.key"} == {target.name}
    with opened(book) as kept, pytest.raises(UserError, match="exists already"):
        keeping.copy_book(Desk(kept), target)
