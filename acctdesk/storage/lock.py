"""One writer per book: a lock file that says who, on which machine, since when.

No operating-system lock: a book may lie on a shared folder where those are not kept, and the
sentence must name the holder. Beside a holder, a book can still be opened for reading.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.storage import faults, files

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
        return _parse(path.read_bytes())
    except OSError:
        return None


def _parse(content: bytes) -> Holder | None:
    try:
        data = json.loads(content)
        pid, started = int(data["pid"]), float(data["started"])
        return Holder(pid, str(data["host"]), started, str(data["token"]))
    except (ValueError, KeyError, TypeError):
        return None


def _content(holder: Holder) -> bytes:
    return json.dumps(asdict(holder)).encode("utf-8")


def _put_new(path: Path, holder: Holder) -> bool:
    """Make ``path`` whole or not at all, and never over another; tell whether it was made."""
    part = path.with_name(f"{path.name}.{holder.token}.part")
    try:
        part.write_bytes(_content(holder))
        return _link(part, path)
    finally:
        files.remove(part)


def _link(part: Path, path: Path) -> bool:
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        try:
            with path.open("xb") as file:
                file.write(part.read_bytes())
        except FileExistsError:
            return False
    return True


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
        pid = os.getpid()
        mine = Holder(pid, platform.node(), _started(pid) or 0.0, secrets.token_hex(8))
        with faults.faults_told(self._book):
            for attempt in range(_TRIES):
                try:
                    taken = _put_new(self._path, mine) or self._take_over(mine, takeover=takeover)
                except PermissionError:
                    # on Windows also where another taker reads or removes a file at this moment
                    if os.name != "nt" or attempt == _TRIES - 1:
                        raise
                    time.sleep(0.05)
                    continue
                if taken:
                    self._mine = mine
                    return
        raise held_here(self._book.name)

    def _take_over(self, mine: Holder, *, takeover: bool) -> bool:
        """Replace a stale lock; of several takers exactly one succeeds.

        Each stale content has one claim file, which only one taker can make. The lock is looked
        at again after the claim: a taker that comes late finds the winner's and gives way. Claims
        are removed only after the lock was replaced; the claim of a taker that died is stale
        content itself.
        """
        try:
            stale = self._path.read_bytes()
        except FileNotFoundError:
            return False
        self._refuse_living(stale, takeover=takeover)
        claims: list[Path] = []
        part = self._path.with_name(f"{self._path.name}.{mine.token}.part")
        content = stale
        while True:
            claim = self._claim(content)
            if _put_new(claim, mine):
                break
            claims.append(claim)
            try:
                content = claim.read_bytes()
            except FileNotFoundError:
                return False
            self._refuse_living(content, takeover=takeover)
        try:
            if self._path.read_bytes() != stale:
                return False
            part.write_bytes(_content(mine))
            files.replace(part, self._path)
        except FileNotFoundError:
            return False
        finally:
            files.remove(part)
            files.remove(claim)
        for claim in claims:
            files.remove(claim)
        return True

    def _claim(self, content: bytes) -> Path:
        digest = hashlib.sha256(content).hexdigest()[:16]
        return self._path.with_name(f"{self._path.name}.after-{digest}")

    def _refuse_living(self, content: bytes, *, takeover: bool) -> None:
        holder = _parse(content)
        if holder is None:
            return
        if holder.host != platform.node():
            if not takeover:
                raise held_elsewhere(self._book.name, holder.host)
        elif _is_alive(holder):
            raise held_here(self._book.name)

    def release(self) -> None:
        """Give the lock back; what another took over meanwhile is left alone."""
        holder = holder_of(self._book)
        if self._mine is not None and holder == self._mine:
            with contextlib.suppress(OSError):
                self._path.unlink()
        self._mine = None
