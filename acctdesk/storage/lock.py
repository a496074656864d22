"""One writer per book: a lock file that says who, on which machine, since when.

No operating-system lock: a book may lie on a shared folder where those are not kept, and the
sentence must name the holder. Beside a holder, a book can still be opened for reading.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.storage import faults

_TRIES = 20
_SAME_START = 2.0  # seconds by which two readings of one process's start may differ


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the book open for writing; ``started`` is the process's start in epoch seconds."""

    pid: int
    host: str
    started: float
    token: str


def lock_path(book: Path) -> Path:
    """Return where the lock of ``book`` is."""
    return book.with_name(book.name + ".lock")


def _started(pid: int) -> float | None:
    import psutil

    try:
        return float(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return None
    except psutil.Error:
        return 0.0  # alive, but not ours to look at


def _is_alive(holder: Holder) -> bool:
    started = _started(holder.pid)
    if started is None:
        return False
    return started == 0.0 or abs(started - holder.started) <= _SAME_START


def holder_of(book: Path) -> Holder | None:
    """Return who holds ``book``, alive or not; None where nobody does or the file is unreadable."""
    return _read(lock_path(book))


def is_held(book: Path) -> bool:
    """Tell whether a living process of this machine, or another machine, holds ``book``."""
    holder = holder_of(book)
    return holder is not None and (holder.host != platform.node() or _is_alive(holder))


def _read(path: Path) -> Holder | None:
    try:
        data = json.loads(path.read_bytes())
        return Holder(
            int(data["pid"]), str(data["host"]), float(data["started"]), str(data["token"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def held_elsewhere(name: str, host: str) -> UserError:
    """Return the question for a lock of another machine."""
    return UserError(
        msg(
            "Lock",
            "The book {name} seems to be open on the computer {host}. Open it here only if it is"
            " certainly closed there.",
            name=name,
            host=host,
        )
    )


def held_here(name: str) -> UserError:
    """Return the sentence for a book that is open in another window."""
    return UserError(
        msg(
            "Lock",
            "The book {name} is already open in another window.",
            name=name,
        )
    )


class BookLock:
    """The lock of one book, held from :meth:`acquire` to :meth:`release`."""

    def __init__(self, book: Path) -> None:
        self._book = book
        self._path = lock_path(book)
        self._mine: Holder | None = None

    def is_left_behind(self) -> bool:
        """Tell whether a holder on this machine died without giving the lock back."""
        holder = holder_of(self._book)
        return holder is not None and holder.host == platform.node() and not _is_alive(holder)

    def acquire(self, *, takeover: bool = False) -> None:
        """Take the lock; a dead holder on this machine is taken over.

        ``takeover`` also takes it from another machine: the officer said that it is closed there.

        Raises:
            UserError: a living process here has it, or another machine.
            EnvironmentFault: the folder cannot be written to.
        """
        with faults.faults_told(self._book):
            for _ in range(_TRIES):
                if self._create():
                    return
                self._clear_stale(takeover=takeover)
        raise held_here(self._book.name)

    def _create(self) -> bool:
        pid = os.getpid()
        mine = Holder(pid, platform.node(), _started(pid) or 0.0, secrets.token_hex(8))
        part = self._path.with_name(f"{self._path.name}.{mine.token}.part")
        part.write_text(json.dumps(asdict(mine)), encoding="utf-8")
        try:
            # a link makes the lock appear whole or not at all, and never over another
            os.link(part, self._path)
        except FileExistsError:
            return False
        except OSError:
            if not self._create_plainly(json.dumps(asdict(mine))):
                return False
        finally:
            part.unlink()
        self._mine = mine
        return True

    def _create_plainly(self, content: str) -> bool:
        # a file system without links
        try:
            with self._path.open("x", encoding="utf-8") as file:
                file.write(content)
        except FileExistsError:
            return False
        return True

    def _clear_stale(self, *, takeover: bool) -> None:
        holder = holder_of(self._book)
        if holder is not None:
            if holder.host != platform.node():
                if not takeover:
                    raise held_elsewhere(self._book.name, holder.host)
            elif _is_alive(holder):
                raise held_here(self._book.name)
        # only one of two takers can move the stale file away
        aside = self._path.with_name(f"{self._path.name}.{secrets.token_hex(8)}.stale")
        with contextlib.suppress(FileNotFoundError):
            moved = self._path.rename(aside)
            if _read(moved) != holder:
                # another taker was quicker and this is its living lock: put it back
                with contextlib.suppress(OSError):
                    os.link(moved, self._path)
            moved.unlink()

    def release(self) -> None:
        """Give the lock back; what another took over meanwhile is left alone."""
        holder = holder_of(self._book)
        if self._mine is not None and holder == self._mine:
            with contextlib.suppress(OSError):
                self._path.unlink()
        self._mine = None
