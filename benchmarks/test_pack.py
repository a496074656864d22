"""Line 9: the quarter pack against openpyxl in normal mode with named styles, the same cells.

``ACCTDESK_BENCH_CLIENTS`` sets the size of the book: 300 is an officer's, 2000 the reference book.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import NamedStyle

from acctdesk.i18n import msg
from acctdesk.kinds import Language
from acctdesk.periods import quarter
from acctdesk.reports import pack
from acctdesk.services.demo import fill_demo
from acctdesk.services.desk import Desk
from acctdesk.services.pack_rows import PackData
from acctdesk.services.reporting import pack_data
from acctdesk.storage.book import Book
from benchmarks.floor import interleaved, peak_memory, report, report_count

Cells = dict[str, list[tuple[int, int, object, str]]]
CLIENTS = int(os.environ.get("ACCTDESK_BENCH_CLIENTS", "120"))
GOAL = 0.25
MEMORY_GOAL = 60.0  # MB


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> PackData:
    """Return what the pack of a demo book's last quarter is made of."""
    path = tmp_path_factory.mktemp("bench") / "demo.acctbook"
    today = dt.date(2026, 11, 12)
    with Book.create(path, password=None) as book:
        desk = Desk(book)
        desk.perform(msg("Test", "Demo"), fill_demo, clients=CLIENTS, seed=1, today=today)
        return desk.query(pack_data, period=quarter(2026, 3), as_of=dt.date(2026, 9, 30))


def _ours(data: PackData) -> bytes:
    return pack.build(data, language=Language.EL)[0]


def _cells(content: bytes) -> Cells:
    """Return every cell of a workbook: row, column, value or formula, number format."""
    book = load_workbook(io.BytesIO(content))
    return {
        sheet.title: [
            (cell.row, cell.column, cell.value, cell.number_format)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        for sheet in book
    }


def _theirs(cells: Cells) -> bytes:
    """Write the same cells by openpyxl, each with a named style."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    formats = sorted({shown for found in cells.values() for *_, shown in found})
    names = {shown: f"style{number}" for number, shown in enumerate(formats)}
    for shown, name in names.items():
        book.add_named_style(NamedStyle(name=name, number_format=shown))
    for title, found in cells.items():
        sheet = book.create_sheet(title)
        for row, column, value, shown in found:
            sheet.cell(row, column, value).style = names[shown]
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_ours(file: Path) -> None:
    """Write the pack of pickled data; run in a process of its own."""
    _ours(pickle.loads(file.read_bytes()))


def write_theirs(file: Path) -> None:
    """Write pickled cells by openpyxl; run in a process of its own."""
    _theirs(pickle.loads(file.read_bytes()))


def load_only(file: Path) -> None:
    """Load what the others load: what is above it is theirs."""
    import openpyxl  # noqa: F401
    import xlsxwriter  # noqa: F401

    pickle.loads(file.read_bytes())


def test_the_pack_against_openpyxl(data: PackData, tmp_path: Path) -> None:
    content = _ours(data)
    cells = _cells(content)
    again = _cells(_theirs(cells))
    assert {name: _plain(found) for name, found in again.items()} == {
        name: _plain(found) for name, found in cells.items()
    }
    found = interleaved("quarter pack", lambda: _ours(data), lambda: _theirs(cells))
    files: dict[str, Any] = {"data": data, "cells": cells}
    for name, held in files.items():
        (tmp_path / name).write_bytes(pickle.dumps(held))
    ours, theirs = (
        peak_memory(write, tmp_path / name) - peak_memory(load_only, tmp_path / name)
        for write, name in ((write_ours, "data"), (write_theirs, "cells"))
    )
    count = sum(map(len, cells.values()))
    book = f"{CLIENTS:,} clients"
    report(9, f"quarter pack of {count:,} cells", book, found, GOAL)
    report_count(9, f"its memory; openpyxl {theirs:.0f} MB", book, ours, MEMORY_GOAL, unit="MB")


def _plain(cells: list[tuple[int, int, object, str]]) -> list[tuple[int, int, str, str]]:
    return [(row, column, str(value), shown) for row, column, value, shown in cells]
