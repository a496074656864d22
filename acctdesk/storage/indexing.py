"""Keeps the search index equal to the records, in the transaction that changes them.

What a kind is found by is declared here once; the ORM's road, the import's bulk road, undo and
a rebuild all come through :func:`entry`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.exc import DatabaseError

from acctdesk.storage import images
from acctdesk.storage.changes import RangeChange, RowChange
from acctdesk.storage.tables import INDEX_TABLES
from acctdesk.text import fold, latin_key

# head is what a record is called by, rest is everything else it is found by;
# Greeklish is understood in the columns of latin
HEAD: dict[str, tuple[str, ...]] = {
    "clients": ("name",),
    "contacts": ("name",),
    "interactions": ("subject",),
    "tasks": ("title",),
    "disputes": ("title",),
    "requests": ("what",),
}
REST: dict[str, tuple[str, ...]] = {
    "clients": (
        "code", "vat_id", "vat_id_raw", "city", "activity", "address", "postal_code",
        "phone", "mobile", "email", "website", "tax_office", "notes",
    ),
    "contacts": ("role", "department", "phone", "mobile", "email", "notes"),
    "interactions": ("body", "outcome", "place"),
    "tasks": ("notes",),
    "disputes": ("cause", "notes", "resolution"),
    "requests": ("details", "answer"),
}  # fmt: skip
LATIN: dict[str, tuple[str, ...]] = {
    "clients": ("name", "city", "activity"),
    "contacts": ("name", "role"),
    "interactions": ("subject",),
    "tasks": ("title",),
    "disputes": ("title",),
    "requests": ("what",),
}
SHADOWS: dict[str, str] = {  # the folded column of what a record is called by
    "clients": "name_fold",
    "contacts": "name_fold",
    "interactions": "subject_fold",
    "tasks": "title_fold",
    "disputes": "title_fold",
    "requests": "what_fold",
}
_PHONES = {"clients": ("phone", "mobile"), "contacts": ("phone", "mobile")}
_NO_DIGITS = re.compile(r"\D+")
_CHUNK = 500
_BATCH = 5000
_MANY = 1000  # entries from which removing them one by one costs more than merging the index


# FTS5 takes its orders as rows for a column named after the table
_SAY: dict[str, str] = {
    "clients": "INSERT INTO search_clients(search_clients, rank) VALUES(?, ?)",
    "contacts": "INSERT INTO search_contacts(search_contacts, rank) VALUES(?, ?)",
    "interactions": "INSERT INTO search_interactions(search_interactions, rank) VALUES(?, ?)",
    "tasks": "INSERT INTO search_tasks(search_tasks, rank) VALUES(?, ?)",
    "disputes": "INSERT INTO search_disputes(search_disputes, rank) VALUES(?, ?)",
    "requests": "INSERT INTO search_requests(search_requests, rank) VALUES(?, ?)",
}
_ADD: dict[str, str] = {
    "clients": "INSERT INTO search_clients(rowid, head, rest, latin) VALUES(?, ?, ?, ?)",
    "contacts": "INSERT INTO search_contacts(rowid, head, rest, latin) VALUES(?, ?, ?, ?)",
    "interactions": "INSERT INTO search_interactions(rowid, head, rest, latin) VALUES(?, ?, ?, ?)",
    "tasks": "INSERT INTO search_tasks(rowid, head, rest, latin) VALUES(?, ?, ?, ?)",
    "disputes": "INSERT INTO search_disputes(rowid, head, rest, latin) VALUES(?, ?, ?, ?)",
    "requests": "INSERT INTO search_requests(rowid, head, rest, latin) VALUES(?, ?, ?, ?)",
}


@lru_cache(maxsize=20_000)
def _latin_word(word: str) -> str:
    return latin_key(word)


def latin_text(text: str) -> str:
    """Return ``latin_key(text)``, made word by word: names share most of their words."""
    return " ".join(filter(None, map(_latin_word, text.split())))


def _phone_forms(table: str, row: Mapping[str, Any]) -> list[str]:
    # a number is kept as +302101234567 and typed as 2101234567 or 00302101234567
    forms = []
    for column in _PHONES.get(table, ()):
        digits = _NO_DIGITS.sub("", row.get(column) or "")
        if digits:
            forms.append(digits)
            if len(digits) == 12 and digits.startswith("30"):
                forms.append(digits[2:])
    return forms


def entry(table: str, row: Mapping[str, Any]) -> tuple[int, str, str, str]:
    """Return a record's line in the index: rowid, head, rest, latin."""
    head = " ".join(str(row[name]) for name in HEAD[table] if row.get(name))
    rest = [str(row[name]) for name in REST[table] if row.get(name)]
    rest += _phone_forms(table, row)
    latin = " ".join(str(row[name]) for name in LATIN[table] if row.get(name))
    shadow = row.get(SHADOWS[table])
    line = (shadow or fold(head), fold(" ".join(rest)), latin_text(latin))
    if "\x00" in "".join(line):  # SQLite's tokenizer would stop there
        line = (line[0].replace("\x00", " "), line[1].replace("\x00", " "), line[2])
    return (row["id"], *line)


@contextmanager
def _removing(connection: Connection, table: str, count: int) -> Iterator[None]:
    """Let many entries be removed at once, with nothing of them left.

    Secure deletion rewrites the index for each entry. Of many, the entries are marked as gone and
    the index is merged once, which drops their text as well.
    """
    if count < _MANY:
        yield
        return
    say = _SAY[table]
    connection.exec_driver_sql(say, ("secure-delete", 0))
    yield
    connection.exec_driver_sql(say, ("optimize", None))
    connection.exec_driver_sql(say, ("secure-delete", 1))


def _remove(connection: Connection, table: str, ids: Sequence[int]) -> None:
    index = INDEX_TABLES[table]
    with _removing(connection, table, len(ids)):
        for start in range(0, len(ids), _CHUNK):
            connection.execute(delete(index).where(index.c.rowid.in_(ids[start : start + _CHUNK])))


def add(connection: Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Put records that are not in the index into it; trashed ones stay out."""
    if table not in INDEX_TABLES:
        return
    alive = (entry(table, row) for row in rows if row.get("deleted_at") is None)
    while batch := list(islice(alive, _BATCH)):
        connection.exec_driver_sql(_ADD[table], batch)


def sync(connection: Connection, table: str, ids: Iterable[int]) -> None:
    """Make the index say of ``ids`` what the records say now."""
    if table not in INDEX_TABLES:
        return
    wanted = sorted(set(ids))
    _remove(connection, table, wanted)
    add(connection, table, images.read_images(connection, table, wanted).values())


def sync_range(connection: Connection, table: str, first_id: int, last_id: int) -> None:
    """Make the index say of a whole range of ids what the records say now."""
    if table not in INDEX_TABLES:
        return
    index = INDEX_TABLES[table]
    with _removing(connection, table, last_id - first_id + 1):
        connection.execute(delete(index).where(index.c.rowid.between(first_id, last_id)))
    records = images.table_of(table)
    rows = connection.execute(
        select(records).where(
            records.c.id.between(first_id, last_id), records.c.deleted_at.is_(None)
        )
    ).mappings()
    add(connection, table, map(dict, rows))


def _matters(change: RowChange) -> bool:
    if change.before is None:
        return True
    watched = {*HEAD[change.table], *REST[change.table], "deleted_at"}
    return not watched.isdisjoint(change.fields)


def sync_changes(connection: Connection, changes: Iterable[RowChange | RangeChange]) -> None:
    """Follow a step's changes; ranges are written by :mod:`acctdesk.storage.bulk` itself."""
    touched: dict[str, list[int]] = {}
    for change in changes:
        if change.table not in INDEX_TABLES or isinstance(change, RangeChange):
            continue
        if _matters(change):
            touched.setdefault(change.table, []).append(change.id)
    for table, ids in touched.items():
        sync(connection, table, ids)


def rebuild(connection: Connection) -> None:
    """Make the whole index anew from the records."""
    for table in INDEX_TABLES:
        _rebuild(connection, table)


def _rebuild(connection: Connection, table: str) -> None:
    with _removing(connection, table, _MANY):
        connection.execute(delete(INDEX_TABLES[table]))
    records = images.table_of(table)
    rows = connection.execute(select(records).where(records.c.deleted_at.is_(None))).mappings()
    add(connection, table, map(dict, rows))


def _missed(connection: Connection, table: str) -> tuple[int, int]:
    """Return how many live records the index lacks, and how many it has too many."""
    records = images.table_of(table)
    live = set(
        connection.execute(select(records.c.id).where(records.c.deleted_at.is_(None))).scalars()
    )
    indexed = set(connection.execute(select(INDEX_TABLES[table].c.rowid)).scalars())
    return len(live - indexed), len(indexed - live)


def complete(connection: Connection) -> None:
    """Make the index of each kind anew that does not name the records there are.

    So a kind that an older program did not index is found after an update.
    """
    for table in INDEX_TABLES:
        if _missed(connection, table) != (0, 0):
            _rebuild(connection, table)


def check(connection: Connection, *, deep: bool = True) -> list[str]:
    """Return what is wrong with the index: nothing, or one line a fault.

    ``deep`` has FTS5 compare each entry with its text, which needs a writer's connection.
    """
    faults = []
    for table, index in INDEX_TABLES.items():
        name = index.name
        if deep:
            try:
                connection.exec_driver_sql(_SAY[table], ("integrity-check", None))
            except DatabaseError as error:
                faults.append(f"{name}: {error.orig}")
                continue
        missing, many = _missed(connection, table)
        if missing or many:
            faults.append(f"{name}: {missing} missing, {many} too many")
    return faults
