"""The timeline of a client or its group, by page: talks, money, tasks, disputes and the like.

Newest first. A page is read by keyset: ``before`` is the place of the last line shown, so that a
page costs the same at any depth. Within a day lines with a time come first, latest first.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
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
from acctdesk.models import (
    Client,
    Dispute,
    Document,
    Interaction,
    Receipt,
    Reminder,
    Satisfaction,
    Task,
)
from acctdesk.services.attachments import attachments_of
from acctdesk.services.interactions import promises_of
from acctdesk.services.ladder import reminders_among
from acctdesk.services.needs import needs_of
from acctdesk.services.payment_promises import payments_among
from acctdesk.services.rows import TimelineItem
from acctdesk.services.satisfaction import answers_among
from acctdesk.services.series import shown_once
from acctdesk.services.timeline_lines import (
    INTERACTIONS,
    Ask,
    given_alone,
    interactions,
    members,
    others,
    whose,
    without_letter,
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
    bare: bool = False,
) -> list[TimelineItem]:
    """Return up to ``limit`` lines after the place ``before`` (day and key of the last line).

    ``kinds`` mixes interaction kinds (``call``, ...) and timeline kinds (``invoice``, ...;
    ``interaction`` is all of the former); None is everything. ``text`` is looked for, folded, in
    the words of a line, its number and its person. ``group`` takes in everybody of the client's
    group and names each line's client; ``contact_id`` leaves the interactions with that person;
    ``pinned`` leaves the pinned ones (True) or leaves them out (False); ``bare`` leaves away
    what stands under a line. Two statements, three for a group, and one for each kind of what
    stands under its lines; a few more where a promise to pay was given in a contact.
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
    names = _names(session, client_id) if group else {client_id: None}
    items = items[:limit] if bare else _whole(ask, items[:limit], list(names))
    if group:
        items = [replace(one, client_name=names.get(one.client_id or 0)) for one in items]
    return items


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


def _whole(ask: Ask, items: list[TimelineItem], whose: Collection[int]) -> list[TimelineItem]:
    """Give the lines what came of them: promises, needs, files, answers, payments, reminders."""
    talks = [item.key[1] for item in items if item.kind is TimelineKind.INTERACTION]
    alone: dict[TimelineKind, list[int]] = defaultdict(list)
    for item in items:
        alone[item.kind].append(item.key[1])
    session, today = ask.session, ask.today
    found: dict[tuple[Key, str], list[Any]] = defaultdict(list)

    def put(name: str, rows: Iterable[Any], own: TimelineKind = TimelineKind.INTERACTION) -> None:
        for row in rows:
            under = row.interaction_id in shown
            key = (TimelineKind.INTERACTION, row.interaction_id) if under else (own, row.id)
            found[key, name].append(row)

    def having(name: str) -> list[int]:
        return sorted(shown.intersection(ask.under[name]))

    shown = set(talks)
    if ids := having("promises"):
        put("promises", promises_of(session, interaction_ids=ids))
    if ids := having("needs"):
        put("needs", needs_of(session, interaction_ids=ids))
    if ids := having("files"):
        put("files", attachments_of(session, interaction_ids=ids))
    ids, own = having("answers"), alone[TimelineKind.SATISFACTION]
    answers = answers_among(session, client_ids=whose, interaction_ids=ids, ids=own)
    put("answers", answers, TimelineKind.SATISFACTION)
    ids = having("payments")
    put("payments", payments_among(session, client_ids=whose, interaction_ids=ids, as_of=today))
    ids, own = having("reminders"), alone[TimelineKind.REMINDER]
    reminders = reminders_among(session, client_ids=whose, interaction_ids=ids, ids=own)
    put("reminders", reminders, TimelineKind.REMINDER)
    more: dict[Key, dict[str, Any]] = defaultdict(dict)
    for (key, name), rows in found.items():
        more[key][name] = tuple(rows)
    return [replace(item, **more[item.key]) if item.key in more else item for item in items]


def _names(session: Session, client_id: int) -> dict[int, str | None]:
    """Return the name of everybody in the group of a client."""
    query = select(Client.id, Client.name).where(Client.id.in_(members(client_id)))
    return {row.id: row.name for row in session.execute(query)}


def timeline_counts(
    session: Session, *, client_id: int, group: bool = False, contact_id: int | None = None
) -> dict[str, int]:
    """Return how many lines each filter chip shows of what ``timeline`` is asked; one statement.

    Keys: ``all``, each interaction kind, ``interaction``, ``invoice``, ``credit_note``,
    ``receipt``, ``task``, ``dispute``, ``satisfaction``, ``reminder``.
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
        of(literal(TimelineKind.SATISFACTION.value), Satisfaction, given_alone()),
        of(literal(TimelineKind.REMINDER.value), Reminder, without_letter()),
    )
