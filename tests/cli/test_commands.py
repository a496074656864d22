"""Every command: its answer, its JSON shape, its exit status, and what it leaves unchanged."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from acctdesk import bootstrap
from acctdesk.i18n import msg
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.profile import get_profile
from acctdesk.storage.book import Book
from tests.exchange.money_samples import MT940, mydata, mydata_invoice

CLIENTS = (
    "Κωδικός;Επωνυμία;ΑΦΜ;Πόλη\n"
    "30.00.0001;Παπαδόπουλος Α.Ε.;094259216;Θεσσαλονίκη\n"
    "30.00.0002;Αθηνά Τρόφιμα;94012348;Αθήνα\n"
)
RECEIPTS = (
    "Απόδειξη;Ημερομηνία;Κωδικός πελάτη;Ποσό\n"
    "ΕΙΣ-1;10/11/2026;30.00.0001;100,00\n"
    "ΕΙΣ-2;κάποτε;30.00.0001;δέκα\n"
)


@pytest.fixture
def clients_csv(tmp_path: Path) -> Path:
    file = tmp_path / "pelates.csv"
    file.write_text(CLIENTS, encoding="utf-8")
    return file


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    file = tmp_path / "password.txt"
    file.write_text("μυστικό 12\nδεύτερη γραμμή\n", encoding="utf-8")
    return file


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_new_plain_book_holds_the_profile(run: Any, tmp_path: Path) -> None:
    ran = run(
        "new", tmp_path / "mine", "--plain", "--officer", "Μαρία Νικολάου", "--company", "Αιγαίον",
        "--currency", "usd", "--fiscal-start", "7", "--language", "el",
    )  # fmt: skip
    assert ran.status == 0
    assert "mine.acctbook" in ran.out
    with Book.open(tmp_path / "mine.acctbook", read_only=True) as book:
        profile = Desk(book).query(get_profile)
    assert (profile.officer, profile.currency, profile.fiscal_start) == ("Μαρία Νικολάου", "USD", 7)


def test_an_encrypted_book_opens_by_file_variable_and_recovery_code(
    run: Any, tmp_path: Path, password_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "secret"
    made = run("new", book, "--password-file", password_file)
    assert made.status == 0
    assert (tmp_path / "secret.acctbook.key").exists()
    [code] = re.findall(r"(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}", made.out)
    refused = run("figures", book, "--json")
    assert (refused.status, refused.out) == (2, "")
    assert "encrypted" in refused.err
    assert run("figures", book, "--password-file", password_file).status == 0
    monkeypatch.setenv("ACCTDESK_PASSWORD", "λάθος")
    wrong = run("figures", book)
    assert (wrong.status, wrong.out) == (2, "")
    monkeypatch.setenv("ACCTDESK_PASSWORD", code)
    assert run("figures", book).status == 0


def test_a_book_without_a_word_about_its_password_is_not_made(run: Any, tmp_path: Path) -> None:
    ran = run("new", tmp_path / "mine")
    assert ran.status == 2
    assert "--plain" in ran.err
    assert list(tmp_path.glob("mine*")) == []


@pytest.mark.parametrize(
    "wrong",
    [["--currency", "ευρώ"], ["--fiscal-start", "13"], ["--fiscal-start", "x"], ["--bogus"]],
)
def test_wrong_arguments_make_nothing(run: Any, tmp_path: Path, wrong: list[str]) -> None:
    ran = run("new", tmp_path / "mine", "--plain", *wrong)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err
    assert list(tmp_path.glob("mine*")) == []


def test_a_book_is_never_made_over_another(run: Any, demo_file: Path) -> None:
    before = digest(demo_file)
    for command in (["new", demo_file, "--plain"], ["demo", demo_file]):
        assert run(*command).status == 2
    assert digest(demo_file) == before


def test_a_demo_book_is_made_for_a_seed(run: Any, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert run("demo", tmp_path / name, "--clients", "4", "--seed", "5").status == 0
    first, second = (run("figures", tmp_path / name, "--json").json() for name in ("a", "b"))
    assert first == second
    assert first["counts"]["clients"] == 4
    assert run("demo", tmp_path / "c", "--clients", "0").status == 2
    assert not (tmp_path / "c.acctbook").exists()


def test_an_import_tells_what_it_did_as_json(run: Any, book_file: Path, clients_csv: Path) -> None:
    ran = run("import", book_file, clients_csv, "--json")
    told = ran.json()
    assert ran.status == 0
    assert told["kind"] == "clients"
    counts = {key: told[key] for key in ("rows_read", "created", "updated", "skipped", "refused")}
    assert counts == {"rows_read": 2, "created": 2, "updated": 0, "skipped": 0, "refused": 0}
    assert isinstance(told["mapping"], dict)
    [problem] = told["problems"]
    assert problem.keys() == {"record", "sheet", "row", "field", "value", "code", "what", "done"}
    assert (problem["record"], problem["row"], problem["value"]) == ("30.00.0002", 3, "94012348")
    assert (problem["code"], problem["done"]) == ("vat_id_lost_leading_zero", "restored")
    again = run("import", book_file, clients_csv, "--json").json()
    assert (again["created"], again["updated"], again["skipped"]) == (0, 0, 2)


def test_a_dry_run_changes_nothing(run: Any, book_file: Path, clients_csv: Path) -> None:
    told = run("import", book_file, clients_csv, "--dry-run", "--json").json()
    assert told["created"] == 2
    assert run("figures", book_file, "--json").json()["counts"]["clients"] == 0
    assert run("undo", book_file).status == 2


def test_refused_rows_need_attention(
    run: Any, book_file: Path, clients_csv: Path, tmp_path: Path
) -> None:
    receipts = tmp_path / "eispraxeis.csv"
    receipts.write_text(RECEIPTS, encoding="utf-8")
    run("import", book_file, clients_csv)
    ran = run("import", book_file, receipts, "--language", "en")
    assert ran.status == 1
    assert "row 3" in ran.out
    assert "refused" in ran.out


def test_a_mapping_is_printed_edited_and_passed_back(
    run: Any, book_file: Path, clients_csv: Path, tmp_path: Path
) -> None:
    proposed = run("mapping", clients_csv)
    assert proposed.status == 0
    mapping = proposed.json()
    assert mapping["kind"] == "clients"
    for column in mapping["columns"]:
        if column["field"] == "city":
            column["field"] = None
    file = tmp_path / "m.json"
    file.write_text(json.dumps(mapping), encoding="utf-8")
    assert run("import", book_file, clients_csv, "--mapping", file).status == 0
    assert run("search", book_file, "θεσσαλονίκη", "--json").json() == {"hits": []}
    file.write_text("{", encoding="utf-8")
    assert run("import", book_file, clients_csv, "--mapping", file).status == 2


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02PK\x03\x04broken", b"%PDF-1.7 not a table"])
def test_a_file_of_another_kind_changes_nothing(
    run: Any, demo_file: Path, tmp_path: Path, content: bytes
) -> None:
    strange = tmp_path / "strange.xlsx"
    strange.write_bytes(content)
    before = run("figures", demo_file, "--json").out
    ran = run("import", demo_file, strange, "--json")
    assert (ran.status, ran.out) == (2, "")
    assert "strange.xlsx" in ran.err
    assert run("mapping", strange).status == 2
    assert run("import", demo_file, tmp_path / "missing.xlsx").status == 2
    assert run("figures", demo_file, "--json").out == before


def test_imports_are_undone_and_repeated(run: Any, book_file: Path, clients_csv: Path) -> None:
    run("import", book_file, clients_csv)
    after = run("figures", book_file, "--json").out
    undone = run("undo", book_file)
    assert undone.status == 0
    assert "pelates.csv" in undone.out
    assert run("figures", book_file, "--json").json()["counts"]["clients"] == 0
    assert run("redo", book_file).status == 0
    assert run("figures", book_file, "--json").out == after
    too_many = run("undo", book_file, "--steps", "3")
    assert too_many.status == 1
    assert too_many.err
    assert run("undo", book_file).status == 2
    assert run("undo", book_file, "--steps", "0").status == 2


def test_figures_have_the_documented_shape(run: Any, demo_file: Path) -> None:
    figures = run("figures", demo_file, "--as-of", "2026-10-31", "--period", "2026Q3", "--json")
    told = figures.json()
    assert told.keys() >= {"as_of", "currency", "counts", "sales", "receivables", "by_client"}
    assert (told["as_of"], told["currency"]) == ("2026-10-31", "EUR")
    assert told["counts"].keys() >= {"clients", "invoices", "credit_notes", "receipts"}
    money = re.compile(r"-?\d+\.\d\d")
    period = told["sales"]["period"]
    assert period["name"] == "2026Q3"
    for key in ("net", "target", "previous", "same_last_year"):
        assert money.fullmatch(period[key])
    assert re.fullmatch(r"\d+\.\d{4}", period["attainment"])
    assert told["sales"]["by_month"][-1]["month"] == "2026-10"
    without = next(month for month in told["sales"]["by_month"] if month["target"] is None)
    assert without["attainment"] is None
    owed = told["receivables"]
    assert list(owed["ageing"]) == ["not_due", "1_30", "31_60", "61_90", "over_90"]
    assert all(money.fullmatch(owed[key]) for key in ("open", "unapplied", "balance"))
    assert re.fullmatch(r"\d+\.\d\d", owed["dso_simple_90"])
    for client in told["by_client"]:
        assert client.keys() >= {
            "code", "name", "vat_id", "net", "last_365", "previous_365", "last_invoice",
            "balance", "overdue",
        }  # fmt: skip
        dt.date.fromisoformat(client["last_invoice"])


def test_an_empty_book_knows_no_ratio(run: Any, book_file: Path) -> None:
    told = run("figures", book_file, "--json").json()
    assert told["sales"]["by_month"] == []
    assert told["sales"]["period"]["target"] is None
    assert told["sales"]["period"]["attainment"] is None
    assert told["receivables"]["dso_simple_90"] is None
    assert told["receivables"]["open"] == "0.00"


def test_figures_of_one_client_and_as_text(run: Any, demo_file: Path) -> None:
    whole = run("figures", demo_file, "--json").json()
    chosen = whole["by_client"][3]
    one = run("figures", demo_file, "--client", chosen["code"], "--json").json()
    assert one["by_client"] == [chosen]
    assert one["sales"]["net"] == chosen["net"]
    text = run("figures", demo_file, "--language", "en")
    assert "Net sales" in text.out
    assert chosen["name"] in text.out
    assert "Καθαρές πωλήσεις" in run("figures", demo_file).out, "it speaks the book's language"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--as-of", "31/31/2026"], "is no date"),
        (["--as-of", "χθες το βράδυ"], "is no date"),
        (["--period", "2026Q5"], "is no period"),
        (["--period", "τρίμηνο"], "is no period"),
        (["--client", "99.99"], "No client has the code"),
    ],
)
def test_what_is_not_understood_is_said(
    run: Any, demo_file: Path, arguments: list[str], sentence: str
) -> None:
    ran = run("figures", demo_file, "--language", "en", "--json", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert sentence in ran.err


def test_search_answers_best_first(run: Any, book_file: Path, clients_csv: Path) -> None:
    run("import", book_file, clients_csv)
    for typed in (["παπαδοπουλος"], ["papadopoulos"], ["papadop", "θεσσαλον"]):
        told = run("search", book_file, *typed, "--json").json()
        [hit] = told["hits"]
        assert hit.keys() >= {"kind", "code", "name", "why"}
        assert (hit["kind"], hit["code"]) == ("client", "30.00.0001")
    assert "Παπαδόπουλος" in run("search", book_file, "papad").out
    nothing = run("search", book_file, "zzzz")
    assert (nothing.status, nothing.out) == (0, "")


def test_backup_check_and_restore(run: Any, demo_file: Path, tmp_path: Path) -> None:
    before = run("figures", demo_file, "--json").out
    assert run("backup", demo_file, "--to", tmp_path / "safe").status == 0
    [backup] = (tmp_path / "safe").iterdir()
    assert run("undo", demo_file).status == 0
    restored = run("restore", backup, demo_file)
    assert restored.status == 0
    assert run("figures", demo_file, "--json").out == before
    assert len(list(tmp_path.glob("demo-before-restore-*.acctbook"))) == 1
    checked = run("check", demo_file)
    assert checked.status == 0
    assert "✗" not in checked.out
    assert run("restore", tmp_path / "nothing", demo_file).status == 2
    assert run("restore", demo_file, tmp_path / "other").status == 2


def test_a_damaged_book_fails_its_check(run: Any, demo_file: Path) -> None:
    content = bytearray(demo_file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20_000] = b"\xff" * 20_000
    demo_file.write_bytes(content)
    assert run("check", demo_file).status in {1, 2}


def test_beside_a_window_it_reads_and_does_not_write(
    run: Any, demo_file: Path, clients_csv: Path
) -> None:
    with Book.open(demo_file) as window:
        Desk(window).perform(msg("Test", "Add"), create_client, name="Καινούργιος")
        assert run("figures", demo_file, "--json").json()["counts"]["clients"] == 11
        assert run("search", demo_file, "καινουργ").status == 0
        assert run("check", demo_file).status == 0
        for command in (["import", demo_file, clients_csv], ["undo", demo_file]):
            ran = run(*command)
            assert ran.status == 2
            assert "open" in ran.err
    assert run("undo", demo_file).status == 0


@pytest.mark.parametrize("command", ["figures", "search", "undo", "check", "backup"])
def test_a_book_that_is_not_there_is_a_sentence(run: Any, tmp_path: Path, command: str) -> None:
    more = ["x"] if command == "search" else []
    ran = run(command, tmp_path / "nothing", *more)
    assert (ran.status, ran.out) == (2, "")
    assert "nothing" in ran.err
    assert "Traceback" not in ran.err
    assert not list(tmp_path.glob("nothing*"))


def test_recent_books_are_remembered_and_lost_ones_forgotten(
    demo_file: Path, tmp_path: Path
) -> None:
    assert bootstrap.default_book() is None
    other = tmp_path / "other.acctbook"
    other.write_bytes(b"x")
    bootstrap.remember_book(other)
    bootstrap.remember_book(demo_file)
    bootstrap.remember_book(demo_file)
    assert bootstrap.recent_books() == [demo_file.resolve(), other.resolve()]
    demo_file.unlink()
    assert bootstrap.default_book() == other.resolve()
    (bootstrap.home() / "recent.json").write_text("{", encoding="utf-8")
    assert bootstrap.recent_books() == []


@pytest.mark.parametrize(("language", "word"), [("el", "Έλεγχος"), ("en", "Check")])
def test_a_report_is_written_in_the_language_asked_for(
    run: Any, demo_file: Path, tmp_path: Path, language: str, word: str
) -> None:
    from openpyxl import load_workbook

    out = tmp_path / "report.xlsx"
    ran = run("report", demo_file, "--period", "2026Q3", "--out", out, "--language", language)
    assert ran.status == 0, ran.err
    assert "report.xlsx" in ran.out
    workbook = load_workbook(out, read_only=True)
    names = workbook.sheetnames
    workbook.close()
    assert word in names


def test_a_report_that_cannot_be_written_leaves_nothing(
    run: Any, demo_file: Path, tmp_path: Path
) -> None:
    assert run("report", demo_file, "--period", "2026Q9", "--out", tmp_path / "a").status == 2
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = run("report", demo_file, "--period", "2026Q3", "--out", tmp_path / "file" / "a.xlsx")
    assert ran.status == 2
    assert "Traceback" not in ran.err
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.parametrize("place", ["before", "after"])
def test_the_language_may_stand_before_or_after_the_command(
    run: Any, tmp_path: Path, place: str
) -> None:
    words = ["new", tmp_path / "b", "--plain"]
    spoken = ["--language", "en"]
    ran = run(*(spoken + words if place == "before" else words + spoken))
    assert ran.status == 0
    with Book.open(tmp_path / "b.acctbook") as book:
        assert Desk(book).query(get_profile).language == "en"


def test_a_bank_file_and_e_invoices_are_imported_where_they_are_sure(
    run: Any, tmp_path: Path, clients_csv: Path
) -> None:
    """The rest is refused with its reason; a second time nothing is new."""
    book = tmp_path / "b.acctbook"
    run("new", book, "--plain")
    run("import", book, clients_csv)
    invoices, statement = tmp_path / "mydata.xml", tmp_path / "kinisi.sta"
    ours = mydata_invoice(buyer="094259216")
    invoices.write_text(mydata(ours, mydata_invoice(mark="2", aa="8", kind="9.3")), "utf-8")
    statement.write_text(MT940.replace("TIM-9", "TIM-7"), "utf-8")
    for made in (1, 0):
        told = json.loads(run("import", book, invoices, "--json").out)
        assert (told["kind"], told["rows_read"], told["created"]) == ("sales", 2, made)
        assert told["refused"] == 0
        assert [one["done"] for one in told["problems"]] == ["stated"]
    ran = run("import", book, statement, "--json", "--dry-run")
    assert json.loads(ran.out)["created"] == 1
    for made in (1, 0):
        told = json.loads(run("import", book, statement, "--json").out)
        assert (told["kind"], told["rows_read"], told["created"]) == ("receipts", 2, made)
    stranger = MT940.replace("TIM-9", "nothing").replace("DE89370400440532013000", "")
    statement.write_text(stranger, "utf-8")
    ran = run("import", book, statement, "--json")
    assert ran.status == 1
    assert [one["code"] for one in json.loads(ran.out)["problems"]] == ["unknown_client"]


def test_buyers_who_are_not_in_the_book_become_clients_where_it_is_said(
    run: Any, tmp_path: Path, clients_csv: Path
) -> None:
    """They are named otherwise; one whose VAT number fails its check is never made."""
    book, file = tmp_path / "b.acctbook", tmp_path / "mydata.xml"
    run("new", book, "--plain")
    wrong = mydata_invoice(mark="2", aa="8", buyer="090000046")
    file.write_text(mydata(mydata_invoice(), wrong), "utf-8")
    ran = run("import", book, file, "--json")
    assert ran.status == 1
    told = json.loads(ran.out)
    assert (told["created"], told["refused"], told["clients_made"]) == (0, 2, 0)
    buyer, doubted = sorted(told["unknown_buyers"], key=lambda one: one["vat_id"])
    assert buyer == {
        "name": "Ελαιώνες Νότου ΑΕ", "vat_id": "090000045", "documents": 1,
        "gross": {"EUR": "124.00"}, "doubt": None,
    }  # fmt: skip
    assert "check digit" in doubted["doubt"]
    assert "--make-clients" in run("import", book, file).out
    told = json.loads(run("import", book, file, "--json", "--make-clients").out)
    assert (told["created"], told["refused"], told["clients_made"]) == (1, 1, 1)
    assert [one["vat_id"] for one in told["unknown_buyers"]] == ["090000046"]
    assert run("import", book, clients_csv, "--make-clients").status == 2
