"""Action plans by hand: started from a checklist, moved with a preview, and own checklists."""

from __future__ import annotations

import datetime as dt

import pytest

pytest.importorskip("PySide6")

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.plans import checklists, plans_of, start_plan
from acctdesk.services.tasks import complete_task, open_tasks
from acctdesk.ui.context import Context
from acctdesk.ui.dialogs.checklists import DAYS, ChecklistDialog
from acctdesk.ui.dialogs.plans import PlanDialog, PlansDialog
from acctdesk.ui.dialogs.task_form import TaskForm
from tests.ui.geometry import assert_no_overlap_or_cut
from tests.ui.test_record_dialogs import own
from tests.ui.world import STEP, TODAY, type_text

ANCHOR = dt.date(2026, 12, 1)


@pytest.fixture
def client(desk: Desk) -> int:
    """Give a client."""
    made: int = desk.perform(STEP, create_client, name="Παπαδόπουλος Α.Ε.").value
    return made


def started(desk: Desk, client: int) -> int:
    """Start the renewal of a contract; return the plan's id."""
    renewal = desk.query(checklists)[1]
    plan: int = desk.perform(
        STEP,
        start_plan,
        title="Renewal",
        steps=renewal.steps,
        anchor_on=ANCHOR,
        client_id=client,
    ).value
    return plan


def test_a_plan_is_started_with_its_days_before_the_eyes(
    context: Context, desk: Desk, client: int, qtbot: QtBot
) -> None:
    dialog = PlansDialog(context, None, client=(client, "Παπαδόπουλος Α.Ε."))  # type: ignore[arg-type]
    own(qtbot, dialog)
    dialog.open()
    dialog.begin()
    assert "from which day" in dialog.trouble.text()
    type_text(dialog.anchor.field, "1/12")
    QApplication.processEvents()
    assert dialog.steps.item(0).text().startswith("Wed 2/12 · Welcome call")
    assert_no_overlap_or_cut(dialog)
    dialog.begin()
    (plan,) = desk.query(plans_of, client_id=client)
    assert (plan.title, plan.anchor_on) == ("New client: the first 90 days", ANCHOR)
    assert len(desk.query(open_tasks)) == plan.steps == 7


def test_another_anchor_date_is_previewed_done_and_taken_back(
    context: Context, desk: Desk, client: int, qtbot: QtBot
) -> None:
    started(desk, client)
    first = desk.query(open_tasks)[0]
    desk.perform(STEP, complete_task, task_id=first.id, on=TODAY)
    before = [one.due_on for one in desk.query(open_tasks)]
    (plan,) = desk.query(plans_of, client_id=client)
    dialog = PlanDialog(context, None, plan)  # type: ignore[arg-type]
    own(qtbot, dialog)
    dialog.open()
    assert not dialog.move_button.isEnabled()  # nothing would move
    type_text(dialog.anchor.field, "8/12")
    assert dialog.moves.item(0).text().startswith("Done Thu 12/11, stays · ")
    assert dialog.moves.item(6).text().startswith("Thu 3/12 → Thu 10/12 · ")
    QApplication.processEvents()
    assert_no_overlap_or_cut(dialog)
    assert [one.due_on for one in desk.query(open_tasks)] == before
    dialog.move_steps()
    week = dt.timedelta(days=7)
    assert [one.due_on for one in desk.query(open_tasks)] == [one + week for one in before if one]
    context.runner.undo()
    assert [one.due_on for one in desk.query(open_tasks)] == before


def test_a_checklist_that_the_program_brings_is_saved_as_an_own_copy(
    context: Context, desk: Desk, qtbot: QtBot
) -> None:
    brought = desk.query(checklists)[0]
    dialog = ChecklistDialog(context, None, chosen=brought)  # type: ignore[arg-type]
    own(qtbot, dialog)
    dialog.open()
    dialog.name.setText("Our own")
    item = dialog.table.item(0, DAYS)
    assert item is not None
    item.setText("soon")
    dialog.save()
    assert "whole number" in dialog.trouble.text()
    item.setText("-3")
    dialog.table.setCurrentCell(6, 0)
    dialog.remove_step()
    QApplication.processEvents()
    assert_no_overlap_or_cut(dialog)
    dialog.save()
    saved = desk.query(checklists)[0]
    assert (saved.name, saved.steps[0].offset, len(saved.steps)) == ("Our own", -3, 6)
    assert len(desk.query(checklists)) == 4


def test_a_step_leads_to_its_plan(context: Context, desk: Desk, client: int, qtbot: QtBot) -> None:
    started(desk, client)
    step = desk.query(open_tasks)[0]
    form = TaskForm(context, None, task=step)
    own(qtbot, form)
    form.open()
    assert form.plan.isVisibleTo(form)
    form.plan.click()
    opened = form.findChild(PlanDialog)
    assert opened is not None
    assert opened.moves.count() == 7
