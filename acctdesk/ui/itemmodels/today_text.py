"""What the Today page says: the greeting, the day in words, a line's look, its reasons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from acctdesk import formats, i18n
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.kinds import Language
from acctdesk.services.rows import Today, TodayLine
from acctdesk.services.today_rules import MONEY_RULES, RULES
from acctdesk.text import fold
from acctdesk.ui.painting import ChipKind
from acctdesk.ui.privacy import shown_name

FILTERS: tuple[tuple[str, Message], ...] = (
    ("all", msg("Today", "All")),
    ("money", msg("Today", "Money")),
    ("relationship", msg("Today", "Relationship")),
)
NOON, EVENING = 12, 18  # hours


@dataclass(frozen=True, slots=True)
class RuleLook:
    """The icon and tone of a rule's disc and chip."""

    icon: str
    tone: ChipKind


_LOOKS: dict[str, RuleLook] = {
    "tasks_due": RuleLook("checkbox", "accent"),
    "our_promises": RuleLook("flag", "warning"),
    "unanswered": RuleLook("message-reply", "warning"),
    "newly_overdue": RuleLook("receipt-2", "danger"),
    "broken_payments": RuleLook("cash", "danger"),
    "their_promises": RuleLook("calendar-due", "info"),
    "gone_quiet": RuleLook("phone", "info"),
    "over_limit": RuleLook("shield-off", "danger"),
    "slower_payers": RuleLook("trending-down", "warning"),
    "key_dates": RuleLook("calendar-event", "warning"),
    "dispute_answers": RuleLook("scale", "danger"),
    "dispute_notices": RuleLook("scale", "warning"),
    "disruption_notices": RuleLook("alert-triangle", "warning"),
    "owed_answers": RuleLook("inbox", "info"),
    "missed_targets": RuleLook("target", "danger"),
}
_OTHER = RuleLook("bolt", "accent")
_OPENED = frozenset({"disruption", "request", "target"})  # the tick opens what it is about


def look_of_rule(rule: str) -> RuleLook:
    """Return the icon and tone of a rule."""
    return _LOOKS.get(rule, _OTHER)


def look_of(line: TodayLine) -> RuleLook:
    """Return how a line looks; an urgent one is red, a rule without a look of its own plain."""
    look = look_of_rule(line.rule)
    return RuleLook(look.icon, "danger") if line.urgent else look


def is_money(line: TodayLine) -> bool:
    """Tell whether a line is about money; the others are about the relationship."""
    return line.rule in MONEY_RULES


def fits(line: TodayLine, key: str) -> bool:
    """Tell whether a filter chip shows a line."""
    return key == "all" or is_money(line) is (key == "money")


def greeting(officer: str, now: dt.datetime) -> Message:
    """Return the greeting of the hour, with the officer's first name where it reads right."""
    name = spoken_name(officer)
    hour = now.astimezone().hour
    if hour < NOON:
        if name:
            return msg("Today", "Good morning, {name}", name=name)
        return msg("Today", "Good morning")
    if hour < EVENING:
        if name:
            return msg("Today", "Good afternoon, {name}", name=name)
        return msg("Today", "Good afternoon")
    if name:
        return msg("Today", "Good evening, {name}", name=name)
    return msg("Today", "Good evening")


def spoken_name(officer: str) -> str:
    """Return the first name as one is addressed by it, "" where that is not certain.

    Greek bends names: «Γιώργος» is called «Γιώργο», «Αλέξανδρος» «Αλέξανδρε», and only a person
    can tell. So a name in -ς is left out in Greek, and so is one in -ου, which is a surname.
    """
    first = next(iter(officer.split()), "")
    if i18n.language() is Language.EL and fold(first).endswith(("σ", "ου")):
        return ""
    return first


def day_line(today: Today) -> Message:
    """Return the day and what stands in it, in words."""
    day = formats.long_date(today.today)
    if not today.lines and not today.appointments:
        return msg("Today", "{day} · nothing presses", day=day)
    parts: list[Message] = []
    if today.appointments:
        count = len(today.appointments)
        parts.append(nmsg("Today", "{n} appointment", "{n} appointments", count))
    if today.lines:
        parts.append(nmsg("Today", "{n} thing to do", "{n} things to do", len(today.lines)))
    urgent = sum(line.urgent for line in today.lines)
    if urgent:
        parts.append(nmsg("Today", "{n} of them urgent", "{n} of them urgent", urgent))
    return msg("Today", "{day} · {parts}", day=day, parts=", ".join(str(one) for one in parts))


def done_words(line: TodayLine) -> Message:
    """Return what the tick of a line does."""
    if line.kind == "task":
        return msg("Today", "Mark the task as done")
    if line.promise_id is not None:
        return msg("Today", "Mark the promise as kept")
    if line.kind == "key_date":
        return msg("Today", "Close the date")
    if line.kind in _OPENED:
        return msg("Today", "Open")
    return msg("Today", "Record the contact")


def done_icon(line: TodayLine) -> str:
    """Return the icon of the tick: a line that a contact settles opens the capture."""
    if line.kind in {"task", "key_date"} or line.promise_id is not None:
        return "check"
    return "arrow-right" if line.kind in _OPENED else "pencil"


def stake(line: TodayLine, currency: str) -> str:
    """Return the money at stake, a dash where none is known."""
    return formats.money(line.at_stake_minor, currency, cents=False)


def reasons(line: TodayLine, currency: str) -> list[tuple[Message, str]]:
    """Return the figures behind a line: their names and values."""
    found: list[tuple[Message, str]] = []
    if line.days > 0:
        found.append((msg("Today", "Days waiting"), formats.number(line.days)))
    if line.at_stake_minor is not None:
        found.append((msg("Today", "At stake"), stake(line, currency)))
    time = formats.minutes(line.minutes)
    if time is not None:
        found.append((msg("Today", "Takes about"), str(time)))
    urgent = msg("Today", "yes") if line.urgent else msg("Today", "no")
    found.append((msg("Today", "Urgent"), str(urgent)))
    return found


def spoken(line: TodayLine, currency: str) -> str:
    """Return the whole line as it is read aloud."""
    parts = [
        str(line.what),
        shown_name(line.client_name, line.client_id),
        str(line.why).rstrip("."),
    ]
    parts.append(str(RULES[line.rule].name))
    if line.at_stake_minor is not None:
        parts.append(stake(line, currency))
    if line.minutes:
        parts.append(str(formats.minutes(line.minutes)))
    if line.urgent:
        parts.append(str(msg("Today", "urgent")))
    return ". ".join(part for part in parts if part)
