"""One writer per book: living, dead, reused and foreign holders."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from acctdesk.errors import UserError
from acctdesk.storage import lock
from acctdesk.storage.book import Book


def leave_lock(book: Path, *, pid: int, host: str | None = None, started: float = 0.0) -> None:
    data = {"pid": pid, "host": host or platform.node(), "started": started, "token": "t"}
    lock.lock_path(book).write_text(json.dumps(data), encoding="utf-8")


def dead_pid() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
    return child.pid


def test_a_book_is_open_once(book_file: Path) -> None:
    with Book.open(book_file):
        with pytest.raises(UserError, match="already open in another window"):
            Book.open(book_file)
        with pytest.raises(UserError, match="already open"):
            Book.open(book_file, takeover=True)  # a living holder here is never taken over
    Book.open(book_file).close()
    assert not lock.lock_path(book_file).exists()


def test_a_dead_holder_is_taken_over(book_file: Path) -> None:
    leave_lock(book_file, pid=dead_pid())
    with Book.open(book_file) as book:
        assert book.closed_unexpectedly
    with Book.open(book_file) as book:
        assert not book.closed_unexpectedly


def test_a_number_used_again_by_another_program_is_no_holder(book_file: Path) -> None:
    leave_lock(book_file, pid=os.getpid(), started=psutil.Process().create_time() - 3600)
    Book.open(book_file).close()


def test_a_process_here_that_started_when_the_lock_says_holds_it(book_file: Path) -> None:
    leave_lock(book_file, pid=os.getpid(), started=psutil.Process().create_time())
    with pytest.raises(UserError, match="already open"):
        Book.open(book_file)


def test_another_machine_asks(book_file: Path) -> None:
    leave_lock(book_file, pid=1, host="γραφείο-2")
    with pytest.raises(UserError, match="computer γραφείο-2"):
        Book.open(book_file)
    Book.open(book_file, read_only=True).close()
    assert lock.lock_path(book_file).exists()
    Book.open(book_file, takeover=True).close()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xff", b'{"pid": "x"}'])
def test_a_lock_that_says_nothing_is_stale(book_file: Path, content: bytes) -> None:
    lock.lock_path(book_file).write_bytes(content)
    Book.open(book_file).close()


def test_release_leaves_anothers_lock_alone(book_file: Path) -> None:
    mine = lock.BookLock(book_file)
    mine.acquire()
    leave_lock(book_file, pid=1, host="αλλού")
    mine.release()
    assert lock.lock_path(book_file).exists()


def test_of_many_takers_of_a_stale_lock_one_wins(book_file: Path) -> None:
    for _ in range(5):
        leave_lock(book_file, pid=dead_pid())
        locks = [lock.BookLock(book_file) for _ in range(8)]
        won: list[lock.BookLock] = []
        start = threading.Barrier(len(locks))

        def take(
            one: lock.BookLock, start: threading.Barrier = start, won: list[lock.BookLock] = won
        ) -> None:
            start.wait()
            try:
                one.acquire()
            except UserError:
                return
            won.append(one)

        threads = [threading.Thread(target=take, args=(one,)) for one in locks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(won) == 1
        won[0].release()
    assert [item.name for item in book_file.parent.iterdir()] == [book_file.name]


def test_a_file_system_without_links(book_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(source: Path, target: Path) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr(os, "link", no_links)
    with Book.open(book_file), pytest.raises(UserError):
        Book.open(book_file)
    assert [item.name for item in book_file.parent.iterdir()] == [book_file.name]
