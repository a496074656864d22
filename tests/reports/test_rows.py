"""Streamed rows read back as what was given, in the styles of the row before them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
import xlsxwriter
from openpyxl import load_workbook

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.reports.rows import Cell, Rows, with_rows

FIRST: tuple[Cell, ...] = ("πρώτη", 1.5, None)
CELLS: list[tuple[Cell, ...]] = [
    ("=1+1", -0.01, dt.date(2026, 7, 1)),
    ("  κενά  ", 10**14 / 100, dt.date(1900, 3, 1)),
    ("<b>&amp;</b> \"'", 0, dt.date(9999, 12, 31)),
    ("δύο\nγραμμές\tκαι στήλη", 1e-7, None),
    ("_x0041_ μένει όπως είναι", 123456789.12, dt.date(2024, 2, 29)),
    ("πρώτη", None, None),
    ("😀 Müller", 5, None),
    ("", 7.25, None),
]


def _workbook() -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.add_worksheet("Other").write_string(0, 0, "πρώτη")
    sheet = book.add_worksheet("Data")
    for place, name in enumerate(("Text", "Number", "Day")):
        sheet.write_string(0, place, name)
    number = book.add_format({"num_format": "#,##0.00"})
    date = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_string(1, 0, "πρώτη")
    sheet.write_number(1, 1, 1.5, number)
    sheet.write_blank(1, 2, None, date)
    book.close()
    return content.getvalue()


def _rows(cells: list[tuple[Cell, ...]]) -> Rows:
    return Rows(2, 3, ("A", "B", "C"), cells)


def test_every_cell_comes_back_in_its_columns_style() -> None:
    told: list[int] = []
    content = with_rows(_workbook(), [_rows(CELLS)], told.append)
    sheet = load_workbook(io.BytesIO(content))["Data"]
    assert sheet.dimensions == f"A1:C{len(CELLS) + 2}"
    for cells, wanted in zip(sheet.iter_rows(min_row=2), [FIRST, *CELLS], strict=True):
        text, number, day = cells
        assert text.value == (wanted[0] or None)
        assert text.data_type in ("s", "n")
        assert number.value == wanted[1]
        assert day.value == (
            wanted[2] and dt.datetime.combine(wanted[2], dt.time())  # type: ignore[arg-type]
        )
        assert number.value is None or number.number_format == "#,##0.00"
        assert day.value is None or day.number_format == "dd/mm/yyyy"
    assert sum(told) == len(CELLS)


def test_a_text_is_kept_once_and_its_uses_are_counted() -> None:
    content = with_rows(_workbook(), [_rows([("α", 1, None)] * 1200)], lambda _count: None)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.testzip() is None
        assert len(parts.namelist()) == len(set(parts.namelist()))
        strings = parts.read("xl/sharedStrings.xml").decode("utf-8")
    assert strings.count("<t>α</t>") == 1
    assert 'count="1205" uniqueCount="5"' in strings


def test_no_rows_leave_the_workbook_as_it_was() -> None:
    content = _workbook()
    assert with_rows(content, [_rows([])], lambda _count: None) is content


def test_cancel_comes_through() -> None:
    def stop(_count: int) -> None:
        raise UserError(msg("Report", "Cancelled. No workbook was written."))

    with pytest.raises(UserError, match="Cancelled"):
        with_rows(_workbook(), [_rows(CELLS)], stop)
