"""The report's dialog: what it proposes, what it writes, how it fails, stops and speaks."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from acctdesk import bootstrap
from acctdesk.errors import EnvironmentFault, UserError
from acctdesk.i18n import msg
from acctdesk.kinds import Language, RecordKind
from acctdesk.periods import quarter
from acctdesk.reports.pack import Check, PackResult, write_pack
from acctdesk.services.desk import Desk
from acctdesk.services.profile import set_profile
from acctdesk.services.report_choices import report_choices
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs import report, report_form
from acctdesk.ui.dialogs.registry import opener
from acctdesk.ui.dialogs.report import ReportDialog, open_report
from acctdesk.ui.dialogs.report_form import ReportOrder, file_name
from acctdesk.ui.runner import Runner
from acctdesk.ui.settings import REPORT_FOLDER
from tests.exchange.desks import client, sale, take
from tests.ui.accessibility import assert_accessible
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import STEP, TODAY, press

pytestmark = pytest.mark.qt


def _sell(desk: Desk, *days: dt.date) -> None:
    take(desk, RecordKind.CLIENTS, client("C1", "Παπαδόπουλος Α.Ε."))
    rows = [sale(f"ΤΙΜ{n}", "C1", 1_000_00 + n, issued_on=day) for n, day in enumerate(days)]
    take(desk, RecordKind.SALES, *rows)


@pytest.fixture
def folder(context: Context, tmp_path: Path) -> Path:
    """Return the folder that reports go to."""
    made = tmp_path / "Εκθέσεις"
    made.mkdir()
    context.settings.set(REPORT_FOLDER, str(made))
    return made


@pytest.fixture
def host(qapp: QApplication) -> Iterator[QWidget]:
    """Give a window to open dialogs over."""
    made = QWidget()
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    qapp.processEvents()


def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "write_pack_in_child", write_pack)


def _order(dialog: ReportDialog) -> ReportOrder:
    found = dialog.form.order()
    assert isinstance(found, ReportOrder)
    return found


def test_it_proposes_the_last_finished_quarter_at_its_end_in_the_books_language(
    context: Context, desk: Desk, folder: Path, host: QWidget
) -> None:
    _sell(desk, dt.date(2026, 8, 3), dt.date(2026, 11, 2))
    dialog = open_report(context, host)
    assert _order(dialog) == ReportOrder(
        quarter(2026, 3),
        dt.date(2026, 9, 30),
        Language.EL,
        folder / "Έκθεση 2026Q3 – Αιγαίον ΑΕ.xlsx",
    )
    assert dialog.write.isDefault()
    filled = [one for one in (dialog.cancel, dialog.write) if one.property("look") == "primary"]
    assert filled == [dialog.write]
    dialog.form.language.choose("en")
    assert _order(dialog).out.name == "Report 2026Q3 – Αιγαίον ΑΕ.xlsx"
    dialog.form.period.setCurrentIndex(0)
    assert (_order(dialog).period, _order(dialog).as_of) == (quarter(2026, 4), TODAY)
    assert "not over" in dialog.form.hint.text()
    dialog.form.kind.choose("year")
    assert _order(dialog).period.name == "2026"
    dialog.form.kind.choose("month")
    assert _order(dialog).period.name == "2026-08"


def test_only_periods_with_data_are_offered_in_fiscal_years(desk: Desk) -> None:
    def names(kind: str) -> list[str]:
        return [one.name for one in desk.query(report_choices, today=TODAY).of(kind)]

    assert names("quarter") == ["2026Q4"]
    assert desk.query(report_choices, today=TODAY).proposed == quarter(2026, 4)
    _sell(desk, dt.date(2024, 12, 30), dt.date(2026, 4, 1), dt.date(2027, 1, 5))
    assert names("month") == ["2026-11", "2026-04", "2024-12"]
    assert names("quarter") == ["2026Q4", "2026Q2", "2024Q4"]
    assert names("year") == ["2026", "2024"]
    assert desk.query(report_choices, today=TODAY).proposed == quarter(2026, 2)
    desk.perform(STEP, set_profile, fiscal_start=7)
    assert names("quarter") == ["2027Q2", "2026Q4", "2025Q2"]
    assert names("year") == ["2027", "2026", "2025"]


def test_a_name_of_a_company_is_made_fit_for_a_file() -> None:
    name = file_name(quarter(2026, 2), 'Α/Β: «Γ» <D> "E"|?*\n', Language.EN)
    assert name == "Report 2026Q2 – Α Β «Γ» D E.xlsx"
    assert file_name(quarter(2026, 2), "Α.Ε.", Language.EN) == "Report 2026Q2 – ΑΕ.xlsx"
    assert file_name(quarter(2026, 2), "", Language.EL) == "Έκθεση 2026Q2.xlsx"


def test_the_report_is_written_shown_and_mailed(
    context: Context,
    desk: Desk,
    folder: Path,
    host: QWidget,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _here(monkeypatch)
    _sell(desk, dt.date(2026, 8, 3), dt.date(2025, 8, 4))
    opened: list[Path] = []

    def open_url(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    dialog = open_report(context, host)
    dialog.form.kind.choose("quarter")
    place = [one.name for one in desk.query(report_choices, today=TODAY).quarters].index("2026Q3")
    dialog.form.period.setCurrentIndex(place)
    dialog.start()
    written = folder / "Έκθεση 2026Q3 – Αιγαίον ΑΕ.xlsx"
    assert zipfile.is_zipfile(written)
    assert dialog.outcome.path.text() == str(written)
    assert "Differences: 0." in dialog.outcome.checks.text()
    assert_accessible(dialog)
    dialog.open_file.click()
    dialog.folder.click()
    dialog.mail.click()
    draft = written.with_suffix(".eml")
    assert opened == [written, folder, draft]
    mail = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"] is None
    assert mail["Subject"] == "Έκθεση: Γ΄ τρίμηνο 2026 – Αιγαίον ΑΕ"
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == written.name
    assert attached.get_content() == written.read_bytes()
    body = mail.get_body()
    assert body is not None
    assert "Καθαρές πωλήσεις 1.000\u00a0€." in body.get_content()
    assert "Μαρία Νικολάου" in body.get_content()


def test_a_program_that_is_missing_is_a_sentence(
    context: Context, folder: Path, host: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    _here(monkeypatch)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    dialog = open_report(context, host)
    dialog.start()
    dialog.open_file.click()
    assert "No program here opens" in dialog.trouble.text()


def test_a_folder_of_the_officers_choice_is_remembered_and_a_file_that_is_there_is_told(
    context: Context,
    folder: Path,
    host: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _here(monkeypatch)
    other = tmp_path / "other"
    other.mkdir()
    dialog = open_report(context, host)
    dialog.form.take_file(str(other / "mine.xlsx"))
    dialog.form.kind.choose("year")
    assert _order(dialog).out == other / "mine.xlsx"
    dialog.start()
    assert (other / "mine.xlsx").exists()
    assert context.settings.get(REPORT_FOLDER) == str(other)
    dialog.accept()
    again = open_report(context, host)
    again.form.take_file(str(other / "mine.xlsx"))
    assert "is replaced" in again.form.hint.text()
    again.form.file.setText("name only")
    assert _order(again).out == other / "name only"
    again.form.file.setText(" ")
    again.start()
    assert again.trouble.text() == "Say where the report is to be written."


def test_the_first_folder_is_that_of_documents_or_of_a_portable_installation(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context.settings.set(REPORT_FOLDER, str(tmp_path / "gone"))
    monkeypatch.setenv("ACCTDESK_HOME", str(tmp_path))
    assert report_form.first_folder(context.settings) == bootstrap.home()
    monkeypatch.delenv("ACCTDESK_HOME")
    assert report_form.first_folder(context.settings).is_dir()


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (UserError(msg("Test", "The folder is not there.")), "The folder is not there."),
        (
            EnvironmentFault(
                msg("Test", "Full."), safe=msg("Test", "Safe."), remedy=msg("Test", "Free.")
            ),
            "",
        ),
        (RuntimeError("SELECT secret"), ""),
    ],
)
def test_a_failure_comes_back_to_the_form(
    context: Context,
    folder: Path,
    host: QWidget,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    shown: str,
) -> None:
    def refuse(_desk: Desk, **_order: Any) -> PackResult:
        raise error

    monkeypatch.setattr(report, "write_pack_in_child", refuse)
    context.runner.failed.disconnect(context.messages.fail)  # its dialog has tests of its own
    told: list[Exception] = []
    context.runner.failed.connect(told.append)
    dialog = open_report(context, host)
    dialog.start()
    assert dialog.stack.currentWidget() is dialog.form
    assert dialog.trouble.text() == shown
    assert told == ([] if shown else [error])
    assert dialog.write.isEnabled()
    assert list(folder.iterdir()) == []


def test_a_folder_that_may_not_be_written_is_a_sentence(
    context: Context, folder: Path, host: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    _here(monkeypatch)
    dialog = open_report(context, host)
    dialog.form.take_file(str(folder / "nowhere" / "report.xlsx"))
    dialog.start()
    assert "There is no folder" in dialog.trouble.text()
    assert dialog.stack.currentWidget() is dialog.form


def test_figures_that_differ_are_told(
    context: Context, folder: Path, host: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    def differ(_desk: Desk, *, out: Path, **_order: Any) -> PackResult:
        checks = (Check("a", "1.00", "2.00", ok=False), Check("b", "1.00", "1.00", ok=True))
        return PackResult(out, "2026", ("Check",), checks, 2, ())

    monkeypatch.setattr(report, "write_pack_in_child", differ)
    dialog = open_report(context, host)
    dialog.start()
    assert dialog.outcome.checks.text().startswith("1 figure differs")
    assert "2 cells" in dialog.outcome.notes.text()
    assert_no_overlap_or_cut(dialog)


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_and_everything_is_named(
    context: Context,
    desk: Desk,
    folder: Path,
    host: QWidget,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    theme: str,
) -> None:
    _here(monkeypatch)
    _sell(desk, dt.date(2026, 8, 3))
    context.theme.apply(theme)
    context.languages.speak(language)
    dialog = open_report(context, host)
    dialog.form.period.setCurrentIndex(0)
    qapp.processEvents()
    assert_no_overlap_or_cut(dialog)
    assert_accessible(dialog)
    dialog.running.begin(_order(dialog))
    dialog.running.advance(1200, 30_000, None)
    dialog.show_part(dialog.running)
    qapp.processEvents()
    assert_no_overlap_or_cut(dialog)
    dialog.start()
    qapp.processEvents()
    assert dialog.stack.currentWidget() is dialog.outcome
    assert_no_overlap_or_cut(dialog)
    assert_accessible(dialog)
    context.languages.speak("en" if language == "el" else "el")
    qapp.processEvents()
    assert_no_overlap_or_cut(dialog)
    context.theme.apply("light")


def _live(context: Context, desk: Desk, host: QWidget) -> Runner:
    """Let the context work in threads, as the program does."""
    made = Runner(desk, context.bus, host)
    context.runner = made
    return made


def test_a_child_process_writes_the_report_of_the_open_book(
    context: Context, desk: Desk, folder: Path, host: QWidget, qtbot: QtBot
) -> None:
    _sell(desk, dt.date(2026, 8, 3))
    runner = _live(context, desk, host)
    dialog = open_report(context, host)
    qtbot.waitUntil(dialog.write.isEnabled, timeout=10_000)
    press(dialog.write, Qt.Key.Key_Space)
    assert dialog.stack.currentWidget() is dialog.running
    qtbot.waitUntil(lambda: dialog.stack.currentWidget() is dialog.outcome, timeout=60_000)
    assert zipfile.is_zipfile(folder / "Έκθεση 2026Q3 – Αιγαίον ΑΕ.xlsx")
    runner.shutdown()


def test_escape_stops_the_work_and_leaves_nothing(
    context: Context,
    desk: Desk,
    folder: Path,
    host: QWidget,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def wait(_desk: Desk, *, cancelled: Any, progress: Any, **_order: Any) -> PackResult:
        progress(1, 10)
        while not cancelled():
            pass
        raise UserError(msg("Report", "Cancelled. No workbook was written."))

    monkeypatch.setattr(report, "write_pack_in_child", wait)
    runner = _live(context, desk, host)
    dialog = open_report(context, host)
    qtbot.waitUntil(dialog.write.isEnabled, timeout=10_000)
    dialog.start()
    qtbot.waitUntil(lambda: dialog.running.bar.maximum() == 10, timeout=10_000)
    press(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.cancel.isEnabled()
    qtbot.waitUntil(lambda: dialog.stack.currentWidget() is dialog.form, timeout=10_000)
    assert dialog.trouble.text() == "Stopped. No report was written."
    assert list(folder.iterdir()) == []
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    runner.shutdown()


def test_the_action_opens_it() -> None:
    assert opener("tools.report") is open_report
