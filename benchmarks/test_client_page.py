"""Line 6: opening a client of 5,000 interactions, against the same statements by the driver."""

from __future__ import annotations

from pathlib import Path

import pytest

from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book
from benchmarks import raw
from benchmarks.floor import interleaved, report, report_count
from benchmarks.questions import busiest_client, client_page

TALKS = 5_000
GOAL, MOST_STATEMENTS = 3.0, 12


@pytest.mark.parametrize("size", ["officer", "large"])
def test_a_client_of_many_talks_is_opened(size: str, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(f"{size}_book")
    with Book.open(path) as book:
        desk = Desk(book)
        question = client_page(busiest_client(desk, talks=TALKS))
        with raw.recorded() as sent:
            desk.query(question)
        with raw.driver(path) as connection:
            measured = interleaved(
                "opening a client",
                lambda: desk.query(question),
                lambda: raw.read(connection, sent),
                rounds=25,
            )
    report(6, f"opening a client of {TALKS:,} interactions", size, measured, GOAL)
    report_count(6, "statements of it", size, len(sent), MOST_STATEMENTS, limit=MOST_STATEMENTS)
