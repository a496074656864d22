"""A demo book to ask, and a count of the statements that a question costs."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

from acctdesk.i18n import msg
from acctdesk.models import Base
from acctdesk.services import kept
from acctdesk.services.demo import fill_demo
from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book
from acctdesk.storage.changes import RangeChange
from tests.books import copy_book

TODAY = dt.date(2026, 11, 12)
Counted = Callable[[Desk], AbstractContextManager[list[str]]]
Do = Callable[..., Any]


@pytest.fixture
def do(desk: Desk) -> Do:
    """Perform a command on the empty book and return its value."""

    def perform(command: Callable[..., Any], **args: Any) -> Any:
        return desk.perform(msg("Test", "Step"), command, **args).value

    return perform


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """Give an empty book in memory, without a desk."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def put(session: Session, model: type[Base], *rows: dict[str, Any]) -> None:
    """Write rows with Core, and what is kept of them: figures' input and no officer's doing."""
    if rows:
        session.connection().execute(model.__table__.insert(), list(rows))  # type: ignore[attr-defined]
        everything = RangeChange(model.__tablename__, 0, 1_000_000, "insert")
        kept.keep(session.connection(), [everything])


@pytest.fixture(scope="session")
def demo_file(plain_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed book of 30 invented clients: open it to read, or copy it."""
    path = copy_book(plain_template, tmp_path_factory.mktemp("demo") / "demo.acctbook")
    with Book.open(path) as book:
        Desk(book).perform(msg("Test", "Demo"), fill_demo, clients=30, seed=7, today=TODAY)
    return path


@pytest.fixture
def demo(demo_file: Path) -> Iterator[Desk]:
    """Give the demo book, to read."""
    with Book.open(demo_file, read_only=True) as book:
        yield Desk(book)


@pytest.fixture
def own_demo(demo_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """Give a copy of the demo book, to change."""
    with Book.open(copy_book(demo_file, tmp_path / "own.acctbook")) as book:
        yield Desk(book)


@pytest.fixture
def counted() -> Counted:
    """Return what counts the statements that a desk's questions run."""

    @contextlib.contextmanager
    def count(desk: Desk) -> Iterator[list[str]]:
        ran: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                ran.append(statement)

        engine = desk.book.read_engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield ran
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return count


def planned(desk: Desk, statement: str) -> list[str]:
    """Return the steps in which SQLite would run a statement that was counted."""
    with desk.book.reader() as session:
        steps = session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", ("0",) * statement.count("?")
        )
        return [step for *_, step in steps]
