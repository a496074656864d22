"""The demo book's reminders and promises to pay: some kept, some broken, some still running."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.kinds import Language
from acctdesk.models import Allocation, Receipt
from acctdesk.services.demo import Plan, Scene
from acctdesk.services.demo_words import GREEK
from acctdesk.services.ladder import log_reminder, usual_ladder
from acctdesk.services.payment_promises import promise_to_pay
from acctdesk.services.receivables import open_invoices
from acctdesk.services.rows import OpenInvoice

_MOST = 60  # clients: more makes no book livelier
_KEPT = 8  # promises
_NOTES = (
    ("Με έμβασμα, μόλις εισπράξουν", "By transfer, once they are paid"),
    ("Σε δύο δόσεις", "In two parts"),
)


def fill_collecting(session: Session, plans: Sequence[Plan], scene: Scene) -> None:
    """Let half of the late clients have been reminded, and some of them have promised."""
    late: dict[int, list[OpenInvoice]] = {}
    for one in open_invoices(session, as_of=scene.today):
        if one.days_past_due > 0 and not one.disputed_minor:
            late.setdefault(one.client_id, []).append(one)
    people = {plan.client_id: plan.contact_ids for plan in plans}
    for place, (client_id, invoices) in enumerate(list(late.items())[:_MOST]):
        if place % 4 == 1:
            _promise(session, scene, client_id, invoices, people, days=scene.today, place=place)
        elif place % 4 == 3 and invoices[0].days_past_due > 12:
            broken = scene.today - dt.timedelta(days=8)
            _promise(session, scene, client_id, invoices, people, days=broken, place=place)
        elif place % 2 == 0:
            _remind(session, scene, client_id, invoices)
    _keep_some(session, scene, people)


def _promise(
    session: Session,
    scene: Scene,
    client_id: int,
    invoices: Sequence[OpenInvoice],
    people: dict[int, tuple[int, ...]],
    *,
    days: dt.date,
    place: int,
) -> None:
    """Write down a promise about the oldest invoice: given a little before ``days``, due after."""
    given = max(invoices[0].issued_on, days - dt.timedelta(days=3))
    greek = scene.words is GREEK
    contacts = people.get(client_id, ())
    promise_to_pay(
        session,
        client_id=client_id,
        given_on=given,
        due_on=given + dt.timedelta(days=4 + place % 5),
        invoices={invoices[0].id: None},
        today=given,
        contact_id=contacts[0] if contacts else None,
        notes=_NOTES[place % len(_NOTES)][0 if greek else 1],
    )


def _remind(
    session: Session, scene: Scene, client_id: int, invoices: Sequence[OpenInvoice]
) -> None:
    """Take the first steps that the oldest invoice has reached, but the last of them."""
    language = Language.EL if scene.words is GREEK else Language.EN
    oldest, steps = invoices[0], usual_ladder(language)
    reached = [step for step in steps if step.days < oldest.days_past_due]
    for number, step in enumerate(reached[: max(1, len(reached) - 1)], start=1):
        log_reminder(
            session,
            client_id=client_id,
            number=number,
            name=step.name,
            invoices={oldest.id: oldest.open_minor},
            sent_on=oldest.due_on + dt.timedelta(days=step.days),
        )


def _keep_some(session: Session, scene: Scene, people: dict[int, tuple[int, ...]]) -> None:
    """Let some of the invoices that were paid of late have been promised before."""
    rows = session.execute(
        select(Receipt.client_id, Receipt.received_on, Allocation.document_id)
        .join(Allocation, Allocation.receipt_id == Receipt.id)
        .where(
            Receipt.received_on > scene.today - dt.timedelta(days=120),
            Receipt.client_id.is_not(None),
            Allocation.document_id.is_not(None),
        )
        .order_by(Receipt.received_on.desc(), Receipt.id)
        .limit(_KEPT * 8)
    ).all()
    for client_id, paid_on, document_id in rows[::8]:
        assert client_id is not None
        assert document_id is not None
        given = paid_on - dt.timedelta(days=6)
        owed = open_invoices(session, as_of=given, client_id=client_id)
        if all(one.id != document_id for one in owed):
            continue
        contacts = people.get(client_id, ())
        promise_to_pay(
            session,
            client_id=client_id,
            given_on=given,
            due_on=paid_on + dt.timedelta(days=1),
            invoices={document_id: None},
            today=given,
            contact_id=contacts[0] if contacts else None,
        )
