"""Credit: exposure, what an order would do, the credit file, reviews, and who is not to be offered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.kinds import (
    CreditAnswer,
    CreditRule,
    CreditZone,
    DisputeState,
    DisputeType,
    DocumentType,
    KeyDateKind,
    Reliability,
    RiskClass,
    SecurityKind,
)
from acctdesk.models import Allocation, Document, Receipt
from acctdesk.services.clients import create_client, trash_client
from acctdesk.services.credit import (
    CreditLine,
    OrderTrial,
    credit_line,
    credit_lines,
    hold,
    holds,
    order_trial,
    over_limit,
)
from acctdesk.services.credit_file import (
    CreditFile,
    close_order,
    credit_file,
    save_note,
    save_order,
    save_security,
    save_statement,
    trash_entry,
)
from acctdesk.services.credit_rules import CreditRules, get_rules, set_rules
from acctdesk.services.credit_words import hold_words, rule_words
from acctdesk.services.desk import Desk
from acctdesk.services.disputes import close_dispute, open_dispute
from acctdesk.services.habits import late_payers
from acctdesk.services.key_dates import add_key_date, key_dates
from acctdesk.services.receivables import receivables
from acctdesk.services.reviews import do_review, ratings, reviews, set_risk
from tests.services.conftest import TODAY, Do

DAY = dt.timedelta(days=1)
LIMIT = 10_000_00


def owe(session: Session, *, client_id: int, euros: int, due: int) -> int:
    """Let a client owe an invoice that is due in so many days."""
    made = Document(
        type=DocumentType.INVOICE.value,
        number=f"T{client_id}{due}{euros}",
        client_id=client_id,
        issued_on=TODAY - 90 * DAY,
        due_on=TODAY + due * DAY,
        net_minor=euros * 100,
        vat_minor=0,
        gross_minor=euros * 100,
    )
    session.add(made)
    session.flush()
    return made.id


def pay(session: Session, *, client_id: int, euros: int) -> None:
    session.add(Receipt(client_id=client_id, received_on=TODAY, amount_minor=euros * 100))


@pytest.fixture
def client(do: Do) -> int:
    found: int = do(create_client, name="Ελαιώνες Α.Ε.", credit_limit_minor=LIMIT)
    return found


def line_of(desk: Desk, client_id: int, day: dt.date = TODAY) -> CreditLine:
    return desk.query(credit_line, client_id=client_id, as_of=day)


def trial(desk: Desk, client_id: int, euros: int) -> OrderTrial:
    return desk.query(order_trial, client_id=client_id, amount_minor=euros * 100, as_of=TODAY)


def file_of(desk: Desk, client_id: int) -> CreditFile:
    return desk.query(credit_file, client_id=client_id, as_of=TODAY)


def test_exposure_is_what_is_owed_and_ordered_less_what_is_secured_that_day(
    desk: Desk, do: Do, client: int
) -> None:
    do(owe, client_id=client, euros=4_000, due=10)
    do(pay, client_id=client, euros=500)  # on account: it names no invoice
    do(save_order, client_id=client, ordered_on=TODAY, amount_minor=2_000_00)
    kind = SecurityKind.GUARANTEE
    do(save_security, client_id=client, kind=kind, amount_minor=1_000_00, until_on=TODAY)
    do(save_security, client_id=client, kind=kind, amount_minor=9_00, until_on=TODAY - DAY)
    do(save_security, client_id=client, kind=kind, amount_minor=90_00, from_on=TODAY + DAY)
    held = line_of(desk, client).standing.exposure
    assert (held.owed_minor, held.orders_minor, held.secured_minor) == (350000, 200000, 100000)
    assert (held.exposure_minor, held.headroom_minor) == (450000, 550000)
    later = line_of(desk, client, TODAY + DAY).standing.exposure
    assert later.secured_minor == 90_00
    do(set_rules, count_orders=False)
    assert line_of(desk, client).standing.exposure.exposure_minor == 250000


def test_over_the_limit_are_those_whose_own_exposure_is(desk: Desk, do: Do, client: int) -> None:
    """What another client pays lowers its own balance, not that of whose invoice it names."""
    branch = do(create_client, name="Υποκατάστημα", credit_limit_minor=LIMIT, parent_id=client)
    invoice = do(owe, client_id=branch, euros=11_000, due=10)
    paid = do(store_payment, client_id=client, euros=11_000, document_id=invoice)
    assert paid
    gone = do(create_client, name="Έκλεισε", credit_limit_minor=LIMIT, active=False)
    do(owe, client_id=gone, euros=20_000, due=10)
    for day in (TODAY - DAY, TODAY, TODAY + DAY):
        found = [one.client_id for one in desk.query(over_limit, as_of=day)]
        wanted = [
            line.client_id
            for line in desk.query(credit_lines, as_of=day)
            if line.standing.exposure.is_over and line.client_id != gone
        ]
        assert found == wanted == [branch]


def store_payment(session: Session, *, client_id: int, euros: int, document_id: int) -> int:
    made = Receipt(client_id=client_id, received_on=TODAY, amount_minor=euros * 100)
    session.add(made)
    session.flush()
    session.add(Allocation(receipt_id=made.id, document_id=document_id, amount_minor=euros * 100))
    return made.id


def test_an_order_counts_until_the_day_it_is_invoiced(desk: Desk, do: Do, client: int) -> None:
    made = do(save_order, client_id=client, ordered_on=TODAY, amount_minor=2_000_00)
    do(close_order, order_id=made, on=TODAY + DAY)
    assert line_of(desk, client).standing.exposure.orders_minor == 2_000_00
    assert line_of(desk, client, TODAY + DAY).standing.exposure.orders_minor == 0
    with pytest.raises(UserError, match="ends before it begins"):
        do(close_order, order_id=made, on=TODAY - DAY)


def test_an_order_within_the_limit_is_a_yes_and_the_cent_above_it_a_no(
    desk: Desk, do: Do, client: int
) -> None:
    do(owe, client_id=client, euros=4_000, due=10)
    fits = trial(desk, client, 6_000)
    assert fits.after.answer is CreditAnswer.YES
    assert fits.after.standing.exposure.headroom_minor == 0
    above = desk.query(order_trial, client_id=client, amount_minor=6_000_01, as_of=TODAY)
    assert above.before.rules == ()
    assert above.after.rules == (CreditRule.OVER_LIMIT,)
    assert above.after.answer is CreditAnswer.NO
    with pytest.raises(UserError, match="above zero"):
        trial(desk, client, 0)


def test_without_a_limit_it_is_said_and_never_taken_as_nothing(desk: Desk, do: Do) -> None:
    client = do(create_client, name="Νέος")
    found = trial(desk, client, 1_000_000).after
    assert found.standing.exposure.headroom_minor is None
    assert found.rules == (CreditRule.NO_LIMIT,)
    assert found.answer is CreditAnswer.BUT


def test_each_rule_that_trips_says_why_in_words(desk: Desk, do: Do, client: int) -> None:
    do(owe, client_id=client, euros=1_200, due=-70)
    do(owe, client_id=client, euros=300, due=-3)
    do(open_dispute, client_id=client, today=TODAY, type=DisputeType.PRICE, title="Τιμή")
    do(add_key_date, client_id=client, kind=KeyDateKind.LIMIT, on_date=TODAY - 5 * DAY)
    found = trial(desk, client, 9_000)
    said = [
        str(rule_words(rule, found.after, found.thresholds, formats.amount))
        for rule in found.after.rules
    ]
    assert said == [
        "The limit of 10,000.00 would be exceeded by 500.00.",
        "1,500.00 is overdue; at most 1,000.00 may be.",
        "The oldest invoice is 70 days overdue; at most 60 may be.",
        "300.00 became overdue within the last 7 days.",
        "A dispute is open.",
        "A review of the credit is 5 days past its day.",
    ]


def test_the_thresholds_are_the_officers_own(desk: Desk, do: Do, client: int) -> None:
    do(owe, client_id=client, euros=1_500, due=-70)
    assert line_of(desk, client).answer is CreditAnswer.NO
    do(set_rules, overdue_minor=1_500_00, oldest_days=70)
    assert line_of(desk, client).rules == ()
    assert desk.query(get_rules).months(RiskClass.LOW) == 36
    for wrong in ({"high_months": 0}, {"oldest_days": -1}, {"overdue_minor": -1}):
        with pytest.raises(UserError):
            do(set_rules, **wrong)
    desk.undo()
    assert desk.query(get_rules) == CreditRules()


def test_the_list_and_a_client_say_the_same_and_add_up_to_the_receivables(demo: Desk) -> None:
    lines = demo.query(credit_lines, as_of=TODAY)
    assert sum(one.standing.exposure.owed_minor for one in lines) == (
        demo.query(receivables, as_of=TODAY).balance_minor
    )
    slow = {one.client_id for one in demo.query(late_payers, as_of=TODAY) if one.is_slower}
    assert {one.client_id for one in lines if one.standing.is_slower} == slow
    for line in lines:
        assert line == line_of(demo, line.client_id)
    over = [one.standing.exposure.is_over for one in lines]
    assert over == sorted(over, reverse=True)  # over the limit first


def test_nothing_new_is_offered_above_the_threshold_or_in_a_dispute(
    desk: Desk, do: Do, client: int
) -> None:
    def words() -> str | None:
        found = desk.query(hold, client, TODAY)
        return None if found is None else str(hold_words(found, formats.amount))

    do(owe, client_id=client, euros=1_000, due=-20)
    assert words() is None  # at the threshold, not above it
    do(owe, client_id=client, euros=1, due=-2)
    assert words() == "Offer nothing new: 1,001.00 is overdue, the oldest for 20 days."
    dispute = do(open_dispute, client_id=client, today=TODAY, type=DisputeType.PRICE, title="Τιμή")
    assert words() == (
        "Offer nothing new: 1,001.00 is overdue, the oldest for 20 days, and a dispute is open."
    )
    do(set_rules, pitch_overdue_minor=2_000_00)
    assert words() == "Offer nothing new: a dispute is open."
    assert set(desk.query(holds, as_of=TODAY)) == {client}
    do(
        close_dispute, dispute_id=dispute, state=DisputeState.SETTLED, on=TODAY,
        resolution="Πιστωτικό", today=TODAY,
    )  # fmt: skip
    assert words() is None


def test_a_note_of_more_than_a_year_is_flagged(desk: Desk, do: Do, client: int) -> None:
    fields: dict[str, Any] = {"reliability": Reliability.LOW, "source": "Προμηθευτής"}
    year_ago = dt.date(2025, 11, 12)
    do(save_note, client_id=client, noted_on=year_ago, body="Καθυστερεί", **fields)
    old = do(save_note, client_id=client, noted_on=year_ago - DAY, body="Αλλάζει έδρα", **fields)
    notes = file_of(desk, client).notes
    assert [(one.body, one.is_old) for one in notes] == [
        ("Καθυστερεί", False),
        ("Αλλάζει έδρα", True),
    ]
    with pytest.raises(UserError, match="where this comes from"):
        do(save_note, client_id=client, note_id=old, source="  ")
    do(trash_entry, kind="note", entry_id=old)
    assert len(file_of(desk, client).notes) == 1


def test_accounts_of_a_year_are_kept_once_and_scored(desk: Desk, do: Do, client: int) -> None:
    end = dt.date(2025, 12, 31)
    amounts = {
        "current_assets": 50, "current_liabilities": 30, "total_assets": 100,
        "total_liabilities": 50, "equity": 40, "retained_earnings": 15, "ebit": 10,
    }  # fmt: skip
    made = do(save_statement, client_id=client, year_end=end, amounts=amounts)
    (year,) = file_of(desk, client).statements
    assert year.scores[0].missing == ("sales",)
    do(save_statement, client_id=client, statement_id=made, amounts={"sales": 150})
    (year,) = file_of(desk, client).statements
    assert [one.zone for one in year.scores] == [CreditZone.GREY, CreditZone.SAFE]
    with pytest.raises(UserError, match="there already"):
        do(save_statement, client_id=client, year_end=end)
    with pytest.raises(UserError, match="below zero"):
        do(save_statement, client_id=client, statement_id=made, amounts={"total_assets": -1})


def kyc(desk: Desk, client_id: int) -> list[dt.date]:
    found = desk.query(key_dates, today=TODAY, client_id=client_id)
    return [one.on_date for one in found if one.kind is KeyDateKind.KYC]


def test_another_risk_class_moves_the_open_review_and_says_who_and_why_in_one_step(
    desk: Desk, do: Do, client: int
) -> None:
    given: dict[str, Any] = {"client_id": client, "who": "Ελένη", "today": TODAY}
    do(set_risk, risk=RiskClass.LOW, reason="Πληρώνει", **given)
    assert kyc(desk, client) == [dt.date(2029, 11, 12)]
    do(set_risk, risk=RiskClass.HIGH, reason="Επιταγή που δεν πληρώθηκε", **given)
    assert kyc(desk, client) == [dt.date(2027, 11, 12)]
    history = desk.query(ratings, client_id=client)
    assert [(one.risk, one.who, one.reason) for one in history] == [
        (RiskClass.HIGH, "Ελένη", "Επιταγή που δεν πληρώθηκε"),
        (RiskClass.LOW, "Ελένη", "Πληρώνει"),
    ]
    desk.undo()
    assert kyc(desk, client) == [dt.date(2029, 11, 12)]
    assert len(desk.query(ratings, client_id=client)) == 1
    with pytest.raises(UserError, match="Say why"):
        do(set_risk, risk=RiskClass.LOW, reason=" ", **given)


def test_a_review_counts_from_the_last_one_done_but_never_back_into_the_past(
    desk: Desk, do: Do, client: int
) -> None:
    first = do(add_key_date, client_id=client, kind=KeyDateKind.KYC, on_date=dt.date(2025, 3, 1))
    do(do_review, key_date_id=first, on=dt.date(2025, 3, 10))
    assert kyc(desk, client) == [dt.date(2027, 3, 10)]  # no class yet: as of medium risk
    given: dict[str, Any] = {"client_id": client, "who": None, "reason": "χρέη", "today": TODAY}
    do(set_risk, risk=RiskClass.LOW, **given)
    assert kyc(desk, client) == [dt.date(2028, 3, 10)]
    do(set_risk, risk=RiskClass.HIGH, **given)
    assert kyc(desk, client) == [TODAY]  # twelve months after March 2025 have passed


def test_doing_a_review_closes_it_and_makes_the_next_of_its_kind(
    desk: Desk, do: Do, client: int
) -> None:
    made = do(
        add_key_date, client_id=client, kind=KeyDateKind.COVENANT, on_date=TODAY, title="Δάνειο"
    )
    coming = do(do_review, key_date_id=made, on=TODAY)
    found = desk.query(reviews, today=TODAY, until=TODAY + 400 * DAY)
    assert [(one.id, one.on_date, one.title) for one in found] == [
        (coming, dt.date(2027, 11, 12), "Δάνειο")
    ]
    with pytest.raises(UserError, match="done already"):
        do(do_review, key_date_id=made, on=TODAY)
    other = do(add_key_date, client_id=client, kind=KeyDateKind.CONTRACT, on_date=TODAY)
    with pytest.raises(UserError, match="not a review"):
        do(do_review, key_date_id=other, on=TODAY)


def test_a_clients_credit_file_goes_to_the_trash_with_it(desk: Desk, do: Do, client: int) -> None:
    do(save_order, client_id=client, ordered_on=TODAY, amount_minor=100)
    do(save_security, client_id=client, kind=SecurityKind.DEPOSIT, amount_minor=100)
    do(set_risk, client_id=client, risk=RiskClass.HIGH, reason="α", who=None, today=TODAY)
    do(trash_client, client_id=client)
    assert desk.query(ratings, client_id=client) == []
    desk.undo()
    found = file_of(desk, client)
    assert (len(found.orders), len(found.securities), len(found.ratings)) == (1, 1, 1)
