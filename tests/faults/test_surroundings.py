"""A bare machine, another language, little memory, lost settings, a first run that was killed."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from acctdesk import bootstrap
from acctdesk.i18n import msg
from acctdesk.reports.pack import write_pack
from acctdesk.services.demo import fill_demo
from acctdesk.services.desk import Desk
from acctdesk.storage import envelope, files, restore
from acctdesk.storage.book import Book
from acctdesk.ui.settings import LANGUAGE, THEME, Settings
from tests.books import PASSWORD, PROFILE, TEST_KDF, copy_book
from tests.faults import injection
from tests.faults.injection import Tell
from tests.faults.operations import REPORT, TODAY
from tests.storage.commands import LABEL, add_client, client_names

ROOT = Path(__file__).parents[2]
_LANGUAGES = [
    "C",
    pytest.param("tr_TR.UTF-8", marks=pytest.mark.long),
    pytest.param("ar_EG.UTF-8", marks=pytest.mark.long),
    pytest.param("el_GR.UTF-8", marks=pytest.mark.long),
]


@pytest.mark.parametrize("language", _LANGUAGES)
def test_on_a_bare_machine_everything_works(language: str, tmp_path: Path) -> None:
    """No home that exists, no session bus, no tray, no printer, no network, no time zone."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path / "nobody"),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "LANG": language,
        "LC_ALL": language,
    }
    done = subprocess.run(
        [sys.executable, "-P", "-m", "acctdesk", "self-test"],
        env=environment, cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")


@pytest.mark.parametrize("content", [b"", b"\x00" * 300, b"\xff\xfe[look\n theme=", b"[look]\ntheme=@Invalid()\n", b'[look]\ntheme="[1, 2"\nlanguage=5\n'])  # fmt: skip
def test_settings_that_cannot_be_read_are_the_defaults(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    file.write_bytes(content)
    settings = Settings(file)
    assert settings.get(THEME) == THEME.default
    assert settings.get(LANGUAGE) == LANGUAGE.default
    settings.set(THEME, "dark")
    settings.save()
    again = Settings(file)
    assert again.get(THEME) == "dark"
    assert again.kept is None


@pytest.mark.parametrize("content", [b"\x00" * 300, b"\xff\xfe[look\n theme=", b"[look]\ntheme=@Invalid()\n"])  # fmt: skip
def test_settings_of_which_nothing_can_be_read_are_kept_aside(
    content: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "settings.ini"
    file.write_bytes(content)
    kept = Settings(file).kept
    assert kept is not None
    assert kept.read_bytes() == content


def test_settings_of_a_newer_program_are_no_damage(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    file.write_bytes(b"[look]\ntheme=[3]\nshine=true\n")
    settings = Settings(file)
    assert settings.kept is None
    assert settings.get(THEME) == THEME.default


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b'{"a": 1}', b"[1, null, {}]"])
def test_a_list_of_recent_books_that_cannot_be_read_is_empty(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, book_file: Path
) -> None:
    monkeypatch.setenv(bootstrap.HOME_VARIABLE, str(tmp_path))
    (tmp_path / "recent.json").write_bytes(content)
    assert bootstrap.recent_books() == []
    bootstrap.remember_book(book_file)
    assert bootstrap.recent_books() == [book_file]


def test_a_list_of_recent_books_that_cannot_be_read_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, book_file: Path
) -> None:
    monkeypatch.setenv(bootstrap.HOME_VARIABLE, str(tmp_path))
    assert bootstrap.mend_recent_books() is None
    bootstrap.remember_book(book_file)
    assert bootstrap.mend_recent_books() is None
    (tmp_path / "books").mkdir()
    for number, name in enumerate(("older", "newer")):
        there = tmp_path / "books" / f"{name}.acctbook"
        there.write_bytes(b"")
        os.utime(there, (number, number))
    (tmp_path / "recent.json").write_bytes(b"{")
    kept = bootstrap.mend_recent_books()
    assert kept is not None
    assert kept.read_bytes() == b"{"
    assert [one.stem for one in bootstrap.recent_books()] == ["newer", "older"]


def test_a_key_file_alone_asks_for_no_password(tmp_path: Path) -> None:
    key = envelope.new_key()
    sealed = envelope.seal(key, password=PASSWORD, code=envelope.new_recovery_code(), kdf=TEST_KDF)
    envelope.write(tmp_path / "a.acctbook", sealed)
    assert not bootstrap.needs_password(tmp_path / "a")
    Book.create(tmp_path / "a", password="άλλος κωδικός", kdf=TEST_KDF, profile=PROFILE).close()
    assert bootstrap.needs_password(tmp_path / "a")


class _Killed(BaseException):
    """The process ends here."""


def test_a_first_run_killed_before_its_last_step_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(source: Path, target: Path) -> None:
        if target.name.endswith(".acctbook"):
            os._exit(9)
        source.replace(target)

    with monkeypatch.context() as killed:
        killed.setattr(files, "replace", die)
        pid = os.fork()
        if pid == 0:
            Book.create(tmp_path / "a", password=PASSWORD, kdf=TEST_KDF, profile=PROFILE)
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9
    assert (tmp_path / "a.acctbook.key").exists()
    assert not bootstrap.needs_password(tmp_path / "a")
    Book.create(
        tmp_path / "a", password="δεύτερη προσπάθεια", kdf=TEST_KDF, profile=PROFILE
    ).close()
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.acctbook", "a.acctbook.key"]


def test_a_book_in_the_middle_of_a_restore_is_still_a_recent_book(
    encrypted_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(bootstrap.HOME_VARIABLE, str(tmp_path))
    with Book.open(encrypted_file, password=PASSWORD, kdf=TEST_KDF) as book:
        Desk(book).perform(LABEL, add_client, name="Α")
        saved = Desk(book).backup()
    bootstrap.remember_book(encrypted_file)
    real, calls = files.replace, [0]

    def die(source: Path, target: Path) -> None:
        calls[0] += 1
        if calls[0] == 4:  # the list, the book and its key are moved; nothing is in their place
            raise _Killed
        real(source, target)

    monkeypatch.setattr(files, "replace", die)
    with pytest.raises(_Killed):
        restore.restore_backup(saved, encrypted_file)
    monkeypatch.setattr(files, "replace", real)
    assert not encrypted_file.exists()
    assert bootstrap.default_book() == encrypted_file
    assert bootstrap.needs_password(encrypted_file)
    with Book.open(encrypted_file, password=PASSWORD, kdf=TEST_KDF) as book:
        assert Desk(book).query(client_names) == ["Α"]


def _report_in_little_memory(folder: Path, tell: Tell) -> None:
    # everything is loaded by a small report; one of the same size would leave room for the second
    with Book.open(folder / "small.acctbook") as book:
        write_pack(Desk(book), out=folder / "first.xlsx", **REPORT)
    with Book.open(folder / "test.acctbook") as book:
        desk = Desk(book)
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        room = pages * resource.getpagesize() + (2 << 20)
        resource.setrlimit(resource.RLIMIT_AS, (room, resource.RLIM_INFINITY))
        try:
            write_pack(desk, out=folder / "second.xlsx", **REPORT)
            tell("written")
        except MemoryError:
            tell("no memory")
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        desk.perform(LABEL, add_client, name="Μετά")
        tell("alive")


def test_no_memory_for_a_report_leaves_no_file_and_the_program_alive(
    book_file: Path, plain_template: Path
) -> None:
    copy_book(plain_template, book_file.with_name("small.acctbook"))
    with Book.open(book_file) as book:
        Desk(book).perform(msg("Test", "Demo"), fill_demo, clients=120, seed=3, today=TODAY)
    told = injection.run(_report_in_little_memory, book_file.parent)
    assert told == ["no memory", "alive", "end"]
    assert not (book_file.parent / "second.xlsx").exists()
    assert not list(book_file.parent.glob("*.part"))
