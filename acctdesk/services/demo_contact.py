"""The demo book's interactions, promises and tasks."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from sqlalchemy.orm import Session

from acctdesk.kinds import InteractionKind, Mood, PromiseBy, PromiseState, Segment, TaskState
from acctdesk.models import Interaction, Promise, Task
from acctdesk.periods import add_working_days, is_working_day
from acctdesk.services.days import day_start
from acctdesk.services.demo import Plan, Scene
from acctdesk.storage.bulk import bulk_insert

_KINDS = (
    (InteractionKind.CALL, 44, (5, 25)),
    (InteractionKind.EMAIL, 28, (0, 0)),
    (InteractionKind.VISIT, 13, (40, 110)),
    (InteractionKind.MEETING, 8, (30, 90)),
    (InteractionKind.NOTE, 5, (0, 0)),
    (InteractionKind.LETTER, 2, (0, 0)),
)
_MOODS = (None, None, Mood.BAD, Mood.NEUTRAL, Mood.NEUTRAL, Mood.GOOD, Mood.GOOD, Mood.GREAT)
_DAYS = 730  # how far back interactions go
_BUSY = {Segment.A.value: 2.2, Segment.B.value: 1.1, Segment.C.value: 0.55}


def fill_interactions(session: Session, plans: list[Plan], scene: Scene) -> None:
    """Insert two years of interactions with their promises, and tasks done and to do."""
    rows: list[dict[str, Any]] = []
    for plan in plans:
        usual = scene.interactions_each * _BUSY[plan.row["segment"]]
        count = max(1, round(usual * scene.chance.uniform(0.8, 1.2)))
        rows += [_interaction(plan, scene) for _ in range(count)]
    rows.sort(key=lambda row: row["happened_at"])
    _pin_some(rows)
    ids = bulk_insert(session, Interaction, rows)
    _insert_promises(session, rows, ids, scene)
    _insert_tasks(session, plans, scene)


def _interaction(plan: Plan, scene: Scene) -> dict[str, Any]:
    chance = scene.chance
    kind, _, (least, most) = chance.choices(_KINDS, weights=[one[1] for one in _KINDS])[0]
    subject, bodies = chance.choice(scene.words.topics)
    body = " ".join(
        part for part in (chance.choice(bodies), chance.choice(scene.words.endings)) if part
    )
    day = _day(plan, scene)
    recent = (scene.today - day).days <= 12
    return {
        "client_id": plan.client_id,
        "contact_id": chance.choice(plan.contact_ids) if chance.random() < 0.8 else None,
        "kind": kind.value,
        "happened_at": _hour(day, scene),
        "minutes": chance.randrange(least, most + 1) // 5 * 5 or 5 if most else None,
        "subject": subject,
        "body": body,
        "mood": _mood(chance),
        "place": plan.row["city"] if kind is InteractionKind.VISIT else None,
        "pinned": False,
        "needs_reply": recent and kind is InteractionKind.EMAIL and chance.random() < 0.4,
    }


def _pin_some(rows: list[dict[str, Any]]) -> None:
    """Pin the oldest meeting of every client that had one, as officers pin what was agreed."""
    seen: set[int] = set()
    for row in rows:
        if row["kind"] == InteractionKind.MEETING.value and row["client_id"] not in seen:
            seen.add(row["client_id"])
            row["pinned"] = True


def _mood(chance: random.Random) -> str | None:
    mood = chance.choice(_MOODS)
    return mood.value if mood else None


def _day(plan: Plan, scene: Scene) -> dt.date:
    """Return a working day of the last two years, none before they met."""
    latest = min(plan.stops, scene.today - dt.timedelta(days=plan.silent_days))
    span = max(1, min(_DAYS, (latest - plan.starts).days))
    for _ in range(8):
        day = latest - dt.timedelta(days=int(span * scene.chance.random()))
        if is_working_day(day):
            return day
    return latest


def _hour(day: dt.date, scene: Scene) -> dt.datetime:
    """Return a time in office hours; today only early, so that it has happened already."""
    last = 40 if day == scene.today else 570
    minutes = 480 + scene.chance.randrange(0, last) // 5 * 5
    return day_start(day) + dt.timedelta(minutes=minutes)


def _insert_promises(
    session: Session, rows: list[dict[str, Any]], ids: list[int], scene: Scene
) -> None:
    chance = scene.chance
    promises = []
    for row, interaction_id in zip(rows, ids, strict=True):
        if chance.random() > 0.07:
            continue
        made = row["happened_at"].date()
        due = add_working_days(made, chance.choice((1, 2, 3, 5, 8, 10)))
        by = chance.choice((PromiseBy.US, PromiseBy.THEM))
        settled = due + dt.timedelta(days=chance.choice((-1, 0, 0, 0, 2, 6)))
        still_open = settled > scene.today or (
            (scene.today - due).days < 15 and chance.random() < 0.5
        )
        kept = chance.random() < 0.88
        state = PromiseState.OPEN
        if not still_open:
            state = PromiseState.KEPT if kept else PromiseState.BROKEN
        promises.append(
            {
                "client_id": row["client_id"],
                "interaction_id": interaction_id,
                "given_by": by.value,
                "what": chance.choice(
                    scene.words.ours if by is PromiseBy.US else scene.words.theirs
                ),
                "due_on": due,
                "state": state.value,
                "settled_on": None if still_open else max(settled, made),
            }
        )
    bulk_insert(session, Promise, promises)


def _insert_tasks(session: Session, plans: list[Plan], scene: Scene) -> None:
    chance = scene.chance
    tasks: list[dict[str, Any]] = []
    for plan in plans:
        for _ in range(chance.choice((1, 2, 3))):
            day = _day(plan, scene)
            done = min(scene.today, day + dt.timedelta(days=chance.randrange(0, 6)))
            tasks.append(_task(plan, scene, due=day, done=done))
        if plan.row["active"] and chance.random() < 0.85:
            ahead = chance.choice((-4, -1, 0, 1, 1, 2, 3, 4, 6, 9, 13, 20))
            due = add_working_days(scene.today, ahead) if ahead > 0 else _back(scene.today, ahead)
            tasks.append(_task(plan, scene, due=due, done=None))
    bulk_insert(session, Task, tasks)


def _back(today: dt.date, days: int) -> dt.date:
    return today + dt.timedelta(days=days)


def _task(plan: Plan, scene: Scene, *, due: dt.date, done: dt.date | None) -> dict[str, Any]:
    chance = scene.chance
    timed = done is None and chance.random() < 0.3
    return {
        "client_id": plan.client_id,
        "title": chance.choice(scene.words.steps),
        "due_on": due,
        "due_time": dt.time(chance.randrange(9, 16), chance.choice((0, 30))) if timed else None,
        "state": (TaskState.OPEN if done is None else TaskState.DONE).value,
        "done_on": done,
    }
