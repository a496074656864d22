"""Today: each rule finds what it should and nothing else, and the order is that of its worth."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from acctdesk.figures.rhythm import most_days
from acctdesk.kinds import DocumentType, InteractionKind, PromiseBy
from acctdesk.models import Document
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import PromiseInput, log_interaction
from acctdesk.services.lists import ClientQuery, client_ids
from acctdesk.services.rows import Today, TodayLine
from acctdesk.services.tasks import add_task, complete_task
from acctdesk.services.today import today_page
from acctdesk.services.today_rules import MONEY_RULES, RULES
from tests.services.conftest import TODAY, Counted, Do

DAY = dt.timedelta(days=1)


def page(desk: Desk) -> Today:
    return desk.query(today_page, today=TODAY)


def lines(desk: Desk, rule: str) -> list[TodayLine]:
    return [line for line in page(desk).lines if line.rule == rule]


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


@pytest.fixture
def client(do: Do) -> int:
    return int(do(create_client, name="Παπαδόπουλος Α.Ε.", segment="A", city="Βόλος"))


def invoice(
    session: Any, *, client_id: int, number: str, issued: dt.date, due: dt.date, euros: int
) -> None:
    session.add(
        Document(
            type=DocumentType.INVOICE.value,
            number=number,
            client_id=client_id,
            issued_on=issued,
            due_on=due,
            net_minor=euros * 100,
            vat_minor=0,
            gross_minor=euros * 100,
        )
    )


def test_an_empty_book_has_an_empty_day(desk: Desk) -> None:
    today = page(desk)
    assert today.lines == ()
    assert today.appointments == ()
    assert today.tiles.quarter_due_minor is None
    assert (today.tiles.overdue_minor, today.tiles.promises, today.tiles.quiet_clients) == (0, 0, 0)


def test_tasks_of_today_and_overdue_ones(desk: Desk, do: Do, client: int) -> None:
    late = do(add_task, title="Όροι", client_id=client, due_on=TODAY - 3 * DAY)
    timed = do(add_task, title="Κλήση", client_id=client, due_on=TODAY, due_time=dt.time(10))
    do(add_task, title="Αύριο", due_on=TODAY + DAY)
    do(add_task, title="Κάποτε")
    done = do(add_task, title="Έγινε", due_on=TODAY)
    do(complete_task, task_id=done, on=TODAY)
    found = lines(desk, "tasks_due")
    assert [(line.id, line.urgent, line.days) for line in found] == [
        (late, True, 3),
        (timed, False, 0),
    ]
    assert str(found[0].what) == "Όροι"
    assert str(found[0].why) == "It was due on 09/11/2026, 3 days ago."
    assert str(found[1].why) == "It is due today at 10:00."
    (appointment,) = page(desk).appointments
    assert (appointment.time, appointment.client_name, appointment.city) == (
        dt.time(10),
        "Παπαδόπουλος Α.Ε.",
        "Βόλος",
    )


def test_promises_both_ways(desk: Desk, do: Do, client: int) -> None:
    do(
        log_interaction,
        client_id=client,
        kind=InteractionKind.CALL,
        happened_at=noon(TODAY),
        promises=[
            PromiseInput(PromiseBy.US, "όροι", TODAY + DAY),
            PromiseInput(PromiseBy.US, "δείγματα", TODAY + 2 * DAY),
            PromiseInput(PromiseBy.THEM, "σχέδιο", TODAY - DAY),
            PromiseInput(PromiseBy.THEM, "απάντηση", TODAY),
            PromiseInput(PromiseBy.US, "χωρίς ημέρα"),
        ],
    )
    (ours,), (theirs,) = lines(desk, "our_promises"), lines(desk, "their_promises")
    assert str(ours.what) == "Keep the promise: όροι"
    assert str(ours.why) == "It is due tomorrow."
    assert not ours.urgent
    assert str(theirs.what) == "Ask about their promise: σχέδιο"
    tiles = page(desk).tiles
    assert (tiles.promises, tiles.promises_soon) == (3, 1)


def test_an_invoice_is_newly_overdue_for_a_week(desk: Desk, do: Do, client: int) -> None:
    issued = TODAY - 60 * DAY
    for number, late, euros in (("Τ1", 0, 10), ("Τ2", 1, 200), ("Τ3", 7, 30), ("Τ4", 8, 4000)):
        do(
            invoice,
            client_id=client,
            number=number,
            issued=issued,
            due=TODAY - late * DAY,
            euros=euros,
        )
    (line,) = lines(desk, "newly_overdue")
    assert str(line.what) == "Ask about 2 invoices"
    assert line.at_stake_minor == 230_00
    assert str(line.why) == "€230 became overdue 7 days ago; all that is overdue is €4,230."
    tiles = page(desk).tiles
    assert (tiles.overdue_minor, tiles.overdue_clients) == (4230_00, 1)
    assert tiles.newly_overdue_minor == 230_00


def test_a_reply_is_owed_until_somebody_is_in_touch(desk: Desk, do: Do, client: int) -> None:
    asked = do(
        log_interaction,
        client_id=client,
        kind=InteractionKind.EMAIL,
        happened_at=noon(TODAY - 3 * DAY),
        needs_reply=True,
    )
    do(
        log_interaction,
        client_id=client,
        kind=InteractionKind.NOTE,
        happened_at=noon(TODAY - DAY),
        body="να τους γράψω",
    )
    (line,) = lines(desk, "unanswered")
    assert (line.id, line.kind, line.urgent, line.days) == (asked, "interaction", True, 3)
    do(
        log_interaction,
        client_id=client,
        kind=InteractionKind.CALL,
        happened_at=noon(TODAY - DAY),
    )
    assert lines(desk, "unanswered") == []


@pytest.mark.parametrize(("segment", "most"), [("A", 30), ("B", 60), ("C", 90), (None, 90)])
def test_a_client_goes_quiet_after_the_days_of_its_segment(
    desk: Desk, do: Do, segment: str | None, most: int
) -> None:
    assert most_days(segment) == most
    ids = {}
    for name, days in (("still", most), ("quiet", most + 1)):
        ids[name] = do(create_client, name=name, segment=segment)
        do(
            invoice,
            client_id=ids[name],
            number=name,
            issued=TODAY - 100 * DAY,
            due=TODAY + DAY,
            euros=500,
        )
        do(
            log_interaction,
            client_id=ids[name],
            kind=InteractionKind.VISIT,
            happened_at=noon(TODAY - days * DAY),
        )
    (line,) = lines(desk, "gone_quiet")
    assert line.client_id == ids["quiet"]
    assert line.at_stake_minor == 500_00
    assert f"{most + 1} days ago, the limit is {most}" in str(line.why)
    shown = desk.query(client_ids, query=ClientQuery(quiet=True), today=TODAY)
    assert shown == [ids["quiet"]]
    tiles = page(desk).tiles
    assert (tiles.quiet_clients, tiles.buying_clients) == (1, 2)


def test_a_note_is_no_contact_and_who_buys_nothing_is_not_missed(
    desk: Desk, do: Do, client: int
) -> None:
    do(create_client, name="Ποτέ πελάτης")
    do(invoice, client_id=client, number="1", issued=TODAY - DAY, due=TODAY + DAY, euros=9)
    do(
        log_interaction,
        client_id=client,
        kind=InteractionKind.NOTE,
        happened_at=noon(TODAY),
        body="σκέψη",
    )
    (line,) = lines(desk, "gone_quiet")
    assert line.client_id == client
    assert "No contact is recorded" in str(line.why)


def test_urgent_lines_come_first_then_the_money(demo: Desk) -> None:
    found = page(demo).lines
    assert found
    assert [line.urgent for line in found] == sorted((line.urgent for line in found), reverse=True)
    for urgent in (True, False):
        money = [line.at_stake_minor or 0 for line in found if line.urgent is urgent]
        assert money == sorted(money, reverse=True)
    assert page(demo) == page(demo)
    assert {line.rule for line in found} <= RULES.keys()
    assert RULES.keys() >= MONEY_RULES


def test_tiles_agree_with_the_lists_they_open(demo: Desk) -> None:
    tiles = page(demo).tiles
    overdue = demo.query(
        client_ids, query=ClientQuery(overdue=True, active_only=False), today=TODAY
    )
    assert tiles.overdue_clients == len(overdue)
    quiet = demo.query(client_ids, query=ClientQuery(quiet=True), today=TODAY)
    assert tiles.quiet_clients == len(quiet)


def test_a_day_costs_few_statements(demo: Desk, counted: Counted) -> None:
    with counted(demo) as ran:
        page(demo)
    assert len(ran) <= 20
