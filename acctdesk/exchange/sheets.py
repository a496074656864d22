"""Reading a file into sheets of cells, whatever kind of file it really is.

The content decides, not the extension. Workbooks are read in a child process with limits, so that
a hostile or broken file can take neither the memory nor the window with it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from acctdesk.errors import UserError
from acctdesk.exchange import text_files
from acctdesk.i18n import Message, msg
from acctdesk.text import whole_number

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | None
Row = tuple[Cell, ...]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"II*\x00", b"MM\x00*")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost: bytes of memory, seconds, rows and columns of a sheet, bytes."""

    memory: int = 1_500_000_000
    seconds: float = 120.0
    rows: int = 1_100_000
    columns: int = 2_000
    cells: int = 30_000_000
    file_bytes: int = 400_000_000
    unpacked_bytes: int = 2_000_000_000
    ratio: int = 120
    entries: int = 10_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class SheetData:
    """A sheet: its rows of cells; row ``i`` is row ``first_row + i`` of the spreadsheet."""

    name: str
    rows: list[Row]
    first_row: int = 1


@dataclass(frozen=True, slots=True)
class FileContent:
    """What a file holds. ``format`` is xlsx, xls, xlsb, ods, html or text."""

    path: Path
    name: str
    sha256: str
    format: str
    sheets: list[SheetData]
    encoding: str | None = None
    separator: str | None = None


def _refuse(name: str, why: Message) -> UserError:
    return UserError(
        msg("File", "{name} was not read: {why} Nothing was changed.", name=name, why=why)
    )


def read_file(
    path: str | Path,
    *,
    limits: Limits = LIMITS,
    cancelled: Callable[[], bool] | None = None,
) -> FileContent:
    """Return the sheets of a file.

    Raises:
        UserError: the file is missing, empty, damaged, encrypted, too large or of another kind.
    """
    place = Path(path)
    try:
        if not place.is_file():
            raise UserError(
                msg("File", "There is no file {name}. Nothing was changed.", name=place.name)
            )
        if place.stat().st_size > limits.file_bytes:
            raise _refuse(place.name, msg("File", "it is too large."))
        content = place.read_bytes()
    except OSError as error:
        raise _refuse(place.name, msg("File", "it cannot be opened.")) from error
    if not content.strip(b"\x00\r\n\t "):
        raise _refuse(place.name, msg("File", "it is empty."))
    kind = _kind(content, place, limits)
    digest = hashlib.sha256(content).hexdigest()
    if kind == "html":
        markup, encoding = text_files.decode(content)
        pages = _html_sheets(markup)
        if max((len(row) for page in pages for row in page.rows), default=0) > limits.columns:
            raise _refuse(place.name, msg("File", "it is too large."))
        return FileContent(place, place.name, digest, kind, pages, encoding)
    if kind == "text":
        decoded = text_files.read(content)
        if decoded is None:
            raise _refuse(place.name, msg("File", "it is not a table of any kind we know."))
        if max(map(len, decoded.rows)) > limits.columns:
            raise _refuse(place.name, msg("File", "it is too large."))
        sheet = SheetData(place.stem, list(decoded.rows))
        return FileContent(
            place, place.name, digest, kind, [sheet], decoded.encoding, decoded.separator
        )
    from acctdesk.exchange import child

    sheets = child.read_workbook(place, limits=limits, cancelled=cancelled)
    return FileContent(place, place.name, digest, kind, sheets)


def _kind(content: bytes, place: Path, limits: Limits) -> str:
    head = content[:4096]
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise _refuse(
                place.name,
                msg("File", "it is protected by a password. Save it without one and try again."),
            )
        return "xls"
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(place, limits)
    if head.startswith(b"%PDF"):
        raise _refuse(place.name, msg("File", "it is a PDF. Ask for the Excel or CSV file."))
    if head.startswith(_PICTURES):
        raise _refuse(place.name, msg("File", "it is a picture."))
    if head.startswith((b"\x7fELF", b"MZ", b"SQLite format 3")):
        raise _refuse(place.name, msg("File", "it is not a table of any kind we know."))
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table")) or b"<table" in start[:2000]:
        return "html"
    return "text"


def _zip_kind(place: Path, limits: Limits) -> str:
    damaged = msg("File", "it is damaged. Ask for it again.")
    try:
        with zipfile.ZipFile(place) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _refuse(place.name, damaged) from error
    total = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > limits.entries or total > limits.unpacked_bytes:
        raise _refuse(place.name, msg("File", "it is too large."))
    if total > 50_000_000 and total / packed > limits.ratio:
        raise _refuse(place.name, msg("File", "it unpacks to far more than a table would."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise _refuse(
            place.name,
            msg("File", "it is protected by a password. Save it without one and try again."),
        )
    names = {entry.filename for entry in entries}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    if any(name.startswith("word/") for name in names):
        raise _refuse(place.name, msg("File", "it is a Word document."))
    raise _refuse(place.name, msg("File", "it is an archive, not a workbook."))


class _Tables(HTMLParser):
    """Collects the rows of every table of a page that a program saved as .xls."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[Row]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self._row = []
        elif tag in {"td", "th"} and self._row is not None:
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(whole_number(span) or 1, 200)
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self._cell is not None and self._row is not None:
            self._row += [" ".join("".join(self._cell).split()), *[""] * (self._span - 1)]
            self._cell = None
        elif tag == "tr" and self._row is not None:
            self.tables[-1].append(tuple(cell or None for cell in self._row))
            self._row = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def _html_sheets(markup: str) -> list[SheetData]:
    parser = _Tables()
    parser.feed(markup)
    return [
        SheetData(f"{number}", rows) for number, rows in enumerate(parser.tables, start=1) if rows
    ]
