"""Finding the table in a sheet: under titles and two-line headings, without totals and footers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from acctdesk.exchange.cells import day_in, number_in
from acctdesk.exchange.fields import phrases
from acctdesk.exchange.sheets import Cell, FileContent, Row, SheetData
from acctdesk.exchange.words import best_similarity, tokens
from acctdesk.text import fold, parse_month, whole_number
from acctdesk.text.dates import month_number

_LOOK_AT = 60  # a table begins within the first rows of a sheet
_MONTHS = frozenset(range(1, 13))
_MOST_HEADINGS = 300  # no table an office sends is wider; a hostile one must not cost minutes
_TOTAL = re.compile(
    r"(?<!\w)(?:(?:υπο|μερικα |γενικο )?συνολ|αθροισμ|συν\.?(?=\s|$)|σ/λο"
    r"|(?:grand |sub|page )?-?\s?totals?\b"
    r"|(?:σε|εκ|απο|εισ) μεταφορα|μεταφορα(?:σ)?\b|εισ νεον|sum\b|(?:carried|brought) forward)"
)
_ONLY_TOTAL = re.compile(
    r"\W*(?:γενικ\w+ |μερικ\w+ |τελικ\w+ |grand |sub)?-?(?:υπο)?(?:συνολ\w*|totals?)\W*"
)
_FOOTER = re.compile(
    r"(?:πληθοσ|εγγραφεσ|αριθμοσ εγγραφων|σελιδα|εκτυπωθηκε|εκτυπωση|page|printed|records?"
    r"|generated|confidential|ημερομηνια εκτυπωσησ|σημειωση|υπογραφη|copyright)\b"
)
_THOUSANDS = re.compile(
    r"(?<!\w)χιλ(?:ιαδεσ|ιαδων)?(?:\W|$)|thousands?\b|(?<!\w)k\s?(?:€|eur)|(?:€|\beur)\s?k\b"
    r"|(?<![\d.,])'?000(?:'?s)?\s?(?:€|eur|ευρω)|(?:€|\beur|ευρω)\s?'?000(?:'?s)?(?!\d|[.,]\d)|\(\s?'?000'?s?\s?\)"
    r"|(?<!\w)x\s?1[.,]?000\b|in 000"
)
_MILLIONS = re.compile(
    r"(?<!\w)εκατ(?:ομμυρια|ομμυριων)?(?:\W|$)|millions?\b|(?<!\w)m\s?(?:€|eur)|(?:€|\beur)\s?m\b|\bmio\b|\bmln\b"
    r"|(?<!\w)εκ\.\s?(?:€|ευρω)"
)
_YEAR = re.compile(r"(?<![\d/.\-])((?:19|20)\d{2})(?!\d)")
_NAMES_A_RECORD = frozenset(
    token
    for phrase in [
        "Κωδικός",
        " Αριθμός",
        " Ημερομηνία",
        " Παραστατικό",
        " ΑΦΜ",
        " Τιμολόγιο",
        " Απόδειξη",
        " Date",
        " Invoice",
        " Document",
        " Voucher",
        " Receipt",
    ]
    for token in tokens(phrase)
)


@dataclass(slots=True)
class Table:
    """A table: headings by column, and its rows with the number that the spreadsheet shows.

    ``header_row`` is the last of the ``heading_lines`` rows that its headings take.
    """

    sheet: str
    headings: list[str]
    groups: list[str]
    rows: list[tuple[int, Row]]
    header_row: int
    title: str = ""
    heading_lines: int = 1
    unit_scale: Decimal = field(default_factory=lambda: Decimal(1))

    def column(self, index: int) -> list[Cell]:
        """Return the cells of a column that are not empty."""
        return [row[index] for _, row in self.rows if index < len(row) and row[index] is not None]


@cache
def _known(text: str) -> float:
    if len(text) <= 14 and (month_number(text) is not None or _is_month(text)):
        return 1.0
    if not tokens(text) or len(text) > 60:
        return 0.0
    best = best_similarity(text, phrases())
    return best if best >= 0.6 else 0.0


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return f"{cell:%Y-%m}"
    return " ".join(str(cell).split())


def _filled(row: Sequence[Cell]) -> int:
    return sum(cell is not None for cell in row)


def _is_month(cell: Cell) -> bool:
    """Tell whether a cell names a month of a year and no day of it."""
    if isinstance(cell, str):
        return parse_month(cell) is not None and day_in(cell) is None
    return parse_month(cell) is not None


def _heading_score(cells: Sequence[str]) -> float:
    whole = [whole_number(cell) or 0 for cell in cells if cell.isdecimal()]
    years = [number for number in whole if 1990 <= number <= 2100]
    in_turn = len(years) >= 2 and years == list(range(years[0], years[-1] + 1))
    months = len(whole) >= 6 and len(set(whole)) == len(whole) and set(whole) <= _MONTHS
    score = sum(_known(cell) for cell in cells if cell)
    return score + 0.9 * (len(years) * in_turn + len(whole) * months)


def _is_wordy(row: Sequence[Cell]) -> bool:
    words = [cell for cell in row if cell is not None]
    plain = sum(
        isinstance(cell, str) and number_in(cell) is None and any(map(str.isalpha, cell))
        for cell in words
    )
    months = sum(
        _is_month(cell)
        for cell in words
        if not isinstance(cell, str) or not any(map(str.isalpha, cell))
    )
    whole = [number for cell in words if (number := whole_number(str(cell))) is not None]
    years = sum(1990 <= number <= 2100 for number in whole)
    short = sum(1 <= number <= 12 for number in whole)
    return bool(words) and plain + months + max(years, short) >= 0.8 * len(words)


def find_table(sheet: SheetData) -> Table | None:
    """Return the table of a sheet, None where it holds none."""
    rows = sheet.rows
    place = _header(rows)
    if place is None:
        return None
    top, deep = place
    start = top + deep
    above = rows[top - 1] if top and deep == 0 else ()
    pair = _join(rows[top], rows[start]) if deep else _join(above, rows[start])
    headings = [own or (group if deep else "") for own, group in pair]
    groups = [group for _, group in pair]
    title = " ".join(_shown(cell) for row in rows[:top] for cell in row if isinstance(cell, str))
    below = rows[start + 1 :]
    keys = _key_columns(below, headings)
    taken: list[tuple[int, Row]] = []
    left: list[Row] = []
    for number, row in enumerate(below, start=sheet.first_row + start + 1):
        if _is_record(row, headings, groups, keys):
            taken.append((number, row))
        elif len(left) < 50 and _filled(row) == 1:
            left.append(row)
    remarks = " ".join(cell for row in left for cell in row if isinstance(cell, str))
    table = Table(
        sheet=sheet.name,
        headings=headings,
        groups=groups,
        rows=taken,
        header_row=sheet.first_row + start,
        title=title,
        heading_lines=1 + deep,
    )
    table.unit_scale = unit_of(" ".join((sheet.name, title, *groups, *headings, remarks)))
    return table


def _header(rows: list[Row]) -> tuple[int, int] | None:
    """Return the row of the headings and whether they take one more row below it."""
    best: tuple[float, int, int] | None = None
    for index in range(min(_LOOK_AT, len(rows))):
        row = rows[index][:_MOST_HEADINGS]
        if _filled(row) < 2 or not _is_wordy(row):
            continue
        score = _heading_score([_shown(cell) for cell in row])
        deep = 0
        below = rows[index + 1][:_MOST_HEADINGS] if index + 1 < len(rows) else ()
        if _filled(below) >= 2 and _is_wordy(below):
            joined = _join(row, below)
            double = _heading_score([own or group for own, group in joined])
            if index + 2 < len(rows) and (
                double > score + 0.5 or (double >= score and _is_heading_too(rows, index + 1))
            ):
                score, deep = double, 1
        if score > (best[0] if best else 0.9):
            best = (score, index, deep)
    if best is None:
        best = _first_wide_row(rows)
    return None if best is None else best[1:]


def _is_heading_too(rows: list[Row], index: int) -> bool:
    """Tell whether a row of words stands where all rows after it hold numbers and days."""
    row, after = rows[index], rows[index + 1 : index + 30]
    against = 0
    for column, cell in enumerate(row[:_MOST_HEADINGS]):
        if not isinstance(cell, str) or any(map(str.isdigit, cell)):
            continue
        others = [other[column] for other in after if column < len(other)]
        others = [other for other in others if other is not None]
        against += len(others) >= 1 and all(map(_is_value, others))
    return against >= 2


def _is_value(cell: Cell) -> bool:
    return not isinstance(cell, str) or number_in(cell) is not None or day_in(cell) is not None


@dataclass(frozen=True, slots=True)
class _Key:
    """A column that every record fills and a total leaves empty; ``days`` where it holds days."""

    index: int
    days: bool


def _key_columns(rows: Sequence[Row], headings: list[str]) -> list[_Key]:
    sample = [
        row for row in rows[:: max(1, len(rows) // 400)] if _filled(row) >= 2 and not _is_total(row)
    ]
    found = []
    for index in range(min(_MOST_HEADINGS, max(map(len, sample), default=0))):
        cells = [row[index] for row in sample if index < len(row) and row[index] is not None]
        if not sample or len(cells) < 0.65 * len(sample):
            continue
        days = sum(
            isinstance(c, dt.date) or (isinstance(c, str) and day_in(c) is not None) for c in cells
        )
        words = sum(isinstance(c, str) and number_in(c) is None for c in cells)
        heading = headings[index] if index < len(headings) else ""
        named = not _NAMES_A_RECORD.isdisjoint(tokens(heading))
        if named or days > len(cells) / 2 or words > len(cells) / 2:
            found.append(_Key(index, days > len(cells) / 2))
    return found


def _is_total(row: Row) -> bool:
    """Tell whether a row says only a total's label and numbers."""
    if not any(isinstance(cell, str) and any(map(str.isalpha, cell)) for cell in row):
        return False
    texts = [cell for cell in row if cell is not None and not _is_plain_number(cell)]
    return len(texts) == 1 and isinstance(texts[0], str) and _is_label(texts[0])


def _is_plain_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return number_in(cell) is not None
    return isinstance(cell, int | float)


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


def _is_record(row: Row, headings: list[str], groups: list[str], keys: list[_Key]) -> bool:
    width = len(row)
    here = [key for key in keys if key.index < width and row[key.index] is not None]
    if len(here) == len(keys) >= 2:
        first = here[0].index
        if first >= len(headings) or _shown(row[first]) != headings[first]:
            return True
    filled = [cell for cell in row if cell is not None]
    if not filled or (len(filled) == 1 and sum(map(bool, headings)) >= 3):
        return False
    if len(filled) >= 2 and _is_total(row):
        return False
    if _repeats(row, headings) or _repeats(row, groups):
        return False
    if len(keys) >= 2 and not here:
        return False
    labels = [index for index, cell in enumerate(row) if isinstance(cell, str) and _is_label(cell)]
    if labels:
        others = [key for key in keys if key.index not in labels]
        have = sum(key in here for key in others)
        alone = any(_ONLY_TOTAL.fullmatch(fold(str(row[index]))) for index in labels)
        if have <= (0.6 if alone else 0.4) * len(others):
            return False
    # a subtotal that says only its month: words where every record has its day
    if len(here) == 1 and len(keys) >= 3 and here[0].days:
        return _is_value(row[here[0].index])
    return True


def _is_label(text: str) -> bool:
    folded = fold(text)
    return _TOTAL.search(folded) is not None or _FOOTER.match(folded) is not None


def _repeats(row: Row, headings: list[str]) -> bool:
    filled = sum(cell is not None for cell in row)
    same = sum(
        bool(heading) and cell is not None and _shown(cell) == heading
        for cell, heading in zip(row, headings, strict=False)
    )
    return same >= max(2, 0.6 * filled)


def unit_of(text: str) -> Decimal:
    """Return what amounts are to be multiplied by: 1000 for «χιλ. €», 1 where nothing is said."""
    folded = fold(text)
    if _MILLIONS.search(folded):
        return Decimal(1_000_000)
    return Decimal(1000) if _THOUSANDS.search(folded) else Decimal(1)


def year_in(text: str) -> int | None:
    """Return the one year that a title or a sheet's name says, None where it says none or more."""
    years = {int(found) for found in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def find_tables(content: FileContent) -> list[Table]:
    """Return the tables of all sheets that hold one with rows; sheets alike are read as one."""
    found = [table for sheet in content.sheets if (table := find_table(sheet)) is not None]
    filled = [table for table in found if table.rows]
    return filled or found
