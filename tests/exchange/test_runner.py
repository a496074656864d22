"""The road from a file to the book: preview, remembered mappings, backup, child process, Cancel."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from acctdesk import i18n
from acctdesk.errors import UserError
from acctdesk.exchange import runner
from acctdesk.exchange.elsewhere import import_in_child
from acctdesk.exchange.runner import import_file
from acctdesk.kinds import RecordKind
from acctdesk.models import Client, FileShape, ImportRun
from acctdesk.services.desk import Desk
from acctdesk.storage.book import Book
from tests.exchange.desks import live, rows_of

TODAY = dt.date(2026, 11, 24)
ROWS = [
    ["Κωδικός", "Επωνυμία", "ΑΦΜ", "Πόλη", "Παρατηρήσεις"],
    ["30.01", "ΑΦΟΙ ΠΑΠΑΔΟΠΟΥΛΟΙ Ο.Ε.", "094012348", "Βόλος", "=1+1"],
    ["30.02", "Μύλοι Θερμαϊκού Α.Ε.", "90000045", "Σίνδος", ""],
    ["30.02", "ΜΥΛΟΙ ΘΕΡΜΑΪΚΟΥ", "090000045", "", "δις"],
]


@pytest.fixture
def clients_file(tmp_path: Path) -> Path:
    path = tmp_path / "pelates.csv"
    with path.open("w", encoding="cp1253", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(ROWS)
    return path


def test_a_preview_writes_nothing_and_says_what_the_import_then_does(
    desk: Desk, clients_file: Path
) -> None:
    before = live(desk)
    seen = import_file(desk, clients_file, today=TODAY, dry_run=True)
    assert live(desk) == before
    assert desk.undo_label() is None
    done = import_file(desk, clients_file, today=TODAY)
    assert seen.dry_run
    assert not done.dry_run
    assert seen.counts() == done.counts()
    assert seen.problems == done.problems
    assert seen.mapping == done.mapping


def test_the_object_printed_has_what_the_command_line_promises(
    desk: Desk, clients_file: Path
) -> None:
    shown = json.loads(json.dumps(import_file(desk, clients_file, today=TODAY).to_json()))
    assert shown["kind"] == "clients"
    counts = {key: shown[key] for key in ("rows_read", "created", "updated", "skipped", "refused")}
    assert counts == {"rows_read": 3, "created": 2, "updated": 0, "skipped": 1, "refused": 0}
    assert [(one["record"], one["row"], one["code"], one["done"]) for one in shown["problems"]] == [
        ("30.02", 3, "vat_id_lost_leading_zero", "restored"),
        ("30.02", 4, "duplicate_row", "merged"),
    ]
    assert shown["mapping"]["columns"][0]["field"] == "code"


def test_an_import_is_recorded_with_its_counts(desk: Desk, clients_file: Path) -> None:
    import_file(desk, clients_file, today=TODAY)
    import_file(desk, clients_file, today=TODAY)
    ((kind, name, summary),) = rows_of(desk, ImportRun, "kind", "file_name", "summary")
    assert (kind, name) == ("clients", "pelates.csv")
    assert json.loads(summary)["created"] == 2


def test_the_step_is_named_in_the_officers_language(desk: Desk, clients_file: Path) -> None:
    import_file(desk, clients_file, today=TODAY)
    label = desk.undo_label()
    assert label is not None
    assert label.localized() == "Import of clients from pelates.csv"


def test_a_mapping_that_was_given_is_remembered_for_the_next_file(
    desk: Desk, clients_file: Path
) -> None:
    prepared = runner.prepare(desk, clients_file, today=TODAY)
    assert not prepared.mapping.remembered
    chosen = prepared.mapping.with_column(4, None).with_column(3, "address")
    import_file(desk, clients_file, mapping=chosen, today=TODAY)
    assert rows_of(desk, Client, "city", "address", "notes")[0] == (None, "Βόλος", None)
    assert len(rows_of(desk, FileShape, "shape")) == 1
    later = runner.prepare(desk, clients_file, today=TODAY)
    assert later.mapping.remembered
    assert later.mapping.fields() == chosen.fields()
    desk.undo()
    assert not runner.prepare(desk, clients_file, today=TODAY).mapping.remembered
    import_file(desk, clients_file, mapping=chosen, today=TODAY)
    assert len(rows_of(desk, FileShape, "shape")) == 1


def test_a_backup_is_made_before_an_import_into_a_book_that_holds_anything(
    desk: Desk, clients_file: Path
) -> None:
    import_file(desk, clients_file, today=TODAY)
    assert desk.status().last_backup_at is None
    import_file(desk, clients_file, today=TODAY)
    assert desk.status().last_backup_at is not None


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"PK\x03\x04broken", b"\x89PNG\r\n\x1a\n"])
def test_a_file_of_another_kind_is_a_sentence_and_changes_nothing(
    desk: Desk, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "pelates.xlsx"
    path.write_bytes(content)
    before = live(desk)
    with pytest.raises(UserError, match=r"pelates\.xlsx"):
        import_file(desk, path, today=TODAY)
    assert live(desk) == before


def test_a_class_written_in_greek_is_the_one_that_is_filtered_by(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "pelates.csv"
    rows = ["Κωδικός;Επωνυμία;Κατηγορία", "1;Άλφα Α.Ε.;Α", "2;Βήτα Α.Ε.;Γ", "3;Γάμα Α.Ε.;VIP"]
    path.write_text("\n".join(rows), encoding="utf-8")
    import_file(desk, path, today=TODAY)
    assert rows_of(desk, Client, "segment") == [("A",), ("C",), ("VIP",)]
    assert import_file(desk, path, today=TODAY).skipped == 3


def test_cancel_leaves_the_book_as_it_was(desk: Desk, clients_file: Path) -> None:
    before = live(desk)
    seen: list[float] = []

    def late() -> bool:
        return bool(seen and seen[-1] > 0.6)

    with pytest.raises(UserError, match="cancelled"):
        import_file(desk, clients_file, today=TODAY, progress=seen.append, cancelled=late)
    assert max(seen) > 0.6
    assert live(desk) == before
    assert desk.undo_label() is None


# ---- in a child process --------------------------------------------------------------------------


def test_a_child_imports_into_the_open_book_and_tells_what_changed(
    desk: Desk, clients_file: Path
) -> None:
    seen: list[float] = []
    done = import_in_child(desk, clients_file, today=TODAY, progress=seen.append)
    assert (done.value.created, done.value.skipped) == (2, 1)
    assert done.changes.touches("clients")
    assert done.changes.ids("clients") is None
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert [code for (code,) in rows_of(desk, Client, "code")] == ["30.01", "30.02"]
    desk.undo()
    assert rows_of(desk, Client, "code") == []


def test_a_child_works_on_an_encrypted_book_and_in_the_officers_language(
    encrypted_book: Book, clients_file: Path
) -> None:
    i18n.set_language("el")
    desk = Desk(encrypted_book)
    seen = import_in_child(desk, clients_file, today=TODAY, dry_run=True)
    assert (seen.value.created, bool(seen.changes)) == (2, False)
    assert rows_of(desk, Client, "code") == []
    assert import_in_child(desk, clients_file, today=TODAY).value.created == 2


def test_a_childs_refusal_is_the_same_sentence_here(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "nothing.xlsx"
    with pytest.raises(UserError, match=r"nothing\.xlsx"):
        import_in_child(desk, path, today=TODAY)


def test_a_child_can_be_cancelled(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    rows: list[list[Any]] = [["Κωδικός", "Επωνυμία", "Πόλη"]]
    rows += [[f"30.{n:06d}", f"ΠΕΛΑΤΗΣ {n}", "Βόλος"] for n in range(20_000)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    with pytest.raises(UserError, match="cancelled"):
        import_in_child(desk, path, kind=RecordKind.CLIENTS, today=TODAY, cancelled=lambda: True)
    assert rows_of(desk, Client, "code") == []
