"""The client list: order, filters, search, counts, and what it costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, select

from acctdesk.i18n import msg
from acctdesk.models import Client
from acctdesk.services import clients, lists, tasks
from acctdesk.services.desk import Desk
from acctdesk.services.lists import ClientQuery
from acctdesk.services.rows import ClientRow
from acctdesk.storage.bulk import bulk_insert
from acctdesk.text import sort_key

TODAY = dt.date(2026, 11, 12)


def names(desk: Desk, query: ClientQuery) -> list[str]:
    ids = desk.query(lists.client_ids, query, today=TODAY)
    rows = desk.query(clients.client_rows, ids=ids, today=TODAY)
    return [rows[one].name for one in ids]


def test_names_are_in_the_order_a_greek_reads_them(desk: Desk, do: Any) -> None:
    for name in ("Ωμέγα", "άλφα", "Αλφα 10", "Άλφα 9", "Βήτα", "ΆΛΦΑ"):
        do(clients.create_client, name=name)
    assert names(desk, ClientQuery()) == ["άλφα", "ΆΛΦΑ", "Άλφα 9", "Αλφα 10", "Βήτα", "Ωμέγα"]
    assert names(desk, ClientQuery(descending=True))[0] == "Ωμέγα"
    assert names(desk, ClientQuery(descending=True))[2:4] == ["Αλφα 10", "Άλφα 9"]


def test_codes_count_as_numbers_and_none_come_last(desk: Desk, do: Any) -> None:
    for name, code in (("α", "C-10"), ("β", "C-9"), ("γ", None)):
        do(clients.create_client, name=name, code=code)
    assert names(desk, ClientQuery(sort="code")) == ["β", "α", "γ"]
    assert names(desk, ClientQuery(sort="code", descending=True)) == ["α", "β", "γ"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("παπαδοπουλος", ["Παπαδόπουλος Α.Ε."]),
        ("ΠΑΠΑΔΟΠΟΥΛΟΣ", ["Παπαδόπουλος Α.Ε."]),
        ("papadopoulos", ["Παπαδόπουλος Α.Ε."]),
        ("papadopulos", ["Παπαδόπουλος Α.Ε."]),
        ("παπ", ["Παπαδόπουλος Α.Ε."]),
        ("0942", ["Παπαδόπουλος Α.Ε."]),
        ("0007", ["Μύλοι Θερμαϊκού"]),
        ("30.00.0007", ["Μύλοι Θερμαϊκού"]),
        ("θεσσαλονικη", ["Μύλοι Θερμαϊκού"]),
        ("μυλοι θερμ", ["Μύλοι Θερμαϊκού"]),
        ("μυλοι παπαδ", []),
        ('"', []),
        ("%", []),
        ("   ", ["Μύλοι Θερμαϊκού", "Παπαδόπουλος Α.Ε."]),
    ],
)
def test_what_is_typed_finds(desk: Desk, do: Any, typed: str, found: list[str]) -> None:
    do(clients.create_client, name="Παπαδόπουλος Α.Ε.", code="30.00.0001", vat_id="094259216")
    do(clients.create_client, name="Μύλοι Θερμαϊκού", code="30.00.0007", city="Θεσσαλονίκη")
    assert names(desk, ClientQuery(text=typed)) == found


def test_a_filter_shows_what_its_chip_counts(demo: Desk) -> None:
    counts = demo.query(lists.client_counts, today=TODAY)
    filters = {
        "all": ClientQuery(),
        "overdue": ClientQuery(overdue=True, active_only=False),
        "quiet": ClientQuery(quiet=True),
        "no_next_step": ClientQuery(no_next_step=True),
        "A": ClientQuery(segments=("A",)),
        "B": ClientQuery(segments=("B",)),
        "C": ClientQuery(segments=("C",)),
        "inactive": ClientQuery(inactive_only=True),
    }
    assert counts.keys() == filters.keys()
    for key, query in filters.items():
        ids = demo.query(lists.client_ids, query, today=TODAY)
        assert len(ids) == counts[key], key
        totals = demo.query(lists.client_totals, query, today=TODAY)
        rows = demo.query(clients.client_rows, ids=ids, today=TODAY).values()
        assert totals.clients == len(ids)
        assert totals.sales_365_minor == sum(row.sales_365_minor for row in rows)
        assert totals.overdue_minor == sum(row.overdue_minor for row in rows)
    both = ClientQuery(segments=("A", "B"), overdue=True)
    assert 0 < len(demo.query(lists.client_ids, both, today=TODAY)) <= counts["overdue"]


_SHOWN: dict[str, Callable[[ClientRow], Any]] = {
    "sales": lambda row: row.sales_365_minor,
    "overdue": lambda row: row.overdue_minor,
    "balance": lambda row: row.balance_minor,
    "next_step": lambda row: row.next_step_on,
    "last_contact": lambda row: row.last_contact_on,
    "segment": lambda row: row.segment,
    "change": lambda row: (
        row.sales_365_minor / row.sales_previous_365_minor
        if row.sales_previous_365_minor > 0
        else None
    ),
}


@pytest.mark.parametrize("sort", sorted(_SHOWN))
@pytest.mark.parametrize("descending", [False, True])
def test_a_list_is_sorted_by_what_it_shows(demo: Desk, sort: str, *, descending: bool) -> None:
    query = ClientQuery(sort=sort, descending=descending, active_only=False)
    ids = demo.query(lists.client_ids, query, today=TODAY)
    rows = demo.query(clients.client_rows, ids=ids, today=TODAY)
    values = [_SHOWN[sort](rows[one]) for one in ids]
    known = [value for value in values if value is not None]
    assert values[: len(known)] == known, "unknown values come last"
    assert known == sorted(known, reverse=descending)
    assert len(set(ids)) == 30


@pytest.mark.parametrize("sort", sorted(lists.SORTS))
def test_ids_and_feet_cost_one_statement(demo: Desk, counted: Any, sort: str) -> None:
    query = ClientQuery(text="α", overdue=True, no_next_step=True, segments=("A", "B"), sort=sort)
    with counted(demo) as ran:
        demo.query(lists.client_ids, query, today=TODAY)
    assert len(ran) == 1
    with counted(demo) as ran:
        demo.query(lists.client_totals, query, today=TODAY)
        demo.query(lists.client_counts, today=TODAY)
    assert len(ran) == 2


def test_an_inactive_client_shows_only_when_asked(desk: Desk, do: Any) -> None:
    do(clients.create_client, name="Ενεργός")
    do(clients.create_client, name="Ανενεργός", active=False)
    assert names(desk, ClientQuery()) == ["Ενεργός"]
    assert names(desk, ClientQuery(active_only=False)) == ["Ανενεργός", "Ενεργός"]
    assert desk.query(lists.client_counts, today=TODAY)["all"] == 1


def test_an_undated_task_is_a_next_step_too(desk: Desk, do: Any) -> None:
    client_id = do(clients.create_client, name="Α")
    assert names(desk, ClientQuery(no_next_step=True)) == ["Α"]
    task_id = do(tasks.add_task, client_id=client_id, title="Κάποτε")
    assert names(desk, ClientQuery(no_next_step=True)) == []
    do(tasks.complete_task, task_id=task_id, on=TODAY)
    assert names(desk, ClientQuery(no_next_step=True)) == ["Α"]


@pytest.mark.parametrize("sort", ["name", "code", "city", "sales"])
@pytest.mark.parametrize("descending", [False, True])
def test_the_first_ids_are_the_head_of_all(demo: Desk, sort: str, descending: bool) -> None:
    query = ClientQuery(sort=sort, descending=descending)
    whole = demo.query(lists.client_ids, query, today=TODAY)
    assert demo.query(lists.client_ids, query, today=TODAY, first=7) == whole[:7]


@pytest.mark.parametrize("sort", ["name", "code"])
@pytest.mark.parametrize("inactive", [False, True])
def test_a_natural_order_is_read_from_its_index(demo: Desk, sort: str, inactive: bool) -> None:
    query = ClientQuery(sort=sort, inactive_only=inactive)
    assert lists.is_walk(query)
    sent: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            sent.append((statement, parameters))

    event.listen(demo.book.read_engine, "before_cursor_execute", note)
    demo.query(lists.client_ids, query, today=TODAY, first=5)
    event.remove(demo.book.read_engine, "before_cursor_execute", note)
    ((statement, parameters),) = sent
    with demo.book.read_engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    said = " ".join(str(step[-1]) for step in plan)
    assert f"ix_clients_by_{sort}" in said
    assert "TEMP B-TREE" not in said


def test_what_has_to_be_computed_is_no_walk() -> None:
    for query in (
        ClientQuery(sort="sales"),
        ClientQuery(overdue=True),
        ClientQuery(quiet=True),
        ClientQuery(text="α"),
        ClientQuery(active_only=False),
    ):
        assert not lists.is_walk(query)


def test_the_kept_sort_keys_are_those_of_name_and_code_on_every_road(own_demo: Desk) -> None:
    def wrong() -> list[str]:
        query = select(Client.name, Client.name_key, Client.code, Client.code_key)
        return [
            row.name
            for row in own_demo.query(lambda session: session.execute(query).all())
            if row.name_key != sort_key(row.name)
            or row.code_key != (None if row.code is None else sort_key(row.code))
        ]

    step = msg("Test", "Change")
    bulk_rows = [{"name": "Άλφα 12", "code": "Κ-7"}, {"name": "Βήτα", "code": None}]
    own_demo.perform(step, bulk_insert, model=Client, rows=bulk_rows)
    made = own_demo.perform(step, clients.create_client, name="Γάμα 3", code="Κ-10").value
    own_demo.perform(step, clients.update_client, client_id=made, name="Δέλτα 20", code=None)
    assert wrong() == []
    own_demo.undo()
    assert wrong() == []
    assert own_demo.query(lambda session: session.get_one(Client, made).code_key) == sort_key(
        "Κ-10"
    )
