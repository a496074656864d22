"""The four books, one copy of each for a whole run, and the table at its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from benchmarks import books, table


@pytest.fixture(scope="session")
def bench_folder() -> Iterator[Path]:
    """Return a folder beside the kept books that is gone when the run ends."""
    books.KEPT.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="run-", dir=books.KEPT, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def officer_book(bench_folder: Path) -> Path:
    """Return a plain book of 300 clients, 30,000 sales lines and 20,000 interactions."""
    return books.copied("officer", bench_folder)


@pytest.fixture(scope="session")
def reference_book(bench_folder: Path) -> Path:
    """Return a plain book of 2,000 clients, 200,000 sales lines and 50,000 interactions."""
    return books.copied("reference", bench_folder)


@pytest.fixture(scope="session")
def team_book(bench_folder: Path) -> Path:
    """Return a plain book of 5,000 clients, 300,000 documents and 300,000 interactions."""
    return books.copied("team", bench_folder)


@pytest.fixture(scope="session")
def locked_team_book(bench_folder: Path) -> Path:
    """Return the team's book under ``books.PASSWORD``, row for row the same."""
    return books.copied("team", bench_folder, locked=True)


@pytest.fixture(scope="session")
def large_book(bench_folder: Path) -> Path:
    """Return a plain book of 100,000 clients, 500,000 sales lines, 1,000,000 interactions."""
    return books.copied("large", bench_folder)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was measured and keep it as ``build/bench/table.md``."""
    text = table.text()
    if text:
        terminalreporter.write_line("\n" + text)
        books.KEPT.mkdir(parents=True, exist_ok=True)
        (books.KEPT / "table.md").write_text(text, encoding="utf-8")
