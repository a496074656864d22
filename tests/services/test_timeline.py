"""The timeline: order, pages, filters, money lines, and what it costs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from acctdesk.kinds import InteractionKind, PromiseBy, TimelineKind
from acctdesk.services import clients, contacts, interactions, lists, receivables, tasks
from acctdesk.services.desk import Desk
from acctdesk.services.rows import TimelineItem
from acctdesk.services.timeline import timeline, timeline_counts

TODAY = dt.date(2026, 11, 12)


def busiest(demo: Desk) -> int:
    query = lists.ClientQuery(sort="sales", descending=True)
    return demo.query(lists.client_ids, query, today=TODAY)[0]


def whole(demo: Desk, client_id: int, **filters: Any) -> list[TimelineItem]:
    return demo.query(timeline, client_id=client_id, today=TODAY, limit=100_000, **filters)


def test_everything_is_there_newest_first(demo: Desk) -> None:
    client_id = busiest(demo)
    items = whole(demo, client_id)
    counts = demo.query(timeline_counts, client_id=client_id)
    assert len(items) == counts["all"]
    assert len({item.key for item in items}) == len(items)
    days = [item.day for item in items]
    assert days == sorted(days, reverse=True)
    for kind in TimelineKind:
        assert sum(item.kind is kind for item in items) == counts[kind.value]
    for talk in InteractionKind:
        assert sum(item.interaction_kind is talk for item in items) == counts[talk.value]


@pytest.mark.parametrize("limit", [1, 7, 50])
def test_pages_join_to_the_whole(demo: Desk, limit: int) -> None:
    client_id = busiest(demo)
    seen: list[TimelineItem] = []
    before = None
    while True:
        page = demo.query(timeline, client_id=client_id, today=TODAY, limit=limit, before=before)
        seen += page
        if len(page) < limit:
            break
        before = (page[-1].day, page[-1].key)
    assert seen == whole(demo, client_id)


def test_a_page_goes_on_where_its_last_line_was_trashed(own_demo: Desk) -> None:
    from acctdesk.i18n import msg

    client_id = busiest(own_demo)
    items = whole(own_demo, client_id, kinds=["interaction"])
    last = items[5]
    own_demo.perform(
        msg("Test", "Trash"), interactions.trash_interaction, interaction_id=last.key[1]
    )
    rest = own_demo.query(
        timeline,
        client_id=client_id,
        today=TODAY,
        kinds=["interaction"],
        before=(last.day, last.key),
        limit=100_000,
    )
    assert rest == [item for item in items[6:] if item.day < last.day]


@pytest.mark.parametrize(
    "kinds", [["call"], ["visit", "email"], ["invoice"], ["receipt", "task"], ["interaction"]]
)
def test_a_chip_shows_its_kinds(demo: Desk, kinds: list[str]) -> None:
    client_id = busiest(demo)
    expected = [
        item
        for item in whole(demo, client_id)
        if item.kind in kinds or (item.interaction_kind or "") in kinds
    ]
    assert whole(demo, client_id, kinds=kinds) == expected
    assert expected


def test_text_is_looked_for_without_accents(desk: Desk, do: Any) -> None:
    client_id = do(clients.create_client, name="Α")
    contact_id = do(contacts.create_contact, client_id=client_id, name="Ελένη Μαυρίδου")
    noon = dt.datetime(2026, 11, 10, 10, tzinfo=dt.UTC)
    for subject, contact in (("Τιμές νέας περιόδου", None), ("Παράδοση 100 % εντάξει", contact_id)):
        do(
            interactions.log_interaction,
            client_id=client_id,
            kind=InteractionKind.CALL,
            happened_at=noon,
            subject=subject,
            contact_id=contact,
        )
    do(tasks.add_task, client_id=client_id, title="Αποστολή ΤΙΜΏΝ", due_on=TODAY)

    def found(text: str) -> list[str]:
        return [item.subject for item in whole(desk, client_id, text=text)]

    assert found("τιμ") == ["Αποστολή ΤΙΜΏΝ", "Τιμές νέας περιόδου"]
    assert found("ΜΑΥΡΙΔΟΥ") == ["Παράδοση 100 % εντάξει"]
    assert found("100 %") == ["Παράδοση 100 % εντάξει"]
    assert found("%") == ["Παράδοση 100 % εντάξει"]
    assert found("_") == []


def test_a_document_is_found_by_its_number(demo: Desk) -> None:
    client_id = busiest(demo)
    invoice = whole(demo, client_id, kinds=["invoice"])[3]
    assert invoice.number is not None
    assert whole(demo, client_id, text=invoice.number.lower()) == [invoice]


def test_open_amounts_are_those_of_the_receivables(demo: Desk) -> None:
    client_id = busiest(demo)
    owed = demo.query(receivables.open_invoices, as_of=TODAY, client_id=client_id)
    shown = {
        item.key[1]: item.open_minor
        for item in whole(demo, client_id, kinds=["invoice"])
        if item.open_minor
    }
    assert shown == {invoice.id: invoice.open_minor for invoice in owed}


def test_promises_hang_on_their_interaction(desk: Desk, do: Any) -> None:
    client_id = do(clients.create_client, name="Α")
    made = do(
        interactions.log_interaction,
        client_id=client_id,
        kind=InteractionKind.VISIT,
        happened_at=dt.datetime(2026, 11, 10, 10, tzinfo=dt.UTC),
        promises=[interactions.PromiseInput(PromiseBy.US, what) for what in ("Α", "Β")],
    )
    [item] = whole(desk, client_id)
    assert item.key == (TimelineKind.INTERACTION, made)
    assert [promise.what for promise in item.promises] == ["Α", "Β"]


def test_within_a_day_the_latest_comes_first(desk: Desk, do: Any) -> None:
    client_id = do(clients.create_client, name="Α")
    day = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
    do(tasks.add_task, client_id=client_id, title="εργασία", due_on=day.date())
    for hour, subject in ((9, "πρωί"), (12, "μεσημέρι"), (10, "μετά")):
        do(
            interactions.log_interaction,
            client_id=client_id,
            kind=InteractionKind.NOTE,
            happened_at=day.replace(hour=hour),
            subject=subject,
        )
    assert [item.subject for item in whole(desk, client_id)] == [
        "μεσημέρι",
        "μετά",
        "πρωί",
        "εργασία",
    ]


def test_a_page_costs_few_statements(demo: Desk, counted: Any) -> None:
    client_id = busiest(demo)
    items = whole(demo, client_id)
    with counted(demo) as ran:
        demo.query(timeline, client_id=client_id, today=TODAY)
    assert len(ran) <= 8
    place = (items[40].day, items[40].key)
    with counted(demo) as ran:
        demo.query(timeline, client_id=client_id, today=TODAY, before=place, text="α")
    assert len(ran) <= 8
    with counted(demo) as ran:
        demo.query(timeline_counts, client_id=client_id)
    assert len(ran) == 1


def group_of(demo: Desk) -> tuple[int, set[int]]:
    """Return a member of a group that is not its head, and everybody in the group."""
    from sqlalchemy import or_, select
    from sqlalchemy.orm import Session

    from acctdesk.models import Client

    def find(session: Session) -> tuple[int, set[int]]:
        member, head = session.execute(
            select(Client.id, Client.parent_id).where(Client.parent_id.is_not(None)).limit(1)
        ).one()
        together = or_(Client.id == head, Client.parent_id == head)
        return member, set(session.scalars(select(Client.id).where(together)))

    return demo.query(find)


def test_the_timeline_of_a_group_is_that_of_all_its_members(demo: Desk) -> None:
    member, everybody = group_of(demo)
    assert len(everybody) > 1
    together = whole(demo, member, group=True)
    apart = [item for one in everybody for item in whole(demo, one)]
    assert {item.key for item in together} == {item.key for item in apart}
    assert {item.client_id for item in together} == everybody
    assert all(item.client_name for item in together)
    assert [item.day for item in together] == sorted((item.day for item in apart), reverse=True)
    counts = demo.query(timeline_counts, client_id=member, group=True)
    assert counts["all"] == len(together)
    seen: list[TimelineItem] = []
    before = None
    while page := demo.query(
        timeline, client_id=member, today=TODAY, group=True, limit=9, before=before
    ):
        seen += page
        before = (page[-1].day, page[-1].key)
    assert seen == together


def test_a_person_leaves_what_was_with_them(demo: Desk) -> None:
    client_id = busiest(demo)
    people = demo.query(contacts.contacts_of, client_id=client_id)
    assert len(people) > 1
    everything = whole(demo, client_id, kinds=["interaction"])
    for person in people:
        theirs = whole(demo, client_id, contact_id=person.id)
        assert theirs == [item for item in everything if item.person == person.name]
        counts = demo.query(timeline_counts, client_id=client_id, contact_id=person.id)
        assert counts["all"] == len(theirs) > 0


def test_a_pinned_entry_is_told_apart_and_comes_back_by_undo(own_demo: Desk) -> None:
    from acctdesk.i18n import msg

    client_id = busiest(own_demo)
    everything = whole(own_demo, client_id)
    oldest = [item for item in everything if item.kind is TimelineKind.INTERACTION][-1]
    own_demo.perform(
        msg("Step", "Pinned"),
        interactions.pin_interaction,
        interaction_id=oldest.key[1],
        pinned=True,
    )
    before = {item.key for item in everything if item.pinned}
    pinned = whole(own_demo, client_id, pinned=True)
    assert {item.key for item in pinned} == {*before, oldest.key}
    assert all(item.pinned for item in pinned)
    others = whole(own_demo, client_id, pinned=False)
    assert [item.key for item in others] == [
        item.key for item in everything if item.key not in {*before, oldest.key}
    ]
    own_demo.undo()
    assert {item.key for item in whole(own_demo, client_id, pinned=True)} == before


@pytest.mark.parametrize("shape", [{"group": True}, {"pinned": True}, {"contact_id": 1}])
def test_a_narrowed_timeline_costs_few_statements(
    demo: Desk, shape: dict[str, Any], counted: Any
) -> None:
    member, _ = group_of(demo)
    with counted(demo) as ran:
        demo.query(timeline, client_id=member, today=TODAY, **shape)
    assert len(ran) <= 9
