"""An import in a child process: the window stays free while rows are read, matched and written.

The child joins the book under the parent's lock, with the key handed over by pipe; progress, the
result and the ChangeSet come back the same way. Killing it at any moment leaves the book as it
was, for the import is one transaction.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import multiprocessing
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from acctdesk import i18n
from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.exchange.apply import ImportResult
from acctdesk.exchange.mapping import Mapping
from acctdesk.exchange.runner import Cancelled, Progress, import_with_changes
from acctdesk.i18n import msg
from acctdesk.kinds import Language, RecordKind
from acctdesk.services.desk import Desk, Result
from acctdesk.storage.book import Book, KeyMaterial

_WAIT = 0.1  # seconds between looks at Cancel


@dataclass(frozen=True, slots=True)
class _Order:
    """What the child is asked to do; goes over the pipe, never on a command line."""

    material: KeyMaterial
    path: Path
    kind: RecordKind | None
    mapping: Mapping | None
    dry_run: bool
    today: dt.date
    backup: bool
    remember: bool | None
    language: Language


def import_in_child(
    desk: Desk,
    path: str | Path,
    *,
    kind: RecordKind | None = None,
    mapping: Mapping | None = None,
    dry_run: bool = False,
    today: dt.date,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    backup: bool = True,
    remember: bool | None = None,
) -> Result[ImportResult]:
    """Do as ``runner.import_with_changes`` in a child process; call it from a worker thread.

    While it runs nothing else of this process may write to the book: call it where commands take
    turns. A dry run returns an empty ChangeSet.

    Raises:
        UserError: the file cannot be read or understood, or the import was cancelled; nothing was
            changed.
        EnvironmentFault: the machine or the file failed; nothing was changed.
    """
    order = _Order(
        desk.book.key_material(),
        Path(path),
        kind,
        mapping,
        dry_run,
        today,
        backup,
        remember,
        i18n.language(),
    )
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    stop = context.Event()
    worker = context.Process(target=_work, args=(theirs, stop))
    worker.start()
    theirs.close()
    try:
        ours.send(order)
        answer = _follow(ours, worker, stop, progress, cancelled)
    finally:
        ours.close()
        if worker.is_alive():
            worker.join(5)
        if worker.is_alive():
            worker.kill()
            worker.join()
    return _value(answer)


def _follow(
    ours: Connection,
    worker: Any,
    stop: Event,
    progress: Progress | None,
    cancelled: Cancelled | None,
) -> tuple[str, Any]:
    while True:
        if ours.poll(_WAIT):
            try:
                what, value = ours.recv()
            except (EOFError, OSError):
                return "ended", None
            if what != "progress":
                return what, value
            if progress is not None:
                progress(value)
        elif not worker.is_alive() and not ours.poll(0):
            return "ended", None
        if cancelled is not None and cancelled():
            stop.set()


def _value(answer: tuple[str, Any]) -> Result[ImportResult]:
    what, value = answer
    if what == "done":
        result, changes = value
        return Result(result, changes)
    if what == "refused":
        raise UserError(value)
    if what == "fault":
        message, safe, remedy = value
        raise EnvironmentFault(message, safe=safe, remedy=remedy)
    if what == "bug":
        raise RuntimeError(value)
    raise UserError(
        msg("Import", "The import ended before it was done. Nothing was changed; try it again.")
    )


def _work(pipe: Connection, stop: Event) -> None:
    with contextlib.suppress(EOFError, OSError), pipe:
        order: _Order = pipe.recv()
        i18n.set_language(order.language)
        pipe.send(_carry_out(order, pipe, stop))


def _carry_out(order: _Order, pipe: Connection, stop: Event) -> tuple[str, Any]:
    try:
        with Book.join(order.material) as book:
            return "done", import_with_changes(
                Desk(book),
                order.path,
                kind=order.kind,
                mapping=order.mapping,
                dry_run=order.dry_run,
                today=order.today,
                progress=lambda share: pipe.send(("progress", share)),
                cancelled=stop.is_set,
                backup=order.backup,
                remember=order.remember,
            )
    except EnvironmentFault as fault:
        return "fault", (fault.message, fault.safe, fault.remedy)
    except UserError as error:
        return "refused", error.message
    except Exception:  # noqa: BLE001 - a bug here is told as one in the parent
        return "bug", traceback.format_exc()
