"""What can be typed about a task, and what is asked of it before it is stored."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict, cast

from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind
from acctdesk.models import Task
from acctdesk.services import checks

MOST_MINUTES = 24 * 60


class MoreFields(TypedDict, total=False):
    """What is typed about a task now and then."""

    kind: InteractionKind | None  # what it will be: a visit, a call
    minutes: int | None  # how long it takes
    place: str | None
    deadline: bool  # the day is not ours to move


class TaskFields(MoreFields, total=False):
    """What can be typed about a task."""

    title: str
    notes: str | None
    due_on: dt.date | None
    due_time: dt.time | None


_FIELDS = frozenset(TaskFields.__annotations__)


def checked_task(given: TaskFields) -> dict[str, Any]:
    """Return the values to store.

    Raises:
        UserError: one cannot be right.
    """
    checks.declared(given, _FIELDS)
    values: dict[str, Any] = {}
    for field, value in given.items():
        if field == "title":
            values[field] = checks.required(
                Task, "title", cast("str", value), msg("Services", "Say what is to be done.")
            )
        elif field in {"notes", "place"}:
            values[field] = checks.plain(Task, field, cast("str | None", value))
        elif field == "due_on":
            values[field] = checks.day(cast("dt.date | None", value))
        elif field == "kind":
            values[field] = None if value is None else InteractionKind(cast("str", value)).value
        elif field == "minutes":
            values[field] = checks.count(
                cast("int | None", value) or None,
                most=MOST_MINUTES,
                complaint=msg("Services", "A task takes a day at most: 1440 minutes."),
            )
        else:
            values[field] = value
    return values
