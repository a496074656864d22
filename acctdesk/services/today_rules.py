"""The rules of Today: each finds what is worth doing on a day, and says why.

A rule is a function of the book and the day alone; it writes nothing. To add one, write it here,
or in a file of its subject, and name it in :data:`RULES`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import InteractionKind, PromiseBy, PromiseState, TaskState
from acctdesk.models import Client, Interaction, Promise, Task
from acctdesk.services import standing
from acctdesk.services.days import day_end, local_day, own_calendar
from acctdesk.services.receivables import overdue_clients
from acctdesk.services.recurrence import moved_reason
from acctdesk.services.rows import TodayLine
from acctdesk.services.today_cases import CASE_RULES
from acctdesk.services.today_collecting import BROKEN, COLLECTING_RULES
from acctdesk.services.today_credit import CREDIT_RULES
from acctdesk.services.today_day import Day, NamedRule, Rhythm, most_of
from acctdesk.services.today_targets import TARGET_RULES

NEW_DAYS = 7  # an invoice is newly overdue for a week


def day_of(
    session: Session, *, today: dt.date, currency: str, aside: frozenset[str] = frozenset()
) -> Day:
    """Return the day that rules are asked about; ``aside`` are the keys of lines left out of it."""
    overdue = overdue_clients(session, as_of=today, new_days=NEW_DAYS)
    rhythm = _rhythm(session, today, most_of("gone_quiet", aside))
    return Day(session, today, currency, aside, overdue, rhythm, own_calendar(session))


def _rhythm(session: Session, today: dt.date, most: int) -> Rhythm:
    buying = standing.rhythm(today)
    first = (
        select(
            buying,
            func.count().over().label("buying"),
            func.sum(case((buying.c.quiet, 1), else_=0)).over().label("quiet_clients"),
        )
        .order_by(buying.c.quiet.desc(), buying.c.sales.desc(), buying.c.client_id)
        .limit(most)
        .subquery("first")
    )
    rows = session.execute(
        select(
            Client.id,
            Client.name,
            first.c.sales,
            first.c.quiet,
            first.c.buying,
            first.c.quiet_clients,
            first.c.at,
            first.c.days,
            first.c.ideal,
            first.c.most,
        )
        .join(first, first.c.client_id == Client.id)
        .order_by(first.c.sales.desc(), Client.id)
    ).all()
    if not rows:
        return Rhythm(0, 0, ())
    return Rhythm(rows[0].buying, rows[0].quiet_clients, tuple(row for row in rows if row.quiet))


def _on_time(day: Day, due: dt.date, time: dt.time | None) -> Message:
    late = (day.today - due).days
    if late > 0:
        return nmsg(
            "Today",
            "It was due on {day}, {n} day ago.",
            "It was due on {day}, {n} days ago.",
            late,
            day=formats.date(due),
        )
    if late == 0 and time is not None:
        return msg("Today", "It is due today at {time}.", time=formats.time(time))
    if late == 0:
        return msg("Today", "It is due today.")
    return msg("Today", "It is due tomorrow.")


def tasks_due(day: Day) -> Iterable[TodayLine]:
    """Tasks of today and overdue ones."""
    query = (
        select(
            Task.id,
            Task.title,
            Task.due_on,
            Task.due_time,
            Task.series_on,
            Task.client_id,
            Task.minutes,
            Task.version,
            Client.name,
        )
        .outerjoin(Client, Client.id == Task.client_id)
        .where(
            Task.deleted_at.is_(None),
            Task.state == TaskState.OPEN.value,
            Task.due_on <= day.today,
        )
        .order_by(Task.due_on, Task.id)
        .limit(day.most("tasks_due"))
    )
    for row in day.session.execute(query):
        assert row.due_on is not None
        yield TodayLine(
            rule="tasks_due",
            what=msg("Today", "{task}", task=row.title),
            why=_with_move(day, _on_time(day, row.due_on, row.due_time), row.series_on, row.due_on),
            client_id=row.client_id,
            client_name=row.name,
            kind="task",
            id=row.id,
            days=(day.today - row.due_on).days,
            urgent=row.due_on < day.today,
            minutes=row.minutes,
            task_version=row.version,
        )


def _with_move(day: Day, why: Message, series_on: dt.date | None, due_on: dt.date) -> Message:
    """Say of an occurrence that moved off a holiday from which day, and its name."""
    if series_on is None or series_on == due_on:
        return why
    moved = moved_reason(series_on, due_on, day.days)
    return msg("Today", "{why} It was {moved}.", why=why, moved=moved)


def _promises(day: Day, by: PromiseBy, until: dt.date) -> Iterable[Row[Any]]:
    return day.session.execute(
        select(Promise.id, Promise.what, Promise.due_on, Promise.client_id, Client.name)
        .join(Client, Client.id == Promise.client_id)
        .where(
            Promise.deleted_at.is_(None),
            Client.deleted_at.is_(None),
            Promise.state == PromiseState.OPEN.value,
            Promise.given_by == by.value,
            Promise.due_on <= until,
        )
        .order_by(Promise.due_on, Promise.id)
        .limit(day.most("our_promises" if by is PromiseBy.US else "their_promises"))
    )


def our_promises(day: Day) -> Iterable[TodayLine]:
    """What we promised by tomorrow, or already broke."""
    for row in _promises(day, PromiseBy.US, day.today + dt.timedelta(days=1)):
        yield TodayLine(
            rule="our_promises",
            what=msg("Today", "Keep the promise: {promise}", promise=row.what),
            why=_on_time(day, row.due_on, None),
            client_id=row.client_id,
            client_name=row.name,
            kind="client",
            id=row.client_id,
            days=(day.today - row.due_on).days,
            urgent=row.due_on < day.today,
            promise_id=row.id,
        )


def their_promises(day: Day) -> Iterable[TodayLine]:
    """What a client promised and did not do in time."""
    for row in _promises(day, PromiseBy.THEM, day.today - dt.timedelta(days=1)):
        yield TodayLine(
            rule="their_promises",
            what=msg("Today", "Ask about their promise: {promise}", promise=row.what),
            why=_on_time(day, row.due_on, None),
            client_id=row.client_id,
            client_name=row.name,
            kind="client",
            id=row.client_id,
            days=(day.today - row.due_on).days,
            promise_id=row.id,
        )


def newly_overdue(day: Day) -> Iterable[TodayLine]:
    """Invoices that became overdue in the last week, one line a client."""
    fresh = (client for client in day.overdue.values() if client.new_invoices)
    heaviest = sorted(fresh, key=lambda client: (-client.new_minor, client.client_id))
    for client in heaviest[: day.most("newly_overdue")]:
        assert client.new_since is not None
        oldest = (day.today - client.new_since).days
        yield TodayLine(
            rule="newly_overdue",
            what=msg("Today", "Ask about invoice {number}", number=client.new_number)
            if client.new_invoices == 1
            else nmsg(
                "Today", "Ask about {n} invoice", "Ask about {n} invoices", client.new_invoices
            ),
            why=nmsg(
                "Today",
                "{amount} became overdue {n} day ago; all that is overdue is {overdue}.",
                "{amount} became overdue {n} days ago; all that is overdue is {overdue}.",
                oldest,
                amount=day.money(client.new_minor),
                overdue=day.money(client.open_minor),
            ),
            client_id=client.client_id,
            client_name=client.name,
            kind="client",
            id=client.client_id,
            at_stake_minor=client.new_minor,
            days=oldest,
        )


def unanswered(day: Day) -> Iterable[TodayLine]:
    """Interactions marked as needing a reply, after which nobody was in touch."""
    later = aliased(Interaction)
    answered = exists().where(
        later.client_id == Interaction.client_id,
        later.deleted_at.is_(None),
        later.kind != InteractionKind.NOTE.value,
        later.happened_at > Interaction.happened_at,
        later.happened_at < day_end(day.today),
    )
    query = (
        select(Interaction.id, Interaction.happened_at, Interaction.client_id, Client.name)
        .join(Client, Client.id == Interaction.client_id)
        .where(
            Interaction.deleted_at.is_(None),
            Client.deleted_at.is_(None),
            Interaction.needs_reply.is_(True),
            Interaction.happened_at < day_end(day.today),
            ~answered,
        )
        .order_by(Interaction.happened_at, Interaction.id)
        .limit(day.most("unanswered"))
    )
    for row in day.session.execute(query):
        since = local_day(row.happened_at)
        waiting = (day.today - since).days
        yield TodayLine(
            rule="unanswered",
            what=msg("Today", "Answer what they asked"),
            why=nmsg(
                "Today",
                "They have waited for a reply since {day}, {n} day.",
                "They have waited for a reply since {day}, {n} days.",
                waiting,
                day=formats.date(since),
            )
            if waiting
            else msg("Today", "They asked for a reply today."),
            client_id=row.client_id,
            client_name=row.name,
            kind="interaction",
            id=row.id,
            days=waiting,
            urgent=waiting > 2,
        )


def gone_quiet(day: Day) -> Iterable[TodayLine]:
    """Clients who buy and whom nobody was in touch with for too long."""
    for row in day.rhythm.lines:
        yield TodayLine(
            rule="gone_quiet",
            what=msg("Today", "Get in touch"),
            why=_silence(day, row),
            client_id=row.id,
            client_name=row.name,
            kind="client",
            id=row.id,
            at_stake_minor=row.sales,
            days=row.days or 0,
        )


def _silence(day: Day, row: Row[Any]) -> Message:
    sales = day.money(row.sales)
    if row.at is None:
        return msg(
            "Today",
            "No contact is recorded; the limit is {most} days. They bought {sales} in 12 months.",
            most=row.most,
            sales=sales,
        )
    return nmsg(
        "Today",
        "The last contact was {n} day ago: the next was due on {due}, the limit is {most}."
        " They bought {sales} in 12 months.",
        "The last contact was {n} days ago: the next was due on {due}, the limit is {most}."
        " They bought {sales} in 12 months.",
        row.days,
        due=formats.date(local_day(row.at) + dt.timedelta(days=row.ideal)),
        most=row.most,
        sales=sales,
    )


# in the order in which equals are listed
RULES: Mapping[str, NamedRule] = MappingProxyType(
    {
        "tasks_due": NamedRule(
            tasks_due,
            msg("Today", "Task"),
            msg("Today", "Open tasks whose day is today or has passed."),
            15,
        ),
        "our_promises": NamedRule(
            our_promises,
            msg("Today", "Our promise"),
            msg("Today", "What you promised a client by tomorrow, or should have kept already."),
            15,
        ),
        **COLLECTING_RULES,
        **CASE_RULES,
        **TARGET_RULES,
        "unanswered": NamedRule(
            unanswered,
            msg("Today", "Waiting for a reply"),
            msg("Today", "Contacts marked “needs a reply” after which nobody was in touch."),
            10,
        ),
        "newly_overdue": NamedRule(
            newly_overdue,
            msg("Today", "Newly overdue"),
            msg("Today", "Invoices that became overdue in the last seven days."),
            10,
        ),
        **CREDIT_RULES,
        "their_promises": NamedRule(
            their_promises,
            msg("Today", "Their promise"),
            msg("Today", "What a client promised and did not do in time."),
            5,
        ),
        "gone_quiet": NamedRule(
            gone_quiet,
            msg("Today", "Contact rhythm"),
            msg(
                "Today",
                "Clients who buy and had no contact for longer than the most days of their"
                " category, or their own.",
            ),
            15,
        ),
    }
)
# the rest is about the relationship
MONEY_RULES = frozenset(
    {BROKEN, "newly_overdue", "dispute_answers", "missed_targets", *CREDIT_RULES}
)
