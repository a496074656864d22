"""Layouts that no file beside the project shows: each is one that a random book once failed on."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest

from acctdesk.errors import UserError
from acctdesk.exchange.fields import phrases
from acctdesk.exchange.mapping import propose
from acctdesk.exchange.parsed import ParsedFile
from acctdesk.exchange.records import read_records
from acctdesk.exchange.sheets import FileContent, SheetData, read_file
from acctdesk.exchange.text_files import read
from acctdesk.exchange.values import read_document_type
from acctdesk.exchange.words import best_similarity, similarity
from acctdesk.kinds import DocumentType, RecordKind
from acctdesk.models import Allocation, Document
from acctdesk.services.desk import Desk
from acctdesk.text import document_key
from tests.exchange.desks import SPRING, client, receipt, rows_of, sale, take

TODAY = dt.date(2026, 11, 24)


def _content(sheets: dict[str, list[list[Any]]], name: str = "x.xlsx") -> FileContent:
    data = [SheetData(key, [tuple(row) for row in rows]) for key, rows in sheets.items()]
    return FileContent(Path(name), name, "0" * 64, "xlsx", data)


def _parsed(sheets: dict[str, list[list[Any]]], name: str = "x.xlsx") -> ParsedFile:
    content = _content(sheets, name)
    return read_records(content, propose(content), today=TODAY)


@pytest.mark.parametrize(
    ("latin", "greek"),
    [
        ("IMERES PISTOSIS", "Ημέρες πίστωσης"),
        ("Hmeromhnia", "Ημερομηνία"),
        ("KATHARH AXIA", "Καθαρή αξία"),
        ("PARATIRISEIS", "Παρατηρήσεις"),
        ("AR. PARASTATIKOU", "Αριθμός παραστατικού"),
        ("Kwdikos Pelath", "Κωδικός πελάτη"),
        ("SXETIKO PARASTATIKO", "Σχετικό παραστατικό"),
        ("Thlefono", "Τηλέφωνο"),
        ("T.K.", "ΤΚ"),
        ("IM/NIA", "Ημερομηνία"),
        ("SXET. PAR/KO", "Σχετικό παραστατικό"),
        ("Κωδ. Συν/νου", "Κωδικός συναλλασσόμενου"),
        ("Δ/νση", "Διεύθυνση"),
        ("Τηλ/νο", "Τηλέφωνο"),
    ],
)
def test_a_heading_in_latin_letters_is_its_greek_word(latin: str, greek: str) -> None:
    assert similarity(latin, greek) >= 0.9


def test_looking_near_finds_what_comparing_with_every_known_heading_finds() -> None:
    words = [word for phrase in phrases() for word in phrase.split()]
    for number in range(0, len(words) - 1, 7):
        heading = f"{words[number][:-1]} {words[number + 1]}"
        every = max(similarity(heading, phrase) for phrase in phrases())
        assert best_similarity(heading, phrases()) == every, heading


@pytest.mark.parametrize(
    ("one", "other"), [("Αξία με ΦΠΑ", "Αξία ΦΠΑ"), ("ΦΠΑ %", "ΦΠΑ"), ("VAT rate", "VAT")]
)
def test_a_small_word_may_mean_another_column(one: str, other: str) -> None:
    assert similarity(one, other) < 0.9


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("ΠΙΣ.ΤΠΥ", DocumentType.CREDIT_NOTE),
        ("Π.Τ.", DocumentType.CREDIT_NOTE),
        ("ΠΤΔΑ", DocumentType.CREDIT_NOTE),
        ("5.1", DocumentType.CREDIT_NOTE),
        (11.4, DocumentType.CREDIT_NOTE),
        ("Ακυρωτικό ΤΔΑ", DocumentType.CREDIT_NOTE),
        ("Τ.Δ.Α.", DocumentType.INVOICE),
        ("ΤΙΜ.ΠΩΛ.", DocumentType.INVOICE),
        ("1.1", DocumentType.INVOICE),
        (2.1, DocumentType.INVOICE),
        ("Δελτίο Αποστολής", None),
        ("Προσφορά", None),
    ],
)
def test_a_document_type_by_word_shortening_or_code(
    word: str | float, kind: DocumentType | None
) -> None:
    assert read_document_type(word) is kind


@pytest.mark.parametrize("rate", [24, 0.24, "24%", "24,00 %"])
@pytest.mark.parametrize("heading", ["ΦΠΑ %", "Συντ. ΦΠΑ", "VAT rate"])
def test_a_rate_stands_for_the_vat(rate: object, heading: str) -> None:
    rows: list[list[Any]] = [
        ["Ημ/νία", "Τύπος", "Παρ/κό", "Κωδ. Πελ.", "Επωνυμία", "Καθ. Αξία", heading],
        *([f"{day:02d}/03/2026", "ΤΔΑ", f"ΤΔΑ {day}", "30.01", "ΑΛΦΑ Α.Ε.", 10.1, rate]
          for day in range(1, 9)),
        ["09/03/2026", "ΤΔΑ", "ΤΔΑ 9", "30.01", "ΑΛΦΑ Α.Ε.", 0.02 + 10.0 * 1.25, rate],
    ]  # fmt: skip
    parsed = _parsed({"Πωλήσεις": rows})
    assert parsed.kind is RecordKind.SALES
    assert parsed.problems == []
    # 24 % of 12.52 is 3.0048, of 10.10 2.424
    assert [rec.values["vat_minor"] for rec in parsed.records] == [242] * 8 + [300]


def test_vat_is_rounded_half_up() -> None:
    rows: list[list[Any]] = [
        ["Ημ/νία", "Παραστατικό", "Κωδικός", "Πελάτης", "Καθαρά", "ΦΠΑ %"],
        ["01/03/2026", "ΤΙΜ-1", "30.01", "ΑΛΦΑ Α.Ε.", 0.5, 13],
        ["02/03/2026", "ΤΙΜ-2", "30.01", "ΑΛΦΑ Α.Ε.", 2.5, 13],
        ["03/03/2026", "ΠΙΣ-1", "30.01", "ΑΛΦΑ Α.Ε.", -0.5, 13],
    ]
    found = [rec.values["vat_minor"] for rec in _parsed({"Πωλήσεις": rows}).records]
    assert found == [7, 33, -7]


def test_days_as_plain_numbers_of_a_spreadsheet() -> None:
    rows: list[list[Any]] = [
        ["Ημερομηνία", "Τύπος", "Αριθμός", "Κωδικός", "Επωνυμία", "Λήξη", "Καθαρά", "ΦΠΑ"],
        *([46_000 + n, "Τιμολόγιο", f"ΤΙΜ-{n}", "30.01", "ΑΛΦΑ Α.Ε.", 46_030 + n, 100 + n, 24]
          for n in range(6)),
    ]  # fmt: skip
    parsed = _parsed({"Πωλήσεις": rows})
    first = parsed.records[0].values
    assert (first["issued_on"], first["due_on"]) == (dt.date(2025, 12, 9), dt.date(2026, 1, 8))
    assert len(parsed.records) == 6


def test_a_total_after_every_second_row_is_no_record() -> None:
    rows: list[list[Any]] = [["Date", "Doc. No", "Cust. Code", "Customer", "Type", "Net", "VAT"]]
    for number in range(1, 8):
        code = f"30.00.{number:04d}"
        day = dt.date(2026, 3, number)
        rows += [
            [day, f"CR {number}", code, f"ΑΛΦΑ {number}", "Credit note", -10.5, -2.52],
            [f"ΣΥΝΟΛΟ ΠΕΛΑΤΗ {code}", None, None, None, None, -10.5, -2.52],
            [None] * 7,
        ]
    parsed = _parsed({"Πιστωτικά": rows})
    assert [rec.values["number"] for rec in parsed.records] == [f"CR {n}" for n in range(1, 8)]
    assert (parsed.problems, parsed.refused) == ([], 0)


_TITLE = ["ΣΤΟΧΟΙ ΠΩΛΗΣΕΩΝ", None, "(€)"]
_ONE_TO_TWELVE = list(range(1, 13))


@pytest.mark.parametrize(
    "sheets",
    [
        {"Στόχοι": [_TITLE, ["Έτος", *map(str, _ONE_TO_TWELVE)], [2026, *range(100, 1300, 100)]]},
        {"Στόχοι": [_TITLE, ["Μήνας", 2025, 2026], *([m, 5, 100 * m] for m in _ONE_TO_TWELVE)]},
        {"Στόχοι": [_TITLE, ["Μήνας", "2025", "2026"],
                    *([f"{m}", "5", f"{100 * m}"] for m in _ONE_TO_TWELVE)]},
        {"Στόχοι": [["Περίοδος", "Στόχος"], *([202_600 + m, 100 * m] for m in _ONE_TO_TWELVE)]},
        {"Στόχοι": [_TITLE, ["Περιγραφή", *(f"{m:02d}/2026" for m in _ONE_TO_TWELVE)],
                    ["Στόχος πωλήσεων", *range(100, 1300, 100)]]},
        {"Στόχοι": [["ΣΤΟΧΟΙ (€000, καθαρή αξία)"], ["Έτος", *map(str, _ONE_TO_TWELVE)],
                    [2026, *(n / 10 for n in range(1, 13))]]},
        {f"Φύλλο{y}": [[f"ΣΤΟΧΟΙ ΠΩΛΗΣΕΩΝ {2024 + y}"], ["Μήνας", "Στόχος (€)"],
                       *([m, 100 * m if y == 2 else 5] for m in _ONE_TO_TWELVE)] for y in (1, 2)},
        {f"{y}": [["ΣΤΟΧΟΙ"], ["Μήνας", "Στόχος (€)"],
                  *([m, 100 * m if y == 2026 else 5] for m in _ONE_TO_TWELVE)]
         for y in (2026, 2025)},
        {"Στόχοι": [["Έτος", "Ιαν", "Φεβ", "Μαρ", "Q1", "Απρ", "Μάι", "Ιουν", "Q2", "Ιουλ", "Αυγ",
                     "Σεπ", "Σύνολο Γ' τριμ.", "Οκτ", "Νοε", "Δεκ", "Q4", "Σύνολο"],
                    [2026, 100, 200, 300, 600, 400, 500, 600, 1500, 700, 800, 900, 2400, 1000,
                     1100, 1200, 3300, 7800]]},
    ],
)  # fmt: skip
def test_a_year_of_targets_in_any_shape(sheets: dict[str, list[list[Any]]]) -> None:
    parsed = _parsed(sheets, "stoxoi.xlsx")
    found = {
        rec.values["month"]: rec.values["amount_minor"]
        for rec in parsed.records
        if rec.values["month"].year == 2026
    }
    assert found == {dt.date(2026, month, 1): 10_000 * month for month in _ONE_TO_TWELVE}
    assert (parsed.problems, parsed.refused) == ([], 0)
    assert not any(rec.values.get("client_name") for rec in parsed.records)


@pytest.mark.parametrize("year", [2026, "2026", "2025/2026", "2025-26"])
def test_targets_that_follow_a_fiscal_year(year: object) -> None:
    """The months before January lie in the calendar year before the one that names the year."""
    months = ["Ιουλ", "Αυγ", "Σεπ", "Οκτ", "Νοε", "Δεκ", "Ιαν", "Φεβ", "Μαρ", "Απρ", "Μάι", "Ιουν"]
    rows = [["Χρήση", *months], [year, *range(100, 1300, 100)]]
    found = [rec.values["month"] for rec in _parsed({"Στόχοι": rows}).records]
    assert (min(found), max(found)) == (dt.date(2025, 7, 1), dt.date(2026, 6, 1))


def test_a_separator_is_told_by_whole_records_not_by_lines() -> None:
    text = 'id,name,town\n1,"\n\tVins, Chevalier",Reims\n2,"\n\tToms",Münster\n3,"\n\tX",Lyon\n'
    table = read(text.encode())
    assert table is not None
    assert table.separator == ","
    assert [row for row in table.rows if row][1] == ("1", "\n\tVins, Chevalier", "Reims")


@pytest.mark.parametrize("other", ["τδα 12", "ΤΔΑ-0012", "TΔA/12", "ΤΔΑ0012", "ΤΔΑ  00012"])
def test_one_number_spelt_otherwise(other: str) -> None:
    assert document_key(other) == document_key("ΤΔΑ 0012")


@pytest.mark.parametrize("other", ["ΤΔΑ 1-2", "ΤΔΑ 13", "ΤΠΥ 12", "12", "ΤΔΑ 12 Α"])
def test_another_number(other: str) -> None:
    assert document_key(other) != document_key("ΤΔΑ 0012")


@pytest.mark.parametrize("receipts_first", [False, True])
def test_what_names_an_invoice_spelt_otherwise_is_linked(
    desk: Desk, *, receipts_first: bool
) -> None:
    take(desk, RecordKind.CLIENTS, client("30.01", "ΑΛΦΑ"))
    sales = [
        sale("ΤΔΑ-0012", "30.01", 1000),
        sale("ΠΙΣ-3", "30.01", -100, related_ref="τδα 12", issued_on=SPRING),
    ]
    paid = receipt("Α1", "30.01", 900, document_ref="TΔΑ 0012")
    if receipts_first:
        take(desk, RecordKind.RECEIPTS, paid)
    told = take(desk, RecordKind.SALES, *sales)
    if not receipts_first:
        told = take(desk, RecordKind.RECEIPTS, paid)
    assert told.problems == ()
    [(invoice,), _] = rows_of(desk, Document, "id")
    assert rows_of(desk, Document, "related_id") == [(None,), (invoice,)]
    assert rows_of(desk, Allocation, "document_id") == [(invoice,)]


def test_a_number_that_two_invoices_could_be_links_nothing(desk: Desk) -> None:
    take(desk, RecordKind.CLIENTS, client("30.01", "ΑΛΦΑ"))
    take(desk, RecordKind.SALES, sale("ΤΔΑ-12", "30.01", 1000), sale("ΤΔΑ-0012", "30.01", 500))
    told = take(
        desk,
        RecordKind.RECEIPTS,
        receipt("Α1", "30.01", 900, document_ref="τδα 12"),
        receipt("Α2", "30.01", 500, document_ref="ΤΔΑ-0012"),
    )
    assert [(found.record, found.code) for found in told.problems] == [("Α1", "unknown_document")]
    assert [bool(one) for (one,) in rows_of(desk, Allocation, "document_id")] == [False, True]


def test_a_file_that_would_unfold_without_end_is_a_sentence(tmp_path: Path) -> None:
    bomb, wide = tmp_path / "bomb.xlsx", tmp_path / "wide.csv"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<c><v>1</v></c>" * 4_000_000)
    wide.write_text(";".join(f"h{number}" for number in range(5000)), encoding="utf-8")
    for path, why in ((bomb, "unpacks to far more"), (wide, "too large")):
        with pytest.raises(UserError) as raised:
            read_file(path)
        assert why in raised.value.message.localized()
