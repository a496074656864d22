"""The demo book's calendar: what comes again, a plan at work, and days off."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from sqlalchemy.orm import Session

from acctdesk.kinds import InteractionKind, Language
from acctdesk.periods import WorkingDays
from acctdesk.services.days_off import add_days_off
from acctdesk.services.demo import Plan, Scene
from acctdesk.services.demo_words import ENGLISH
from acctdesk.services.plans import brought, start_plan
from acctdesk.services.recurrence import Every, Repeat, write_rule
from acctdesk.services.rows import TaskRow
from acctdesk.services.series import add_series
from acctdesk.services.tasks import complete_task, open_tasks

_WEEK = dt.timedelta(days=7)


def fill_time(session: Session, plans: list[Plan], scene: Scene) -> None:
    """Insert days off after New Year, three series, and the plan of a contract's renewal."""
    chance = random.Random(scene.chance.random())  # noqa: S311 - invented data
    today, words = scene.today, scene.words
    days, year = WorkingDays(), scene.today.year + 1
    leave = days.add(dt.date(year, 1, 6), 1)
    add_days_off(session, starts_on=leave, ends_on=days.add(leave, 3), name=words.leave)
    known = [plan for plan in plans if plan.row["active"] and not plan.silent_days] or plans
    first, second, third = (chance.choice(known) for _ in range(3))
    visit, call, report = words.again
    begin = today - today.weekday() * dt.timedelta(days=1) - 4 * _WEEK
    add_series(
        session,
        title=visit,
        rule=write_rule(Repeat(Every.WEEK, interval=2, weekdays=(1,))),
        starts_on=begin,
        today=today,
        client_id=first.client_id,
        kind=InteractionKind.VISIT,
        due_time=dt.time(10, 0),
        minutes=90,
        place=first.row["city"],
    )
    add_series(
        session,
        title=call,
        rule=write_rule(Repeat(Every.WEEK, weekdays=(4,))),
        starts_on=begin,
        today=today,
        client_id=second.client_id,
        kind=InteractionKind.CALL,
        due_time=dt.time(12, 30),
        minutes=30,
    )
    add_series(
        session,
        title=report,
        rule=write_rule(Repeat(Every.MONTH_WEEKDAY, weekdays=(0,), nth=1)),
        starts_on=begin,
        today=today,
        deadline=True,
    )
    for task in open_tasks(session, until=today, limit=10_000, every_time=True):
        if task.series_id is not None:
            _complete_past(session, task, today)
    renewal = brought(Language.EN if words is ENGLISH else Language.EL)[1]
    anchor = days.add(today, 25)
    plan_id = start_plan(
        session,
        title=renewal.name,
        steps=[replace(one, title=chance.choice(words.steps)) for one in renewal.steps],
        anchor_on=anchor,
        client_id=third.client_id,
    )
    for task in open_tasks(session, client_id=third.client_id):
        if task.plan_id == plan_id:
            _complete_past(session, task, today)


def _complete_past(session: Session, task: TaskRow, today: dt.date) -> None:
    if task.due_on is not None and task.due_on < today:
        complete_task(session, task_id=task.id, on=task.due_on)
