"""Files made to harm: each ends in rows or a sentence, soon, in little memory, and changes nothing."""

from __future__ import annotations

import io
import multiprocessing
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from acctdesk.errors import UserError
from acctdesk.exchange.mapping import propose
from acctdesk.exchange.records import read_records
from acctdesk.exchange.runner import import_file
from acctdesk.exchange.sheets import read_file
from acctdesk.services.desk import Desk
from tests.faults.operations import TODAY
from tests.storage.commands import client_names

SECONDS = 30.0  # on a busy machine; the widest case takes two alone, the others well under one
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
_SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _workbook(replaced: dict[str, bytes], extra: dict[str, bytes] | None = None) -> bytes:
    """Return a small workbook in which some parts are others."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "Επωνυμία"
    made = io.BytesIO()
    book.save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, replaced.get(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def _entities(count: int) -> str:
    chain = "".join(
        f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, count)
    )
    return f'<!DOCTYPE x [<!ENTITY a0 "lol">{chain}]>'


def _sheet(doctype: str, text: str, cell: str = "A1", row: str = "1", more: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{doctype}<worksheet {_SPREADSHEET}>{more}<sheetData>'
        f'<row r="{row}"><c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        "</sheetData></worksheet>"
    ).encode()


def _strings(doctype: str, text: str) -> bytes:
    return (
        f'<?xml version="1.0"?>{doctype}<sst {_SPREADSHEET}><si><t>{text}</t></si></sst>'.encode()
    )


def _secret(doctype_of: Path) -> str:
    return f'<!DOCTYPE x [<!ENTITY e SYSTEM "{doctype_of.as_uri()}">]>'


def _many_entries() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"{number}", b"")
    return out.getvalue()


QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"A" * 50_000}">]>'
FAR = '<dimension ref="A1:XFD1048576"/>'
CASES: dict[str, Callable[[Path], bytes]] = {
    "laughs in a sheet": lambda _: _workbook({SHEET: _sheet(_entities(10), "&a9;")}),
    "laughs in the strings": lambda _: _workbook({STRINGS: _strings(_entities(10), "&a9;")}),
    "quadratic": lambda _: _workbook({SHEET: _sheet(QUADRATIC, "&a;" * 2000)}),
    "a file in a sheet": lambda secret: _workbook({SHEET: _sheet(_secret(secret), "&e;")}),
    "a file in the strings": lambda secret: _workbook({STRINGS: _strings(_secret(secret), "&e;")}),
    "a bomb": lambda _: _workbook({SHEET: _sheet("", "A" * (200 << 20))}),
    "many entries": lambda _: _many_entries(),
    "a workbook in a workbook": lambda _: _workbook({}, {"a.xlsx": _workbook({})}),
    "the last cell of all": lambda _: _workbook(
        {SHEET: _sheet("", "x", cell="XFD1048576", row="1048576", more=FAR)}
    ),
    "names that lead out": lambda _: _workbook({}, {"../../../evil.txt": b"x", "/evil": b"x"}),
    "no sheet at all": lambda _: _workbook({SHEET: b""}),
    "half a workbook": lambda _: _workbook({})[:2000],
    "an OLE head alone": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4000,
    "a cyclic OLE": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100_000),
    "one field of a megabyte": lambda _: b"a;b\n" + b"x" * (1 << 20) + b";1\n",
    "NUL": lambda _: "Κωδικός;Επωνυμία\n1;Α\x00Β\n".encode(),
    "a hundred thousand columns": lambda _: b";".join([b"a"] * 100_000) + b"\n" + b";" * 99_999,
    "an open quotation mark": lambda _: b'a;b\n"' + b"x;y\n" * 50_000,
    "two encodings": lambda _: "Κωδικός;Επωνυμία\n1;Άλφα\n".encode() + "2;Βήτα\n".encode("cp1253"),
    "half a UTF-16": lambda _: "Κωδικός;Επωνυμία\r\n1;Α".encode("utf-16")[:-1],
    "tags without an end": lambda _: b"<table>" + b"<tr><td>" * 50_000,
    "columns without end in HTML": lambda _: b"<table><tr>" + b"<td>a</td>" * 100_000 + b"</tr>",
    "words as wide as a file may be": lambda _: "\n".join(
        ";".join(f"Κωδικός πελάτη {row * column}" for column in range(2_000)) for row in range(60)
    ).encode(),
    "digits by the thousand": lambda _: (
        "Κωδικός;Επωνυμία;Υπόλοιπο\n" + ";".join(["9" * 10_000] * 3)
    ).encode(),
    "a number beyond all": lambda _: ("Κωδικός;Επωνυμία;Ποσό\n1;Α;" + "9" * 40).encode(),
    "digits that are none": lambda _: "Ημερομηνία;Αριθμός;Ποσό\n²;½;Ⅻ\n".encode(),
}


def _read_in_a_child(path: Path, pipe: object) -> None:
    text = ""
    try:
        content = read_file(path)
        text = str([sheet.rows[:3] for sheet in content.sheets])[:5000]
        records = read_records(content, propose(content), today=TODAY).records
        said = f"rows {len(records)}"
    except UserError as error:
        said = f"sentence {error}"
    most = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    pipe.send((said, text, most))  # type: ignore[attr-defined]


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_ends_in_rows_or_a_sentence(case: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("του αφεντικού το μυστικό", encoding="utf-8")
    path = tmp_path / "in" / "file.dat"
    path.parent.mkdir()
    path.write_bytes(CASES[case](secret))
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    started = time.monotonic()
    child = context.Process(target=_read_in_a_child, args=(path, theirs))
    child.start()
    theirs.close()
    assert ours.poll(60), "it hangs"
    said, text, most = ours.recv()
    took = time.monotonic() - started
    child.join()
    assert took < SECONDS
    assert most < 500_000, f"{most // 1000} MB"
    assert said.startswith("rows") or "Nothing was changed" in said
    assert "μυστικό" not in text
    assert sorted(item.name for item in tmp_path.iterdir()) == ["in", "secret.txt"]


def test_a_hostile_file_changes_nothing_in_the_book(desk: Desk, tmp_path: Path) -> None:
    for name in ("laughs in a sheet", "half a workbook", "an OLE head alone", "a bomb"):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(CASES[name](tmp_path / "nothing"))
        with pytest.raises(UserError):
            import_file(desk, path, today=TODAY)
    assert desk.query(client_names) == []
    assert desk.undo_label() is None


def test_the_library_that_reads_back_is_hardened() -> None:
    assert openpyxl.DEFUSEDXML is True
