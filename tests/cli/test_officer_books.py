"""The officer books through the command line: any order, twice, undone; every key equal."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.data
FILES = ("pelates.xlsx", "poliseis.xlsx", "eispraxeis.csv", "stoxoi.xlsx")
BOOKS = ("andros", "naxos", "paros")
_NOT_FIGURES = {"definitions", "files", "problems"}
_CODES = {
    "vat_id_lost_leading_zero": "vat_id_lost_leading_zero",
    "vat_id_invalid": "vat_id_invalid",
    "duplicate_rows": "duplicate_row",
}


def differences(expected: Any, told: Any, path: str = "") -> list[str]:
    """Return every place where what is told is not what is expected."""
    if isinstance(expected, dict):
        return [
            line
            for key, value in expected.items()
            if path or key not in _NOT_FIGURES
            for line in differences(value, told.get(key, "missing"), f"{path}/{key}")
        ]
    if isinstance(expected, list):
        name = "month" if expected and "month" in expected[0] else "code"
        mine = {item[name]: item for item in expected}
        theirs = {item[name]: item for item in told}
        if mine.keys() != theirs.keys():
            return [f"{path}: {sorted(mine.keys() ^ theirs.keys())}"]
        return [
            line for key in mine for line in differences(mine[key], theirs[key], f"{path}/{key}")
        ]
    return [] if expected == told else [f"{path}: {expected} is told as {told}"]


def taken_in(run: Any, book: Path, folder: Path, names: tuple[str, ...]) -> dict[str, Any]:
    told = {}
    for name in names:
        ran = run("import", book, folder / name, "--json")
        assert ran.status == 0, ran.err
        told[name] = ran.json()
    return told


def figures_of(run: Any, book: Path, expected: dict[str, Any]) -> Any:
    return run("figures", book, "--as-of", expected["as_of"], "--json").json()


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("names", [FILES, FILES[::-1]], ids=["forwards", "backwards"])
def test_an_officer_book_is_equal_to_the_cent(
    run: Any, shared_data: Path, tmp_path: Path, name: str, names: tuple[str, ...]
) -> None:
    folder = shared_data / "officer" / name
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    book = tmp_path / name
    assert run("new", book, "--plain").status == 0
    told = taken_in(run, book, folder, names)
    assert differences(expected, figures_of(run, book, expected)) == []
    for result in told.values():
        parts = ("created", "updated", "skipped", "refused")
        assert result["rows_read"] == sum(result[key] for key in parts)


@pytest.mark.parametrize("name", BOOKS)
def test_twice_changes_nothing_and_undo_takes_all_back(
    run: Any, shared_data: Path, tmp_path: Path, name: str
) -> None:
    folder = shared_data / "officer" / name
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    book = tmp_path / name
    assert run("new", book, "--plain").status == 0
    empty = figures_of(run, book, expected)
    taken_in(run, book, folder, FILES)
    for result in taken_in(run, book, folder, FILES).values():
        assert (result["created"], result["updated"]) == (0, 0)
    assert differences(expected, figures_of(run, book, expected)) == []
    assert run("undo", book, "--steps", "4").status == 0
    assert figures_of(run, book, expected) == empty
    assert run("redo", book, "--steps", "4").status == 0
    assert differences(expected, figures_of(run, book, expected)) == []
    assert run("check", book).status == 0


@pytest.mark.long
@pytest.mark.parametrize("names", list(itertools.permutations(FILES)), ids="-".join)
def test_any_order_gives_the_same_figures(
    run: Any, shared_data: Path, tmp_path: Path, names: tuple[str, ...]
) -> None:
    folder = shared_data / "officer" / "andros"
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    book = tmp_path / "book"
    assert run("new", book, "--plain").status == 0
    taken_in(run, book, folder, names)
    assert differences(expected, figures_of(run, book, expected)) == []
