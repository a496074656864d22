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
from tests.faults import officer
from tests.faults.officer import Ack, faults_in
from tests.faults.powerloss import Call, cut_off, record

STATES = 300 if os.environ.get("LONG") != "1" else 3000
STEPS = 40

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")


def _ack(line: str) -> Ack:
    number, what, of = line.split()
    return Ack(int(number), what, int(of))


class Recording:
    """One day of an officer at an encrypted book, every write of it."""

    def __init__(self, path: Path, folder: Path, synchronous: str) -> None:
        officer.prepare(path, password=PASSWORD)
        self.path = path
        self.start = {str(path): path.read_bytes()}
        self.envelope = Path(f"{path}.key").read_bytes()
        self.calls: list[Call] = record(
            officer.__name__,
            [str(path), str(STEPS), synchronous],
            book=path,
            log=folder / "calls.log",
        )

    def faults(self, folder: Path, states: int) -> list[str]:
        """Return what is wrong after ``states`` power cuts at random moments."""
        drawn = random.Random(1)
        found: list[str] = []
        for number in range(states):
            at = drawn.randrange(len(self.calls))
            files, told = cut_off(self.calls, self.start, at, drawn)
            place = folder / f"{number}"
            place.mkdir()
            for name, content in files.items():
                (place / Path(name).name).write_bytes(content)
            (place / f"{self.path.name}.key").write_bytes(self.envelope)
            try:
                with Book.open(place / self.path.name, password=PASSWORD, kdf=TEST_KDF) as book:
                    found += [f"{at}: {one}" for one in faults_in(book, map(_ack, told))]
            except UserError as error:
                found.append(f"{at}: {error}")
            shutil.rmtree(place)
        return found


def test_power_cuts_lose_nothing_that_was_told_as_saved(
    encrypted_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOK_PASSWORD", PASSWORD)
    recording = Recording(encrypted_file, tmp_path, "FULL")
    assert sum(call.what == "told" for call in recording.calls) == STEPS
    assert recording.faults(tmp_path, STATES) == []


def test_the_control_without_full_syncing_does_lose(
    encrypted_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOK_PASSWORD", PASSWORD)
    recording = Recording(encrypted_file, tmp_path, "NORMAL")
    found = recording.faults(tmp_path, 60)
    assert any("told as saved" in one for one in found)
