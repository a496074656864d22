"""From a path to a key and a checked file: every way in which opening can fail has its sentence."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.storage import envelope, faults, migrate, paths
from acctdesk.storage.engine import connect
from acctdesk.storage.envelope import Envelope, Kdf, Key
from acctdesk.storage.lock import BookLock, is_held

_PAGE = 4096


def existing(path: Path) -> Path:
    """Return the resolved path of a regular file.

    Raises:
        UserError: nothing is there, or something that cannot be a book (folder, pipe, loop).
    """
    try:
        status = path.stat()  # never opened before this: opening a pipe would wait for ever
        resolved = path.resolve()
    except FileNotFoundError as error:
        raise faults.no_such_book(str(path)) from error
    except (OSError, RuntimeError, ValueError) as error:
        fault = faults.classify(error, name=path.name)
        raise (fault or faults.not_a_book(path.name)) from error
    if not stat.S_ISREG(status.st_mode):
        raise faults.not_a_book(path.name)
    return resolved


def resume_restore(path: Path) -> None:
    """Finish a restore that was killed half-way, before the book is looked for."""
    if not paths.is_being_restored(path):
        return
    from acctdesk.storage import restore

    lock = BookLock(path)
    lock.acquire()
    try:
        with faults.faults_told(path):
            restore.finish(path)
    finally:
        lock.release()


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at ``path`` from any other, None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def unlock(path: Path, *, password: str | None, kdf: Kdf, write: bool) -> Key | None:
    """Return the key of the book at ``path``, None of a plain one.

    A missing envelope is looked for in the book's backups and, with ``write``, put back.

    Raises:
        UserError: password wrong or missing; not a book.
        EnvironmentFault: envelope missing, damaged, or of another book.
    """
    beside = paths.envelope_path(path).exists()
    if paths.head(path) == paths.PLAIN_HEADER:
        if beside:
            raise envelope.of_another_book(path.name)
        return None
    if beside:
        found = envelope.read(path)
    else:
        if not paths.is_encrypted(path):
            raise faults.not_a_book(path.name)
        found = _from_backups(path)
    if password is None:
        raise UserError(msg("Key", "The book {name} needs its password.", name=path.name))
    key = envelope.unwrap(found, password, kdf=kdf, name=path.name)
    if not beside and write:
        envelope.write(path, found)
    return key


def _from_backups(path: Path) -> Envelope:
    from acctdesk.storage import backup

    head = paths.head(path)
    for content in backup.envelopes(path):
        with contextlib.suppress(UserError):
            found = envelope.from_bytes(content, name=path.name)
            if found.file_salt == head:
                return found
    raise envelope.missing(path.name)


def probe(path: Path, *, key: Key | None, read_only: bool) -> tuple[str, int]:
    """Return how the book can be opened (``rw``, ``ro``, ``immutable``) and its schema version.

    Looks without writing: a newer or damaged book keeps its bytes.

    Raises:
        UserError: not a book.
        EnvironmentFault: damaged, newer, key of another book.
    """
    try:
        mode, connection = _connect_to_look(path, key=key)
        try:
            version = _look(connection, path, key)
        finally:
            connection.close()
    finally:
        if not (read_only and is_held(path)):  # beside a window they are the window's
            drop_empty_log(path, key=key)
    return (mode if read_only else "rw"), version


def _connect_to_look(path: Path, *, key: Key | None) -> tuple[str, Any]:
    for mode in ("ro", "immutable"):
        connection = connect(path, key=key, mode=mode)
        try:
            connection.execute("PRAGMA user_version").fetchone()
        except dbapi2.Error as error:
            connection.close()
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            blocked = code in {8, 14}  # READONLY, CANTOPEN: no room for the log's side files
            if mode == "ro" and blocked and not path.with_name(path.name + "-wal").exists():
                continue
            raise _unreadable(path, key) or error from error
        else:
            return mode, connection
    raise AssertionError("unreachable")


def _unreadable(path: Path, key: Key | None) -> UserError | None:
    if key is not None and paths.head(path) != key.file_salt:
        return envelope.of_another_book(path.name)
    return None


def _look(connection: Any, path: Path, key: Key | None) -> int:
    if key is not None and paths.head(path) != key.file_salt:
        raise faults.damaged(path.name)
    version = migrate.check_version(connection, name=path.name)
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    log = path.with_name(path.name + "-wal")
    unlogged = not log.exists() or log.stat().st_size == 0
    if unlogged and path.stat().st_size < pages * _PAGE:
        raise faults.damaged(path.name)
    return version


def drop_empty_log(path: Path, *, key: Key | None) -> None:
    """Remove the side files that looking at a closed book leaves; a log with content stays."""
    log = path.with_name(path.name + "-wal")
    with contextlib.suppress(OSError):
        if not log.exists() or log.stat().st_size > 0:
            return
        try:
            # SQLite itself knows whether another process reads: the last one out clears the log
            connection = connect(path, key=key)
            try:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            finally:
                connection.close()
        except (dbapi2.Error, UnicodeDecodeError):  # no database that anybody could have open
            log.unlink(missing_ok=True)
            path.with_name(path.name + "-shm").unlink(missing_ok=True)


def refuse_read_only(path: Path) -> None:
    """Refuse a file that may not be written: SQLite would say so at the first change only."""
    if not os.access(path, os.W_OK):
        raise faults.read_only()


# parts of a key file or of a list of renames, of a book being made, of a lock being taken
_LEFT = (".*.part", ".part", ".part-*", ".lock.*.part", ".lock.after-*")
_LEFT_BY_RESTORE = (".restored", ".*.restored")


def tidy(path: Path) -> None:
    """Remove the parts of files that a killed program left; the book is locked."""
    from acctdesk.storage import backup

    # what a list of renames still names is not left over
    unpacked = () if paths.is_being_restored(path) else _LEFT_BY_RESTORE
    for pattern in (*_LEFT, *unpacked):
        for left in path.parent.glob(_escaped(path.name) + pattern):
            with contextlib.suppress(OSError):
                left.unlink()
    backup.drop_parts(path)


def _escaped(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def bring_up_to_date(path: Path, *, key: Key | None, read_only: bool) -> None:
    """Back an older book up and migrate it.

    Raises:
        UserError: it was to be opened for reading only.
    """
    if read_only:
        raise faults.needs_upgrade(path.name)
    from acctdesk.storage import backup
    from acctdesk.storage.engine import make_engine

    backup.before_migration(path, key=key)
    engine = make_engine(path, key=key, writer=True)
    try:
        migrate.upgrade(engine, name=path.name)
    finally:
        engine.dispose()
