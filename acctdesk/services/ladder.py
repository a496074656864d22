"""The reminder ladder: the officer's own steps, whom one is proposed for, and what was taken.

Nothing is sent by itself: a step is taken when the officer presses for it (``exchange.reminders``).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.figures import ladder as definitions
from acctdesk.figures.ladder import Taken
from acctdesk.i18n import Message, msg
from acctdesk.kinds import Language, LetterKind, ReminderKind
from acctdesk.models import Client, Document, RemindedDocument, Reminder
from acctdesk.services import checks, preferences, reminder_examples
from acctdesk.services.letters import language_of, letter_templates
from acctdesk.services.payment_promises import PaymentPromiseRow, promised
from acctdesk.services.receivables import open_invoices
from acctdesk.services.rows import LetterTemplateRow, OpenInvoice, ReminderRow
from acctdesk.text import clean

MOST_STEPS, MOST_DAYS = 8, 720
_LADDER = "reminder_ladder"  # the setting


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the ladder: ``days`` past due, what it is called, and how it is worded.

    ``el`` and ``en`` are keys of letter templates (``LetterTemplateRow.key``); a call has none.
    """

    days: int
    name: str
    kind: ReminderKind
    el: str = ""
    en: str = ""

    def template_key(self, language: Language) -> str:
        """Return the key of the wording in a language."""
        return self.el if language is Language.EL else self.en


class LeftOut(StrEnum):
    """Why an overdue invoice is left out of the reminders."""

    DISPUTE = "dispute"
    PROMISE = "promise"


class Standing(StrEnum):
    """How a client stands on the ladder."""

    NEXT = "next"  # a step is due
    WAITING = "waiting"  # the next one has its day still to come
    OVER = "over"  # the last one was taken
    LEFT_OUT = "left_out"  # all that is overdue is in dispute or promised


@dataclass(frozen=True, slots=True)
class LeftOutInvoice:
    """An invoice that is left out, why, and by which day it was promised."""

    invoice: OpenInvoice
    why: LeftOut
    promised_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A client with overdue invoices and its next step; gross, minor units.

    ``number`` counts the steps from 1 and is None where none is left; ``on`` is the day from which
    the step is due. ``invoices`` are those that it names, the oldest due first.
    """

    client_id: int
    client_name: str
    city: str | None
    language: Language
    standing: Standing
    number: int | None
    step: Step | None
    on: dt.date | None
    invoices: tuple[OpenInvoice, ...]
    left_out: tuple[LeftOutInvoice, ...]
    last_name: str | None  # of the last step that was taken for the oldest one
    last_on: dt.date | None

    @property
    def overdue_minor(self) -> int:
        """What the step asks for."""
        return sum(one.open_minor for one in self.invoices)

    @property
    def left_out_minor(self) -> int:
        """What is overdue besides."""
        return sum(one.invoice.open_minor for one in self.left_out)

    @property
    def oldest_days(self) -> int:
        """How long the oldest of all has been due."""
        every = (*self.invoices, *(one.invoice for one in self.left_out))
        return max((one.days_past_due for one in every), default=0)


# -- the steps


def usual_ladder(language: Language | None = None) -> list[Step]:
    """Return the ladder to begin with, named in a language (that of the moment by default)."""
    first, second, last = (
        {"el": f"{key}/el", "en": f"{key}/en"}
        for key in (reminder_examples.FIRST, reminder_examples.SECOND, reminder_examples.LAST)
    )

    def name(said: Message) -> str:
        return said.localized(language)

    return [
        Step(5, name(msg("Ladder", "Friendly reminder")), ReminderKind.EMAIL, **first),
        Step(15, name(msg("Ladder", "Phone call")), ReminderKind.CALL),
        Step(30, name(msg("Ladder", "Second reminder")), ReminderKind.LETTER, **second),
        Step(60, name(msg("Ladder", "Last reminder")), ReminderKind.LETTER, **last),
    ]


def get_ladder(session: Session) -> list[Step]:
    """Return the officer's steps, or the usual ones where none were chosen."""
    kept = preferences.read(session, _LADDER)
    if kept is None:
        return usual_ladder()
    return [Step(**{**one, "kind": ReminderKind(one["kind"])}) for one in kept]


def set_ladder(session: Session, *, steps: Sequence[Step] | None) -> None:
    """Choose the steps; None goes back to the usual ones.

    Raises:
        UserError: one has no name, its days do not rise, or its wording is missing.
    """
    if steps is None:
        preferences.write(session, _LADDER, None)
        return
    if not 1 <= len(steps) <= MOST_STEPS:
        raise UserError(msg("Ladder", "The ladder has from 1 to {most} steps.", most=MOST_STEPS))
    kinds = {one.key: one.kind for one in letter_templates(session)}
    before = -1
    for step in steps:
        if not clean(step.name):
            raise UserError(msg("Ladder", "Give each step a name."))
        if not before < step.days <= MOST_DAYS or step.days < 0:
            raise UserError(
                msg(
                    "Ladder",
                    "The days past due must rise from step to step, up to {most}.",
                    most=MOST_DAYS,
                )
            )
        before = step.days
        wanted = {ReminderKind.LETTER: LetterKind.LETTER, ReminderKind.EMAIL: LetterKind.EMAIL}
        if step.kind in wanted and any(
            kinds.get(key) is not wanted[step.kind] for key in (step.el, step.en)
        ):
            raise UserError(
                msg(
                    "Ladder",
                    "Choose the wording of “{name}” in Greek and in English.",
                    name=clean(step.name),
                )
            )
    preferences.write(session, _LADDER, [{**asdict(one), "name": clean(one.name)} for one in steps])


def wording(session: Session, step: Step, language: Language) -> LetterTemplateRow | None:
    """Return the template of a step in a language, None where it is gone or the step is a call."""
    key = step.template_key(language)
    return next((one for one in letter_templates(session) if one.key == key), None)


# -- whom a step is proposed for


def proposals(
    session: Session, *, as_of: dt.date, client_ids: Collection[int] | None = None
) -> list[Proposal]:
    """Return the clients with overdue invoices and their next step, as of a day.

    First those with a step due, the highest and then the most first; then those that wait, whose
    ladder is over, and whose invoices are all left out.
    """
    overdue: dict[int, list[OpenInvoice]] = defaultdict(list)
    for one in open_invoices(session, as_of=as_of):
        if one.days_past_due > 0 and (client_ids is None or one.client_id in client_ids):
            overdue[one.client_id].append(one)
    steps, running = get_ladder(session), promised(session, as_of=as_of)
    taken, names = _taken(session, as_of, overdue)
    clients = {
        row.id: row
        for row in session.execute(
            select(Client.id, Client.name, Client.city, Client.country).where(
                Client.id.in_(list(overdue)), Client.deleted_at.is_(None)
            )
        )
    }
    found = []
    for client_id, invoices in overdue.items():
        client = clients.get(client_id)
        if client is None:
            continue
        left_out = _left_out(invoices, running)
        without = {one.invoice.id for one in left_out}
        asked = tuple(one for one in invoices if one.id not in without)
        standing, number, on, oldest = _next(asked, steps, taken, as_of)
        last = None
        if oldest is not None:
            last = max(names.get(oldest.id, ()), default=None)
        found.append(
            Proposal(
                client_id=client_id,
                client_name=client.name,
                city=client.city,
                language=language_of(client.country),
                standing=standing,
                number=number,
                step=None if number is None else steps[number - 1],
                on=on,
                invoices=asked,
                left_out=left_out,
                last_name=None if last is None else last[1],
                last_on=None if last is None else last[0],
            )
        )
    order = list(Standing)
    return sorted(
        found,
        key=lambda one: (
            order.index(one.standing),
            -(one.number or 0),
            -one.overdue_minor - one.left_out_minor,
            one.client_id,
        ),
    )


def _left_out(
    invoices: Sequence[OpenInvoice], running: Mapping[int, PaymentPromiseRow]
) -> tuple[LeftOutInvoice, ...]:
    found = []
    for one in invoices:
        promise = running.get(one.id)
        if one.disputed_minor:
            found.append(LeftOutInvoice(one, LeftOut.DISPUTE, None))
        elif promise is not None:
            found.append(LeftOutInvoice(one, LeftOut.PROMISE, promise.due_on))
    return tuple(found)


def _next(
    asked: Sequence[OpenInvoice],
    steps: Sequence[Step],
    taken: Mapping[int, Sequence[Taken]],
    as_of: dt.date,
) -> tuple[Standing, int | None, dt.date | None, OpenInvoice | None]:
    """Return the first step due, the oldest invoice first; else the one that is due soonest."""
    if not asked:
        return Standing.LEFT_OUT, None, None, None
    days = [one.days for one in steps]
    waiting: list[tuple[dt.date, int, OpenInvoice]] = []
    for one in asked:
        found = definitions.next_step(one.due_on, taken.get(one.id, ()), days)
        if found is None:
            continue
        number, on = found
        if on <= as_of:
            return Standing.NEXT, number, on, one
        waiting.append((on, number, one))
    if not waiting:
        return Standing.OVER, None, None, asked[0]
    on, number, one = min(waiting, key=lambda wait: wait[:2])
    return Standing.WAITING, number, on, one


def _taken(
    session: Session, as_of: dt.date, client_ids: Collection[int]
) -> tuple[dict[int, list[Taken]], dict[int, list[tuple[dt.date, str]]]]:
    """Return by invoice the steps that were taken for it, and what they were called."""
    taken: dict[int, list[Taken]] = defaultdict(list)
    names: dict[int, list[tuple[dt.date, str]]] = defaultdict(list)
    for row in session.execute(
        select(RemindedDocument.document_id, Reminder.step, Reminder.sent_on, Reminder.name)
        .join(Reminder, Reminder.id == RemindedDocument.reminder_id)
        .where(
            Reminder.client_id.in_(list(client_ids)),
            Reminder.deleted_at.is_(None),
            RemindedDocument.deleted_at.is_(None),
            Reminder.sent_on <= as_of,
        )
    ):
        taken[row.document_id].append((row.step, row.sent_on))
        names[row.document_id].append((row.sent_on, row.name))
    return taken, names


# -- a step that was taken


def log_reminder(
    session: Session,
    *,
    client_id: int,
    number: int,
    name: str,
    invoices: Mapping[int, int],
    sent_on: dt.date,
    interaction_id: int | None = None,
) -> int:
    """Write down that a step was taken; return its id.

    ``invoices`` maps those that it named to what of each was open then, minor units.
    """
    reminder = Reminder(
        client_id=client_id,
        interaction_id=interaction_id,
        sent_on=checks.day(sent_on),
        step=number,
        name=checks.required(Reminder, "name", name, msg("Ladder", "Give each step a name.")),
    )
    session.add(reminder)
    session.flush()
    for document_id, open_minor in invoices.items():
        session.add(
            RemindedDocument(
                reminder_id=reminder.id, document_id=document_id, open_minor=open_minor
            )
        )
    return reminder.id


def reminders_among(
    session: Session,
    *,
    client_ids: Collection[int],
    interaction_ids: Collection[int] = (),
    ids: Collection[int] = (),
) -> list[ReminderRow]:
    """Return the reminders that some letters were, and some others by their ids."""
    if not interaction_ids and not ids:
        return []
    rows: dict[int, ReminderRow] = {}
    for row in session.execute(
        select(
            Reminder.id,
            Reminder.client_id,
            Reminder.interaction_id,
            Reminder.sent_on,
            Reminder.step,
            Reminder.name,
            Document.number,
            func.coalesce(RemindedDocument.open_minor, 0).label("open_minor"),
        )
        .outerjoin(
            RemindedDocument,
            (RemindedDocument.reminder_id == Reminder.id) & RemindedDocument.deleted_at.is_(None),
        )
        .outerjoin(Document, Document.id == RemindedDocument.document_id)
        .where(
            Reminder.client_id.in_(client_ids),
            Reminder.deleted_at.is_(None),
            Reminder.interaction_id.in_(interaction_ids) | Reminder.id.in_(ids),
        )
        .order_by(Reminder.id, RemindedDocument.id)
    ):
        before = rows.get(row.id)
        numbers = () if before is None else before.numbers
        rows[row.id] = ReminderRow(
            row.id,
            row.client_id,
            row.interaction_id,
            row.sent_on,
            row.step,
            row.name,
            numbers if row.number is None else (*numbers, row.number),
            row.open_minor + (0 if before is None else before.open_minor),
        )
    return list(rows.values())
