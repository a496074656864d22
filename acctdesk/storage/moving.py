"""A closed book in another place or under another name, with its key and its backups.

Everything is copied and compared first; what was there goes last. A program killed in between
leaves the book where it was, or whole in both places, never in none.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from acctdesk.storage import backup, faults, files, restore
from acctdesk.storage.lock import BookLock
from acctdesk.storage.paths import EXTENSION, envelope_path

_BLOCK = 1 << 20
_LEFT = ("", "-wal", "-shm", "-journal", ".key")  # without its key a book is still known as one
_MOVED = (".key", "-wal", "")  # the file itself comes last: a key alone is no book


def move_book(book: Path, target: Path) -> None:
    """Move the closed book at ``book`` to ``target``, which must be free.

    Raises:
        UserError: something is at ``target``, or the book is open; nothing was changed.
        EnvironmentFault: a disk is full or may not be written to; the book is where it was.
    """
    check_free(target)
    lock = BookLock(book)
    lock.acquire()
    try:
        with faults.faults_told(book):
            restore.finish(book)
            _make_folder(target.parent)
            files.drop_parts(target.parent, target.name)
            _copy_whole(book, target)
            for one in _lay_backups(book, target):
                one.unlink()
            for side in _LEFT:
                book.with_name(book.name + side).unlink(missing_ok=True)
            files.sync_folder(book.parent)
            with contextlib.suppress(OSError):  # something else is in it, or it was never made
                backup.folder_of(book).rmdir()
    finally:
        lock.release()


def check_free(target: Path) -> None:
    """Look whether nothing of a book is at ``target``.

    Raises:
        UserError: something is there.
    """
    for taken in (target, envelope_path(target), backup.folder_of(target)):
        if os.path.lexists(taken):
            raise faults.already_there(taken.name)


def _copy_whole(book: Path, target: Path) -> None:
    made: list[Path] = []
    try:
        for side in _MOVED:
            source = book.with_name(book.name + side)
            if source.exists():
                made.append(target.with_name(target.name + side))
                _copy(source, made[-1])
    except BaseException:
        for one in made:
            one.unlink(missing_ok=True)
        raise
    files.sync_folder(target.parent)


def _copy(source: Path, target: Path) -> None:
    part = files.part_of(target)
    try:
        digest = hashlib.sha256()
        with source.open("rb") as old, part.open("wb") as new:
            while block := old.read(_BLOCK):
                digest.update(block)
                new.write(block)
            new.flush()
            os.fsync(new.fileno())
        with part.open("rb") as written:
            if backup.digest_of(written) != digest.hexdigest():
                raise faults.io_failed()
        files.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def _lay_backups(book: Path, target: Path) -> list[Path]:
    """Let the backups follow under the new name; return those that lie there, by their old place.

    One that cannot follow stays where it is, and the book moves all the same.
    """
    folder, start = backup.folder_of(target), len(book.name.removesuffix(EXTENSION))
    followed: list[Path] = []
    for one in backup.list_backups(book):
        place = folder / (target.name.removesuffix(EXTENSION) + one.path.name[start:])
        with contextlib.suppress(OSError):
            _make_folder(folder)
            try:
                os.link(one.path, place)  # what is never written again may have two names
            except OSError:
                _copy(one.path, place)
            followed.append(one.path)
    if followed:
        files.sync_folder(folder)
    return followed


def _make_folder(folder: Path) -> None:
    for one in reversed([folder, *folder.parents]):
        if not one.exists():
            one.mkdir(exist_ok=True)
            files.sync_folder(one.parent)
