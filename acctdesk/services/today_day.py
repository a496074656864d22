"""What a rule of Today is asked for, and what a rule is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from acctdesk import formats
from acctdesk.i18n import Message
from acctdesk.periods import WorkingDays
from acctdesk.services.rows import OverdueClient, TodayLine

MOST_LINES = 20  # of one rule: a day has no more


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The clients who buy: how many, how many of them are quiet, and the quiet ones to list."""

    buying: int
    quiet: int
    lines: tuple[Row[Any], ...]  # id, name, sales, and those of standing.rhythm


@dataclass(frozen=True, slots=True)
class Day:
    """What a rule is asked for; what is overdue, who is quiet and the calendar come once."""

    session: Session
    today: dt.date
    currency: str
    aside: frozenset[str]  # the keys of lines that wait or were dismissed
    overdue: Mapping[int, OverdueClient]
    rhythm: Rhythm
    days: WorkingDays

    def money(self, minor: int) -> str:
        """Return an amount as a sentence shows it."""
        return formats.money(minor, self.currency, cents=False)

    def most(self, rule: str) -> int:
        """Return how many lines a rule finds: as many as are shown, and those put aside."""
        return most_of(rule, self.aside)


def most_of(rule: str, aside: frozenset[str]) -> int:
    """Return how many lines a rule finds while some wait: else they would take up the list."""
    return MOST_LINES + sum(key.startswith(f"{rule}/") for key in aside)


Rule = Callable[[Day], Iterable[TodayLine]]


@dataclass(frozen=True, slots=True)
class NamedRule:
    """A rule, its name on the chip, what it looks for in one sentence, and what a line takes."""

    find: Rule
    name: Message
    sentence: Message
    minutes: int  # to do what a line says, where the line itself does not know better
