"""Payments of a bank become receipts: whose they are is proposed with the reason, each comes once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.models import Allocation, Client, ClientAccount, Document, Receipt
from acctdesk.services.bank_in import (
    BankPayment,
    ConfirmedPayment,
    PaymentRow,
    PaymentState,
    as_proposed,
    compare_payments,
    propose_invoices,
    take_payments,
)
from acctdesk.services.desk import Desk
from acctdesk.services.open_items import client_items
from tests.storage.commands import LABEL

FIRST = dt.date(2026, 3, 2)
IBAN, OTHER = "DE89370400440532013000", "GR1601101250000000012300695"


def fill(session: Session) -> None:
    for name in ("Ελαιώνες Νότου ΑΕ", "Αφοί Παπαδόπουλοι ΟΕ", "Αφοί Παπαδάκη ΟΕ"):
        session.add(Client(name=name))
    session.flush()
    for client_id, number, gross in ((1, "ΤΙΜ-7", 10_000), (1, "ΤΙΜ-8", 5_000), (2, "1043", 900)):
        session.add(
            Document(
                type="invoice", number=number, issued_on=FIRST, client_id=client_id,
                net_minor=gross, gross_minor=gross,
            )
        )  # fmt: skip


@pytest.fixture
def owing(desk: Desk) -> Desk:
    desk.perform(LABEL, fill)
    return desk


def paid(amount: int = 5_000, **more: Any) -> BankPayment:
    return BankPayment(f"key {amount} {sorted(more.items())}", FIRST, amount, "EUR", **more)


def compared(desk: Desk, *payments: BankPayment) -> list[PaymentRow]:
    return desk.query(compare_payments, payments=payments)


@pytest.mark.parametrize(
    ("payment", "client_id", "how"),
    [
        (paid(texts=("εξόφληση tim 7",), name="κάποιος"), 1, "by the invoice it names"),
        (paid(name="ΕΛΑΙΩΝΕΣ ΝΟΤΟΥ ΑΕ"), 1, "by its name"),
        (paid(name="ELAIONES NOTOU SA"), 1, "by its name, as it sounds"),
        (paid(name="ELAIONAS NOTOU ABEE"), 1, "by a name like it"),
        (paid(texts=("1043",)), 2, "by the invoice it names"),
        (paid(name="ΕΛΑΙΩΝΕΣ ΝΟΤΟΥ ΑΕ", texts=("κωδ. 1043",)), 1, "by its name"),
        (paid(name="Αφοί Παπαδ ΟΕ"), None, None),
        (paid(name="Nobody Ltd"), None, None),
        (paid(), None, None),
    ],
)
def test_whose_a_payment_is(
    owing: Desk, payment: BankPayment, client_id: int | None, how: str | None
) -> None:
    (row,) = compared(owing, payment)
    assert (row.client_id, None if row.how is None else str(row.how)) == (client_id, how)
    assert (row.state is PaymentState.NEW) is (client_id is not None)
    assert row.sure is (how not in {None, "by a name like it"} and payment.texts != ("1043",))


def test_an_account_is_remembered_once_confirmed(owing: Desk) -> None:
    """And the next payment from it is its client's, whatever the name says."""
    first = ConfirmedPayment(paid(iban=IBAN, name="X HOLDING"), 2)
    owing.perform(LABEL, take_payments, confirmed=[first])
    (row,) = compared(owing, paid(70, iban=IBAN, name="Ελαιώνες Νότου ΑΕ"))
    assert (row.client_id, str(row.how)) == (2, "by the account it came from")
    owing.perform(LABEL, take_payments, confirmed=[ConfirmedPayment(row.payment, 1)])
    (row,) = compared(owing, paid(71, iban=IBAN))
    assert row.client_id == 1
    kept = owing.query(lambda s: s.execute(select(ClientAccount.iban, ClientAccount.name)).all())
    assert [tuple(one) for one in kept] == [(IBAN, "X HOLDING")]
    wrong = ConfirmedPayment(paid(72, iban="DE00370400440532013000"), 1)
    owing.perform(LABEL, take_payments, confirmed=[wrong])
    assert len(owing.query(lambda s: s.scalars(select(ClientAccount.id)).all())) == 1


def test_two_payments_are_never_proposed_the_same_euro(owing: Desk) -> None:
    rows = compared(
        owing,
        paid(10_000, texts=("ΤΙΜ-7",)),
        paid(8_000, texts=("ΤΙΜ-7",), name="Ελαιώνες Νότου ΑΕ"),
    )
    assert [row.client_id for row in rows] == [1, 1]
    told = [
        [(p.number, p.amount_minor) for p in row.proposal.parts] for row in rows if row.proposal
    ]
    assert told == [[("ΤΙΜ-7", 10_000)], [("ΤΙΜ-8", 5_000)]]
    before = owing.query(client_items, client_id=1, as_of=FIRST)
    assert owing.perform(LABEL, take_payments, confirmed=as_proposed(rows)).value == 2
    found = owing.query(client_items, client_id=1, as_of=FIRST)
    assert found is not None
    assert [r.free_minor for r in found.receipts] == [3_000]
    assert found.invoices == ()
    owing.undo()
    assert owing.query(client_items, client_id=1, as_of=FIRST) == before


def test_the_same_payment_is_taken_once(owing: Desk) -> None:
    payment = paid(name="Ελαιώνες Νότου ΑΕ", texts=("ΤΙΜ-8",), references=("RF18",), iban=OTHER)
    one = ConfirmedPayment(payment, 1)
    assert owing.perform(LABEL, take_payments, confirmed=[one, one]).value == 1
    assert [row.state for row in compared(owing, payment)] == [PaymentState.KNOWN]
    with pytest.raises(UserError, match="in the book already"):
        owing.perform(LABEL, take_payments, confirmed=[one])
    (made,) = owing.query(lambda s: s.scalars(select(Receipt)).all())
    assert (made.amount_minor, made.received_on, made.payer_iban) == (5_000, FIRST, OTHER)
    assert (made.payer_name, made.reason) == ("Ελαιώνες Νότου ΑΕ", "ΤΙΜ-8 · RF18")
    owing.undo()
    assert [row.state for row in compared(owing, payment)] == [PaymentState.NEW]


def test_money_out_and_what_was_taken_back_stay_out(owing: Desk) -> None:
    name = "Ελαιώνες Νότου ΑΕ"
    rows = compared(owing, paid(-5_000, name=name), paid(5_000, name=name, reversal=True))
    assert {row.state for row in rows} == {PaymentState.OUT}


def typed(session: Session, *, number: str | None, after: int = 2, **more: Any) -> int:
    """Add a receipt as a file of the company's program brings it."""
    values = {
        "client_id": 1, "client_ref_code": "30.01", "amount_minor": 5_000, "number": number,
        "received_on": FIRST + dt.timedelta(days=after), "same_key": None if number else "row",
    }  # fmt: skip
    made = Receipt(**values | more)
    session.add(made)
    session.flush()
    return made.id


def test_a_receipt_without_a_number_that_may_be_the_same_is_a_doubt(owing: Desk) -> None:
    owing.perform(LABEL, typed, number=None)
    (row,) = compared(owing, paid(name="Ελαιώνες Νότου ΑΕ"))
    assert "same amount is in the book" in str(row.doubt)
    assert not row.sure
    (other,) = compared(owing, paid(5_001, name="Ελαιώνες Νότου ΑΕ"))
    assert other.doubt is None


@pytest.mark.parametrize(("first", "then"), [("", OTHER), (OTHER, ""), ("", "")])
@pytest.mark.parametrize("joined", [False, True])
def test_a_payment_told_by_two_formats_of_a_bank_is_a_doubt(
    owing: Desk, first: str, then: str, joined: bool
) -> None:
    same = owing.perform(LABEL, typed, number="ΑΠ-1").value if joined else None
    payment = paid(name="Ελαιώνες Νότου ΑΕ", iban=first)
    owing.perform(LABEL, take_payments, confirmed=[ConfirmedPayment(payment, 1, same=same)])
    owing.perform(LABEL, typed, number="ΑΠ-2")  # of another payment: it is not joined by itself
    (row,) = compared(owing, replace(payment, key="camt", iban=then))
    assert row.doubt is not None
    assert (row.sure, row.joins) == (False, None)


def test_the_book_is_asked_as_often_for_one_payment_as_for_many(owing: Desk) -> None:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    def often(*payments: BankPayment) -> int:
        asked.clear()
        compared(owing, *payments)
        return len(asked)

    many = [paid(100 + n, name="Ελαιώνες Νότου ΑΕ") for n in range(20)]
    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert often(*many) == often(many[0]) > 0
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_of_two_payments_that_may_be_one_receipt_neither_is_sure(owing: Desk) -> None:
    owing.perform(LABEL, typed, number="ΑΠ-1", after=0)
    payment = paid(name="Ελαιώνες Νότου ΑΕ")
    later = replace(payment, key="b2", day=FIRST + dt.timedelta(days=3))
    rows = compared(owing, payment, later)
    assert ["It may be receipt ΑΠ-1" in str(row.doubt) for row in rows] == [True, True]
    assert as_proposed(rows) == []


def test_the_only_receipt_that_it_can_be_is_joined(owing: Desk) -> None:
    """It keeps what its own file says, and the bank's file is known from then on."""
    owing.perform(LABEL, typed, number="ΑΠ-1", reason="Έναντι", same_key=None)
    payment = paid(name="Ελαιώνες Νότου ΑΕ", texts=("ΤΙΜ-8",), iban=OTHER)
    (row,) = compared(owing, payment)
    assert row.joins is not None
    assert (row.joins.number, row.proposal, row.sure) == ("ΑΠ-1", None, True)
    assert owing.perform(LABEL, take_payments, confirmed=as_proposed([row])).value == 1
    (kept,) = owing.query(lambda s: s.scalars(select(Receipt)).all())
    assert (kept.number, kept.received_on) == ("ΑΠ-1", FIRST + dt.timedelta(days=2))
    assert (kept.reason, kept.method, kept.payer_iban) == ("Έναντι", "Bank", OTHER)
    assert [one.state for one in compared(owing, payment)] == [PaymentState.KNOWN]
    (later,) = compared(owing, replace(payment, key="another"))
    assert (later.same, later.doubt) == (None, None)
    owing.undo()
    assert [one.joins for one in compared(owing, payment)] == [row.joins]


def test_of_several_that_it_may_be_none_is_taken_by_itself(owing: Desk) -> None:
    owing.perform(LABEL, typed, number="ΑΠ-1", after=4)
    owing.perform(LABEL, typed, number="ΑΠ-2", after=-1)
    (row,) = compared(owing, paid(name="Ελαιώνες Νότου ΑΕ"))
    assert row.same is not None
    assert (row.same.number, row.joins, row.sure) == ("ΑΠ-2", None, False)
    assert "It may be receipt ΑΠ-2" in str(row.doubt)


@pytest.mark.parametrize(
    "other",
    [
        {"after": 6}, {"client_id": 2}, {"currency": "USD"}, {"kind": "write_off"},
    ],
)  # fmt: skip
def test_another_receipt_is_not_the_same(owing: Desk, other: dict[str, Any]) -> None:
    owing.perform(LABEL, typed, number="ΑΠ-1", **other)
    (row,) = compared(owing, paid(name="Ελαιώνες Νότου ΑΕ"))
    assert (row.same, row.doubt, row.sure) == (None, None, True)


def test_a_receipt_that_changed_since_is_not_joined(owing: Desk) -> None:
    which = owing.perform(LABEL, typed, number="ΑΠ-1").value
    payment = paid(name="Ελαιώνες Νότου ΑΕ")
    for wrong in (
        ConfirmedPayment(replace(payment, amount_minor=1), 1, same=which),
        ConfirmedPayment(payment, 2, same=which),
    ):
        with pytest.raises(UserError, match="ΑΠ-1 has changed since"):
            owing.perform(LABEL, take_payments, confirmed=[wrong])


def test_what_a_client_chosen_by_hand_has_already_is_told(owing: Desk) -> None:
    owing.perform(LABEL, typed, number="ΑΠ-1")
    found = owing.query(propose_invoices, payment=paid(name="Nobody Ltd"), client_id=1)
    assert found.same is not None
    assert found.same.sure


def test_more_than_is_open_is_refused_as_a_whole(owing: Desk) -> None:
    whole = ConfirmedPayment(paid(900, texts=("a",)), 2, ((3, 900),))
    too_much = ConfirmedPayment(paid(10, texts=("b",)), 2, ((3, 10),))
    with pytest.raises(UserError, match="Of 1043 only"):
        owing.perform(LABEL, take_payments, confirmed=[whole, too_much])
    assert owing.query(lambda s: s.scalars(select(Receipt.id)).all()) == []
    assert owing.query(lambda s: s.scalars(select(Allocation.id)).all()) == []


def test_a_payment_in_another_currency_pays_no_invoice(owing: Desk) -> None:
    dollars = replace(paid(name="Ελαιώνες Νότου ΑΕ"), currency="USD")
    (row,) = compared(owing, dollars)
    assert (row.client_id, row.proposal) == (1, None)
