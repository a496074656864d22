"""Other programs and the clock: a held lock, lost side files, a clock that jumps."""

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.services.clients import create_client, update_client
from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book
from acctdesk.storage.check import check_book
from tests.books import PASSWORD, TEST_KDF, copy_book
from tests.storage.commands import LABEL, NOON, add_client, client_names

_HOLD = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


def _holder(path: Path, seconds: float) -> subprocess.Popen[str]:
    """Return another program that holds the file for so long; locks do not work in one process."""
    command = [sys.executable, "-c", _HOLD, str(path), str(seconds)]
    other = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    with other.stdout:
        assert other.stdout.readline() == "held\n"
    return other


def test_another_program_that_holds_the_file_is_a_sentence_and_the_change_waits(
    book: Book,
) -> None:
    desk = Desk(book)
    with book.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")  # five seconds in the program
        connection.rollback()
    other = _holder(book.path, 600)
    with pytest.raises(EnvironmentFault, match="Another program is using the book"):
        desk.perform(LABEL, add_client, name="Α")
    assert desk.query(client_names) == []
    other.kill()
    other.wait()
    desk.perform(LABEL, add_client, name="Α")
    assert desk.query(client_names) == ["Α"]


def test_a_short_hold_is_waited_for(book: Book) -> None:
    other = _holder(book.path, 0.3)
    Desk(book).perform(LABEL, add_client, name="Α")
    other.wait()


@pytest.mark.parametrize("lost", [["-shm"], ["-wal"], ["-wal", "-shm"]])
@pytest.mark.parametrize("kind", ["plain", "encrypted"])
def test_lost_side_files_open_one_whole_state(
    kind: str, lost: list[str], plain_template: Path, encrypted_template: Path, tmp_path: Path
) -> None:
    template = plain_template if kind == "plain" else encrypted_template
    password = None if kind == "plain" else PASSWORD
    path = copy_book(template, tmp_path / "b" / "test.acctbook")
    torn = tmp_path / "torn" / "test.acctbook"
    with Book.open(path, password=password, kdf=TEST_KDF) as book:
        for name in ("Α", "Β"):
            Desk(book).perform(LABEL, add_client, name=name)
        copy_book(path, torn)
        for side in ("-wal", "-shm"):
            if side not in lost:
                torn.with_name(torn.name + side).write_bytes(
                    path.with_name(path.name + side).read_bytes()
                )
    with Book.open(torn, password=password, kdf=TEST_KDF) as book:
        assert check_book(book).ok
        assert Desk(book).query(client_names) in ([], ["Α", "Β"])


def test_half_a_log_opens_a_state_that_was_saved(encrypted_template: Path, tmp_path: Path) -> None:
    path = copy_book(encrypted_template, tmp_path / "b" / "test.acctbook")
    with Book.open(path, password=PASSWORD, kdf=TEST_KDF) as book:
        names = [f"Π{number}" for number in range(12)]
        for name in names:
            Desk(book).perform(LABEL, add_client, name=name)
        log = path.with_name(path.name + "-wal").read_bytes()
        drawn = random.Random(3)
        for number in range(12):
            torn = copy_book(path, tmp_path / str(number) / "test.acctbook")
            torn.with_name(torn.name + "-wal").write_bytes(log[: drawn.randrange(len(log))])
            with Book.open(torn, password=PASSWORD, kdf=TEST_KDF) as again:
                assert check_book(again).ok
                found = Desk(again).query(client_names)
                assert found == names[: len(found)]


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.mark.parametrize("jump", [dt.timedelta(days=-400), dt.timedelta(days=3650)])
def test_a_clock_that_jumps_changes_no_order(book: Book, jump: dt.timedelta) -> None:
    clock = Clock()
    desk = Desk(book, clock=clock)
    client_id = desk.perform(LABEL, create_client, name="Α").value
    for number in range(4):
        clock.now = NOON + jump * (number % 2) + dt.timedelta(minutes=number)
        desk.perform(LABEL, update_client, client_id=client_id, notes=f"σημείωση {number}")
    steps = [entry.step_id for entry in desk.history("clients", client_id)]
    assert steps == sorted(steps, reverse=True)
    for number in (2, 1, 0):
        desk.undo()
        assert _notes(desk) == f"σημείωση {number}"
    for number in (1, 2, 3):
        clock.now -= dt.timedelta(hours=1)
        desk.redo()
        assert _notes(desk) == f"σημείωση {number}"
    assert check_book(book).ok


def _notes(desk: Desk) -> str:
    with desk.book.reader() as session:
        return str(session.connection().exec_driver_sql("SELECT notes FROM clients").scalar())


@pytest.mark.parametrize("zone", ["Europe/Athens", "UTC", "America/New_York", "Asia/Kathmandu"])
def test_a_zone_that_changes_keeps_the_instants(
    book_file: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    from acctdesk.services.days import day_start, local_day

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        for day in (dt.date(2026, 3, 29), dt.date(2026, 10, 25), dt.date(2026, 7, 1)):
            start = day_start(day)
            assert local_day(start) == day
            assert local_day(start - dt.timedelta(seconds=1)) == day - dt.timedelta(days=1)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("size", [0, 1, 100, 4095])
def test_what_is_shorter_than_a_page_is_no_book_and_stays(tmp_path: Path, size: int) -> None:
    path = tmp_path / "b.acctbook"
    path.write_bytes(random.Random(1).randbytes(size))
    before = path.read_bytes()
    with pytest.raises(UserError, match=r"not a book|damaged"):
        Book.open(path, password=PASSWORD, kdf=TEST_KDF)
    assert path.read_bytes() == before
