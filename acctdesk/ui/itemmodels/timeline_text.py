"""What a line of the timeline says: its title, chip, body, promises and small print."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from acctdesk import formats
from acctdesk.i18n import msg, tr
from acctdesk.kinds import InteractionKind, NeedState, PromiseState, TimelineKind
from acctdesk.services.rows import AttachmentRow, NeedRow, PromiseRow, TimelineItem
from acctdesk.ui.itemmodels import words
from acctdesk.ui.painting import ChipKind
from acctdesk.ui.privacy import shown_name

_NOUNS = {
    TimelineKind.TASK: msg("Timeline", "task"),
    TimelineKind.DISPUTE: msg("Timeline", "dispute"),
}
MONEY_KINDS = (TimelineKind.INVOICE, TimelineKind.CREDIT_NOTE, TimelineKind.RECEIPT)


@dataclass(frozen=True, slots=True)
class ChipText:
    """A chip's word and tone: one of painting's chip kinds."""

    text: str
    tone: ChipKind


def title(item: TimelineItem, *, currency: str) -> str:
    """Return the first line; a name stands in the nominative, as its own run."""
    word = str(words.look_of(item).word)
    if item.kind is TimelineKind.INTERACTION:
        if item.subject:
            return item.subject
        return f"{word} · {item.person}" if item.person else word
    if item.kind in (TimelineKind.TASK, TimelineKind.DISPUTE):
        return item.subject or word
    if item.amount_minor is None:
        return word
    return f"{word} {formats.money(item.amount_minor, currency)}"


def chip(item: TimelineItem, *, today: dt.date) -> ChipText | None:
    """Return the one chip of a line, None where nothing needs saying."""
    if item.needs_reply:
        return ChipText(tr("Timeline", "Needs a reply"), "warning")
    if item.kind is TimelineKind.INVOICE and item.open_minor is not None:
        if item.open_minor <= 0:
            return ChipText(tr("Timeline", "Paid"), "success")
        if item.due_on is not None and item.due_on < today:
            return ChipText(tr("Timeline", "Overdue"), "danger")
        if item.amount_minor is not None and item.open_minor < item.amount_minor:
            return ChipText(tr("Timeline", "Partly paid"), "muted")
        return None
    if item.kind is TimelineKind.RECEIPT and item.open_minor:
        return ChipText(tr("Timeline", "Not matched"), "muted")
    if item.kind is TimelineKind.DISPUTE:
        if item.due_on is None:
            return ChipText(tr("Timeline", "In dispute"), "warning")
        return ChipText(tr("Timeline", "Closed"), "success")
    return None


def body(item: TimelineItem) -> str:
    """Return the text under the title; empty where there is none."""
    if item.kind in (TimelineKind.INTERACTION, TimelineKind.TASK, TimelineKind.DISPUTE):
        return " ".join(item.body.split())
    if item.number:
        return tr("Timeline", "Number {number}", number=item.number)
    return item.body


def meta(item: TimelineItem, *, currency: str) -> str:
    """Return the small print: time, kind, person, duration, place, mood; or due day and rest.

    A kind that the title says is not said again; so it may be empty.
    """
    parts: list[str] = []
    if item.client_name is not None and item.client_id is not None:
        parts.append(shown_name(item.client_name, item.client_id))
    if item.pinned:
        parts.append(formats.date(item.day))
    if item.at is not None:
        parts.append(formats.time(item.at))
    if item.kind is TimelineKind.INTERACTION and item.subject:
        parts.append(str(words.look_of(item).word))
        if item.person:
            parts.append(item.person)
    if item.kind in _NOUNS:
        parts.append(str(_NOUNS[item.kind]))
    if item.minutes:
        parts.append(str(formats.minutes(item.minutes)))
    if item.place:
        parts.append(item.place)
    if item.mood is not None:
        parts.append(str(words.MOOD_IN_META[item.mood]))
    parts += _result(item)
    if item.kind is TimelineKind.INVOICE and item.due_on is not None:
        parts.append(tr("Timeline", "due on {day}", day=formats.date(item.due_on)))
    if item.open_minor and item.kind in MONEY_KINDS:
        amount = formats.money(item.open_minor, currency)
        if item.kind is TimelineKind.INVOICE:
            parts.append(tr("Timeline", "still open {amount}", amount=amount))
        else:
            parts.append(tr("Timeline", "not matched {amount}", amount=amount))
    return " · ".join(parts)


def _result(item: TimelineItem) -> list[str]:
    """Return what came of an interaction: its report, its outcome."""
    parts = [tr("Timeline", "with its report")] if item.reported else []
    if item.outcome:
        parts.append(tr("Timeline", "outcome: {outcome}", outcome=item.outcome))
    return parts


def promise_text(promise: PromiseRow) -> str:
    """Return who promised what: ``We: the new terms``."""
    return f"{words.GIVERS[promise.given_by]}: {promise.what}"


def promise_due(promise: PromiseRow, *, today: dt.date) -> ChipText:
    """Return when a promise is due, or how it ended, with its tone."""
    if promise.state is PromiseState.KEPT:
        return ChipText(tr("Promise", "kept"), "success")
    if promise.state is PromiseState.BROKEN:
        return ChipText(tr("Promise", "not kept"), "danger")
    due = promise.due_on
    if due is None:
        return ChipText(tr("Promise", "no date"), "muted")
    days = (due - today).days
    if days == -1:
        return ChipText(tr("Promise", "since yesterday"), "danger")
    if days < 0:
        return ChipText(
            tr("Promise", "since {day}", day=formats.relative_day(due, today=today)), "danger"
        )
    if days == 0:
        return ChipText(tr("Promise", "today"), "warning")
    if days == 1:
        return ChipText(tr("Promise", "tomorrow"), "warning")
    return ChipText(tr("Promise", "by {day}", day=formats.relative_day(due, today=today)), "muted")


def need_text(need: NeedRow) -> str:
    """Return what a client needs: ``Need: two cold rooms``."""
    return tr("Needs", "Need: {what}", what=need.what)


def need_state(need: NeedRow) -> ChipText:
    """Return what became of a need, with its tone."""
    if need.state is NeedState.MET:
        return ChipText(tr("Needs", "met"), "success")
    if need.state is NeedState.DROPPED:
        return ChipText(tr("Needs", "dropped"), "muted")
    return ChipText(tr("Needs", "open"), "info")


def file_text(file: AttachmentRow) -> str:
    """Return a file's name and size."""
    return f"{file.name} · {formats.file_size(file.size)}"


def spoken(item: TimelineItem, *, today: dt.date, currency: str) -> str:
    """Return the whole line as one sentence for a screen reader, a copy or a print."""
    parts = [str(words.look_of(item).word), title(item, currency=currency)]
    if parts[0] == parts[1] or parts[1].startswith(parts[0]):
        parts.pop(0)
    mark = chip(item, today=today)
    if mark is not None:
        parts.append(mark.text)
    text = body(item)
    if text:
        parts.append(text)
    if item.kind in MONEY_KINDS:
        parts += filter(None, [meta(item, currency=currency)])
    for promise in item.promises:
        due = promise_due(promise, today=today)
        parts.append(f"{promise_text(promise)}, {due.text}")
    parts += [f"{need_text(need)}, {need_state(need).text}" for need in item.needs]
    parts += [tr("Timeline", "file {name}", name=file_text(file)) for file in item.files]
    return ". ".join(part.rstrip(".") for part in parts)


# What each filter shows. Tasks are not history: the open ones stand beside the timeline.
FILTERS: dict[str, tuple[TimelineKind | InteractionKind, ...]] = {
    "all": (*InteractionKind, *MONEY_KINDS, TimelineKind.DISPUTE),
    "calls": (InteractionKind.CALL,),
    "visits": (InteractionKind.VISIT, InteractionKind.MEETING),
    "email": (InteractionKind.EMAIL, InteractionKind.LETTER),
    "notes": (InteractionKind.NOTE,),
    "money": (*MONEY_KINDS, TimelineKind.DISPUTE),
}
