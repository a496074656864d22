"""Whole officer books: the real ones beside the project, and invented ones of the same family."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import json
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from acctdesk.exchange import runner
from acctdesk.exchange.apply import ImportResult
from acctdesk.exchange.sheets import FileContent, read_file
from acctdesk.kinds import ProblemCode
from acctdesk.models import Client
from acctdesk.services.desk import Desk
from acctdesk.services.figures import figures
from acctdesk.storage.book import Book
from tests.books import copy_book
from tests.exchange.desks import live
from tests.exchange.inventing import AS_OF, OfficerBook, differences, expected, invent, shown

TODAY = dt.date(2026, 11, 24)
FILES = ("pelates.xlsx", "poliseis.xlsx", "eispraxeis.csv", "stoxoi.xlsx")
NAMES = ("andros", "naxos", "paros")
CODES = {
    "vat_id_lost_leading_zero": ProblemCode.VAT_ID_LOST_LEADING_ZERO,
    "vat_id_invalid": ProblemCode.VAT_ID_INVALID,
    "duplicate_rows": ProblemCode.DUPLICATE_ROW,
}
Open = Callable[[], Any]


@pytest.fixture
def fresh(plain_template: Path, tmp_path: Path) -> Open:
    """Give a maker of desks over new, empty books."""
    numbers = itertools.count()

    @contextmanager
    def make() -> Iterator[Desk]:
        with Book.open(copy_book(plain_template, tmp_path / f"{next(numbers)}.acctbook")) as book:
            yield Desk(book)

    return make


@functools.cache
def _content(path: Path) -> FileContent:
    return read_file(path)  # once a session: reading a workbook starts a process


def _take(desk: Desk, path: Path) -> ImportResult:
    prepared = runner.understand(desk, _content(path), today=TODAY)
    return runner.carry_out(desk, prepared, backup=False).value


def _told(results: Sequence[ImportResult]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for result in results:
        for problem in result.problems:
            found.setdefault(problem.code, []).append(str(problem.record))
    return {code: sorted(records) for code, records in found.items()}


def _check_real(desk: Desk, folder: Path, order: Sequence[str]) -> None:
    wanted = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    snapshots, results = [live(desk)], []
    for name in order:
        results.append(_take(desk, folder / name))
        snapshots.append(live(desk))
    told = {CODES[key]: sorted(codes) for key, codes in wanted["problems"].items()}
    assert _told(results) == told
    assert all(result.refused == 0 for result in results)
    as_of = dt.date.fromisoformat(wanted["as_of"])
    left_out = {"definitions", "files", "problems"}
    figured = {key: value for key, value in wanted.items() if key not in left_out}
    assert differences(figured, shown(desk.query(figures, as_of=as_of))) == []
    for name in order:
        again = _take(desk, folder / name)
        assert (again.created, again.updated, again.refused) == (0, 0, 0)
    assert live(desk) == snapshots[-1]
    for before in reversed(snapshots[:-1]):
        desk.undo()
        assert live(desk) == before
    for _ in order:
        desk.redo()
    assert live(desk) == snapshots[-1]


@pytest.mark.data
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("order", [FILES, FILES[::-1]], ids=["as-listed", "backwards"])
def test_an_officers_book_equals_what_is_expected(
    shared_data: Path, fresh: Open, name: str, order: Sequence[str]
) -> None:
    with fresh() as desk:
        _check_real(desk, shared_data / "officer" / name, order)


@pytest.mark.data
@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("order", list(itertools.permutations(FILES)), ids="-".join)
def test_an_officers_book_in_every_order(
    shared_data: Path, fresh: Open, name: str, order: Sequence[str]
) -> None:
    with fresh() as desk:
        _check_real(desk, shared_data / "officer" / name, order)


def _check_invented(desk: Desk, book: OfficerBook, order: Sequence[str]) -> None:
    before = live(desk)
    results = []
    for key in order:
        result = _take(desk, book.files[key])
        assert result.kind == key
        results.append(result)
    assert _told(results) == {code: sorted(found) for code, found in book.problems.items() if found}
    assert differences(expected(book), shown(desk.query(figures, as_of=AS_OF))) == []
    for key in reversed(order):
        again = _take(desk, book.files[key])
        assert (again.created, again.updated) == (0, 0)
    for _ in order:
        desk.undo()
    assert live(desk) == before


@pytest.mark.parametrize("seed", range(6))
def test_an_invented_book_equals_what_is_worked_out_by_hand(
    fresh: Open, tmp_path: Path, seed: int
) -> None:
    book = invent(seed, tmp_path / "files")
    order = random.Random(seed).sample(sorted(book.files), k=4)
    with fresh() as desk:
        _check_invented(desk, book, order)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 200))
def test_many_invented_books(fresh: Open, tmp_path: Path, seed: int) -> None:
    book = invent(seed, tmp_path / "files", clients=40, documents=300)
    order = random.Random(seed).sample(sorted(book.files), k=4)
    with fresh() as desk:
        _check_invented(desk, book, order)


@pytest.mark.data
def test_northwinds_lines_are_830_documents(shared_data: Path, fresh: Open) -> None:
    with fresh() as desk:
        result = _take(desk, shared_data / "northwind" / "sales_lines.csv")
        assert (result.rows_read, result.created, result.documents) == (2155, 2155, 830)
        assert (result.clients_made, result.problems) == (89, ())
        found = desk.query(figures, as_of=TODAY)
        assert (found.invoices, found.net_minor) == (830, 126_579_322)
        again = _take(desk, shared_data / "northwind" / "sales_lines.csv")
        assert (again.created, again.updated, again.skipped) == (0, 0, 2155)


@pytest.mark.data
def test_six_encodings_of_one_list_give_the_same_clients(shared_data: Path, fresh: Open) -> None:
    columns = [
        column
        for column in Client.__table__.columns
        if column.key not in {"uid", "created_at", "updated_at", "name_fold"}
    ]
    signs = str.maketrans({"«": '"', "»": '"', "΄": "'"})  # the old DOS code page has no others
    found = []
    files = sorted((shared_data / "contacts_csv").glob("erp_pelates_*"))
    for path in files:
        with fresh() as desk:
            result = _take(desk, path)
            assert (result.rows_read, result.created, result.skipped) == (6, 5, 1)
            rows = desk.query(lambda session: session.execute(select(*columns)).all())
            found.append(
                [
                    tuple(one.translate(signs) if isinstance(one, str) else one for one in row)
                    for row in rows
                ]
            )
    assert len(files) == 6
    assert all(rows == found[0] for rows in found)
    with fresh() as desk:
        good = next(path for path in files if "utf8" in path.name)
        _take(desk, good)
        for path in files:
            again = _take(desk, path)
            assert (again.created, again.updated) == (0, 0), path.name
