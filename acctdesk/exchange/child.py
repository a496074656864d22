"""The child process that reads workbooks: it may fail in any way without harm to the program."""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg

if TYPE_CHECKING:
    from acctdesk.exchange.sheets import Cell, Limits, SheetData

_WAIT = 0.1


def read_workbook(
    path: Path, *, limits: Limits, cancelled: Callable[[], bool] | None = None
) -> list[SheetData]:
    """Return the sheets of a workbook.

    Raises:
        UserError: it is damaged or too large, takes too long, or the officer cancelled.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(str(path), limits, sender), daemon=True)
    worker.start()
    sender.close()
    answer: Any = None
    why = msg("File", "it is damaged. Ask for it again.")
    until = time.monotonic() + limits.seconds
    try:
        while True:
            if receiver.poll(_WAIT):
                with contextlib.suppress(EOFError, OSError):
                    answer = receiver.recv()
                break
            if cancelled is not None and cancelled():
                raise UserError(msg("File", "Cancelled. Nothing was changed."))
            if time.monotonic() > until:
                why = msg("File", "reading it takes too long.")
                break
            if not worker.is_alive() and not receiver.poll(0):
                break
    finally:
        receiver.close()
        if worker.is_alive():
            worker.kill() if answer is None else None
        worker.join()
    if isinstance(answer, list):
        return answer
    if answer == "large":
        why = msg("File", "it is too large.")
    raise _refusal(path, why)


def _refusal(path: Path, why: Message) -> UserError:
    return UserError(
        msg("File", "{name} was not read: {why} Nothing was changed.", name=path.name, why=why)
    )


def _work(path: str, limits: Limits, sender: Connection) -> None:
    # the reader library prints a trace of its own where a hostile file makes it fail
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # not every system can limit a process from inside
    try:
        answer: Any = _sheets(Path(path), limits)
    except MemoryError:
        answer = "large"
    except BaseException:  # noqa: BLE001 - whatever a damaged file does, the parent says one sentence
        answer = "damaged"
    with contextlib.suppress(OSError):
        sender.send(answer)
    sender.close()


def _sheets(path: Path, limits: Limits) -> list[SheetData] | str:
    from python_calamine import CalamineWorkbook

    from acctdesk.exchange.sheets import SheetData

    found = []
    book = CalamineWorkbook.from_path(str(path))
    total = 0
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height > limits.rows or sheet.width > limits.columns * 10:
            return "large"
        total += sheet.height * min(sheet.width, limits.columns)
        if total > limits.cells:
            return "large"
        rows = [
            tuple(_cell(value) for value in row[: limits.columns])
            for row in sheet.to_python(skip_empty_area=True)
        ]
        start = sheet.start
        left = start[1] if start else 0
        if left:
            rows = [(None,) * left + row for row in rows]
        found.append(SheetData(name, rows, (start[0] if start else 0) + 1))
    return found


def _cell(value: Any) -> Cell:
    if value == "":
        return None
    if isinstance(value, float):
        if not math.isfinite(value):  # no office program writes one
            return None
        if value.is_integer() and abs(value) < 1e15:
            return int(value)
    return value  # type: ignore[no-any-return]
