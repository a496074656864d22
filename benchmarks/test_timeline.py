"""Line 5: a timeline of 1,000,000 lines, against one of 5,000 in the same pane.

A timeline is read from its newest line down, a page at a time. So the deepest jump is the key End
until the last of the 5,000 is shown, and as many lines of the million.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from acctdesk.services.desk import Desk
from acctdesk.services.timeline import timeline_counts
from acctdesk.storage.book import Book
from acctdesk.ui.pages.clients import timeline_pane
from acctdesk.ui.pages.clients.timeline_pane import PAGE, TimelinePane
from benchmarks import books, raw
from benchmarks.floor import Measured, interleaved, report, report_count
from tests.ui.world import make_context

GOAL = 1.5
FEW, MANY = 5_000, 1_000_000
SIZE = (440, 800)
_TALKS = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO interactions (
    client_id, kind, happened_at, subject, subject_fold, body, body_fold, needs_reply,
    uid, created_at, updated_at, version
)
SELECT ?, 'call', strftime('%Y-%m-%d %H:%M:%S.000000', ?, '-' || (3 * i) || ' hours'),
    'Κλήση ' || i, 'κληση ' || i, body, body_fold, 0, ? || '-' || i, happened_at, happened_at, 1
FROM n, (SELECT body, body_fold, happened_at FROM interactions LIMIT 1)
"""


@pytest.fixture(scope="module")
def long_book(bench_folder: Path) -> Iterator[Path]:
    """Return a book with a client of 5,000 lines and the next one of a million."""
    folder = bench_folder / "timeline"
    folder.mkdir()
    path = books.copied("officer", folder)
    with raw.driver(path) as connection:
        connection.execute("UPDATE interactions SET client_id = 3 WHERE client_id < 3")
        for number, count in enumerate((FEW, MANY), start=1):
            connection.execute(_TALKS, (count, number, books.TODAY.isoformat(), number))
        connection.execute("ANALYZE")
    yield path
    path.unlink()


class Pane:
    """The timeline's pane over an open book, asked in the thread at hand."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        app = QApplication.instance() or QApplication(["bench"])
        assert isinstance(app, QApplication)
        self._owner = QObject(app)
        self._holder = QWidget()
        context = make_context(app, desk, folder, parent=self._owner)
        self.pane = TimelinePane(context, lambda: "EUR", self._holder)
        self.pane.resize(*SIZE)
        self._holder.resize(*SIZE)
        self._holder.show()

    def first(self, client: int) -> None:
        """Show a client's newest lines."""
        self.pane.show_client(None)
        self.pane.show_client(client)
        self.pane.view.grab()

    def down(self) -> None:
        """Go to the oldest line that is there, as End does; older ones come then."""
        self.pane.view.scrollToBottom()
        self.pane.view.grab()
        QApplication.processEvents()

    def to_the_depth_of_the_small(self, client: int) -> float:
        """Return the seconds of this process's own time until 5,000 lines are there."""
        self.first(client)
        began = time.process_time()
        while len(self.pane.model.items()) < FEW:
            self.down()
        return time.process_time() - began


def test_a_million_lines(long_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_counts(_session: Any, **_of: Any) -> dict[str, int]:
        return {}

    monkeypatch.setattr(timeline_pane, "timeline_counts", no_counts)  # another reader's work
    with Book.open(long_book) as book:
        desk = Desk(book)
        shown = Pane(desk, tmp_path)
        first = interleaved(
            "first paint", lambda: shown.first(2), lambda: shown.first(1), rounds=25
        )
        report(5, "timeline: first paint, 1,000,000 lines", "long", first, GOAL)

        few, many = (shown.to_the_depth_of_the_small(client) for client in (1, 2))
        deep = Measured("deepest jump", many, few)
        report(5, f"timeline: down to line {FEW:,} of it", "long", deep, GOAL)
        report_count(
            5, "widgets of its list", "long", len(shown.pane.view.findChildren(QWidget)), 9
        )

        shown.first(2)
        with raw.recorded() as sent:
            shown.down()
        with raw.driver(long_book) as connection:
            lines = max(raw.read(connection, sent))
        report_count(5, "lines read again with a page", "long", lines - PAGE, 0)

        began = time.process_time()
        desk.query(timeline_counts, client_id=2)
        took = (time.process_time() - began) * 1000
        report_count(5, "its chips' counts, by the other reader", "long", took, 250, unit="ms")
