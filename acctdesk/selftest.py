"""The built program tries every part of itself on a temporary book: ``acctdesk self-test``."""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from acctdesk import i18n
from acctdesk.bootstrap import HOME_VARIABLE
from acctdesk.i18n import Message, msg

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk

TODAY = dt.date(2026, 6, 30)
_CLIENTS = "Κωδικός;Επωνυμία;ΑΦΜ;Πόλη\n30.00.0001;Αθηνά Τρόφιμα Α.Ε.;094259216;Αθήνα\n"
_SALES = (
    "Παραστατικό;Τύπος;Ημερομηνία;Κωδικός πελάτη;Καθαρή αξία;ΦΠΑ;Σύνολο\n"
    "ΤΙΜ-1;Τιμολόγιο;15/05/2026;30.00.0001;1.000,00;240,00;1.240,00\n"
)


@dataclass(slots=True)
class _Trial:
    """The temporary folder and what earlier steps left in it."""

    folder: Path
    password: str
    desk: Desk | None = None

    def opened(self) -> Desk:
        """Return the desk that the first step opened."""
        assert self.desk is not None
        return self.desk


def run() -> int:
    """Try every part in order; return 0 where all work, 1 where one does not."""
    failed = 0
    language = i18n.language()  # a book that is opened may speak another
    with tempfile.TemporaryDirectory(prefix="acctdesk-", ignore_cleanup_errors=True) as name:
        trial = _Trial(Path(name), secrets.token_urlsafe(12))
        os.environ[HOME_VARIABLE] = name  # the officer's settings and recent books stay as they are
        try:
            for message, step in _steps():
                title = message.localized(language)
                started = time.perf_counter()
                try:
                    step(trial)
                except Exception as error:  # noqa: BLE001 - it reports whatever is broken here
                    failed += 1
                    sys.stdout.write(f"✗ {title}: {type(error).__name__}: {error}\n")
                    if trial.desk is None:
                        break
                else:
                    took = time.perf_counter() - started
                    sys.stdout.write(f"✓ {title} ({took:.1f} s)\n")
        finally:
            if trial.desk is not None:
                trial.desk.close()
    verdict = (
        msg("SelfTest", "Something does not work; see above.")
        if failed
        else msg("SelfTest", "Everything works.")
    )
    sys.stdout.write(f"{verdict.localized(language)}\n")
    return 1 if failed else 0


def _steps() -> list[tuple[Message, Callable[[_Trial], None]]]:
    steps: list[tuple[Message, Callable[[_Trial], None]]] = [
        (msg("SelfTest", "An encrypted book is made, closed and opened again"), _book),
        (msg("SelfTest", "Files are imported"), _import),
        (msg("SelfTest", "The search finds Greek without accents"), _search),
        (msg("SelfTest", "Figures are right, a change is undone"), _figures),
        (msg("SelfTest", "A chart is drawn"), _chart),
        (msg("SelfTest", "A workbook is written and read back"), _workbook),
        (msg("SelfTest", "A backup is made and checked"), _backup),
    ]
    if importlib.util.find_spec("PySide6") is not None:
        steps.append((msg("SelfTest", "The window is shown"), _window))
    return steps


def _require(condition: object, what: str) -> None:
    if not condition:
        raise RuntimeError(what)


def _book(trial: _Trial) -> None:
    from acctdesk import bootstrap

    path = trial.folder / "self-test.acctbook"
    bootstrap.create_book(path, password=trial.password, officer="self-test").close()
    _require(not path.read_bytes().startswith(b"SQLite format"), "the file is not encrypted")
    trial.desk = bootstrap.open_book(path, password=trial.password)


def _import(trial: _Trial) -> None:
    from acctdesk.exchange.runner import import_file

    for name, content in (("pelates.csv", _CLIENTS), ("poliseis.csv", _SALES)):
        file = trial.folder / name
        file.write_text(content, encoding="utf-8")
        result = import_file(trial.opened(), file, today=TODAY)
        _require(result.created == 1, f"{name}: {result.counts()}")


def _search(trial: _Trial) -> None:
    from acctdesk.services.search import find

    for typed in ("αθηνα", "athina"):
        hits = trial.opened().query(find, text=typed)
        _require([hit.kind for hit in hits] == ["client"], f"{typed}: {len(hits)}")


def _figures(trial: _Trial) -> None:
    from acctdesk.services.clients import create_client
    from acctdesk.services.figures import figures

    desk = trial.opened()
    found = desk.query(figures, as_of=TODAY)
    _require(found.net_minor == 100_000, f"net {found.net_minor}")
    _require(found.receivables.open_minor == 124_000, f"open {found.receivables.open_minor}")
    desk.perform(msg("SelfTest", "Add a client"), create_client, name="Undone")
    desk.undo()
    _require(desk.query(figures, as_of=TODAY) == found, "undo left something behind")


def _chart(trial: _Trial) -> None:
    from acctdesk.charts.style import LIGHT
    from acctdesk.charts.targets import month_bars
    from acctdesk.services.targets import target_series

    series = trial.opened().query(target_series, fiscal_year=TODAY.year, as_of=TODAY)
    figure = month_bars(series, tokens=LIGHT, width=360, height=200, language="el")
    file = trial.folder / "chart.png"
    figure.savefig(file)
    _require(file.stat().st_size > 1000, "the picture is empty")


def _workbook(trial: _Trial) -> None:
    from openpyxl import load_workbook

    from acctdesk.periods import parse_period
    from acctdesk.reports.pack import write_pack

    file = trial.folder / "report.xlsx"
    write_pack(trial.opened(), out=file, period=parse_period("2026Q2"), as_of=TODAY, language="el")
    book = load_workbook(file, read_only=True)
    try:
        _require(len(book.sheetnames) >= 5, f"{len(book.sheetnames)} sheets")
    finally:
        book.close()


def _backup(trial: _Trial) -> None:
    from acctdesk.storage.backup import check_book

    made = trial.opened().backup()
    _require(made.stat().st_size > 1000, "the backup is empty")
    _require(check_book(trial.opened().book).ok, "the book is not whole")


def _window(trial: _Trial) -> None:
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from acctdesk.ui import app

    app.show_once(trial.opened())
