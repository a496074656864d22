"""Migrations: the revisions make the models; an older book is brought up, or left alone."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.models import Base
from acctdesk.services.desk import Desk
from acctdesk.services.search import find
from acctdesk.services.today import put_aside
from acctdesk.storage import indexing, migrate
from acctdesk.storage.backup import list_backups
from acctdesk.storage.book import Book
from acctdesk.storage.check import check_book
from tests.books import PASSWORD, TEST_KDF
from tests.storage.commands import LABEL, add_client, client_names, log_call
from tests.storage.next_schema import NEXT, NOW, lay_scripts, next_schema

VECTORS = Path(__file__).parents[1] / "vectors"


def test_the_revisions_make_what_the_models_say(book: Book) -> None:
    def ours(_object: Any, name: str | None, kind: str, *_rest: Any) -> bool:
        return not (kind == "table" and str(name).startswith("search_"))

    with book.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": True}
        )
        assert compare_metadata(context, Base.metadata) == []
        found = inspect(connection)
        for table in Base.metadata.tables.values():
            wanted = {index.name: index for index in table.indexes}
            made = {index["name"]: index for index in found.get_indexes(table.name)}
            assert set(made) == set(wanted), table.name
            for name, index in wanted.items():
                assert bool(made[name]["unique"]) == bool(index.unique), name
                where = index.dialect_options["sqlite"].get("where")
                got = made[name].get("dialect_options", {}).get("sqlite_where")
                assert str(where) == str(got), name
                assert made[name]["column_names"] == list(index.columns.keys()), name
        autoincrement = connection.exec_driver_sql(
            "SELECT name FROM sqlite_schema WHERE sql LIKE '%AUTOINCREMENT%'"
        ).scalars()
        assert {
            table.name
            for table in Base.metadata.tables.values()
            if table.dialect_options["sqlite"]["autoincrement"]
        } == set(autoincrement)


def test_no_revision_imports_the_models() -> None:
    folder = Path(migrate.__file__).with_name("migrations")
    for script in folder.rglob("*.py"):
        assert "acctdesk" not in script.read_text(encoding="utf-8").split('"""', 2)[-1], script


@pytest.fixture
def scripts(tmp_path: Path) -> Iterator[Path]:
    """Give a folder of scripts with an invented next revision, in force for this test."""
    with next_schema(tmp_path / "scripts"):
        yield tmp_path / "scripts"


def fill(path: Path, password: str | None) -> None:
    with Book.open(path, password=password, kdf=TEST_KDF) as book:
        desk = Desk(book)
        client_id = desk.perform(LABEL, add_client, name="Παπαδόπουλος").value
        desk.perform(LABEL, log_call, client_id=client_id, subject="Κλήση")


def old(path: Path, password: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fill a book as the program of the schema before did."""
    with monkeypatch.context() as before:
        before.setattr(migrate, "SCHEMA_VERSION", NOW)
        fill(path, password)


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
def test_an_older_book_is_backed_up_and_brought_up(
    kind: str,
    book_file: Path,
    encrypted_file: Path,
    scripts: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, password = (book_file, None) if kind == "plain" else (encrypted_file, PASSWORD)
    old(path, password, monkeypatch)
    with pytest.raises(UserError, match="older format"):
        Book.open(path, password=password, kdf=TEST_KDF, read_only=True)
    with Book.open(path, password=password, kdf=TEST_KDF) as book:
        desk = Desk(book)
        assert desk.query(client_names) == ["Παπαδόπουλος"]
        with book.engine.connect() as connection:
            columns = [column["name"] for column in inspect(connection).get_columns("clients")]
            assert "nickname" in columns
            # children are still there: rebuilding their parent with foreign keys on deletes them
            assert connection.exec_driver_sql("SELECT count(*) FROM interactions").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA user_version").scalar() == NEXT
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        with pytest.raises(UserError, match="before the program was updated"):
            desk.undo()
        assert len(desk.history("clients", 1)) == 1
    (saved,) = list_backups(path)
    assert saved.reason == "before-update"
    before = hashlib.sha256(path.read_bytes()).digest()
    Book.open(path, password=password, kdf=TEST_KDF).close()
    assert hashlib.sha256(path.read_bytes()).digest() == before


@pytest.mark.parametrize(
    "more",
    [
        'op.execute("DELETE FROM interactions")',
        'op.execute("UPDATE interactions SET client_id = 77")',
        'raise RuntimeError("half way")',
    ],
)
def test_a_migration_that_goes_wrong_leaves_the_old_book(
    more: str, book_file: Path, scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old(book_file, None, monkeypatch)
    lay_scripts(scripts, more=more)
    with pytest.raises((EnvironmentFault, RuntimeError)):
        Book.open(book_file)
    monkeypatch.setattr(migrate, "SCHEMA_VERSION", NOW)
    with Book.open(book_file) as book:
        assert Desk(book).query(client_names) == ["Παπαδόπουλος"]
        with book.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT client_id FROM interactions").scalar() == 1
    assert len(list_backups(book_file)) == 1


def test_what_was_put_off_in_today_still_waits(tmp_path: Path) -> None:
    """Up to format 1 it was a setting, a JSON of what waits for which day."""
    path = tmp_path / "old.acctbook"
    shutil.copyfile(VECTORS / "0.1.0-plain.acctbook", path)
    until = dt.date(2026, 4, 15)
    with contextlib.closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(
            "INSERT INTO settings (uid, created_at, updated_at, version, key, value)"
            " VALUES ('x', :now, :now, 1, 'today.snoozed', :value)",
            {
                "now": "2026-04-09 08:00:00.000000",
                "value": json.dumps({"gone_quiet/7": until.isoformat()}),
            },
        )
    with Book.open(path) as book:
        desk = Desk(book)
        assert desk.query(put_aside, today=until - dt.timedelta(days=1)) == {"gone_quiet/7"}
        assert desk.query(put_aside, today=until) == frozenset()
        assert check_book(book).ok


def test_what_the_search_did_not_know_is_found_after_an_update(
    book_file: Path, scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(indexing, "add", lambda *_given: None)  # as if it were a new kind
        old(book_file, None, before)
    with Book.open(book_file) as book:
        assert [hit.title for hit in Desk(book).query(find, text="παπαδ")] == ["Παπαδόπουλος"]


def test_no_alembic_where_nothing_is_to_migrate(book_file: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys, pathlib\n"
        "from acctdesk.storage.book import Book\n"
        "Book.open(pathlib.Path(sys.argv[1])).close()\n"
        "loaded = [m for m in sys.modules if m.split('.')[0] in"
        " ('alembic', 'openpyxl', 'matplotlib', 'PySide6')]\n"
        "assert not loaded, loaded\n"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", code, str(book_file)], check=True, cwd=root)
