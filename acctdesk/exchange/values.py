"""Cells to typed values, and what the values of a column look like."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from acctdesk.exchange.fields import FieldType
from acctdesk.exchange.sheets import Cell
from acctdesk.exchange.words import without_initials
from acctdesk.kinds import DocumentType
from acctdesk.text import (
    clean,
    fold,
    parse_date,
    parse_month,
    parse_number,
    parse_ratio,
    parse_yes_no,
    read_phone,
    read_vat_id,
    whole_number,
)
from acctdesk.text.dates import month_number

_EPOCH = dt.date(1899, 12, 30)  # day 0 of a spreadsheet's serial dates
_SERIALS = range(20_000, 80_000)
_SAMPLE = 300
_SAMPLES_IN_ALL = 12_000  # of all columns: a very wide table must not cost minutes
_FEWEST = 5
_YEAR_MONTHS = 190_001  # 202606 is June 2026
# from the start of a word alone: a megabyte without a space would be searched from each letter
_EMAIL_IN = re.compile(r"(?<![^\s;,<>])[^\s;,<>]+@[^\s;,<>]+")
# by its shape alone: one that is mistyped is told when it is read; words have fewer digits
_IBAN_IN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b", re.IGNORECASE | re.ASCII)
_IBAN_DIGITS = 12  # at least, in every country
_POSTAL = re.compile(r"\d{3}\s?\d{2}")
_CREDIT = re.compile(
    r"πιστωτικ|\bπισ\b|\bπιστ\b|\bπτ(?:\b|τ|δ|π)|\bακυρ|επιστροφ|credit|cn\b|cr(?:n|m)?\b|refund|return|akyr|pistot"
)
_INVOICE = re.compile(
    r"τιμ|τπυ|τδα|τδ\b|τπ\b|τπα|τπδα|αποδειξη λιανικ|αλπ|απυ|απλ|τιμολογ|δελτιο αποστολ\w* ?- ?τιμ"
    r"|παροχ|invoice|inv\b|sale|timol|tim\b|debit|χρεωστικ|bill|πωληση"
)
# the types of the tax authority's myDATA: sales are 1.x to 3.x and 11.x
_MYDATA = re.compile(r"(?:[123]|11)\.\d")
_MYDATA_CREDIT = re.compile(r"5\.[12]|11\.4")
_BLANKS = frozenset({"-", "--", "—", "–", "n/a", "#n/a", "#δ/υ", "null", "none", "nan", "."})

_LONGEST_BLANK = 2 * max(map(len, _BLANKS))  # with white space around


def text_of(cell: Cell) -> str:
    """Return a cell as text: a whole number without a point, a day as 31/12/2026."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime) and (cell.hour or cell.minute):
        return f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    return clean(cell) if isinstance(cell, str) else str(cell)


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell says nothing."""
    if not isinstance(cell, str):
        return cell is None
    return not cell or (len(cell) <= _LONGEST_BLANK and _means_nothing(cell))


@lru_cache(maxsize=10_000)
def _means_nothing(short: str) -> bool:
    return fold(short) in _BLANKS


def read_day(cell: Cell, *, day_first: bool = True) -> dt.date | None:
    """Return the day in a cell: a date, a text, or a spreadsheet's serial number."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _EPOCH + dt.timedelta(days=int(cell)) if int(cell) in _SERIALS else None
    if isinstance(cell, str):
        serial = whole_number(cell.strip())
        if serial is not None and serial in _SERIALS:
            return _EPOCH + dt.timedelta(days=serial)
    return parse_date(cell, day_first=day_first)


def number_of_month(cell: Cell) -> int | None:
    """Return 1 to 12 for a month's number or name, None for anything else."""
    text = text_of(cell)
    number = whole_number(text)
    if number is not None:
        return number if 1 <= number <= 12 else None
    return month_number(text) if text else None


def read_document_type(cell: Cell) -> DocumentType | None:
    """Return the document type that a word names, None where it names neither."""
    word = without_initials(fold(text_of(cell))).replace(".", " ")
    code = text_of(cell)
    if _CREDIT.search(word) or _MYDATA_CREDIT.fullmatch(code):
        return DocumentType.CREDIT_NOTE
    known = _INVOICE.search(word) or _MYDATA.fullmatch(code)
    return DocumentType.INVOICE if known else None


def to_minor(value: Decimal) -> int:
    """Return an amount in minor units, rounded half up."""
    return int((value * 100).quantize(Decimal(1), ROUND_HALF_UP))


def english_decimals(cells: Sequence[Cell]) -> bool:
    """Tell whether a column writes 1,234.56, by the values that can be read one way only."""
    dot = comma = 0
    for cell in cells[:2000]:
        if not isinstance(cell, str):
            continue
        if re.search(r"\d,\d{3}\.\d", cell) or re.fullmatch(r"\D*\d+\.\d{1,2}\D*", cell.strip()):
            dot += 1
        elif re.search(r"\d\.\d{3},\d", cell) or re.fullmatch(r"\D*\d+,\d{1,2}\D*", cell.strip()):
            comma += 1
    return dot > comma


@dataclass(frozen=True, slots=True)
class Looks:
    """Which share of a column's values can be read as what; ``distinct`` ones over all."""

    count: int
    date: float
    serial: float  # a spreadsheet's number of a day, shown as a number
    number: float
    integer: float
    vat_id: float
    iban: float
    phone: float
    email: float
    postal: float
    yes_no: float
    month: float
    doc_type: float
    has_digit: float
    wordy: float
    distinct: float
    longest: int
    negative: float
    small: float  # numbers and percentages of at most 100
    year: float


def look_at(cells: Sequence[Cell], *, of_columns: int = 1) -> Looks:
    """Return what the values of a column look like, from a sample spread over it.

    The sample is smaller where it is one ``of_columns`` that are many.
    """
    filled = [cell for cell in cells if not is_blank(cell)]
    most = max(_FEWEST, min(_SAMPLE, _SAMPLES_IN_ALL // max(1, of_columns)))
    step = max(1, len(filled) // most)
    sample = filled[::step][:most]
    texts = [text_of(cell) for cell in sample]
    total = max(1, len(sample))
    numbers = [
        parse_number(cell) if not isinstance(cell, dt.date | dt.time) else None for cell in sample
    ]
    known = [number for number in numbers if number is not None]
    shares = [
        parse_ratio(cell) if not isinstance(cell, dt.date | dt.time) else None for cell in sample
    ]

    def share(flags: Sequence[object]) -> float:
        return sum(bool(flag) for flag in flags) / total

    return Looks(
        count=len(filled),
        date=share(
            [isinstance(c, dt.date) or (isinstance(c, str) and read_day(c)) for c in sample]
        ),
        serial=share([n is not None and n % 1 == 0 and int(n) in _SERIALS for n in numbers]),
        number=share([n is not None for n in numbers]),
        integer=share([n is not None and n == n.to_integral_value() for n in numbers]),
        vat_id=share(
            [not isinstance(c, dt.date | dt.time) and read_vat_id(c).valid for c in sample]
        ),
        iban=share([_looks_iban(text) for text in texts]),
        phone=share([not isinstance(c, dt.date) and read_phone(text_of(c)) for c in sample]),
        email=share([bool(_EMAIL_IN.search(text)) for text in texts]),
        postal=share([bool(_POSTAL.fullmatch(text)) for text in texts]),
        yes_no=share([parse_yes_no(text) is not None for text in texts]),
        month=share([_is_month(c) for c in sample]),
        doc_type=share([not isinstance(c, dt.date) and read_document_type(c) for c in sample]),
        has_digit=share([any(sign.isdigit() for sign in text) for text in texts]),
        wordy=share([sum(sign.isalpha() for sign in text) >= 3 for text in texts]),
        distinct=len({fold(text) for text in texts}) / total,
        longest=max((len(text) for text in texts), default=0),
        negative=share([n is not None and n < 0 for n in numbers]),
        small=share([n is not None and 0 <= n <= 100 for n in shares]),
        year=sum(1990 <= n <= 2100 and n == n.to_integral_value() for n in known) / total,
    )


def _looks_iban(text: str) -> bool:
    found = _IBAN_IN.search(text)
    return found is not None and sum(sign.isdigit() for sign in found[0]) >= _IBAN_DIGITS


def _is_month(cell: Cell) -> bool:
    if isinstance(cell, dt.date):
        return cell.day == 1
    if isinstance(cell, int):
        return cell >= _YEAR_MONTHS and parse_month(str(cell)) is not None
    return isinstance(cell, str) and parse_month(cell) is not None and read_day(cell) is None


def fit(kind: FieldType, looks: Looks) -> float:  # noqa: C901, PLR0911, PLR0912 - a line a type
    """Return from 0 to 1 how well a column's values suit a field of ``kind``."""
    if looks.count == 0:
        return 0.5
    not_date = 1 - looks.date
    if kind is FieldType.DATE:
        return max(looks.date, 0.8 * looks.serial)
    if kind is FieldType.MONTH:
        return max(looks.month, 0.9 * looks.date)
    if kind is FieldType.MONEY:
        return looks.number * not_date
    if kind in {FieldType.NUMBER, FieldType.INTEGER}:
        return (looks.integer if kind is FieldType.INTEGER else looks.number) * not_date
    if kind is FieldType.SHARE:
        return max(looks.small, 0.3 * looks.number) * not_date
    if kind is FieldType.VAT_ID:
        return min(1.0, looks.vat_id * 1.2)
    if kind is FieldType.IBAN:
        return looks.iban
    if kind is FieldType.PHONE:
        return min(1.0, looks.phone * 1.1)
    if kind is FieldType.EMAIL:
        return looks.email
    if kind is FieldType.POSTAL_CODE:
        return max(looks.postal, 0.4 * looks.integer)
    if kind is FieldType.YES_NO:
        return looks.yes_no if looks.distinct * min(looks.count, _SAMPLE) <= 8 else 0.2
    if kind is FieldType.DOCUMENT_TYPE:
        few = looks.distinct * min(looks.count, _SAMPLE) <= 25 or looks.distinct < 0.3
        return looks.doc_type * (1.0 if few else 0.15) * (1 - 0.7 * min(1.0, looks.has_digit * few))
    if kind is FieldType.DOCUMENT_NUMBER:
        return looks.has_digit * not_date * (1.0 if looks.longest <= 40 else 0.3)
    if kind is FieldType.CODE:
        return (1.0 if looks.longest <= 30 else 0.2) * not_date * (0.6 + 0.4 * looks.has_digit)
    if kind is FieldType.YEAR:
        return looks.year
    if kind in {FieldType.MONTH_NUMBER, FieldType.QUARTER}:
        return max(looks.small * looks.integer, looks.month, looks.wordy * 0.8)
    if kind in {FieldType.NAME, FieldType.PERSON}:
        return looks.wordy
    if kind is FieldType.CURRENCY:
        return 1.0 if looks.longest <= 4 and looks.number < 0.5 else 0.1
    if kind in {FieldType.TEXT, FieldType.CHOICE, FieldType.SEGMENT}:
        return max(0.25, 1 - looks.number) * max(0.3, not_date)
    return 0.7 * max(0.3, not_date)
