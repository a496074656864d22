"""What the import's tests share: records without files, and the whole live content of a book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.exchange.apply import ImportResult, apply_import, preview_import
from acctdesk.exchange.parsed import ParsedFile, Rec
from acctdesk.exchange.runner import import_label
from acctdesk.kinds import DocumentType, RecordKind
from acctdesk.models import Base
from acctdesk.models.base import Record
from acctdesk.services.desk import Desk

Values = Mapping[str, Any]
SPRING = dt.date(2026, 3, 2)


def parsed(kind: RecordKind, rows: Iterable[Values], *, is_lines: bool = False) -> ParsedFile:
    """Return a file of records as the readers give it; row 1 held the headings."""
    records = [Rec("Φύλλο1", number, dict(row)) for number, row in enumerate(rows, start=2)]
    return ParsedFile(kind, records, [], is_lines=is_lines)


def take(desk: Desk, kind: RecordKind, *rows: Values, is_lines: bool = False) -> ImportResult:
    """Import rows, after checking that the preview says the same."""
    before = desk.query(preview_import, parsed=parsed(kind, rows, is_lines=is_lines), mapping=None)
    result = desk.perform(
        import_label(kind, "test.xlsx"),
        apply_import,
        parsed=parsed(kind, rows, is_lines=is_lines),
        file_name="test.xlsx",
        file_hash="0" * 64,
        mapping=None,
    ).value
    assert {**before.counts(), "linked": 0} == {**result.counts(), "linked": 0}
    assert before.problems == result.problems
    return result


def client(code: str | None, name: str | None, **more: Any) -> dict[str, Any]:
    """Return a row of a clients file."""
    return {"code": code, "name": name, **more}


def sale(number: str, code: str | None, net: int, **more: Any) -> dict[str, Any]:
    """Return a row of a sales file; a number that begins with ΠΙΣ is a credit note."""
    kind = DocumentType.CREDIT_NOTE if number.startswith("ΠΙΣ") else DocumentType.INVOICE
    return {
        "number": number,
        "type": kind,
        "issued_on": SPRING,
        "due_on": SPRING + dt.timedelta(days=30),
        "client_code": code,
        "client_name": None,
        "net_minor": net,
        "vat_minor": 0,
        "gross_minor": net,
        "currency": "EUR",
        **more,
    }


def receipt(number: str | None, code: str | None, amount: int, **more: Any) -> dict[str, Any]:
    """Return a row of a receipts file."""
    return {
        "number": number,
        "received_on": SPRING + dt.timedelta(days=10),
        "client_code": code,
        "client_name": None,
        "document_ref": None,
        "amount_minor": amount,
        "currency": "EUR",
        "method": None,
        **more,
    }


_BOOKKEEPING = {"uid", "created_at", "updated_at", "version"}


def _tuples(session: Session, query: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in session.execute(query)]


def live(desk: Desk, *, ids: bool = True) -> dict[str, list[tuple[Any, ...]]]:
    """Return every live business record of the book, table by table."""
    left_out = _BOOKKEEPING if ids else _BOOKKEEPING | {"id"}
    found = {}
    for mapper in Base.registry.mappers:
        if not issubclass(mapper.class_, Record):
            continue
        table: Any = mapper.local_table
        columns = [column for column in table.columns if column.key not in left_out]
        query = select(*columns).where(table.c.deleted_at.is_(None)).order_by(table.c.id)
        found[table.name] = desk.query(_tuples, query)
    return found


def rows_of(desk: Desk, model: Any, *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of the live records of one kind, in the order they were made."""
    query = (
        select(*(getattr(model, name) for name in columns))
        .where(model.deleted_at.is_(None))
        .order_by(model.id)
    )
    return desk.query(_tuples, query)
