"""What is kept of a book: backups made when they are due, listed, and put back in its place."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass
from pathlib import Path

from acctdesk.services.desk import Desk
from acctdesk.storage import backup, faults, journal, moving, restore


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup as the officer chooses among them; ``size`` in bytes, ``made_at`` in UTC.

    ``reason`` is empty, or says before what it was made (before-update, before-import).
    """

    path: Path
    made_at: dt.datetime
    reason: str
    size: int


def backups_of(book: Path) -> list[BackupRow]:
    """Return the backups beside the book at ``book``, newest first."""
    return [
        BackupRow(one.path, one.made_at, one.reason, one.size) for one in backup.list_backups(book)
    ]


def back_up_at_start(desk: Desk, *, now: dt.datetime) -> Path | None:
    """Back the book up where half an hour has passed since the last time and it has changed.

    Raises:
        EnvironmentFault: the backup could not be made; the book and older backups stand.
    """
    if desk.book.read_only or not backup.is_due(
        desk.book.path, now=now, changed_at=last_change(desk)
    ):
        return None
    return desk.backup()


def is_unsaved(desk: Desk) -> bool:
    """Tell whether the book has changes that no backup holds."""
    changed = last_change(desk)
    if changed is None or desk.book.read_only:
        return False
    newest = next(iter(backup.list_backups(desk.book.path)), None)
    return newest is None or changed > newest.made_at


def back_up_at_end(desk: Desk) -> Path | None:
    """Back the book up where a change is in no backup.

    Raises:
        EnvironmentFault: as :func:`back_up_at_start`.
    """
    return desk.backup() if is_unsaved(desk) else None


def last_change(desk: Desk) -> dt.datetime | None:
    """Return when the book was last changed, by its own clock; None: never."""
    with desk.book.reader() as session:
        return journal.last_change(session.connection())


def restore_backup(file: Path, book: Path) -> Path | None:
    """Put the book in a backup at ``book``; return where the one that was there went, if any.

    Nothing is deleted: the current file is renamed.

    Raises:
        UserError: not a backup, a damaged one, or the book is open; nothing was changed.
        EnvironmentFault: the disk is full or not writable; nothing was changed.
    """
    return backup.restore_backup(file, book)


def name_inside(file: Path) -> str:
    """Return the file name of the book that a backup holds; every byte of it is checked.

    Raises:
        UserError: not a backup, or a damaged one.
    """
    return Path(str(restore.read_manifest(file).get("book", file.name))).name


def move_book(book: Path, target: Path) -> Path:
    """Move the closed book at ``book``, its key and its backups to ``target``; return that.

    Raises:
        UserError: something is at ``target``, or the book is open; nothing was changed.
        EnvironmentFault: a disk is full or may not be written to; the book is where it was.
    """
    moving.move_book(book, target)
    return target


def copy_book(desk: Desk, target: Path) -> Path:
    """Copy the open book to ``target``, checked as a backup is; return that.

    The copy opens with the same password and recovery code. Raises as :func:`move_book`.
    """
    moving.check_free(target)
    with faults.faults_told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".acctdesk-") as folder:
            restore.restore_backup(desk.backup(Path(folder)), target)
    return target
