"""Running commands as a script does, in this process or in one of its own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from acctdesk import bootstrap, cli
from acctdesk.i18n import msg
from acctdesk.services.demo import fill_demo
from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book
from tests.books import copy_book

TODAY = dt.date(2026, 11, 12)


@dataclass(frozen=True)
class Ran:
    """What a command left: its status, its answer, its messages."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """Return the one JSON object of the answer."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _own_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ACCTDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.delenv("ACCTDESK_PASSWORD", raising=False)
    monkeypatch.setattr(bootstrap, "today", lambda: TODAY)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def once(*arguments: object) -> Ran:
        capsys.readouterr()
        status = cli.main([str(argument) for argument in arguments])
        written = capsys.readouterr()
        return Ran(status, written.out, written.err)

    return once


@pytest.fixture(scope="session")
def demo_template(plain_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed book of ten invented clients: copy it."""
    path = copy_book(plain_template, tmp_path_factory.mktemp("cli") / "demo.acctbook")
    with Book.open(path) as book:
        Desk(book).perform(msg("Test", "Demo"), fill_demo, clients=10, seed=2, today=TODAY)
    return path


@pytest.fixture
def demo_file(demo_template: Path, tmp_path: Path) -> Path:
    """Return a closed copy of the demo book."""
    return copy_book(demo_template, tmp_path / "demo.acctbook")
