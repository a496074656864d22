"""The brief before a visit: its figures are those of the record, its rhythm, and what it costs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from acctdesk.errors import UserError
from acctdesk.kinds import DisputeState, DisputeType, DocumentType, InteractionKind, KeyDateKind
from acctdesk.models import Document
from acctdesk.services import clients, contacts, disputes, interactions, key_dates, lists, tasks
from acctdesk.services.brief import Brief, brief
from acctdesk.services.desk import Desk
from acctdesk.services.targets import target_series
from tests.services.conftest import TODAY, Counted, Do

DAY = dt.timedelta(days=1)


def everybody(demo: Desk) -> list[int]:
    return demo.query(lists.client_ids, lists.ClientQuery(active_only=False), today=TODAY)


def of(desk: Desk, client_id: int) -> Brief:
    return desk.query(brief, client_id=client_id, today=TODAY)


def invoice(session: Any, *, client_id: int, day: dt.date, due: dt.date, euros: int) -> None:
    session.add(
        Document(
            type=DocumentType.INVOICE.value,
            number=f"Τ-{euros}",
            client_id=client_id,
            issued_on=day,
            due_on=due,
            net_minor=euros * 100,
            vat_minor=0,
            gross_minor=euros * 100,
        )
    )


def test_its_figures_are_those_of_the_record(demo: Desk) -> None:
    for client_id in everybody(demo):
        found = of(demo, client_id)
        card = demo.query(clients.get_client, client_id=client_id, today=TODAY)
        year = target_series
        assert found.client == card
        assert found.sales == demo.query(year, client_id=client_id, fiscal_year=2026, as_of=TODAY)
        late = [one.open_minor for one in found.invoices if one.days_past_due > 0]
        assert sum(late) == card.overdue_minor
        assert sum(one.open_minor for one in found.invoices) == sum(card.ageing.values())
        assert [one.due_on for one in found.invoices] == sorted(
            one.due_on for one in found.invoices
        )
        step = demo.query(tasks.next_step, client_id=client_id)
        assert (found.tasks[0] if found.tasks else None) == step
        promises = demo.query(interactions.open_promises, client_id=client_id)
        assert list(found.promises) == promises
        people = demo.query(contacts.contacts_of, client_id=client_id)
        assert sorted(one.id for one in found.people) == sorted(one.id for one in people)


def test_last_year_goes_up_to_the_same_day(demo: Desk) -> None:
    for client_id in everybody(demo)[:8]:
        before = TODAY.replace(year=TODAY.year - 1)
        last = demo.query(target_series, client_id=client_id, fiscal_year=2025, as_of=before)
        assert of(demo, client_id).last_year_minor == last.net_to_date_minor


def test_it_costs_few_statements_for_every_client(demo: Desk, counted: Counted) -> None:
    for client_id in everybody(demo):
        with counted(demo) as ran:
            of(demo, client_id)
        assert len(ran) <= 37


def test_the_next_order_needs_invoices_of_four_days(desk: Desk, do: Do) -> None:
    client = do(clients.create_client, name="Μύλοι")
    for number, day in enumerate((90, 60, 60, 40)):
        do(invoice, client_id=client, day=TODAY - day * DAY, due=TODAY, euros=number + 1)
    assert of(desk, client).order is None
    do(invoice, client_id=client, day=TODAY - 10 * DAY, due=TODAY, euros=9)
    order = of(desk, client).order
    assert order is not None
    assert (order.orders, order.gap_days) == (4, 30)
    assert order.due_on == TODAY + 20 * DAY


def test_what_falls_due_within_90_days_is_among_its_dates(desk: Desk, do: Do) -> None:
    client = do(clients.create_client, name="Μύλοι")
    for days in (-1, 0, 90, 91):
        do(
            invoice,
            client_id=client,
            day=TODAY - 30 * DAY,
            due=TODAY + days * DAY,
            euros=100 + days,
        )
    assert [one.number for one in of(desk, client).falling_due] == ["Τ-100", "Τ-190"]


def test_open_disputes_and_key_dates_within_90_days_are_told(desk: Desk, do: Do) -> None:
    client = do(clients.create_client, name="Α")
    do(invoice, client_id=client, day=TODAY - 5 * DAY, due=TODAY, euros=100)
    (owed,) = of(desk, client).invoices
    made = do(
        disputes.open_dispute, client_id=client, today=TODAY, title="Τιμή",
        type=DisputeType.PRICE, blocked={owed.id: 40_00},
    )  # fmt: skip
    for days in (-3, 90, 91):
        do(
            key_dates.add_key_date, client_id=client, kind=KeyDateKind.KYC,
            on_date=TODAY + days * DAY,
        )  # fmt: skip
    found = of(desk, client)
    assert [(one.id, one.blocked_minor) for one in found.disputes] == [(made, 40_00)]
    assert [one.disputed_minor for one in found.invoices] == [40_00]
    assert [one.days_left for one in found.key_dates] == [-3, 90]
    end = {"state": DisputeState.WITHDRAWN, "on": TODAY, "today": TODAY, "resolution": "λάθος"}
    do(disputes.close_dispute, dispute_id=made, **end)
    assert of(desk, client).disputes == ()


@pytest.mark.parametrize(
    ("since", "day"),
    [
        (dt.date(2020, 12, 1), dt.date(2026, 12, 1)),
        (dt.date(2021, 1, 20), dt.date(2027, 1, 20)),
        (dt.date(2020, 6, 1), None),
        (TODAY, None),
    ],
)
def test_the_years_as_a_client_are_a_date_where_they_are_full_soon(
    desk: Desk, do: Do, since: dt.date, day: dt.date | None
) -> None:
    client = do(clients.create_client, name="Μύλοι", client_since=since)
    assert of(desk, client).anniversary == day


def test_contacts_are_the_last_three_that_have_happened(desk: Desk, do: Do) -> None:
    client = do(clients.create_client, name="Μύλοι")
    noon = dt.datetime(2026, 11, 12, 10, tzinfo=dt.UTC)
    for days in (9, 5, 3, 1, -2):
        do(
            interactions.log_interaction,
            client_id=client,
            kind=InteractionKind.CALL,
            happened_at=noon - days * DAY,
            subject=str(days),
        )
    assert [one.subject for one in of(desk, client).talks] == ["1", "3", "5"]


def test_who_decides_comes_first_then_who_sees_to_payments(desk: Desk, do: Do) -> None:
    client = do(clients.create_client, name="Μύλοι")
    for name, role, decides in (
        ("Άννα", "Αποθήκη", False),
        ("Βασίλης", "Υπεύθυνος λογιστηρίου", False),
        ("Γιώργος", None, True),
    ):
        do(contacts.create_contact, client_id=client, name=name, role=role, decides=decides)
    assert [one.name for one in of(desk, client).people] == ["Γιώργος", "Βασίλης", "Άννα"]


def test_a_client_that_is_gone_is_a_sentence(desk: Desk) -> None:
    with pytest.raises(UserError, match="no longer"):
        of(desk, 4711)
