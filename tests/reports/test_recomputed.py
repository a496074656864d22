"""The proof: LibreOffice works every formula out and finds what the program wrote, cell by cell."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from acctdesk.exchange.runner import import_file
from acctdesk.periods import Period, fiscal_year, parse_period, quarter
from acctdesk.reports.pack import PackResult, write_pack
from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book
from tests.books import copy_book
from tests.reports.conftest import Open
from tests.reports.inventing import TODAY
from tests.reports.libreoffice import LibreOffice
from tests.reports.reading import apart, changed, differences, values

FILES = ("pelates.xlsx", "poliseis.xlsx", "eispraxeis.csv", "stoxoi.xlsx")
NAMES = ("andros", "naxos", "paros")
CHECK = {"el": "Έλεγχος", "en": "Check"}
AGREES = {"el": "Εντάξει", "en": "OK"}
DIFFERS = {"el": "Διαφέρει", "en": "Differs"}


def _proven(office: LibreOffice, packs: Sequence[tuple[PackResult, str]], folder: Path) -> None:
    """Fail where a difference is not 0 or a cached value is not what LibreOffice works out."""
    wrong: list[str] = []
    again = office.recomputed([pack.path for pack, _ in packs], folder)
    for (pack, language), path in zip(packs, again, strict=True):
        ours, theirs = values(pack.path), values(path)
        name = CHECK[language]
        gaps = differences(theirs, name)
        assert len(gaps) == len(pack.checks)
        assert all(check.ok for check in pack.checks)
        wrong += [f"{pack.path.name}: {gap}" for gap in gaps if gap != 0]
        wrong += [f"{pack.path.name}: {one}" for one in apart(ours, theirs)]
        assert theirs[name][3][1] == AGREES[language]
    assert wrong == []


@pytest.fixture
def office(tmp_path: Path) -> LibreOffice:
    """Give LibreOffice with a profile of its own."""
    return LibreOffice(tmp_path / "office")


def _officer(shared_data: Path, template: Path, tmp_path: Path, name: str) -> tuple[Desk, dt.date]:
    folder = shared_data / "officer" / name
    wanted = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    desk = Desk(Book.open(copy_book(template, tmp_path / f"{name}.acctbook")))
    for file in FILES:
        import_file(desk, folder / file, today=dt.date(2026, 11, 24), backup=False)
    return desk, dt.date.fromisoformat(wanted["as_of"])


def _prove_officer(
    shared_data: Path,
    template: Path,
    tmp_path: Path,
    office: LibreOffice,
    wanted: Sequence[tuple[str, str]],
) -> None:
    packs = []
    for name in NAMES:
        languages = [language for one, language in wanted if one == name]
        if not languages:
            continue
        desk, as_of = _officer(shared_data, template, tmp_path, name)
        for language in languages:
            pack = write_pack(
                desk,
                out=tmp_path / f"{name}-{language}",
                period=parse_period(f"{as_of.year}Q{(as_of.month + 2) // 3}"),
                as_of=as_of,
                language=language,
            )
            packs.append((pack, language))
        desk.close()
    _proven(office, packs, tmp_path / "again")


@pytest.mark.data
def test_an_officers_quarter_is_what_libreoffice_works_out(
    shared_data: Path, plain_template: Path, tmp_path: Path, office: LibreOffice
) -> None:
    _prove_officer(shared_data, plain_template, tmp_path, office, [("naxos", "el")])


@pytest.mark.data
@pytest.mark.long
def test_every_officers_quarter_is_what_libreoffice_works_out_in_both_languages(
    shared_data: Path, plain_template: Path, tmp_path: Path, office: LibreOffice
) -> None:
    every = [(name, language) for name in NAMES for language in ("el", "en")]
    _prove_officer(shared_data, plain_template, tmp_path, office, every)


CASES: tuple[tuple[str, Period, dt.date, str], ...] = (
    ("demo", quarter(2026, 3), dt.date(2026, 9, 30), "el"),
    ("demo", quarter(2026, 4), TODAY, "en"),  # not finished
    ("demo", parse_period("2026-02"), dt.date(2026, 2, 28), "el"),
    ("july", quarter(2026, 4, 7), TODAY, "el"),  # reported long after its end
    ("july", fiscal_year(2026, 7), dt.date(2026, 6, 30), "en"),
    ("july", quarter(2027, 2, 7), TODAY, "en"),
    ("july", quarter(2028, 1, 7), TODAY, "el"),  # in the future
    ("aimless", fiscal_year(2026), TODAY, "el"),
    ("empty", quarter(2026, 4), TODAY, "el"),
)


def test_books_of_every_shape_and_what_a_changed_row_does(
    shape: Open, tmp_path: Path, office: LibreOffice
) -> None:
    packs = []
    for number, (name, period, as_of, language) in enumerate(CASES):
        with shape(name) as desk:
            out = tmp_path / f"{number}-{name}-{language}"
            pack = write_pack(desk, out=out, period=period, as_of=as_of, language=language)
        packs.append((pack, language))
    _proven(office, packs, tmp_path / "again")
    _a_changed_row_shows(office, packs[0][0].path, tmp_path)


def _a_changed_row_shows(office: LibreOffice, source: Path, tmp_path: Path) -> None:
    before = values(source)
    documents, receipts, targets = "Παραστατικά", "Εισπράξεις", "Στόχοι"
    inside = _row(before[documents], 3, lambda day: dt.date(2026, 7, 1) <= day, 1, "Τιμολόγιο")
    aimed = _row(before[targets], 0, lambda day: day == dt.date(2026, 8, 1))
    edits = {
        "net": changed(source, tmp_path / "net.xlsx", documents, f"K{inside}", 100),
        "paid": changed(source, tmp_path / "paid.xlsx", receipts, "J2", 50),
        "aim": changed(source, tmp_path / "aim.xlsx", targets, f"E{aimed}", 1000),
    }
    again = office.recomputed(list(edits.values()), tmp_path / "changed")
    after = dict(zip(edits, map(values, again), strict=True))
    check = CHECK["el"]
    moved = {
        name: {
            row[0]: round(row[3], 2)
            for row in sheets[check]
            if len(row) > 3 and isinstance(row[3], float | int) and row[3]
        }
        for name, sheets in after.items()
    }
    for sheets in after.values():
        assert sheets[check][3][1] == DIFFERS["el"]
    assert moved["net"]["Καθαρές πωλήσεις, Γ΄ τρίμηνο 2026"] == 100
    assert moved["net"]["Καθαρές πωλήσεις όλων ανά μήνα, από την αρχή του έτους"] == 100
    assert moved["paid"]["Υπόλοιπο όλων των πελατών"] == -50
    assert moved["aim"] == {
        "Στόχος, Γ΄ τρίμηνο 2026": 1000,
        "Στόχος από την αρχή του έτους": 1000,
    }
    cover, now = before["Εξώφυλλο"], after["net"]["Εξώφυλλο"]
    assert now[5][1] == pytest.approx(cover[5][1] + 100)  # the first tile


def _row(rows: list[list[object]], column: int, wanted: object, *more: object) -> int:
    """Return the number of the first row whose day is wanted (and that holds a word)."""
    assert callable(wanted)
    for number, row in enumerate(rows[1:], start=2):
        if wanted(row[column]) and (not more or row[int(str(more[0]))] == more[1]):
            return number
    raise AssertionError("no such row")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
def test_printed_whole_the_summaries_come_first_on_a_page_each(
    shape: Open, office: LibreOffice, tmp_path: Path
) -> None:
    with shape("demo") as desk:
        pack = write_pack(
            desk, out=tmp_path / "r.xlsx", period=quarter(2026, 3), as_of=TODAY, language="en"
        )
    (printed,) = office.pdf([pack.path], tmp_path / "printed")
    done = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")
    for name, page in zip(pack.sheets[:7], pages, strict=False):
        assert page.rstrip().splitlines()[-1].strip().startswith(name)
    assert pack.sheets[7] in pages[7]
