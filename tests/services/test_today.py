"""Today: each rule finds what it should and nothing else, and the order is that of its worth."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.figures.rhythm import gap_of
from acctdesk.kinds import DocumentType, InteractionKind, PromiseBy
from acctdesk.models import Document, Task
from acctdesk.services.clients import create_client
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import (
    PromiseInput,
    add_promise,
    all_open_promises,
    log_interaction,
    move_promise,
)
from acctdesk.services.lists import ClientQuery, client_ids
from acctdesk.services.profile import get_profile, set_profile
from acctdesk.services.rows import Today, TodayLine
from acctdesk.services.targets import quarter_series, target_series
from acctdesk.services.tasks import (
    add_task,
    complete_task,
    done_tasks,
    open_tasks,
    pressing_tasks,
    timed_tasks,
)
from acctdesk.services.today import (
    bring_back,
    dismiss_line,
    dismissed_lines,
    line_key,
    put_aside,
    snooze_line,
    today_page,
)
from acctdesk.services.today_day import MOST_LINES
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
    assert gap_of(segment).most == most
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
    due = formats.date(TODAY + (gap_of(segment).ideal - most - 1) * DAY)
    told = f"{most + 1} days ago: the next was due on {due}, the limit is {most}"
    assert told in str(line.why)
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


def test_a_snoozed_line_waits_for_its_day_and_comes_back_by_undo(
    desk: Desk, do: Do, client: int
) -> None:
    do(invoice, client_id=client, number="1", issued=TODAY - DAY, due=TODAY + DAY, euros=9)
    (line,) = lines(desk, "gone_quiet")
    do(snooze_line, key=line_key(line), until=TODAY + 2 * DAY, today=TODAY)
    assert lines(desk, "gone_quiet") == []
    later = desk.query(today_page, today=TODAY + 2 * DAY)
    assert "gone_quiet" in {one.rule for one in later.lines}
    do(snooze_line, key="other/1", until=TODAY + 9 * DAY, today=TODAY + 3 * DAY)
    assert desk.query(put_aside, today=TODAY + 2 * DAY) == {"other/1"}
    desk.undo()
    desk.undo()
    assert lines(desk, "gone_quiet") == [line]
    with pytest.raises(UserError, match="later day"):
        do(snooze_line, key=line_key(line), until=TODAY, today=TODAY)


def test_a_dismissed_line_stays_away_and_the_reason_is_kept(
    desk: Desk, do: Do, client: int
) -> None:
    do(invoice, client_id=client, number="1", issued=TODAY - DAY, due=TODAY + DAY, euros=9)
    (line,) = lines(desk, "gone_quiet")
    with pytest.raises(UserError, match="Say why"):
        do(dismiss_line, key=line_key(line), reason="  ", today=TODAY)
    do(dismiss_line, key=line_key(line), reason="Closed until autumn", today=TODAY)
    assert lines(desk, "gone_quiet") == []
    later = desk.query(today_page, today=TODAY + 100 * DAY)
    assert "gone_quiet" not in {one.rule for one in later.lines}
    (kept,) = desk.query(dismissed_lines, today=TODAY)
    assert (kept.key, kept.reason, kept.marked_on) == (
        line_key(line),
        "Closed until autumn",
        TODAY,
    )
    do(bring_back, mark_id=kept.id)
    assert lines(desk, "gone_quiet") == [line]


def test_what_is_put_aside_leaves_its_place_to_the_next_lines(desk: Desk, do: Do) -> None:
    for number in range(MOST_LINES + 2):
        do(add_task, title=f"{number}", due_on=TODAY - DAY)
    shown = lines(desk, "tasks_due")
    assert len(shown) == MOST_LINES
    for line in shown[:2]:
        do(dismiss_line, key=line_key(line), reason="Not worth it", today=TODAY)
    after = lines(desk, "tasks_due")
    assert len(after) == MOST_LINES
    assert not {line.id for line in after} & {line.id for line in shown[:2]}


def test_a_dismissed_line_is_told_with_what_it_was_while_there_is_cause(
    desk: Desk, do: Do, client: int
) -> None:
    task = do(add_task, title="Όροι", client_id=client, due_on=TODAY)
    (line,) = lines(desk, "tasks_due")
    do(dismiss_line, key=line_key(line), reason="It is done already", today=TODAY)
    (kept,) = desk.query(dismissed_lines, today=TODAY)
    assert (kept.rule, kept.line and kept.line.id) == ("tasks_due", task)
    do(complete_task, task_id=task, on=TODAY)
    (kept,) = desk.query(dismissed_lines, today=TODAY)
    assert (kept.rule, kept.line) == ("tasks_due", None)


def test_a_line_says_how_long_it_takes(desk: Desk, do: Do, client: int) -> None:
    do(add_task, title="Όροι", client_id=client, due_on=TODAY)
    (line,) = lines(desk, "tasks_due")
    assert line.minutes == RULES["tasks_due"].minutes
    long = do(add_task, title="Έκθεση", due_on=TODAY)

    def takes(session: Any, *, task_id: int, minutes: int) -> None:
        session.get(Task, task_id).minutes = minutes

    do(takes, task_id=long, minutes=90)
    assert {line.id: line.minutes for line in lines(desk, "tasks_due")}[long] == 90


def test_a_line_of_a_promise_knows_it(desk: Desk, do: Do, client: int) -> None:
    promise = do(
        add_promise, client_id=client, given_by=PromiseBy.US, what="όροι", due_on=TODAY - DAY
    )
    (line,) = lines(desk, "our_promises")
    assert line.promise_id == promise
    do(move_promise, promise_id=promise, due_on=TODAY + 5 * DAY)
    assert lines(desk, "our_promises") == []
    (row,) = desk.query(all_open_promises)
    assert (row.client_name, row.due_on) == ("Παπαδόπουλος Α.Ε.", TODAY + 5 * DAY)


def test_every_rule_has_a_name_and_a_sentence() -> None:
    for rule in RULES.values():
        assert str(rule.name)
        assert str(rule.sentence).endswith(".")


def test_a_day_costs_few_statements(demo: Desk, counted: Counted) -> None:
    with counted(demo) as ran:
        page(demo)
    assert len(ran) <= 48  # among them one for each scope of the targets that run


def test_tasks_by_state_and_time(desk: Desk, do: Do) -> None:
    late = do(add_task, title="Χθες", due_on=TODAY - DAY, due_time=dt.time(9))
    do(add_task, title="Σήμερα", due_on=TODAY)
    do(add_task, title="Αύριο", due_on=TODAY + DAY, due_time=dt.time(8))
    assert desk.query(pressing_tasks, today=TODAY) == 2
    timed = desk.query(timed_tasks, start=TODAY - DAY, end=TODAY)
    assert [row.id for row in timed] == [late]
    do(complete_task, task_id=late, on=TODAY - DAY)
    assert [row.id for row in desk.query(done_tasks, since=TODAY - DAY)] == [late]
    assert desk.query(done_tasks, since=TODAY) == []
    assert desk.query(pressing_tasks, today=TODAY) == 1


def test_open_tasks_come_by_day_then_by_hour_and_those_without_a_day_last(
    desk: Desk, do: Do
) -> None:
    for title, due, time in (
        ("1", None, None), ("2", TODAY + DAY, None), ("3", TODAY, None), ("4", TODAY, dt.time(9)),
    ):  # fmt: skip
        do(add_task, title=title, due_on=due, due_time=time)
    assert [row.title for row in desk.query(open_tasks)] == ["4", "3", "2", "1"]
    assert [row.title for row in desk.query(open_tasks, limit=3)] == ["4", "3", "2"]
    assert [row.title for row in desk.query(open_tasks, until=TODAY)] == ["4", "3"]


def test_the_quarter_is_cut_from_its_year(demo: Desk) -> None:
    year = demo.query(target_series, fiscal_year=2026, as_of=TODAY)
    quarter = demo.query(quarter_series, as_of=TODAY)
    assert quarter.months == year.months[9:]
    tiles = page(demo).tiles
    assert quarter.net_to_date_minor == tiles.quarter.net_minor
    assert quarter.target_to_date_minor == tiles.quarter_due_minor
    assert quarter.target_year_minor == tiles.quarter.target_minor


def test_a_book_with_amounts_keeps_its_currency(desk: Desk, do: Do, client: int) -> None:
    do(set_profile, currency="usd")
    do(invoice, client_id=client, number="1", issued=TODAY, due=TODAY, euros=9)
    do(set_profile, currency="USD", company="Νέα")
    with pytest.raises(UserError, match="currency stays"):
        do(set_profile, currency="EUR", company="Άλλη")
    assert desk.query(get_profile).company == "Νέα"
