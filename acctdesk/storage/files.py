"""Files put in place whole: written aside, synced, renamed, the folder synced."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from pathlib import Path

_TRIES = 6


def sync_folder(folder: Path) -> None:
    """Make renames in ``folder`` last through a power cut; Windows has no such call."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Make the content of ``path`` last through a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def replace(source: Path, target: Path) -> None:
    """Rename ``source`` over ``target``.

    A virus scanner or a sync program may hold the target for a moment on Windows: a few tries.
    """
    for attempt in range(_TRIES):
        try:
            source.replace(target)
        except PermissionError:
            if attempt == _TRIES - 1:
                raise
            time.sleep(0.05 * 2**attempt)
        else:
            return


def remove(path: Path) -> None:
    """Remove a file that is in nobody's way if it stays, where it is there.

    On Windows it cannot be removed while another process reads it: a few tries.
    """
    for attempt in range(_TRIES):
        try:
            path.unlink(missing_ok=True)
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(0.05 * 2**attempt)
        else:
            return


def part_of(path: Path, suffix: str = "") -> Path:
    """Return where this process writes ``path`` before it is whole; ``suffix`` tells two apart."""
    return path.with_name(f"{path.name}.{os.getpid()}{suffix}.part")


def drop_parts(folder: Path, name: str) -> None:
    """Remove the parts of the file ``name`` that processes which are gone left in ``folder``."""
    pattern = re.compile(rf"{re.escape(name)}\.(\d+)(?:\.\w+)?\.part(?:-\w+)?")
    with contextlib.suppress(OSError):
        for left in list(folder.iterdir()):
            match = pattern.fullmatch(left.name)
            if match is not None and not _is_running(int(match[1])):
                with contextlib.suppress(OSError):
                    left.unlink()


def _is_running(pid: int) -> bool:
    import psutil

    return pid == os.getpid() or psutil.pid_exists(pid)


def write_atomically(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` so that it holds the old content or the new, never a mix."""
    drop_parts(path.parent, path.name)
    part = part_of(path)
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        replace(part, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            part.unlink()
    sync_folder(path.parent)
