"""Files are tried before they are imported: nothing is written, a changed mapping is tried anew."""

from __future__ import annotations

import csv
import datetime as dt
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from acctdesk import i18n
from acctdesk.errors import UserError
from acctdesk.exchange.problem_list import save_problems
from acctdesk.exchange.problems import Problem
from acctdesk.exchange.runner import import_file
from acctdesk.exchange.trial import Shelf, TrialBench, grouped, try_file
from acctdesk.i18n import msg
from acctdesk.kinds import ProblemCode, ProblemOutcome, RecordKind
from acctdesk.models import Client
from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book
from tests.exchange.desks import live, rows_of

ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 11, 24)
ROWS = [
    ["Κωδικός", "Επωνυμία", "ΑΦΜ", "Πόλη"],
    ["30.01", "ΑΦΟΙ ΠΑΠΑΔΟΠΟΥΛΟΙ Ο.Ε.", "094012348", "Βόλος"],
    ["30.02", "Μύλοι Θερμαϊκού Α.Ε.", "90000045", "Σίνδος"],
]


def write(path: Path, rows: list[list[str]]) -> Path:
    """Write a text file as a Greek office would."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "pelates.csv", ROWS)


@pytest.fixture
def bench() -> Iterator[TrialBench]:
    made = TrialBench()
    yield made
    made.close()


def test_a_trial_says_what_the_import_then_does(desk: Desk, file: Path) -> None:
    before = live(desk)
    trial = try_file(desk, Shelf(), file, today=TODAY)
    assert live(desk) == before
    assert (trial.name, trial.rows, trial.sheets, trial.headings) == (
        "pelates.csv", 2, ("pelates",), (1, 1),
    )  # fmt: skip
    assert trial.mapping is not None
    assert trial.mapping.columns[0].samples == ("30.01", "30.02")
    assert trial.result is not None
    done = import_file(desk, file, mapping=trial.mapping, today=TODAY)
    assert trial.result.counts() == done.counts()
    assert trial.result.problems == done.problems


def test_the_rows_of_two_line_headings_are_told(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ["Πελατολόγιο", "", "", ""],
        ["Κωδικός", "Επωνυμία", "Έδρα", ""],
        ["", "", "Πόλη", "Τ.Κ."],
        ["30.01", "Μύλοι Α.Ε.", "Βόλος", "38221"],
        ["30.02", "Ξενία Α.Ε.", "Κως", "85300"],
    ]
    trial = try_file(desk, Shelf(), write(tmp_path / "a.csv", rows), today=TODAY)
    assert trial.headings == (2, 3)


def test_a_file_that_changed_on_disk_is_read_anew(desk: Desk, file: Path) -> None:
    shelf = Shelf()
    assert shelf.read(file) is shelf.read(file)
    write(file, [*ROWS, ["30.03", "Ξενία Α.Ε.", "", "Κως"]])
    assert try_file(desk, shelf, file, today=TODAY).rows == 3


def test_what_cannot_be_told_waits_for_a_kind_and_a_mapping_by_hand(
    desk: Desk, tmp_path: Path
) -> None:
    strange = write(tmp_path / "x.csv", [["Qux", "Blorb"], ["a1", "Βόλος"], ["a2", "Κως"]])
    shelf = Shelf()
    trial = try_file(desk, shelf, strange, today=TODAY)
    assert trial.mapping is None
    assert trial.unknown is not None
    named = try_file(desk, shelf, strange, kind=RecordKind.CLIENTS, today=TODAY)
    assert named.mapping is not None
    assert named.mapping.fields() == {}
    assert named.mapping.columns[1].samples == ("Βόλος", "Κως")
    chosen = named.mapping.with_column(0, "name").with_column(1, "city")
    done = try_file(desk, shelf, strange, mapping=chosen, today=TODAY)
    assert done.result is not None
    assert done.result.created == 2


def test_problems_that_say_the_same_stand_together() -> None:
    def one(row: int, value: str) -> Problem:
        what = msg("Problem", "The date cannot be read.")
        code, done = ProblemCode.UNREADABLE_DATE, ProblemOutcome.EMPTIED
        return Problem(None, "Φύλλο1", row, "due_on", value, code, done, what)

    groups = grouped((one(7, "32/1"), one(9, "x"), one(41, "32/1")))
    assert [(group.first.value, group.places) for group in groups] == [
        ("32/1", (("Φύλλο1", 7), ("Φύλλο1", 41))),
        ("x", (("Φύλλο1", 9),)),
    ]


# ---- in the child --------------------------------------------------------------------------------


def test_one_child_tries_again_and_again(bench: TrialBench, desk: Desk, file: Path) -> None:
    seen: list[float] = []
    first = bench.try_file(desk, file, today=TODAY, progress=seen.append)
    assert seen == [0.5, 0.8]
    assert first.mapping is not None
    worker = bench._worker
    changed = bench.try_file(desk, file, mapping=first.mapping.with_column(3, None), today=TODAY)
    assert bench._worker is worker
    assert changed.mapping is not None
    assert changed.mapping.columns[3].field is None
    assert rows_of(desk, Client, "code") == []
    import_file(desk, file, today=TODAY)
    again = bench.try_file(desk, file, today=TODAY)
    assert again.result is not None
    assert (again.result.created, again.result.skipped) == (0, 2)
    bench.close()
    assert not worker.is_alive()


def test_a_refusal_and_a_dead_child_are_sentences_and_the_next_trial_works(
    bench: TrialBench, desk: Desk, file: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("xl/workbook.xml", "<not-closed")
    with pytest.raises(UserError, match=r"broken\.xlsx"):
        bench.try_file(desk, broken, today=TODAY)
    bench._worker.kill()
    bench._worker.join()
    assert bench.try_file(desk, file, today=TODAY).rows == 2


_LEFT_OPEN = """
import datetime as dt, sys, weakref
class Early: pass
early = Early()
weakref.finalize(early, str)  # its list is closed before the program's children are waited for
from pathlib import Path
from acctdesk.exchange.trial import TrialBench
from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book
if __name__ == "__main__":
    bench = TrialBench()
    bench.try_file(Desk(Book.open(Path(sys.argv[1]))), Path(sys.argv[2]), today=dt.date(2026, 3, 2))
    print(bench._worker.is_alive())
"""


def test_a_bench_left_open_does_not_hold_up_the_end(
    book_file: Path, file: Path, tmp_path: Path
) -> None:
    script = tmp_path / "left_open.py"
    script.write_text(_LEFT_OPEN, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(book_file), str(file)],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == b"True", done.stderr


def test_a_trial_can_be_cancelled(bench: TrialBench, desk: Desk, tmp_path: Path) -> None:
    rows = [["Κωδικός", "Επωνυμία", "Πόλη"]]
    rows += [[f"30.{n:06d}", f"ΠΕΛΑΤΗΣ {n}", "Βόλος"] for n in range(20_000)]
    with pytest.raises(UserError, match=r"[Cc]ancelled"):
        bench.try_file(desk, write(tmp_path / "big.csv", rows), today=TODAY, cancelled=lambda: True)


def test_a_trial_reads_an_encrypted_book_in_the_officers_language(
    encrypted_book: Book, file: Path
) -> None:
    i18n.set_language("el")
    desk, bench = Desk(encrypted_book), TrialBench()
    try:
        result = bench.try_file(desk, file, today=TODAY).result
        assert result is not None
        assert result.created == 2
        with pytest.raises(UserError, match="Δεν υπάρχει"):
            bench.try_file(desk, file.with_name("nothing.csv"), today=TODAY)
    finally:
        bench.close()


# ---- the list for the sender ---------------------------------------------------------------------


def _problems() -> list[Problem]:
    what = msg("Problem", "The number cannot be read.")
    code, done = ProblemCode.UNREADABLE_NUMBER, ProblemOutcome.EMPTIED
    return [
        Problem("30.01", "Φύλλο1", 7, "credit_limit", "=1+1", code, done, what),
        Problem(None, "Φύλλο1", 9, "credit_limit", "-12,5\x07", code, done, what),
    ]


def test_the_list_is_a_workbook_of_plain_text(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "list.xlsx"
    save_problems(path, _problems(), kind=RecordKind.CLIENTS)
    sheet = load_workbook(path).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:5] == ["Sheet", "Row", "Record", "Field", "Value in the file"]
    assert rows[1] == [
        "Φύλλο1", 7, "30.01", "Credit limit", "=1+1", "The number cannot be read.",
        "Left empty, needs you",
    ]  # fmt: skip
    assert sheet["E2"].data_type == "s"


@pytest.mark.parametrize(("language", "separator"), [("el", ";"), ("en", ",")])
def test_the_list_is_a_text_that_excel_opens(tmp_path: Path, language: str, separator: str) -> None:
    i18n.set_language(language)
    path = tmp_path / "list.csv"
    save_problems(path, _problems(), kind=RecordKind.CLIENTS)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=separator))
    assert rows[1][4] == "'=1+1"
    assert rows[2][4].strip() == "-12,5"


def test_a_list_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"list\.xlsx cannot be written"):
        save_problems(tmp_path / "none" / "list.xlsx", _problems(), kind=RecordKind.CLIENTS)
