"""Calls, visits, meetings, e-mails, letters, notes, and the promises made in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind, Mood, PromiseBy, PromiseState
from acctdesk.models import (
    Client,
    Contact,
    Interaction,
    Need,
    PaymentPromise,
    Promise,
    Satisfaction,
    VisitReport,
)
from acctdesk.models.base import utc_now
from acctdesk.services import checks
from acctdesk.services.days import local_day
from acctdesk.services.needs import add_need, needs_of
from acctdesk.services.payment_promises import (
    PaymentInput,
    promise_to_pay,
    trash_payment_promise,
)
from acctdesk.services.rows import InteractionRow, PromiseRow
from acctdesk.services.satisfaction import ScoreInput, record_satisfaction
from acctdesk.services.tasks import TaskInput, add_task

_MOST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class PromiseInput:
    """A promise as typed."""

    given_by: PromiseBy
    what: str
    due_on: dt.date | None = None


class InteractionFields(TypedDict, total=False):
    """What can be typed about an interaction."""

    contact_id: int | None
    kind: InteractionKind
    happened_at: dt.datetime
    minutes: int | None
    subject: str
    body: str
    outcome: str | None
    mood: Mood | None
    place: str | None
    needs_reply: bool


_FIELDS = frozenset(InteractionFields.__annotations__)


def _checked(session: Session, client_id: int, given: InteractionFields) -> dict[str, Any]:
    checks.declared(given, _FIELDS)
    values: dict[str, Any] = dict(given)
    for field in values.keys() & {"subject", "body"}:
        values[field] = checks.plain(Interaction, field, values[field]) or ""
    for field in values.keys() & {"outcome", "place"}:
        values[field] = checks.plain(Interaction, field, values[field])
    if "kind" in values:
        values["kind"] = InteractionKind(values["kind"]).value
    if values.get("mood") is not None:
        values["mood"] = Mood(values["mood"]).value
    if "happened_at" in values:
        values["happened_at"] = checks.instant(values["happened_at"])
    if "minutes" in values:
        values["minutes"] = checks.count(
            values["minutes"],
            most=_MOST_MINUTES,
            complaint=msg(
                "Services", "The duration must be between 0 minutes and one day (1440 minutes)."
            ),
        )
    if values.get("contact_id") is not None:
        contact = checks.live(session, Contact, values["contact_id"])
        if contact.client_id != client_id:
            raise UserError(msg("Services", "This contact belongs to another client."))
    return values


def log_interaction(
    session: Session,
    *,
    client_id: int,
    kind: InteractionKind,
    happened_at: dt.datetime,
    subject: str = "",
    body: str = "",
    contact_id: int | None = None,
    minutes: int | None = None,
    mood: Mood | None = None,
    place: str | None = None,
    needs_reply: bool = False,
    outcome: str | None = None,
    promises: Sequence[PromiseInput] = (),
    need: str = "",
    next_step: TaskInput | None = None,
    answer: ScoreInput | None = None,
    payment: PaymentInput | None = None,
    settle_promise_ids: Sequence[int] = (),
) -> int:
    """Record an interaction with all that came of it; return its id.

    That is: promises, a need, the next step agreed, an answer about satisfaction, a promise to pay.
    ``happened_at`` is an aware instant. ``settle_promise_ids`` are promises that it showed to be
    kept.
    """
    checks.live(session, Client, client_id)
    values = _checked(
        session,
        client_id,
        {
            "kind": kind,
            "happened_at": happened_at,
            "subject": subject,
            "body": body,
            "contact_id": contact_id,
            "minutes": minutes,
            "mood": mood,
            "place": place,
            "needs_reply": needs_reply,
            "outcome": outcome,
        },
    )
    interaction = Interaction(client_id=client_id, **values)
    session.add(interaction)
    session.flush()
    for promise in promises:
        add_promise(
            session,
            client_id=client_id,
            interaction_id=interaction.id,
            given_by=promise.given_by,
            what=promise.what,
            due_on=promise.due_on,
        )
    if need.strip():
        add_need(session, client_id=client_id, interaction_id=interaction.id, what=need)
    if next_step is not None:
        add_task(
            session,
            title=next_step.title,
            client_id=client_id,
            due_on=next_step.due_on,
            due_time=next_step.due_time,
            notes=next_step.notes,
            interaction_id=interaction.id,
        )
    on = local_day(happened_at)
    if answer is not None:
        record_satisfaction(
            session,
            client_id=client_id,
            interaction_id=interaction.id,
            contact_id=contact_id,
            measure=answer.measure,
            score=answer.score,
            words=answer.words,
            answered_on=on,
            today=on,
        )
    if payment is not None:
        promise_to_pay(
            session,
            client_id=client_id,
            interaction_id=interaction.id,
            contact_id=contact_id,
            due_on=payment.due_on,
            invoices=payment.invoices,
            today=payment.today,
            given_on=on,
        )
    for promise_id in settle_promise_ids:
        set_promise_state(session, promise_id=promise_id, state=PromiseState.KEPT, on=on)
    return interaction.id


def update_interaction(
    session: Session,
    *,
    interaction_id: int,
    expected_version: int | None = None,
    **fields: Unpack[InteractionFields],
) -> None:
    """Change fields of an interaction; what was answered or promised on its day moves with it.

    Raises:
        ConflictError: the interaction changed since ``expected_version``.
        UserError: a payment was promised in it for a day before its new one.
    """
    interaction = checks.live(session, Interaction, interaction_id)
    values = _checked(session, interaction.client_id, fields)
    checks.expect_version(interaction, expected_version, values)
    before = local_day(interaction.happened_at)
    checks.assign(interaction, values)
    day = local_day(interaction.happened_at)
    if day != before:
        _move_what_was_said(session, interaction_id, before, day)


def _move_what_was_said(
    session: Session, interaction_id: int, before: dt.date, day: dt.date
) -> None:
    """Give what was said in an interaction its new day, unless it had a day of its own."""
    mine: dict[str, Any] = {"interaction_id": interaction_id, "deleted_at": None}
    for answer in session.scalars(select(Satisfaction).filter_by(answered_on=before, **mine)):
        answer.answered_on = day
    for promise in session.scalars(select(PaymentPromise).filter_by(given_on=before, **mine)):
        if promise.due_on < day:
            raise UserError(
                msg("Collecting", "The promised day is before the day on which it was promised.")
            )
        promise.given_on = day


def pin_interaction(session: Session, *, interaction_id: int, pinned: bool) -> None:
    """Keep an interaction at the head of its timeline, or let it go back to its day."""
    checks.live(session, Interaction, interaction_id).pinned = pinned


def trash_interaction(session: Session, *, interaction_id: int) -> None:
    """Move an interaction with what was said in it to the trash; its task stays.

    What was said: promises, also to pay, needs, answers about satisfaction, its report.
    """
    interaction = checks.live(session, Interaction, interaction_id)
    now = utc_now()
    interaction.deleted_at = now
    for model in (Promise, Need, Satisfaction, VisitReport):
        owned: Any = select(model).filter_by(interaction_id=interaction_id, deleted_at=None)
        for record in session.scalars(owned):
            record.deleted_at = now
    given = select(PaymentPromise.id).filter_by(interaction_id=interaction_id, deleted_at=None)
    for promise_id in session.scalars(given).all():
        trash_payment_promise(session, promise_id=promise_id)


def get_interaction(session: Session, *, interaction_id: int) -> InteractionRow | None:
    """Return an interaction with its promises, None where it is gone."""
    found = session.execute(
        select(Interaction, Contact.name)
        .outerjoin(Contact, Contact.id == Interaction.contact_id)
        .where(Interaction.id == interaction_id, Interaction.deleted_at.is_(None))
    ).first()
    if found is None:
        return None
    one: Interaction = found[0]
    return InteractionRow(
        id=one.id,
        client_id=one.client_id,
        contact_id=one.contact_id,
        contact_name=found[1],
        kind=InteractionKind(one.kind),
        happened_at=one.happened_at,
        minutes=one.minutes,
        subject=one.subject,
        body=one.body,
        outcome=one.outcome,
        mood=Mood(one.mood) if one.mood else None,
        place=one.place,
        needs_reply=one.needs_reply,
        version=one.version,
        promises=tuple(promises_of(session, interaction_ids=[interaction_id])),
        needs=tuple(needs_of(session, interaction_ids=[interaction_id])),
    )


def add_promise(
    session: Session,
    *,
    client_id: int,
    given_by: PromiseBy,
    what: str,
    due_on: dt.date | None = None,
    interaction_id: int | None = None,
) -> int:
    """Record what we or they undertook; return its id."""
    promise = Promise(
        client_id=checks.live(session, Client, client_id).id,
        interaction_id=interaction_id,
        given_by=PromiseBy(given_by).value,
        what=checks.required(Promise, "what", what, msg("Services", "Say what was promised.")),
        due_on=checks.day(due_on),
        state=PromiseState.OPEN.value,
    )
    session.add(promise)
    session.flush()
    return promise.id


def set_promise_state(
    session: Session, *, promise_id: int, state: PromiseState, on: dt.date
) -> None:
    """Say that a promise was kept or broken on a day, or is open again."""
    promise = checks.live(session, Promise, promise_id)
    promise.state = PromiseState(state).value
    promise.settled_on = None if state is PromiseState.OPEN else checks.day(on)


def move_promise(session: Session, *, promise_id: int, due_on: dt.date | None) -> None:
    """Give a promise another day."""
    checks.live(session, Promise, promise_id).due_on = checks.day(due_on)


def trash_promise(session: Session, *, promise_id: int) -> None:
    """Move a promise to the trash."""
    checks.live(session, Promise, promise_id).deleted_at = utc_now()


def promise_columns() -> Select[*tuple[Any, ...]]:
    """Return the question for promises that are not in the trash."""
    return select(
        Promise.id,
        Promise.client_id,
        Promise.interaction_id,
        Promise.given_by,
        Promise.what,
        Promise.due_on,
        Promise.state,
        Promise.settled_on,
        Promise.version,
    ).where(Promise.deleted_at.is_(None))


def promise_row(values: dict[str, Any]) -> PromiseRow:
    """Return a promise from the values of :func:`promise_columns`."""
    values["given_by"], values["state"] = (
        PromiseBy(values["given_by"]),
        PromiseState(values["state"]),
    )
    return PromiseRow(**values)


def open_promises(session: Session, *, client_id: int) -> list[PromiseRow]:
    """Return what is still open with a client, earliest first; undated last."""
    rows = session.execute(_open(promise_columns()).where(Promise.client_id == client_id))
    return [promise_row(row._asdict()) for row in rows]


def all_open_promises(session: Session, *, limit: int = 2000) -> list[PromiseRow]:
    """Return what is still open with anybody, each with its client's name; earliest first."""
    rows = session.execute(
        _open(promise_columns().add_columns(Client.name.label("client_name")))
        .join(Client, Client.id == Promise.client_id)
        .where(Client.deleted_at.is_(None))
        .limit(limit)
    )
    return [promise_row(row._asdict()) for row in rows]


def _open(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.where(Promise.state == PromiseState.OPEN.value).order_by(
        Promise.due_on.is_(None), Promise.due_on, Promise.id
    )


def promises_of(session: Session, *, interaction_ids: Sequence[int]) -> list[PromiseRow]:
    """Return the promises made in these interactions, in the order they were made."""
    if not interaction_ids:
        return []
    rows = session.execute(
        promise_columns().where(Promise.interaction_id.in_(interaction_ids)).order_by(Promise.id)
    )
    return [promise_row(row._asdict()) for row in rows]
