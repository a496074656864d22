"""Line 7: every figure of Today, receivables, clients and targets, against the same statements."""

from __future__ import annotations

from pathlib import Path

import pytest

from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book
from benchmarks import raw
from benchmarks.floor import Measured, interleaved, report, report_count
from benchmarks.questions import COMMANDS, FIGURES

GOAL = 2.0
MOST_MS = {"team": 250, "large": 1000}


@pytest.mark.parametrize("size", MOST_MS)
def test_every_figure(size: str, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(f"{size}_book")
    with Book.open(path) as book, raw.driver(path) as connection:
        desk = Desk(book)
        for name, question in {**FIGURES, **COMMANDS}.items():
            with raw.recorded() as sent:
                desk.query(question)
            measured = interleaved(
                name,
                lambda question=question: desk.query(question),  # type: ignore[misc]
                lambda sent=sent: raw.read(connection, sent),  # type: ignore[misc]
                rounds=7,
            )
            _report(name, size, measured)


def _report(name: str, size: str, measured: Measured) -> None:
    report(7, name, size, measured, GOAL)
    if name in FIGURES:
        most = MOST_MS[size]
        report_count(7, f"{name}, time", size, measured.work * 1000, most, unit="ms")
