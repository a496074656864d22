"""One client's timeline: interactions, documents, receipts, tasks, disputes, newest first.

A page is read by keyset: ``before`` is the place of the last line shown, so that a page costs the
same at any depth. Within a day lines with a time come first, latest first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from acctdesk.kinds import TaskState, TimelineKind
from acctdesk.models import Dispute, Document, Interaction, Receipt, Task
from acctdesk.services.interactions import promises_of
from acctdesk.services.rows import PromiseRow, TimelineItem
from acctdesk.services.timeline_lines import INTERACTIONS, Ask, interactions, others
from acctdesk.text import fold

Key = tuple[TimelineKind, int]
Place = tuple[dt.date, Key]


def timeline(
    session: Session,
    *,
    client_id: int,
    today: dt.date,
    kinds: Collection[str] | None = None,
    before: Place | None = None,
    limit: int = 200,
    text: str = "",
) -> list[TimelineItem]:
    """Return up to ``limit`` lines after the place ``before`` (day and key of the last line).

    ``kinds`` mixes interaction kinds (``call``, ...) and timeline kinds (``invoice``, ...;
    ``interaction`` is all of the former); None is everything. ``text`` is looked for, folded, in
    the words of a line, its number and its person. At most three statements.
    """
    wanted = _wanted(kinds)
    ask = Ask(
        session=session,
        client_id=client_id,
        today=today,
        last_day=before[0] if before else None,
        limit=limit,
        words=fold(text),
    )
    items = [*interactions(ask, wanted & INTERACTIONS), *others(ask, wanted - INTERACTIONS)]
    items.sort(key=_order, reverse=True)
    if before is not None:
        items = _after(items, before)
    return _with_promises(session, items[:limit])


def _wanted(kinds: Collection[str] | None) -> set[str]:
    everything = INTERACTIONS | {kind.value for kind in TimelineKind}
    if not kinds:
        return set(everything)
    wanted = {str(kind) for kind in kinds}
    if TimelineKind.INTERACTION.value in wanted:
        wanted |= INTERACTIONS
    return wanted


def _order(item: TimelineItem) -> tuple[dt.date, bool, dt.datetime, str, int]:
    timeless = dt.datetime.min.replace(tzinfo=dt.UTC)
    return (item.day, item.at is not None, item.at or timeless, item.key[0].value, item.key[1])


def _after(items: list[TimelineItem], before: Place) -> list[TimelineItem]:
    for number, item in enumerate(items):
        if item.key == before[1]:
            return items[number + 1 :]
        if item.day < before[0]:
            return items[number:]  # the last line is gone meanwhile: go on below its day
    return []


def _with_promises(session: Session, items: list[TimelineItem]) -> list[TimelineItem]:
    made: dict[int, list[PromiseRow]] = {}
    ids = [item.key[1] for item in items if item.kind is TimelineKind.INTERACTION]
    for promise in promises_of(session, interaction_ids=ids):
        made.setdefault(promise.interaction_id or 0, []).append(promise)
    return [_holding(item, made) for item in items]


def _holding(item: TimelineItem, made: Mapping[int, list[PromiseRow]]) -> TimelineItem:
    if item.kind is not TimelineKind.INTERACTION or item.key[1] not in made:
        return item
    return replace(item, promises=tuple(made[item.key[1]]))


def timeline_counts(session: Session, *, client_id: int) -> dict[str, int]:
    """Return how many lines each filter chip shows; one statement.

    Keys: ``all``, each interaction kind, ``interaction``, ``invoice``, ``credit_note``,
    ``receipt``, ``task``, ``dispute``.
    """
    counts = dict.fromkeys([*(INTERACTIONS), *(kind.value for kind in TimelineKind)], 0)
    for row in session.connection().execute(_counting(), {"client": client_id}):
        counts[row.kind] = row.n
    counts[TimelineKind.INTERACTION.value] = sum(counts[kind] for kind in INTERACTIONS)
    counts["all"] = sum(counts[kind.value] for kind in TimelineKind)
    return counts


@lru_cache(maxsize=1)
def _counting() -> CompoundSelect[*tuple[Any, ...]]:
    asked = bindparam("client", type_=Integer)

    def of(kind: Any, model: Any, *conditions: Any) -> Select[*tuple[Any, ...]]:
        return (
            select(kind.label("kind"), func.count().label("n"))
            .where(model.client_id == asked, model.deleted_at.is_(None), *conditions)
            .group_by(kind)
        )

    receipt, task = literal(TimelineKind.RECEIPT.value), literal(TimelineKind.TASK.value)
    return union_all(
        of(Interaction.kind, Interaction),
        of(Document.type, Document),
        of(receipt, Receipt),
        of(task, Task, Task.state != TaskState.CANCELLED.value),
        of(literal(TimelineKind.DISPUTE.value), Dispute),
    )
