"""The floor of a service: the very statements it sends, by the raw driver, with no objects made."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from acctdesk.storage.engine import connect
from acctdesk.storage.envelope import Key


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the driver got it; ``many`` has a list of parameters."""

    sql: str
    parameters: Any
    many: bool


@contextlib.contextmanager
def recorded() -> Iterator[list[Statement]]:
    """Note every statement of this process, without those that begin and end a transaction."""
    found: list[Statement] = []

    def note(
        _connection: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, many: bool
    ) -> None:
        if not sql.startswith("BEGIN"):
            found.append(Statement(sql, parameters, many))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@contextlib.contextmanager
def driver(path: Path, *, key: Key | None = None) -> Iterator[Any]:
    """Give a raw connection with the rules of a book's own; ``key`` is the book's."""
    connection = connect(path, key=key)
    for rule in ("foreign_keys = ON", "busy_timeout = 5000", "synchronous = FULL"):
        connection.execute(f"PRAGMA {rule}")
    try:
        yield connection
    finally:
        connection.close()


def read(connection: Any, statements: list[Statement]) -> list[int]:
    """Run questions in one transaction and return how many rows each gave."""
    connection.execute("BEGIN")
    rows = [len(connection.execute(one.sql, one.parameters).fetchall()) for one in statements]
    connection.execute("ROLLBACK")
    return rows


def write(connection: Any, statements: list[Statement]) -> None:
    """Run a change's statements as one committed transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for one in statements:
        if one.many:
            connection.executemany(one.sql, one.parameters)
        else:
            connection.execute(one.sql, one.parameters).fetchall()
    connection.execute("COMMIT")
