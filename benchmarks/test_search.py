"""Line 3: search as you type over 100,000 clients, and the palette over a million talks as well.

The floor asks the FTS5 indexes by the raw driver, the text folded already: the first 50 ids and a
count up to the same limit. It puts nothing in order and shows nothing.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book
from acctdesk.storage.search import KINDS, match_expression
from benchmarks import raw
from benchmarks.floor import Measured, report, report_count
from benchmarks.questions import Question, clients_found, palette

GOAL = 2.2
FRAME = 16.7  # ms
ROUNDS = 5
COUNTED = 200
_TYPED = (
    "παπαδοπουλος", "papadopoulos", "Ψυκτική", "metafores", "αθηνα τροφιμα", "Θεσσαλονίκη",
    "30.01.0117", "2310", "Ελένη Μαυρ", "προσφορα", "tim", "συμφωνια", "καλαμάτα ξενοδ",
)  # fmt: skip


def _keys() -> Iterator[str]:
    """Give what stands in the field after each key."""
    for text in _TYPED:
        for length in range(1, len(text) + 1):
            if not text[length - 1].isspace():
                yield text[:length]


def _floor(connection: Any, tables: Sequence[str], expression: str) -> None:
    for table in tables:
        where = f"FROM search_{table} WHERE search_{table} MATCH ?"
        for sql in (
            f"SELECT rowid {where} LIMIT 50",
            f"SELECT count(*) FROM (SELECT 1 {where} LIMIT {COUNTED})",
        ):
            connection.execute(sql, (expression,)).fetchall()


@pytest.mark.parametrize(
    ("name", "question", "tables"),
    [
        ("a key among 100,000 clients", clients_found, ["clients"]),
        ("a key of the palette", palette, list(KINDS.values())),
    ],
)
def test_no_key_waits(
    large_book: Path, name: str, question: Callable[[str], Question], tables: Sequence[str]
) -> None:
    keys = list(_keys())
    work: list[float] = []
    floor: list[float] = []
    statements = rows = 0
    with Book.open(large_book) as book, raw.driver(large_book) as connection:
        desk = Desk(book)
        for key in keys:  # what the machine has to read from the disk counts for neither
            with raw.recorded() as sent:
                desk.query(question(key))
            statements = max(statements, len(sent))
            rows = max(rows, sum(raw.read(connection, sent)))
        for _, key in itertools.product(range(ROUNDS), keys):
            expression = match_expression(key) or ""
            start = time.process_time()
            _floor(connection, tables, expression)
            middle = time.process_time()
            desk.query(question(key))
            work.append(time.process_time() - middle)
            floor.append(middle - start)
    measured = Measured(name, statistics.median(work), statistics.median(floor))
    slowest = statistics.quantiles(work, n=100)[98] * 1000
    report(3, f"{name}, median of {len(keys)}", "large", measured, GOAL)
    report_count(3, f"{name}, p99", "large", slowest, FRAME, unit="ms")
    report_count(3, f"{name}, statements", "large", statements, 2, limit=2)
    report_count(3, f"{name}, rows", "large", rows, 50, limit=50)
