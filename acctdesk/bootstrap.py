"""Composition root without Qt: paths, the books the officer used, a desk over an open book."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk

HOME_VARIABLE = "ACCTDESK_HOME"  # tests and portable installations keep everything there
_MOST_RECENT = 10


def home() -> Path:
    """Return the folder of what belongs to this machine: settings and the list of recent books."""
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_data_dir("acctdesk", appauthor=False))


def books_folder() -> Path:
    """Return the folder that new books are proposed in: never one that a program syncs."""
    if os.environ.get(HOME_VARIABLE):
        return home() / "books"
    import platformdirs

    from acctdesk.services.places import synced_by

    wanted = (Path(platformdirs.user_documents_dir()) / "acctdesk", Path.home() / "acctdesk")
    return next((one for one in wanted if synced_by(one) is None), home() / "books")


def today() -> dt.date:
    """Return this day on this machine; handed down to every question that needs one."""
    return dt.datetime.now().astimezone().date()


def _recent_file() -> Path:
    return home() / "recent.json"


def recent_books() -> list[Path]:
    """Return the books used last that are still there, the newest first."""
    try:
        return [path for path in _listed() if _is_there(path)]
    except (OSError, ValueError):
        return []


def _listed() -> list[Path]:
    listed = json.loads(_recent_file().read_text(encoding="utf-8"))
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise ValueError("not a list of paths")
    return [Path(one) for one in listed]


def mend_recent_books() -> Path | None:
    """Make a list of recent books that cannot be read anew, from the folder of books.

    Returns where the old list is kept; None where nothing was wrong.
    """
    try:
        _listed()
    except ValueError:
        kept = put_aside(_recent_file())
        for book in sorted(books_folder().glob("*.acctbook"), key=lambda one: one.stat().st_mtime):
            remember_book(book)
        return kept
    except OSError:
        pass
    return None


def put_aside(file: Path) -> Path | None:
    """Rename a file that cannot be read; return its new place, None where that fails."""
    kept = file.with_name(f"{file.name}.damaged")
    with contextlib.suppress(OSError):
        return file.replace(kept)
    return None


def _is_there(path: Path) -> bool:
    if path.is_file():
        return True
    from acctdesk.storage import paths

    return paths.is_there(path)


def default_book() -> Path | None:
    """Return the book to open when none is named: the one used last."""
    return next(iter(recent_books()), None)


def remember_book(path: Path) -> None:
    """Put a book first in the list of recent ones; a list that cannot be written is no fault."""
    from acctdesk.storage import files

    place = path.resolve()
    listed = [place, *(one for one in recent_books() if one != place)][:_MOST_RECENT]
    text = json.dumps([str(one) for one in listed], ensure_ascii=False, indent=1)
    file = _recent_file()
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        files.write_atomically(file, text.encode("utf-8"))


def book_path(name: str | Path) -> Path:
    """Return the path of a book; its extension is added where it is missing."""
    from acctdesk.storage import paths

    return paths.book_path(name)


def needs_password(path: Path) -> bool:
    """Tell whether the book at ``path`` is encrypted."""
    from acctdesk.storage import paths

    return paths.has_envelope(book_path(path))


def create_book(
    path: str | Path,
    *,
    password: str | None,
    recovery_code: str | None = None,
    officer: str = "",
    company: str = "",
    currency: str = "EUR",
    fiscal_start: int = 1,
    language: str = "el",
    demo: bool = False,
) -> Desk:
    """Make an empty book and return the desk over it; ``password`` None makes a plain one.

    ``demo`` marks a book of invented clients, for good: see :func:`remove_demo`.

    The recovery code of an encrypted book is ``desk.book.recovery_code``, now and never again: the
    one given, which the officer has written down, else a fresh one.

    Raises:
        UserError: a value is wrong, or something is at ``path`` already; nothing was made.
    """
    from acctdesk.kinds import Language
    from acctdesk.services.desk import Desk
    from acctdesk.services.profile import checked_currency, checked_fiscal_start
    from acctdesk.storage.book import Book
    from acctdesk.text import clean

    profile = {
        "officer": clean(officer),
        "company": clean(company),
        "currency": checked_currency(currency),
        "fiscal_start": checked_fiscal_start(fiscal_start),
        "language": Language(language).value,
        "demo": demo,
    }
    return Desk(
        Book.create(
            book_path(path), password=password, recovery_code=recovery_code, profile=profile
        )
    )


def create_demo(path: str | Path, *, language: str = "el", clients: int = 60) -> Desk:
    """Make a plain book of invented clients and their business and return the desk over it.

    Raises:
        UserError: something is at ``path`` already; nothing was made.
        EnvironmentFault: the disk is full or not writable; nothing is left of it.
    """
    from acctdesk.i18n import msg
    from acctdesk.services import demo

    desk = create_book(
        path,
        password=None,
        officer=demo.OFFICER,
        company=demo.COMPANY,
        language=language,
        demo=True,
    )
    try:
        desk.perform(msg("Step", "Invented data"), demo.fill_demo, clients=clients, today=today())
    except BaseException:
        discard_book(desk)
        raise
    return desk


def discard_book(desk: Desk) -> None:
    """Close a book that was made a moment ago and take its files away; nobody has used it."""
    from acctdesk.storage import creation

    desk.close()
    creation.take_away(desk.book.path)


def remove_demo(desk: Desk) -> None:
    """Close a demo book and delete its file, its side files and the backups that hold it alone.

    Raises:
        ValueError: it is no demo book; nothing was changed.
        EnvironmentFault: the file may not be deleted; the book is closed.
    """
    from acctdesk.services.profile import book_uid
    from acctdesk.storage import removal

    if not desk.is_demo:
        raise ValueError("not a demo book")
    uid = desk.query(book_uid)
    desk.close()
    removal.remove_book(desk.book.path, uid=uid)


def open_book(
    path: str | Path,
    *,
    password: str | None = None,
    read_only: bool = False,
    takeover: bool = False,
) -> Desk:
    """Open a book and return the desk over it; ``password`` may be the recovery code.

    Raises:
        UserError: wrong or missing password, not a book, open elsewhere.
        EnvironmentFault: damaged, newer, or the machine failed.
    """
    from acctdesk.services.desk import Desk
    from acctdesk.storage.book import Book

    return Desk(
        Book.open(book_path(path), password=password, read_only=read_only, takeover=takeover)
    )


def open_as_may_be(
    path: str | Path, *, password: str | None = None, takeover: bool = False
) -> Desk:
    """Open a book as :func:`open_book`, for reading only where its place cannot be written to."""
    from acctdesk.errors import EnvironmentFault
    from acctdesk.storage import faults

    try:
        return open_book(path, password=password, takeover=takeover)
    except EnvironmentFault as fault:
        if not faults.may_only_be_read(fault):
            raise
    return open_book(path, password=password, read_only=True)


def open_to_read(path: str | Path, *, password: str | None = None) -> Desk:
    """Open a book without its lock, also beside a window; an older one is brought up to date.

    Raises:
        UserError: as :func:`open_book`; an older book that is open elsewhere stays as it is.
    """
    from acctdesk.errors import UserError
    from acctdesk.storage import faults

    place = book_path(path)
    try:
        return open_book(place, password=password, read_only=True)
    except UserError as error:
        if error.message.text != faults.needs_upgrade(place.name).message.text:
            raise
    open_book(place, password=password).close()
    return open_book(place, password=password, read_only=True)
