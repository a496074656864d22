"""Looking at a whole book: pages, signatures, references, search index, journal."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select
from sqlcipher3 import dbapi2

from acctdesk.i18n import Message, msg, nmsg
from acctdesk.storage import faults, images, indexing, migrate
from acctdesk.storage.tables import journal_changes, journal_steps

if TYPE_CHECKING:
    from acctdesk.storage.book import Book


# what another layer wants looked at: whether it is well, and the sentence that says so
Look = Callable[[Connection], tuple[bool, Message]]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing looked at: whether it is well, and the sentence that says so."""

    ok: bool
    text: Message


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found."""

    ok: bool
    lines: tuple[CheckLine, ...]
    rows: dict[str, int]


def check_book(book: Book, *, also: Sequence[Look] = ()) -> CheckReport:
    """Look at everything that can be wrong with an open book; it changes no record.

    A book opened for reading only is looked at without the inner check of the search index,
    which SQLite makes by a writing statement. The signatures of all pages are looked at only
    where every page stands in the file itself: after a power cut the file may hold half a page
    that the log holds whole, and SQLCipher looks at the file alone. ``also`` are asked last.

    Raises:
        EnvironmentFault: the disk fails, or another program holds the book.
    """
    lines: list[CheckLine] = []
    rows: dict[str, int] = {}
    writable = not book.read_only
    engine = book.engine if writable else book.read_engine
    with faults.faults_told(book.path), engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        if book.encrypted and (_is_log_written_back(raw) if writable else not _has_log(book)):
            lines.append(_signatures(raw))
        lines.append(_pages(raw))
        if all(line.ok for line in lines):  # of damaged pages nothing more can be asked
            with connection.begin() as looking:
                lines.append(_references(raw))
                lines.append(_index(connection, deep=writable))
                lines.append(_journal(connection))
                lines += [CheckLine(*look(connection)) for look in also]
                rows = migrate.row_counts(connection)
                looking.rollback()
            records = sum(rows[name] for name in images.journalled() if name in rows)
            lines.append(
                CheckLine(ok=True, text=nmsg("Check", "{n} record.", "{n} records.", records))
            )
    return CheckReport(all(line.ok for line in lines), tuple(lines), rows)


def _pages(raw: Any) -> CheckLine:
    try:
        whole = raw.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    except (dbapi2.DatabaseError, UnicodeDecodeError):
        whole = False
    if whole:
        return CheckLine(ok=True, text=msg("Check", "The pages of the file are whole."))
    return CheckLine(ok=False, text=msg("Check", "Pages of the file are damaged."))


def _is_log_written_back(raw: Any) -> bool:
    blocked, pages, written = raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return not blocked and pages == written


def _has_log(book: Book) -> bool:
    log = book.path.with_name(book.path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _signatures(raw: Any) -> CheckLine:
    if not raw.execute("PRAGMA cipher_integrity_check").fetchall():
        return CheckLine(ok=True, text=msg("Check", "Every page is signed with the book's key."))
    return CheckLine(ok=False, text=msg("Check", "Pages are not signed with the book's key."))


def _references(raw: Any) -> CheckLine:
    if not raw.execute("PRAGMA foreign_key_check").fetchall():
        return CheckLine(ok=True, text=msg("Check", "Every reference leads to a record."))
    return CheckLine(ok=False, text=msg("Check", "References lead to records that are missing."))


def _index(connection: Connection, *, deep: bool) -> CheckLine:
    if not indexing.check(connection, deep=deep):
        return CheckLine(ok=True, text=msg("Check", "The search index agrees with the records."))
    return CheckLine(ok=False, text=msg("Check", "The search index disagrees with the records."))


def _journal(connection: Connection) -> CheckLine:
    if not check_journal(connection):
        return CheckLine(ok=True, text=msg("Check", "The journal agrees with itself."))
    return CheckLine(ok=False, text=msg("Check", "The journal disagrees with itself."))


def check_journal(connection: Connection) -> list[str]:
    """Return what is inconsistent in the journal: nothing, or one line a fault."""
    faults_found = []
    steps, changes = journal_steps, journal_changes
    orphans = connection.execute(
        select(func.count()).where(changes.c.step_id.not_in(select(steps.c.id)))
    ).scalar_one()
    if orphans:
        faults_found.append(f"{orphans} changes without a step")
    states = connection.execute(
        select(steps.c.id, steps.c.state, steps.c.undone_at)
        .where(steps.c.kind == "change")
        .order_by(steps.c.id)
    ).all()
    undone_before = False
    for row in states:
        if row.state == "done" and undone_before:
            faults_found.append(f"step {row.id} is done after an undone one")
        undone_before = undone_before or row.state == "undone"
        if (row.state == "done") != (row.undone_at is None):
            faults_found.append(f"step {row.id}: state and instant disagree")
    known = images.journalled()
    stored = connection.execute(
        select(changes.c.id, changes.c.table_name, changes.c.before, changes.c.after)
    )
    unread = [
        change.id
        for change in stored
        if change.table_name in known and not (_reads(change.before) and _reads(change.after))
    ]
    return [*faults_found, *(f"change {change_id} cannot be read" for change_id in unread)]


def _reads(stored: str | None) -> bool:
    try:
        return stored is None or isinstance(json.loads(stored), dict)
    except ValueError:
        return False
