"""Where the files of a book are, and what can be told of a book without opening it.

The program asks this before its first paint, so nothing heavy is imported here.
"""

from __future__ import annotations

import stat
from pathlib import Path

EXTENSION = ".acctbook"
PLAIN_HEADER = b"SQLite format 3\x00"
_PAGE = 4096


def book_path(name: str | Path) -> Path:
    """Return the path of the book called ``name``: the extension is added where it is missing."""
    path = Path(name)
    return path if path.name.endswith(EXTENSION) else path.with_name(path.name + EXTENSION)


def envelope_path(book: Path) -> Path:
    """Return where the envelope of ``book`` is."""
    return book.with_name(book.name + ".key")


def renames_path(book: Path) -> Path:
    """Return where a restore of ``book`` writes down its renames before it does them."""
    return book.with_name(book.name + ".renames")


def unpacked_path(book: Path) -> Path:
    """Return where a restore writes the file that it then puts at ``book``."""
    return book.with_name(book.name + ".restored")


def has_envelope(path: Path) -> bool:
    """Tell whether the book at ``path`` needs a password to be opened.

    A key file alone is no book: it is left where making one was killed, or where one was moved.
    """
    beside = path.exists() and envelope_path(path).exists()
    return beside or is_encrypted(path) or _is_restored_encrypted(path)


def is_there(path: Path) -> bool:
    """Tell whether a book is at ``path``, or will be when a restore that was killed is finished."""
    return path.is_file() or is_being_restored(path)


def is_being_restored(path: Path) -> bool:
    """Tell whether a restore of the book at ``path`` was killed between its renames."""
    return renames_path(path).exists()


def _is_restored_encrypted(path: Path) -> bool:
    return is_being_restored(path) and is_encrypted(unpacked_path(path))


def head(path: Path) -> bytes:
    """Return the first 16 bytes of the file at ``path``."""
    with path.open("rb") as file:
        return file.read(16)


def is_encrypted(path: Path) -> bool:
    """Tell whether the file at ``path`` looks like an encrypted book: whole pages of noise."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        size = path.stat().st_size
        return size >= _PAGE and size % _PAGE == 0 and head(path) != PLAIN_HEADER
    except OSError:
        return False
