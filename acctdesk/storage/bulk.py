"""The import's road: many records with Core, journalled in bulk, in the caller's transaction.

The same functions as the ORM's road give the folded text, the version and the index. Created
records take a run of consecutive ids and are journalled as that range; updated ones are
journalled each with before and after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, update
from sqlalchemy.orm import Session

from acctdesk.models.base import Folded, Record, new_uid
from acctdesk.storage import images, indexing
from acctdesk.storage.capture import Capture, capture_of
from acctdesk.storage.changes import RangeChange

_CHUNK = 5000


def _defaults(model: type[Record], capture: Capture) -> dict[str, Any]:
    table = images.table_of(model.__tablename__)  # type: ignore[attr-defined]
    found: dict[str, Any] = {}
    for column in table.columns:
        default = column.default
        found[column.key] = default.arg if default is not None and default.is_scalar else None  # type: ignore[attr-defined]
    now = capture.clock()
    return found | {"created_at": now, "updated_at": now, "deleted_at": None, "version": 1}


def _shadowed(model: type[Record], values: dict[str, Any]) -> dict[str, Any]:
    return model.folded_values(values) if issubclass(model, Folded) else {}


def _next_id(session: Session, table: str) -> int:
    # AUTOINCREMENT never gives an id again, not even that of a purged record
    used = session.connection().exec_driver_sql(
        "SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)
    )
    return int(used.scalar() or 0) + 1


def _insert(
    connection: Connection, table: Table, records: Sequence[Mapping[str, Any]], ready: Set[str]
) -> None:
    # one prepared statement over tuples: SQLAlchemy would look at every value of every row
    statement = str(insert(table).compile(dialect=connection.dialect))
    binds = images.bind_processors(table.name)
    columns = [
        (column.key, None if column.key in ready else binds[column.key]) for column in table.columns
    ]
    for start in range(0, len(records), _CHUNK):
        rows = [
            tuple(
                record[key] if bind is None or record[key] is None else bind(record[key])
                for key, bind in columns
            )
            for record in records[start : start + _CHUNK]
        ]
        connection.exec_driver_sql(statement, rows)


def bulk_insert(
    session: Session, model: type[Record], rows: Sequence[Mapping[str, Any]]
) -> list[int]:
    """Create a record for each of ``rows`` (column name to value) and return their ids in order.

    Columns that a row leaves out take their default; ``id``, ``uid``, times, version and folded
    text are given here. The search index follows in the same transaction.
    """
    if not rows:
        return []
    session.flush()
    capture = capture_of(session)
    connection = session.connection()
    table = images.table_of(model.__tablename__)  # type: ignore[attr-defined]
    first = _next_id(session, table.name)
    defaults = _defaults(model, capture)
    given = set().union(*rows)
    unknown = given - set(defaults)
    if unknown:
        raise KeyError(f"{table.name} has no column {sorted(unknown)}")
    binds = images.bind_processors(table.name)
    ready = {key for key in defaults if key not in given and binds[key] is not None}
    for key in ready:  # the same in every row, so made ready once
        value, bind = defaults[key], binds[key]
        defaults[key] = value if value is None or bind is None else bind(value)
    records: list[dict[str, Any]] = []
    for row_id, row in enumerate(rows, start=first):
        record = {**defaults, **row, "id": row_id}
        if record["uid"] is None:
            record["uid"] = new_uid()
        record.update(_shadowed(model, record))
        records.append(record)
    _insert(connection, table, records, ready)
    indexing.add(connection, table.name, records)
    last = first + len(records) - 1
    capture.ranges.append(RangeChange(table.name, first, last, "insert"))
    return list(range(first, last + 1))


def bulk_update(session: Session, model: type[Record], rows: Sequence[Mapping[str, Any]]) -> int:
    """Update the record of each of ``rows``: its ``id`` and the columns to set; return how many.

    A row that says what the record already says counts for nothing. Version, ``updated_at``,
    folded text, journal and search index follow.

    Raises:
        KeyError: no record has one of the ids.
    """
    if not rows:
        return 0
    session.flush()
    capture = capture_of(session)
    connection = session.connection()
    table = images.table_of(model.__tablename__)  # type: ignore[attr-defined]
    current = images.read_images(connection, table.name, [row["id"] for row in rows])
    now = capture.clock()
    batches: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    touched: list[int] = []
    for row in rows:
        before = current[row["id"]]
        wanted = {**row, **_shadowed(model, dict(row))}
        changed = {key: value for key, value in wanted.items() if before[key] != value}
        if not changed:
            continue
        capture.note(table.name, before["id"], dict(before))
        touched.append(before["id"])
        changed |= {"version": before["version"] + 1, "updated_at": now}
        before.update(changed)  # a second row for the same record builds on the first
        values = {f"set_{key}": value for key, value in changed.items()}
        batches.setdefault(tuple(sorted(changed)), []).append({**values, "row_id": before["id"]})
    for columns, values_list in batches.items():
        statement = (
            update(table)
            .where(table.c.id == bindparam("row_id"))
            .values({column: bindparam(f"set_{column}") for column in columns})
        )
        connection.execute(statement, values_list)
    _forget(session, model, touched)
    return len(set(touched))


def _forget(session: Session, model: type[Record], ids: Sequence[int]) -> None:
    # what the session remembers of these records is no longer so
    wanted = set(ids)
    for entity in list(session.identity_map.values()):
        if isinstance(entity, model) and entity.id in wanted:
            session.expire(entity)
