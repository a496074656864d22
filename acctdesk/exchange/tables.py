"""Finding the table in a sheet: under titles and two-line headings, without totals and footers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from acctdesk.exchange.fields import FIELDS, LEFT_OUT
from acctdesk.exchange.sheets import Cell, FileContent, Row, SheetData
from acctdesk.exchange.words import similarity, tokens
from acctdesk.text import fold, parse_month, parse_number
from acctdesk.text.dates import month_number

_LOOK_AT = 60  # a table begins within the first rows of a sheet
_TOTAL = re.compile(
    r"(?:γενικ[οα] |μερικ[οα] |τελικο )?(?:συνολ|αθροισμ|υποσυνολ)|(?:grand |sub)?-?\s?totals?\b"
    r"|(?:σε|εκ|απο) μεταφορα|εισ νεον|μεταφορα\b|sum\b|carried forward"
)
_FOOTER = re.compile(
    r"(?:πληθοσ|εγγραφεσ|αριθμοσ εγγραφων|σελιδα|εκτυπωθηκε|εκτυπωση|page|printed|records?"
    r"|generated|confidential|ημερομηνια εκτυπωσησ)\b"
)
_THOUSANDS = re.compile(
    r"χιλ\.?(?:ιαδ\w*)?\s*(?:€|ευρω|eur)?(?:\W|$)|χιλιαδεσ|thousand|\bk\s?€|€\s?k\b|€?\s?'?000s?\b"
    r"|\bk\s?eur|\beur\s?k\b|000\s?€"
)
_MILLIONS = re.compile(
    r"εκατ\.?(?:ομμυρ\w*)?\s*(?:€|ευρω|eur)?(?:\W|$)|million|\bm\s?€|€\s?m\b|\bmio\b"
)


@dataclass(slots=True)
class Table:
    """A table: headings by column, and its rows with the number that the spreadsheet shows."""

    sheet: str
    headings: list[str]
    groups: list[str]
    rows: list[tuple[int, Row]]
    header_row: int
    title: str = ""
    unit_scale: Decimal = field(default_factory=lambda: Decimal(1))

    def column(self, index: int) -> list[Cell]:
        """Return the cells of a column that are not empty."""
        return [row[index] for _, row in self.rows if index < len(row) and row[index] is not None]


@cache
def _phrases() -> tuple[str, ...]:
    found = {phrase for fields in FIELDS.values() for one in fields for phrase in one.phrases}
    return tuple(found | set(LEFT_OUT))


@cache
def _known(text: str) -> float:
    if month_number(text) is not None and len(text) <= 14:
        return 1.0
    if not tokens(text) or len(text) > 60:
        return 0.0
    best = max(similarity(text, phrase) for phrase in _phrases())
    return best if best >= 0.6 else 0.0


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return f"{cell:%Y-%m}"
    return " ".join(str(cell).split())


def _filled(row: Sequence[Cell]) -> int:
    return sum(cell is not None for cell in row)


def _heading_score(cells: Sequence[str]) -> float:
    return sum(_known(cell) for cell in cells if cell)


def _is_wordy(row: Sequence[Cell]) -> bool:
    words = [cell for cell in row if cell is not None]
    plain = sum(
        isinstance(cell, str) and parse_number(cell) is None and any(map(str.isalpha, cell))
        for cell in words
    )
    months = sum(parse_month(cell) is not None for cell in words if not isinstance(cell, str))
    whole = [int(str(cell)) for cell in words if str(cell).isdecimal()]
    years = sum(1990 <= number <= 2100 for number in whole)
    short = sum(1 <= number <= 12 for number in whole)
    return bool(words) and plain + months + max(years, short) >= 0.8 * len(words)


def find_table(sheet: SheetData) -> Table | None:
    """Return the table of a sheet, None where it holds none."""
    best: tuple[float, int, int] | None = None
    rows = sheet.rows
    for index in range(min(_LOOK_AT, len(rows))):
        row = rows[index]
        if _filled(row) < 2 or not _is_wordy(row):
            continue
        score = _heading_score([_shown(cell) for cell in row])
        deep = 0
        below = rows[index + 1] if index + 1 < len(rows) else ()
        if _filled(below) >= 2 and _is_wordy(below):
            joined = _join(row, below)
            double = _heading_score([own or group for own, group in joined])
            if double > score + 0.5 and index + 2 < len(rows):
                score, deep = double, 1
        if score > (best[0] if best else 0.9):
            best = (score, index, deep)
    if best is None:
        best = _first_wide_row(rows)
    if best is None:
        return None
    _, top, deep = best
    start = top + deep
    above = rows[top - 1] if top and deep == 0 else ()
    pair = _join(rows[top], rows[start]) if deep else _join(above, rows[start])
    headings = [own or (group if deep else "") for own, group in pair]
    groups = [group for _, group in pair]
    title = " ".join(_shown(cell) for row in rows[:top] for cell in row if isinstance(cell, str))
    data = [
        (sheet.first_row + number, row)
        for number, row in enumerate(rows[start + 1 :], start=start + 1)
        if _is_record(row, headings)
    ]
    table = Table(
        sheet=sheet.name,
        headings=headings,
        groups=groups,
        rows=data,
        header_row=sheet.first_row + start,
        title=title,
    )
    table.unit_scale = unit_of(" ".join((sheet.name, title, *headings)))
    return table


def _first_wide_row(rows: list[Row]) -> tuple[float, int, int] | None:
    width = max((_filled(row) for row in rows[:_LOOK_AT]), default=0)
    for index, row in enumerate(rows[:_LOOK_AT]):
        if width >= 2 and _filled(row) >= 0.6 * width and _is_wordy(row):
            return (0.0, index, 0)
    return None


def _join(above: Sequence[Cell], below: Sequence[Cell]) -> list[tuple[str, str]]:
    width = max(len(above), len(below))
    pairs, group = [], ""
    for index in range(width):
        upper = _shown(above[index]) if index < len(above) else ""
        group = upper or group  # a merged cell stands over the columns to its right
        own = _shown(below[index]) if index < len(below) else ""
        pairs.append((own, group))
    return pairs


def _is_record(row: Row, headings: list[str]) -> bool:
    filled = [cell for cell in row if cell is not None]
    if not filled:
        return False
    texts = [cell for cell in filled if isinstance(cell, str) and cell.strip()]
    wordy = [text for text in texts if parse_number(text) is None]
    if len(filled) == 1 and len([name for name in headings if name]) >= 3:
        return False
    folded = [fold(text) for text in wordy]
    if len(wordy) <= 2 and any(_TOTAL.match(text) for text in folded):
        return False
    if len(filled) <= 3 and any(_FOOTER.match(text) for text in folded):
        return False
    same = sum(
        _shown(cell) == heading and bool(heading)
        for cell, heading in zip(row, headings, strict=False)
    )
    return same < max(2, 0.6 * len(filled))


def unit_of(text: str) -> Decimal:
    """Return what amounts are to be multiplied by: 1000 for «χιλ. €», 1 where nothing is said."""
    folded = fold(text)
    if _MILLIONS.search(folded):
        return Decimal(1_000_000)
    return Decimal(1000) if _THOUSANDS.search(folded) else Decimal(1)


def find_tables(content: FileContent) -> list[Table]:
    """Return the tables of all sheets that hold one with rows; sheets alike are read as one."""
    found = [table for sheet in content.sheets if (table := find_table(sheet)) is not None]
    filled = [table for table in found if table.rows]
    return filled or found
