"""Line 4: the client list of 100,000, against a table over a C++ model of 40 rows."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from acctdesk.services.clients import client_rows
from acctdesk.services.desk import Desk
from acctdesk.services.lists import ClientQuery, client_ids
from acctdesk.storage.book import Book
from acctdesk.ui.app import dress
from acctdesk.ui.itemmodels.clients import PAGE, ClientListModel
from acctdesk.ui.pages.clients.list_view import ClientView
from acctdesk.ui.settings import Settings
from benchmarks import raw
from benchmarks.books import TODAY
from benchmarks.floor import interleaved, report, report_count

FIRST_GOAL, FRAME_GOAL, ROUNDS = 1.25, 1.6, 11
MOST_TO_FIRST, MOST_OF_A_PAGE = 2, 1
SIZE = (500, 900)


class CountingModel(ClientListModel):
    """The list's model, counting how often Qt asks it for a cell."""

    asked = 0

    def data(self, index: Any, role: int = 0) -> Any:
        CountingModel.asked += 1
        return super().data(index, role)


@pytest.fixture(scope="module", autouse=True)
def app() -> QApplication:
    """Return the application, dressed."""
    made = QApplication.instance() or QApplication(["bench"])
    assert isinstance(made, QApplication)
    dress(made).apply("light")
    return made


class List:
    """The list's own view and model over an open book, asked in the thread at hand."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.holder = QWidget()
        self.holder.resize(*SIZE)
        self.model = CountingModel(self.holder)
        self.model.set_context(today=TODAY, currency="EUR")
        self.view = ClientView(self.model, Settings(folder / "settings.ini"), self.holder)
        self.view.delegate.set_today(TODAY)
        self.view.resize(*SIZE)
        self.model.wanted.connect(self._fetch)

    def _fetch(self, ids: list[int]) -> None:
        self.model.put_rows(self.desk.query(client_rows, ids=ids, today=TODAY))

    def first(self) -> None:
        """Show the first window of rows, as the page does."""
        ids = self.desk.query(client_ids, ClientQuery(), today=TODAY, first=PAGE)
        self.model.put_rows(self.desk.query(client_rows, ids=ids, today=TODAY))
        self.model.set_ids(ids)

    def whole(self, query: ClientQuery = ClientQuery()) -> None:  # noqa: B008 - frozen
        """Show all of it."""
        self.model.set_ids(self.desk.query(client_ids, query, today=TODAY))


@pytest.fixture
def floor_view() -> Iterator[Callable[[], None]]:
    """Return what makes and paints a table over ready strings in C++."""
    kept: list[QObject] = []

    def show() -> None:
        model = QStandardItemModel(40, 4)
        for row in range(40):
            for column in range(4):
                model.setItem(row, column, QStandardItem(f"Πελάτης {row} {column}"))
        view = QTableView()
        view.setModel(model)
        view.resize(*SIZE)
        view.grab()
        kept[:] = [model, view]

    yield show
    kept.clear()


@pytest.mark.parametrize("size", ["officer", "large"])
def test_the_list(
    size: str,
    floor_view: Callable[[], None],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    path: Path = request.getfixturevalue(f"{size}_book")
    with Book.open(path) as book:
        desk = Desk(book)

        def paint_first() -> None:
            shown = List(desk, tmp_path)
            shown.first()
            shown.view.grab()

        paint_first()  # what a first question of the day makes ready
        first = interleaved("first paint", paint_first, floor_view, rounds=ROUNDS)
        report(4, "client list: first rows asked and painted", size, first, FIRST_GOAL)

        with raw.recorded() as sent:
            ids = desk.query(client_ids, ClientQuery(), today=TODAY, first=PAGE)
            before = len(sent)
            desk.query(client_rows, ids=ids, today=TODAY)
        report_count(4, "statements to the first paint", size, len(sent), MOST_TO_FIRST)
        report_count(4, "statements of 128 rows", size, len(sent) - before, MOST_OF_A_PAGE)

        shown = List(desk, tmp_path)
        shown.first()
        shown.whole()
        shown.view.grab()
        floor = QTableView()
        model = QStandardItemModel(40, 4)
        for row in range(40):
            for column in range(4):
                model.setItem(row, column, QStandardItem(f"Πελάτης {row} {column}"))
        floor.setModel(model)
        floor.resize(*SIZE)
        frame = interleaved("frame", shown.view.grab, floor.grab, rounds=ROUNDS)
        report(4, "client list: a frame", size, frame, FRAME_GOAL)
        CountingModel.asked = 0
        shown.view.grab()
        report_count(4, "data() calls of a frame", size, CountingModel.asked, 0)

        for name, work in (
            ("the whole order, after the first rows", lambda: desk.query(
                client_ids, ClientQuery(), today=TODAY)),
            ("sorted by sales", lambda: desk.query(
                client_ids, ClientQuery(sort="sales", descending=True), today=TODAY)),
            ("jump to the end", lambda: _to_the_end(shown)),
        ):  # fmt: skip
            report_count(4, f"client list: {name}", size, _took(work), 100, unit="ms")


def _to_the_end(shown: List) -> None:
    shown.model.outdate()
    shown.view.scrollToBottom()
    shown.view.grab()
    QApplication.processEvents()
    shown.view.grab()
    shown.view.scrollToTop()


def _took(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the median of this process's own time in milliseconds."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return sorted(taken)[rounds // 2]
