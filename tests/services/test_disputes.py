"""Disputes: what they block, what the ageing says of it, who was told, how they end."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.kinds import DisputeState, DisputeType, DocumentType
from acctdesk.models import Allocation, Document, Receipt
from acctdesk.services.ageing import AgeingBy, ageing_rows
from acctdesk.services.case_rows import DisputeRow
from acctdesk.services.clients import create_client
from acctdesk.services.contacts import create_contact
from acctdesk.services.desk import Desk
from acctdesk.services.disputes import (
    change_dispute,
    close_dispute,
    dispute_card,
    disputed_minor,
    disputes,
    open_dispute,
    reopen_dispute,
    tell,
    trash_dispute,
    untell,
)
from acctdesk.services.receivables import open_invoices, receivables
from acctdesk.services.timeline import timeline
from acctdesk.storage.book import Book
from tests.books import copy_book
from tests.services.conftest import TODAY, Do
from tests.storage.commands import LABEL

DAY = dt.timedelta(days=1)


def invoice(session: Session, *, client_id: int, number: str, euros: int) -> int:
    made = Document(
        type=DocumentType.INVOICE.value,
        number=number,
        client_id=client_id,
        issued_on=TODAY - 60 * DAY,
        due_on=TODAY - 30 * DAY,
        net_minor=euros * 100,
        vat_minor=0,
        gross_minor=euros * 100,
    )
    session.add(made)
    session.flush()
    return made.id


def pay(session: Session, *, client_id: int, document_id: int, euros: int) -> None:
    receipt = Receipt(client_id=client_id, received_on=TODAY, amount_minor=euros * 100)
    session.add(receipt)
    session.flush()
    session.add(
        Allocation(receipt_id=receipt.id, document_id=document_id, amount_minor=euros * 100)
    )


@pytest.fixture
def client(do: Do) -> int:
    return int(do(create_client, name="Παπαδόπουλος Α.Ε."))


def begin(do: Do, client: int, **fields: Any) -> int:
    given = {"title": "Ελλιπής παράδοση", "type": DisputeType.QUANTITY, **fields}
    return int(do(open_dispute, client_id=client, today=TODAY, **given))


def only(desk: Desk, **asked: Any) -> DisputeRow:
    (row,) = desk.query(disputes, today=TODAY, **asked)
    return row


def flagged(desk: Desk) -> int:
    return sum(one.disputed_minor for one in desk.query(open_invoices, as_of=TODAY))


def test_a_dispute_blocks_what_is_open_of_its_invoices(desk: Desk, do: Do, client: int) -> None:
    first = do(invoice, client_id=client, number="Τ1", euros=100)
    second = do(invoice, client_id=client, number="Τ2", euros=50)
    do(pay, client_id=client, document_id=first, euros=30)
    made = begin(do, client, blocked={first: None, second: 20_00}, amount_minor=5_00)
    row = only(desk)
    assert (row.blocked_minor, row.at_stake_minor, row.invoices) == (90_00, 95_00, 2)
    assert {one.number: one.disputed_minor for one in desk.query(open_invoices, as_of=TODAY)} == {
        "Τ1": 70_00,
        "Τ2": 20_00,
    }
    owed = desk.query(receivables, as_of=TODAY)
    assert (owed.open_minor, owed.disputed_minor) == (120_00, 90_00)
    do(pay, client_id=client, document_id=second, euros=40)
    assert only(desk).blocked_minor == 80_00
    card = desk.query(dispute_card, dispute_id=made, today=TODAY)
    assert card is not None
    assert [(one.number, one.blocked_minor, one.disputed_minor) for one in card.invoices] == [
        ("Τ1", 70_00, 70_00),
        ("Τ2", 20_00, 10_00),
    ]
    desk.undo()
    assert only(desk).blocked_minor == 90_00


def test_no_more_is_blocked_than_is_open(desk: Desk, do: Do, client: int) -> None:
    other = do(create_client, name="Άλλος")
    mine = do(invoice, client_id=client, number="Τ1", euros=100)
    theirs = do(invoice, client_id=other, number="Τ9", euros=100)
    paid = do(invoice, client_id=client, number="Τ2", euros=10)
    do(pay, client_id=client, document_id=paid, euros=10)
    for blocked, words in (
        ({mine: 100_01}, "€100.00"),
        ({mine: 0}, "0.01"),
        ({theirs: None}, "another client"),
        ({paid: None}, "Nothing is open"),
    ):
        with pytest.raises(UserError, match=words):
            begin(do, client, blocked=blocked)
    assert desk.query(disputes, today=TODAY) == []
    begin(do, client, blocked={mine: 60_00})
    with pytest.raises(UserError, match=r"€40\.00"):
        begin(do, client, blocked={mine: 60_00})
    second = begin(do, client, blocked={mine: None})
    assert flagged(desk) == 100_00
    with pytest.raises(UserError, match="in dispute already"):
        begin(do, client, blocked={mine: None})
    do(change_dispute, dispute_id=second, today=TODAY, blocked={})
    assert flagged(desk) == 60_00


def test_what_is_missing_is_asked_for(do: Do, client: int) -> None:
    for fields, words in (
        ({"title": "  "}, "what the dispute is about"),
        ({"opened_on": TODAY + DAY}, "after today"),
        ({"due_on": TODAY - DAY}, "before the dispute began"),
        ({"amount_minor": -1}, "below zero"),
    ):
        with pytest.raises(UserError, match=words):
            begin(do, client, **fields)


def test_the_clock_runs_until_it_ends(desk: Desk, do: Do, client: int) -> None:
    mine = do(invoice, client_id=client, number="Τ1", euros=100)
    made = begin(
        do, client, opened_on=TODAY - 10 * DAY, due_on=TODAY - 2 * DAY, blocked={mine: None}
    )
    assert (only(desk).days_open, only(desk).days_left) == (10, -2)
    end = {"dispute_id": made, "state": DisputeState.SETTLED, "today": TODAY}
    with pytest.raises(UserError, match="how the dispute ended"):
        do(close_dispute, on=TODAY, resolution=" ", **end)
    with pytest.raises(UserError, match="between"):
        do(close_dispute, on=TODAY + DAY, resolution="ok", **end)
    do(close_dispute, on=TODAY - 3 * DAY, resolution="Πιστωτικό", **end)
    assert desk.query(disputes, today=TODAY) == []
    desk.undo()
    assert (only(desk).state, flagged(desk)) == (DisputeState.OPEN, 100_00)
    desk.redo()
    row = only(desk, open_only=False)
    assert (row.days_open, row.days_left, row.blocked_minor) == (7, None, 0)
    assert flagged(desk) == 0
    past = TODAY - 5 * DAY  # then it was open
    assert desk.query(receivables, as_of=past).disputed_minor == 100_00
    assert desk.query(disputed_minor, as_of=past) == 100_00
    do(reopen_dispute, dispute_id=made)
    assert flagged(desk) == 100_00
    do(trash_dispute, dispute_id=made)
    assert flagged(desk) == 0
    desk.undo()
    assert flagged(desk) == 100_00


def test_who_was_told_is_kept(desk: Desk, do: Do, client: int) -> None:
    made = begin(do, client)
    contact = do(create_contact, client_id=client, name="Ε. Μαυρίδου")
    with pytest.raises(UserError, match="who was told"):
        do(tell, dispute_id=made, told_on=TODAY, who=" ")
    do(tell, dispute_id=made, told_on=TODAY, contact_id=contact)
    notice = do(tell, dispute_id=made, told_on=TODAY, who="Λογιστήριο")
    assert only(desk).told == 2
    do(untell, notice_id=notice)
    card = desk.query(dispute_card, dispute_id=made, today=TODAY)
    assert card is not None
    assert [(one.who, one.contact_id) for one in card.notices] == [("Ε. Μαυρίδου", contact)]


def test_a_dispute_stands_in_the_timeline(desk: Desk, do: Do, client: int) -> None:
    begin(do, client, opened_on=TODAY - DAY, cause="λάθος ποσότητα")
    (line,) = desk.query(
        timeline, client_id=client, today=TODAY, kinds=["dispute"], text="ποσοτητα"
    )
    assert (line.subject, line.body, line.day) == (
        "Ελλιπής παράδοση",
        "λάθος ποσότητα",
        TODAY - DAY,
    )


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["open", "pay", "settle", "reopen", "trash", "undo"]),
        st.integers(0, 5),
        st.integers(1, 90),
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_the_log_and_the_ageing_agree_after_any_commands(
    plain_template: Path, steps: list[tuple[str, int, int]]
) -> None:
    folder = Path(tempfile.mkdtemp())
    with Book.open(copy_book(plain_template, folder / "book.acctbook")) as book:
        desk = Desk(book)

        def begun(command: Any, **args: Any) -> Any:
            return desk.perform(msg("Test", "Before"), command, **args).value

        def do(command: Any, **args: Any) -> Any:
            try:
                return desk.perform(LABEL, command, **args).value
            except UserError:
                return None

        client = begun(create_client, name="Α")
        invoices = [
            begun(invoice, client_id=client, number=f"Τ{n}", euros=60 + 20 * n) for n in range(3)
        ]
        made: list[int] = []
        for what, which, euros in steps:
            one = made[which % len(made)] if made else 0  # of none: refused
            if what == "open":
                blocked = {invoices[which % 3]: euros * 100, invoices[(which + 1) % 3]: None}
                new = do(
                    open_dispute, client_id=client, today=TODAY, title="Δ",
                    type=DisputeType.OTHER, blocked=blocked, opened_on=TODAY - which * DAY,
                )  # fmt: skip
                made += [] if new is None else [new]
            elif what == "pay":
                do(pay, client_id=client, document_id=invoices[which % 3], euros=euros)
            elif what == "settle":
                do(
                    close_dispute, dispute_id=one, state=DisputeState.SETTLED, today=TODAY,
                    on=TODAY - (which % 3) * DAY, resolution="ναι",
                )  # fmt: skip
            elif what == "undo":
                if desk.undo_label() == LABEL:
                    desk.undo()
            else:
                do(reopen_dispute if what == "reopen" else trash_dispute, dispute_id=one)
            for day in (TODAY, TODAY - 2 * DAY):
                log = desk.query(disputed_minor, as_of=day)
                owed = desk.query(receivables, as_of=day)
                items = desk.query(open_invoices, as_of=day)
                assert log == owed.disputed_minor == sum(one.disputed_minor for one in items)
                aged = desk.query(ageing_rows, as_of=day, by=AgeingBy.CLIENT)
                assert log == sum(one.disputed_minor for one in aged)
                assert all(0 <= one.disputed_minor <= one.open_minor for one in items)
            listed = desk.query(disputes, today=TODAY)
            assert sum(row.blocked_minor for row in listed) == desk.query(
                disputed_minor, as_of=TODAY
            )
    shutil.rmtree(folder)
