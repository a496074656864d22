"""The visit plan by keyboard: a day and an area, ticked, timed, planned in one step, printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acctdesk.kinds import InteractionKind, PromiseBy
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import add_promise, log_interaction
from acctdesk.services.tasks import open_tasks
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.visit_plan import VisitPlanDialog
from tests.ui.accessibility import assert_accessible
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.world import STEP, TODAY, People, fill_small, make_context, press, type_text

DAY = dt.timedelta(days=1)


@pytest.fixture
def people(desk: Desk) -> People:
    """Fill the book, with three clients in Patra and one near it who were long not seen."""
    people = fill_small(desk)
    for name, city, code in (
        ("Άλφα", "Πάτρα", "26221"),
        ("Βήτα", "Πάτρα", "26222"),
        ("Γάμμα", "Πάτρα", "26223"),
        ("Δέλτα", "Ρίο", "26299"),
    ):
        one = desk.perform(STEP, create_client, name=name, city=city, postal_code=code).value
        desk.perform(
            STEP,
            log_interaction,
            client_id=one,
            kind=InteractionKind.CALL,
            happened_at=dt.datetime.combine(TODAY - 99 * DAY, dt.time(12), dt.UTC),
        )
        if name == "Γάμμα":
            desk.perform(
                STEP,
                add_promise,
                client_id=one,
                given_by=PromiseBy.US,
                what="δείγματα",
                due_on=TODAY,
            )
    return people


@pytest.fixture
def context(qapp: QApplication, desk: Desk, tmp_path: Path, people: People) -> Iterator[Context]:
    """Give a context over the small book."""
    owner = QObject()
    made = make_context(qapp, desk, tmp_path, parent=owner)
    yield made
    made.languages.speak("en")
    owner.deleteLater()


@pytest.fixture
def dialog(context: Context, qtbot: QtBot) -> VisitPlanDialog:
    """Give the dialog, asked for Patra on Thursday."""
    made = VisitPlanDialog(context, None)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    made.area.setEditText("Patra")
    made.day.field.clear()
    type_text(made.day.field, "Πεμ")
    qtbot.waitUntil(lambda: bool(made.lines.buttons) and made.plan is not None)
    made.load()
    return made


def names(dialog: VisitPlanDialog) -> list[str]:
    return [one.line.name for one in dialog.lines.buttons]


def test_the_cities_of_the_book_are_offered_with_their_counts(dialog: VisitPlanDialog) -> None:
    offered = [dialog.area.itemText(place) for place in range(dialog.area.count())]
    assert "Πάτρα (3)" in offered
    dialog.area.setEditText("Ρίο (1)")
    assert dialog.area_typed() == "Ρίο"


def test_who_we_owe_comes_first_and_who_is_near_last(dialog: VisitPlanDialog) -> None:
    assert dialog.plan is not None
    assert dialog.plan.day == dt.date(2026, 11, 19)
    assert names(dialog) == ["Γάμμα", "Άλφα", "Βήτα", "Δέλτα"]
    assert [one.line.near for one in dialog.lines.buttons] == [False, False, False, True]
    assert "we promised: δείγματα" in dialog.lines.buttons[0].accessibleName()


def test_ticked_visits_follow_each_other_and_are_planned_as_one_step(
    dialog: VisitPlanDialog, context: Context, desk: Desk, qtbot: QtBot
) -> None:
    before = len(desk.query(open_tasks))
    assert not dialog.save_button.isEnabled()
    for place in (0, 1):
        press(dialog.lines.buttons[place], Qt.Key.Key_Space)
    assert "10:30" in dialog.lines.buttons[1].accessibleName()
    dialog.start.setText("08:00")
    dialog.minutes.setText("60")
    dialog.between.setText("30")
    press(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    made = [one for one in desk.query(open_tasks) if one.kind is InteractionKind.VISIT]
    assert [(one.due_on, one.due_time, one.minutes) for one in made] == [
        (dt.date(2026, 11, 19), dt.time(8), 60),
        (dt.date(2026, 11, 19), dt.time(9, 30), 60),
    ]
    assert dialog.lines.chosen() == []
    assert "planned 08:00" in dialog.lines.buttons[0].accessibleName()
    assert not dialog.lines.buttons[0].isEnabled()
    context.runner.undo()
    assert len(desk.query(open_tasks)) == before


def test_an_unknown_city_is_said_and_the_list_is_empty(
    dialog: VisitPlanDialog, qtbot: QtBot
) -> None:
    dialog.area.setEditText("Σπάρτη")
    dialog.load()
    assert "No active client" in dialog.trouble.text()
    assert names(dialog) == []
    assert not dialog.print.isEnabled()


def test_the_sheet_has_what_is_ticked_in_its_order(
    dialog: VisitPlanDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "πλάνο.pdf"
    monkeypatch.setattr(dialog.out, "ask_where", lambda: dialog.out.write_pdf(str(file)))
    press(dialog.lines.buttons[1], Qt.Key.Key_Space)
    dialog.export()
    assert file.read_bytes().startswith(b"%PDF")
    document = dialog.out._document
    assert document is not None
    text = document.toPlainText()
    assert "Άλφα" in text
    assert "09:30" in text
    assert "Βήτα" not in text
    assert "26221 Πάτρα" in text


@pytest.mark.parametrize("language", ["el", "en"])
def test_nothing_is_cut_and_everything_has_a_name(
    dialog: VisitPlanDialog, context: Context, language: str
) -> None:
    context.languages.speak(language)
    for _ in range(3):
        QApplication.processEvents()
    assert_no_overlap_or_cut(dialog)
    assert_accessible(dialog)
