"""What stands in the workbook's file: text that stays text, real numbers, print, charts, notes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind, Language, RecordKind
from acctdesk.periods import Period, fiscal_year, parse_period, quarter
from acctdesk.reports import pack
from acctdesk.reports.cells import LONGEST_TEXT
from acctdesk.reports.pack import PackResult, write_pack
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.disputes import disputed_minor
from acctdesk.services.interactions import log_interaction
from acctdesk.services.profile import set_profile
from acctdesk.services.reporting import pack_data
from tests.exchange.desks import client, sale, take
from tests.reports.conftest import Open
from tests.reports.inventing import ODD_NAMES, TODAY
from tests.reports.reading import day, values
from tests.ui.world import STEP

Q3 = quarter(2026, 3)
END = dt.date(2026, 9, 30)
REPORTS = (
    "Cover",
    "Sales and target",
    "By client",
    "Clients by month",
    "Receivables by age",
    "Activity",
    "Check",
)
DATA = (
    "Documents",
    "Receipts",
    "Open items",
    "Opening balances",
    "Targets",
    "Client list",
    "Interactions",
)


def _write(
    desk: Desk,
    folder: Path,
    *,
    period: Period = Q3,
    as_of: dt.date = END,
    language: str = "en",
) -> PackResult:
    return write_pack(
        desk, out=folder / "report.xlsx", period=period, as_of=as_of, language=language
    )


def _load(result: PackResult) -> Any:
    return load_workbook(result.path)


# ---- text, numbers, dates ------------------------------------------------------------------------


def test_text_that_looks_like_a_formula_or_an_address_stays_text(
    shape: Open, tmp_path: Path
) -> None:
    with shape("july") as desk:
        result = _write(desk, tmp_path, period=quarter(2027, 2, 7), as_of=TODAY)
    book = _load(result)
    listed = book["Client list"]
    names = {row[2].value: row[2].data_type for row in listed.iter_rows(min_row=2)}
    assert names == dict.fromkeys(ODD_NAMES, "s")
    assert {cell.data_type for cell in book["Interactions"]["G"]} == {"s"}
    with zipfile.ZipFile(result.path) as parts:
        inside = parts.namelist()
        assert not [name for name in inside if "externalLink" in name or "vba" in name.lower()]
        for name in inside:
            text = parts.read(name).decode("utf-8")
            assert "<hyperlink" not in text, name
            assert 'TargetMode="External"' not in text, name
    own = (*REPORTS[1:], "Cover")
    for sheet in own:
        for row in book[sheet].iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert "ΑΙΓΑΙΟ" not in str(cell.value), cell.coordinate


def test_no_formula_reaches_out_of_the_workbook(shape: Open, tmp_path: Path) -> None:
    with shape("demo") as desk:
        book = _load(_write(desk, tmp_path))
    formulas = [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(formulas) > 500
    risky = ("http", "file:", "[", "WEBSERVICE", "HYPERLINK", "DDE", "INDIRECT", "_xlfn")
    assert [one for one in formulas if any(sign in one for sign in risky)] == []


def test_numbers_are_numbers_and_dates_are_dates(shape: Open, tmp_path: Path) -> None:
    with shape("demo") as desk:
        result = _write(desk, tmp_path)
        data = desk.query(pack_data, period=Q3, as_of=END)
    rows = _load(result)["Documents"].iter_rows(min_row=2)
    for row, document in zip(rows, data.documents, strict=True):
        cells = {cell.column_letter: cell for cell in row}
        assert cells["D"].is_date
        assert day(cells["D"].value) == document.issued_on
        assert cells["D"].number_format == "dd/mm/yyyy"
        assert cells["C"].data_type == "s"  # a number with leading zeros stays as it is
        for letter, minor in (("K", document.net_minor), ("M", document.gross_minor)):
            assert cells[letter].data_type == "n"
            assert round(cells[letter].value * 100) == minor
            assert cells[letter].number_format == "#,##0.00"


def test_what_a_cell_cannot_hold_is_mended_and_noted(desk: Desk, tmp_path: Path) -> None:
    take(desk, RecordKind.CLIENTS, client("C1", "Αιγαίο"))
    long = "Ω" * 40_000
    take(
        desk,
        RecordKind.SALES,
        sale("ΤΙΜ1", "C1", 100, issued_on=dt.date(2026, 7, 1), due_on=dt.date(2026, 8, 1)),
        sale("ΤΙΜ2", "C1", 10**15, issued_on=dt.date(2026, 7, 2), due_on=dt.date(2026, 8, 1)),
    )
    desk.perform(
        STEP,
        log_interaction,
        client_id=1,
        kind=InteractionKind.NOTE,
        happened_at=dt.datetime(2026, 7, 3, 9, tzinfo=dt.UTC),
        subject="θέμα",
        body="κείμενο",
    )
    data = desk.query(pack_data, period=Q3, as_of=END)
    odd = dataclasses.replace(
        data,
        clients=(dataclasses.replace(data.clients[0], city=f"Βό\x00λο\x1bς{long}"),),
        documents=(
            dataclasses.replace(data.documents[0], due_on=dt.date(1899, 12, 31)),
            *data.documents[1:],
        ),
        interactions=(dataclasses.replace(data.interactions[0], subject="=a\x07\ud800b\r\n"),),
    )
    content, result = pack.build(odd, language=Language.EN)
    path = tmp_path / "odd.xlsx"
    path.write_bytes(content)
    book = _load(dataclasses.replace(result, path=path))
    assert result.notes == 5  # two are of the large amount, net and gross
    assert result.sheets[-1] == "Notes"
    assert len(book["Client list"]["E2"].value) == LONGEST_TEXT
    assert book["Client list"]["E2"].value.startswith("ΒόλοςΩ")
    assert book["Documents"]["E2"].value == "31/12/1899"
    assert book["Documents"]["E2"].data_type == "s"
    assert book["Interactions"]["G2"].value.startswith("=ab")
    told = {(row[0].value, row[1].value): row[2].value for row in book["Notes"].iter_rows(5)}
    assert "cut to 32767 of its 40005" in told["Client list", "E2"]
    assert "31/12/1899" in told["Documents", "E2"]
    assert ("Interactions", "G2") in told


def test_a_clean_book_has_no_notes(shape: Open, tmp_path: Path) -> None:
    with shape("demo") as desk:
        result = _write(desk, tmp_path)
    assert result.notes == 0
    assert result.sheets == (*REPORTS, *DATA)


# ---- print and charts ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["el", "en"])
def test_every_sheet_prints_on_a4_one_page_wide(shape: Open, tmp_path: Path, language: str) -> None:
    with shape("demo") as desk:
        result = _write(desk, tmp_path, language=language)
    book = _load(result)
    assert len(book.sheetnames) == len(REPORTS) + len(DATA)
    whole_page = {book.sheetnames[REPORTS.index(one)] for one in ("Cover", "Check")}
    unheaded = {*whole_page, book.sheetnames[REPORTS.index("Activity")]}
    for place, sheet in enumerate(book):
        setup = sheet.page_setup
        assert setup.paperSize == 9, sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert setup.fitToWidth in (None, 1), sheet.title
        whole = sheet.title in whole_page
        assert setup.fitToHeight == (None if whole else 0) or (whole and setup.fitToHeight == 1)
        assert "&P" in str(sheet.oddFooter.right.text)
        if sheet.title not in unheaded:
            assert sheet.print_title_rows, sheet.title
        if place >= len(REPORTS):  # the data come last
            assert setup.orientation == "landscape"
            assert sheet.print_title_rows == "$1:$1"
            assert sheet.freeze_panes == "A2"
            assert len(sheet.tables) == 1
    assert book.active.title == book.sheetnames[0]


def test_no_shown_value_is_wider_than_its_column(shape: Open, tmp_path: Path) -> None:
    with shape("demo") as desk:
        result = _write(desk, tmp_path, language="el")
    book, shown = _load(result), values(result.path)
    narrow = []
    for sheet in book:
        for row, line in enumerate(shown[sheet.title], start=1):
            for column, value in enumerate(line, start=1):
                if isinstance(value, float) and abs(value) >= 1000:
                    cell = sheet.cell(row, column)
                    cents = "0.00" in cell.number_format
                    text = f"{value:,.2f}" if cents else f"{value:,.0f}"
                    wide = sheet.column_dimensions[cell.column_letter].width
                    if len(text) * (cell.font.size or 10) / 10 > wide:
                        narrow.append(f"{sheet.title} {cell.coordinate} {text} in {wide}")
    assert narrow == []


def _series(chart: Any) -> list[tuple[str, str]]:
    parts = [chart, *chart._charts[1:]]
    return [
        (one.cat.numRef.f if one.cat.numRef else one.cat.strRef.f, one.val.numRef.f)
        for part in parts
        for one in part.series
    ]


def test_the_charts_are_native_and_cover_the_data(shape: Open, tmp_path: Path) -> None:
    with shape("demo") as desk:
        result = _write(desk, tmp_path)
    book = _load(result)
    (chart,) = book["Sales and target"]._charts
    series = _series(chart)
    assert len(series) == 2
    months = [book["Sales and target"].cell(row, 1).value for row in range(5, 17)]
    assert [day(month) for month in months] == [dt.date(2026, n, 1) for n in range(1, 13)]
    for categories, drawn in series:
        for reference in (categories, drawn):
            assert reference.startswith("'Sales and target'!")
            _, first, _, last = range_boundaries(reference.rpartition("!")[2].replace("$", ""))
            assert (first, last) == (5, 16)
    (ages,) = book["Receivables by age"]._charts
    ((categories, drawn),) = _series(ages)
    assert categories == "'Receivables by age'!$A$5:$A$9"
    assert drawn == "'Receivables by age'!$D$5:$D$9"


def test_a_month_without_a_target_breaks_the_line(shape: Open, tmp_path: Path) -> None:
    with shape("july") as desk:
        result = _write(desk, tmp_path, period=quarter(2026, 3, 7), as_of=dt.date(2026, 3, 31))
    (chart,) = _load(result)["Sales and target"]._charts
    assert [drawn for _, drawn in _series(chart)] == [
        "'Sales and target'!$B$5:$B$16",
        "'Sales and target'!$I$5:$I$16",
    ]
    drawn = [row[8] for row in values(result.path)["Sales and target"][4:16]]
    assert len([one for one in drawn if isinstance(one, float)]) == 5  # January to June but May


def test_a_book_without_targets_draws_no_line(shape: Open, tmp_path: Path) -> None:
    with shape("aimless") as desk:
        result = _write(desk, tmp_path, period=fiscal_year(2026), as_of=TODAY)
    (chart,) = _load(result)["Sales and target"]._charts
    assert len(_series(chart)) == 1
    assert "Target" not in [cell.value for cell in _load(result)["By client"][4]]
    assert any("No target is set" in finding for finding in result.findings)


# ---- which rows ----------------------------------------------------------------------------------


def test_documents_of_two_fiscal_years_and_older_ones_as_openings(
    shape: Open, tmp_path: Path
) -> None:
    with shape("july") as desk:
        result = _write(desk, tmp_path, period=quarter(2027, 2, 7), as_of=TODAY)
        every = desk.query(pack_data, period=fiscal_year(2024, 7), as_of=TODAY).documents
    book = _load(result)
    days = [day(row[3].value) for row in book["Documents"].iter_rows(min_row=2)]
    start = dt.date(2025, 7, 1)
    assert days == sorted(one.issued_on for one in every if one.issued_on >= start)
    openings = list(book["Opening balances"].iter_rows(min_row=2, values_only=True))
    assert openings
    older = [one for one in every if one.issued_on < start]
    net = sum(float(str(row[4])) for row in openings)
    assert round(net * 100) == sum(one.net_minor for one in older)
    items = list(book["Open items"].iter_rows(min_row=2, values_only=True))
    assert any(day(row[5]) < start for row in items)  # an old invoice that is still open


def test_clients_with_targets_of_their_own_are_compared_with_them(
    shape: Open, tmp_path: Path
) -> None:
    with shape("july") as desk:
        result = _write(desk, tmp_path, period=quarter(2026, 4, 7), as_of=dt.date(2026, 6, 30))
    rows = values(result.path)["By client"]
    head = rows[3]
    target, net, reached = (head.index(one) for one in ("Target", "Net sales", "Attainment"))
    aimed = [row for row in rows[4:-1] if row[target] != ""]
    assert len(aimed) == 4
    for row in aimed:
        assert row[reached] == pytest.approx(row[net] / row[target], abs=1e-4)
    assert rows[-1][target] == pytest.approx(sum(row[target] for row in aimed))


def test_many_clients_stand_in_one_line_after_the_largest(desk: Desk, tmp_path: Path) -> None:
    codes = [f"C{n:03d}" for n in range(70)]
    take(desk, RecordKind.CLIENTS, *(client(code, f"Πελάτης {code}") for code in codes))
    rows = [
        sale(f"ΤΙΜ{n}", code, 1000 + n, issued_on=dt.date(2026, 1 + n % 9, 1), due_on=None)
        for n, code in enumerate(codes)
    ]
    take(desk, RecordKind.SALES, *rows)
    result = _write(desk, tmp_path)
    found = values(result.path)["Clients by month"]
    assert len(found) == 4 + 60 + 2
    assert found[-2][2] == "Other clients: 10"
    for column in range(3, 13):
        listed = sum(row[column] for row in found[4:-1])
        assert listed == pytest.approx(found[-1][column])


def test_planned_steps_and_the_quiet_are_listed(shape: Open, tmp_path: Path) -> None:
    with shape("july") as desk:
        result = _write(desk, tmp_path, period=quarter(2027, 2, 7), as_of=TODAY)
    rows = values(result.path)["Activity"]
    start = next(n for n, row in enumerate(rows) if row[0] == "Planned")
    planned = rows[start + 3 : start + 6]
    assert [day(row[0]) for row in planned] == [TODAY + dt.timedelta(days=n) for n in (5, 6, 7)]
    assert planned[0][3].startswith("+Αποστολή όρων")
    assert any(row[0] == "Not in touch in the period" for row in rows)


@pytest.mark.parametrize(
    ("period", "as_of", "language", "name"),
    [
        (parse_period("2026-02"), dt.date(2026, 2, 28), "el", "Φεβρουάριος 2026"),
        (Q3, END, "el", "Γ΄ τρίμηνο 2026"),
        (fiscal_year(2026), TODAY, "en", "Year 2026"),
        (quarter(2027, 1), TODAY, "en", "1st quarter 2027"),
    ],
)
def test_a_report_is_named_by_its_period(
    shape: Open, tmp_path: Path, period: Period, as_of: dt.date, language: str, name: str
) -> None:
    with shape("demo") as desk:
        result = _write(desk, tmp_path, period=period, as_of=as_of, language=language)
    assert result.period == name
    assert name in str(_load(result).worksheets[0]["B2"].value)
    assert all(check.ok for check in result.checks)
    if as_of < period.start:
        assert any("No sales document" in one for one in result.findings)
    elif as_of < period.end:
        assert "not over" in result.findings[0]


def test_an_empty_book_gives_a_whole_workbook(desk: Desk, tmp_path: Path) -> None:
    result = _write(desk, tmp_path)
    assert result.sheets == (*REPORTS, *DATA)
    assert all(check.ok for check in result.checks)
    assert result.findings == ("No sales document is dated in the period.",)


def test_no_clients_name_stands_inside_a_sentence(shape: Open, tmp_path: Path) -> None:
    with shape("demo") as desk:
        result = _write(desk, tmp_path, language="el")
        names = [one.name for one in desk.query(pack_data, period=Q3, as_of=END).clients]
    assert len(result.findings) >= 5
    assert not [name for name in names for said in result.findings if name in said]
    assert all(any(sign.isdigit() for sign in said) for said in result.findings)


def test_a_greek_workbook_says_nothing_in_english(shape: Open, tmp_path: Path) -> None:
    with shape("demo") as desk:
        result = _write(desk, tmp_path, language="el")
    allowed = {"DSO", "EUR", "E-mail", "logistics"}
    shown = values(result.path)
    words = {
        word.strip("().:·,")
        for name, rows in list(shown.items())[: len(REPORTS)]
        for row in [[name], *rows]
        for value in row
        if isinstance(value, str)
        for word in value.split()
        if any("a" <= letter.lower() <= "z" for letter in word)
    }
    assert words - allowed == set()


def test_a_name_in_a_heading_may_hold_an_ampersand(desk: Desk, tmp_path: Path) -> None:
    desk.perform(msg("Test", "Profile"), set_profile, company='Α&Β "Γ" &P <Δ>')
    desk.perform(STEP, create_client, name="Ε")
    with zipfile.ZipFile(_write(desk, tmp_path).path) as parts:
        sheet = parts.read("xl/worksheets/sheet2.xml").decode("utf-8")
    # of a doubled ampersand one is printed
    assert 'Α&amp;&amp;Β "Γ" &amp;&amp;P &lt;Δ&gt;&amp;R' in sheet


def test_open_items_say_what_of_them_is_in_dispute(shape: Open, tmp_path: Path) -> None:
    with shape("demo") as desk:
        result = _write(desk, tmp_path, as_of=TODAY)
        blocked = desk.query(disputed_minor, as_of=TODAY)
    rows = list(_load(result)["Open items"].iter_rows(min_row=1, values_only=True))
    column = rows[0].index("In dispute")
    assert blocked > 0
    assert round(sum(float(row[column]) for row in rows[1:]) * 100) == blocked
