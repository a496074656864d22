"""What the workbook's tests share: books of every shape, and a maker of packs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from acctdesk.i18n import msg
from acctdesk.services.demo import fill_demo
from acctdesk.services.desk import Desk
from acctdesk.services.profile import set_profile
from acctdesk.storage.book import Book
from tests.books import copy_book
from tests.reports.inventing import TODAY, invent

Open = Callable[[str], AbstractContextManager[Desk]]


@pytest.fixture(scope="session")
def shapes(plain_template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return closed books by name: open them to read."""
    folder = tmp_path_factory.mktemp("shapes")

    def make(name: str, fill: Callable[[Desk], None]) -> Path:
        path = copy_book(plain_template, folder / f"{name}.acctbook")
        with Book.open(path) as book:
            fill(Desk(book))
        return path

    def july(desk: Desk) -> None:
        desk.perform(msg("Test", "Profile"), set_profile, fiscal_start=7)
        invent(desk, 3, targets="clients")

    def demo(desk: Desk) -> None:
        desk.perform(msg("Test", "Demo"), fill_demo, clients=8, seed=5, today=TODAY)

    return {
        "demo": make("demo", demo),
        "july": make("july", july),
        "aimless": make("aimless", lambda desk: invent(desk, 4, targets="none", years=1)),
        "empty": make("empty", lambda _desk: None),
    }


@pytest.fixture
def shape(shapes: dict[str, Path], tmp_path: Path) -> Open:
    """Give an opener of a copy of a book by its name."""
    numbers = itertools.count()

    @contextmanager
    def opened(name: str) -> Iterator[Desk]:
        path = copy_book(shapes[name], tmp_path / f"{name}{next(numbers)}.acctbook")
        with Book.open(path) as book:
            yield Desk(book)

    return opened
