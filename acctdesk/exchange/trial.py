"""Trying files before they are imported: what a file holds, how it is understood, what it would do.

One child process keeps the files that were read, so that a changed mapping is tried at once. It
opens the book for each trial alone, under the lock of the process that has it, and writes nothing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import multiprocessing
import threading
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from acctdesk import i18n
from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.exchange.apply import ImportResult
from acctdesk.exchange.mapping import Mapping, blank, no_table
from acctdesk.exchange.problems import Problem
from acctdesk.exchange.runner import Cancelled, Progress, preview, stop_if, understand
from acctdesk.exchange.sheets import FileContent, read_file
from acctdesk.exchange.tables import find_tables
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Language, RecordKind
from acctdesk.services import child
from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book, KeyMaterial

_WAIT = 0.05  # seconds between looks at Cancel
_GRACE = 2.0  # seconds that a cancelled trial may take to end by itself


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Problems that say the same; ``places`` holds sheet and row of each, in the file's order."""

    first: Problem
    places: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """Return how many rows it is about."""
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Trial:
    """A file that was read, how it is understood, and what importing it would do.

    ``mapping``, ``result`` are None where what it holds could not be told: ``unknown`` says so
    then. ``headings`` are the first and last row of the headings.
    """

    path: Path
    name: str
    sha256: str
    rows: int
    sheets: tuple[str, ...]
    headings: tuple[int, int]
    mapping: Mapping | None = None
    result: ImportResult | None = None
    groups: tuple[ProblemGroup, ...] = ()
    unknown: Message | None = None


@dataclass(slots=True)
class Shelf:
    """The files read so far, each as long as it stays the same on disk."""

    _kept: dict[Path, tuple[tuple[int, int], FileContent]] = field(default_factory=dict)

    def read(self, path: Path, *, cancelled: Cancelled | None = None) -> FileContent:
        """Return what a file holds; see ``sheets.read_file``."""
        mark = _mark(path)
        kept = self._kept.get(path)
        if kept is not None and kept[0] == mark:
            return kept[1]
        content = read_file(path, cancelled=cancelled)
        if mark is not None:
            self._kept[path] = (mark, content)
        return content


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def grouped(problems: tuple[Problem, ...]) -> tuple[ProblemGroup, ...]:
    """Return problems with those that say the same together, in the order of the first of each."""
    found: dict[tuple[Any, ...], list[Problem]] = {}
    for one in problems:
        key = (one.code, one.done, one.field, one.value, one.what.text, str(dict(one.what.args)))
        found.setdefault(key, []).append(one)
    return tuple(
        ProblemGroup(same[0], tuple((one.sheet, one.row) for one in same))
        for same in found.values()
    )


def try_file(
    desk: Desk,
    shelf: Shelf,
    path: Path,
    *,
    kind: RecordKind | None = None,
    mapping: Mapping | None = None,
    same: frozenset[str] | None = None,
    today: dt.date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Trial:
    """Read a file, understand it by ``mapping``, by ``kind`` or by itself, and say what it does.

    With a ``kind`` in which no column could be told, the mapping comes back blank. ``same``
    is as in ``ParsedFile``.

    Raises:
        UserError: the file cannot be read or holds no table, or the trial was cancelled.
    """
    tell = progress or (lambda _share: None)
    content = shelf.read(path, cancelled=cancelled)
    stop_if(cancelled)
    tell(0.5)
    tables = find_tables(content)
    if not tables:
        raise no_table(content)
    main = max(tables, key=lambda one: len(one.rows))
    trial = Trial(
        path=path,
        name=content.name,
        sha256=content.sha256,
        rows=len(main.rows),
        sheets=(main.sheet,),
        headings=(main.header_row - main.heading_lines + 1, main.header_row),
    )
    try:
        prepared = understand(desk, content, kind=kind, mapping=mapping, same=same, today=today)
    except EnvironmentFault:
        raise
    except UserError as error:
        if kind is None:
            return replace(trial, unknown=error.message)
        made = blank(content, kind)
        prepared = understand(desk, content, mapping=made, today=today)
    stop_if(cancelled)
    tell(0.8)
    sizes = Counter({one.sheet: len(one.rows) for one in tables})
    read = prepared.mapping.sheets or tuple(sizes)
    result = preview(desk, prepared)
    return replace(
        trial,
        rows=sum(sizes[sheet] for sheet in read),
        sheets=read,
        mapping=prepared.mapping,
        result=result,
        groups=grouped(result.problems),
    )


@dataclass(frozen=True, slots=True)
class _Order:
    """What the child is asked to try; goes over the pipe, never on a command line."""

    material: KeyMaterial
    path: Path
    kind: RecordKind | None
    mapping: Mapping | None
    same: frozenset[str] | None
    today: dt.date
    language: Language


class TrialBench:
    """The child process that tries files, started when it is first needed; for any thread."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._end: Finalize | None = None
        self._pipe: Connection
        self._stop: Event
        self._worker: Any

    def try_file(
        self,
        desk: Desk,
        path: Path,
        *,
        kind: RecordKind | None = None,
        mapping: Mapping | None = None,
        same: frozenset[str] | None = None,
        today: dt.date,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Trial:
        """Do as :func:`try_file` in the child process; call it from a worker thread.

        Raises:
            UserError: as :func:`try_file`.
            EnvironmentFault: the machine or the book failed.
        """
        material = desk.book.key_material()
        order = _Order(material, path, kind, mapping, same, today, i18n.language())
        with self._turn:
            self._start()
            try:
                self._stop.clear()
                child.send(self._pipe, order)
                what, value = self._follow(progress, cancelled)
            except (EOFError, OSError):
                what, value = "ended", None
            if what in {"ended", "stopped"}:
                self._close()
        if what == "tried":
            assert isinstance(value, Trial)
            return value
        raise _error(what, value)

    def close(self) -> None:
        """End the child process, and forget the files; the next trial starts another."""
        with self._turn:
            self._close()

    def _close(self) -> None:
        if self._end is not None:
            self._end()
            self._end = None

    def _start(self) -> None:
        if self._end is not None and self._worker.is_alive():
            return
        self._close()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._stop = context.Event()
        self._worker = context.Process(target=_work, args=(theirs, self._stop))
        self._worker.start()
        theirs.close()
        # whatever happens to the bench, its child must not outlive the program; an exit waits for
        # children, and this is called before it does
        self._end = Finalize(self, _end, (self._pipe, self._worker), exitpriority=0)

    def _follow(self, progress: Progress | None, cancelled: Cancelled | None) -> tuple[str, Any]:
        until: float | None = None
        while True:
            if self._pipe.poll(_WAIT):
                what, value = self._pipe.recv()
                if what != "progress":
                    return what, value
                if progress is not None:
                    progress(value)
            elif not self._worker.is_alive() and not self._pipe.poll(0):
                return "ended", None
            if until is None and cancelled is not None and cancelled():
                self._stop.set()
                until = time.monotonic() + _GRACE
            if until is not None and time.monotonic() > until:
                return "stopped", None


def _end(pipe: Connection, worker: Any) -> None:
    pipe.close()
    worker.join(1)
    if worker.is_alive():
        worker.kill()
        worker.join()


def _error(what: str, value: Any) -> Exception:
    if what == "stopped":
        return UserError(msg("File", "Cancelled. Nothing was changed."))
    return child.exception(
        what,
        value,
        ended=msg("File", "Reading ended before it was done. Nothing was changed; try it again."),
    )


def _work(pipe: Connection, stop: Event) -> None:
    shelf = Shelf()
    with contextlib.suppress(EOFError, OSError), pipe:
        while True:
            order: _Order = child.receive(pipe)
            i18n.set_language(order.language)
            pipe.send(_answer(order, shelf, pipe, stop))


def _answer(order: _Order, shelf: Shelf, pipe: Connection, stop: Event) -> tuple[str, Any]:
    try:
        with Book.join(order.material) as book:
            return "tried", try_file(
                Desk(book),
                shelf,
                order.path,
                kind=order.kind,
                mapping=order.mapping,
                same=order.same,
                today=order.today,
                progress=lambda share: pipe.send(("progress", share)),
                cancelled=stop.is_set,
            )
    except (EOFError, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001 - a bug here is told as one in the parent
        return child.failure(error)
