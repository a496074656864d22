"""Line 1: the start from source, against an empty window of the same interpreter."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from acctdesk import bootstrap
from benchmarks.books import ROOT
from benchmarks.floor import ROUNDS, Measured, report

SHELL_GOAL, ROWS_GOAL, SLOPE_GOAL = 1.1, 1.5, 1.3
PATIENCE = 900  # s


@cache
def medians(book: Path) -> dict[str, float]:
    """Return the seconds from start to paint: ``empty``, ``shell`` and ``rows``."""
    with TemporaryDirectory() as home:
        told = subprocess.run(
            [sys.executable, ROOT / "packaging" / "first_paint.py", "measure", book, str(ROUNDS)],
            env={**os.environ, bootstrap.HOME_VARIABLE: home, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        ).stdout
    taken: dict[str, list[float]] = defaultdict(list)
    for line in told.splitlines():
        what, seconds = line.split()
        taken[what].append(float(seconds))
    return {what: statistics.median(all_of_it) for what, all_of_it in taken.items()}


@pytest.mark.parametrize("size", ["officer", "reference", "large"])
def test_the_start(size: str, request: pytest.FixtureRequest) -> None:
    took = medians(request.getfixturevalue(f"{size}_book"))
    for what, goal in (("shell", SHELL_GOAL), ("rows", ROWS_GOAL)):
        measured = Measured(what, took[what], took["empty"])
        report(1, f"start: {what} painted", size, measured, goal)


def test_a_large_book_starts_like_a_small_one(officer_book: Path, large_book: Path) -> None:
    small, large = medians(officer_book), medians(large_book)
    measured = Measured("rows", large["rows"], small["rows"])
    report(1, "start: rows, large against officer", "both", measured, SLOPE_GOAL)
