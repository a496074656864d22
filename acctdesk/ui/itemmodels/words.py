"""The word, icon and tone of each kind of contact, mood, promise and money line."""

from __future__ import annotations

from dataclasses import dataclass

from acctdesk.i18n import Message, msg
from acctdesk.kinds import ContactState, InteractionKind, Mood, PromiseBy, TimelineKind
from acctdesk.services.rows import TimelineItem
from acctdesk.ui.painting import ChipKind


@dataclass(frozen=True, slots=True)
class Look:
    """A kind's word, its icon, and the tone of its disc (accent, success, warning, muted)."""

    word: Message
    icon: str
    tone: ChipKind = "accent"


INTERACTIONS: dict[InteractionKind, Look] = {
    InteractionKind.CALL: Look(msg("Interaction", "Call"), "phone"),
    InteractionKind.VISIT: Look(msg("Interaction", "Visit"), "map-pin"),
    InteractionKind.MEETING: Look(msg("Interaction", "Meeting"), "users"),
    InteractionKind.EMAIL: Look(msg("Interaction", "E-mail"), "mail"),
    InteractionKind.LETTER: Look(msg("Interaction", "Letter"), "mail"),
    InteractionKind.NOTE: Look(msg("Interaction", "Note"), "note", "muted"),
}

# Narrow columns show these; the full word is in the tooltip.
SHORT: dict[InteractionKind, Message] = {
    InteractionKind.CALL: msg("Interaction, short", "call"),
    InteractionKind.VISIT: msg("Interaction, short", "visit"),
    InteractionKind.MEETING: msg("Interaction, short", "meeting"),
    InteractionKind.EMAIL: msg("Interaction, short", "e-mail"),
    InteractionKind.LETTER: msg("Interaction, short", "letter"),
    InteractionKind.NOTE: msg("Interaction, short", "note"),
}

MONEY: dict[TimelineKind, Look] = {
    TimelineKind.INVOICE: Look(msg("Timeline", "Invoice"), "receipt", "muted"),
    TimelineKind.CREDIT_NOTE: Look(msg("Timeline", "Credit note"), "receipt-refund", "muted"),
    TimelineKind.RECEIPT: Look(msg("Timeline", "Receipt"), "cash", "success"),
    TimelineKind.TASK: Look(msg("Timeline", "Task"), "checkbox", "success"),
    TimelineKind.DISPUTE: Look(msg("Timeline", "Dispute"), "scale", "warning"),
    TimelineKind.SATISFACTION: Look(msg("Timeline", "Satisfaction"), "mood-smile"),
    TimelineKind.REMINDER: Look(msg("Timeline", "Reminder"), "send", "warning"),
}

MOODS: dict[Mood, Look] = {
    Mood.BAD: Look(msg("Mood", "Bad"), "mood-sad"),
    Mood.NEUTRAL: Look(msg("Mood", "Neutral"), "mood-neutral"),
    Mood.GOOD: Look(msg("Mood", "Good"), "mood-smile"),
    Mood.GREAT: Look(msg("Mood", "Very good"), "mood-happy"),
}

MOOD_IN_META: dict[Mood, Message] = {
    Mood.BAD: msg("Mood", "bad mood"),
    Mood.NEUTRAL: msg("Mood", "neutral mood"),
    Mood.GOOD: msg("Mood", "good mood"),
    Mood.GREAT: msg("Mood", "very good mood"),
}


@dataclass(frozen=True, slots=True)
class StateLook:
    """How a state of the contact rhythm is called in a list, and its tone."""

    word: Message
    tone: ChipKind


CONTACT_STATES: dict[ContactState, StateLook] = {  # the others need no word
    ContactState.DUE: StateLook(msg("Rhythm", "due"), "warning"),
    ContactState.FORGOTTEN: StateLook(msg("Rhythm", "forgotten"), "danger"),
}

GIVERS: dict[PromiseBy, Message] = {
    PromiseBy.US: msg("Promise", "We"),
    PromiseBy.THEM: msg("Promise", "They"),
}


def look_of(item: TimelineItem) -> Look:
    """Return the look of a timeline line, whatever its kind."""
    if item.interaction_kind is not None:
        return INTERACTIONS[item.interaction_kind]
    return MONEY.get(item.kind, INTERACTIONS[InteractionKind.NOTE])
