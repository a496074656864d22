"""Line 12: a verified backup against copying the file and bringing it to the disk."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from acctdesk.storage.backup import make_backup
from acctdesk.storage.book import Book
from benchmarks.books import PASSWORD
from benchmarks.floor import interleaved, report

GOAL = 6.0
LOCKED_GOAL = 6.0 * 1.4  # what line 11 allows a password


def _copy(path: Path, folder: Path) -> None:
    copy = folder / "copy"
    with path.open("rb") as source, copy.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
        target.flush()
        os.fsync(target.fileno())
    copy.unlink()


def _back_up(book: Book, folder: Path) -> None:
    make_backup(book, folder).unlink()


@pytest.mark.parametrize("name", ["officer_book", "team_book", "locked_team_book"])
def test_a_verified_backup(name: str, request: pytest.FixtureRequest, bench_folder: Path) -> None:
    path: Path = request.getfixturevalue(name)
    folder = bench_folder / "backups"
    folder.mkdir(exist_ok=True)
    with Book.open(path, password=PASSWORD if "locked" in name else None) as book:
        measured = interleaved(
            "backup",
            lambda: _back_up(book, folder),
            lambda: _copy(path, folder),
            clock=time.perf_counter,  # waiting for the disk belongs to both
        )
    size = f"{path.stat().st_size / 1e6:,.0f} MB"
    locked = "locked" in name
    kind, goal = (", with a password", LOCKED_GOAL) if locked else ("", GOAL)
    report(12, f"verified backup of {size}{kind}", name.split("_")[-2], measured, goal)
