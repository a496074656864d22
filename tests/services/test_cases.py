"""Disruptions, requests to departments, key dates and shares of credit, as their services keep them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from acctdesk.errors import ConflictError, UserError
from acctdesk.kinds import DisputeType, DocumentType, InteractionKind, KeyDateKind, RequestState
from acctdesk.models import Document, DocumentLine, Product
from acctdesk.services.case_rows import DisruptionCard, RequestRow, Share
from acctdesk.services.clients import create_client, trash_client
from acctdesk.services.desk import Desk
from acctdesk.services.disputes import open_dispute
from acctdesk.services.disruptions import (
    change_disruption,
    clients_by,
    disruption_card,
    disruptions,
    disruptions_of,
    mark_told,
    mark_untold,
    open_disruption,
    remove_client,
    touched_by,
    trash_disruption,
)
from acctdesk.services.key_dates import (
    LEAD_DAYS,
    add_key_date,
    change_key_date,
    close_key_date,
    key_dates,
    near_key_dates,
    reopen_key_date,
)
from acctdesk.services.requests import (
    answer_request,
    ask,
    cancel_request,
    change_request,
    departments,
    reopen_request,
    requests,
    save_department,
    trash_department,
)
from acctdesk.services.shares import percent, set_shares, share_history, shares_at
from acctdesk.services.timeline import timeline
from tests.services.conftest import TODAY, Do

DAY = dt.timedelta(days=1)
NOW = dt.datetime(2026, 11, 12, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def client(do: Do) -> int:
    return int(do(create_client, name="Παπαδόπουλος Α.Ε.", city="Βόλος", segment="A"))


def sell(session: Session, *, client_id: int, product: str, family: str | None, on: dt.date) -> int:
    """Sell a product, made on the way, and return it."""
    made = Product(name=product, family=family)
    document = Document(
        type=DocumentType.INVOICE.value,
        number=f"{product}-{client_id}",
        client_id=client_id,
        issued_on=on,
        net_minor=100,
        gross_minor=100,
    )
    session.add_all([made, document])
    session.flush()
    session.add(DocumentLine(document_id=document.id, product_id=made.id, amount=Decimal(1)))
    return made.id


# -- disruptions -----------------------------------------------------------------------------------


def card_of(desk: Desk, disruption: int) -> DisruptionCard:
    card = desk.query(disruption_card, disruption_id=disruption)
    assert card is not None
    return card


def test_clients_are_chosen_by_what_they_bought_and_where_they_are(
    desk: Desk, do: Do, client: int
) -> None:
    other = do(create_client, name="Μύλοι", city="Βόλος", segment="B")
    away = do(create_client, name="Αλιεία", city="Χίος")
    gone = do(create_client, name="Παλιά", city="Βόλος", segment="A")
    do(trash_client, client_id=gone)
    flour = do(sell, client_id=client, product="Αλεύρι", family="Τρόφιμα", on=TODAY - 364 * DAY)
    do(sell, client_id=other, product="Ζάχαρη", family="Τρόφιμα", on=TODAY)
    do(sell, client_id=away, product="Αλάτι", family="Τρόφιμα", on=TODAY - 365 * DAY)

    def by(**wanted: Any) -> list[int]:
        return list(desk.query(clients_by, today=TODAY, **wanted))

    assert by(product_id=flour) == [client]
    assert by(family="Τρόφιμα") == [other, client]
    assert by(city="Βόλος", segment="B") == [other]
    assert by(segment="A") == [client]
    touched = desk.query(touched_by)
    assert (touched.families, touched.cities) == (("Τρόφιμα",), ("Βόλος", "Χίος"))
    assert len(touched.products) == 3


def test_a_disruption_says_who_was_not_told_yet(desk: Desk, do: Do, client: int) -> None:
    other = do(create_client, name="Μύλοι")
    with pytest.raises(UserError, match="what is disrupted"):
        do(open_disruption, title=" ", started_at=NOW)
    made = do(open_disruption, title="Βλάβη ψυγείου", started_at=NOW, client_ids=[client, other])
    (row,) = desk.query(disruptions)
    assert (row.clients, row.untold) == (2, 2)
    entries = {one.client_id: one.id for one in card_of(desk, made).clients}
    do(
        mark_told,
        entry_ids=[entries[client]],
        told_at=NOW,
        kind=InteractionKind.CALL,
        note="Θα έρθουν αύριο",
    )
    told = card_of(desk, made).clients
    assert [(one.client_id, one.told_on) for one in told] == [(other, None), (client, TODAY)]
    (line,) = desk.query(timeline, client_id=client, today=TODAY)
    assert (line.subject, line.body) == ("Βλάβη ψυγείου", "Θα έρθουν αύριο")
    assert told[1].interaction_id == line.key[1]
    desk.undo()
    assert card_of(desk, made).row.untold == 2
    assert desk.query(timeline, client_id=client, today=TODAY) == []
    desk.redo()
    do(mark_untold, entry_id=entries[client])
    assert card_of(desk, made).row.untold == 2
    assert [one.id for one in desk.query(disruptions_of, client_id=client)] == [made]


def test_whom_it_touches_may_change_and_who_was_told_stays_so(
    desk: Desk, do: Do, client: int
) -> None:
    other, third = do(create_client, name="Μύλοι"), do(create_client, name="Αλιεία")
    made = do(open_disruption, title="Διακοπή", started_at=NOW, client_ids=[client, other])
    mine = next(one.id for one in card_of(desk, made).clients if one.client_id == client)
    do(mark_told, entry_ids=[mine], told_at=NOW)
    do(change_disruption, disruption_id=made, client_ids=[client, third], cause="ρεύμα")
    card = card_of(desk, made)
    assert {one.client_id: one.told_on for one in card.clients} == {client: TODAY, third: None}
    with pytest.raises(UserError, match="before it began"):
        do(change_disruption, disruption_id=made, ended_at=NOW - dt.timedelta(hours=1))
    do(change_disruption, disruption_id=made, ended_at=NOW)
    assert desk.query(disruptions, running_only=True) == []
    do(remove_client, entry_id=mine)
    assert card_of(desk, made).row.clients == 1
    do(trash_disruption, disruption_id=made)
    assert desk.query(disruptions) == []


# -- requests --------------------------------------------------------------------------------------


def only(desk: Desk, **asked: Any) -> RequestRow:
    (row,) = desk.query(requests, today=TODAY, **asked)
    return row


def test_a_request_waits_by_working_days_until_it_is_answered(
    desk: Desk, do: Do, client: int
) -> None:
    thursday = TODAY - 7 * DAY
    made = do(ask, department="Λογιστήριο", what="Καρτέλα", asked_on=thursday, client_id=client)
    row = only(desk, client_id=client)
    assert (row.department, row.waiting_days, row.late) == ("Λογιστήριο", 5, False)
    (later,) = desk.query(requests, today=TODAY + DAY)
    assert (later.waiting_days, later.late) == (6, True)
    do(change_request, request_id=made, due_on=TODAY - DAY, expected_version=row.version)
    assert only(desk).late
    with pytest.raises(ConflictError):
        do(change_request, request_id=made, due_on=None, expected_version=row.version)
    with pytest.raises(UserError, match="what they answered"):
        do(answer_request, request_id=made, on=TODAY, answer="")
    do(answer_request, request_id=made, on=TODAY - DAY, answer="Στάλθηκε")
    assert desk.query(requests, today=TODAY) == []
    row = only(desk, open_only=False)
    assert (row.state, row.waiting_days, row.late) == (RequestState.ANSWERED, 4, False)
    do(reopen_request, request_id=made)
    do(cancel_request, request_id=made, on=TODAY)
    assert only(desk, open_only=False).state is RequestState.CANCELLED


def test_a_department_is_made_once_and_stays_while_it_owes_an_answer(desk: Desk, do: Do) -> None:
    for what in ("Τιμοκατάλογος", "Δείγματα"):
        made = do(ask, department="Marketing", what=what, asked_on=TODAY)
    (row,) = desk.query(departments)
    assert (row.name, row.waiting) == ("Marketing", 2)
    do(save_department, department_id=row.id, person="Κ. Δήμου", email="dimou@aigaion.example")
    assert only(desk, limit=1).email == "dimou@aigaion.example"
    with pytest.raises(UserError, match="of this name already"):
        do(save_department, name="Marketing")
    with pytest.raises(UserError, match="needs a name"):
        do(save_department, person="Κανείς")
    with pytest.raises(UserError, match="owes an answer"):
        do(trash_department, department_id=row.id)
    for one in desk.query(requests, today=TODAY):
        do(cancel_request, request_id=one.id, on=TODAY)
    do(trash_department, department_id=row.id)
    assert desk.query(departments) == []
    assert {one.department for one in desk.query(requests, today=TODAY, open_only=False)} == {
        "Marketing"
    }, f"the request {made} still says whom it asked"


def test_a_request_says_of_which_dispute_it_is(desk: Desk, do: Do, client: int) -> None:
    dispute = do(
        open_dispute, client_id=client, today=TODAY, title="Ποσότητα", type=DisputeType.QUANTITY
    )
    with pytest.raises(UserError, match="before it was asked"):
        do(ask, department="Α", what="Έλεγχος", asked_on=TODAY, due_on=TODAY - DAY)
    do(ask, department="Α", what="Έλεγχος", asked_on=TODAY, dispute_id=dispute, client_id=client)
    assert only(desk, dispute_id=dispute).client_name == "Παπαδόπουλος Α.Ε."
    assert len(desk.query(departments)) == 1


# -- key dates -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(KeyDateKind))
def test_a_date_is_near_from_the_lead_days_of_its_kind_until_it_is_closed(
    desk: Desk, do: Do, client: int, kind: KeyDateKind
) -> None:
    lead = LEAD_DAYS[kind]
    day = TODAY + lead * DAY
    made = do(add_key_date, client_id=client, kind=kind, on_date=day, title="Σύμβαση")

    def near(today: dt.date) -> list[int]:
        return [one.id for one in desk.query(near_key_dates, today=today, limit=9)]

    assert near(TODAY - DAY) == []
    assert near(TODAY) == [made]
    assert near(day + 400 * DAY) == [made]
    (row,) = desk.query(key_dates, client_id=client, today=TODAY)
    assert (row.days_left, row.lead_days, row.is_near) == (lead, lead, True)
    do(change_key_date, key_date_id=made, lead_days=0)
    assert near(TODAY + (lead - 1) * DAY) == []
    assert near(day) == [made]
    do(close_key_date, key_date_id=made, on=TODAY)
    assert near(day) == []
    assert desk.query(key_dates, client_id=client, today=TODAY) == []
    do(reopen_key_date, key_date_id=made)
    assert near(day) == [made]


def test_a_date_of_no_kind_says_what_it_is(desk: Desk, do: Do, client: int) -> None:
    with pytest.raises(UserError, match="what this date is"):
        do(add_key_date, client_id=client, kind=KeyDateKind.OTHER, on_date=TODAY)
    with pytest.raises(UserError, match="366"):
        do(add_key_date, client_id=client, kind=KeyDateKind.KYC, on_date=TODAY, lead_days=367)
    late = do(add_key_date, client_id=client, kind=KeyDateKind.KYC, on_date=TODAY + 80 * DAY)
    do(add_key_date, client_id=client, kind=KeyDateKind.LIMIT, on_date=TODAY + 91 * DAY)
    until = TODAY + 90 * DAY
    found = desk.query(key_dates, client_id=client, today=TODAY, until=until)
    assert [one.id for one in found] == [late]


# -- shares ----------------------------------------------------------------------------------------


def test_shares_hold_from_their_day_until_the_next_set(desk: Desk, do: Do, client: int) -> None:
    half = [Share("Μαρία", 50_00, "Α/Ο"), Share("Κώστας", 50_00)]
    do(set_shares, client_id=client, from_on=TODAY - 30 * DAY, shares=half)
    do(set_shares, client_id=client, from_on=TODAY, shares=[Share("Μαρία", 100_00)])

    def at(day: dt.date) -> dict[str, int]:
        held = desk.query(shares_at, client_id=client, on=day)
        return {} if held is None else {one.who: one.share_bp for one in held.shares}

    assert at(TODAY - 31 * DAY) == {}
    assert at(TODAY - DAY) == {"Μαρία": 50_00, "Κώστας": 50_00}
    assert at(TODAY) == {"Μαρία": 100_00}
    assert [one.from_on for one in desk.query(share_history, client_id=client)] == [
        TODAY,
        TODAY - 30 * DAY,
    ]
    thirds = [Share("Μαρία", 66_67), Share("Ελένη", 33_33)]
    do(set_shares, client_id=client, from_on=TODAY, shares=thirds)
    assert at(TODAY) == {"Μαρία": 66_67, "Ελένη": 33_33}
    do(set_shares, client_id=client, from_on=TODAY, shares=[])
    assert at(TODAY) == {"Μαρία": 50_00, "Κώστας": 50_00}
    desk.undo()
    assert at(TODAY) == {"Μαρία": 66_67, "Ελένη": 33_33}


def test_shares_that_are_not_a_hundred_are_refused_with_their_sum(
    desk: Desk, do: Do, client: int
) -> None:
    for shares, words in (
        ([Share("Α", 95_00)], "95%"),
        ([Share("Α", 66_66), Share("Β", 33_33)], r"99\.99%"),
        ([Share("Α", 50_00), Share("Α ", 50_00)], "twice"),
        ([Share("Α", 100_00), Share("Β", 0)], "above 0"),
        ([Share(" ", 100_00)], "needs a name"),
    ):
        with pytest.raises(UserError, match=words):
            do(set_shares, client_id=client, from_on=TODAY, shares=shares)
    assert desk.query(share_history, client_id=client) == []


@given(share=st.integers(1, 10_000))
def test_a_share_is_written_without_needless_digits(share: int) -> None:
    shown = percent(share).rstrip("%").strip()
    assert Decimal(shown) * 100 == share
    assert ("." in shown) is bool(share % 100)
