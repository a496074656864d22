"""Backups: one verified file, thinned with age; restore deletes nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import json
import os
import zipfile
from pathlib import Path

import pytest

from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.services.desk import Desk
from acctdesk.storage import backup, engine, files, paths, restore
from acctdesk.storage.backup import Backup, list_backups, make_backup
from acctdesk.storage.book import Book
from acctdesk.storage.check import check_book
from tests.books import PASSWORD, TEST_KDF, copy_book
from tests.storage.commands import LABEL, NOON, add_client, client_names, import_clients


def names_in(path: Path, password: str | None = None) -> list[str]:
    with Book.open(path, password=password, kdf=TEST_KDF) as book:
        assert check_book(book).ok
        return Desk(book).query(client_names)


def test_a_backup_is_one_file_with_book_and_envelope(encrypted_book: Book) -> None:
    desk = Desk(encrypted_book)
    desk.perform(LABEL, add_client, name="Α")
    path = desk.backup()
    assert path.parent == encrypted_book.path.with_name("test-backups")
    assert [item.name for item in path.parent.iterdir()] == [path.name]
    with zipfile.ZipFile(path) as archive:
        assert set(archive.namelist()) == {"manifest.json", "book.acctbook", "book.acctbook.key"}
        assert all(item.compress_type == zipfile.ZIP_STORED for item in archive.infolist())
        inside = archive.read("book.acctbook")
        assert json.loads(archive.read("manifest.json"))["encrypted"] is True
    copy = path.parent / "inside.acctbook"
    copy.write_bytes(inside)
    raw = engine.connect(copy, key=encrypted_book.key, mode="ro")
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert raw.execute("SELECT name FROM clients").fetchall() == [("Α",)]
    raw.close()
    status = desk.status()
    assert status.last_backup_at is not None
    assert (status.encrypted, status.name) == (True, "test")


def test_a_backup_beside_a_writing_window_is_one_state(desk: Desk, tmp_path: Path) -> None:
    desk.perform(LABEL, add_client, name="Α")
    with desk.book.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE clients SET name = 'Ω'")  # not committed
        path = make_backup(desk.book, tmp_path / "elsewhere")
        connection.rollback()
    assert path.parent == tmp_path / "elsewhere"
    restored = tmp_path / "new" / "again.acctbook"
    assert restore.restore_backup(path, restored) is None
    assert names_in(restored) == ["Α"]


def test_a_read_only_book_can_be_backed_up(book_file: Path) -> None:
    with Book.open(book_file, read_only=True) as book:
        assert make_backup(book).exists()


def test_restore_puts_the_current_book_aside(encrypted_file: Path) -> None:
    with Book.open(encrypted_file, password=PASSWORD, kdf=TEST_KDF) as book:
        desk = Desk(book)
        desk.perform(LABEL, add_client, name="Α")
        saved = desk.backup()
        desk.perform(LABEL, add_client, name="Β")
        book.change_password("νέο", kdf=TEST_KDF)
        with pytest.raises(UserError, match="already open"):
            restore.restore_backup(saved, encrypted_file)
    aside = backup.restore_backup(saved, encrypted_file, now=NOON)
    assert aside == encrypted_file.with_name("test-before-restore-20260302T120000Z.acctbook")
    assert names_in(encrypted_file, PASSWORD) == ["Α"]
    assert names_in(aside, "νέο") == ["Α", "Β"]
    again = backup.restore_backup(saved, encrypted_file, now=NOON)
    assert again is not None
    assert again.name == "test-before-restore-20260302T120000Z-2.acctbook"
    assert aside.exists()


def test_a_restored_book_can_be_undone_further(book_file: Path) -> None:
    with Book.open(book_file) as book:
        desk = Desk(book)
        desk.perform(LABEL, add_client, name="Α")
        saved = desk.backup()
    restore.restore_backup(saved, book_file)
    with Book.open(book_file) as book:
        Desk(book).undo()
        assert Desk(book).query(client_names) == []


def test_a_plain_backup_leaves_no_key_of_the_book_before(
    encrypted_file: Path, plain_template: Path, tmp_path: Path
) -> None:
    with Book.open(copy_book(plain_template, tmp_path / "p" / "plain.acctbook")) as book:
        saved = make_backup(book)
    restore.restore_backup(saved, encrypted_file)
    assert names_in(encrypted_file) == []


def test_a_restore_killed_at_any_rename_is_finished_at_the_next_opening(
    encrypted_template: Path, plain_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Book.open(copy_book(plain_template, tmp_path / "p" / "plain.acctbook")) as book:
        Desk(book).perform(LABEL, add_client, name="Από αντίγραφο")
        saved = make_backup(book)
    real = files.replace
    for killed_at in range(1, 6):
        path = copy_book(encrypted_template, tmp_path / str(killed_at) / "b.acctbook")
        calls = [0]

        def die(
            source: Path, target: Path, calls: list[int] = calls, killed_at: int = killed_at
        ) -> None:
            calls[0] += 1
            if calls[0] == killed_at:
                raise KeyboardInterrupt
            real(source, target)

        monkeypatch.setattr(files, "replace", die)
        with contextlib.suppress(KeyboardInterrupt):
            restore.restore_backup(saved, path)
        monkeypatch.setattr(files, "replace", real)
        if killed_at == 1:  # the list was not written: nothing happened
            assert names_in(path, PASSWORD) == []
        else:
            assert names_in(path) == ["Από αντίγραφο"]
            (aside,) = path.parent.glob("b-before-restore-*.acctbook")
            assert names_in(aside, PASSWORD) == []
        assert not list(path.parent.glob("*.restored"))
        assert not list(path.parent.glob("*.renames"))


def test_a_bad_backup_changes_nothing(book_file: Path, tmp_path: Path) -> None:
    with Book.open(book_file) as book:
        good = make_backup(book)
    content = good.read_bytes()
    before = book_file.read_bytes()
    cases = {
        "cut.acctbackup": (content[: len(content) // 2], "damaged"),
        "text.acctbackup": (b"hello", "not a backup"),
        "empty.acctbackup": (b"", "not a backup"),
        "flipped.acctbackup": (flipped(content), "damaged"),
    }
    for name, (bad, told) in cases.items():
        path = tmp_path / name
        path.write_bytes(bad)
        with pytest.raises(UserError, match=told):
            restore.restore_backup(path, book_file)
    with pytest.raises(UserError, match="no backup at"):
        restore.restore_backup(tmp_path / "nothing", book_file)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("readme", "x")
    with pytest.raises(UserError, match=r"damaged|not a backup"):
        restore.restore_backup(tmp_path / "other.zip", book_file)
    assert book_file.read_bytes() == before
    assert len(list(book_file.parent.glob("*.acctbook*"))) == 1


def flipped(content: bytes) -> bytes:
    changed = bytearray(content)
    changed[len(content) // 2] ^= 1
    return bytes(changed)


def test_a_copy_that_is_not_whole_is_not_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = desk.backup()
    told = itertools.count()  # never the same twice, so the copy never agrees with the book
    monkeypatch.setattr(backup, "_counts", lambda connection: {"clients": next(told)})
    with pytest.raises(EnvironmentFault, match="could not be verified"):
        desk.backup()
    assert [item.name for item in first.parent.iterdir()] == [first.name]


def test_a_damaged_book_is_put_aside_and_never_overwritten(encrypted_file: Path) -> None:
    with Book.open(encrypted_file, password=PASSWORD, kdf=TEST_KDF) as book:
        Desk(book).perform(LABEL, add_client, name="Α")
        saved = Desk(book).backup()
    os.truncate(encrypted_file, 5000)
    with pytest.raises(EnvironmentFault):
        Book.open(encrypted_file, password=PASSWORD, kdf=TEST_KDF)
    aside = restore.set_damaged_aside(encrypted_file, now=NOON)
    assert aside.name == "test-damaged-20260302T120000Z.acctbook"
    assert aside.stat().st_size == 5000
    assert paths.envelope_path(aside).exists()
    restore.restore_backup(saved, encrypted_file)
    assert names_in(encrypted_file, PASSWORD) == ["Α"]


def test_what_is_no_backup_is_left_out_of_the_list(desk: Desk) -> None:
    path = desk.backup()
    for name in ("test-old.acctbackup", "notes.txt", "other-20260101T000000Z.acctbackup"):
        (path.parent / name).write_bytes(b"")
    second = make_backup(desk.book, reason="before-import")
    listed = list_backups(desk.book.path)
    assert {item.path for item in listed} == {path, second}
    assert {item.reason for item in listed} == {"", "before-import"}
    assert all(item.size > 4096 for item in listed)


def made(days: float, reason: str = "") -> Backup:
    at = NOON - dt.timedelta(days=days)
    return Backup(Path(f"{days}-{reason}"), at, reason, 1)


def test_thinning_keeps_what_safety_says() -> None:
    every_six_hours = [made(quarter / 4) for quarter in range(4 * 500)]
    kept = backup.kept_by_age(every_six_hours, now=NOON)
    ages = sorted(float(str(path).rstrip("-")) for path in kept)
    fresh = [age for age in ages if (NOON - dt.timedelta(days=age)).date() >= dt.date(2026, 3, 1)]
    assert len(fresh) == 7  # all of today (until noon) and yesterday
    older = [age for age in ages if age not in fresh]
    days = {(NOON - dt.timedelta(days=age)).date() for age in older}
    assert {dt.date(2026, 2, 28) - dt.timedelta(days=n) for n in range(7)} <= days
    assert max(ages) > 300
    assert len(older) <= 7 + 4 + 12
    assert backup.kept_by_age([b for b in every_six_hours if b.path in kept], now=NOON) == kept


def test_thinning_never_takes_the_last_one_nor_a_fresh_one_before_an_update() -> None:
    assert backup.kept_by_age([made(900)], now=NOON) == {made(900).path}
    update = made(20.2, "before-update")
    old_update = made(400.2, "before-update")
    many = [made(day / 10) for day in range(10, 5000)]
    kept = backup.kept_by_age([*many, update, old_update], now=NOON)
    assert update.path in kept
    assert old_update.path not in kept


def test_a_clock_that_went_back_thins_nothing_away() -> None:
    some = [made(hours / 24) for hours in range(48)]
    assert backup.kept_by_age(some, now=NOON - dt.timedelta(days=400)) == {b.path for b in some}


def test_old_backups_go_when_a_new_one_is_made(desk: Desk) -> None:
    for month in range(1, 13):
        for day in (3, 4, 5, 6):
            make_backup(desk.book, now=dt.datetime(2024, month, day, 9, tzinfo=dt.UTC))
    make_backup(desk.book, now=NOON)
    left = list_backups(desk.book.path)
    assert left[0].made_at == NOON
    assert len(left) < 25


def test_when_a_backup_is_due(desk: Desk) -> None:
    path = desk.book.path
    assert not backup.is_due(path, now=NOON, changed_at=None)
    assert backup.is_due(path, now=NOON, changed_at=NOON)
    make_backup(desk.book, now=NOON)
    later = NOON + dt.timedelta(minutes=31)
    assert not backup.is_due(path, now=later, changed_at=NOON - dt.timedelta(hours=1))
    assert backup.is_due(path, now=later, changed_at=NOON + dt.timedelta(minutes=5))
    soon = NOON + dt.timedelta(minutes=10)
    assert not backup.is_due(path, now=soon, changed_at=NOON + dt.timedelta(minutes=5))


def test_a_large_import_is_backed_up_whole(desk: Desk, tmp_path: Path) -> None:
    desk.perform(LABEL, import_clients, rows=[{"name": f"Π{n}"} for n in range(3000)])
    restored = tmp_path / "r" / "again.acctbook"
    restore.restore_backup(desk.backup(), restored)
    assert len(names_in(restored)) == 3000
