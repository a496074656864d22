"""One book on disk: made, opened, read, closed.

A book is ``NAME.acctbook``; an encrypted one has its key envelope ``NAME.acctbook.key`` beside it
and its backups in the folder ``NAME-backups``. Everything that writes goes through
:class:`acctdesk.storage.unit.UnitOfWork`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.orm import Session

from acctdesk.errors import EnvironmentFault, Halted, UserError
from acctdesk.i18n import msg
from acctdesk.storage import creation, envelope, faults, migrate, opening
from acctdesk.storage.backup import folder_of
from acctdesk.storage.engine import make_engine
from acctdesk.storage.envelope import REAL_KDF, Kdf, Key
from acctdesk.storage.lock import BookLock, is_held
from acctdesk.storage.paths import EXTENSION, book_path
from acctdesk.storage.wiping import wipe


@dataclass(frozen=True, slots=True)
class KeyMaterial:
    """What a child process needs to join a book: its path and its raw key (None: plain).

    Handed over by pipe only; it must not be written or put on a command line.
    """

    path: Path
    key: Key | None


class Book:
    """An open book: made by :meth:`create`, :meth:`open` or :meth:`join`."""

    def __init__(
        self,
        path: Path,
        *,
        key: Key | None,
        lock: BookLock | None,
        mode: str,
        closed_unexpectedly: bool = False,
    ) -> None:
        self.path = path
        self.closed_unexpectedly = closed_unexpectedly
        self.recovery_code: str | None = None
        self._key = key
        self._lock = lock
        self._closed = False
        self._failed = False
        self._identity = opening.identity(path)
        self._readers = make_engine(path, key=key, writer=False, mode=mode)
        self._writer = None if mode != "rw" else make_engine(path, key=key, writer=True)
        if self._writer is not None:
            event.listen(self._writer, "handle_error", self._note_failure)

    def _note_failure(self, context: ExceptionContext) -> None:
        # after a failed sync the system may take the next one for done: no further try is made
        if faults.is_disk_failure(context.original_exception, self.path):
            self.stop_writing()

    def stop_writing(self) -> None:
        """Write nothing more: the disk failed, here or in a child process."""
        self._failed = True

    # ---- made and opened -------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        password: str | None,
        recovery_code: str | None = None,
        kdf: Kdf = REAL_KDF,
        profile: Mapping[str, Any] | None = None,
    ) -> Book:
        """Make an empty book and open it; ``password`` None makes a plain one.

        ``profile`` holds the first settings (officer, company, currency, fiscal_start, language).
        The recovery code of an encrypted book is in ``recovery_code`` now and never again; it is
        the one given (shown and written down before), else a fresh one.

        Raises:
            UserError: something is at ``path`` already, or it is open elsewhere.
            EnvironmentFault: the folder cannot be written to, the disk is full.
        """
        path = book_path(path)
        with faults.faults_told(path):
            path = creation.free_place(path)
        lock = BookLock(path)
        lock.acquire()
        try:
            with faults.faults_told(path):
                key, code = creation.make(
                    path, password=password, code=recovery_code, kdf=kdf, profile=profile or {}
                )
            book = cls(path, key=key, lock=lock, mode="rw")
        except BaseException:
            lock.release()
            raise
        book.recovery_code = code
        return book

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        password: str | None = None,
        read_only: bool = False,
        takeover: bool = False,
        kdf: Kdf = REAL_KDF,
    ) -> Book:
        """Open the book at ``path``; ``password`` may be the recovery code.

        A book of an older schema is backed up and migrated first. ``read_only`` works beside a
        window that has the book open; ``takeover`` opens a book that another machine seems to
        hold. ``kdf`` says the least protection that an envelope must have.

        Raises:
            UserError: no such book, not a book, wrong password, password missing, held elsewhere.
            EnvironmentFault: missing, damaged or foreign envelope; damaged, newer or
                unreadable book. No file is changed then.
        """
        opening.resume_restore(book_path(path))
        path = opening.existing(book_path(path))
        key: Key | None = None
        lock = None if read_only else BookLock(path)
        unexpected = lock is not None and lock.is_left_behind()
        if lock is not None:
            lock.acquire(takeover=takeover)
        try:
            with faults.faults_told(path):
                if lock is not None:
                    opening.refuse_read_only(path)
                    opening.tidy(path)
                key = opening.unlock(path, password=password, kdf=kdf, write=not read_only)
                mode, version = opening.probe(path, key=key, read_only=read_only)
                if version < migrate.SCHEMA_VERSION:
                    opening.bring_up_to_date(path, key=key, read_only=read_only)
            return cls(path, key=key, lock=lock, mode=mode, closed_unexpectedly=unexpected)
        except BaseException:
            if key is not None:
                wipe(key.secret)
            if lock is not None:
                lock.release()
            raise

    @classmethod
    def join(cls, material: KeyMaterial) -> Book:
        """Open a book in a child process, for writing, under the lock of the process that has it.

        The lock stays with its holder; two writers take turns by SQLite's own locking.

        Raises:
            UserError: nobody holds the book.
        """
        if not is_held(material.path):
            raise UserError(
                msg("Lock", "The book {name} is not open any more.", name=material.path.name)
            )
        key = material.key
        own = None if key is None else replace(key, secret=bytearray(key.secret))
        return cls(material.path, key=own, lock=None, mode="rw")

    def key_material(self) -> KeyMaterial:
        """Return what :meth:`join` needs, for a pipe to a child process.

        Raises:
            Halted: nothing more may be written to the book, by a child neither.
        """
        if self.halted is not None:
            raise self.halted
        return KeyMaterial(self.path, self._key)

    # ---- what it is ------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Return the book's name without folder and extension."""
        return self.path.name.removesuffix(EXTENSION)

    @property
    def read_only(self) -> bool:
        """Tell whether nothing can be written: opened so, or because the disk failed."""
        return self._writer is None or self._failed

    @property
    def is_for_reading(self) -> bool:
        """Tell whether the book was opened for reading only."""
        return self._writer is None

    @property
    def halted(self) -> Halted | None:
        """Return why nothing more is written before the book is opened again, None while it is."""
        if self._writer is None:
            return faults.opened_to_read()
        if self._failed:
            return faults.stopped()
        return faults.replaced(self.path.name) if self.is_replaced else None

    @property
    def is_replaced(self) -> bool:
        """Tell whether another file was put in the place of this book since it was opened."""
        return opening.identity(self.path) not in (None, self._identity)

    @property
    def encrypted(self) -> bool:
        """Tell whether the file is encrypted."""
        return self._key is not None

    @property
    def key(self) -> Key | None:
        """Return the key of an open encrypted book; for the storage layer alone."""
        return self._key

    @property
    def engine(self) -> Engine:
        """Return the writer's engine.

        Raises:
            Halted: open for reading only, the disk failed before, or the file is another one.
            EnvironmentFault: the file is gone; it may come back.
        """
        halted = self.halted
        if halted is not None:
            raise halted
        if opening.identity(self.path) is None:
            raise faults.gone(self.path.name)
        assert self._writer is not None
        return self._writer

    @property
    def read_engine(self) -> Engine:
        """Return the readers' engine; its connections cannot write."""
        return self._readers

    @property
    def schema(self) -> int:
        """Return the schema version of the open book."""
        return migrate.SCHEMA_VERSION

    @property
    def backups(self) -> Path:
        """Return the folder of the book's backups."""
        return folder_of(self.path)

    # ---- used ------------------------------------------------------------------------------

    @contextlib.contextmanager
    def reader(self) -> Iterator[Session]:
        """Give a session on one consistent state of the book; it cannot write."""
        with (
            faults.faults_told(self.path, of_files=False),
            self._readers.connect() as connection,
            Session(bind=connection, autoflush=False, expire_on_commit=False) as session,
        ):
            yield session

    @contextlib.contextmanager
    def source_of_copy(self) -> Iterator[Any]:
        """Give the connection to copy this book from; None where its file can be opened anew.

        Raises:
            EnvironmentFault: another book is in its place, with its own key file: a copy without
                the right one could not be opened.
        """
        if not self.is_replaced:
            yield None
            return
        if self._key is not None:
            with faults.faults_told(self.path):
                beside = envelope.read(self.path)
            if beside.file_salt != self._key.file_salt:
                raise envelope.of_another_book(self.path.name)
        connection = self._readers.raw_connection()
        try:
            yield connection.driver_connection
        finally:
            connection.close()

    def change_password(self, password: str, *, kdf: Kdf = REAL_KDF) -> None:
        """Let ``password`` open the book from now on; the key and the recovery code stay.

        Raises:
            UserError: the book is plain.
        """
        self._rewrap(password, kind="password", kdf=kdf)

    def new_recovery_code(self, code: str | None = None, *, kdf: Kdf = REAL_KDF) -> str:
        """Let a new recovery code open the book and return it: ``code``, else a fresh one.

        The one printed before no longer opens the book.
        """
        code = code or envelope.new_recovery_code()
        self._rewrap(code, kind="recovery", kdf=kdf)
        return code

    def opens_with(self, secret: str, *, kdf: Kdf = REAL_KDF) -> bool:
        """Tell whether ``secret`` is the password or the recovery code of this open book.

        Raises:
            EnvironmentFault: the envelope is missing, damaged or of another book.
        """
        with faults.faults_told(self.path):
            found = envelope.read(self.path)
        try:
            unwrapped = envelope.unwrap(found, secret, kdf=kdf, name=self.path.name)
        except EnvironmentFault:
            raise
        except UserError:
            return False
        fits = unwrapped == self._key
        wipe(unwrapped.secret)
        return fits

    def _rewrap(self, secret: str, *, kind: str, kdf: Kdf) -> None:
        if self._key is None or self.read_only:
            raise UserError(msg("Key", "This book has no password that could be changed here."))
        with faults.faults_told(self.path):
            now = envelope.read(self.path)
            envelope.write(self.path, envelope.rewrap(now, self._key, secret, kind=kind, kdf=kdf))

    def close(self) -> None:
        """Close every connection and give the lock back; twice does no harm."""
        if self._closed:
            return
        self._closed = True
        self._readers.dispose()
        if self._writer is not None:
            self._writer.dispose()
        if self._writer is None and not is_held(self.path):
            opening.drop_empty_log(self.path, key=self._key)
        if self._key is not None:
            wipe(self._key.secret)
        self._key = None
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()
