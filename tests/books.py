"""Books for tests: one template migrated per session and copied, the cheapest key derivation."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from acctdesk.services.desk import Desk
from acctdesk.storage import images
from acctdesk.storage.book import Book
from acctdesk.storage.envelope import Kdf
from acctdesk.storage.paths import envelope_path

TEST_KDF = Kdf(memory_kib=8, passes=1, floor_memory_kib=8, floor_passes=1)
PASSWORD = "ένα μυστικό 12"
PROFILE: dict[str, Any] = {
    "officer": "Μαρία Νικολάου",
    "company": "Αιγαίον ΑΕ",
    "currency": "EUR",
    "fiscal_start": 1,
    "language": "el",
}


def copy_book(template: Path, target: Path) -> Path:
    """Copy a closed book and its envelope to ``target``."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template, target)
    if envelope_path(template).exists():
        shutil.copyfile(envelope_path(template), envelope_path(target))
    return target


def rows_of(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """Return every business record of a book by table, each as the file holds it."""
    found = {}
    with book.reader() as session:
        for name in images.journalled():
            columns = [column.name for column in images.table_of(name).columns]
            query = f"SELECT {', '.join(columns)} FROM {name} ORDER BY id"
            rows = session.connection().exec_driver_sql(query)
            found[name] = [tuple(row) for row in rows]
    return found


@pytest.fixture(scope="session")
def plain_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed, empty, plain book: copy it, do not open it."""
    path = tmp_path_factory.mktemp("template") / "plain.acctbook"
    Book.create(path, password=None, profile=PROFILE).close()
    return path


@pytest.fixture(scope="session")
def encrypted_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed, empty, encrypted book (PASSWORD, TEST_KDF): copy it, do not open it."""
    path = tmp_path_factory.mktemp("template") / "encrypted.acctbook"
    Book.create(path, password=PASSWORD, kdf=TEST_KDF, profile=PROFILE).close()
    return path


@pytest.fixture
def book_file(plain_template: Path, tmp_path: Path) -> Path:
    """Return the path of a closed, empty, plain book of this test's own."""
    return copy_book(plain_template, tmp_path / "book" / "test.acctbook")


@pytest.fixture
def encrypted_file(encrypted_template: Path, tmp_path: Path) -> Path:
    """Return the path of a closed, empty, encrypted book of this test's own."""
    return copy_book(encrypted_template, tmp_path / "locked" / "test.acctbook")


@pytest.fixture
def book(book_file: Path) -> Iterator[Book]:
    """Give an open, empty, plain book."""
    with Book.open(book_file) as opened:
        yield opened


@pytest.fixture
def desk(book: Book) -> Desk:
    """Give a desk over an open, empty, plain book."""
    return Desk(book)


@pytest.fixture
def encrypted_book(encrypted_file: Path) -> Iterator[Book]:
    """Give an open, empty, encrypted book."""
    with Book.open(encrypted_file, password=PASSWORD, kdf=TEST_KDF) as opened:
        yield opened
