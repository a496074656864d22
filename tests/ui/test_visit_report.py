"""The visit report by keyboard: prefilled, held to its sections, never lost, out as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from acctdesk.kinds import InteractionKind
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import log_interaction
from acctdesk.services.visit_reports import get_required, report_form
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.capture import CaptureDialog
from acctdesk.ui.dialogs.visit_report import VisitReportDialog
from acctdesk.ui.pages.settings import SettingsPage
from acctdesk.ui.pages.settings.report_sections import ReportSectionsControl
from tests.ui.accessibility import assert_accessible
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import NOW, STEP, People, fill_small, make_context, press, type_text


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book."""
    return fill_small(desk)


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path, people: People) -> Iterator[Context]:
    """Give a context over the small book."""
    owner = QObject()
    made = make_context(qapp, desk, tmp_path, parent=owner)
    yield made
    made.languages.speak("en")
    owner.deleteLater()


@pytest.fixture
def visit(desk: Desk, people: People) -> int:
    """Log a visit."""
    return int(
        desk.perform(
            STEP,
            log_interaction,
            client_id=people.myloi,
            kind=InteractionKind.VISIT,
            happened_at=NOW,
            body="Είδαμε την αποθήκη.",
        ).value
    )


def own(qtbot: QtBot, dialog: QDialog) -> None:
    """Let the test close the dialog at its end, and nobody before."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)


def opened(context: Context, qtbot: QtBot, visit: int) -> VisitReportDialog:
    dialog = VisitReportDialog(context, None, interaction_id=visit)
    own(qtbot, dialog)
    dialog.open()
    QApplication.processEvents()
    return dialog


def test_what_is_missing_is_named_beside_its_field_and_nothing_is_stored(
    context: Context, desk: Desk, qtbot: QtBot, visit: int
) -> None:
    dialog = opened(context, qtbot, visit)
    assert dialog.fields["discussed"].words() == "Είδαμε την αποθήκη."
    dialog.save()
    said = {key: field.trouble.text() for key, field in dialog.fields.items()}
    assert {key for key, text in said.items() if text} == {"purpose", "agreed"}
    assert dialog.focusWidget() is dialog.fields["purpose"].text
    assert not desk.query(report_form, interaction_id=visit).saved
    type_text(dialog.fields["purpose"].text, "Νέα αποθήκη")
    assert dialog.fields["purpose"].trouble.text() == ""
    type_text(dialog.fields["agreed"].text, "Προσφορά")
    dialog.save()
    assert not dialog.isVisible()
    assert desk.query(report_form, interaction_id=visit).sections["purpose"] == "Νέα αποθήκη"
    context.runner.undo()
    assert not desk.query(report_form, interaction_id=visit).saved


def test_what_is_half_written_comes_back_after_closing_and_after_a_crash(
    context: Context, qtbot: QtBot, visit: int
) -> None:
    first = opened(context, qtbot, visit)
    type_text(first.fields["competition"].text, "μισό")
    press(first, Qt.Key.Key_Escape)
    second = opened(context, qtbot, visit)
    assert second.fields["competition"].words() == "μισό"
    type_text(second.fields["remarks"].text, "κι άλλο")
    qtbot.waitUntil(lambda: "kept" in second.state.text())  # the program may end here
    third = opened(context, qtbot, visit)
    assert third.fields["remarks"].words() == "κι άλλο"
    type_text(third.fields["purpose"].text, "α")
    type_text(third.fields["agreed"].text, "β")
    third.save()
    second._typed = False
    fourth = opened(context, qtbot, visit)
    assert fourth.state.text() == ""
    assert fourth.fields["remarks"].words() == "κι άλλο"


def test_one_click_stores_it_and_writes_the_pdf(
    context: Context, desk: Desk, qtbot: QtBot, visit: int, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    dialog = opened(context, qtbot, visit)
    for key in ("purpose", "agreed"):
        type_text(dialog.fields[key].text, "κάτι")
    file = tmp_path / "δελτίο.pdf"
    monkeypatch.setattr(dialog.out, "ask_where", lambda: dialog.out.write_pdf(str(file)))
    dialog.pdf.click()
    assert file.read_bytes().startswith(b"%PDF")
    assert "δελτίο.pdf" in dialog.told.text()
    assert desk.query(report_form, interaction_id=visit).saved
    dialog.reject()


def test_a_captured_visit_goes_on_with_its_report(
    context: Context, people: People, qtbot: QtBot
) -> None:
    above = QDialog()
    own(qtbot, above)
    capture = CaptureDialog(context, above, client_id=people.myloi, client_name="Μύλοι")
    own(qtbot, capture)
    capture.open()
    assert not capture.report_button.isVisibleTo(capture)
    capture.form.kind.choose("visit")
    assert capture.report_button.isVisibleTo(capture)
    type_text(capture.form.note, "Συζητήσαμε τιμές")
    capture.report_button.click()
    (report,) = above.findChildren(VisitReportDialog)
    assert report.fields["discussed"].words() == "Συζητήσαμε τιμές"
    report.reject()


def test_what_is_required_is_chosen_in_the_settings(
    context: Context, desk: Desk, qtbot: QtBot
) -> None:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.activated()
    control = page.control(ReportSectionsControl)
    assert isinstance(control, ReportSectionsControl)
    assert control.boxes["agreed"].isChecked()
    control.boxes["agreed"].click()
    control.boxes["present"].click()
    assert desk.query(get_required) == {"purpose", "discussed", "present"}


@pytest.mark.parametrize("language", ["el", "en"])
def test_nothing_is_cut_and_everything_has_a_name(
    context: Context, qtbot: QtBot, visit: int, language: str
) -> None:
    dialog = opened(context, qtbot, visit)
    context.languages.speak(language)
    dialog.fields["purpose"].complain(empty=True)
    for _ in range(3):
        QApplication.processEvents()
    assert_no_overlap_or_cut(dialog)
    assert_accessible(dialog)
    dialog.reject()
