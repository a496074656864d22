"""Connections to a book: one driver, the same rules on every connection.

Two engines over one file: the writer begins each transaction with ``BEGIN IMMEDIATE``, so that a
change never starts on an old snapshot; readers begin plainly and cannot write at all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool, Pool, QueuePool
from sqlcipher3 import dbapi2

from acctdesk.storage import faults
from acctdesk.storage.envelope import Key
from acctdesk.storage.wiping import wipe

APPLICATION_ID = 0x41434442  # "ACDB" in the file's header
BUSY_SECONDS = 5.0
DECIPHERED_KIB = 32 * 1024  # of an encrypted book, kept in memory by a reader at most


def assert_cipher(connection: Any) -> None:
    """Refuse a driver that cannot encrypt.

    Plain SQLite ignores ``PRAGMA key`` without a word and would write clear text.

    Raises:
        EnvironmentFault: the driver has no SQLCipher.
    """
    if not connection.execute("PRAGMA cipher_version").fetchall():
        raise faults.no_cipher()


def connect(path: Path, *, key: Key | None, mode: str = "rw") -> Any:
    """Return a driver connection to ``path``, keyed and checked to be SQLCipher.

    ``key`` is that of an encrypted book, None for a plain one.
    ``mode`` is SQLite's: ``rw``, ``rwc`` (create), ``ro``, or ``immutable`` for a medium that
    cannot hold the side files of a write-ahead log.
    """
    query = "?mode=ro&immutable=1" if mode == "immutable" else f"?mode={mode}"
    connection = dbapi2.connect(
        path.absolute().as_uri() + query,
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,  # the driver must not begin or commit on its own
        check_same_thread=False,
    )
    try:
        assert_cipher(connection)
        # SQLCipher reports a wrong key on stderr, where no officer looks
        connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
        if key is not None:
            spec = key.spec()
            try:
                connection.set_key(spec)
            finally:
                wipe(spec)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, *, writer: bool, encrypted: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("PRAGMA synchronous = FULL")
    if encrypted and not writer:
        # a page read again is deciphered again unless it is still here; a plain book gains nothing
        connection.execute(f"PRAGMA cache_size = -{DECIPHERED_KIB}")
    if not writer:
        connection.execute("PRAGMA query_only = ON")


def make_engine(path: Path, *, key: Key | None, writer: bool, mode: str = "rw") -> Engine:
    """Return an engine over the book at ``path``.

    The writer keeps one connection, readers up to five; the file is not touched before the
    first connection is asked for.
    """

    def creator() -> Any:
        connection = connect(path, key=key, mode=mode)
        try:
            _prepare(connection, writer=writer, encrypted=key is not None)
        except BaseException:
            connection.close()
            raise
        return connection

    pool: type[Pool] = NullPool if mode == "immutable" else QueuePool
    sizes: dict[str, Any] = {}
    if pool is QueuePool:
        sizes = {"pool_size": 1 if writer else 5, "max_overflow": 0 if writer else 5}
    engine = create_engine("sqlite://", creator=creator, module=dbapi2, poolclass=pool, **sizes)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine
