"""Keeps the search index equal to the records, in the transaction that changes them.

What a kind is found by is declared here once; the ORM's road, the import's bulk road, undo and
a rebuild all come through :func:`entry`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select
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
}
REST: dict[str, tuple[str, ...]] = {
    "clients": (
        "code", "vat_id", "vat_id_raw", "city", "activity", "address", "postal_code",
        "phone", "mobile", "email", "website", "tax_office", "notes",
    ),
    "contacts": ("role", "department", "phone", "mobile", "email", "notes"),
    "interactions": ("body", "outcome", "place"),
    "tasks": ("notes",),
}  # fmt: skip
LATIN: dict[str, tuple[str, ...]] = {
    "clients": ("name", "city", "activity"),
    "contacts": ("name", "role"),
    "interactions": ("subject",),
    "tasks": ("title",),
}
SHADOWS: dict[tuple[str, str], str] = {
    ("clients", "name"): "name_fold",
    ("clients", "city"): "city_fold",
    ("contacts", "name"): "name_fold",
    ("interactions", "subject"): "subject_fold",
    ("interactions", "body"): "body_fold",
    ("tasks", "title"): "title_fold",
}
_PHONES = ("phone", "mobile")
_NUL = str.maketrans({0: " "})
_CHUNK = 500
_BATCH = 5000


def _folded(table: str, column: str, row: Mapping[str, Any]) -> str:
    shadow = SHADOWS.get((table, column))
    if shadow is not None and row.get(shadow):
        return str(row[shadow])
    value = row.get(column)
    return fold(str(value)) if value else ""


def _phone_forms(row: Mapping[str, Any]) -> list[str]:
    # a number is kept as +302101234567 and typed as 2101234567 or 00302101234567
    forms = []
    for column in _PHONES:
        digits = "".join(sign for sign in str(row.get(column) or "") if sign.isdecimal())
        if digits:
            forms.append(digits)
            if digits.startswith("30") and len(digits) == 12:
                forms.append(digits[2:])
    return forms


def entry(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record's line in the index: rowid, head, rest, latin."""
    head = " ".join(part for part in (_folded(table, name, row) for name in HEAD[table]) if part)
    rest = [part for part in (_folded(table, name, row) for name in REST[table]) if part]
    if table in {"clients", "contacts"}:
        rest += _phone_forms(row)
    latin = [latin_key(str(row[name])) for name in LATIN[table] if row.get(name)]
    return {
        "rowid": row["id"],
        "head": head.translate(_NUL),
        "rest": " ".join(rest).translate(_NUL),
        "latin": " ".join(latin).translate(_NUL),
    }


def _remove(connection: Connection, table: str, ids: Sequence[int]) -> None:
    index = INDEX_TABLES[table]
    for start in range(0, len(ids), _CHUNK):
        connection.execute(delete(index).where(index.c.rowid.in_(ids[start : start + _CHUNK])))


def add(connection: Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Put records that are not in the index into it; trashed ones stay out."""
    if table not in INDEX_TABLES:
        return
    index = INDEX_TABLES[table]
    statement = insert(index)
    batch: list[dict[str, Any]] = []
    for row in rows:
        if row.get("deleted_at") is None:
            batch.append(entry(table, row))
        if len(batch) >= _BATCH:
            connection.execute(statement, batch)
            batch = []
    if batch:
        connection.execute(statement, batch)


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
    for table, index in INDEX_TABLES.items():
        connection.execute(delete(index))
        records = images.table_of(table)
        rows = connection.execute(select(records).where(records.c.deleted_at.is_(None))).mappings()
        add(connection, table, map(dict, rows))


def check(connection: Connection, *, deep: bool = True) -> list[str]:
    """Return what is wrong with the index: nothing, or one line a fault.

    ``deep`` has FTS5 compare each entry with its text, which needs a writer's connection.
    """
    faults = []
    for table, index in INDEX_TABLES.items():
        name = index.name
        if deep:
            try:
                connection.exec_driver_sql(INTEGRITY[name])
            except DatabaseError as error:
                faults.append(f"{name}: {error.orig}")
                continue
        records = images.table_of(table)
        live = set(
            connection.execute(select(records.c.id).where(records.c.deleted_at.is_(None))).scalars()
        )
        indexed = set(connection.execute(select(index.c.rowid)).scalars())
        if live != indexed:
            faults.append(f"{name}: {len(live - indexed)} missing, {len(indexed - live)} too many")
    return faults


INTEGRITY = {
    "search_clients": "INSERT INTO search_clients(search_clients) VALUES('integrity-check')",
    "search_contacts": "INSERT INTO search_contacts(search_contacts) VALUES('integrity-check')",
    "search_interactions": (
        "INSERT INTO search_interactions(search_interactions) VALUES('integrity-check')"
    ),
    "search_tasks": "INSERT INTO search_tasks(search_tasks) VALUES('integrity-check')",
}
