"""The timeline of a client or its group: talks, documents, receipts, tasks, disputes, by page.

Newest first. A page is read by keyset: ``before`` is the place of the last line shown, so that a
page costs the same at any depth. Within a day lines with a time come first, latest first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
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
from acctdesk.models import Client, Dispute, Document, Interaction, Receipt, Task
from acctdesk.services.attachments import attachments_of
from acctdesk.services.interactions import promises_of
from acctdesk.services.needs import needs_of
from acctdesk.services.rows import AttachmentRow, NeedRow, PromiseRow, TimelineItem
from acctdesk.services.series import shown_once
from acctdesk.services.timeline_lines import (
    INTERACTIONS,
    Ask,
    interactions,
    members,
    others,
    whose,
)
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
    group: bool = False,
    contact_id: int | None = None,
    pinned: bool | None = None,
) -> list[TimelineItem]:
    """Return up to ``limit`` lines after the place ``before`` (day and key of the last line).

    ``kinds`` mixes interaction kinds (``call``, ...) and timeline kinds (``invoice``, ...;
    ``interaction`` is all of the former); None is everything. ``text`` is looked for, folded, in
    the words of a line, its number and its person. ``group`` takes in everybody of the client's
    group and names each line's client; ``contact_id`` leaves the interactions with that person;
    ``pinned`` leaves the pinned ones (True) or leaves them out (False). At most five statements,
    six for a group.
    """
    wanted = _wanted(kinds)
    ask = Ask(
        session=session,
        client_id=client_id,
        today=today,
        last_day=before[0] if before else None,
        limit=limit,
        words=fold(text),
        group=group,
        contact_id=contact_id,
        pinned=pinned,
    )
    items = [*interactions(ask, wanted & INTERACTIONS), *others(ask, wanted - INTERACTIONS)]
    items.sort(key=_order, reverse=True)
    if before is not None:
        items = _after(items, before)
    items = _whole(session, items[:limit])
    return _with_names(session, items, client_id) if group else items


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


def _whole(session: Session, items: list[TimelineItem]) -> list[TimelineItem]:
    """Give the interactions among the lines their promises, needs and files."""
    ids = [item.key[1] for item in items if item.kind is TimelineKind.INTERACTION]
    made: dict[int, list[PromiseRow]] = {}
    for promise in promises_of(session, interaction_ids=ids):
        made.setdefault(promise.interaction_id or 0, []).append(promise)
    heard: dict[int, list[NeedRow]] = {}
    for need in needs_of(session, interaction_ids=ids):
        heard.setdefault(need.interaction_id or 0, []).append(need)
    kept: dict[int, list[AttachmentRow]] = {}
    for file in attachments_of(session, interaction_ids=ids):
        kept.setdefault(file.interaction_id, []).append(file)
    rich = made.keys() | heard.keys() | kept.keys()
    return [
        replace(
            item,
            promises=tuple(made.get(one, ())),
            needs=tuple(heard.get(one, ())),
            files=tuple(kept.get(one, ())),
        )
        if item.kind is TimelineKind.INTERACTION and (one := item.key[1]) in rich
        else item
        for item in items
    ]


def _with_names(session: Session, items: list[TimelineItem], client_id: int) -> list[TimelineItem]:
    query = select(Client.id, Client.name).where(Client.id.in_(members(client_id)))
    names: dict[int, str] = {row.id: row.name for row in session.execute(query)}
    return [replace(item, client_name=names.get(item.client_id or 0)) for item in items]


def timeline_counts(
    session: Session, *, client_id: int, group: bool = False, contact_id: int | None = None
) -> dict[str, int]:
    """Return how many lines each filter chip shows of what ``timeline`` is asked; one statement.

    Keys: ``all``, each interaction kind, ``interaction``, ``invoice``, ``credit_note``,
    ``receipt``, ``task``, ``dispute``.
    """
    counts = dict.fromkeys([*(INTERACTIONS), *(kind.value for kind in TimelineKind)], 0)
    asked = {"client": client_id, "contact": contact_id}
    counting = _counting(group=group, person=contact_id is not None)
    for row in session.connection().execute(counting, asked):
        counts[row.kind] = row.n
    counts[TimelineKind.INTERACTION.value] = sum(counts[kind] for kind in INTERACTIONS)
    counts["all"] = sum(counts[kind.value] for kind in TimelineKind)
    return counts


@lru_cache(maxsize=4)
def _counting(*, group: bool, person: bool) -> CompoundSelect[*tuple[Any, ...]]:
    def of(kind: Any, model: Any, *conditions: Any) -> Select[*tuple[Any, ...]]:
        return (
            select(kind.label("kind"), func.count().label("n"))
            .where(whose(model.client_id, group=group), model.deleted_at.is_(None), *conditions)
            .group_by(kind)
        )

    if person:
        with_them = Interaction.contact_id == bindparam("contact", type_=Integer)
        return union_all(of(Interaction.kind, Interaction, with_them))
    receipt, task = literal(TimelineKind.RECEIPT.value), literal(TimelineKind.TASK.value)
    return union_all(
        of(Interaction.kind, Interaction),
        of(Document.type, Document),
        of(receipt, Receipt),
        of(task, Task, Task.state != TaskState.CANCELLED.value, shown_once()),
        of(literal(TimelineKind.DISPUTE.value), Dispute),
    )
