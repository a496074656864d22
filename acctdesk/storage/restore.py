"""Putting a backup in place of a book, and a damaged book aside: nothing is ever deleted.

The new files are laid beside the book and checked. Then a list of renames is written down, and
done: a program killed in between finds the list at the next opening and does the rest, so that a
book never stands beside another book's key.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.models.base import utc_now
from acctdesk.storage import backup as backups
from acctdesk.storage import faults, files
from acctdesk.storage.lock import BookLock
from acctdesk.storage.paths import envelope_path, renames_path, unpacked_path

_SIDES = ("", ".key", "-wal", "-shm", "-journal")
_STAMP = "%Y%m%dT%H%M%SZ"
_BLOCK = 1 << 20
_FRESH = ".restored"


def restore_backup(backup: Path, book_path: Path, *, now: dt.datetime | None = None) -> Path | None:
    """Put the book in ``backup`` at ``book_path``; return where the current one went, if any.

    The current file, its envelope and its log are renamed ``NAME-before-restore-<time>…``. The
    restored book opens with the password it had when the backup was made.

    Raises:
        UserError: not a backup, a damaged one, or the book is open; nothing was changed.
        EnvironmentFault: the disk is full or not writable; nothing was changed.
    """
    with faults.faults_told(book_path):
        book_path.parent.mkdir(parents=True, exist_ok=True)
        place = book_path.parent.resolve() / book_path.name
    lock = BookLock(place)
    lock.acquire()
    try:
        with faults.faults_told(place):
            finish(place)
            fresh = _unpack(backup, place)
            try:
                return _swap(place, fresh, aside=_aside(place, "before-restore", now))
            finally:
                for part in fresh:
                    if not renames_path(place).exists():
                        part.unlink(missing_ok=True)
    finally:
        lock.release()


def set_damaged_aside(book_path: Path, *, now: dt.datetime | None = None) -> Path:
    """Rename a damaged book ``NAME-damaged-<time>.acctbook``, with its envelope; return the path.

    Raises:
        UserError: the book is open.
    """
    lock = BookLock(book_path)
    lock.acquire()
    try:
        with faults.faults_told(book_path):
            aside = _aside(book_path, "damaged", now)
            _swap(book_path, [], aside=aside)
            return aside
    finally:
        lock.release()


def _aside(place: Path, word: str, now: dt.datetime | None) -> Path:
    stamp = (now or utc_now()).astimezone(dt.UTC).strftime(_STAMP)
    stem = f"{place.name.removesuffix('.acctbook')}-{word}-{stamp}"
    aside = place.with_name(f"{stem}.acctbook")
    number = 1
    while aside.exists():
        number += 1
        aside = place.with_name(f"{stem}-{number}.acctbook")
    return aside


def _not_a_backup(name: str) -> UserError:
    return UserError(msg("Backup", "{name} is not a backup. Nothing was changed.", name=name))


def _damaged_backup(name: str) -> UserError:
    return UserError(msg("Backup", "The backup {name} is damaged. Nothing was changed.", name=name))


def read_manifest(backup: Path) -> dict[str, Any]:
    """Return what a backup says of itself, every byte of it checked.

    Raises:
        UserError: missing, not a backup, damaged, or of a newer program.
    """
    if not backup.is_file():
        raise UserError(msg("Backup", "There is no backup at {path}.", path=str(backup)))
    try:
        with zipfile.ZipFile(backup) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(backups.MANIFEST_ENTRY))
            if manifest.get("format") != backups.FORMAT:
                raise _not_a_backup(backup.name)
            if int(manifest["version"]) > backups.VERSION:
                raise UserError(
                    msg("Backup", "{name} was made by a newer program.", name=backup.name)
                )
            for name, digest in manifest["sha256"].items():
                with archive.open(name) as file:
                    if backups.digest_of(file) != digest:
                        raise _damaged_backup(backup.name)
    except zipfile.BadZipFile as error:
        # a cut-off backup has lost its directory at the end but not its first bytes
        with backup.open("rb") as file:
            begins_right = file.read(4) == b"PK\x03\x04"
        raise (_damaged_backup if begins_right else _not_a_backup)(backup.name) from error
    except (KeyError, ValueError, TypeError, AttributeError, EOFError) as error:
        raise _damaged_backup(backup.name) from error
    return manifest


def _unpack(backup: Path, place: Path) -> list[Path]:
    """Lay the files of ``backup`` beside ``place`` as ``….restored`` and return them."""
    manifest = read_manifest(backup)
    targets = {backups.BOOK_ENTRY: place, backups.KEY_ENTRY: envelope_path(place)}
    fresh: list[Path] = []
    try:
        with zipfile.ZipFile(backup) as archive:
            for name in manifest["sha256"]:
                part = unpacked_path(targets[name])
                fresh.append(part)
                with archive.open(name) as source, part.open("wb") as target:
                    while block := source.read(_BLOCK):
                        target.write(block)
                    target.flush()
                    os.fsync(target.fileno())
    except BaseException as error:
        for part in fresh:
            part.unlink(missing_ok=True)
        if isinstance(error, zipfile.BadZipFile | KeyError):
            raise _damaged_backup(backup.name) from error
        raise
    return fresh


def _swap(place: Path, fresh: Sequence[Path], *, aside: Path) -> Path | None:
    names = [place.name + side for side in _SIDES if place.with_name(place.name + side).exists()]
    renames = [(name, aside.name + name[len(place.name) :]) for name in names]
    renames += [(part.name, part.name.removesuffix(_FRESH)) for part in fresh]
    if fresh or names:
        files.write_atomically(renames_path(place), json.dumps(renames).encode("utf-8"))
        finish(place)
    return aside if place.name in names else None


def finish(path: Path) -> None:
    """Do the renames that were written down for the book at ``path``, if any are left."""
    plan = renames_path(path)
    try:
        renames = [(str(old), str(new)) for old, new in json.loads(plan.read_bytes())]
    except FileNotFoundError:
        return
    except (ValueError, TypeError):
        renames = []  # not ours: the list is written whole before the first rename
    for old, new in renames:
        if Path(old).name != old or Path(new).name != new:
            continue  # a name that leads out of the folder is not ours
        source, target = path.with_name(old), path.with_name(new)
        # a current file moves aside under a name that was free: there already, it has moved, and
        # what stands under its old name now is its successor
        moved_aside = not old.endswith(_FRESH) and target.exists()
        if source.exists() and not moved_aside:
            files.replace(source, target)
    files.sync_folder(path.parent)
    plan.unlink()
    files.sync_folder(path.parent)
