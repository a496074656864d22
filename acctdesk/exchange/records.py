"""From cells to typed records, with every problem stated."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from acctdesk.exchange.columns import Mapping
from acctdesk.exchange.fields import FIELDS, FieldType
from acctdesk.exchange.parsed import ParsedFile, Rec
from acctdesk.exchange.problems import Problem
from acctdesk.exchange.sheets import Cell, FileContent, Row
from acctdesk.exchange.tables import Table, find_tables
from acctdesk.exchange.values import english_decimals, is_blank, read_day, text_of
from acctdesk.i18n import Message, msg
from acctdesk.kinds import ProblemCode, ProblemOutcome, RecordKind
from acctdesk.text import (
    clean,
    fold,
    parse_number,
    parse_ratio,
    parse_time,
    parse_yes_no,
    read_phone,
    read_segment,
    read_vat_id,
    reads_month_first,
    valid_email,
    valid_iban,
    whole_number,
)

__all__ = ["ParsedFile", "Reader", "Rec", "read_records"]
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_LOSSY = re.compile(r"\w\?\w|\ufffd")
_EMAIL_IN = re.compile(r"[^\s;,<>/]+@[^\s;,<>/]+")
_IBAN_LENGTHS = range(15, 35)
_IBAN_START, _DIGIT = re.compile(r"[A-Z]{2}\d{2}"), re.compile(r"\d")
_IBAN_SHAPE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11}")
_FILED_UNDER = {"code", "number", "client_code", "name"}
_NAMES = {"name", "client_name", "parent_name", "contact_name", "product_name"}


@dataclass(slots=True)
class Reader:
    """Reads the cells of one file; collects problems as it goes."""

    mapping: Mapping
    today: dt.date
    currency: str
    english: dict[int, bool] = field(default_factory=dict)
    month_first: dict[int, bool] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0

    def number(self, cell: Cell, index: int) -> Decimal | None:
        """Return a number by the style of its column."""
        language = "en" if self.english.get(index) else "el"
        return (
            parse_number(cell, language=language)
            if not isinstance(cell, dt.date | dt.time)
            else None
        )

    def tell(
        self, rec: Rec, key: str, cell: Cell, code: ProblemCode, done: ProblemOutcome, what: Message
    ) -> None:
        """Note a problem of a record."""
        value = text_of(cell)
        self.problems.append(Problem(rec.record, rec.sheet, rec.row, key, value, code, done, what))

    def refuse(self, rec: Rec, key: str, cell: Cell, code: ProblemCode, what: Message) -> None:
        """Note why a record is not taken."""
        self.tell(rec, key, cell, code, ProblemOutcome.REFUSED, what)
        self.refused += 1


def text_value(cell: Cell) -> str | None:
    """Return a cell's text, cleaned of control characters; None where it says nothing."""
    if cell is None:
        return None
    return _plain(cell) if isinstance(cell, str) else text_of(cell)


@lru_cache(maxsize=50_000)
def _plain(text: str) -> str | None:
    return clean(_CONTROL.sub(" ", text)) or None


def read_records(
    content: FileContent, mapping: Mapping, *, today: dt.date, currency: str = "EUR"
) -> ParsedFile:
    """Return every record that a file holds under a mapping, and what was wrong with it.

    ``today`` is what a later date is stated against; ``currency`` the book's.
    """
    from acctdesk.exchange import record_kinds, record_targets

    tables = _tables(content, mapping)
    reader = Reader(mapping, today, currency)
    # what a problem is filed under is read first
    columns = dict(sorted(mapping.fields().items(), key=lambda item: item[0] not in _FILED_UNDER))
    for column in mapping.columns:
        key = column.field or ""
        read = _READS.get(key)
        if read is not _day and read is not _number and ":" not in key:  # month:03 is an amount
            continue
        cells = [
            cell for table in tables for cell in table.column(column.index) if isinstance(cell, str)
        ]
        if read is _day:
            reader.month_first[column.index] = reads_month_first(cells)
        elif cells:
            reader.english[column.index] = english_decimals(cells)
    if mapping.kind is RecordKind.TARGETS:
        records = record_targets.targets(reader, tables)
        return ParsedFile(mapping.kind, records, reader.problems, reader.refused)
    finish = record_kinds.FINISH.get(mapping.kind, _as_read)
    is_lines = record_kinds.is_lines(mapping, columns)
    found: list[Rec] = []
    for table, row_number, row in _rows(tables):
        rec = Rec(table.sheet, row_number, {})
        _read_row(reader, rec, row, columns)
        if all(value is None for value in rec.values.values()):
            continue
        done = (
            finish(reader, rec, row, columns, table)
            if not is_lines
            else record_kinds.line(reader, rec, row, columns, table)
        )
        if done is not None:
            found.append(done)
    return ParsedFile(mapping.kind, found, reader.problems, reader.refused, is_lines=is_lines)


Finish = Callable[[Reader, Rec, Row, dict[str, int], Table], Rec | None]


def _as_read(
    _reader: Reader, rec: Rec, _row: Row, _columns: dict[str, int], _table: Table
) -> Rec | None:
    return rec


def _tables(content: FileContent, mapping: Mapping) -> list[Table]:
    tables = find_tables(content)
    chosen = [table for table in tables if not mapping.sheets or table.sheet in mapping.sheets]
    return [_aligned(table, mapping) for table in (chosen or tables)]


def _aligned(table: Table, mapping: Mapping) -> Table:
    """Return a table whose columns stand as in the mapping, found by their headings."""
    wanted = [column for column in mapping.columns if column.field and column.heading]
    here = {
        fold(heading): index
        for index, heading in reversed(list(enumerate(table.headings)))
        if heading
    }
    moved = {
        column.index: here[fold(column.heading)]
        for column in wanted
        if fold(column.heading) in here
    }
    same = all(
        column.index < len(table.headings)
        and fold(table.headings[column.index]) == fold(column.heading)
        for column in wanted
    )
    if same or not moved:
        return table
    width = max(column.index for column in mapping.columns) + 1

    def shifted(row: Row) -> Row:
        source = [
            moved.get(index, index if index not in moved.values() else -1) for index in range(width)
        ]
        return tuple(row[at] if 0 <= at < len(row) else None for at in source)

    return replace(table, rows=[(number, shifted(row)) for number, row in table.rows])


def _rows(tables: list[Table]) -> Iterator[tuple[Table, int, Row]]:
    for table in tables:
        for number, row in table.rows:
            yield table, number, row


def cell_of(row: Row, columns: dict[str, int], key: str) -> Cell:
    """Return the cell of a field, None where the file has no such column."""
    index = columns.get(key)
    return row[index] if index is not None and index < len(row) else None


def _read_row(reader: Reader, rec: Rec, row: Row, columns: dict[str, int]) -> None:
    lossy = set()
    width = len(row)
    for key, index in columns.items():
        value = read_cell(reader, rec, key, row[index] if index < width else None, index)
        rec.values[key] = value
        if key in _NAMES and isinstance(value, str) and _LOSSY.search(value):
            lossy.add(key)
    rec.lossy = frozenset(lossy)


def read_cell(reader: Reader, rec: Rec, key: str, cell: Cell, index: int) -> Any:
    """Return the typed value of one cell, None where it is empty or cannot be read."""
    if is_blank(cell) and key not in _SPOKEN:
        return None
    read = _READS.get(key)
    return text_value(cell) if read is None else read(reader, rec, key, cell, index)


def _number(reader: Reader, rec: Rec, key: str, cell: Cell, index: int) -> Decimal | None:
    number = reader.number(cell, index)
    if number is None:
        reader.tell(
            rec, key, cell, ProblemCode.UNREADABLE_NUMBER, ProblemOutcome.EMPTIED,
            msg("Problem", "The number cannot be read."),
        )  # fmt: skip
        return None
    return number * reader.mapping.unit_scale if key in _MONEY else number


def _day(reader: Reader, rec: Rec, key: str, cell: Cell, index: int) -> dt.date | None:
    day = read_day(cell, day_first=not reader.month_first.get(index))
    if day is None:
        reader.tell(
            rec, key, cell, ProblemCode.UNREADABLE_DATE, ProblemOutcome.EMPTIED,
            msg("Problem", "The date cannot be read."),
        )  # fmt: skip
        return None
    if day > reader.today and key in {"issued_on", "received_on", "happened_on"}:
        reader.tell(
            rec, key, cell, ProblemCode.FUTURE_DATE, ProblemOutcome.STATED,
            msg("Problem", "The date is after today."),
        )  # fmt: skip
    return day


def _vat(reader: Reader, rec: Rec, key: str, cell: Cell, _index: int) -> str | None:
    reading = read_vat_id(cell if isinstance(cell, str | int | float) else text_of(cell))
    if key != "vat_id":
        return reading.value
    if not reading.valid:
        rec.values["vat_id_raw"] = reading.raw or None
        reader.tell(
            rec, key, cell, ProblemCode.VAT_ID_INVALID, ProblemOutcome.KEPT,
            msg("Problem", "The check digit of the VAT number is wrong. It is kept, marked."),
        )  # fmt: skip
        return None
    if reading.restored:
        reader.tell(
            rec, key, cell, ProblemCode.VAT_ID_LOST_LEADING_ZERO, ProblemOutcome.RESTORED,
            msg("Problem", "The VAT number had lost its leading zero. It was restored: {vat_id}.",
                vat_id=reading.value),
        )  # fmt: skip
    return reading.value


def _ibans(reader: Reader, rec: Rec, key: str, cell: Cell, _index: int) -> tuple[str, ...] | None:
    found = []
    for part in re.split(r"[;,/|\n]", text_of(cell)):
        there, rest = _ibans_in(re.sub(r"^IBAN|[^A-Z0-9]", "", part.upper().strip()))
        found += there
        if _IBAN_SHAPE.search(rest) if there else _DIGIT.search(rest):
            reader.tell(
                rec, key, part.strip(), ProblemCode.IBAN_INVALID, ProblemOutcome.EMPTIED,
                msg("Problem", "The check digits of the IBAN are wrong. It was left out."),
            )  # fmt: skip
    return tuple(found) or None


def _ibans_in(written: str) -> tuple[list[str], str]:
    """Return the valid IBANs in letters and digits, and what else stands there."""
    found, rest, at = [], "", 0
    while at < len(written):
        lengths = _IBAN_LENGTHS if _IBAN_START.match(written, at) else ()
        there = (written[at : at + n] for n in lengths if at + n <= len(written))
        iban = next((one for one in there if valid_iban(one)), "")
        if iban:
            found.append(iban)
        else:
            rest += written[at]
        at += len(iban) or 1
    return found, rest


def _email(reader: Reader, rec: Rec, key: str, cell: Cell, _index: int) -> str | None:
    found = [part.strip(".<>()") for part in _EMAIL_IN.findall(text_of(cell))]
    good = next((part for part in found if valid_email(part)), None)
    if good is None:
        reader.tell(
            rec, key, cell, ProblemCode.INVALID_EMAIL, ProblemOutcome.EMPTIED,
            msg("Problem", "This is not an e-mail address."),
        )  # fmt: skip
    return good


def _time(reader: Reader, rec: Rec, key: str, cell: Cell, _index: int) -> dt.time | None:
    if isinstance(cell, float) and 0 <= cell < 1:  # a spreadsheet's part of a day
        return dt.time(*divmod(min(round(cell * 1440), 1439), 60))
    time = parse_time(cell if isinstance(cell, dt.datetime | dt.time) else text_of(cell))
    if time is None:
        reader.tell(
            rec, key, cell, ProblemCode.UNREADABLE_DATE, ProblemOutcome.EMPTIED,
            msg("Problem", "The time of day cannot be read."),
        )  # fmt: skip
    return time


def _phone(cell: Cell) -> str | None:
    return read_phone(text_of(cell)) or text_value(cell)


def _yes_no(cell: Cell) -> bool | None:
    return parse_yes_no(text_of(cell))


def _postal_code(cell: Cell) -> str | None:
    text = text_of(cell).replace(" ", "")
    return text.zfill(5) if text.isdigit() and len(text) == 4 else text or None


def _whole(cell: Cell) -> int | None:
    found = re.search(r"\d+", text_of(cell))
    number = whole_number(found.group()) if found else None
    return number if number is not None and number < 10_000 else None


def _share(cell: Cell) -> Decimal | None:
    ratio = parse_ratio(cell) if not isinstance(cell, dt.date | dt.time) else None
    return ratio / 100 if ratio is not None and abs(ratio) > 1 else ratio


def _country(cell: Cell) -> str | None:
    text = text_of(cell).upper()
    return text if len(text) == 2 and text.isalpha() else None


Read = Callable[[Reader, Rec, str, Cell, int], Any]


def _alone(read: Callable[[Cell], Any]) -> Read:
    """Return how a cell is read that needs no more than itself."""
    return lambda _reader, _rec, _key, cell, _index: read(cell)


_READ_AS: dict[FieldType, Read] = {  # of every other type a cell is text
    FieldType.MONEY: _number,
    FieldType.NUMBER: _number,
    FieldType.DATE: _day,
    FieldType.TIME: _time,
    FieldType.VAT_ID: _vat,
    FieldType.IBAN: _ibans,
    FieldType.PHONE: _alone(_phone),
    FieldType.EMAIL: _email,
    FieldType.YES_NO: _alone(_yes_no),
    FieldType.POSTAL_CODE: _alone(_postal_code),
    FieldType.INTEGER: _alone(_whole),
    FieldType.SHARE: _alone(_share),
    FieldType.COUNTRY: _alone(_country),
    FieldType.SEGMENT: _alone(lambda cell: (said := text_value(cell)) and read_segment(said)),
}
_TYPES = {one.key: one.type for fields in FIELDS.values() for one in fields}
_READS = {key: _READ_AS[kind] for key, kind in _TYPES.items() if kind in _READ_AS}
_MONEY = {key for key, kind in _TYPES.items() if kind is FieldType.MONEY}
_SPOKEN = {key for key, kind in _TYPES.items() if kind is FieldType.NOTES}  # «-» stays there
