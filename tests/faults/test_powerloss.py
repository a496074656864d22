"""Power cuts at three hundred moments of a mixed day lose nothing that was told as saved."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from acctdesk.errors import UserError
from acctdesk.storage.book import Book
from tests.books import PASSWORD, TEST_KDF
from tests.faults import officer, operations
from tests.faults.officer import Ack, faults_in
from tests.faults.operations import OPERATIONS, stray
from tests.faults.powerloss import Recording, record

LONG = os.environ.get("LONG") == "1"
STATES = 3000 if LONG else 300
STATES_OF_ONE = 300 if LONG else 15
STEPS = 40

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")


def _ack(line: str) -> Ack:
    number, what, of = line.split()
    return Ack(int(number), what, int(of))


def _day(path: Path, folder: Path, synchronous: str) -> Recording:
    officer.prepare(path, password=PASSWORD)
    return record(
        officer.__name__,
        [str(path), str(STEPS), synchronous],
        folder=path.parent,
        log=folder / "calls.log",
    )


def _lost(recording: Recording, folder: Path, states: int, name: str) -> list[str]:
    """Return what is wrong after ``states`` power cuts at random moments of a day."""
    drawn = random.Random(1)
    found: list[str] = []
    for number in range(states):
        at = drawn.randrange(len(recording.calls))
        files, told = recording.cut_off(at, drawn)
        place = folder / f"{number}"
        recording.lay(files, place)
        try:
            with Book.open(place / name, password=PASSWORD, kdf=TEST_KDF) as book:
                found += [f"{at}: {one}" for one in faults_in(book, map(_ack, told))]
        except UserError as error:
            found.append(f"{at}: {error}")
        shutil.rmtree(place)
    return found


def test_power_cuts_lose_nothing_that_was_told_as_saved(
    encrypted_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOK_PASSWORD", PASSWORD)
    recording = _day(encrypted_file, tmp_path, "FULL")
    assert sum(call.what == "told" for call in recording.calls) == STEPS
    assert _lost(recording, tmp_path, STATES, encrypted_file.name) == []


def test_the_control_without_full_syncing_does_lose(
    encrypted_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOK_PASSWORD", PASSWORD)
    recording = _day(encrypted_file, tmp_path, "NORMAL")
    found = _lost(recording, tmp_path, 60, encrypted_file.name)
    assert any("told as saved" in one for one in found)


def _cut(name: str, tmp_path: Path, states: int, *, at_the_end: bool = False) -> list[str]:
    """Return what is wrong after power cuts at random moments of one operation, or after it."""
    operation = OPERATIONS[name]
    work = tmp_path / "work"
    work.mkdir()
    operation.prepare(work)
    recording = record(
        operations.__name__, [name, str(work)], folder=work, log=tmp_path / "calls.log"
    )
    assert operation.state(work) == "new"
    drawn = random.Random(name)
    found: list[str] = []
    for number in range(states):
        end = len(recording.calls)
        at = end if at_the_end else drawn.randrange(end + 1)
        files, told = recording.cut_off(at, drawn)
        place = tmp_path / f"{number}" / "work"
        place.mkdir(parents=True)
        recording.lay(files, place)
        try:
            state = operation.state(place)
            if "done" in told and state != "new":
                found.append(f"{at}: told as done and not there")
            found += [f"{at}: left {one}" for one in stray(place, operation.kept)]
        except Exception as error:  # noqa: BLE001 - whatever is wrong is listed with its moment
            found.append(f"{at}: {type(error).__name__}: {error}")
        shutil.rmtree(place.parent)
    return found


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_power_cut_leaves_the_old_or_the_new(name: str, tmp_path: Path) -> None:
    assert _cut(name, tmp_path, STATES_OF_ONE) == []


@pytest.mark.parametrize("name", ["password", "recent", "backup"])
def test_the_control_that_syncs_no_file_is_found(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(operations.WITHOUT_SYNC, "1")
    assert _cut(name, tmp_path, 20, at_the_end=True) != []
