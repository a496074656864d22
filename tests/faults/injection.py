"""Failing or killing the n-th system call of an operation, by strace, in a process of its own.

The process is forked from a server that has everything loaded already; strace joins it before the
operation begins, so that the calls are counted from there. What the operation told is written by a
call of its own (``writev``) that nothing here makes fail.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import random
import re
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

Tell = Callable[[str], None]
Act = Callable[[Path, Tell], None]

STRACE = shutil.which("strace")
WRITING = ("write", "pwrite64", "ftruncate", "fsync", "fdatasync")
NAMING = ("openat", "rename", "unlink", "link", "mkdir")
_LINE = re.compile(r"(?P<pid>\d+) +(?P<call>\w+)\((?P<rest>.*)")
_ANYBODY = ctypes.c_ulong(-1)
_SET_PTRACER = 0x59616D61


@dataclass(frozen=True, slots=True)
class Hit:
    """One system call: the ``number``-th of its name that the operation makes."""

    call: str
    number: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at a hit: ``what`` in strace's words; ``lasting`` also to all later calls."""

    what: str
    calls: tuple[str, ...]
    lasting: bool = False

    def at(self, hit: Hit) -> str:
        """Return strace's expression for this fault at one call."""
        return f"inject={hit.call}:{self.what}:when={hit.number}{'+' if self.lasting else ''}"


KILL = Fault(f"signal={int(signal.SIGKILL)}", (*WRITING, *NAMING))
FULL = Fault("error=ENOSPC", ("write", "pwrite64", "mkdir"), lasting=True)
FULL_ONCE = Fault("error=ENOSPC", ("write", "pwrite64"))
BROKEN_WRITE = Fault("error=EIO", ("write", "pwrite64"))
BROKEN_SYNC = Fault("error=EIO", ("fsync", "fdatasync"), lasting=True)


def run(act: Act, folder: Path, *strace: str) -> list[str]:
    """Let ``act`` work on ``folder`` in a process of its own and return what it told.

    A line "error: TYPE: WORDS" stands for an exception; without a last line "end" it was killed.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.operations"])
    ours, theirs = context.Pipe()
    worker = context.Process(target=_work, args=(theirs, act, folder))
    worker.start()
    theirs.close()
    assert worker.pid is not None
    tracer = _joined(worker.pid, strace) if strace else None
    ours.send("go")
    told = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := os.read(ours.fileno(), 1 << 16):
            told += piece
    worker.join()
    if tracer is not None:
        tracer.wait()
        assert tracer.stderr is not None
        tracer.stderr.close()
    ours.close()
    return told.decode("utf-8").splitlines()


def _joined(pid: int, options: Sequence[str]) -> subprocess.Popen[str]:
    tracer = subprocess.Popen(
        ["strace", "-f", "-p", str(pid), *options], stderr=subprocess.PIPE, text=True
    )
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    assert "attached" in said, said
    return tracer


def _work(pipe: Connection, act: Act, folder: Path) -> None:
    ctypes.CDLL(None).prctl(_SET_PTRACER, _ANYBODY, 0, 0, 0)  # strace is no parent of ours
    pipe.recv()

    def tell(line: str) -> None:
        os.writev(pipe.fileno(), [line.encode("utf-8"), b"\n"])

    try:
        act(folder, tell)
    except BaseException as error:  # noqa: BLE001 - it is told to the test
        from acctdesk.errors import EnvironmentFault

        told = "fault" if isinstance(error, EnvironmentFault) else type(error).__name__
        tell(f"error: {told}: {error}".replace("\n", " "))
    tell("end")
    os._exit(0)


def hits(act: Act, folder: Path, log: Path) -> list[Hit]:
    """Return the calls that ``act`` makes on files in ``folder``, in order."""
    calls = ",".join((*WRITING, *NAMING))
    told = run(act, folder, "-y", "-s", "0", "-e", f"trace={calls}", "-e", "signal=none", "-o", str(log))  # fmt: skip
    assert told[-1] == "end", told
    assert not any(line.startswith("error") for line in told), told
    counted: Counter[tuple[str, str]] = Counter()
    found = []
    for line in log.read_text(encoding="utf-8").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        counted[match["pid"], match["call"]] += 1
        reading = match["call"] == "openat" and "O_CREAT" not in line
        if str(folder) in match["rest"] and not reading and "-shm" not in match["rest"]:
            found.append(Hit(match["call"], counted[match["pid"], match["call"]]))
    return found


def sample(found: Sequence[Hit], fault: Fault, most: int, seed: str) -> list[Hit]:
    """Return at most ``most`` of the calls that ``fault`` can strike, in order, spread evenly."""
    fitting = [hit for hit in found if hit.call in fault.calls]
    if len(fitting) <= most:
        return fitting
    drawn = random.Random(seed)
    step = len(fitting) / most
    return [fitting[int(place * step + drawn.random() * step)] for place in range(most)]


def struck(act: Act, folder: Path, fault: Fault, hit: Hit) -> list[str]:
    """Run ``act`` with ``fault`` at ``hit`` and return what it told."""
    return run(
        act, folder, "-e", f"trace={hit.call}", "-e", "signal=none", "-e", fault.at(hit), "-o", os.devnull
    )  # fmt: skip
