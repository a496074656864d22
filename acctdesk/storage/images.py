"""Rows as values: read from the database, written to the journal as JSON, read back.

The journal keeps what the database stores (a date as its ISO text), through the column's own
processors, so that every type that can be stored can be journalled without a second codec.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Mapper

from acctdesk.models import Base
from acctdesk.models.base import Record

Image = dict[str, Any]
_Processor = Callable[[Any], Any]
_DIALECT = sqlite.dialect()
_CHUNK = 500


@cache
def journalled() -> Mapping[str, Mapper[Any]]:
    """Return the mappers of all business records by table name: what the journal watches."""
    return {
        mapper.local_table.name: mapper  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Record)
    }


def table_of(name: str) -> Table:
    """Return the table of business records called ``name``.

    Raises:
        KeyError: today's book has no such table.
    """
    found = journalled()[name].local_table
    assert isinstance(found, Table)
    return found


@cache
def _processors(name: str) -> dict[str, tuple[_Processor | None, _Processor | None]]:
    found: dict[str, tuple[_Processor | None, _Processor | None]] = {}
    for column in table_of(name).columns:
        kind = column.type.dialect_impl(_DIALECT)
        found[column.key] = (
            kind.bind_processor(_DIALECT),
            kind.result_processor(_DIALECT, None),
        )
    return found


def bind_processors(name: str) -> dict[str, _Processor | None]:
    """Return for each column of the table the function that makes a stored value, or None."""
    return {key: pair[0] for key, pair in _processors(name).items()}


def read_images(connection: Connection, name: str, ids: Iterable[int]) -> dict[int, Image]:
    """Return the rows of ``ids`` that exist, by id, every column."""
    table = table_of(name)
    wanted = sorted(set(ids))
    found: dict[int, Image] = {}
    for start in range(0, len(wanted), _CHUNK):
        rows = connection.execute(
            select(table).where(table.c.id.in_(wanted[start : start + _CHUNK]))
        )
        for row in rows:
            found[row.id] = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    return found


def difference(before: Image, after: Image) -> tuple[Image, Image]:
    """Return the columns that differ, as they were and as they are."""
    keys = [key for key, value in after.items() if before.get(key) != value]
    return {key: before.get(key) for key in keys}, {key: after[key] for key in keys}


def encode(name: str, image: Mapping[str, Any] | None) -> str | None:
    """Return an image as JSON text of stored values."""
    if image is None:
        return None
    processors = _processors(name)
    stored: dict[str, Any] = {}
    for key, value in image.items():
        bind = processors[key][0]
        raw = bind(value) if bind else value
        if isinstance(raw, bytes):
            raw = {"base64": base64.b64encode(raw).decode("ascii")}
        stored[key] = raw
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))


def decode(name: str, stored: str | None) -> Image | None:
    """Return the image behind JSON text; columns that no longer exist stay as stored."""
    if stored is None:
        return None
    raw: dict[str, Any] = json.loads(stored)
    processors = _processors(name) if name in journalled() else {}
    image: Image = {}
    for key, value in raw.items():
        plain = base64.b64decode(value["base64"]) if isinstance(value, dict) else value
        result = processors.get(key, (None, None))[1]
        image[key] = result(plain) if result else plain
    return image
