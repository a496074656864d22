"""Killed at random moments sixty times over: what was told as saved is there, and whole."""

from __future__ import annotations

import multiprocessing
import random
import time
from pathlib import Path

import pytest

from acctdesk.storage.book import Book
from tests.books import PASSWORD, TEST_KDF
from tests.faults import officer
from tests.faults.officer import Ack, faults_in

KILLS = 60
_MOST_ACKS = 25  # before a kill
_MOST_MORE = 0.02  # seconds into the changes after them


def _kill_one(path: Path, password: str | None, drawn: random.Random, acks: list[Ack]) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([officer.__name__])
    ours, theirs = context.Pipe(duplex=False)
    first = max((ack.number for ack in acks), default=0) + 2  # one may be there untold
    worker = context.Process(
        target=officer.until_killed, args=(theirs, path, password, drawn.random(), first)
    )
    worker.start()
    theirs.close()
    for _ in range(drawn.randrange(_MOST_ACKS)):
        _hear(ours.recv(), acks)
    until = time.perf_counter() + drawn.random() * _MOST_MORE
    while time.perf_counter() < until:
        pass
    worker.kill()
    worker.join()
    try:
        while True:
            _hear(ours.recv(), acks)
    except EOFError:
        ours.close()


def _hear(told: object, acks: list[Ack]) -> None:
    if isinstance(told, Ack):
        acks.append(told)


@pytest.mark.parametrize("encrypted", [True, False], ids=["encrypted", "plain"])
def test_sixty_kills_lose_nothing_that_was_told_as_saved(
    encrypted: bool, request: pytest.FixtureRequest
) -> None:
    path: Path = request.getfixturevalue("encrypted_file" if encrypted else "book_file")
    password = PASSWORD if encrypted else None
    officer.prepare(path, password=password)
    drawn = random.Random(60)
    acks: list[Ack] = []
    in_the_middle = 0
    for _ in range(KILLS // 2):
        _kill_one(path, password, drawn, acks)
        with Book.open(path, password=password, kdf=TEST_KDF) as book:
            in_the_middle += book.closed_unexpectedly
            assert faults_in(book, acks) == []
    assert len(acks) > KILLS
    assert in_the_middle > KILLS // 4
    assert sorted(item.name for item in path.parent.iterdir()) == sorted(
        [path.name, *([f"{path.name}.key"] if encrypted else [])]
    )
