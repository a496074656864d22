"""Checklists and action plans: open steps follow the anchor date, and what is done stays."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acctdesk import i18n
from acctdesk.errors import UserError
from acctdesk.periods import WorkingDays
from acctdesk.services.calendar import DeadlineKind, deadlines
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.plans import (
    Step,
    brought,
    checklists,
    move_anchor,
    plans_of,
    preview_move,
    save_checklist,
    start_plan,
    step_day,
    trash_checklist,
    trash_plan,
)
from acctdesk.services.tasks import complete_task, get_task, move_task, open_tasks
from tests.services.conftest import Do

ANCHOR = dt.date(2026, 4, 8)
STEPS = (Step("Prepare", -2), Step("Meet", 0), Step("Offer", 5), Step("Review", 30, working=False))


def _days(desk: Desk) -> dict[str, str]:
    return {one.title: one.due_on.isoformat() for one in desk.query(open_tasks) if one.due_on}


@pytest.fixture
def plan(do: Do) -> int:
    """Give a plan around Wednesday of Holy Week 2026."""
    client = do(create_client, name="Παπαδόπουλος Α.Ε.")
    started: int = do(start_plan, title="Renewal", steps=STEPS, anchor_on=ANCHOR, client_id=client)
    return started


def test_steps_become_tasks_in_working_days_over_easter(plan: int, desk: Desk) -> None:
    assert plan
    assert _days(desk) == {
        "Prepare": "2026-04-06", "Meet": "2026-04-08", "Offer": "2026-04-17",
        "Review": "2026-05-08",
    }  # fmt: skip
    kinds = {one.kind for one in desk.query(deadlines, today=ANCHOR)}
    assert kinds == {DeadlineKind.PLAN_STEP}


def test_another_anchor_moves_open_steps_only_and_shows_them_first(
    do: Do, plan: int, desk: Desk
) -> None:
    done = next(one.id for one in desk.query(open_tasks) if one.title == "Prepare")
    do(complete_task, task_id=done, on=dt.date(2026, 4, 6))
    before = desk.query(get_task, task_id=done)
    later = dt.date(2026, 4, 20)
    shown = desk.query(preview_move, plan_id=plan, anchor_on=later)
    assert [(one.title, one.stays) for one in shown] == [
        ("Prepare", True), ("Meet", False), ("Offer", False), ("Review", False)
    ]  # fmt: skip
    assert shown[0].done_on == dt.date(2026, 4, 6)
    image = {one.id: one for one in desk.query(open_tasks)}
    assert do(move_anchor, plan_id=plan, anchor_on=later) == 3
    assert [one.after for one in shown[1:]] == [
        dt.date.fromisoformat(day) for day in _days(desk).values()
    ]
    assert desk.query(get_task, task_id=done) == before
    desk.undo()
    for one in desk.query(open_tasks):
        assert replace(one, version=0) == replace(image[one.id], version=0)


def test_a_step_moved_by_hand_follows_again(do: Do, plan: int, desk: Desk) -> None:
    meet = next(one.id for one in desk.query(open_tasks) if one.title == "Meet")
    do(move_task, task_id=meet, due_on=dt.date(2026, 4, 30))
    do(move_anchor, plan_id=plan, anchor_on=dt.date(2026, 4, 9))
    assert _days(desk)["Meet"] == "2026-04-09"


def test_a_plan_goes_and_what_is_done_stays(do: Do, plan: int, desk: Desk) -> None:
    done = next(one for one in desk.query(open_tasks) if one.title == "Prepare")
    do(complete_task, task_id=done.id, on=ANCHOR)
    (row,) = desk.query(plans_of, client_id=done.client_id)
    assert (row.title, row.done, row.steps) == ("Renewal", 1, 4)
    do(trash_plan, plan_id=plan)
    assert desk.query(plans_of, client_id=done.client_id) == []
    assert desk.query(open_tasks) == []
    assert desk.query(get_task, task_id=done.id) is not None


def test_the_program_brings_checklists_in_both_languages(desk: Desk) -> None:
    english = desk.query(checklists)
    i18n.set_language("el")
    greek = desk.query(checklists)
    assert len(english) == len(greek) == 3
    for one, other in zip(english, greek, strict=True):
        assert one.name != other.name
        assert [step.offset for step in one.steps] == [step.offset for step in other.steps]
        assert not {step.title for step in one.steps} & {step.title for step in other.steps}


def test_own_checklists_come_first_and_are_changed(do: Do, desk: Desk) -> None:
    own = do(save_checklist, checklist_id=None, name="Visit", steps=STEPS)
    assert desk.query(checklists)[0].steps == STEPS
    do(save_checklist, checklist_id=own, name="Long visit", steps=STEPS[:2])
    assert desk.query(checklists)[0].name == "Long visit"
    do(trash_checklist, checklist_id=own)
    assert desk.query(checklists) == brought()


@pytest.mark.parametrize(
    ("name", "steps"),
    [(" ", STEPS), ("Visit", ()), ("Visit", (Step(" ", 1),)), ("Visit", (Step("Far", 9999),))],
)
def test_what_is_no_checklist_is_refused(do: Do, name: str, steps: tuple[Step, ...]) -> None:
    with pytest.raises(UserError):
        do(save_checklist, checklist_id=None, name=name, steps=steps)


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
    st.lists(st.tuples(st.integers(-120, 120), st.booleans()), min_size=2, max_size=6),
)
def test_steps_stand_in_the_order_of_their_distance(
    anchor: dt.date, offsets: list[tuple[int, bool]]
) -> None:
    calendar = WorkingDays()
    for working in (True, False):
        steps = sorted(offset for offset, kind in offsets if kind is working)
        days = [step_day(Step("", one, working), anchor, calendar) for one in steps]
        assert days == sorted(days)
        assert all(calendar.is_working(day) for day, n in zip(days, steps, strict=True)
                   if working and n)  # fmt: skip
