"""The bank accounts of a client: looked at, typed with a check, taken off, and no longer asked."""

from __future__ import annotations

import datetime as dt

import pytest

from acctdesk.errors import UserError
from acctdesk.services.accounts import accounts_of, add_account, trash_account
from acctdesk.services.bank_in import (
    BankPayment,
    ConfirmedPayment,
    PaymentState,
    compare_payments,
    take_payments,
)
from acctdesk.services.client_cases import client_cases
from acctdesk.services.clients import create_client, trash_client
from acctdesk.services.days import local_day
from acctdesk.services.desk import Desk
from tests.services.conftest import Do

GREEK, GERMAN = "GR1601101250000000012300695", "DE89370400440532013000"
DAY = dt.date(2026, 3, 2)


@pytest.fixture
def two(do: Do) -> tuple[int, int]:
    """Give two clients."""
    return do(create_client, name="Νότος ΑΕ"), do(create_client, name="Βορράς ΑΕ")


def held(desk: Desk, client_id: int) -> list[tuple[str, str | None]]:
    return [(one.iban, one.name) for one in desk.query(accounts_of, client_id=client_id)]


def whose(desk: Desk) -> int | None:
    payment = BankPayment("next", DAY, 100, "EUR", name="X HOLDING", iban=GERMAN)
    (row,) = desk.query(compare_payments, payments=[payment])
    assert (row.state is PaymentState.UNKNOWN) is (row.client_id is None)
    return row.client_id


def learn(do: Do, client_id: int, key: str = "first") -> None:
    told = BankPayment(key, DAY, 100, "EUR", name="X HOLDING", iban=GERMAN)
    do(take_payments, confirmed=[ConfirmedPayment(told, client_id)])


def test_what_a_payment_taught_is_seen_and_taken_off(
    desk: Desk, do: Do, two: tuple[int, int]
) -> None:
    """An account learned wrongly proposes nobody from then on; undo brings it back."""
    wrong, right = two
    learn(do, wrong)
    (account,) = desk.query(accounts_of, client_id=wrong)
    assert (account.iban, account.name) == (GERMAN, "X HOLDING")
    assert account.known_since == local_day(dt.datetime.now(dt.UTC))
    assert whose(desk) == wrong
    do(trash_account, account_id=account.id)
    assert (held(desk, wrong), whose(desk)) == ([], None)
    desk.undo()
    assert (held(desk, wrong), whose(desk)) == ([(GERMAN, "X HOLDING")], wrong)
    desk.redo()
    with pytest.raises(UserError, match="no longer in the book"):
        do(trash_account, account_id=account.id)
    learn(do, right, "second")
    assert (held(desk, wrong), whose(desk)) == ([], right)


def test_an_account_is_typed_and_asked_from_then_on(
    desk: Desk, do: Do, two: tuple[int, int]
) -> None:
    first, second = two
    assert whose(desk) is None
    do(add_account, client_id=second, iban="IBAN de89 3704 0044 0532 0130 00")
    do(add_account, client_id=second, iban=GREEK)
    assert held(desk, second) == [(GERMAN, None), (GREEK, None)]
    assert (held(desk, first), whose(desk)) == ([], second)
    shown = desk.query(client_cases, client_id=second, today=DAY).accounts
    assert [one.iban for one in shown] == [GERMAN, GREEK]
    desk.undo()
    assert held(desk, second) == [(GERMAN, None)]


def test_one_that_was_taken_off_is_typed_again(desk: Desk, do: Do, two: tuple[int, int]) -> None:
    first, second = two
    do(trash_account, account_id=do(add_account, client_id=first, iban=GERMAN))
    do(add_account, client_id=second, iban=GERMAN)
    assert (held(desk, first), whose(desk)) == ([], second)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (" ", "Write the IBAN"),
        (GERMAN[:-1] + "1", "not valid"),
        (GERMAN[:-1], "not valid"),
        ("37040044 0532013000", "not valid"),
        (GREEK, "known as this client's already"),
        ("DE89 3704 0044 0532 0130 00", r"another client already \(Βορράς ΑΕ\)"),
    ],
)
def test_what_is_not_taken_is_said(
    desk: Desk, do: Do, two: tuple[int, int], typed: str, why: str
) -> None:
    first, second = two
    do(add_account, client_id=first, iban=GREEK)
    do(add_account, client_id=second, iban=GERMAN)
    with pytest.raises(UserError, match=why):
        do(add_account, client_id=first, iban=typed)
    assert (held(desk, first), held(desk, second)) == ([(GREEK, None)], [(GERMAN, None)])


def test_an_account_of_a_client_in_the_trash_is_free(
    desk: Desk, do: Do, two: tuple[int, int]
) -> None:
    first, second = two
    do(add_account, client_id=first, iban=GERMAN)
    do(trash_client, client_id=first)
    do(add_account, client_id=second, iban=GERMAN)
    assert (held(desk, second), whose(desk)) == ([(GERMAN, None)], second)
