"""Line 2: clients from a workbook against calamine, raw ``executemany`` and one index statement.

``ACCTDESK_BENCH_ROWS`` sets the size of the list: 100000 is what the goal is stated for.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite
import xlsxwriter
from python_calamine import CalamineWorkbook

from acctdesk.exchange.runner import import_file
from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book
from benchmarks.floor import interleaved, report

ROWS = int(os.environ.get("ACCTDESK_BENCH_ROWS", "20000"))
GOAL = 2.2
REACHED = 6.0  # with the fixed cost of a child process, which a short list pays in full
_TODAY = dt.date(2026, 11, 12)
_HEADINGS = (
    "Κωδ. Πελάτη", "Επωνυμία", "Α.Φ.Μ.", "Δ.Ο.Υ.", "Πόλη", "Τ.Κ.", "Τηλέφωνο", "Δραστηριότητα",
    "Πίστωση (ημέρες)", "Ενεργός", "Παρατηρήσεις",
)  # fmt: skip
_PLACES = ("Αθήνα", "Θεσσαλονίκη", "Πάτρα", "Ηράκλειο", "Λάρισα", "Ιωάννινα", "Βόλος")
_TRADES = ("Μεταφορές", "Τουρισμός", "Κατασκευές", "Εμπόριο", "Υγεία")


def _vat_id(number: int) -> str:
    digits = f"{number:08d}"
    total = sum(int(digit) << (8 - place) for place, digit in enumerate(digits))
    return digits + str(total % 11 % 10)


def _rows() -> Iterator[tuple[object, ...]]:
    for number in range(ROWS):
        place, trade = _PLACES[number % 7], _TRADES[number % 5]
        yield (
            f"30.{number % 4:02d}.{number:06d}", f"ΥΙΟΙ ΠΑΠΑΔΟΠΟΥΛΟΥ {number} & ΣΙΑ {place} Ο.Ε.",
            _vat_id(9_400_000 + number), place, place, f"{10_000 + number % 80_000}",
            f"210{number % 10_000_000:07d}", trade, number % 4 * 30, "ΝΑΙ", "τηλ. μόνο πρωί",
        )  # fmt: skip


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workbook with a list of clients."""
    path = tmp_path_factory.mktemp("bench") / "pelates.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Πελατολόγιο")
    for number, row in enumerate([_HEADINGS, *_rows()]):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def _floor(workbook: Path, book: Path) -> None:
    rows = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_index(0).to_python()[1:]
    now = "2026-11-12 10:00:00.000000"
    values = [
        (
            uuid.uuid4().hex,
            now,
            now,
            1,
            *row[:9],
            row[1],
            row[4],
            row[1],
            row[0],
            True,
            row[10],
            False,
        )
        for row in rows
    ]
    with sqlite.connect(str(book)) as base:
        base.executemany(
            "INSERT INTO clients (uid, created_at, updated_at, version, code, name, vat_id,"
            " tax_office, city, postal_code, phone, activity, credit_days, name_fold, city_fold,"
            f" name_key, code_key, active, notes, provisional) VALUES ({', '.join('?' * 20)})",
            values,
        )
        base.execute(
            "INSERT INTO search_clients (rowid, head, rest, latin) SELECT id, name, code || ' ' ||"
            " vat_id || ' ' || city || ' ' || activity || ' ' || postal_code || ' ' || phone ||"
            " ' ' || tax_office || ' ' || notes, name || ' ' || city || ' ' || activity"
            " FROM clients"
        )
    base.close()


def _import(workbook: Path, book: Path) -> None:
    with Book.open(book) as opened:
        result = import_file(Desk(opened), workbook, today=_TODAY, backup=False)
    assert result.created == ROWS


def _spent() -> float:
    """Return the time of this process and of the children it waited for."""
    return sum(os.times()[:4])


@pytest.mark.timeout(1800)
def test_a_list_of_clients(workbook: Path, tmp_path: Path) -> None:
    places = (tmp_path / f"{number}.acctbook" for number in itertools.count())

    def empty() -> Path:
        path = next(places)
        Book.create(path, password=None).close()
        return path

    books = [empty() for _ in range(10)]
    measured = interleaved(
        f"import of {ROWS} clients",
        lambda: _import(workbook, books.pop()),
        lambda: _floor(workbook, books.pop()),
        clock=_spent,
    )
    report(2, f"import of {ROWS:,} clients", "new", measured, GOAL, limit=REACHED)
