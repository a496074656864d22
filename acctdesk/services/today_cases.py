"""The rules of Today about disputes, disruptions, requests to departments and key dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import KeyDateKind
from acctdesk.services.case_rows import KeyDateRow
from acctdesk.services.days import local_day
from acctdesk.services.disputes import disputes_due, disputes_untold
from acctdesk.services.disruptions import untold_disruptions
from acctdesk.services.key_dates import near_key_dates
from acctdesk.services.requests import late_requests
from acctdesk.services.rows import TodayLine
from acctdesk.services.today_day import Day, NamedRule

_PER_CLIENT, _MOST_MINUTES = 5, 120  # minutes to tell a client of a disruption, and all of them
_DATES: Mapping[KeyDateKind, Message] = MappingProxyType(
    {
        KeyDateKind.CONTRACT: msg("Key date", "Contract"),
        KeyDateKind.POLICY: msg("Key date", "Policy"),
        KeyDateKind.COVENANT: msg("Key date", "Covenant"),
        KeyDateKind.KYC: msg("Key date", "Know your client"),
        KeyDateKind.LIMIT: msg("Key date", "Limit"),
        KeyDateKind.GUARANTEE: msg("Key date", "Guarantee"),
        KeyDateKind.REVIEW: msg("Key date", "Review"),
        KeyDateKind.OTHER: msg("Key date", "Other date"),
    }
)


def kind_of_date(kind: KeyDateKind) -> Message:
    """Return what a kind of key date is called."""
    return _DATES[kind]


def name_of_date(row: KeyDateRow) -> Message:
    """Return what a key date is: its kind and its title."""
    if row.title is None:
        return kind_of_date(row.kind)
    if row.kind is KeyDateKind.OTHER:
        return msg("Key date", "{title}", title=row.title)
    return msg("Key date", "{kind}: {title}", kind=kind_of_date(row.kind), title=row.title)


def left_words(days: int, day: dt.date) -> Message:
    """Return how far off a day is, in a sentence."""
    if days < 0:
        return nmsg(
            "Today",
            "It was on {day}, {n} day ago.",
            "It was on {day}, {n} days ago.",
            -days,
            day=formats.date(day),
        )
    if days == 0:
        return msg("Today", "It is today.")
    return nmsg(
        "Today",
        "It is on {day}, in {n} day.",
        "It is on {day}, in {n} days.",
        days,
        day=formats.date(day),
    )


def key_dates(day: Day) -> Iterable[TodayLine]:
    """Key dates within their lead days, and those that passed and were not closed."""
    for row in near_key_dates(day.session, today=day.today, limit=day.most("key_dates")):
        yield TodayLine(
            rule="key_dates",
            what=name_of_date(row),
            why=left_words(row.days_left, row.on_date),
            client_id=row.client_id,
            client_name=row.client_name,
            kind="key_date",
            id=row.id,
            days=max(0, -row.days_left),
            urgent=row.days_left < 0,
        )


def dispute_answers(day: Day) -> Iterable[TodayLine]:
    """Open disputes that want an answer by today, or wanted it before."""
    limit = day.most("dispute_answers")
    for row in disputes_due(day.session, today=day.today, limit=limit):
        assert row.due_on is not None
        yield TodayLine(
            rule="dispute_answers",
            what=msg("Today", "Answer the dispute: {title}", title=row.title),
            why=nmsg(
                "Today",
                "It wants an answer by {day} and has been open for {n} day.",
                "It wants an answer by {day} and has been open for {n} days.",
                row.days_open,
                day=formats.date(row.due_on),
            ),
            client_id=row.client_id,
            client_name=row.client_name,
            kind="dispute",
            id=row.id,
            at_stake_minor=row.at_stake_minor,
            days=(day.today - row.due_on).days,
            urgent=row.due_on < day.today,
        )


def dispute_notices(day: Day) -> Iterable[TodayLine]:
    """Disputes that began before today and of which nobody has been told."""
    limit = day.most("dispute_notices")
    for row in disputes_untold(day.session, today=day.today, limit=limit):
        yield TodayLine(
            rule="dispute_notices",
            what=msg("Today", "Tell somebody of the dispute: {title}", title=row.title),
            why=nmsg(
                "Today",
                "It began on {day}, {n} day ago, and nobody was told.",
                "It began on {day}, {n} days ago, and nobody was told.",
                row.days_open,
                day=formats.date(row.opened_on),
            ),
            client_id=row.client_id,
            client_name=row.client_name,
            kind="dispute",
            id=row.id,
            at_stake_minor=row.at_stake_minor,
            days=row.days_open,
        )


def disruption_notices(day: Day) -> Iterable[TodayLine]:
    """Disruptions whose clients were not all told, while they run and a week after."""
    limit = day.most("disruption_notices")
    for row in untold_disruptions(day.session, today=day.today, limit=limit):
        began = local_day(row.started_at)
        yield TodayLine(
            rule="disruption_notices",
            what=nmsg(
                "Today", "Tell {n} client: {title}", "Tell {n} clients: {title}", row.untold,
                title=row.title,
            ),
            why=nmsg(
                "Today",
                "It began on {day} and touches {n} client; not all were told.",
                "It began on {day} and touches {n} clients; not all were told.",
                row.clients,
                day=formats.date(began),
            ),
            client_id=None,
            client_name=None,
            kind="disruption",
            id=row.id,
            days=(day.today - began).days,
            urgent=row.ended_at is None,
            minutes=min(_MOST_MINUTES, _PER_CLIENT * row.untold),
        )  # fmt: skip


def owed_answers(day: Day) -> Iterable[TodayLine]:
    """Requests that a department has not answered in time."""
    limit = day.most("owed_answers")
    for row in late_requests(day.session, today=day.today, limit=limit):
        yield TodayLine(
            rule="owed_answers",
            what=msg(
                "Today", "Ask {department} again: {what}", department=row.department, what=row.what
            ),
            why=nmsg(
                "Today",
                "They were asked on {day} and have owed an answer for {n} working day.",
                "They were asked on {day} and have owed an answer for {n} working days.",
                row.waiting_days,
                day=formats.date(row.asked_on),
            )
            if row.due_on is None
            else nmsg(
                "Today",
                "They were to answer by {due}; {n} working day has gone since they were asked.",
                "They were to answer by {due}; {n} working days have gone since they were asked.",
                row.waiting_days,
                due=formats.date(row.due_on),
            ),
            client_id=row.client_id,
            client_name=row.client_name,
            kind="request",
            id=row.id,
            days=(day.today - row.asked_on).days,
        )


CASE_RULES: Mapping[str, NamedRule] = MappingProxyType(
    {
        "key_dates": NamedRule(
            key_dates,
            msg("Today", "Key date"),
            msg(
                "Today",
                "Key dates of clients from their lead days before, and those that passed and were"
                " not closed.",
            ),
            20,
        ),
        "dispute_answers": NamedRule(
            dispute_answers,
            msg("Today", "Dispute"),
            msg("Today", "Open disputes that want an answer by today or wanted it before."),
            20,
        ),
        "disruption_notices": NamedRule(
            disruption_notices,
            msg("Today", "Disruption"),
            msg("Today", "Disruptions whose clients were not all told, until a week after."),
            _PER_CLIENT,
        ),
        "dispute_notices": NamedRule(
            dispute_notices,
            msg("Today", "Nobody told"),
            msg("Today", "Disputes that began before today and of which nobody was told."),
            5,
        ),
        "owed_answers": NamedRule(
            owed_answers,
            msg("Today", "They owe an answer"),
            msg(
                "Today",
                "Requests not answered by the day they name, or within five working days.",
            ),
            5,
        ),
    }
)
