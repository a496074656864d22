"""Clients: what is refused and why, what a change leaves, what undo gives back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from acctdesk.errors import ConflictError, UserError
from acctdesk.kinds import InteractionKind, PromiseBy
from acctdesk.services import clients, contacts, interactions, lists, tasks, timeline
from acctdesk.services.desk import Desk
from acctdesk.services.rows import ClientCard

TODAY = dt.date(2026, 11, 12)
NOON = dt.datetime(2026, 11, 12, 10, tzinfo=dt.UTC)


def card(desk: Desk, client_id: int) -> ClientCard:
    return desk.query(clients.get_client, client_id=client_id, today=TODAY)


def test_a_new_client_is_kept_as_typed_but_tidied(desk: Desk, do: Any) -> None:
    client_id = do(
        clients.create_client,
        name="  Παπαδόπουλος   Α.Ε. ",
        code=" 30.00.0001 ",
        vat_id="EL 094259216",
        city="",
        email="info@papadopoulos.example",
        credit_limit_minor=8_000_000,
        client_since=dt.date(2019, 3, 1),
        notes="Πρώτη γραμμή \nΔεύτερη",
    )
    stored = card(desk, client_id)
    assert stored.name == "Παπαδόπουλος Α.Ε."
    assert (stored.code, stored.vat_id, stored.city) == ("30.00.0001", "094259216", None)
    assert stored.credit_limit_minor == 8_000_000
    assert stored.notes == "Πρώτη γραμμή\nΔεύτερη"
    assert stored.version == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"name": "  "}, "needs a name"),
        ({"name": "x" * 301}, "at most 300"),
        ({"vat_id": "094259217"}, "check digit"),
        ({"vat_id": "12345"}, "has 5 digits"),
        ({"email": "maria.example"}, "not an e-mail"),
        ({"phone": "κινητό"}, "not a phone number"),
        ({"credit_days": -1}, "credit days"),
        ({"credit_limit_minor": -100}, "cannot be negative"),
        ({"client_since": dt.date(202, 1, 1)}, "year 202 "),
        ({"country": "Ελλάδα"}, "country code"),
        ({"parent_id": 999}, "no longer in the book"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    desk: Desk, do: Any, fields: dict[str, Any], reason: str
) -> None:
    with pytest.raises(UserError, match=reason):
        do(clients.create_client, **{"name": "Α", **fields})
    assert desk.query(lists.client_ids, lists.ClientQuery(), today=TODAY) == []
    assert desk.undo_label() is None


def test_an_unknown_field_is_a_programming_error(do: Any) -> None:
    with pytest.raises(TypeError, match="deleted_at"):
        do(clients.create_client, name="Α", deleted_at=NOON)


def test_code_and_vat_id_belong_to_one_client(desk: Desk, do: Any) -> None:
    first = do(clients.create_client, name="Μύλοι", code="1", vat_id="094259216")
    with pytest.raises(UserError, match="code 1 already belongs to another client: Μύλοι"):
        do(clients.create_client, name="Άλλος", code="1")
    with pytest.raises(UserError, match="VAT number 094259216 already"):
        do(clients.create_client, name="Άλλος", vat_id="94259216")
    do(clients.update_client, client_id=first, code="1", vat_id="094259216", city="Βόλος")
    do(clients.trash_client, client_id=first)
    second = do(clients.create_client, name="Άλλος", code="1", vat_id="094259216")
    assert card(desk, second).vat_id == "094259216"


def test_clearing_a_field_and_correcting_a_vat_id(desk: Desk, do: Any) -> None:
    client_id = do(clients.create_client, name="Α", city="Βόλος", vat_id="094259216")
    do(clients.update_client, client_id=client_id, city=None, vat_id="")
    stored = card(desk, client_id)
    assert (stored.city, stored.vat_id, stored.vat_id_raw) == (None, None, None)


def test_a_foreign_vat_id_follows_its_country(desk: Desk, do: Any) -> None:
    client_id = do(clients.create_client, name="Berlin GmbH", country="DE", vat_id="DE136695976")
    assert card(desk, client_id).vat_id == "DE136695976"


def test_a_change_underneath_is_a_choice(desk: Desk, do: Any) -> None:
    client_id = do(clients.create_client, name="Α", city="Βόλος", phone="2421012345")
    do(clients.update_client, client_id=client_id, city="Λάρισα", expected_version=1)
    with pytest.raises(ConflictError) as caught:
        do(clients.update_client, client_id=client_id, city="Πάτρα", expected_version=1)
    assert caught.value.stored == {"city": "Λάρισα"}
    assert caught.value.wanted == {"city": "Πάτρα"}
    assert caught.value.version == card(desk, client_id).version
    assert card(desk, client_id).city == "Λάρισα"
    do(clients.update_client, client_id=client_id, city="Λάρισα", expected_version=1)
    do(
        clients.update_client,
        client_id=client_id,
        city="Πάτρα",
        expected_version=caught.value.version,
    )
    assert card(desk, client_id).city == "Πάτρα"


def test_the_same_value_again_is_no_step(desk: Desk, do: Any) -> None:
    client_id = do(clients.create_client, name="Α", city="Βόλος")
    before = card(desk, client_id)
    do(clients.update_client, client_id=client_id, name="Α", city=" Βόλος ")
    assert card(desk, client_id) == before
    desk.undo()
    with pytest.raises(UserError):
        card(desk, client_id)


def test_groups_have_no_circle(desk: Desk, do: Any) -> None:
    head = do(clients.create_client, name="Όμιλος")
    member = do(clients.create_client, name="Θυγατρική", parent_id=head)
    grandchild = do(clients.create_client, name="Κατάστημα", parent_id=member)
    with pytest.raises(UserError, match="under itself"):
        do(clients.update_client, client_id=head, parent_id=grandchild)
    with pytest.raises(UserError, match="under itself"):
        do(clients.update_client, client_id=head, parent_id=head)
    stored = card(desk, member)
    assert (stored.parent_id, stored.parent_name, stored.group_size) == (head, "Όμιλος", 2)


def test_trash_takes_along_what_belongs_and_undo_gives_all_back(desk: Desk, do: Any) -> None:
    head = do(clients.create_client, name="Κεφαλή")
    member = do(clients.create_client, name="Μέλος", parent_id=head)
    do(contacts.create_contact, client_id=head, name="Μαρία")
    do(
        interactions.log_interaction,
        client_id=head,
        kind=InteractionKind.CALL,
        happened_at=NOON,
        promises=[interactions.PromiseInput(PromiseBy.US, "Όροι")],
        next_step=tasks.TaskInput("Κλήση", TODAY),
    )
    do(clients.trash_client, client_id=head)
    assert desk.query(lists.client_ids, lists.ClientQuery(), today=TODAY) == [member]
    assert desk.query(tasks.open_tasks) == []
    assert desk.query(contacts.contacts_of, client_id=head) == []
    assert desk.query(interactions.open_promises, client_id=head) == []
    assert card(desk, member).parent_id is None
    desk.undo()
    assert card(desk, member).parent_name == "Κεφαλή"
    assert len(desk.query(contacts.contacts_of, client_id=head)) == 1
    assert len(desk.query(interactions.open_promises, client_id=head)) == 1
    assert desk.query(timeline.timeline_counts, client_id=head)["all"] == 2
    desk.redo()
    assert desk.query(lists.client_ids, lists.ClientQuery(), today=TODAY) == [member]


def test_a_client_with_invoices_stays(own_demo: Desk) -> None:
    from acctdesk.i18n import msg

    [client_id, *_] = own_demo.query(
        lists.client_ids, lists.ClientQuery(sort="sales", descending=True), today=TODAY
    )
    with pytest.raises(UserError, match="inactive"):
        own_demo.perform(msg("Test", "Trash"), clients.trash_client, client_id=client_id)
    assert card(own_demo, client_id).active


def test_a_card_costs_few_statements_and_agrees_with_the_list(demo: Desk, counted: Any) -> None:
    ids = demo.query(lists.client_ids, lists.ClientQuery(active_only=False), today=TODAY)
    rows = demo.query(clients.client_rows, ids=ids, today=TODAY)
    assert len(rows) == len(ids) == 30
    for client_id in ids:
        with counted(demo) as ran:
            one = card(demo, client_id)
        assert len(ran) == 2
        row = rows[client_id]
        assert (one.balance_minor, one.overdue_minor) == (row.balance_minor, row.overdue_minor)
        assert one.overdue_days == row.overdue_days
        assert one.sales_365_minor == row.sales_365_minor
        assert sum(one.ageing.values()) - one.unapplied_minor == one.balance_minor
        assert len(row.trend) == 12


@pytest.mark.parametrize("size", [1, 30])
def test_a_page_of_rows_costs_the_same_for_any_size(demo: Desk, counted: Any, size: int) -> None:
    ids = demo.query(lists.client_ids, lists.ClientQuery(active_only=False), today=TODAY)[:size]
    with counted(demo) as ran:
        demo.query(clients.client_rows, ids=ids, today=TODAY)
    assert len(ran) <= 6


def test_asking_for_a_client_that_is_gone_is_a_sentence(desk: Desk) -> None:
    with pytest.raises(UserError, match="no longer"):
        card(desk, 4711)
    assert desk.query(clients.client_rows, ids=[4711], today=TODAY) == {}
