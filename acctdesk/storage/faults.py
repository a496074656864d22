"""The one place where a failing machine or file becomes a sentence.

SQLite's result codes and the operating system's error numbers are told apart here and nowhere
else; everything above sees an :class:`EnvironmentFault` or, for what cannot be blamed on the
surroundings, the original exception (a bug).
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from acctdesk.errors import EnvironmentFault, Halted, UserError
from acctdesk.i18n import Message, msg

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_ROOM = 64 * 1024  # bytes; with less, what SQLite calls a failing disk is a full one
_HELD = {32, 33}  # what Windows calls a file that another program has open
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


def _kept() -> Message:
    return msg("Storage", "Everything shown as saved is safe; this change was not stored.")


def _untouched() -> Message:
    return msg("Storage", "Nothing was changed.")


def disk_full() -> EnvironmentFault:
    """Return the fault of a full disk."""
    return EnvironmentFault(
        msg("Storage", "The disk is full."),
        safe=_kept(),
        remedy=msg("Storage", "Free some space and try again."),
    )


def read_only() -> EnvironmentFault:
    """Return the fault of a file or folder that may not be written."""
    return EnvironmentFault(
        msg("Storage", "The book or its folder cannot be written to."),
        safe=_kept(),
        remedy=msg("Storage", "Check the permissions of the folder, or move the book elsewhere."),
    )


def busy() -> EnvironmentFault:
    """Return the fault of another program holding the file."""
    return EnvironmentFault(
        msg("Storage", "Another program is using the book."),
        safe=_kept(),
        remedy=msg("Storage", "Close the other program and try again."),
    )


def damaged(name: str) -> EnvironmentFault:
    """Return the fault of a book that can no longer be read in whole."""
    return EnvironmentFault(
        msg("Storage", "The book {name} is damaged.", name=name),
        safe=msg("Storage", "The file was left as it is; nothing was written to it."),
        remedy=msg("Storage", "Restore the latest backup; the damaged file is kept beside it."),
    )


def io_failed() -> EnvironmentFault:
    """Return the fault of a disk that does not read or write."""
    return EnvironmentFault(
        msg("Storage", "The disk reported an error."),
        safe=_kept(),
        remedy=msg("Storage", "Save a copy of the book on another disk."),
    )


def gone(name: str) -> EnvironmentFault:
    """Return the fault of an open book whose file is no longer there."""
    return EnvironmentFault(
        msg("Storage", "The file of the book {name} is no longer where it was opened.", name=name),
        safe=_kept(),
        remedy=msg("Storage", "Put the disk or the folder back and try again."),
    )


def replaced(name: str) -> Halted:
    """Return the fault of an open book in whose place another file was put."""
    return Halted(
        msg(
            "Storage",
            "Another file was put in the place of the book {name} while it was open.",
            name=name,
        ),
        safe=msg("Storage", "Nothing was written to that file; this change was not stored."),
        remedy=msg(
            "Storage", "Save a copy elsewhere, find out which file is the right one, and open it."
        ),
    )


def stopped() -> Halted:
    """Return the fault of a change after the disk failed once: nothing more is written."""
    return Halted(
        msg("Storage", "The disk failed while it was written to, so the book is only read now."),
        safe=_kept(),
        remedy=msg("Storage", "Save a copy of the book on another disk, then open it again."),
    )


def newer_book(name: str, *, found: int, known: int) -> EnvironmentFault:
    """Return the fault of a book made by a newer program; both schema versions are named."""
    return EnvironmentFault(
        msg(
            "Storage",
            "The book {name} has format {found}; this program reads up to format {known}.",
            name=name,
            found=found,
            known=known,
        ),
        safe=_untouched(),
        remedy=msg("Storage", "Install the newest version of the program."),
    )


def not_a_book(name: str) -> UserError:
    """Return the sentence for a file of another kind."""
    return UserError(msg("Storage", "{name} is not a book of this program.", name=name))


def no_such_book(name: str) -> UserError:
    """Return the sentence for a path where nothing is."""
    return UserError(msg("Storage", "There is no book at {name}.", name=name))


def already_there(name: str) -> UserError:
    """Return the sentence for a new book whose place is taken."""
    return UserError(msg("Storage", "{name} exists already. Nothing was changed.", name=name))


def opened_to_read() -> Halted:
    """Return the fault of a change in a book that was opened for reading only."""
    return Halted(
        msg("Storage", "The book is open for reading only."),
        safe=_untouched(),
        remedy=msg("Storage", "Open it again where its folder and its file can be written to."),
    )


def needs_upgrade(name: str) -> UserError:
    """Return the sentence for an older book that was opened for reading only."""
    return UserError(
        msg("Storage", "The book {name} has an older format. Open it once for writing.", name=name)
    )


def no_cipher() -> EnvironmentFault:
    """Return the fault of a database driver that cannot encrypt."""
    return EnvironmentFault(
        msg("Storage", "The database driver on this machine cannot encrypt."),
        safe=_untouched(),
        remedy=msg("Storage", "Install the program again from its own package."),
    )


def _from_code(code: int, name: str) -> EnvironmentFault | None:
    # the low byte is SQLite's primary result code, the rest its refinement
    return {
        dbapi2.SQLITE_FULL: disk_full(),
        dbapi2.SQLITE_READONLY: read_only(),
        dbapi2.SQLITE_PERM: read_only(),
        dbapi2.SQLITE_CANTOPEN: read_only(),
        dbapi2.SQLITE_BUSY: busy(),
        dbapi2.SQLITE_LOCKED: busy(),
        dbapi2.SQLITE_IOERR: io_failed(),
        dbapi2.SQLITE_CORRUPT: damaged(name),
        dbapi2.SQLITE_NOTADB: damaged(name),
    }.get(code & 0xFF)


def classify(error: BaseException, *, name: str) -> EnvironmentFault | None:
    """Return the fault behind ``error``, or None where it is not the surroundings' doing.

    ``error`` may be SQLAlchemy's wrapper, the driver's own exception or an OSError; ``name`` is
    the book's file name, for the sentence.
    """
    if isinstance(error, EnvironmentFault):
        return error
    inner: BaseException | None = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(inner, dbapi2.Error):
        code = _code_of(inner)
        return None if code is None else _from_code(code, name)
    if isinstance(inner, UnicodeDecodeError):  # the driver read text that is none
        return damaged(name)
    if isinstance(inner, OSError):
        if getattr(inner, "winerror", None) in _HELD:
            return busy()
        if inner.errno in _FULL:
            return disk_full()
        if inner.errno in _DENIED:
            return read_only()
        if inner.errno == errno.EIO:
            return io_failed()
    return None


def may_only_be_read(error: UserError) -> bool:
    """Tell whether ``error`` says that a file or folder cannot be written to."""
    return error.message.text == read_only().message.text


def is_disk_failure(error: BaseException, path: Path) -> bool:
    """Tell whether the disk of ``path`` failed: what it holds of the last writes is not certain."""
    code = _code_of(error) if isinstance(error, dbapi2.Error) else None
    return code is not None and code & 0xFF == dbapi2.SQLITE_IOERR and not _is_full(path)


def _is_full(path: Path) -> bool:
    # SQLite says "I/O error" where a full disk has no room for its side files
    try:
        return shutil.disk_usage(path.parent).free < _NO_ROOM
    except OSError:
        return False


# what SQLite calls its codes; the driver gives the words alone where a backup fails
_CODES = {
    "database or disk is full": dbapi2.SQLITE_FULL,
    "disk I/O error": dbapi2.SQLITE_IOERR,
    "attempt to write a readonly database": dbapi2.SQLITE_READONLY,
    "unable to open database file": dbapi2.SQLITE_CANTOPEN,
    "database is locked": dbapi2.SQLITE_BUSY,
    "database table is locked": dbapi2.SQLITE_LOCKED,
    "database disk image is malformed": dbapi2.SQLITE_CORRUPT,
    "file is not a database": dbapi2.SQLITE_NOTADB,
}


def _code_of(error: dbapi2.Error) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return _CODES.get(str(error)) if code is None else int(code)


@contextmanager
def faults_told(path: Path, *, of_files: bool = True) -> Iterator[None]:
    """Turn what the machine did to the block into an :class:`EnvironmentFault`.

    Without ``of_files`` only what the database says counts: the block may touch other files.
    """
    try:
        yield
    except (DBAPIError, dbapi2.Error, OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError | UnicodeDecodeError) and not of_files:
            raise
        fault = classify(error, name=path.name)
        if fault is None:
            raise
        if fault.message == io_failed().message and _is_full(path):
            fault = disk_full()
        raise fault from error
