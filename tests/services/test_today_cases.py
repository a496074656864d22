"""The rules of Today about cases and dates: each finds what it should and leaves the rest."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from acctdesk.kinds import DisputeType, KeyDateKind
from acctdesk.services.clients import create_client, trash_client
from acctdesk.services.desk import Desk
from acctdesk.services.disputes import open_dispute, tell
from acctdesk.services.disruptions import disruption_card, mark_told, open_disruption
from acctdesk.services.key_dates import add_key_date, close_key_date
from acctdesk.services.payment_promises import promise_to_pay
from acctdesk.services.requests import answer_request, ask
from acctdesk.services.rows import TodayLine
from acctdesk.services.today import today_page
from tests.services.conftest import TODAY, Do
from tests.services.test_payment_promises import add_invoice

DAY = dt.timedelta(days=1)
NOW = dt.datetime.combine(TODAY, dt.time(8), dt.UTC)


@pytest.fixture
def client(do: Do) -> int:
    return int(do(create_client, name="Παπαδόπουλος Α.Ε."))


def lines(desk: Desk, rule: str, day: dt.date = TODAY) -> list[TodayLine]:
    return [one for one in desk.query(today_page, today=day).lines if one.rule == rule]


def begin(do: Do, client: int, **fields: Any) -> int:
    given = {"title": "Τιμή", "type": DisputeType.PRICE, **fields}
    return int(do(open_dispute, client_id=client, today=TODAY, **given))


def test_key_dates_come_before_their_day_and_are_red_after_it(
    desk: Desk, do: Do, client: int
) -> None:
    for days in (-2, 30, 31):
        do(add_key_date, client_id=client, kind=KeyDateKind.KYC, on_date=TODAY + days * DAY)
    closed = do(add_key_date, client_id=client, kind=KeyDateKind.KYC, on_date=TODAY)
    do(close_key_date, key_date_id=closed, on=TODAY)
    gone = do(create_client, name="Άλλος")
    do(add_key_date, client_id=gone, kind=KeyDateKind.KYC, on_date=TODAY)
    do(trash_client, client_id=gone)
    late, near = lines(desk, "key_dates")
    assert (late.urgent, late.days, str(late.why)) == (
        True,
        2,
        "It was on 10/11/2026, 2 days ago.",
    )
    assert (near.urgent, str(near.why)) == (False, "It is on 12/12/2026, in 30 days.")
    assert str(near.what) == "Know your client"


def test_disputes_that_want_an_answer_by_today(desk: Desk, do: Do, client: int) -> None:
    opened = TODAY - 9 * DAY
    late = begin(do, client, opened_on=opened, due_on=TODAY - DAY, amount_minor=500_00)
    today = begin(do, client, opened_on=opened, due_on=TODAY)
    begin(do, client, opened_on=opened, due_on=TODAY + DAY)
    begin(do, client, opened_on=opened)
    first, second = lines(desk, "dispute_answers")
    assert (first.id, first.urgent, first.at_stake_minor) == (late, True, 500_00)
    assert (second.id, second.urgent, second.at_stake_minor) == (today, False, None)
    assert str(first.why) == "It wants an answer by 11/11/2026 and has been open for 9 days."


def test_disputes_nobody_was_told_of(desk: Desk, do: Do, client: int) -> None:
    begin(do, client)  # of today: there was no time yet
    untold = begin(do, client, opened_on=TODAY - DAY)
    told = begin(do, client, opened_on=TODAY - DAY)
    do(tell, dispute_id=told, told_on=TODAY, who="Λογιστήριο")
    (line,) = lines(desk, "dispute_notices")
    assert (line.id, line.kind) == (untold, "dispute")
    assert len(lines(desk, "dispute_notices", TODAY + DAY)) == 2


def test_disruptions_until_every_client_is_told(desk: Desk, do: Do, client: int) -> None:
    other = do(create_client, name="Μύλοι")
    made = do(open_disruption, title="Βλάβη", started_at=NOW, client_ids=[client, other])
    do(
        open_disruption, title="Παλιά", started_at=NOW - 20 * DAY, ended_at=NOW - 9 * DAY,
        client_ids=[client],
    )  # fmt: skip
    (line,) = lines(desk, "disruption_notices")
    assert (line.id, str(line.what), line.minutes) == (made, "Tell 2 clients: Βλάβη", 10)
    card = desk.query(disruption_card, disruption_id=made)
    assert card is not None
    do(mark_told, entry_ids=[card.clients[0].id], told_at=NOW)
    (line,) = lines(desk, "disruption_notices")
    assert str(line.what) == "Tell 1 client: Βλάβη"
    do(mark_told, entry_ids=[card.clients[1].id], told_at=NOW)
    assert lines(desk, "disruption_notices") == []


def test_requests_past_their_day_or_five_working_days(desk: Desk, do: Do, client: int) -> None:
    given = {"department": "Λογιστήριο", "client_id": client}
    late = do(ask, what="Καρτέλα", asked_on=TODAY - 2 * DAY, due_on=TODAY - DAY, **given)
    do(ask, what="Δείγμα", asked_on=TODAY - 30 * DAY, due_on=TODAY, **given)
    week = do(ask, what="Έντυπα", asked_on=TODAY - 7 * DAY, **given)
    done = do(ask, what="Τιμές", asked_on=TODAY - 30 * DAY, **given)
    do(answer_request, request_id=done, on=TODAY, answer="ναι")
    (line,) = lines(desk, "owed_answers")
    assert (line.id, str(line.what)) == (late, "Ask Λογιστήριο again: Καρτέλα")
    assert "2 working days have gone" in str(line.why)
    tomorrow = [one.id for one in lines(desk, "owed_answers", TODAY + DAY)]
    assert set(tomorrow) > {late, week}


def test_a_broken_promise_to_pay_is_asked_about_until_it_is_paid_or_promised_anew(
    desk: Desk, do: Do, client: int
) -> None:
    day = TODAY - 10 * DAY
    invoice = do(add_invoice, client_id=client, number="7", gross=30_000, due_on=day)
    named = {invoice: None}
    do(promise_to_pay, client_id=client, due_on=day, invoices=named, today=day)
    (line,) = lines(desk, "broken_payments")
    assert (line.urgent, line.at_stake_minor, line.days) == (True, 30_000, 10)
    assert str(line.why) == ("They promised to pay by 02/11/2026; 10 days later €300 has not come.")
    assert lines(desk, "broken_payments", day) == []
    do(promise_to_pay, client_id=client, due_on=TODAY + DAY, invoices=named, today=TODAY)
    assert lines(desk, "broken_payments") == []
