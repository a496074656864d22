"""Verified backups: one file each, holding the book and its key envelope, thinned with age.

A backup is a stored (not compressed) zip, ``NAME-20261124T101500Z.acctbackup``: the database as a
single file without a write-ahead log, the envelope of an encrypted book as it was, and a manifest
with the SHA-256 of both. It is made beside its place under another name, read back in full, and
only then renamed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy import func, select, table
from sqlalchemy.dialects import sqlite

from acctdesk.errors import EnvironmentFault
from acctdesk.i18n import msg
from acctdesk.models.base import utc_now
from acctdesk.storage import faults, files, migrate, paths
from acctdesk.storage.engine import connect

if TYPE_CHECKING:
    from acctdesk.storage.book import Book
    from acctdesk.storage.envelope import Key

SUFFIX = ".acctbackup"
BOOK_ENTRY = "book.acctbook"
KEY_ENTRY = "book.acctbook.key"
MANIFEST_ENTRY = "manifest.json"
FORMAT = "acctdesk-backup"
VERSION = 1
EVERY = dt.timedelta(minutes=30)
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<stamp>\d{8}T\d{6}Z)(?:-(?P<number>\d+))?(?:-(?P<reason>[a-z-]+))?")
_BLOCK = 1 << 20
BEFORE_MIGRATION = "before-update"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file. ``reason`` is empty, or says before what it was made."""

    path: Path
    made_at: dt.datetime
    reason: str
    size: int


def folder_of(book: Path) -> Path:
    """Return the folder of the backups of the book at ``book``."""
    return book.with_name(book.name.removesuffix(".acctbook") + "-backups")


def make_backup(
    book: Book,
    to: Path | None = None,
    *,
    reason: str = "",
    now: dt.datetime | None = None,
) -> Path:
    """Make a verified backup in ``to`` (the book's own folder by default) and return its path.

    ``reason`` is lower-case words joined by hyphens, e.g. ``before-import``. In the book's own
    folder older backups are thinned afterwards.

    Raises:
        EnvironmentFault: the disk is full or not writable, or the copy is not whole; no part of
            it is left and older backups stand.
    """
    at = now or utc_now()
    with book.source_of_copy() as source:
        made = _make(book.path, key=book.key, to=to, reason=reason, now=at, source=source)
    if to is None:
        thin_backups(book.path, now=at)
    return made


def restore_backup(backup: Path, book_path: Path, *, now: dt.datetime | None = None) -> Path | None:
    """Put the book in ``backup`` at ``book_path``: see :mod:`acctdesk.storage.restore`."""
    from acctdesk.storage import restore

    return restore.restore_backup(backup, book_path, now=now)


def before_migration(path: Path, *, key: Key | None) -> Path:
    """Back up a book that is about to be migrated."""
    return _make(path, key=key, to=None, reason=BEFORE_MIGRATION, now=utc_now())


def _make(
    path: Path,
    *,
    key: Key | None,
    to: Path | None,
    reason: str,
    now: dt.datetime,
    source: Any = None,
) -> Path:
    folder = to or folder_of(path)
    # the disk that fails here is the backups': the sentence must not say that the book is damaged
    with faults.faults_told(folder):
        if not path.exists():  # the disk was pulled out: its folder is not made again elsewhere
            raise faults.gone(path.name)
        folder.mkdir(parents=True, exist_ok=True)
        drop_parts(path, folder)
        copy = files.part_of(folder / f".{path.name}")
        packed = files.part_of(folder / f".{path.name}", ".zip")
        try:
            counts = _copy(path, copy, key=key, source=source)
            _verify(copy, key=key, counts=counts, name=path.name)
            _pack(path, copy, packed, counts=counts, reason=reason, now=now)
            target = _free_name(folder, path, reason, now)
            files.replace(packed, target)
            files.sync_folder(folder)
        finally:
            for left in (packed, *(copy.with_name(copy.name + side) for side in _SIDES)):
                with contextlib.suppress(OSError):
                    left.unlink()
    return target


def drop_parts(path: Path, folder: Path | None = None) -> None:
    """Remove what a killed backup of the book at ``path`` left in ``folder`` or in its own."""
    files.drop_parts(folder or folder_of(path), f".{path.name}")


_SIDES = ("", "-journal", "-wal", "-shm")


def _copy(path: Path, copy: Path, *, key: Key | None, source: Any) -> dict[str, int]:
    """Copy the book online into a keyed file; return the row counts of the state copied.

    ``source`` is a connection to the book, None where what stands at ``path`` is the book.
    """
    own = source is None
    if own:
        # the last connection that may write takes the log away with it; one for reading leaves it
        source = connect(path, key=key, mode="rw" if os.access(path, os.W_OK) else "ro")
    try:
        source.execute("PRAGMA query_only = ON")
        # under the same key; SQLCipher refuses a destination without one, a plain one would leak
        target = connect(copy, key=key, mode="rwc")
        try:
            source.execute("BEGIN")
            counts = _counts(source)
            source.backup(target)
            source.execute("ROLLBACK")
            # the copy inherits the write-ahead mode and would not be one file
            target.execute("PRAGMA journal_mode = DELETE").fetchall()
        finally:
            target.close()
    finally:
        if own:
            source.close()
    return counts


def _counts(connection: Any) -> dict[str, int]:
    names = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name"
        )
    ]
    return {name: _count(connection, name) for name in names}


def _count(connection: Any, name: str) -> int:
    return int(connection.execute(_counting(name)).fetchone()[0])


@cache
def _counting(name: str) -> str:
    return str(select(func.count()).select_from(table(name)).compile(dialect=sqlite.dialect()))


def _verify(copy: Path, *, key: Key | None, counts: dict[str, int], name: str) -> None:
    connection = connect(copy, key=key, mode="ro")
    try:
        migrate.check_version(connection, name=name)
        found = _counts(connection)
        # table by table: asked at once it would also read through the search index's own content,
        # which a copy of the pages cannot change and which takes twice as long as all the rest
        checks = (
            connection.execute(f'PRAGMA quick_check("{table}")').fetchall() for table in found
        )
        if found != counts or any(check != [("ok",)] for check in checks):
            raise _not_whole(name)
    finally:
        connection.close()


def _not_whole(name: str) -> EnvironmentFault:
    return EnvironmentFault(
        msg("Backup", "The backup of {name} could not be verified and was not kept.", name=name),
        safe=msg("Backup", "The book and its older backups were left as they are."),
        remedy=msg("Backup", "Check the book, then make a backup on another disk."),
    )


def digest_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of an open file, as hexadecimal text."""
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _pack(
    path: Path, copy: Path, packed: Path, *, counts: dict[str, int], reason: str, now: dt.datetime
) -> None:
    entries = [(BOOK_ENTRY, copy)]
    key_file = paths.envelope_path(path)
    if key_file.exists():
        entries.append((KEY_ENTRY, key_file))
    with packed.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            digests = {name: _store(archive, name, source) for name, source in entries}
            manifest = {
                "format": FORMAT,
                "version": VERSION,
                "book": path.name,
                "made_at": now.isoformat(),
                "reason": reason,
                "encrypted": len(entries) > 1,
                "rows": sum(counts.values()),
                "sha256": digests,
            }
            archive.writestr(MANIFEST_ENTRY, json.dumps(manifest, ensure_ascii=False, indent=1))
        file.flush()
        os.fsync(file.fileno())


def _store(archive: zipfile.ZipFile, name: str, source: Path) -> str:
    """Put a file into the archive as it is, in one reading, and return its SHA-256."""
    digest = hashlib.sha256()
    entry = zipfile.ZipInfo.from_file(source, name)
    with source.open("rb") as reading, archive.open(entry, "w") as writing:
        while block := reading.read(_BLOCK):
            digest.update(block)
            writing.write(block)
    return digest.hexdigest()


def _free_name(folder: Path, path: Path, reason: str, now: dt.datetime) -> Path:
    stem = f"{path.name.removesuffix('.acctbook')}-{now.astimezone(dt.UTC).strftime(_STAMP)}"
    tail = f"-{reason}" if reason else ""
    number = 1
    target = folder / f"{stem}{tail}{SUFFIX}"
    while target.exists():
        number += 1
        target = folder / f"{stem}-{number}{tail}{SUFFIX}"
    return target


def list_backups(book: Path) -> list[Backup]:
    """Return the backups of the book at ``book``, newest first; what is no backup is left out."""
    folder = folder_of(book)
    start = book.name.removesuffix(".acctbook") + "-"
    found = []
    with contextlib.suppress(OSError):
        for entry in sorted(folder.iterdir(), reverse=True):
            if not entry.name.startswith(start) or entry.suffix != SUFFIX:
                continue
            match = _NAME.fullmatch(entry.name[len(start) : -len(SUFFIX)])
            if match is None:
                continue
            made = dt.datetime.strptime(match["stamp"], _STAMP).replace(tzinfo=dt.UTC)
            found.append(Backup(entry, made, match["reason"] or "", entry.stat().st_size))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def envelopes(book: Path) -> Iterator[bytes]:
    """Give the envelopes kept in the backups of the book at ``book``, newest first."""
    for backup in list_backups(book):
        with contextlib.suppress(OSError, KeyError, zipfile.BadZipFile):
            with zipfile.ZipFile(backup.path) as archive:
                content = archive.read(KEY_ENTRY)
            yield content


def is_due(book: Path, *, now: dt.datetime, changed_at: dt.datetime | None) -> bool:
    """Tell whether a backup should be made at start: the last is old and something changed."""
    newest = next(iter(list_backups(book)), None)
    if newest is None:
        return changed_at is not None
    return now - newest.made_at > EVERY and changed_at is not None and changed_at > newest.made_at


def kept_by_age(backups: list[Backup], *, now: dt.datetime) -> set[Path]:
    """Return which of ``backups`` are kept.

    All of today and yesterday, then the newest of each of 7 days, 4 weeks and 12 months; always
    the newest of all, those made before a migration for 30 days, and any from the future (a
    clock that went back thins nothing away).
    """
    today = now.astimezone(dt.UTC).date()
    ordered = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    kept = {backup.path for backup in ordered[:1]}
    older: list[Backup] = []
    for backup in ordered:
        age = (today - backup.made_at.date()).days
        fresh_migration = backup.reason == BEFORE_MIGRATION and age < 30
        if age <= 1 or fresh_migration:
            kept.add(backup.path)
        if age > 1:
            older.append(backup)
    for places, period in ((7, _day), (4, _week), (12, _month)):
        seen: dict[tuple[int, ...], Path] = {}
        for backup in older:
            seen.setdefault(period(backup.made_at), backup.path)
        kept.update(list(seen.values())[:places])
    return kept


def _day(at: dt.datetime) -> tuple[int, ...]:
    return (at.year, at.month, at.day)


def _week(at: dt.datetime) -> tuple[int, ...]:
    return tuple(at.isocalendar()[:2])


def _month(at: dt.datetime) -> tuple[int, ...]:
    return (at.year, at.month)


def thin_backups(book: Path, *, now: dt.datetime) -> list[Path]:
    """Delete the backups that age no longer keeps and return their paths."""
    backups = list_backups(book)
    kept = kept_by_age(backups, now=now)
    gone = []
    for backup in backups:
        if backup.path not in kept:
            with contextlib.suppress(OSError):
                backup.path.unlink()
                gone.append(backup.path)
    return gone
