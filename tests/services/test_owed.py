"""What a client owes as it can be promised: what is late, what is in dispute, what is promised."""

from __future__ import annotations

import datetime as dt

import pytest

from acctdesk.kinds import DisputeType
from acctdesk.services.allocation import set_instalments
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.disputes import open_dispute
from acctdesk.services.owed import Owed, owed
from acctdesk.services.payment_promises import promise_to_pay
from tests.services.conftest import Do
from tests.services.test_payment_promises import BY, GIVEN, IN_GRACE, add_invoice

DAY = dt.timedelta(days=1)


@pytest.fixture
def client(do: Do) -> int:
    """Give a client."""
    return int(do(create_client, name="Μύλοι"))


def of(desk: Desk, client: int, as_of: dt.date = GIVEN) -> Owed:
    found: Owed = desk.query(owed, client_id=client, as_of=as_of)
    return found


def dispute(do: Do, client: int, invoice: int, amount: int | None) -> None:
    do(
        open_dispute, client_id=client, today=GIVEN, title="Ελλιπής", type=DisputeType.QUALITY,
        blocked={invoice: amount},
    )  # fmt: skip


def test_an_amount_pays_the_oldest_first_and_none_is_all_that_is_overdue(
    desk: Desk, do: Do, client: int
) -> None:
    newer, older, to_come = (
        do(add_invoice, client_id=client, number=str(days), gross=10_000, due_on=GIVEN - days * DAY)
        for days in (3, 9, -5)
    )
    found = of(desk, client)
    assert found.share_out(15_000) == {older: 10_000, newer: 5_000}
    assert found.share_out(None) == {older: 10_000, newer: 10_000}
    assert found.share_out(99_000) == {older: 10_000, newer: 10_000, to_come: 10_000}
    assert of(desk, client, GIVEN - 30 * DAY).share_out(None) == dict.fromkeys(
        (older, newer, to_come), 10_000
    )


def test_all_that_is_overdue_of_instalments_are_those_whose_day_has_passed(
    desk: Desk, do: Do, client: int
) -> None:
    invoice = do(add_invoice, client_id=client, number="1", gross=120_000, due_on=GIVEN - DAY)
    parts = [(GIVEN + (30 * month - 1) * DAY, 10_000) for month in range(12)]
    do(set_instalments, document_id=invoice, parts=parts)
    assert of(desk, client).share_out(None) == {invoice: 10_000}
    assert of(desk, client, GIVEN + 30 * DAY).share_out(None) == {invoice: 20_000}


def test_what_is_in_dispute_is_not_promised_by_a_day_alone(desk: Desk, do: Do, client: int) -> None:
    one, two = (
        do(add_invoice, client_id=client, number=number, gross=10_000, due_on=GIVEN - DAY)
        for number in "12"
    )
    dispute(do, client, one, None)
    dispute(do, client, two, 4_000)
    assert of(desk, client).share_out(None) == {two: 6_000}
    assert of(desk, client).share_out(20_000) == {one: 10_000, two: 10_000}
    dispute(do, client, two, 6_000)
    assert of(desk, client).share_out(None) == {}


def test_a_promise_that_runs_and_shares_an_invoice_is_replaced(
    desk: Desk, do: Do, client: int
) -> None:
    one, two, three = (
        do(add_invoice, client_id=client, number=number, gross=10_000) for number in "123"
    )
    do(promise_to_pay, client_id=client, due_on=BY, invoices={one: None, two: None}, today=GIVEN)
    (held,) = of(desk, client).replaced_by({one: 5_000})
    assert [part.document_id for part in held.invoices] == [one, two]
    assert of(desk, client).replaced_by({three: 5_000}) == []
    assert of(desk, client, IN_GRACE + DAY).replaced_by({one: 5_000}) == []
