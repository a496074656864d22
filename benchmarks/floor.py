"""A figure counts as a ratio to a floor taken in the same run: interleaved, median, peak memory."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

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
        return f"{self.name}: {self.ratio:.2f} x ({self.work:.2f} s against {self.floor:.2f} s)"


def interleaved(
    name: str,
    work: Callable[[], object],
    floor: Callable[[], object],
    *,
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.process_time,
) -> Measured:
    """Run work and floor in turn and return their medians.

    The clock counts this process's own time, so that a busy machine disturbs less; give
    ``time.perf_counter`` where waiting belongs to the work.
    """
    taken: Mapping[str, list[float]] = {"work": [], "floor": []}
    for number in range(rounds):
        # each goes first in every other round
        order = [("work", work), ("floor", floor)]
        for key, run in order if number % 2 else reversed(order):
            start = clock()
            run()
            taken[key].append(clock() - start)
    return Measured(name, statistics.median(taken["work"]), statistics.median(taken["floor"]))


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
