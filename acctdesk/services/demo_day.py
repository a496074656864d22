"""The demo book's day: whatever day it is, somebody waits, somebody has gone quiet."""

from __future__ import annotations

import datetime as dt
import random

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.figures.rhythm import gap_of
from acctdesk.kinds import InteractionKind, NeedState, PromiseBy, PromiseState, TaskState
from acctdesk.models import Interaction, Need, Promise, Task
from acctdesk.services.demo import Plan, Scene
from acctdesk.storage.bulk import bulk_insert

_TIMES = (dt.time(11, 0), dt.time(13, 30), dt.time(17, 0))
_PROMISES = (  # who, and in how many days from today
    (PromiseBy.US, 0),
    (PromiseBy.US, 1),
    (PromiseBy.US, -1),
    (PromiseBy.THEM, -2),
    (PromiseBy.THEM, 3),
)
_FEW = 12  # clients in a book too small for all of it


def silence_some(plans: list[Plan], scene: Scene) -> None:
    """Choose three to five clients who buy and were forgotten, and as many whose contact is due."""
    chance = random.Random(scene.chance.random())  # noqa: S311 - invented data
    buying = [plan for plan in plans if _buys(plan, scene)]
    wanted = chance.randrange(3, 6) if len(plans) >= _FEW else 1
    chosen = chance.sample(buying, min(2 * wanted, len(buying)))
    for place, plan in enumerate(chosen):
        gap = gap_of(plan.row["segment"])
        if place < wanted:
            plan.silent_days = gap.most + chance.randrange(4, 40)
        else:
            plan.silent_days = gap.ideal + 1


def _buys(plan: Plan, scene: Scene) -> bool:
    """Tell whether a client buys since long and still does."""
    since = (scene.today - plan.starts).days
    return bool(plan.row["active"]) and plan.stops == scene.today and since > 365


def fill_day(session: Session, plans: list[Plan], scene: Scene) -> None:
    """Insert what stands in the calendar today, and promises that fall due about now."""
    chance, words = scene.chance, scene.words
    known = [plan for plan in plans if _buys(plan, scene) and not plan.silent_days]
    seen = chance.sample(known, min(len(_TIMES), len(known)))
    tasks = [
        {
            "client_id": plan.client_id,
            "title": chance.choice(words.visits),
            "due_on": scene.today,
            "due_time": time,
            "minutes": 60,
            "kind": InteractionKind.VISIT.value,
            "state": TaskState.OPEN.value,
        }
        for plan, time in zip(seen, _TIMES, strict=False)
    ]
    bulk_insert(session, Task, tasks)
    promised = chance.sample(known, min(len(_PROMISES), len(known)))
    talks = _last_talks(session, [plan.client_id for plan in promised])
    promises = [
        {
            "client_id": plan.client_id,
            "interaction_id": talks.get(plan.client_id),
            "given_by": by.value,
            "what": chance.choice(words.ours if by is PromiseBy.US else words.theirs),
            "due_on": scene.today + dt.timedelta(days=days),
            "state": PromiseState.OPEN.value,
        }
        for plan, (by, days) in zip(promised, _PROMISES, strict=False)
    ]
    bulk_insert(session, Promise, promises)
    heard = chance.sample(known, min(2 * len(_PROMISES), len(known)))
    talks = _last_talks(session, [plan.client_id for plan in heard])
    needs = [
        {
            "client_id": plan.client_id,
            "interaction_id": talks.get(plan.client_id),
            "what": chance.choice(words.needs),
            "state": NeedState.OPEN.value,
        }
        for plan in heard
    ]
    bulk_insert(session, Need, needs)


def _last_talks(session: Session, client_ids: list[int]) -> dict[int, int]:
    """Return the id of each client's last contact: in it the promises were given."""
    query = (
        select(Interaction.client_id, Interaction.id)
        .where(Interaction.client_id.in_(client_ids))
        .order_by(Interaction.happened_at)
    )
    return {row.client_id: row.id for row in session.execute(query)}
