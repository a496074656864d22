"""Receivables by age: lines add up to the whole, on any date, and habits follow their definition."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from acctdesk.figures import payment
from acctdesk.kinds import AgeBucket
from acctdesk.models import Client, Document
from acctdesk.services.ageing import (
    AgeingBy,
    AgeingRow,
    ageing_months,
    ageing_rows,
    collection,
    month_ends,
)
from acctdesk.services.client_facts import get_client
from acctdesk.services.desk import Desk
from acctdesk.services.habits import YEAR, delays, habits, late_payers
from acctdesk.services.receivables import open_invoices, receivables
from tests.services.conftest import Counted, planned

TODAY = dt.date(2026, 11, 12)
DATES = [TODAY, dt.date(2026, 6, 30), dt.date(2025, 2, 28)]


def summed(rows: list[AgeingRow]) -> tuple[dict[AgeBucket, int], int, int]:
    return (
        {age: sum(row.buckets[age] for row in rows) for age in AgeBucket},
        sum(row.unapplied_minor for row in rows),
        sum(row.balance_minor for row in rows),
    )


@pytest.mark.parametrize("day", DATES)
@pytest.mark.parametrize("by", AgeingBy)
def test_the_lines_add_up_to_what_is_owed(demo: Desk, day: dt.date, by: AgeingBy) -> None:
    whole = demo.query(receivables, as_of=day)
    rows = demo.query(ageing_rows, as_of=day, by=by)
    assert rows
    assert summed(rows) == (whole.ageing, -whole.unapplied_minor, whole.balance_minor)
    for row in rows:
        assert sum(row.buckets.values()) + row.unapplied_minor == row.balance_minor
    assert len({row.key for row in rows}) == len(rows)


def test_a_line_of_a_client_is_that_of_its_own_receivables(demo: Desk) -> None:
    for row in demo.query(ageing_rows, as_of=TODAY, by=AgeingBy.CLIENT):
        assert isinstance(row.key, int)
        own = demo.query(receivables, as_of=TODAY, client_id=row.key)
        assert row.buckets == own.ageing
        assert (-row.unapplied_minor, row.balance_minor) == (own.unapplied_minor, own.balance_minor)


def test_a_group_is_the_sum_of_its_members(demo: Desk) -> None:
    def heads(session: Session) -> dict[int, int]:
        rows = session.execute(select(Client.id, Client.parent_id))
        return {row.id: row.parent_id or row.id for row in rows}

    head = demo.query(heads)
    wanted: dict[int, int] = defaultdict(int)
    for row in demo.query(ageing_rows, as_of=TODAY, by=AgeingBy.CLIENT):
        assert isinstance(row.key, int)
        wanted[head[row.key]] += row.balance_minor
    found = {row.key: row.balance_minor for row in demo.query(
        ageing_rows, as_of=TODAY, by=AgeingBy.GROUP
    )}  # fmt: skip
    assert found == wanted


def test_a_year_of_month_ends_and_today() -> None:
    days = month_ends(dt.date(2026, 3, 12))
    assert (days[0], days[-2], days[-1]) == (
        dt.date(2025, 4, 30),
        dt.date(2026, 2, 28),
        dt.date(2026, 3, 12),
    )
    assert len(days) == 12


def test_each_month_is_what_was_owed_then(demo: Desk) -> None:
    months = demo.query(ageing_months, as_of=TODAY)
    assert [one.as_of for one in months] == month_ends(TODAY)
    for month in months:
        assert month == demo.query(receivables, as_of=month.as_of)
        invoices = demo.query(open_invoices, as_of=month.as_of)
        assert month.open_invoices == len(invoices)
        assert month.open_minor == sum(one.open_minor for one in invoices)
        assert month.disputed_minor == sum(one.disputed_minor for one in invoices)
        assert sum(month.ageing.values()) - month.unapplied_minor == month.balance_minor


def test_the_measures_of_collection_agree_with_each_other(demo: Desk) -> None:
    now = demo.query(receivables, as_of=TODAY)
    found = demo.query(collection, as_of=TODAY)
    assert found.simple == now.dso_simple_90
    assert found.simple is not None
    assert found.best is not None
    assert found.delinquent is not None
    assert found.best + found.delinquent == found.simple
    assert found.count_back is not None
    assert found.count_back > 0
    assert found.effectiveness is not None
    assert 0 < found.effectiveness <= 1


def test_habits_are_those_of_the_ledger_itself(demo: Desk) -> None:
    """The definition, worked out over every document and receipt, one by one."""

    def everything(session: Session) -> tuple[dict[int, list[tuple[dt.date, int, int]]], set[int]]:
        from acctdesk.models import Allocation, Receipt

        terms = {row.id: row.credit_days or 0 for row in session.execute(select(Client))
                 .scalars()}  # fmt: skip
        found: dict[int, list[tuple[dt.date, int, int]]] = defaultdict(list)
        for one in session.scalars(select(Document).where(Document.type == "invoice")):
            assert one.client_id is not None
            due = one.due_on or one.issued_on + dt.timedelta(days=terms[one.client_id])
            paid = session.execute(
                select(Receipt.received_on, Allocation.amount_minor)
                .join(Receipt, Receipt.id == Allocation.receipt_id)
                .where(Allocation.document_id == one.id, Receipt.received_on <= one.closed_on)
            ).all()
            closed = TODAY - dt.timedelta(days=730) < one.closed_on <= TODAY
            if one.issued_on <= TODAY and closed and paid:
                parts = [((day - due).days, amount) for day, amount in paid]
                late = payment.days_late(parts)
                found[one.client_id].append((one.closed_on, one.id, late))
        return found, set(terms)

    paid, clients = demo.query(everything)
    known = demo.query(habits, as_of=TODAY, client_ids=clients)
    assert set(known) == clients
    for client_id in clients:
        rows = sorted(paid.get(client_id, []))
        of_year = [late for day, _id, late in rows if day > TODAY - YEAR]
        days = [late for *_, late in rows]
        assert known[client_id] == payment.habit(days, of_year=of_year, latest=days[-3:])
    assert sum(one.usual is not None for one in known.values()) > len(clients) / 2


@pytest.mark.parametrize("day", DATES)
def test_delays_are_those_of_the_habits_and_the_record_says_the_same(
    demo: Desk, day: dt.date
) -> None:
    clients = demo.query(lambda session: list(session.scalars(select(Client.id))))
    known = demo.query(habits, as_of=day, client_ids=clients)
    assert demo.query(delays, as_of=day, client_ids=clients) == {
        client_id: (one.usual, one.late)
        for client_id, one in known.items()
        if one.usual is not None
    }
    for client_id in clients:
        assert demo.query(get_client, client_id=client_id, today=day).habit == known[client_id]


def test_days_late_are_read_from_an_index_and_never_sorted(demo: Desk, counted: Counted) -> None:
    for question in (habits, delays):
        with counted(demo) as ran:
            demo.query(question, as_of=TODAY, client_ids=[1, 2])
        plan = planned(demo, "".join(ran))
        looks = [one for one in plan if "documents" in one]
        assert all("COVERING INDEX ix_documents_client_id_closed_on" in one for one in looks)
        # of the latest alone, those paid on the same day are put in order
        sorts = [one for one in plan if "TEMP B-TREE" in one]
        assert sorts == ["USE TEMP B-TREE FOR LAST TERM OF ORDER BY"] * (question is habits)


def test_who_is_late_and_which_invoices_pass_the_habit(demo: Desk) -> None:
    late = demo.query(late_payers, as_of=TODAY)
    assert [one.overdue_minor for one in late] == sorted(
        (one.overdue_minor for one in late), reverse=True
    )
    invoices = [one for one in demo.query(open_invoices, as_of=TODAY) if one.days_past_due > 0]
    assert sum(one.overdue_minor for one in late) == sum(one.open_minor for one in invoices)
    for payer in late:
        own = [one for one in invoices if one.client_id == payer.client_id]
        assert payer.invoices == len(own)
        assert payer.oldest_days == max(one.days_past_due for one in own)
        assert set(payer.beyond) == {
            one.number for one in own if payer.habit.is_beyond(one.days_past_due)
        }
    assert any(one.is_slower for one in late)
    assert not all(one.is_slower for one in late)


def test_the_page_costs_few_statements(demo: Desk, counted: Counted) -> None:
    for question, most in ((late_payers, 3), (collection, 13)):
        with counted(demo) as ran:
            demo.query(question, as_of=TODAY)
        assert len(ran) <= most
    with counted(demo) as ran:
        demo.query(ageing_rows, as_of=TODAY, by=AgeingBy.GROUP)
    assert len(ran) == 1
