"""Tasks that come again: made ahead, changed one or all, and never twice on one day of the rule."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.errors import ConflictError, UserError
from acctdesk.i18n import msg
from acctdesk.kinds import HolidayShift, TaskState
from acctdesk.models import Base, DayOff, Task, TaskSeries
from acctdesk.periods import WorkingDays
from acctdesk.services.clients import create_client
from acctdesk.services.days import own_calendar
from acctdesk.services.days_off import add_days_off, days_off, remove_days_off
from acctdesk.services.desk import Desk
from acctdesk.services.recurrence import names_weekdays, place
from acctdesk.services.rows import TaskRow
from acctdesk.services.search import find
from acctdesk.services.series import (
    MOST,
    Scope,
    add_series,
    change_series,
    get_series,
    repeat_task,
    stop_series,
    trash_occurrences,
)
from acctdesk.services.tasks import (
    add_task,
    complete_task,
    get_task,
    move_task,
    open_tasks,
    trash_task,
    update_task,
)
from acctdesk.services.timeline import timeline, timeline_counts
from tests.services.conftest import Do

TODAY = dt.date(2026, 3, 2)  # a Monday
MONDAYS, FRIDAYS = "FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=FR"
FIRST_MONDAY = "FREQ=MONTHLY;BYDAY=+1MO"


def _due(desk: Desk, count: int | None = None) -> list[str]:
    rows = desk.query(open_tasks, every_time=True)
    return [one.due_on.isoformat() for one in rows if one.due_on][:count]


def _shown(desk: Desk) -> list[TaskRow]:
    """Return the open tasks; undo raises the version that it has restored."""
    return [replace(one, version=0) for one in desk.query(open_tasks, every_time=True)]


def _id(desk: Desk, series_on: str) -> int:
    rows = desk.query(open_tasks, every_time=True)
    day = dt.date.fromisoformat(series_on)
    return next(one.id for one in rows if one.series_on == day)


def _series(do: Do, rule: str = FRIDAYS, *, on: dt.date = TODAY, **more: Any) -> int:
    found: int = do(add_series, title="Visit", rule=rule, starts_on=on, today=on, **more)
    return found


def test_the_first_monday_of_the_month_moves_off_clean_monday(do: Do, desk: Desk) -> None:
    _series(do, FIRST_MONDAY, on=dt.date(2025, 2, 20))
    assert _due(desk, 3) == ["2025-03-04", "2025-04-07", "2025-05-05"]
    assert desk.query(open_tasks, every_time=True)[0].series_on == dt.date(2025, 3, 3)


def test_a_series_is_made_a_year_ahead_and_tops_itself_up(do: Do, desk: Desk) -> None:
    _series(do)
    first = _shown(desk)
    assert len(first) == 57
    do(complete_task, task_id=first[0].id, on=dt.date(2026, 3, 6))
    assert _due(desk)[-1] > first[-1].due_on.isoformat()  # type: ignore[union-attr]
    desk.undo()
    assert _shown(desk) == first


def test_the_list_of_tasks_shows_the_next_time_alone(do: Do, desk: Desk) -> None:
    _series(do)
    assert [one.due_on for one in desk.query(open_tasks)] == [dt.date(2026, 3, 6)]
    do(complete_task, task_id=_id(desk, "2026-03-06"), on=TODAY)
    assert [one.due_on for one in desk.query(open_tasks)] == [dt.date(2026, 3, 13)]


def test_a_rare_one_always_has_its_next_two(do: Do, desk: Desk) -> None:
    _series(do, "FREQ=YEARLY;INTERVAL=2;BYMONTH=6;BYMONTHDAY=15")
    assert _due(desk) == ["2026-06-15", "2028-06-15"]
    do(trash_task, task_id=_id(desk, "2026-06-15"))
    assert _due(desk) == ["2028-06-15", "2030-06-18"]  # after Whit Monday


def test_what_nobody_ticked_for_years_does_not_grow_overdue(do: Do, desk: Desk) -> None:
    _series(do)
    later = dt.date(2028, 3, 6)
    do(complete_task, task_id=_id(desk, "2026-03-06"), on=later)
    due = [dt.date.fromisoformat(one) for one in _due(desk)]
    assert max(one for one in due if one < later) < dt.date(2027, 5, 1)
    assert min(one for one in due if one >= later) == dt.date(2028, 3, 10)


def test_a_daily_one_has_its_bounds(do: Do, desk: Desk) -> None:
    _series(do, "FREQ=DAILY", shift=HolidayShift.STAY)
    assert len(_due(desk)) == MOST
    do(move_task, task_id=_id(desk, "2026-03-03"), due_on=dt.date(2026, 3, 5))
    assert len(_due(desk)) == MOST


def test_a_series_with_an_end_ends(do: Do, desk: Desk) -> None:
    _series(do, "FREQ=WEEKLY;COUNT=3;BYDAY=FR")
    assert _due(desk) == ["2026-03-06", "2026-03-13", "2026-03-20"]
    do(complete_task, task_id=_id(desk, "2026-03-06"), on=TODAY)
    assert _due(desk) == ["2026-03-13", "2026-03-20"]


def test_one_is_changed_and_the_others_are_not(do: Do, desk: Desk) -> None:
    _series(do)
    do(update_task, task_id=_id(desk, "2026-03-13"), title="Lunch")
    assert Counter(one.title for one in desk.query(open_tasks, every_time=True)) == {
        "Visit": 56,
        "Lunch": 1,
    }


def test_all_are_changed_but_what_was_moved_by_hand_keeps_its_day(do: Do, desk: Desk) -> None:
    _series(do, due_time=dt.time(10))
    do(complete_task, task_id=_id(desk, "2026-03-06"), on=TODAY)
    moved, own = _id(desk, "2026-03-13"), _id(desk, "2026-03-20")
    do(move_task, task_id=moved, due_on=dt.date(2026, 3, 12), due_time=dt.time(10))
    do(update_task, task_id=own, title="Lunch")
    before = _shown(desk)
    do(
        change_series,
        task_id=_id(desk, "2026-03-27"),
        scope=Scope.ALL,
        today=TODAY,
        title="Call",
        due_time=dt.time(12),
    )
    rows = {one.id: one for one in desk.query(open_tasks, every_time=True)}
    assert (rows[moved].due_on, rows[moved].title) == (dt.date(2026, 3, 12), "Call")
    assert rows[own].title == "Lunch"
    assert {one.due_time for one in rows.values()} == {dt.time(12)}
    desk.undo()
    assert _shown(desk) == before


def test_what_is_done_is_not_touched_by_a_change_of_all(do: Do, desk: Desk) -> None:
    _series(do)
    done = _id(desk, "2026-03-06")
    do(complete_task, task_id=done, on=TODAY)
    before = desk.query(get_task, task_id=done)
    other = _id(desk, "2026-03-13")
    do(change_series, task_id=other, scope=Scope.ALL, today=TODAY, title="Call", rule=MONDAYS)
    do(trash_occurrences, task_id=_id(desk, "2026-03-09"))
    assert desk.query(get_task, task_id=done) == before


def test_this_and_the_following_are_changed_and_the_earlier_are_not(do: Do, desk: Desk) -> None:
    _series(do)
    here = _id(desk, "2026-03-20")
    do(change_series, task_id=here, scope=Scope.FOLLOWING, today=TODAY, title="Call", rule=MONDAYS)
    assert _due(desk, 5) == ["2026-03-06", "2026-03-13", "2026-03-23", "2026-03-30", "2026-04-06"]
    rows = desk.query(open_tasks, every_time=True)
    assert [one.title for one in rows[:3]] == ["Visit", "Visit", "Call"]
    assert len({one.series_id for one in rows}) == 2
    do(complete_task, task_id=_id(desk, "2026-03-06"), on=TODAY)
    assert _due(desk, 2) == ["2026-03-13", "2026-03-23"]  # the first series ended


def test_a_count_goes_on_after_a_split(do: Do, desk: Desk) -> None:
    _series(do, "FREQ=WEEKLY;COUNT=4;BYDAY=FR")
    here = _id(desk, "2026-03-13")
    do(change_series, task_id=here, scope=Scope.FOLLOWING, today=TODAY, title="Call")
    assert _due(desk) == ["2026-03-06", "2026-03-13", "2026-03-20", "2026-03-27"]


def test_a_new_rule_for_all_leaves_those_that_are_overdue(do: Do, desk: Desk) -> None:
    _series(do)
    later = dt.date(2026, 3, 16)
    here = _id(desk, "2026-03-20")
    do(change_series, task_id=here, scope=Scope.ALL, today=later, rule=MONDAYS)
    assert _due(desk, 4) == ["2026-03-06", "2026-03-13", "2026-03-16", "2026-03-23"]


def test_one_that_was_trashed_does_not_come_back_with_another_end(do: Do, desk: Desk) -> None:
    _series(do)
    do(trash_task, task_id=_id(desk, "2026-03-13"))
    do(
        change_series,
        task_id=_id(desk, "2026-03-06"),
        scope=Scope.ALL,
        today=TODAY,
        rule="FREQ=WEEKLY;BYDAY=FR;UNTIL=20260401",
    )
    assert _due(desk) == ["2026-03-06", "2026-03-20", "2026-03-27"]


def test_holy_week_can_be_taken_before_instead(do: Do, desk: Desk) -> None:
    _series(do)
    assert "2026-04-14" in _due(desk)
    here = _id(desk, "2026-03-06")
    do(change_series, task_id=here, scope=Scope.ALL, today=TODAY, shift=HolidayShift.PREVIOUS)
    due = _due(desk)
    assert "2026-04-09" in due
    assert "2026-04-30" in due
    assert "2026-04-14" not in due


def test_from_one_on_all_are_trashed_and_undo_brings_them_back(do: Do, desk: Desk) -> None:
    series = _series(do)
    before = _shown(desk)
    assert do(trash_occurrences, task_id=_id(desk, "2026-03-13")) == 56
    assert _due(desk) == ["2026-03-06"]
    row = desk.query(get_series, series_id=series)
    assert row is not None
    assert not row.active
    desk.undo()
    assert _shown(desk) == before


def test_a_task_begins_to_come_again_and_stops(do: Do, desk: Desk) -> None:
    task = do(add_task, title="Visit", due_on=dt.date(2026, 3, 6), minutes=45, place="Patra")
    do(repeat_task, task_id=task, rule=FRIDAYS, today=TODAY)
    rows = desk.query(open_tasks, every_time=True)
    assert rows[0].id == task
    assert {(one.minutes, one.place) for one in rows} == {(45, "Patra")}
    do(stop_series, task_id=rows[1].id)
    left = desk.query(open_tasks, every_time=True)
    assert [one.due_on for one in left] == [dt.date(2026, 3, 6), dt.date(2026, 3, 13)]
    assert left[1].series_id is None


def test_what_cannot_come_again_is_refused(do: Do) -> None:
    task = do(add_task, title="Visit")
    with pytest.raises(UserError, match="day"):
        do(repeat_task, task_id=task, rule=FRIDAYS, today=TODAY)
    with pytest.raises(UserError, match="does not come again"):
        do(trash_occurrences, task_id=task)
    with pytest.raises(UserError, match="no rule"):
        do(add_series, title="Visit", rule="often", starts_on=TODAY, today=TODAY)


def test_a_change_of_all_does_not_overwrite_what_changed_meanwhile(do: Do, desk: Desk) -> None:
    _series(do)
    row = desk.query(open_tasks, every_time=True)[0]
    do(update_task, task_id=row.id, title="Lunch")
    with pytest.raises(ConflictError):
        do(
            change_series,
            task_id=row.id,
            scope=Scope.ALL,
            today=TODAY,
            expected_version=row.version,
            title="Call",
        )


def test_days_off_move_what_comes_again_and_their_removal_moves_it_back(do: Do, desk: Desk) -> None:
    _series(do)
    by_hand = _id(desk, "2026-03-13")
    do(move_task, task_id=by_hand, due_on=dt.date(2026, 3, 16))
    before = _due(desk)
    leave = do(
        add_days_off, starts_on=dt.date(2026, 3, 16), ends_on=dt.date(2026, 3, 22), name="Leave"
    )
    assert _due(desk, 4) == ["2026-03-06", "2026-03-16", "2026-03-23", "2026-03-27"]
    do(remove_days_off, day_off_id=leave)
    assert _due(desk) == before


# -- whatever is done to a series ------------------------------------------------------------------


RULES = (MONDAYS, FRIDAYS, FIRST_MONDAY, "FREQ=DAILY;INTERVAL=3", "FREQ=MONTHLY;BYMONTHDAY=15",
         "FREQ=WEEKLY;COUNT=6;BYDAY=TU,SA")  # fmt: skip
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ("done", "trash", "move", "title", "all", "following", "rule", "rest", "leave", "work")
        ),
        st.integers(0, 8),
        st.sampled_from(RULES),
    ),
    max_size=6,
)


def _image(session: Session) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for model in (Task, TaskSeries, DayOff):
        table = Base.metadata.tables[model.__tablename__]
        columns = [one for one in table.c if one.name not in {"version", "updated_at"}]
        query = select(*columns).where(table.c.deleted_at.is_(None)).order_by(table.c.id)
        found += map(tuple, session.execute(query))
    return found


def _act(desk: Desk, act: str, place: int, rule: str) -> None:
    def do(command: Any, **args: Any) -> None:
        desk.perform(msg("Test", "Step"), command, **args)

    if act == "leave":
        day = TODAY + dt.timedelta(days=place)
        do(add_days_off, starts_on=day, ends_on=day + dt.timedelta(days=4), name="Leave")
        return
    if act == "work":
        for one in desk.query(days_off)[:1]:
            do(remove_days_off, day_off_id=one.id)
        return
    rows = [one for one in desk.query(open_tasks, every_time=True) if one.series_id is not None]
    if not rows:
        return
    task = rows[min(place, len(rows) - 1)]
    assert task.due_on is not None
    match act:
        case "done":
            do(complete_task, task_id=task.id, on=TODAY)
        case "trash":
            do(trash_task, task_id=task.id)
        case "move":
            do(move_task, task_id=task.id, due_on=task.due_on + dt.timedelta(days=1))
        case "title":
            do(update_task, task_id=task.id, title=f"Own {place}")
        case "all":
            do(change_series, task_id=task.id, scope=Scope.ALL, today=TODAY, title=f"All {place}")
        case "following":
            do(
                change_series,
                task_id=task.id,
                scope=Scope.FOLLOWING,
                today=TODAY,
                minutes=place * 15,
            )
        case "rule":
            scope = Scope.ALL if place % 2 else Scope.FOLLOWING
            do(change_series, task_id=task.id, scope=scope, today=TODAY, rule=rule)
        case "rest":
            do(trash_occurrences, task_id=task.id)


def _sound(session: Session, moved: bool) -> None:
    tasks = session.scalars(
        select(Task).where(Task.deleted_at.is_(None), Task.series_id.is_not(None))
    ).all()
    twice = Counter((one.series_id, one.series_on) for one in tasks)
    assert not twice or max(twice.values()) == 1
    calendar: WorkingDays = own_calendar(session)
    for one in tasks:
        if one.state != TaskState.OPEN.value or moved:
            continue
        series = session.get_one(TaskSeries, one.series_id)
        assert one.series_on is not None
        assert one.due_on is not None
        shift = HolidayShift(series.shift)
        wanted = place(series.rule, series.starts_on, one.series_on, shift=shift, calendar=calendar)
        assert one.due_on == wanted
        if shift is not HolidayShift.STAY and not names_weekdays(series.rule, series.starts_on):
            assert calendar.is_working(one.due_on)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink one would take minutes
)
@given(st.sampled_from(RULES), st.sampled_from(HolidayShift), ACTS)
def test_whatever_is_done_a_series_stays_sound_and_undo_restores_it(
    desk: Desk, rule: str, shift: HolidayShift, acts: list[tuple[str, int, str]]
) -> None:
    start = desk.query(_image)
    desk.perform(
        msg("Test", "Step"),
        add_series,
        title="Visit",
        rule=rule,
        starts_on=TODAY,
        today=TODAY,
        shift=shift,
    )
    images = [start, desk.query(_image)]
    done: dict[int, Any] = {}
    for act, number, other in acts:
        _act(desk, act, number, other)
        image = desk.query(_image)
        if image != images[-1]:
            images.append(image)
        desk.query(_sound, any(one[0] == "move" for one in acts))
        for task_id, row in done.items():
            assert desk.query(get_task, task_id=task_id) == row
        for task_id in desk.query(_done_ids):
            done.setdefault(task_id, desk.query(get_task, task_id=task_id))
    for image in reversed(images[:-1]):
        desk.undo()
        assert desk.query(_image) == image


def _done_ids(session: Session) -> list[int]:
    query = select(Task.id).where(Task.state == TaskState.DONE.value, Task.deleted_at.is_(None))
    return list(session.scalars(query))


def test_search_and_timeline_show_the_next_time_alone(do: Do, desk: Desk) -> None:
    client = do(create_client, name="Παπαδόπουλος Α.Ε.")
    _series(do, client_id=client)
    do(complete_task, task_id=_id(desk, "2026-03-06"), on=TODAY)
    found = desk.query(find, text="visit")
    assert len(found) == 2  # the one that is done, and the next
    lines = desk.query(timeline, client_id=client, today=TODAY, limit=50)
    assert len(lines) == 2
    assert desk.query(timeline_counts, client_id=client)["task"] == 2
