"""Checklists, and the action plans made of them: tasks whose days follow an anchor date."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Language, TaskState
from acctdesk.models import ActionPlan, Checklist, Client, Task
from acctdesk.models.base import utc_now
from acctdesk.periods import WorkingDays
from acctdesk.services import checks
from acctdesk.services.days import own_calendar

MOST_STEPS = 60
FARTHEST = 2_000  # days from the anchor date
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``offset`` days from the anchor date, negative before it; working days or not."""

    title: str
    offset: int
    working: bool = True


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """A named list of steps; ``id`` is None for one that the program brings."""

    id: int | None
    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan at work: how many of its steps are done, and of how many."""

    id: int
    client_id: int | None
    title: str
    anchor_on: dt.date
    done: int
    steps: int


@dataclass(frozen=True, slots=True)
class StepMove:
    """What another anchor date does to a step; what is done stays."""

    task_id: int
    title: str
    before: dt.date | None
    after: dt.date | None
    done_on: dt.date | None

    @property
    def stays(self) -> bool:
        """Whether it is done, or comes to the same day."""
        return self.done_on is not None or self.before == self.after


_BROUGHT: tuple[tuple[Message, tuple[tuple[Message, int, bool], ...]], ...] = (
    (
        msg("Checklist", "New client: the first 90 days"),
        (
            (msg("Checklist", "Welcome call with the person who decides"), 1, True),
            (msg("Checklist", "Check tax details, address and credit terms"), 3, True),
            (msg("Checklist", "Introduce back office and accounting"), 5, True),
            (msg("Checklist", "First visit: people, needs, how they order"), 15, True),
            (msg("Checklist", "First order delivered well?"), 30, False),
            (msg("Checklist", "Was the first invoice paid on time?"), 60, False),
            (msg("Checklist", "Review of 90 days, and the year’s plan"), 90, False),
        ),
    ),
    (
        msg("Checklist", "Contract renewal"),
        (
            (msg("Checklist", "Sales, payment and disputes of the period on one page"), -90, False),
            (
                msg("Checklist", "Agree our limits for price and terms inside the company"),
                -70,
                False,
            ),
            (msg("Checklist", "Meeting: what they expect of the new period"), -60, False),
            (msg("Checklist", "Send the offer"), -40, False),
            (msg("Checklist", "Call about the offer"), -20, True),
            (msg("Checklist", "Signature"), -5, True),
            (msg("Checklist", "New terms in the systems of both sides"), 2, True),
        ),
    ),
    (
        msg("Checklist", "Before a fair"),
        (
            (msg("Checklist", "List of clients to invite"), -30, True),
            (msg("Checklist", "Invitations sent"), -20, True),
            (msg("Checklist", "Appointments fixed"), -10, True),
            (msg("Checklist", "Samples, price lists and brief for each appointment"), -5, True),
            (msg("Checklist", "Thank-you note with what was agreed"), 2, True),
            (msg("Checklist", "Offers sent"), 5, True),
        ),
    ),
)


def checklists(session: Session) -> list[ChecklistRow]:
    """Return the officer's own checklists by name, then those that the program brings."""
    query = select(Checklist.id, Checklist.name, Checklist.steps)
    rows = session.execute(query.where(Checklist.deleted_at.is_(None)).order_by(Checklist.name))
    own = [ChecklistRow(row.id, row.name, _read(row.steps)) for row in rows]
    return [*own, *brought()]


def brought(language: Language | None = None) -> list[ChecklistRow]:
    """Return the checklists that the program brings, in a language or that of the moment."""
    return [
        ChecklistRow(
            None,
            name.localized(language),
            tuple(
                Step(title.localized(language), offset, working) for title, offset, working in steps
            ),
        )
        for name, steps in _BROUGHT
    ]


def save_checklist(
    session: Session, *, checklist_id: int | None, name: str, steps: Sequence[Step]
) -> int:
    """Add a checklist, or change one; return its id.

    Raises:
        UserError: it has no name or no step, or one step cannot be right.
    """
    named = checks.required(Checklist, "name", name, msg("Plan", "Give the checklist a name."))
    written = _write(_checked(steps))
    if checklist_id is None:
        checklist = Checklist(name=named, steps=written)
        session.add(checklist)
    else:
        checklist = checks.live(session, Checklist, checklist_id)
        checks.assign(checklist, {"name": named, "steps": written})
    session.flush()
    return checklist.id


def trash_checklist(session: Session, *, checklist_id: int) -> None:
    """Move a checklist to the trash; plans that were made of it go on."""
    checks.live(session, Checklist, checklist_id).deleted_at = utc_now()


def step_day(step: Step, anchor_on: dt.date, calendar: WorkingDays) -> dt.date:
    """Return the day of a step."""
    if not step.working:
        return anchor_on + step.offset * _DAY
    if step.offset < 0:
        return calendar.subtract(anchor_on, -step.offset)
    return calendar.add(anchor_on, step.offset)


def start_plan(
    session: Session,
    *,
    title: str,
    steps: Sequence[Step],
    anchor_on: dt.date,
    client_id: int | None = None,
    checklist_id: int | None = None,
) -> int:
    """Begin a plan: its steps become tasks; return its id.

    Raises:
        UserError: it has no name or no step, or one step cannot be right.
    """
    if client_id is not None:
        checks.live(session, Client, client_id)
    plan = ActionPlan(
        client_id=client_id,
        checklist_id=checklist_id,
        title=checks.required(ActionPlan, "title", title, msg("Plan", "Give the plan a name.")),
        anchor_on=checks.day(anchor_on),
    )
    session.add(plan)
    session.flush()
    calendar = own_calendar(session)
    for place, step in enumerate(_checked(steps)):
        session.add(
            Task(
                client_id=client_id,
                title=step.title,
                due_on=checks.day(step_day(step, anchor_on, calendar)),
                plan_id=plan.id,
                plan_place=place,
                plan_offset=step.offset,
                plan_working=step.working,
                state=TaskState.OPEN.value,
            )
        )
    return plan.id


def plans_of(session: Session, *, client_id: int | None) -> list[PlanRow]:
    """Return the plans of a client, the latest anchor date first."""
    query = _plans().where(ActionPlan.client_id == client_id)
    return [PlanRow(**row._asdict()) for row in session.execute(query)]


def running_plans(session: Session) -> list[PlanRow]:
    """Return the plans of all clients that have open steps, the latest anchor date first."""
    rows = [PlanRow(**row._asdict()) for row in session.execute(_plans())]
    return [one for one in rows if one.done < one.steps]


def plan_of(session: Session, *, plan_id: int) -> PlanRow | None:
    """Return one plan, None where it is gone."""
    row = session.execute(_plans().where(ActionPlan.id == plan_id)).first()
    return None if row is None else PlanRow(**row._asdict())


def _plans() -> Select[*tuple[Any, ...]]:
    done = func.sum(case((Task.state == TaskState.DONE.value, 1), else_=0))
    return (
        select(
            ActionPlan.id,
            ActionPlan.client_id,
            ActionPlan.title,
            ActionPlan.anchor_on,
            func.coalesce(done, 0).label("done"),
            func.count(Task.id).label("steps"),
        )
        .outerjoin(Task, (Task.plan_id == ActionPlan.id) & Task.deleted_at.is_(None))
        .where(ActionPlan.deleted_at.is_(None))
        .group_by(ActionPlan.id)
        .order_by(ActionPlan.anchor_on.desc(), ActionPlan.id)
    )


def preview_move(session: Session, *, plan_id: int, anchor_on: dt.date) -> list[StepMove]:
    """Return what another anchor date would do to each step; nothing is changed."""
    checks.live(session, ActionPlan, plan_id)
    return [_moved(task, anchor_on, own_calendar(session)) for task in _steps(session, plan_id)]


def move_anchor(session: Session, *, plan_id: int, anchor_on: dt.date) -> int:
    """Give a plan another anchor date: its open steps follow, also those moved by hand.

    Returns how many came to another day. What is done stays.
    """
    plan = checks.live(session, ActionPlan, plan_id)
    day = checks.day(anchor_on)
    assert day is not None
    calendar, count = own_calendar(session), 0
    for task in _steps(session, plan_id):
        move = _moved(task, day, calendar)
        if not move.stays:
            task.due_on = checks.day(move.after)
            count += 1
    checks.assign(plan, {"anchor_on": day})
    return count


def trash_plan(session: Session, *, plan_id: int) -> None:
    """Move a plan and its open steps to the trash; what is done stays."""
    plan, now = checks.live(session, ActionPlan, plan_id), utc_now()
    for task in _steps(session, plan_id):
        if task.state == TaskState.OPEN.value:
            task.deleted_at = now
    plan.deleted_at = now


def _steps(session: Session, plan_id: int) -> list[Task]:
    query = select(Task).where(Task.plan_id == plan_id, Task.deleted_at.is_(None))
    return list(session.scalars(query.order_by(Task.plan_place, Task.id)))


def _moved(task: Task, anchor_on: dt.date, calendar: WorkingDays) -> StepMove:
    if task.state != TaskState.OPEN.value:
        return StepMove(task.id, task.title, task.due_on, task.due_on, task.done_on or task.due_on)
    step = Step(task.title, task.plan_offset or 0, task.plan_working)
    return StepMove(task.id, task.title, task.due_on, step_day(step, anchor_on, calendar), None)


def _checked(steps: Sequence[Step]) -> list[Step]:
    found = []
    for step in steps:
        missing = msg("Plan", "A step has no words. Write what is to be done, or remove it.")
        title = checks.required(Task, "title", step.title, missing)
        if abs(step.offset) > FARTHEST:
            raise UserError(msg("Plan", "“{step}” is too far from the anchor date.", step=title))
        found.append(Step(title, step.offset, step.working))
    if not found or len(found) > MOST_STEPS:
        raise UserError(msg("Plan", "A checklist has between 1 and {most} steps.", most=MOST_STEPS))
    return found


def _write(steps: Sequence[Step]) -> str:
    return json.dumps(
        [{"title": one.title, "offset": one.offset, "working": one.working} for one in steps],
        ensure_ascii=False,
    )


def _read(written: str) -> tuple[Step, ...]:
    return tuple(Step(one["title"], one["offset"], one["working"]) for one in json.loads(written))
