"""A new book, whole or not at all."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert

from acctdesk.errors import UserError
from acctdesk.models.base import new_uid, utc_now
from acctdesk.storage import envelope, faults, files, images, migrate, paths
from acctdesk.storage.engine import connect, make_engine
from acctdesk.storage.envelope import Kdf, Key

SIDE_FILES = ("", "-wal", "-shm", "-journal")


def free_place(path: Path) -> Path:
    """Return the resolved ``path`` where a book can be made; its folder is made where missing.

    Raises:
        UserError: something is there already.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    place = path.parent.resolve() / path.name
    if place.exists() or place.is_symlink():
        raise faults.already_there(place.name)
    return place


def make(
    path: Path, *, password: str | None, code: str | None, kdf: Kdf, profile: Mapping[str, Any]
) -> tuple[Key | None, str | None]:
    """Put an empty book at ``path`` and return its key and recovery code (None of a plain one).

    ``code`` is a recovery code that was shown before; without one a fresh one is made.

    The database is built aside, the envelope is written, and the rename of the database comes
    last: a book that stands there can be opened.
    """
    key = None if password is None else envelope.new_key()
    code = None if password is None else code or envelope.new_recovery_code()
    part = path.with_name(path.name + ".part")
    _drop_killed(path, part)
    try:
        _build(part, key=key, profile=profile)
        _set_orphan_aside(path)
        if key is not None and password is not None and code is not None:
            envelope.write(path, envelope.seal(key, password=password, code=code, kdf=kdf))
        files.sync_file(part)
        files.replace(part, path)
    except BaseException:
        if part.exists():
            _drop_killed(path, part)
        raise
    finally:
        _remove(part)
    files.sync_folder(path.parent)
    return key, code


def _build(part: Path, *, key: Key | None, profile: Mapping[str, Any]) -> None:
    raw = connect(part, key=key, mode="rwc")
    try:
        # given back to the file system when rows go; must be said before the first table
        raw.execute("PRAGMA auto_vacuum = NONE")
        if raw.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise faults.io_failed()
    finally:
        raw.close()
    engine = make_engine(part, key=key, writer=True)
    try:
        migrate.upgrade(engine, name=part.name)
        settings = images.table_of("settings")
        now = utc_now()
        rows = [
            _setting(name, value, now) for name, value in {"book_uid": new_uid(), **profile}.items()
        ]
        with engine.begin() as connection:
            connection.execute(insert(settings), rows)
        _write_log_back(engine)
    finally:
        engine.dispose()


def _write_log_back(engine: Engine) -> None:
    # closing would do it too, but says nothing where the disk is full, and the rename that
    # follows takes the file alone
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        blocked, pages, written = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if blocked or pages != written:
        raise faults.io_failed()


def _drop_killed(path: Path, part: Path) -> None:
    """Remove a book that was half made at ``part``, with the envelope that was written for it."""
    with contextlib.suppress(FileNotFoundError, UserError):
        with part.open("rb") as file:
            salt = file.read(envelope.SALT_BYTES)
        if envelope.read(path).file_salt == salt:
            paths.envelope_path(path).unlink()
    _remove(part)


def _setting(name: str, value: Any, now: dt.datetime) -> dict[str, Any]:
    return {
        "key": name,
        "value": json.dumps(value, ensure_ascii=False),
        "uid": new_uid(),
        "created_at": now,
        "updated_at": now,
        "version": 1,
    }


def _set_orphan_aside(path: Path) -> None:
    # an envelope without a book: left by a killed set-up, or the key of a book that was moved
    orphan = paths.envelope_path(path)
    if orphan.exists():
        stamp = utc_now().strftime("%Y%m%d-%H%M%S-%f")
        orphan.rename(orphan.with_name(f"{orphan.name}.before-{stamp}"))


def take_away(path: Path) -> None:
    """Remove a closed book that was made a moment ago, with its envelope."""
    _remove(path)
    paths.envelope_path(path).unlink(missing_ok=True)


def _remove(path: Path) -> None:
    for suffix in SIDE_FILES:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()
