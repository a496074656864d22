"""Making and opening a book, and each way in which that fails, in its own words."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.models import Setting
from acctdesk.services.desk import Desk
from acctdesk.storage import engine, faults, paths
from acctdesk.storage.book import Book
from acctdesk.storage.check import check_book
from acctdesk.storage.migrate import SCHEMA_VERSION
from acctdesk.storage.paths import book_path, has_envelope
from tests.books import PASSWORD, PROFILE, TEST_KDF, copy_book
from tests.storage.commands import LABEL, add_client, client_names, import_clients, log_call


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def open_it(path: Path, password: str | None = PASSWORD, **options: Any) -> Book:
    return Book.open(path, password=password, kdf=TEST_KDF, **options)


def sentence(path: Path, password: str | None = PASSWORD) -> str:
    """Return what opening ``path`` says; whatever is there keeps its bytes."""
    before = {item: digest(item) for item in path.parent.iterdir() if item.is_file()}
    with pytest.raises(UserError) as raised:
        open_it(path, password)
    after = {item: digest(item) for item in path.parent.iterdir() if item.is_file()}
    assert after == before
    return str(raised.value)


def test_a_name_gets_its_extension(tmp_path: Path) -> None:
    assert book_path(tmp_path / "a") == tmp_path / "a.acctbook"
    assert book_path(tmp_path / "a.acctbook") == tmp_path / "a.acctbook"
    assert book_path("v1.2").name == "v1.2.acctbook"


_ODD = ("a b%20#?c", "it's [1]*") if sys.platform != "win32" else ("a b%20#c", "it's [1]")


@pytest.mark.parametrize("name", ["Βιβλίο 2026", *_ODD, "😀", "x" * 120])
def test_a_book_may_have_any_name(tmp_path: Path, name: str) -> None:
    with Book.create(tmp_path / name, password=None, profile=PROFILE) as book:
        assert Desk(book).query(client_names) == []
        assert book.name == name
    with Book.open(tmp_path / name) as again, again.reader() as session:
        value = session.scalar(select(Setting.value).where(Setting.key == "officer"))
    assert value == '"Μαρία Νικολάου"'
    assert sorted(item.name for item in tmp_path.iterdir()) == [f"{name}.acctbook"]


def test_the_engine_keeps_its_rules(encrypted_book: Book) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "application_id": engine.APPLICATION_ID,
        "user_version": encrypted_book.schema,
        "cipher_page_size": "4096",
    }
    for one in (encrypted_book.engine, encrypted_book.read_engine):
        with one.connect() as connection:
            for name, value in wanted.items():
                assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value, name
            assert connection.exec_driver_sql("PRAGMA cipher_version").scalar()
    with encrypted_book.read_engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA query_only").scalar() == 1


def test_schema_changes_are_rolled_back_too(book: Book) -> None:
    with book.engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE extra(x)")
        connection.rollback()
    with book.engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_schema").scalars().all()
    assert "extra" not in names


def test_a_driver_without_encryption_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "dbapi2", sqlite3)
    with pytest.raises(EnvironmentFault, match="cannot encrypt"):
        Book.create(tmp_path / "a", password=PASSWORD, kdf=TEST_KDF)
    assert list(tmp_path.iterdir()) == []


def test_an_encrypted_book_says_nothing_in_clear(encrypted_file: Path) -> None:
    planted = ["Παπαδόπουλος", "ζζμυστικόζζ", "zqxcanary"]
    with open_it(encrypted_file) as book:
        desk = Desk(book)
        client_id = desk.perform(LABEL, add_client, name=planted[0], notes=planted[2]).value
        desk.perform(LABEL, log_call, client_id=client_id, subject=planted[1], body=planted[2])
        desk.backup()
        seen = list(everything(encrypted_file.parent))
        assert any(name.endswith("-wal") for name, _ in seen)
    seen += everything(encrypted_file.parent)
    assert any(name.endswith(".acctbackup") for name, _ in seen)
    for name, content in seen:
        assert b"SQLite format 3" not in content, name
        for word in planted:
            for form in (word, word.upper(), word.casefold()):
                assert form.encode() not in content, name
                assert form.encode("utf-16-le") not in content, name


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes()


def test_wrong_and_missing_password(
    encrypted_file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert "password is not right" in sentence(encrypted_file, "λάθος")
    assert "needs its password" in sentence(encrypted_file, None)
    assert capfd.readouterr().err == ""  # SQLCipher's own log is silent


def test_a_missing_envelope(encrypted_file: Path) -> None:
    paths.envelope_path(encrypted_file).unlink()
    assert has_envelope(encrypted_file)
    assert "key file of the book test.acctbook is missing" in sentence(encrypted_file)


def test_a_missing_envelope_is_found_in_the_backups(encrypted_file: Path) -> None:
    with open_it(encrypted_file) as book:
        Desk(book).perform(LABEL, add_client, name="Α")
        Desk(book).backup()
    paths.envelope_path(encrypted_file).unlink()
    with open_it(encrypted_file) as book:
        assert Desk(book).query(client_names) == ["Α"]
    assert paths.envelope_path(encrypted_file).exists()


def test_a_damaged_envelope(encrypted_file: Path) -> None:
    key_file = paths.envelope_path(encrypted_file)
    key_file.write_bytes(key_file.read_bytes()[:100])
    assert "key file of the book test.acctbook is damaged" in sentence(encrypted_file)


def test_the_envelope_of_another_book(encrypted_file: Path, tmp_path: Path) -> None:
    with Book.create(tmp_path / "other", password=PASSWORD, kdf=TEST_KDF) as other:
        other_path = other.path
    shutil.copyfile(paths.envelope_path(other_path), paths.envelope_path(encrypted_file))
    assert "belongs to another book" in sentence(encrypted_file)


def test_a_plain_book_beside_an_envelope(encrypted_file: Path, plain_template: Path) -> None:
    shutil.copyfile(plain_template, encrypted_file)
    assert "belongs to another book" in sentence(encrypted_file)


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
@pytest.mark.parametrize("cut", [1, 100, 4095, 4096, 0.5])
def test_a_cut_off_book(
    kind: str, cut: float, plain_template: Path, encrypted_template: Path, tmp_path: Path
) -> None:
    template = plain_template if kind == "plain" else encrypted_template
    path = copy_book(template, tmp_path / "b" / "cut.acctbook")
    size = path.stat().st_size
    os.truncate(path, int(size * cut) if cut < 1 else int(cut))
    told = sentence(path, PASSWORD if kind == "encrypted" else None)
    assert "damaged" in told or "not a book" in told or "another book" in told


def test_a_damaged_page_is_found(encrypted_file: Path) -> None:
    with open_it(encrypted_file) as book:
        rows = [{"name": f"Πελάτης {number}", "notes": "x" * 500} for number in range(1000)]
        Desk(book).perform(LABEL, import_clients, rows=rows)
    pages = encrypted_file.stat().st_size // 4096
    # the first half holds the tables of the schema, which opening reads
    with encrypted_file.open("rb+") as file:
        for page in range(pages // 2, pages):
            file.seek(page * 4096 + 1000)
            file.write(b"\x00\x01\x02")
    before = digest(encrypted_file)
    with open_it(encrypted_file) as book:
        report = check_book(book)
        assert not report.ok
        with pytest.raises(EnvironmentFault, match="damaged"):
            Desk(book).query(client_names)
    assert digest(encrypted_file) == before


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
def test_one_flipped_bit_never_crashes_and_is_found_where_signed(
    kind: str, plain_template: Path, encrypted_template: Path, tmp_path: Path
) -> None:
    template = plain_template if kind == "plain" else encrypted_template
    content = template.read_bytes()
    dice = random.Random(7)
    for number in range(60):
        path = copy_book(template, tmp_path / str(number) / "flip.acctbook")
        at = dice.randrange(len(content))
        changed = bytearray(content)
        changed[at] ^= 1 << dice.randrange(8)
        path.write_bytes(bytes(changed))
        try:
            with open_it(path, PASSWORD if kind == "encrypted" else None) as book:
                found = not check_book(book).ok
        except UserError:
            found = True
        assert found or kind == "plain", at


def test_a_newer_book_is_refused_with_both_versions(book_file: Path, encrypted_file: Path) -> None:
    for path, password in ((book_file, None), (encrypted_file, PASSWORD)):
        with open_it(path, password) as book:
            key = deepcopy(book.key)  # closing wipes the book's own
        raw = engine.connect(path, key=key)
        raw.execute("PRAGMA user_version = 99")
        raw.close()
        told = sentence(path, password)
        assert "format 99" in told
        assert f"up to format {SCHEMA_VERSION}" in told


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.acctbook"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE t(x)")
    raw.commit()
    raw.close()
    assert "not a book" in sentence(path, None)


def test_what_is_no_book_at_all(tmp_path: Path) -> None:
    (tmp_path / "jpeg.acctbook").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(5000))
    (tmp_path / "empty.acctbook").write_bytes(b"")
    (tmp_path / "folder.acctbook").mkdir()
    made = ["jpeg", "empty", "folder"]
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe.acctbook")
        (tmp_path / "loop.acctbook").symlink_to(tmp_path / "loop.acctbook")
        made += ["pipe", "loop"]
    for name in made:
        with pytest.raises(UserError, match="not a book"):
            open_it(tmp_path / name, None)
    with pytest.raises(UserError, match="There is no book"):
        open_it(tmp_path / "nothing", None)
    with pytest.raises(UserError, match="There is no book"):
        open_it(tmp_path / "no" / "folder", None)
    assert not list(tmp_path.glob("*.lock"))


def test_a_file_that_another_program_holds_is_told_as_that(tmp_path: Path) -> None:
    """Windows calls it a missing right, with a number of its own."""

    class Held(PermissionError):
        winerror = 32

    with (
        pytest.raises(EnvironmentFault, match="Another program is using the book"),
        faults.faults_told(tmp_path / "a.acctbook"),
    ):
        raise Held(13, "held")


@pytest.mark.skipif(sys.platform == "win32", reason="an officer may not make links there")
def test_a_symbolic_link_leads_to_the_one_book(book_file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.acctbook"
    link.symlink_to(book_file)
    with open_it(link, None) as book:
        assert book.path == book_file.resolve()
        with pytest.raises(UserError, match="already open"):
            open_it(book_file, None)


def test_nothing_is_made_over_an_existing_file(book_file: Path) -> None:
    before = digest(book_file)
    with pytest.raises(UserError, match="exists already"):
        Book.create(book_file, password=None)
    assert digest(book_file) == before


def test_an_orphaned_envelope_is_kept_aside(tmp_path: Path) -> None:
    orphan = tmp_path / "a.acctbook.key"
    orphan.write_bytes(b"the key of a book that was moved")
    with Book.create(tmp_path / "a", password=PASSWORD, kdf=TEST_KDF):
        pass
    (kept,) = tmp_path.glob("a.acctbook.key.before-*")
    assert kept.read_bytes() == b"the key of a book that was moved"
    open_it(tmp_path / "a").close()


def test_reading_only_beside_a_window_that_writes(book_file: Path) -> None:
    with open_it(book_file, None) as window:
        desk = Desk(window)
        desk.perform(LABEL, add_client, name="Α")
        with open_it(book_file, None, read_only=True) as beside:
            assert Desk(beside).query(client_names) == ["Α"]
            desk.perform(LABEL, add_client, name="Β")
            assert Desk(beside).query(client_names) == ["Α", "Β"]
            with pytest.raises(UserError, match="for reading only"):
                Desk(beside).perform(LABEL, add_client, name="Γ")
            assert check_book(beside).ok
        desk.perform(LABEL, add_client, name="Γ")
        assert desk.query(client_names) == ["Α", "Β", "Γ"]
    assert [item.name for item in book_file.parent.iterdir()] == [book_file.name]


def test_a_log_of_unsaved_pages_is_read(book_file: Path, tmp_path: Path) -> None:
    with open_it(book_file, None) as window:
        Desk(window).perform(LABEL, add_client, name="Α")
        torn = tmp_path / "torn" / "test.acctbook"
        torn.parent.mkdir()
        for suffix in ("", "-wal"):  # as after a power cut: the shared memory is gone
            shutil.copyfile(str(window.path) + suffix, str(torn) + suffix)
    with open_it(torn, None) as again:
        assert Desk(again).query(client_names) == ["Α"]


def test_the_log_of_another_book_is_no_silent_mix(
    book_file: Path, tmp_path: Path, plain_template: Path
) -> None:
    other = copy_book(plain_template, tmp_path / "other" / "test.acctbook")
    with open_it(other, None) as window:
        Desk(window).perform(LABEL, add_client, name="Ξένος")
        shutil.copyfile(str(other) + "-wal", str(book_file) + "-wal")
    with open_it(book_file, None) as book:
        assert check_book(book).ok


def test_check_says_what_is_well(encrypted_book: Book) -> None:
    Desk(encrypted_book).perform(LABEL, add_client, name="Α")
    report = check_book(encrypted_book)
    assert report.ok
    assert [str(line.text) for line in report.lines][:2] == [
        "Every page is signed with the book's key.",
        "The pages of the file are whole.",
    ]
    assert report.rows["clients"] == 1
