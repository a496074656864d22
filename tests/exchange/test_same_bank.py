"""A payment that the bank told of and the company's file tells again is one receipt."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from acctdesk.exchange.apply import ImportResult, apply_import, preview_import
from acctdesk.exchange.runner import import_label
from acctdesk.kinds import ProblemOutcome, RecordKind
from acctdesk.models import Allocation, ClientAccount, Receipt
from acctdesk.services.bank_in import (
    BankPayment,
    ConfirmedPayment,
    as_proposed,
    compare_payments,
    take_payments,
)
from acctdesk.services.desk import Desk
from acctdesk.services.open_items import client_items
from tests.exchange.desks import SPRING, client, parsed, receipt, rows_of, sale, take
from tests.storage.commands import LABEL

DAY = SPRING + dt.timedelta(days=10)  # of a receipt of the file
R = RecordKind.RECEIPTS


def told(key: str = "b1", after: int = -2, amount: int = 5_000, **more: Any) -> BankPayment:
    """Return a payment of the bank, two days before the file's where nothing else is said."""
    day = DAY + dt.timedelta(days=after)
    return BankPayment(key, day, amount, "EUR", name="Νότος ΑΕ", **more)


def bank(desk: Desk, *payments: BankPayment, parts: tuple[tuple[int, int], ...] = ()) -> None:
    confirmed = [ConfirmedPayment(one, 1, parts) for one in payments]
    desk.perform(LABEL, take_payments, confirmed=confirmed)


def take_as(desk: Desk, same: set[str], *rows: dict[str, Any]) -> ImportResult:
    """Import rows with what the officer ticked."""
    file = parsed(R, rows)
    file.same = frozenset(same)
    return desk.perform(
        import_label(R, "t"), apply_import, parsed=file, file_name="t", file_hash="0", mapping=None
    ).value


@pytest.fixture
def owing(desk: Desk) -> Desk:
    take(desk, RecordKind.CLIENTS, client("1", "Νότος ΑΕ"), client("2", "Βορράς ΑΕ"))
    take(desk, RecordKind.SALES, sale("ΤΙΜ-7", "1", 5_000), sale("ΤΙΜ-8", "1", 9_000))
    return desk


def outcomes(result: ImportResult) -> list[ProblemOutcome]:
    return [one.done for one in result.problems if one.code == "same_payment"]


def test_the_row_joins_the_receipt_of_the_bank(owing: Desk) -> None:
    """It gets the number, the day and what the row names; the same file again changes nothing."""
    bank(owing, told(iban="GR1601101250000000012300695"), parts=((2, 5_000),))
    row = receipt("ΑΠ-1", "1", 5_000, document_ref="ΤΙΜ-7", method="Μεταφορά")
    result = take(owing, R, row)
    assert (result.created, result.updated, outcomes(result)) == (0, 1, [ProblemOutcome.MERGED])
    assert rows_of(owing, Receipt, "number", "received_on", "method", "same_key", "payer_name") == [
        ("ΑΠ-1", DAY, "Μεταφορά", "b1", "Νότος ΑΕ")
    ]
    paid = rows_of(owing, Allocation, "document_id", "document_ref", "amount_minor")
    assert paid == [(1, "ΤΙΜ-7", 5_000)]
    again = take(owing, R, row)
    assert (again.created, again.updated, outcomes(again)) == (0, 0, [])
    owing.undo()
    assert rows_of(owing, Receipt, "number", "received_on") == [(None, DAY - dt.timedelta(days=2))]
    assert rows_of(owing, Allocation, "document_id", "document_ref") == [(2, None)]


def test_what_the_officer_chose_stands_where_the_row_names_nothing(owing: Desk) -> None:
    bank(owing, told(), parts=((2, 5_000),))
    take(owing, R, receipt("ΑΠ-1", "1", 5_000))
    assert rows_of(owing, Allocation, "document_id", "amount_minor") == [(2, 5_000)]


def test_what_the_officer_chose_stands_where_the_row_names_no_invoice_of_the_book(
    owing: Desk,
) -> None:
    bank(owing, told(), parts=((2, 5_000),))
    take(owing, R, receipt("ΑΠ-1", "1", 5_000, document_ref="έναντι"))
    assert rows_of(owing, Allocation, "document_id", "amount_minor", "by_hand") == [
        (2, 5_000, True)
    ]


def stand(desk: Desk) -> list[tuple[Any, ...]]:
    """Return what is owed and paid, what each receipt says, and the accounts, without ids."""
    found = desk.query(client_items, client_id=1, as_of=DAY + dt.timedelta(days=30))
    assert found is not None
    columns = ("number", "received_on", "method", "reason", "payer_iban", "same_key")
    return [
        *((one.number, one.open_minor) for one in found.invoices),
        *((one.number, one.free_minor, len(one.parts)) for one in found.receipts),
        *rows_of(desk, Receipt, *columns),
        *rows_of(desk, ClientAccount, "client_id", "iban"),
    ]


def test_whichever_comes_first_the_book_is_the_same(owing: Desk) -> None:
    row = receipt("ΑΠ-1", "1", 5_000, document_ref="ΤΙΜ-7")
    payment = told(texts=("ευχαριστούμε",), iban="GR1601101250000000012300695")
    bank(owing, payment)
    take(owing, R, row)
    bank_first = stand(owing)
    assert ("ΑΠ-1", DAY, "Bank", "ευχαριστούμε", payment.iban, "b1") in bank_first
    assert ("ΤΙΜ-8", 9_000) in bank_first
    owing.undo()
    owing.undo()
    take(owing, R, row)
    rows = owing.query(compare_payments, payments=[payment])
    owing.perform(LABEL, take_payments, confirmed=as_proposed(rows))
    assert stand(owing) == bank_first


@pytest.mark.parametrize(
    "row",
    [
        receipt("ΑΠ-1", "2", 5_000),
        receipt("ΑΠ-1", "1", 5_001),
        receipt("ΑΠ-1", "1", 5_000, currency="USD"),
        receipt("ΑΠ-1", "1", 5_000, received_on=DAY + dt.timedelta(days=4)),
        receipt("ΑΠ-1", "1", -5_000),
    ],
)
def test_another_receipt_stays_another(owing: Desk, row: dict[str, Any]) -> None:
    bank(owing, told())
    result = take(owing, R, row)
    assert (result.created, result.same_payments) == (1, ())


def test_of_several_near_ones_none_is_taken_unless_it_is_ticked(owing: Desk) -> None:
    bank(owing, told("b1", -3), told("b2", 1), told("b3", 4))
    row = receipt("ΑΠ-1", "1", 5_000)
    preview = owing.query(preview_import, parsed=parsed(R, [row]), mapping=None)
    (same,) = preview.same_payments
    assert (same.number, same.bank_day) == ("ΑΠ-1", DAY + dt.timedelta(days=1))
    assert (same.sure, same.taken, preview.created) == (False, False, 1)
    assert outcomes(preview) == [ProblemOutcome.STATED]
    result = take_as(owing, {"ΑΠ-1"}, row)
    assert (result.created, result.updated) == (0, 1)
    assert rows_of(owing, Receipt, "number", "same_key") == [
        (None, "b1"), ("ΑΠ-1", "b2"), (None, "b3"),
    ]  # fmt: skip


def test_two_rows_of_one_payment_are_not_both_it(owing: Desk) -> None:
    bank(owing, told())
    result = take_as(
        owing, {"ΑΠ-1", "ΑΠ-2"}, receipt("ΑΠ-1", "1", 5_000), receipt("ΑΠ-2", "1", 5_000)
    )
    assert (result.created, result.updated) == (1, 1)
    assert [(one.number, one.sure) for one in result.same_payments] == [
        ("ΑΠ-1", False), ("ΑΠ-2", False),
    ]  # fmt: skip


def test_the_officer_may_say_that_the_farther_row_is_the_payment(owing: Desk) -> None:
    bank(owing, told())
    later = receipt("ΑΠ-2", "1", 5_000, received_on=DAY + dt.timedelta(days=1))
    take_as(owing, {"ΑΠ-2"}, receipt("ΑΠ-1", "1", 5_000), later)
    assert rows_of(owing, Receipt, "number", "same_key") == [("ΑΠ-2", "b1"), ("ΑΠ-1", None)]


def test_what_is_sure_is_another_where_the_officer_says_so(owing: Desk) -> None:
    bank(owing, told())
    result = take_as(owing, set(), receipt("ΑΠ-1", "1", 5_000))
    assert (result.created, outcomes(result)) == (1, [ProblemOutcome.STATED])


def test_a_receipt_that_pays_several_invoices_joins_by_its_sum(owing: Desk) -> None:
    bank(owing, told(amount=14_000))
    rows = [
        receipt("ΑΠ-1", "1", 5_000, document_ref="ΤΙΜ-7"),
        receipt("ΑΠ-1", "1", 9_000, document_ref="ΤΙΜ-8"),
    ]
    result = take(owing, R, *rows)
    assert (result.created, result.updated) == (0, 2)
    assert rows_of(owing, Allocation, "document_id", "amount_minor") == [(1, 5_000), (2, 9_000)]


def test_a_row_without_a_number_is_told_and_stays_another(owing: Desk) -> None:
    """It could not be known when it comes again."""
    bank(owing, told())
    for created in (1, 0):
        result = take(owing, R, receipt(None, "1", 5_000))
        assert (result.created, result.same_payments) == (created, ())
        assert outcomes(result) == [ProblemOutcome.STATED] * created
    keys = owing.query(lambda s: s.scalars(select(Receipt.same_key)).all())
    assert len(set(keys)) == 2
