"""Which schema a book has, and how an older one is brought up to date.

The version check needs no Alembic; it is imported only where there is something to migrate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from acctdesk.storage import faults, indexing
from acctdesk.storage.engine import APPLICATION_ID

# user_version to Alembic revision
REVISIONS: dict[int, str] = {1: "0001", 2: "0002", 3: "0003", 4: "0004", 5: "0005"}
SCHEMA_VERSION = max(REVISIONS)


def check_version(connection: Any, *, name: str) -> int:
    """Return the schema version of the book behind a driver connection.

    Raises:
        UserError: a database of another program.
        EnvironmentFault: a newer book; both versions are named.
    """
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if application != APPLICATION_ID or version < 1:
        raise faults.not_a_book(name)
    if version > SCHEMA_VERSION:
        raise faults.newer_book(name, found=version, known=SCHEMA_VERSION)
    return version


def row_counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each ordinary table holds."""
    names = connection.exec_driver_sql(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ).scalars()
    return {name: _count(connection, name) for name in sorted(names)}


def _count(connection: Connection, name: str) -> int:
    from sqlalchemy import func, select, table

    return int(connection.execute(select(func.count()).select_from(table(name))).scalar_one())


@contextmanager
def without_foreign_keys(engine: Engine) -> Iterator[Connection]:
    """Give a writing transaction in which a table can be rebuilt.

    Foreign keys are off before it begins: with them on, dropping the old table deletes the rows
    of its children without a word, and inside a transaction the pragma does nothing.
    """
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


def upgrade(
    engine: Engine,
    *,
    name: str,
    target: int = SCHEMA_VERSION,
    revisions: Mapping[int, str] = REVISIONS,
    scripts: Path | None = None,
) -> None:
    """Bring the book behind ``engine`` to schema ``target`` in one transaction.

    An empty file becomes an empty book. Rows are counted before and after, foreign keys checked;
    what the search did not know before is indexed. Any failure leaves the book at its old
    version. ``revisions`` and ``scripts`` are given by tests that migrate with invented revisions.

    Raises:
        EnvironmentFault: rows were lost or references broken; nothing was changed.
    """
    with faults.faults_told(Path(name)), without_foreign_keys(engine) as connection:
        before = row_counts(connection)
        _run_alembic(connection, revisions[target], scripts)
        if target == SCHEMA_VERSION:
            indexing.complete(connection)
        after = row_counts(connection)
        kept = {table for table in before if table in after and table != "alembic_version"}
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken or any(before[table] != after[table] for table in kept):
            raise faults.damaged(name)
        connection.exec_driver_sql(_SET_APPLICATION)
        connection.exec_driver_sql("PRAGMA user_version = " + str(int(target)))


_SET_APPLICATION = "PRAGMA application_id = " + str(APPLICATION_ID)


def _run_alembic(connection: Connection, revision: str, scripts: Path | None) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    folder = scripts or Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
