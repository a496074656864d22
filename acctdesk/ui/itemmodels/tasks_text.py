"""What a task or a promise says in the list: its group, its day, its words read aloud."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from acctdesk import formats
from acctdesk.i18n import Message, msg, ntr, tr
from acctdesk.kinds import PromiseBy, PromiseOutcome, PromiseState, TaskState
from acctdesk.services.recurrence import moved_reason
from acctdesk.services.rows import LedgerLine, PromiseRow, TaskRow
from acctdesk.text import fold
from acctdesk.ui.itemmodels import words
from acctdesk.ui.itemmodels.timeline_text import ChipText, promise_due
from acctdesk.ui.own_days import own_days
from acctdesk.ui.privacy import shown_name

GROUPS: dict[str, Message] = {
    "overdue": msg("Tasks", "Overdue"),
    "today": msg("Tasks", "Today"),
    "week": msg("Tasks", "This week"),
    "later": msg("Tasks", "Later"),
    "none": msg("Tasks", "Without a day"),
    "broken": msg("Promises", "Not kept"),
    "kept_late": msg("Promises", "Kept late"),
    "kept": msg("Promises", "Kept"),
    "done": msg("Tasks", "Done in the last 30 days"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a task, or a promise of ours or theirs."""

    title: str
    client_id: int | None
    client_name: str | None
    due_on: dt.date | None
    due_time: dt.time | None = None
    notes: str | None = None
    task: TaskRow | None = None
    promise: PromiseRow | None = None
    ledger: LedgerLine | None = None  # of a promise in the ledger

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other entry."""
        if self.task is not None:
            return ("task", self.task.id)
        return ("promise", self.promise.id if self.promise is not None else 0)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        if self.task is not None:
            return self.task.state is not TaskState.OPEN
        return self.promise is not None and self.promise.state is not PromiseState.OPEN


def of_task(row: TaskRow) -> Entry:
    """Return a task as an entry."""
    return Entry(
        title=row.title,
        client_id=row.client_id,
        client_name=row.client_name,
        due_on=row.due_on,
        due_time=row.due_time,
        notes=row.notes,
        task=row,
    )


def of_promise(row: PromiseRow) -> Entry:
    """Return a promise as an entry."""
    return Entry(
        title=row.what,
        client_id=row.client_id,
        client_name=row.client_name,
        due_on=row.due_on,
        promise=row,
    )


def of_ledger(line: LedgerLine) -> Entry:
    """Return a line of the ledger as an entry."""
    return replace(of_promise(line.promise), ledger=line)


def group_of(entry: Entry, today: dt.date) -> str:
    """Return which group an entry stands in; a week ends on Sunday."""
    due = entry.due_on
    if entry.ledger is not None and entry.is_done:
        return entry.ledger.outcome.value
    if entry.is_done:
        return "done"
    if due is None:
        return "none"
    if due < today:
        return "overdue"
    if due == today:
        return "today"
    sunday = today + dt.timedelta(days=6 - today.weekday())
    return "week" if due <= sunday else "later"


def matches(entry: Entry, typed: str) -> bool:
    """Tell whether every word typed stands in title, client or notes, accents apart."""
    words = fold(typed).split()
    if not words:
        return True
    held = fold(" ".join((entry.title, entry.client_name or "", entry.notes or "")))
    return all(word in held for word in words)


def _done_words(day: dt.date | None, *, today: dt.date) -> str:
    if day == today:
        return tr("Tasks", "done today")
    if day == today - dt.timedelta(days=1):
        return tr("Tasks", "done yesterday")
    return tr("Tasks", "done {day}", day=formats.relative_day(day, today=today))


def due_chip(entry: Entry, *, today: dt.date) -> ChipText:
    """Return when an entry is due, or was done, with its tone."""
    if entry.ledger is not None and entry.is_done:
        return _settled(entry.ledger, today=today)
    if entry.promise is not None:
        return promise_due(entry.promise, today=today)
    task = entry.task
    if task is not None and entry.is_done:
        return ChipText(_done_words(task.done_on, today=today), "success")
    if entry.due_on is None:
        return ChipText(tr("Tasks", "no day"), "muted")
    text = formats.relative_day(entry.due_on, today=today)
    if entry.due_time is not None:
        text = f"{text}, {formats.time(entry.due_time)}"
    days = (entry.due_on - today).days
    return ChipText(text, "danger" if days < 0 else "warning" if days <= 1 else "muted")


def _settled(line: LedgerLine, *, today: dt.date) -> ChipText:
    """Return how a promise of the ledger ended, and when."""
    day = formats.relative_day(line.promise.settled_on, today=today)
    if line.outcome is PromiseOutcome.BROKEN:
        return ChipText(tr("Promises", "not kept"), "danger")
    if line.outcome is PromiseOutcome.KEPT_LATE:
        days = ((line.promise.settled_on or today) - (line.promise.due_on or today)).days
        late = ntr("Promises", "{n} day late", "{n} days late", days)
        return ChipText(f"{day} · {late}", "warning")
    return ChipText(tr("Promises", "kept {day}", day=day), "success")


def _given(line: LedgerLine) -> str:
    day = formats.date(line.given_on)
    if line.given_in is None:
        return tr("Promises", "written down on {day}", day=day)
    kind = words.SHORT[line.given_in]
    return tr("Promises", "given on {day} ({kind})", day=day, kind=kind)


def giver(entry: Entry) -> str:
    """Return who promised, "" for a task."""
    return "" if entry.promise is None else str(words.GIVERS[entry.promise.given_by])


def is_ours(entry: Entry) -> bool:
    """Tell whether a promise is ours to keep."""
    return entry.promise is not None and entry.promise.given_by is PromiseBy.US


def second_line(entry: Entry) -> str:
    """Return the client, and the notes on one line; of the ledger when and in what it was given."""
    notes = " ".join((entry.notes or "").split())
    if entry.ledger is not None:
        notes = _given(entry.ledger)
    name = shown_name(entry.client_name, entry.client_id)
    return " · ".join(part for part in (name, moved_words(entry.task), notes) if part)


def moved_words(task: TaskRow | None) -> str:
    """Return why an occurrence is not on its rule's day, "" where it is."""
    if task is None:
        return ""
    why = moved_reason(task.series_on, task.due_on, own_days().calendar)
    return "" if why is None else str(why)


def spoken(entry: Entry, *, today: dt.date) -> str:
    """Return an entry as it is read aloud."""
    kind = [tr("Tasks", "Deadline")] if entry.task is not None and entry.task.deadline else []
    if entry.task is not None and entry.task.series_id is not None:
        kind.append(tr("Calendar", "comes again"))
    parts = (
        giver(entry),
        entry.title,
        *kind,
        second_line(entry),
        due_chip(entry, today=today).text,
    )
    return ", ".join(part for part in parts if part)
