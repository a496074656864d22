"""From a file of any kind to typed records: real files where they are, invented ones always."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from acctdesk.errors import UserError
from acctdesk.exchange.mapping import mapping_from_json, propose
from acctdesk.exchange.parsed import ParsedFile
from acctdesk.exchange.records import read_records
from acctdesk.exchange.sheets import read_file
from acctdesk.exchange.tables import find_tables, unit_of
from acctdesk.kinds import DocumentType, ProblemCode, RecordKind

TODAY = dt.date(2026, 11, 24)
CLIENTS = [
    ["Κωδικός", "Επωνυμία", "ΑΦΜ", "Πόλη", "Τηλέφωνο"],
    ["30.01", "ΑΦΟΙ ΠΑΠΑΔΟΠΟΥΛΟΙ Ο.Ε.", "094019245", "Βόλος", "2421012345"],
    ["30.02", "Μύλοι Θερμαϊκού Α.Ε.", "090000045", "Σίνδος", "2310555555"],
]


def _read(path: Path, kind: RecordKind | None = None) -> ParsedFile:
    content = read_file(path)
    return read_records(content, propose(content, kind=kind), today=TODAY)


def _workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def _text(path: Path, rows: list[list[str]], encoding: str, separator: str, end: str) -> Path:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator=end).writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1253", "iso8859_7", "cp737", "mac_greek", "utf-16", "utf-16-le"],
)
@pytest.mark.parametrize(("separator", "end"), [(";", "\r\n"), ("\t", "\n"), (",", "\r")])
def test_one_list_in_every_encoding(
    tmp_path: Path, encoding: str, separator: str, end: str
) -> None:
    """The same clients come out of each."""
    parsed = _read(_text(tmp_path / "x.csv", CLIENTS, encoding, separator, end))
    assert parsed.kind is RecordKind.CLIENTS
    assert [record.values["name"] for record in parsed.records] == [
        "ΑΦΟΙ ΠΑΠΑΔΟΠΟΥΛΟΙ Ο.Ε.",
        "Μύλοι Θερμαϊκού Α.Ε.",
    ]
    assert parsed.records[0].values["phone"] == "+302421012345"
    assert [record.row for record in parsed.records] == [2, 3]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 but not a zip", "damaged"),
    ],
)
def test_another_kind_of_file_is_a_sentence(tmp_path: Path, content: bytes, word: str) -> None:
    """It says what the file is and that nothing was changed."""
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    with pytest.raises(UserError) as refused:
        read_file(path)
    assert word in str(refused.value)
    assert "Nothing was changed" in str(refused.value)


def test_an_archive_is_not_a_workbook(tmp_path: Path) -> None:
    """A zip without sheets is refused before it is unpacked."""
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "hello")
    with pytest.raises(UserError, match="archive"):
        read_file(path)


def test_titles_two_line_headings_totals_and_years(tmp_path: Path) -> None:
    """One sheet a year, under merged titles, with subtotals: the records and nothing else."""

    def year(number: int) -> list[list[Any]]:
        return [
            [f"ΠΩΛΗΣΕΙΣ ΕΤΟΥΣ {number}"],
            [],
            ["ΠΑΡΑΣΤΑΤΙΚΟ", None, None, "ΠΕΛΑΤΗΣ", None, "ΑΞΙΑ"],
            ["Ημερ/νία", "Τύπος", "Αρ. Παρ/κού", "Κωδικός", "Επωνυμία", "Καθαρή", "ΦΠΑ", "Μικτή"],
            [
                f"15/01/{number}",
                "Τιμολόγιο Πώλησης",
                f"ΤΠ-{number}-1",
                "30.01",
                "ΑΛΦΑ",
                "1.000,50",
                "240,12",
                "1.240,62",
            ],
            [
                f"20/1/{number % 100}",
                "Πιστωτικό Τιμολόγιο",
                f"ΠΤ-{number}-1",
                "30.01",
                "ΑΛΦΑ",
                100,
                24,
                124,
            ],
            ["Σύνολο Ιανουαρίου", None, None, None, None, 900.5],
            [],
            ["ΓΕΝΙΚΟ ΣΥΝΟΛΟ", None, None, None, None, 900.5, 216.12, 1116.62],
        ]

    path = _workbook(tmp_path / "x.xlsx", {"2024": year(2024), "2025": year(2025)})
    parsed = _read(path)
    assert parsed.kind is RecordKind.SALES
    assert [(r.sheet, r.row) for r in parsed.records] == [
        ("2024", 5),
        ("2024", 6),
        ("2025", 5),
        ("2025", 6),
    ]
    assert [r.values["type"] for r in parsed.records[:2]] == [
        DocumentType.INVOICE,
        DocumentType.CREDIT_NOTE,
    ]
    assert [r.values["net_minor"] for r in parsed.records] == [100050, -10000] * 2
    assert [p.code for p in parsed.problems] == [ProblemCode.SIGN_CHANGED] * 2


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["ΣΤΟΧΟΙ (χιλ. €)"], ["Έτος", "Ιαν", "Φεβ", "Μαρ", "Απρ", "Μάι", "Ιούν", "Σύνολο"],
             [2026, 10, 20, 30, 40, 50, 60, 210]],
            {1: 1_000_000, 6: 6_000_000},
        ),
        (
            [["Μήνας", "Στόχος (€)"], ["Ιανουάριος 2026", "10.000,00"],
             ["Ιούνιος 2026", "60.000,00"]],
            {1: 1_000_000, 6: 6_000_000},
        ),
        (
            [["Έτος", "Μήνας", "Ποσό στόχου"], [2026, 1, 10000], [2026, 6, 60000]],
            {1: 1_000_000, 6: 6_000_000},
        ),
        (
            [["Μήνας", "2025", "2026"], ["Ιανουάριος", 5000, 10000], ["Φεβρουάριος", 6000, 11000],
             ["Μάρτιος", 6000, 12000], ["Ιούνιος", 9000, 60000]],
            {1: 1_000_000, 6: 6_000_000},
        ),
    ],
)  # fmt: skip
def test_target_tables_of_every_shape(
    tmp_path: Path, rows: list[list[Any]], expected: dict[int, int]
) -> None:
    """Wide, long, in two columns, years across; in euros or thousands."""
    parsed = _read(_workbook(tmp_path / "stoxoi.xlsx", {"Στόχοι": rows}))
    assert parsed.kind is RecordKind.TARGETS
    found = {r.values["month"]: r.values["amount_minor"] for r in parsed.records}
    for month, amount in expected.items():
        assert found[dt.date(2026, month, 1)] == amount
    assert parsed.refused == 0


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("Στόχοι (χιλ. €)", 1000),
        ("Ποσά σε χιλιάδες ευρώ", 1000),
        ("Ποσά σε €", 1),
        ("εκατ. €", 10**6),
    ],
)
def test_unit_of_amounts(text: str, scale: int) -> None:
    """«χιλ. €» is thousands wherever it stands."""
    assert unit_of(text) == scale


def test_a_lost_zero_is_restored_and_a_wrong_digit_is_kept(tmp_path: Path) -> None:
    """Both are told with row, value and what was done."""
    rows: list[list[Any]] = [
        *CLIENTS[:1],
        ["1", "ΑΛΦΑ", 94019245, "Βόλος", None],
        ["2", "ΒΗΤΑ", "123456789", "Βόλος", None],
    ]
    parsed = _read(_workbook(tmp_path / "x.xlsx", {"Πελάτες": rows}))
    assert parsed.records[0].values["vat_id"] == "094019245"
    assert parsed.records[1].values["vat_id"] is None
    assert parsed.records[1].values["vat_id_raw"] == "123456789"
    assert [(p.record, p.row, p.value, p.code.value, p.done.value) for p in parsed.problems] == [
        ("1", 2, "94019245", "vat_id_lost_leading_zero", "restored"),
        ("2", 3, "123456789", "vat_id_invalid", "kept"),
    ]


def test_a_formula_stays_text(tmp_path: Path) -> None:
    """What begins with = + - @ in a text file is text."""
    rows = [[*CLIENTS[0], "Παρατηρήσεις"], [*CLIENTS[1], "=ΠΡΟΣΟΧΗ"], [*CLIENTS[2], "@όχι"]]
    parsed = _read(_text(tmp_path / "x.csv", rows, "utf-8", ";", "\n"))
    assert [r.values["notes"] for r in parsed.records] == ["=ΠΡΟΣΟΧΗ", "@όχι"]


def test_one_column_of_telephones_and_mobiles_is_read_as_telephones(tmp_path: Path) -> None:
    head = ["Κωδ. Πελ.", "Επωνυμία", "ΤΗΛ/ΚΙΝ"]
    rows = [head, ["1", "ΑΛΦΑ ΑΕ", "2721012345"], ["2", "ΒΗΤΑ ΑΕ", "6971234567"]]
    parsed = _read(_text(tmp_path / "x.csv", rows, "utf-8", ";", "\n"))
    assert ["phone" in r.values for r in parsed.records] == [True, True]
    assert not any("mobile" in r.values for r in parsed.records)


def test_the_mapping_survives_json_and_can_be_changed(tmp_path: Path) -> None:
    """What is printed can be edited and passed back."""
    content = read_file(_text(tmp_path / "x.csv", CLIENTS, "utf-8", ";", "\n"))
    proposed = propose(content)
    printed = json.loads(json.dumps(proposed.to_json()))
    printed["columns"][3]["field"] = None
    given = mapping_from_json(printed)
    parsed = read_records(content, given, today=TODAY)
    assert "city" not in parsed.records[0].values
    printed["columns"][0]["field"] = "nonsense"
    with pytest.raises(UserError, match="nonsense"):
        mapping_from_json(printed)


def test_columns_in_another_order_are_found_by_their_headings(tmp_path: Path) -> None:
    """A remembered mapping reads the next file of the same headings."""
    first = read_file(_text(tmp_path / "a.csv", CLIENTS, "utf-8", ";", "\n"))
    mapping = propose(first)
    swapped = [[row[i] for i in (1, 0, 2, 3, 4)] for row in CLIENTS]
    second = read_file(_text(tmp_path / "b.csv", swapped, "utf-8", ";", "\n"))
    parsed = read_records(second, mapping, today=TODAY)
    assert [r.values["code"] for r in parsed.records] == ["30.01", "30.02"]


def test_the_hour_of_a_visit_and_of_a_task_is_read(tmp_path: Path) -> None:
    head = ["Πελάτης", "Ημερομηνία επίσκεψης", "Ώρα", "Θέμα"]
    hours: list[Any] = ["10:30", dt.time(10, 30), 0.4375, "10.30 πμ", None, "πρωί"]
    rows = [["ΑΛΦΑ", dt.date(2026, 3, 2), hour, "Επίσκεψη"] for hour in hours]
    parsed = _read(_workbook(tmp_path / "a.xlsx", {"Α": [head, *rows]}), RecordKind.INTERACTIONS)
    read = [one.values["happened_time"] for one in parsed.records]
    assert read == [dt.time(10, 30)] * 4 + [None] * 2
    assert [(one.row, one.field) for one in parsed.problems] == [(7, "happened_time")]
    tasks = [["Πελάτης", "Εργασία", "Προθεσμία", "Ώρα"], ["ΑΛΦΑ", "Κλήση", "2/3/2026", "2:30 μμ"]]
    parsed = _read(_workbook(tmp_path / "b.xlsx", {"Α": tasks}), RecordKind.TASKS)
    assert parsed.records[0].values["due_time"] == dt.time(14, 30)


@pytest.mark.data
@pytest.mark.parametrize("name", ["andros", "naxos", "paros"])
def test_officer_files_are_understood_without_a_hint(shared_data: Path, name: str) -> None:
    """Kinds, counts, sums and the problems of the clients, exactly."""
    folder = shared_data / "officer" / name
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    clients = _read(folder / "pelates.xlsx")
    sales = _read(folder / "poliseis.xlsx")
    receipts = _read(folder / "eispraxeis.csv")
    targets = _read(folder / "stoxoi.xlsx")
    kinds = [clients.kind, sales.kind, receipts.kind, targets.kind]
    assert kinds == [RecordKind.CLIENTS, RecordKind.SALES, RecordKind.RECEIPTS, RecordKind.TARGETS]
    counts = expected["counts"]
    assert len(sales.records) == counts["invoices"] + counts["credit_notes"]
    assert len(receipts.records) == counts["receipts"]
    assert sum(r.values["net_minor"] for r in sales.records) == int(
        expected["sales"]["net"].replace(".", "")
    )
    assert sales.problems == receipts.problems == targets.problems == []
    for code in ("vat_id_lost_leading_zero", "vat_id_invalid"):
        told = {p.record for p in clients.problems if p.code.value == code}
        assert told == set(expected["problems"][code])


@pytest.mark.data
def test_every_strange_sheet_ends_in_rows_or_a_sentence(shared_data: Path) -> None:
    """No file takes the program down, neither while it is read nor while it is understood."""
    outcomes = {}
    sentences = []
    for path in sorted((shared_data / "sheets").iterdir()):
        outcomes[path.name] = 0
        try:
            content = read_file(path)
            outcomes[path.name] = len(find_tables(content))
            read_records(content, propose(content), today=TODAY)
        except UserError as refused:
            sentences.append(str(refused))
    assert all("Nothing was changed" in sentence for sentence in sentences)
    assert outcomes["own_management_report_merged.xlsx"] == 1
    assert outcomes["own_entity_bomb_sheet.xlsx"] == 0
    assert outcomes["own_tab_utf16be_bom.csv"] == 1


@pytest.mark.data
def test_northwind_is_read_by_the_line(shared_data: Path) -> None:
    """Each line keeps its exact amount."""
    parsed = _read(shared_data / "northwind" / "sales_lines.csv")
    assert parsed.is_lines
    assert len(parsed.records) == 2155
    assert str(parsed.records[0].values["amount"]) == "168"
