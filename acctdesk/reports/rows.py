"""Rows streamed into a finished workbook: the data sheets' thousands of plain cells.

The library writes the workbook with every sheet's headings and first row; here the other rows of
the large tables follow, in the styles of that first row, into the parts of the same file. A cell
so written costs a fifth of one written by the library (see docs/decisions/0003-workbook.md).
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_STRINGS = "xl/sharedStrings.xml"
_END = b"</sheetData>"
_EPOCH = dt.date(1899, 12, 30)
_ESCAPED = re.compile("(_x[0-9a-fA-F]{4}_)")  # such a text would be read as one letter
_AT_ONCE = 500

Cell = str | float | dt.date | None


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that follow a sheet's first: their cells, where they begin, and their columns' letters.

    ``sheet`` counts from 1 in the workbook's order; ``first`` is the row's number on the sheet.
    """

    sheet: int
    first: int
    letters: Sequence[str]
    cells: Sequence[Sequence[Cell]]


class _Strings:
    """The workbook's table of texts, and those added to it, each once."""

    def __init__(self, part: bytes) -> None:
        self._part = part
        counts = re.search(rb'count="(\d+)" uniqueCount="(\d+)"', part)
        self._uses, self._before = (int(counts[1]), int(counts[2])) if counts else (0, 0)
        self._added: dict[str, int] = {}

    def index(self, text: str) -> int:
        self._uses += 1
        return self._added.setdefault(text, self._before + len(self._added))

    def part(self) -> bytes:
        added = "".join(map(_item, self._added)).encode("utf-8")
        unique = self._before + len(self._added)
        counts = f'count="{self._uses}" uniqueCount="{unique}"'.encode("ascii")
        part = re.sub(rb'count="\d+" uniqueCount="\d+"', counts, self._part, count=1)
        return part.replace(b"</sst>", added + b"</sst>")


def _item(text: str) -> str:
    shown = escape(_ESCAPED.sub(r"_x005F\1", text))
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<si><t{kept}>{shown}</t></si>"


def with_rows(content: bytes, tables: Sequence[Rows], breathe: Callable[[int], None]) -> bytes:
    """Return a workbook with rows added; ``breathe`` is told how many were written, and may raise.

    Each sheet of ``tables`` holds the row before ``first`` with a cell in every column, from which
    the styles are taken.
    """
    if not any(table.cells for table in tables):
        return content
    grown = {f"xl/worksheets/sheet{table.sheet}.xml": table for table in tables if table.cells}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as target,
    ):
        strings = _Strings(source.read(_STRINGS))
        for entry in source.infolist():
            table = grown.get(entry.filename)
            if table is not None:
                with target.open(entry.filename, "w", force_zip64=True) as part:
                    for piece in _grown(source.read(entry), table, strings, breathe):
                        part.write(piece)
            elif entry.filename != _STRINGS:
                target.writestr(entry.filename, source.read(entry))
        target.writestr(_STRINGS, strings.part())
    return out.getvalue()


def _grown(
    part: bytes, table: Rows, strings: _Strings, breathe: Callable[[int], None]
) -> Iterator[bytes]:
    start, end, rest = part.partition(_END)
    last = table.first + len(table.cells) - 1
    corner = f"{table.letters[0]}1:{table.letters[-1]}{last}".encode("ascii")
    yield re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + corner + b'"', start, count=1)
    styles = _styles(start, table)
    for place in range(0, len(table.cells), _AT_ONCE):
        chosen = table.cells[place : place + _AT_ONCE]
        lines = [
            _row(table.first + place + number, cells, styles, strings)
            for number, cells in enumerate(chosen)
        ]
        yield "".join(lines).encode("ascii")
        breathe(len(chosen))
    yield end + rest


def _styles(part: bytes, table: Rows) -> list[tuple[str, str]]:
    """Return each column's letters and style attribute, as the row before the first has them."""
    found = []
    for letters in table.letters:
        cell = re.search(rf'<c r="{letters}{table.first - 1}"( s="\d+")?'.encode("ascii"), part)
        assert cell is not None, f"no cell to take the style of column {letters} from"
        found.append((letters, (cell[1] or b"").decode("ascii")))
    return found


def _row(
    number: int, cells: Sequence[Cell], styles: list[tuple[str, str]], strings: _Strings
) -> str:
    found = [f'<row r="{number}">']
    for (letters, style), value in zip(styles, cells, strict=True):
        if value is None or value == "":
            continue
        if isinstance(value, str):
            found.append(f'<c r="{letters}{number}"{style} t="s"><v>{strings.index(value)}</v></c>')
        else:
            shown = (value - _EPOCH).days if isinstance(value, dt.date) else value
            shortest = repr(shown).removesuffix(".0")
            found.append(f'<c r="{letters}{number}"{style}><v>{shortest}</v></c>')
    found.append("</row>")
    return "".join(found)
