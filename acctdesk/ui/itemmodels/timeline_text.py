"""What a line of the timeline says: its title, chip, body, promises and small print."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from acctdesk import formats
from acctdesk.i18n import Message, msg, ntr, tr
from acctdesk.kinds import InteractionKind, NeedState, PromiseOutcome, PromiseState, TimelineKind
from acctdesk.services.rows import (
    AttachmentRow,
    NeedRow,
    PaymentNote,
    PromiseRow,
    ReminderRow,
    SatisfactionRow,
    TimelineItem,
)
from acctdesk.ui.itemmodels import words
from acctdesk.ui.itemmodels.satisfaction_text import (
    answer_title,
    answer_words,
    score_text,
    score_tone,
)
from acctdesk.ui.painting import ChipKind
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.promise_words import OUTCOMES

_NOUNS = {
    TimelineKind.TASK: msg("Timeline", "task"),
    TimelineKind.DISPUTE: msg("Timeline", "dispute"),
    TimelineKind.REMINDER: msg("Timeline", "reminder"),
}
_MOST_NUMBERS = 3  # of invoices, in one line
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
    if item.answers:
        return answer_title(item.answers[0])
    if item.reminders:
        return step_text(item.reminders[0])
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
    if item.answers:
        return formats.quoted(item.body) if item.body else ""
    if item.reminders:
        return tr("Ladder", "For {invoices}", invoices=reminded(item.reminders[0]))
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
    parts += _result(item, currency)
    if item.kind is TimelineKind.INVOICE and item.due_on is not None:
        parts.append(tr("Timeline", "due on {day}", day=formats.date(item.due_on)))
    if item.open_minor and item.kind in MONEY_KINDS:
        amount = formats.money(item.open_minor, currency)
        if item.kind is TimelineKind.INVOICE:
            parts.append(tr("Timeline", "still open {amount}", amount=amount))
        else:
            parts.append(tr("Timeline", "not matched {amount}", amount=amount))
    return " · ".join(parts)


def _result(item: TimelineItem, currency: str) -> list[str]:
    """Return what came of an interaction, who answered, what a reminder asked for."""
    parts = [tr("Timeline", "with its report")] if item.reported else []
    if item.outcome:
        parts.append(tr("Timeline", "outcome: {outcome}", outcome=item.outcome))
    if item.kind is TimelineKind.SATISFACTION:
        parts += [one.contact_name for one in item.answers if one.contact_name]
    if item.kind is TimelineKind.REMINDER:
        asked = formats.money(sum(one.open_minor for one in item.reminders), currency)
        parts.append(tr("Ladder", "{amount} was open", amount=asked))
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


@dataclass(frozen=True, slots=True)
class StripLook:
    """What stands under a line of the timeline: an icon, words, a mark; ``over``: it is settled."""

    icon: str
    text: str
    mark: ChipText
    over: bool = False


Strip = PromiseRow | NeedRow | AttachmentRow | SatisfactionRow | PaymentNote | ReminderRow
_NEEDS: dict[NeedState, tuple[Message, ChipKind]] = {
    NeedState.OPEN: (msg("Needs", "open"), "info"),
    NeedState.MET: (msg("Needs", "met"), "success"),
    NeedState.DROPPED: (msg("Needs", "dropped"), "muted"),
}


def strips(item: TimelineItem) -> tuple[Strip, ...]:
    """Return what stands under an interaction; another line says it itself."""
    if item.kind is not TimelineKind.INTERACTION:
        return ()
    return (
        *item.promises, *item.payments, *item.needs, *item.answers, *item.reminders, *item.files
    )  # fmt: skip


def strip_look(part: Strip, *, today: dt.date, currency: str) -> StripLook:
    """Return how a strip looks; a promise has a box to tick instead of its icon."""
    match part:
        case PromiseRow():
            done = part.state is not PromiseState.OPEN
            return StripLook("", promise_text(part), promise_due(part, today=today), done)
        case PaymentNote():
            amount = formats.money(part.amount_minor, currency)
            said = tr("Collecting", "They will pay {amount}", amount=amount)
            mark = _payment_mark(part, today)
            return StripLook("cash", said, mark, not part.is_running)
        case NeedRow():
            word, tone = _NEEDS[part.state]
            said = tr("Needs", "Need: {what}", what=part.what)
            over = part.state is not NeedState.OPEN
            return StripLook("target", said, ChipText(str(word), tone), over)
        case SatisfactionRow():
            score = score_text(part.measure, part.score)
            mark = ChipText(score, score_tone(part.measure, part.score))
            return StripLook("mood-smile", answer_words(part), mark)
        case ReminderRow():
            mark = ChipText(formats.money(part.open_minor, currency), "muted")
            return StripLook("send", f"{step_text(part)}: {reminded(part)}", mark)
        case _:
            size = ChipText(formats.file_size(part.size), "muted")
            return StripLook("paperclip", part.name, size)


def _payment_mark(part: PaymentNote, today: dt.date) -> ChipText:
    if part.outcome is None:
        return ChipText(tr("Collecting", "withdrawn"), "muted")
    if part.outcome is PromiseOutcome.OPEN:
        day = formats.relative_day(part.due_on, today=today)
        return ChipText(tr("Promise", "by {day}", day=day), "info")
    word, tone, _ = OUTCOMES[part.outcome]
    return ChipText(str(word), tone)


def step_text(reminder: ReminderRow) -> str:
    """Return which step of the ladder was taken: ``Second reminder (step 3)``."""
    return tr("Ladder", "{name} (step {n})", name=reminder.name, n=reminder.step)


def reminded(reminder: ReminderRow) -> str:
    """Return the invoices that a reminder named; of many the first ones, and how many more."""
    shown = ", ".join(reminder.numbers[:_MOST_NUMBERS])
    more = len(reminder.numbers) - _MOST_NUMBERS
    if more <= 0:
        return shown or formats.UNKNOWN
    return ntr("Ladder", "{numbers} and {n} more", "{numbers} and {n} more", more, numbers=shown)


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
    if item.kind in (*MONEY_KINDS, TimelineKind.REMINDER):
        parts += filter(None, [meta(item, currency=currency)])
    for part in strips(item):
        look = strip_look(part, today=today, currency=currency)
        said = f"{look.text}, {look.mark.text}"
        is_file = isinstance(part, AttachmentRow)
        parts.append(tr("Timeline", "file {name}", name=said) if is_file else said)
    return ". ".join(part.rstrip(".") for part in parts)


# What each filter shows. Tasks are not history: the open ones stand beside the timeline.
FILTERS: dict[str, tuple[TimelineKind | InteractionKind, ...]] = {
    "all": (
        *InteractionKind,
        *MONEY_KINDS,
        TimelineKind.DISPUTE,
        TimelineKind.SATISFACTION,
        TimelineKind.REMINDER,
    ),
    "calls": (InteractionKind.CALL,),
    "visits": (InteractionKind.VISIT, InteractionKind.MEETING),
    "email": (InteractionKind.EMAIL, InteractionKind.LETTER),
    "notes": (InteractionKind.NOTE, TimelineKind.SATISFACTION),
    "money": (*MONEY_KINDS, TimelineKind.DISPUTE, TimelineKind.REMINDER),
}
