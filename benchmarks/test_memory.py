"""Line 13: the memory of the program idle on the client page, above that of an empty window."""

from __future__ import annotations

import ctypes
import gc
import itertools
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from acctdesk.ui.garbage import Garbage
from acctdesk.ui.pages.registry import PAGES
from benchmarks.floor import report_count
from tests.journeys.day import Day

MOST_MB = 120.0
CHANGES = 500  # of the page, in all
ROUNDS = 3
REST = 1.5  # s
PATIENCE = 600  # s


def _resident() -> float:
    """Return the MB of this process, of what it shares its part, without what malloc keeps free."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no Pss")


def empty(pipe: Connection) -> None:
    """Show an empty window and tell its MB."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication(["bench"])
    window = QWidget()
    window.resize(1366, 768)
    window.show()
    for _ in range(20):
        app.processEvents()
        time.sleep(0.02)
    pipe.send(_resident())
    os._exit(0)  # nothing is to be saved


def program(pipe: Connection, home: Path, book: Path) -> None:
    """Rest on the client page and tell the MB; change pages and tell what has grown."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication(["bench"])
    garbage = Garbage(app)
    day = Day(app, home)
    day.program.start([book])
    day.until(lambda: day.program.session is not None)
    day.window.resize(1366, 768)
    _rest(day)
    day.window.show_page("clients")
    _rest(day)
    pipe.send(_resident())
    turns = itertools.cycle(page.key for page in PAGES)
    seen = []
    for number in range(CHANGES + 1):
        if number in (CHANGES // 5, CHANGES):  # all is made and cached by the first
            _rest(day)
            mb = _resident()
            seen.append((len(gc.get_objects()), len(app.allWidgets()), mb))
        day.window.show_page(next(turns))
        day.settle()
        garbage.look()
    pipe.send(tuple(after - before for before, after in zip(*seen, strict=True)))
    os._exit(0)


def _rest(day: Day) -> None:
    """Let what was begun end, and what is put off come."""
    day.settle()
    late = time.monotonic() + REST
    day.until(lambda: time.monotonic() > late)


def _told(work: Callable[..., None], *args: Path, times: int) -> list[Any]:
    """Return what a process of its own sends."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=work, args=(theirs, *args))
    worker.start()
    theirs.close()
    try:
        found: list[Any] = []
        for _ in range(times):
            assert ours.poll(PATIENCE)
            found.append(ours.recv())
    finally:
        worker.kill()
        worker.join()
    return found


def test_idle_on_the_client_page(
    reference_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCTDESK_HOME", str(tmp_path / "home"))
    floor: list[float] = []
    idle: list[float] = []
    for number in range(ROUNDS):
        floor += _told(empty, times=1)
        idle += _told(program, tmp_path / f"home{number}", reference_book, times=1)
    mb = statistics.median(idle) - statistics.median(floor)
    name = f"idle on the client page, above {statistics.median(floor):.0f} MB"
    report_count(13, name, "reference", mb, MOST_MB, unit="MB")
    home = tmp_path / "home"
    _, (objects, widgets, grown) = _told(program, home, reference_book, times=2)
    after = f"after {CHANGES} page changes, against {CHANGES // 5}"
    report_count(13, f"more objects {after}", "reference", objects, CHANGES)
    report_count(13, f"more widgets {after}", "reference", widgets, 0, limit=0)
    report_count(13, f"more memory {after}", "reference", grown, 5, unit="MB")
