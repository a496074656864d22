"""Workbooks read back: the values that stand in the cells, and where two workbooks differ."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

Sheets = dict[str, list[list[Any]]]


def values(path: Path) -> Sheets:
    """Return the values of every sheet as they were written, without working anything out."""
    book = CalamineWorkbook.from_path(str(path))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def apart(ours: Sheets, theirs: Sheets) -> list[str]:
    """Return the cells that differ, at most ten."""
    found = [f"sheets {list(ours)} {list(theirs)}"] if list(ours) != list(theirs) else []
    for name in ours.keys() & theirs.keys():
        one, two = _cells(ours[name]), _cells(theirs[name])
        found += [
            f"{name} {row + 1}:{column + 1} {one.get((row, column))!r} {two.get((row, column))!r}"
            for row, column in sorted(one.keys() | two.keys())
            if not _same(one.get((row, column)), two.get((row, column)))
        ]
    return found[:10]


def _cells(rows: list[list[Any]]) -> dict[tuple[int, int], Any]:
    return {
        (row, column): value
        for row, line in enumerate(rows)
        for column, value in enumerate(line)
        if value not in ("", None)
    }


def _same(one: Any, two: Any) -> bool:
    if isinstance(one, int | float) and isinstance(two, int | float):
        return abs(one - two) <= 1e-9 * max(1.0, abs(one))
    return bool(one == two)


def differences(sheets: Sheets, name: str) -> list[Any]:
    """Return the column of differences of the Check sheet, at position ``name``."""
    rows = sheets[name]
    head = next(n for n, row in enumerate(rows) if len(row) > 4 and row[3] and row[4] and row[0])
    found = []
    for row in rows[head + 1 :]:
        if row[0] == "" or not isinstance(row[3], int | float):
            break
        found.append(row[3])
    return found


def changed(source: Path, target: Path, sheet: str, cell: str, by: float) -> Path:
    """Write a copy in which one number of a data sheet is another."""
    book = load_workbook(source)
    found = book[sheet][cell]
    assert isinstance(found.value, int | float), found.value
    found.value += by
    book.save(target)
    return target


def day(value: Any) -> dt.date:
    """Return a cell's date as a day."""
    return value.date() if isinstance(value, dt.datetime) else value
