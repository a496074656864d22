"""Line 14: the GUI thread through the steps of a day on the reference book, worked by keys.

A gap counts by the thread's own processor time: on a busy machine the clock alone tells how long
others were let run. ``-s`` prints every gap with what the program was doing.
"""

from __future__ import annotations

import datetime as dt
import gc
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtWidgets import QApplication

from acctdesk import bootstrap
from acctdesk.services.lists import count_active
from acctdesk.ui.garbage import Garbage
from acctdesk.ui.session import Session
from benchmarks import books
from benchmarks.floor import report_count
from benchmarks.watchdog import LIMIT, Watchdog
from tests.journeys.day import Day

NOON = dt.datetime.combine(books.TODAY, dt.time(12), dt.UTC)
REST = 0.4  # seconds after a step: what is put off comes then
BROUGHT = 2_000  # clients in the file that is imported
FILE, PACK = "clients.xlsx", "pack.xlsx"


class WatchedDay(Day):
    """A day on a book, with the watchdog beside it."""

    def __init__(self, qapp: QApplication, folder: Path, book: Path) -> None:
        self.dog = Watchdog()
        self.dog.step = "start"
        self.dog.start()
        super().__init__(qapp, folder / "home")
        self.garbage = Garbage(qapp)
        self.keys.greek = False
        self.folder = folder
        self.program.start([book])
        self.until(lambda: self.program.session is not None and self.program.session.is_open)
        self.window.resize(1366, 768)
        self.rest()

    def rest(self) -> None:
        """Let what was begun end, and the window live for a moment."""
        self.settle()
        late = time.monotonic() + REST
        self.until(lambda: time.monotonic() > late)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for one in keys:
            self.keys.press(one)

    def filter(self) -> None:
        """Narrow the client list and widen it again."""
        self.press("Ctrl+F")
        self.keys.type("papad")
        self.press("Escape")

    def find(self) -> None:
        """Open a client by the palette."""
        self.press("Ctrl+K")
        self.keys.type("papado")
        self.press("Return")

    def log(self) -> None:
        """Log a call with a promise."""
        self.press("Ctrl+Shift+I")
        self.keys.type("Συμφωνεί στις 60 ημέρες.")
        self.press("Tab", "Tab", "Tab")
        self.keys.type("προσφορά ως 20/11")
        self.press("Ctrl+Return")

    def bring(self) -> None:
        """Import the file."""
        self.press("Ctrl+Shift+O")
        self.keys.type(str(self.folder / FILE))
        self.press("Return", "Ctrl+Return")

    def report(self) -> None:
        """Write the quarter's workbook."""
        self.press("Ctrl+R", *["Tab"] * 5)
        self.overtype(str(self.folder / PACK))
        self.press("Return", "Escape")

    def command(self, typed: str) -> None:
        """Do what the palette finds among the commands."""
        self.press("Ctrl+K")
        self.keys.type(f">{typed}")
        self.press("Return")


STEPS: Mapping[str, Callable[[WatchedDay], None]] = {
    "Today, line by line": lambda day: day.press("Ctrl+1", *["Down"] * 8),
    "the client list": lambda day: day.press("Ctrl+2"),
    "client after client": lambda day: day.press(*["Down"] * 12),
    "to the end and back": lambda day: day.press("PgDown", "PgDown", "End", "Home"),
    "a filter typed": WatchedDay.filter,
    "a client found": WatchedDay.find,
    "an interaction logged": WatchedDay.log,
    "undone and done again": lambda day: day.press("Ctrl+Z", "Ctrl+Y"),
    "tasks": lambda day: day.press("Ctrl+3", "Down", "Down"),
    "the calendar": lambda day: day.press("Ctrl+4", "PgDown", "PgUp"),
    "promises": lambda day: day.press("Ctrl+5", "Down"),
    "receivables": lambda day: day.press("Ctrl+6", "Down", "Down"),
    "targets": lambda day: day.press("Ctrl+7"),
    "cases": lambda day: day.press("Ctrl+8", "Down"),
    "settings": lambda day: day.press("Ctrl+,"),
    "privacy on and off": lambda day: day.press("Ctrl+2", "F8", "F8"),
    "a backup": lambda day: day.press("Ctrl+S"),
    "the report": WatchedDay.report,
    f"an import of {BROUGHT} clients": WatchedDay.bring,
    "the client list again": lambda day: day.press("Ctrl+2", "End"),
    "dark": lambda day: day.command("dark"),
    "Greek": lambda day: day.command("ελληνικα"),
}


@pytest.mark.timeout(1800)
@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
def test_a_day_on_the_reference_book(
    qapp: QApplication, reference_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(bootstrap.HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setattr(qapp, "quit", lambda: None)
    monkeypatch.setitem(Session.__init__.__kwdefaults__, "clock", lambda: NOON)  # type: ignore[arg-type]
    _write_file(tmp_path / FILE)
    day = WatchedDay(qapp, tmp_path, reference_book)
    try:
        before = day.window.context.desk.query(count_active, today=books.TODAY)
        for name, step in STEPS.items():
            day.dog.step = name
            step(day)
            day.rest()
        assert day.window.context.desk.query(count_active, today=books.TODAY) == before + BROUGHT
        assert (tmp_path / PACK).exists()
    finally:
        day.dog.stop()
        day.end()
        day.garbage.deleteLater()
        gc.enable()
    for gap in day.dog.gaps:
        print(gap)
    own = [gap.own for gap in day.dog.gaps]
    seen = sum(one > LIMIT for one in own)
    report_count(
        14, f"gaps over {LIMIT * 1000:.0f} ms of the GUI thread, a day", "reference", seen, 0
    )
    report_count(14, "the longest of them", "reference", max(own, default=0) * 1000, 50, unit="ms")


def _write_file(path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Κωδικός", "Επωνυμία", "Πόλη"])
    for number in range(BROUGHT):
        sheet.append([f"N{number}", f"Νέος {number} Α.Ε.", "Βόλος"])
    book.save(path)
