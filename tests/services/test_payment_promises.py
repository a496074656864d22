"""Promises to pay: what they name, what becomes of them by the receipts, and whom they park."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.kinds import DocumentType, InteractionKind, PromiseOutcome, ReceiptKind
from acctdesk.models import Allocation, Document, Receipt
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.habits import habits
from acctdesk.services.interactions import log_interaction, trash_interaction
from acctdesk.services.invoice_moves import invoice_moves
from acctdesk.services.payment_promises import (
    PaymentInput,
    change_payment_promise,
    payment_promises,
    payment_ratios,
    promise_to_pay,
    promised_days,
    set_grace,
    withdraw_payment_promise,
)
from acctdesk.services.timeline import timeline
from tests.services.conftest import Counted, Do, planned

GIVEN = dt.date(2026, 3, 2)  # a Monday
BY = dt.date(2026, 3, 6)  # its Friday
IN_GRACE = dt.date(2026, 3, 11)  # three working days after it


def add_invoice(
    session: Session, client_id: int, number: str, gross: int, due_on: dt.date = GIVEN
) -> int:
    document = Document(
        type=DocumentType.INVOICE.value,
        number=number,
        issued_on=dt.date(2026, 1, 10),
        due_on=due_on,
        client_id=client_id,
        net_minor=gross,
        gross_minor=gross,
    )
    session.add(document)
    session.flush()
    return document.id


def add_receipt(
    session: Session,
    client_id: int,
    day: dt.date,
    parts: dict[int, int],
    kind: ReceiptKind = ReceiptKind.RECEIPT,
) -> int:
    receipt = Receipt(
        client_id=client_id, received_on=day, amount_minor=sum(parts.values()), kind=kind.value
    )
    session.add(receipt)
    session.flush()
    for document_id, amount in parts.items():
        session.add(Allocation(receipt_id=receipt.id, document_id=document_id, amount_minor=amount))
    return receipt.id


@pytest.fixture
def client(do: Do) -> int:
    """Give a client that owes two invoices."""
    made: int = do(create_client, name="Ελαιώνες")
    return made


@pytest.fixture
def invoices(do: Do, client: int) -> tuple[int, int]:
    """Give its invoices, of 100 and of 50."""
    return (
        do(add_invoice, client_id=client, number="1", gross=10_000),
        do(add_invoice, client_id=client, number="2", gross=5_000),
    )


def outcome(desk: Desk, day: dt.date) -> PromiseOutcome:
    return desk.query(payment_promises, as_of=day)[0].outcome


def test_it_parks_its_invoices_until_the_grace_is_over_and_then_is_broken(
    desk: Desk, do: Do, client: int, invoices: tuple[int, int]
) -> None:
    do(promise_to_pay, client_id=client, due_on=BY, invoices={invoices[0]: None}, today=GIVEN)
    assert desk.query(promised_days, as_of=BY) == {invoices[0]: BY}
    assert outcome(desk, BY) is PromiseOutcome.OPEN
    assert desk.query(promised_days, as_of=IN_GRACE) == {invoices[0]: BY}
    assert outcome(desk, IN_GRACE) is PromiseOutcome.OVERDUE
    after = IN_GRACE + dt.timedelta(days=1)
    assert outcome(desk, after) is PromiseOutcome.BROKEN
    assert desk.query(promised_days, as_of=after) == {}
    do(set_grace, days=4)
    assert outcome(desk, after) is PromiseOutcome.OVERDUE


@pytest.mark.parametrize(
    ("paid_on", "became"),
    [
        (BY, PromiseOutcome.KEPT),
        (IN_GRACE, PromiseOutcome.KEPT),
        (IN_GRACE + dt.timedelta(days=1), PromiseOutcome.KEPT_LATE),
    ],
)
def test_it_is_kept_by_the_receipt_that_completes_it(
    desk: Desk,
    do: Do,
    client: int,
    invoices: tuple[int, int],
    paid_on: dt.date,
    became: PromiseOutcome,
) -> None:
    both = {invoices[0]: 6_000, invoices[1]: None}
    do(promise_to_pay, client_id=client, due_on=BY, invoices=both, today=GIVEN)
    do(add_receipt, client_id=client, day=GIVEN, parts={invoices[0]: 6_000})
    assert outcome(desk, BY) is PromiseOutcome.OPEN
    do(add_receipt, client_id=client, day=paid_on, parts={invoices[1]: 5_000})
    later = dt.date(2026, 4, 1)
    row = desk.query(payment_promises, as_of=later)[0]
    assert (row.outcome, row.paid_on, row.left_minor) == (became, paid_on, 0)
    ratio = desk.query(payment_ratios, as_of=later)[client]
    assert (ratio.counted, ratio.kept) == (1, int(became is PromiseOutcome.KEPT))


def test_what_is_written_off_is_no_payment(
    desk: Desk, do: Do, client: int, invoices: tuple[int, int]
) -> None:
    do(promise_to_pay, client_id=client, due_on=BY, invoices={invoices[0]: None}, today=GIVEN)
    do(
        add_receipt,
        client_id=client,
        day=BY,
        parts={invoices[0]: 10_000},
        kind=ReceiptKind.WRITE_OFF,
    )
    later = dt.date(2026, 4, 1)
    assert outcome(desk, later) is PromiseOutcome.BROKEN
    assert desk.query(habits, as_of=later, client_ids=[client])[client].paid == 0


def test_what_lowered_an_invoice_is_looked_up_by_it(demo: Desk, counted: Counted) -> None:
    with counted(demo) as ran:
        demo.query(invoice_moves, document_ids=[1, 2], as_of=GIVEN, write_offs=False)
    steps = [step for statement in ran for step in planned(demo, statement)]
    assert "SEARCH documents USING INDEX ix_documents_related_id (related_id=?)" in steps
    assert not [step for step in steps if step.startswith("SCAN")]


def test_a_new_promise_takes_the_place_of_the_one_that_ran(
    desk: Desk, do: Do, client: int, invoices: tuple[int, int]
) -> None:
    named = {invoices[0]: None}
    do(promise_to_pay, client_id=client, due_on=BY, invoices=named, today=GIVEN)
    later = dt.date(2026, 3, 20)
    do(promise_to_pay, client_id=client, due_on=later, invoices=named, today=BY)
    assert desk.query(promised_days, as_of=BY) == {invoices[0]: later}
    assert len(desk.query(payment_promises, as_of=BY)) == 1


def test_a_withdrawn_promise_neither_parks_nor_counts(
    desk: Desk, do: Do, client: int, invoices: tuple[int, int]
) -> None:
    promise = do(
        promise_to_pay, client_id=client, due_on=BY, invoices={invoices[0]: None}, today=GIVEN
    )
    do(withdraw_payment_promise, promise_id=promise, today=BY)
    assert desk.query(promised_days, as_of=GIVEN) == {invoices[0]: BY}
    assert desk.query(promised_days, as_of=BY) == {}
    assert desk.query(payment_ratios, as_of=dt.date(2026, 4, 1)) == {}


def test_more_than_is_open_no_invoice_and_a_past_day_are_refused(
    desk: Desk, do: Do, client: int, invoices: tuple[int, int]
) -> None:
    for named, day in (
        ({}, BY),
        ({invoices[0]: 10_001}, BY),
        ({invoices[0]: 0}, BY),
        ({invoices[0]: None}, GIVEN - dt.timedelta(days=1)),
    ):
        with pytest.raises(UserError):
            do(promise_to_pay, client_id=client, due_on=day, invoices=named, today=GIVEN)
    assert desk.query(payment_promises, as_of=GIVEN) == []


def test_a_promise_is_corrected_in_one_step_that_can_be_undone(
    desk: Desk, do: Do, client: int, invoices: tuple[int, int]
) -> None:
    promise = do(
        promise_to_pay, client_id=client, due_on=BY, invoices={invoices[0]: 4_000}, today=GIVEN
    )
    do(
        change_payment_promise,
        promise_id=promise,
        due_on=IN_GRACE,
        invoices={invoices[0]: 3_000, invoices[1]: None},
        today=GIVEN,
        notes="με έμβασμα",
    )
    row = desk.query(payment_promises, as_of=GIVEN)[0]
    assert (row.due_on, row.amount_minor, row.notes) == (IN_GRACE, 8_000, "με έμβασμα")
    desk.undo()
    row = desk.query(payment_promises, as_of=GIVEN)[0]
    assert (row.due_on, row.amount_minor, row.notes) == (BY, 4_000, None)


def test_a_promise_of_a_talk_stands_under_it_goes_with_it_and_stays_when_it_is_withdrawn(
    desk: Desk, do: Do
) -> None:
    client = do(create_client, name="Μύλοι")
    invoice = do(add_invoice, client_id=client, number="1", gross=50_000)
    call = do(
        log_interaction, client_id=client, kind=InteractionKind.CALL,
        happened_at=dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC),
        payment=PaymentInput(BY, {invoice: 20_000}, GIVEN),
    )  # fmt: skip

    def noted(day: dt.date = GIVEN) -> list[tuple[int, PromiseOutcome | None]]:
        items = desk.query(timeline, client_id=client, today=day)
        return [(note.amount_minor, note.outcome) for one in items for note in one.payments]

    assert noted() == [(20_000, PromiseOutcome.OPEN)]
    assert noted(dt.date(2026, 4, 1)) == [(20_000, PromiseOutcome.BROKEN)]
    do(trash_interaction, interaction_id=call)
    assert desk.query(payment_promises, as_of=GIVEN) == []
    desk.undo()
    (held,) = desk.query(payment_promises, as_of=GIVEN)
    do(withdraw_payment_promise, promise_id=held.id, today=GIVEN)
    assert noted() == [(20_000, None)]
