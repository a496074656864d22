"""Tasks that come again: a series with a rule, its occurrences being tasks.

Occurrences are made about 400 days ahead by the command that begins or changes a series, and by
those that complete, move or trash one of them: what is gone makes room for what follows. Nothing
writes in the background, and undo takes the new ones back with the step.

An occurrence keeps the rule's day in ``series_on``. Where ``due_on`` is another day than the rule
and the calendar give, it was moved by hand and stays there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Unpack

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import HolidayShift, TaskState
from acctdesk.models import Client, Task, TaskSeries
from acctdesk.models.base import utc_now
from acctdesk.periods import WorkingDays
from acctdesk.services import checks
from acctdesk.services.days import own_calendar
from acctdesk.services.recurrence import (
    Occurrence,
    check_rule,
    continued,
    ended,
    next_occurrences,
    occurrences,
    place,
    rule_days,
)
from acctdesk.services.task_fields import TaskFields, checked_task

AHEAD = dt.timedelta(days=400)
MOST = 300  # open occurrences of one series
LEAST = 2
_DAY = dt.timedelta(days=1)
_OF_SERIES = ("title", "notes", "kind", "due_time", "minutes")  # fields that a series has too


class Scope(StrEnum):
    """What a change of one occurrence is meant for."""

    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """By which rule a task comes again."""

    id: int
    rule: str
    starts_on: dt.date
    shift: HolidayShift
    client_id: int | None
    title: str
    active: bool


def get_series(session: Session, *, series_id: int) -> SeriesRow | None:
    """Return a series, None where it is gone."""
    series = session.get(TaskSeries, series_id)
    if series is None or series.deleted_at is not None:
        return None
    return SeriesRow(
        series.id,
        series.rule,
        series.starts_on,
        HolidayShift(series.shift),
        series.client_id,
        series.title,
        series.active,
    )


def add_series(
    session: Session,
    *,
    rule: str,
    starts_on: dt.date,
    today: dt.date,
    shift: HolidayShift = HolidayShift.NEXT,
    client_id: int | None = None,
    **fields: Unpack[TaskFields],
) -> int:
    """Begin a series and make its occurrences; return its id.

    Raises:
        UserError: the rule is none, or gives no day.
    """
    if client_id is not None:
        checks.live(session, Client, client_id)
    values = checked_task({"title": "", **fields})
    series = _new_series(session, values, rule, starts_on, shift, client_id)
    first = checks.day(starts_on)
    assert first is not None
    _make(session, series, after=first - _DAY, on=max(today, first), like=values)
    return series.id


def repeat_task(
    session: Session,
    *,
    task_id: int,
    rule: str,
    today: dt.date,
    shift: HolidayShift = HolidayShift.NEXT,
    expected_version: int | None = None,
    **fields: Unpack[TaskFields],
) -> int:
    """Let a task come again from its day on: it becomes the first time; return the series' id.

    Its fields can be changed on the way.

    Raises:
        ConflictError: the task changed since ``expected_version``.
        UserError: it has no day, it comes again already, or the rule gives no day.
    """
    task = checks.live(session, Task, task_id)
    values = checked_task(fields)
    checks.expect_version(task, expected_version, values)
    checks.assign(task, values)
    if task.due_on is None or task.series_id is not None:
        raise UserError(msg("Series", "A task comes again from its day on. Give it a day first."))
    series = _new_series(session, _fields_of(task), rule, task.due_on, shift, task.client_id)
    calendar = own_calendar(session)
    first = next_occurrences(
        series.rule, series.starts_on, 1, shift=shift, calendar=calendar, after=task.due_on - _DAY
    )
    if first:
        task.series_id, task.series_on = series.id, first[0].series_on
        task.due_on = first[0].due_on
    session.flush()
    after = task.series_on or task.due_on
    _make(session, series, after=after, on=max(today, after), like=_fields_of(task))
    return series.id


def change_series(
    session: Session,
    *,
    task_id: int,
    scope: Scope,
    today: dt.date,
    expected_version: int | None = None,
    rule: str | None = None,
    shift: HolidayShift | None = None,
    **fields: Unpack[TaskFields],
) -> None:
    """Change the occurrences from one on, or all that are open; ``due_on`` is for this one alone.

    What was done is not touched. An occurrence that was moved by hand stays on its day unless the
    rule itself changes, and a field in which one differs from its series stays as it is.

    Raises:
        ConflictError: the task changed since ``expected_version``.
        UserError: it is no occurrence, or the new rule gives no day.
    """
    task, series = _occurrence(session, task_id)
    values = checked_task(fields)
    checks.expect_version(task, expected_version, values)
    here = task.series_on
    assert here is not None
    own_day = values.pop("due_on", task.due_on)
    moved_by_hand = own_day != task.due_on
    if scope is Scope.FOLLOWING and here > series.starts_on:
        series = _split(session, series, here)
    begins = here if scope is Scope.FOLLOWING else min(here, today)
    _change_fields(session, series, task, values, begins)
    new_rule = series.rule if rule is None else check_rule(rule, series.starts_on)
    new_shift = HolidayShift(series.shift) if shift is None else shift
    if new_rule != series.rule or new_shift != series.shift:
        _change_rule(session, series, new_rule, new_shift, begins, today)
    if moved_by_hand and task.deleted_at is None:
        task.due_on = own_day


def trash_occurrences(session: Session, *, task_id: int) -> int:
    """Move an occurrence and all open later ones to the trash; the series ends before it.

    Returns how many went.
    """
    task, series = _occurrence(session, task_id)
    assert task.series_on is not None
    gone = [
        one
        for one in _live(session, series.id)
        if one.state == TaskState.OPEN.value and _rule_day(one) >= task.series_on
    ]
    now = utc_now()
    for one in gone:
        one.deleted_at = now
    _end(series, task.series_on)
    return len(gone)


def stop_series(session: Session, *, task_id: int) -> None:
    """Let a task come no more: its later occurrences go, it stays as a task of its own."""
    task, _ = _occurrence(session, task_id)
    trash_occurrences(session, task_id=task_id)
    task.deleted_at, task.series_id, task.series_on = None, None, None


def follow(session: Session, task: Task, *, on: dt.date) -> None:
    """Make what comes next where a task that was done, moved or trashed is an occurrence.

    Days that have passed without one, because nobody ticked for more than a year, stay without.
    """
    if task.series_id is None:
        return
    series = session.get(TaskSeries, task.series_id)
    if series is None or not series.active or series.deleted_at is not None:
        return
    session.flush()
    after = max(series.made_until or series.starts_on - _DAY, on - _DAY)
    _make(session, series, after=after, on=on, like=_fields_of(task))


def shift_all(session: Session, before: WorkingDays, after: WorkingDays) -> None:
    """Put open occurrences where a changed calendar has them, unless they were moved by hand."""
    query = select(TaskSeries).where(  # also one that has ended may have open ones
        TaskSeries.deleted_at.is_(None), TaskSeries.shift != HolidayShift.STAY
    )
    for series in session.scalars(query).all():
        _shift(session, series, before, after)


def shown_once() -> ColumnElement[bool]:
    """Tell of a task whether a list shows it: of what comes again the next open time alone."""
    earlier = aliased(Task)
    later = exists().where(
        earlier.series_id == Task.series_id,
        earlier.series_on < Task.series_on,
        earlier.deleted_at.is_(None),
        earlier.state == TaskState.OPEN.value,
    )
    return or_(Task.series_id.is_(None), Task.state != TaskState.OPEN.value, ~later)


# -- the parts -------------------------------------------------------------------------------------


def _occurrence(session: Session, task_id: int) -> tuple[Task, TaskSeries]:
    task = checks.live(session, Task, task_id)
    if task.series_id is None or task.series_on is None:
        raise UserError(msg("Series", "This task does not come again."))
    return task, checks.live(session, TaskSeries, task.series_id)


def _rule_day(task: Task) -> dt.date:
    assert task.series_on is not None
    return task.series_on


def _fields_of(task: Task) -> dict[str, Any]:
    return {field: getattr(task, field) for field in (*_OF_SERIES, "place", "deadline")}


def _live(session: Session, series_id: int) -> list[Task]:
    query = select(Task).where(Task.series_id == series_id, Task.deleted_at.is_(None))
    return list(session.scalars(query.order_by(Task.series_on)))


def _new_series(
    session: Session,
    values: dict[str, Any],
    rule: str,
    starts_on: dt.date,
    shift: HolidayShift,
    client_id: int | None,
) -> TaskSeries:
    series = TaskSeries(
        client_id=client_id,
        rule=check_rule(rule, starts_on),
        starts_on=starts_on,
        shift=shift.value,
        **{field: values.get(field) for field in _OF_SERIES},
    )
    session.add(series)
    session.flush()
    return series


def _make(
    session: Session,
    series: TaskSeries,
    *,
    after: dt.date,
    on: dt.date,
    like: dict[str, Any],
    without: Collection[dt.date] = (),
) -> None:
    """Make occurrences of rule days later than ``after``: 400 days ahead of ``on``, two at least.

    ``like`` gives the fields that only tasks have, ``without`` names days that stay without one.
    """
    calendar, shift = own_calendar(session), HolidayShift(series.shift)
    rows = _live(session, series.id)
    held = {_rule_day(one) for one in rows}
    waiting = sum(one.state == TaskState.OPEN.value for one in rows)
    found = occurrences(
        series.rule,
        series.starts_on,
        shift=shift,
        calendar=calendar,
        after=after,
        until=on + AHEAD,
    )
    wanted = [one for one in found if one.series_on not in held and one.series_on not in without]
    made_until = max(after, on + AHEAD)
    if waiting + len(wanted) > MOST:
        wanted = wanted[: max(0, MOST - waiting)]
        made_until = wanted[-1].series_on if wanted else after
    elif waiting + len(wanted) < LEAST:
        later = next_occurrences(
            series.rule,
            series.starts_on,
            LEAST - waiting - len(wanted),
            shift=shift,
            calendar=calendar,
            after=made_until,
        )
        wanted += later
        made_until = later[-1].series_on if later else made_until
    for one in wanted:
        session.add(_task(series, one, like))
    series.made_until = made_until
    session.flush()


def _task(series: TaskSeries, one: Occurrence, like: dict[str, Any]) -> Task:
    values = {field: getattr(series, field) for field in _OF_SERIES}
    return Task(
        **values,
        place=like.get("place"),
        deadline=bool(like.get("deadline")),
        client_id=series.client_id,
        due_on=one.due_on,
        series_id=series.id,
        series_on=one.series_on,
        state=TaskState.OPEN.value,
    )


def _split(session: Session, series: TaskSeries, here: dt.date) -> TaskSeries:
    """Return a series of its own for what comes from a day on; the old one ends before it."""
    values = {field: getattr(series, field) for field in _OF_SERIES}
    rule = continued(series.rule, series.starts_on, here)
    shift = HolidayShift(series.shift)
    later = _new_series(session, values, rule, here, shift, series.client_id)
    later.made_until = series.made_until
    for one in _live(session, series.id):
        if one.state == TaskState.OPEN.value and _rule_day(one) >= here:
            one.series_id = later.id
    _end(series, here)
    session.flush()
    return later


def _end(series: TaskSeries, here: dt.date) -> None:
    series.rule = ended(series.rule, series.starts_on, here)
    series.made_until = here - _DAY
    series.active = False


def _change_fields(
    session: Session, series: TaskSeries, task: Task, values: dict[str, Any], begins: dt.date
) -> None:
    before = {field: getattr(series if field in _OF_SERIES else task, field) for field in values}
    for one in _live(session, series.id):
        if one.state != TaskState.OPEN.value or _rule_day(one) < begins:
            continue
        same = {
            field: value
            for field, value in values.items()
            if one is task or getattr(one, field) == before[field]
        }
        checks.assign(one, same)
    checks.assign(series, {key: value for key, value in values.items() if key in _OF_SERIES})


def _change_rule(
    session: Session,
    series: TaskSeries,
    rule: str,
    shift: HolidayShift,
    begins: dt.date,
    today: dt.date,
) -> None:
    """Keep the open occurrences whose day the new rule gives too, trash the others, make the rest.

    A day whose occurrence was trashed before stays without one.
    """
    calendar = own_calendar(session)
    rows, made_until = _live(session, series.id), series.made_until or begins
    like = _fields_of(rows[-1]) if rows else {}
    held = {_rule_day(one) for one in rows}
    old_days = rule_days(series.rule, series.starts_on, after=begins - _DAY, until=made_until)
    trashed = set(old_days) - held
    where = {one.id: _place(series, _rule_day(one), calendar) for one in rows}
    same_rule = rule == series.rule
    series.rule, series.shift = rule, shift.value
    until = max([made_until, today + AHEAD, *held])
    new = {
        one.series_on: one.due_on
        for one in occurrences(
            rule,
            series.starts_on,
            shift=shift,
            calendar=calendar,
            after=begins - _DAY,
            until=until,
        )
    }
    now = utc_now()
    for one in rows:
        day = _rule_day(one)
        if one.state != TaskState.OPEN.value or day < begins:
            continue
        by_hand = one.due_on != where[one.id]
        if day not in new and not (same_rule and by_hand):
            one.deleted_at = now
            held.discard(day)
        elif not (same_rule and by_hand):
            one.due_on = new[day]
    session.flush()
    _make(session, series, after=begins - _DAY, on=max(today, begins), like=like,
          without=trashed)  # fmt: skip


def _place(series: TaskSeries, day: dt.date, calendar: WorkingDays) -> dt.date:
    shift = HolidayShift(series.shift)
    return place(series.rule, series.starts_on, day, shift=shift, calendar=calendar)


def _shift(session: Session, series: TaskSeries, before: WorkingDays, after: WorkingDays) -> None:
    rows = [one for one in _live(session, series.id) if one.state == TaskState.OPEN.value]
    taken = {
        _rule_day(one) for one in rows if _place(series, _rule_day(one), after) == one.series_on
    }
    for one in rows:
        day = _rule_day(one)
        old, new = _place(series, day, before), _place(series, day, after)
        if one.due_on != old or new == old:
            continue
        if new != day and new in taken:
            one.deleted_at = utc_now()  # the series stands there already
        else:
            one.due_on = new
            taken.add(new)
