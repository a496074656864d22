"""A figure counts as a ratio to a floor taken in the same run: interleaved, median, peak memory."""

from __future__ import annotations

import gc
import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks import table

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians of one work and of its floor, in seconds of this machine, now."""

    name: str
    work: float
    floor: float

    @property
    def ratio(self) -> float:
        """How many times the floor the work takes."""
        return self.work / self.floor

    def __str__(self) -> str:
        return f"{self.name}: {self.ratio:.2f} x ({shown(self.work)} against {shown(self.floor)})"


def shown(seconds: float) -> str:
    """Return a duration for people: seconds, or milliseconds where it is short."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def report(
    line: int, name: str, book: str, measured: Measured, goal: float, *, limit: float | None = None
) -> None:
    """Put a ratio into the table at the end of the run.

    ``line`` is the goal's number, ``goal`` the ratio wanted, ``limit`` the one above which the
    run fails: a missed goal alone is told, not punished.
    """
    table.add(
        line,
        name,
        book,
        floor=shown(measured.floor),
        figure=shown(measured.work),
        ratio=f"{measured.ratio:.2f} ×",
        goal=f"≤ {goal:g} ×",
        met=measured.ratio <= goal,
    )
    assert limit is None or measured.ratio <= limit, f"{measured}, limit {limit}"


def report_count(
    line: int,
    name: str,
    book: str,
    found: float,
    goal: float,
    *,
    unit: str = "",
    limit: float | None = None,
) -> None:
    """Put a count, or a figure without a floor (``unit``: ms, MB), into the table."""
    table.add(
        line,
        name,
        book,
        floor="",
        figure=f"{found:.4g} {unit}".strip(),
        ratio="",
        goal=f"≤ {goal:g} {unit}".strip(),
        met=found <= goal,
    )
    assert limit is None or found <= limit, f"{name}: {found:g} {unit}, limit {limit:g}"


def interleaved(
    name: str,
    work: Callable[[], object],
    floor: Callable[[], object],
    *,
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.process_time,
    before: Callable[[], object] = lambda: None,
) -> Measured:
    """Run work and floor in turn, each after ``before``, and return their medians.

    The clock counts this process's own time, so that a busy machine disturbs less; give
    ``time.perf_counter`` where waiting belongs to the work. Garbage is collected between the runs,
    because in the window no question collects it (``ui/garbage.py``).
    """
    taken: Mapping[str, list[float]] = {"work": [], "floor": []}
    for number in range(rounds):
        # each goes first in every other round
        order = [("work", work), ("floor", floor)]
        for key, run in order if number % 2 else reversed(order):
            before()
            with _no_garbage():
                start = clock()
                run()
                taken[key].append(clock() - start)
    return Measured(name, statistics.median(taken["work"]), statistics.median(taken["floor"]))


@contextmanager
def _no_garbage() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def peak_memory(work: Callable[..., object], *args: Any) -> float:
    """Return by how many MB ``work(*args)`` raised the peak of a process of its own.

    ``work`` is a function of a module; what it loads on its first call counts, its arguments not.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_measure, args=(theirs, work, args))
    worker.start()
    theirs.close()
    found = ours.recv()
    worker.join()
    assert isinstance(found, float)
    return found


def _measure(pipe: Connection, work: Callable[..., object], args: tuple[Any, ...]) -> None:
    before = _peak()
    work(*args)
    pipe.send(_peak() - before)


def _peak() -> float:
    """Return this process's peak in MB; Linux alone tells it without the parent's share."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no peak in /proc/self/status")
