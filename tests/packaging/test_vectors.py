"""Every released book opens: the books kept from each release, and how they are made."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from make_vector import FOLDER, describe, make

from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book
from acctdesk.storage.check import check_book
from tests.books import PROFILE


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def vectors() -> list[Path]:
    """Return the manifests of the books kept from every release."""
    return sorted(FOLDER.glob("*.json"))


def _looked_at(manifest: Path, folder: Path) -> None:
    kept = json.loads(manifest.read_text(encoding="utf-8"))
    path = folder / kept["book"]
    for name, digest in kept["sha256"].items():
        shutil.copyfile(manifest.with_name(name), folder / name)
        assert _digest(folder / name) == digest
    with Book.open(path, password=kept["password"]) as book:
        assert check_book(book).ok
        found = describe(Desk(book))
    for name, rows in kept["rows"].items():
        assert found["rows"][name] == rows, name
    assert found["figures"] == kept["figures"]
    before = _digest(path)
    with Book.open(path, password=kept["password"]) as book:
        assert check_book(book).ok
        with Book.create(folder / "new", password=None, profile=PROFILE) as new:
            assert _shape(book) == _shape(new)
    assert _digest(path) == before


def _shape(book: Book) -> dict[str, Any]:
    """Return every table with its columns, references and indexes, as the database has them."""
    with book.read_engine.connect() as connection:

        def told(pragma: str, name: str) -> list[tuple[Any, ...]]:
            rows = connection.exec_driver_sql(f"SELECT * FROM pragma_{pragma}(?)", (name,))
            return sorted((tuple(row)[1:] for row in rows), key=repr)

        names = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'")
        tables = sorted(name for (name,) in names if not name.startswith("sqlite_"))
        indexes = connection.exec_driver_sql(
            "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name"
        )
        return {
            "columns": {name: told("table_xinfo", name) for name in tables},
            "references": {name: told("foreign_key_list", name) for name in tables},
            "indexes": [tuple(row) for row in indexes],
        }


@pytest.mark.parametrize("manifest", vectors(), ids=lambda path: path.stem)
def test_a_released_book_opens_whole_and_a_second_opening_changes_nothing(
    manifest: Path, tmp_path: Path
) -> None:
    _looked_at(manifest, tmp_path)


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_vector_made_today_is_looked_at_the_same_way(encrypted: bool, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    manifest = make(tmp_path / "kept", "0.0.0", encrypted=encrypted)
    (tmp_path / "looked-at").mkdir()
    _looked_at(manifest, tmp_path / "looked-at")


def test_a_vector_is_made_alike_twice(tmp_path: Path) -> None:
    said = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        manifest = json.loads(make(tmp_path / name, "0.0.0", encrypted=False).read_text("utf-8"))
        said.append((manifest["rows"], manifest["figures"]))
    assert said[0] == said[1]
