"""What the calendar says of a task, also read aloud."""

from __future__ import annotations

from acctdesk import formats
from acctdesk.i18n import msg, tr
from acctdesk.kinds import TaskState
from acctdesk.periods import WorkingDays
from acctdesk.services.recurrence import moved_reason
from acctdesk.services.rows import TaskRow
from acctdesk.ui.itemmodels.words import INTERACTIONS
from acctdesk.ui.privacy import shown_name

OVERLAPS = msg("Calendar", "Overlaps another one")


def icon_of(task: TaskRow) -> str | None:
    """Return what is told apart by a sign before the title."""
    if task.state is not TaskState.OPEN:
        return "check"
    if task.deadline:
        return "flag"
    if task.kind is not None:
        return INTERACTIONS[task.kind].icon
    return "repeat" if task.series_id is not None else None


def moved_words(task: TaskRow, calendar: WorkingDays) -> str:
    """Return why an occurrence is not on its rule's day, "" where it is."""
    why = moved_reason(task.series_on, task.due_on, calendar)
    return "" if why is None else str(why)


def details(task: TaskRow, calendar: WorkingDays, *, conflict: bool) -> list[str]:
    """Return everything of a task beside its title: when, for whom, where, what is special."""
    parts: list[str] = []
    if task.due_time is not None:
        length = formats.minutes(task.minutes)
        time = formats.time(task.due_time)
        parts.append(time if length is None else f"{time}, {length}")
    parts.append(shown_name(task.client_name, task.client_id))
    if task.kind is not None:
        parts.append(str(INTERACTIONS[task.kind].word))
    parts.append(task.place or "")
    if task.deadline:
        parts.append(tr("Tasks", "Deadline"))
    if task.series_id is not None:
        parts.append(tr("Calendar", "comes again"))
    parts.append(moved_words(task, calendar))
    if task.state is not TaskState.OPEN:
        parts.append(tr("Calendar", "done"))
    if conflict:
        parts.append(str(OVERLAPS))
    return [part for part in parts if part]


def spoken(task: TaskRow, calendar: WorkingDays, *, conflict: bool) -> str:
    """Return a task as it is read aloud."""
    day = formats.long_date(task.due_on) if task.due_on is not None else ""
    return ", ".join([task.title, day, *details(task, calendar, conflict=conflict)])
