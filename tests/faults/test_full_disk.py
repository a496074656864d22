"""A disk that is really full: a sentence, nothing lost, and the same again once there is room."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from acctdesk.errors import EnvironmentFault
from acctdesk.reports.pack import write_pack
from acctdesk.services.clients import update_client
from acctdesk.services.desk import Desk
from acctdesk.storage.backup import list_backups
from acctdesk.storage.book import Book
from acctdesk.storage.check import check_book
from acctdesk.storage.restore import read_manifest
from tests.books import PASSWORD, TEST_KDF, copy_book
from tests.faults.operations import REPORT
from tests.storage.commands import LABEL, add_client, client_names
from tests.storage.next_schema import next_schema

LONG_NOTE = "Μακρύ κείμενο για έναν πελάτη. " * 20_000  # over a megabyte


class Disk:
    """A small file system of its own in memory."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def fill(self, *, leave: int) -> None:
        """Take all but ``leave`` bytes."""
        status = os.statvfs(self.place)
        free = status.f_bavail * status.f_frsize
        with (self.place / "filler").open("wb") as file:
            file.write(bytes(max(0, free - leave)))

    def free(self) -> None:
        """Give the space back."""
        (self.place / "filler").unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Give a disk of 24 megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "acctdesk-test", str(place)]
    try:
        mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("this user may not mount a small disk")
    yield Disk(place)
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def path(disk: Disk, encrypted_template: Path) -> Path:
    """Return an encrypted book with one client on the small disk."""
    path = copy_book(encrypted_template, disk.place / "test.acctbook")
    with Book.open(path, password=PASSWORD, kdf=TEST_KDF) as book:
        Desk(book).perform(LABEL, add_client, name="Παπαδόπουλος Α.Ε.")
    return path


def test_a_long_note_is_kept_once_there_is_room(disk: Disk, path: Path) -> None:
    with Book.open(path, password=PASSWORD, kdf=TEST_KDF) as book:
        desk = Desk(book)
        disk.fill(leave=64 * 1024)
        with pytest.raises(EnvironmentFault, match="disk is full") as told:
            desk.perform(LABEL, update_client, client_id=1, notes=LONG_NOTE)
        assert "Free some space" in str(told.value)
        assert not book.read_only
        assert desk.query(client_names) == ["Παπαδόπουλος Α.Ε."]
        disk.free()
        desk.perform(LABEL, update_client, client_id=1, notes=LONG_NOTE)
    with Book.open(path, password=PASSWORD, kdf=TEST_KDF) as book, book.reader() as session:
        assert check_book(book).ok
        notes = session.connection().exec_driver_sql("SELECT length(notes) FROM clients").scalar()
        assert notes == len(LONG_NOTE.strip())


def test_a_backup_leaves_no_part_and_the_older_one(disk: Disk, path: Path) -> None:
    with Book.open(path, password=PASSWORD, kdf=TEST_KDF) as book:
        desk = Desk(book)
        first = desk.backup()
        disk.fill(leave=96 * 1024)
        with pytest.raises(EnvironmentFault, match="disk is full"):
            desk.backup()
        assert list(first.parent.iterdir()) == [first]
        read_manifest(first)
        disk.free()
        desk.backup()
        assert len(list_backups(path)) == 2


def test_a_migration_leaves_the_book_to_the_old_program(
    disk: Disk, path: Path, tmp_path: Path
) -> None:
    before = hashlib.sha256(path.read_bytes()).digest()
    for leave in (32 * 1024, 200 * 1024, 400 * 1024):
        disk.fill(leave=leave)
        with (
            next_schema(tmp_path / "scripts"),
            pytest.raises(EnvironmentFault, match="disk is full"),
        ):
            Book.open(path, password=PASSWORD, kdf=TEST_KDF)
        with Book.open(path, password=PASSWORD, kdf=TEST_KDF, read_only=True) as book:
            assert Desk(book).query(client_names) == ["Παπαδόπουλος Α.Ε."]
        assert hashlib.sha256(path.read_bytes()).digest() == before
        disk.free()
    with (
        next_schema(tmp_path / "scripts"),
        Book.open(path, password=PASSWORD, kdf=TEST_KDF) as book,
    ):
        assert Desk(book).query(client_names) == ["Παπαδόπουλος Α.Ε."]


def test_a_workbook_leaves_the_one_before(disk: Disk, path: Path) -> None:
    out = disk.place / "report.xlsx"
    out.write_bytes(b"the report of before")
    with Book.open(path, password=PASSWORD, kdf=TEST_KDF) as book:
        disk.fill(leave=8 * 1024)
        with pytest.raises(EnvironmentFault, match="disk is full"):
            write_pack(Desk(book), out=out, **REPORT)
        assert out.read_bytes() == b"the report of before"
        assert not list(disk.place.glob("*.part"))
        disk.free()
        write_pack(Desk(book), out=out, **REPORT)
    assert out.read_bytes().startswith(b"PK")
