"""Line 8: a logged interaction, from ``submit`` to the ChangeSet on the GUI thread.

The floor is the same statements and COMMIT by the raw driver under WAL and FULL, on a copy that
gets every change as well. Waiting for the disk belongs to both, so this is time on the clock.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
import statistics
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop

from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind
from acctdesk.services.clients import client_rows
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import log_interaction
from acctdesk.storage.book import Book
from acctdesk.ui.bus import ChangeBus
from acctdesk.ui.runner import Runner
from benchmarks import raw
from benchmarks.books import TODAY
from benchmarks.floor import Measured, report_count, shown

ROUNDS = 60
MOST_MS = 25.0  # above the floor
_medians: dict[str, Measured] = {}


@pytest.mark.parametrize("size", ["officer", "large"])
def test_one_change(size: str, request: pytest.FixtureRequest, bench_folder: Path) -> None:
    path: Path = request.getfixturevalue(f"{size}_book")
    twin = Path(shutil.copyfile(path, bench_folder / f"{size}-twin.acctbook"))
    measured = _measure(path, twin)
    twin.unlink()
    above = (measured.work - measured.floor) * 1000
    name = f"logging an interaction, above {shown(measured.floor)}"
    report_count(8, name, size, above, MOST_MS, unit="ms")
    _medians[size] = measured
    if "officer" in _medians and size == "large":
        slope = measured.work / _medians["officer"].work
        report_count(8, "the same, times the officer's", size, slope, 1.5)


def _measure(path: Path, twin: Path) -> Measured:
    application = QCoreApplication.instance() or QCoreApplication([])
    waiting = QEventLoop(application)
    work: list[float] = []
    floor: list[float] = []
    with Book.open(path) as book, raw.driver(twin) as connection:
        desk = Desk(book)
        bus = ChangeBus()
        bus.changed.connect(waiting.quit)
        runner = Runner(desk, bus)
        clients = list(desk.query(client_rows, ids=range(1, 300), today=TODAY))
        for number in range(ROUNDS):
            with raw.recorded() as sent:
                start = time.perf_counter()
                runner.submit(
                    msg("Step", "Log interaction"),
                    log_interaction,
                    client_id=random.Random(number).choice(clients),
                    kind=InteractionKind.CALL,
                    happened_at=dt.datetime.combine(TODAY, dt.time(9), tzinfo=dt.UTC),
                    subject="Κλήση για τις τιμές",
                    body="Ζήτησαν τον τιμοκατάλογο, για να τον συγκρίνουν με τον περσινό.",
                )
                waiting.exec()
                work.append(time.perf_counter() - start)
            start = time.perf_counter()
            raw.write(connection, sent)
            floor.append(time.perf_counter() - start)
        runner.shutdown()
    return Measured("a change", statistics.median(work), statistics.median(floor))
