"""The brief before a visit: always one page, opened by keys from everywhere, printed as shown."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QScrollArea

from acctdesk import formats, i18n
from acctdesk.kinds import (
    AgeBucket,
    DisputeState,
    DisputeType,
    KeyDateKind,
    PromiseBy,
    PromiseState,
)
from acctdesk.services.brief import Brief, brief
from acctdesk.services.case_rows import DisputeRow, KeyDateRow
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.rows import ContactRow, OpenInvoice, PromiseRow
from acctdesk.services.tasks import add_task
from acctdesk.ui.brief_page import brief_document
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.brief import BriefDialog
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.pages.registry import PAGES
from acctdesk.ui.printing import pages_on_a4
from acctdesk.ui.privacy import privacy
from tests.ui.accessibility import assert_accessible
from tests.ui.world import STEP, TODAY, People, fill_small, make_context, press

LONG = "Εξαιρετικά μακροσκελής περιγραφή που δεν τελειώνει και πάλι συνεχίζει " * 4
UNBROKEN = "Μακρυά" * 48
DAY = dt.timedelta(days=1)


@pytest.fixture
def people(desk: Desk) -> People:
    people = fill_small(desk)
    desk.perform(
        STEP, add_task, title="Επίσκεψη", client_id=people.myloi, due_on=TODAY,
        due_time=dt.time(15),
    )  # fmt: skip
    return people


@pytest.fixture
def window(qapp: QApplication, desk: Desk, people: People, tmp_path: Path) -> Iterator[MainWindow]:
    context = make_context(qapp, desk, tmp_path)
    made = MainWindow(context, PAGES)
    made.resize(1366, 768)
    made.start()
    made.show()
    made.activateWindow()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()
    context.runner.shutdown()
    qapp.processEvents()


def of(desk: Desk, client_id: int) -> Brief:
    return desk.query(brief, client_id=client_id, today=TODAY)


def fullest(desk: Desk, client_id: int, words: str) -> Brief:
    """Return a brief in which everything is long and there is much of it."""
    one = of(desk, client_id)
    promise = PromiseRow(1, client_id, None, PromiseBy.US, words, TODAY, PromiseState.OPEN, None, 1)
    person = ContactRow(
        1, client_id, words, words, words, "+302310123456", None, None, True, None, 1
    )
    invoices = tuple(
        OpenInvoice(
            n, words, client_id, None, "", TODAY, TODAY + n * DAY, 10**11, 10**11, 0, -n,
            AgeBucket.NOT_DUE,
        )
        for n in range(-40, 40)
    )  # fmt: skip
    return replace(
        one,
        client=replace(
            one.client, name=words, city=words, notes=words * 3, overdue_minor=10**11,
            overdue_days=4000, balance_minor=10**11, credit_limit_minor=10**10, credit_days=365,
            client_since=TODAY - 3000 * DAY,
        ),
        people=(person,) * 30,
        talks=tuple(replace(one.talks[0], subject=words, body=words * 3) for _ in range(3)),
        promises=(promise,) * 40,
        tasks=tuple(replace(one.tasks[0], title=words) for _ in range(40)),
        invoices=invoices,
        anniversary=TODAY + DAY,
        disputes=(
            DisputeRow(
                1, client_id, words, DisputeType.PRICE, words, words, TODAY - 90 * DAY, TODAY,
                DisputeState.OPEN, None, 10**11, 10**11, 3, 0, 90, 0, 1,
            ),
        ) * 40,
        key_dates=tuple(
            KeyDateRow(
                n, client_id, words, KeyDateKind.CONTRACT, words, TODAY + n * DAY, 60, None, None,
                n, 1,
            )
            for n in range(-20, 90)
        ),
    )  # fmt: skip


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("words", [LONG, UNBROKEN])
def test_it_is_one_page_for_the_fullest_client(
    context: Context, desk: Desk, language: str, words: str
) -> None:
    people = fill_small(desk)
    i18n.set_language(language)
    document = brief_document(fullest(desk, people.papadopoulos, words))
    assert pages_on_a4(document) == 1
    text = document.toPlainText()
    more = [int(n) for n in re.findall(r"(?:and|και) (\d+) (?:more|ακόμη)", text)]
    assert len(more) == 6  # promises, tasks, people, invoices, disputes, dates
    assert text.count("…") > 20
    assert (
        formats.money(10**11, cents=False).replace("\u00a0", " ") in text
    )  # a figure is never cut


@pytest.mark.parametrize("language", ["el", "en"])
def test_it_is_one_page_for_a_client_of_whom_nothing_is_known(
    context: Context, desk: Desk, language: str
) -> None:
    client = desk.perform(STEP, create_client, name="Νέος Πελάτης").value
    i18n.set_language(language)
    document = brief_document(of(desk, client))
    assert pages_on_a4(document) == 1
    text = document.toPlainText()
    assert "None" not in text
    assert "Νέος Πελάτης" in text


def test_every_figure_has_its_day(context: Context, desk: Desk) -> None:
    people = fill_small(desk)
    text = brief_document(of(desk, people.papadopoulos)).toPlainText()
    assert text.count("as of 12/11/2026") == 6  # four tiles, open invoices, sales
    for told in ("Συμφωνεί στις 60 ημέρες", "αναθεωρημένοι όροι", "Αποστολή όρων", "Ε. Μαυρίδου"):
        assert told in text


def dialog(window: MainWindow) -> BriefDialog | None:
    QApplication.processEvents()
    found = [one for one in window.findChildren(BriefDialog) if one.isVisible()]
    return found[0] if found else None


def key(window: Any, keys: Qt.Key, *, shift: bool = False) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    held = QApplication.focusWidget() or window
    QTest.keyClick(held, keys, control | Qt.KeyboardModifier.ShiftModifier if shift else control)
    QApplication.processEvents()


def test_a_key_opens_it_from_the_record_and_escape_closes_it(
    window: MainWindow, people: People
) -> None:
    window.show_page("clients")
    window.page.list.show_client(people.papadopoulos)  # type: ignore[union-attr]
    window.page.first_focus()  # type: ignore[union-attr]
    key(window, Qt.Key.Key_E)
    shown = dialog(window)
    assert shown is not None
    assert shown.brief is not None
    assert shown.brief.client.id == people.papadopoulos
    assert shown.paper.hasFocus()
    assert "Παπαδόπουλος Α.Ε." in shown.paper.accessibleDescription()
    assert_accessible(shown)
    press(shown, Qt.Key.Key_Escape)
    assert dialog(window) is None


def test_arrow_keys_scroll_the_page(window: MainWindow, people: People) -> None:
    window.show_page("clients")
    window.page.open_brief()  # type: ignore[union-attr]
    shown = dialog(window)
    assert shown is not None
    shown.resize(shown.width(), 400)
    QApplication.processEvents()
    bar = shown.findChild(QScrollArea).verticalScrollBar()  # type: ignore[union-attr]
    assert bar.value() == 0
    press(shown.paper, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    shown.close()


def test_an_appointment_of_today_leads_to_the_brief_of_its_client(
    window: MainWindow, people: People
) -> None:
    window.show_page("today")
    QApplication.processEvents()
    (line,) = window.page.appointments.lines  # type: ignore[union-attr]
    line.setFocus()
    key(window, Qt.Key.Key_E)
    shown = dialog(window)
    assert shown is not None
    assert shown.brief is not None
    assert shown.brief.client.id == people.myloi
    shown.close()
    line.brief.click()
    again = dialog(window)
    assert again is not None
    assert again.brief is not None
    assert again.brief.client.id == people.myloi
    again.close()


def test_the_palette_offers_it_for_the_client_found(window: MainWindow, people: People) -> None:
    window.show_page("today")
    window.palette_overlay.open_palette(query="μυλοι")
    rows = window.palette_overlay.model.rows
    row = next(one for one in rows if one.action == "record.brief")
    assert row.hit is not None
    window.palette_overlay.chosen.emit(row, False)
    shown = dialog(window)
    assert shown is not None
    assert shown.brief is not None
    assert shown.brief.client.id == people.myloi
    shown.close()


def test_it_follows_privacy_and_language(window: MainWindow, people: People) -> None:
    window.show_page("clients")
    window.page.list.show_client(people.papadopoulos)  # type: ignore[union-attr]
    window.page.open_brief()  # type: ignore[union-attr]
    shown = dialog(window)
    assert shown is not None
    assert re.search(r"€\d", shown.paper.accessibleDescription())
    privacy().set_on(True)
    said = shown.paper.accessibleDescription()
    assert not re.search(r"€\d", said)
    assert "Παπαδόπουλος Α.Ε." in said
    window.context.languages.speak("el")
    assert "Επόμενο βήμα" in shown.paper.accessibleDescription()
    window.context.languages.speak("en")
    shown.close()


def test_another_client_s_name_is_hidden_in_private(context: Context, desk: Desk) -> None:
    head = desk.perform(STEP, create_client, name="Όμιλος Μύλων").value
    member = desk.perform(STEP, create_client, name="Μύλοι", parent_id=head).value
    privacy().set_on(True)
    text = brief_document(of(desk, member)).toPlainText()
    assert "Μύλοι" in text
    assert "Όμιλος Μύλων" not in text


def test_saving_asks_for_a_place_and_writes_one_page(
    window: MainWindow, people: People, tmp_path: Path
) -> None:
    window.show_page("clients")
    window.page.list.show_client(people.papadopoulos)  # type: ignore[union-attr]
    window.page.open_brief()  # type: ignore[union-attr]
    shown = dialog(window)
    assert shown is not None
    key(shown, Qt.Key.Key_P, shift=True)
    (asked,) = shown.findChildren(QFileDialog)
    asked.reject()
    file = tmp_path / "σύνοψη.pdf"
    shown.out.write_pdf(str(file))
    assert "σύνοψη.pdf" in shown.told.text()
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
        text = done.stdout.decode()
        assert "Page 1 of 1" in text
        assert "Παπαδόπουλος Α.Ε." in text
    shown.out.write_pdf(str(tmp_path / "nowhere" / "x.pdf"))
    assert "Choose another folder" in shown.told.text()
    shown.close()
