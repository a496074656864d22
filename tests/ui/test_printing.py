"""On paper: A4, page x of y, text that can be selected."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from acctdesk.ui.context import Context
from acctdesk.ui.printing import a4, save_pdf, text_document

HTML = "<h1>Χρονολόγιο</h1>" + "".join(
    f"<h2>Ημέρα {n}</h2><p>Συμφωνεί στις 60 ημέρες.</p>" for n in range(80)
)


def test_a_long_document_takes_several_pages(context: Context, tmp_path: Path) -> None:
    file = tmp_path / "timeline.pdf"
    pages = save_pdf(text_document(HTML), file, heading="Παπαδόπουλος Α.Ε.")
    assert pages == 5
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
def test_the_pdf_holds_selectable_greek_and_page_numbers(context: Context, tmp_path: Path) -> None:
    file = tmp_path / "timeline.pdf"
    save_pdf(text_document(HTML), file, heading="Παπαδόπουλος Α.Ε.")
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    text = done.stdout.decode("utf-8")
    assert text.count("Συμφωνεί στις 60 ημέρες.") == 80
    assert text.count("Παπαδόπουλος Α.Ε.") == 5
    assert "Page 5 of 5" in text
    info = subprocess.run(["pdfinfo", str(file)], capture_output=True, check=True).stdout
    assert b"A4" in info


def test_a_printer_is_set_to_a4(context: Context) -> None:
    layout = a4(QPrinter()).pageLayout()
    assert layout.pageSize().name().startswith("A4")
    assert layout.margins(layout.Unit.Millimeter).left() == 15
