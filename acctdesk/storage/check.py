"""Looking at a whole book: pages, signatures, references, search index, journal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from acctdesk.i18n import Message, msg, nmsg
from acctdesk.storage import faults, images, indexing, migrate
from acctdesk.storage.tables import journal_changes, journal_steps

if TYPE_CHECKING:
    from acctdesk.storage.book import Book


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


def check_book(book: Book) -> CheckReport:
    """Look at everything that can be wrong with an open book; it changes nothing.

    A book opened for reading only is looked at without the inner check of the search index,
    which SQLite makes by a writing statement.

    Raises:
        EnvironmentFault: so damaged that it cannot be looked at.
    """
    lines: list[CheckLine] = []
    writable = not book.read_only
    engine = book.engine if writable else book.read_engine
    with (
        faults.faults_told(book.path),
        engine.connect() as connection,
        connection.begin() as looking,
    ):
        raw: Any = connection.connection.driver_connection
        pages = raw.execute("PRAGMA quick_check").fetchall()
        lines.append(_line(pages == [("ok",)], msg("Check", "The pages of the file are whole."),
                           msg("Check", "Pages of the file are damaged.")))  # fmt: skip
        if book.encrypted:
            signed = raw.execute("PRAGMA cipher_integrity_check").fetchall() == []
            lines.append(_line(signed, msg("Check", "Every page is signed with the book's key."),
                               msg("Check", "Pages are not signed with the book's key.")))  # fmt: skip
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        lines.append(_line(not broken, msg("Check", "Every reference leads to a record."),
                           msg("Check", "References lead to records that are not there.")))  # fmt: skip
        found = indexing.check(connection, deep=writable)
        lines.append(_line(not found, msg("Check", "The search index agrees with the records."),
                           msg("Check", "The search index does not agree with the records.")))  # fmt: skip
        journal = check_journal(connection)
        lines.append(_line(not journal, msg("Check", "The journal agrees with itself."),
                           msg("Check", "The journal does not agree with itself.")))  # fmt: skip
        rows = migrate.row_counts(connection)
        looking.rollback()
    records = sum(rows[name] for name in images.journalled() if name in rows)
    lines.append(CheckLine(ok=True, text=nmsg("Check", "{n} record.", "{n} records.", records)))
    return CheckReport(all(line.ok for line in lines), tuple(lines), rows)


def _line(ok: bool, good: Message, bad: Message) -> CheckLine:
    return CheckLine(ok, good if ok else bad)


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
    for row in connection.execute(
        select(changes.c.id, changes.c.table_name, changes.c.before, changes.c.after)
    ):
        if row.table_name not in known:
            continue
        for stored in (row.before, row.after):
            if stored is not None and not isinstance(json.loads(stored), dict):
                faults_found.append(f"change {row.id} cannot be read")
    return faults_found
