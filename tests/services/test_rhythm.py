"""The contact rhythm: what SQL says is what the definition says, and what a contact changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from acctdesk.errors import UserError
from acctdesk.figures.rhythm import OTHERS, USUAL_GAPS, Gap, contact_rhythm, gap_of
from acctdesk.i18n import msg
from acctdesk.kinds import ContactState, DocumentType, InteractionKind
from acctdesk.models import Client, Document, Interaction
from acctdesk.services import clients, lists
from acctdesk.services.clients import client_rows, create_client, get_client, update_client
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import log_interaction
from acctdesk.services.rhythm import get_gaps, set_gaps
from acctdesk.services.rows import ClientRow
from tests.services.conftest import TODAY, Counted, Do

DAY = dt.timedelta(days=1)
DAYS = st.integers(1, 200)
GAPS = st.tuples(DAYS, DAYS).map(lambda two: Gap(min(two), max(two)))


def _client(one: dict[str, Any]) -> dict[str, Any]:
    own = {f"{days}_days": getattr(one["gap"], days) for days in one["own"]}
    return {"segment": one["segment"], "active": one["active"], **own}


CLIENTS = st.fixed_dictionaries(
    {
        "segment": st.sampled_from([None, "A", "B", "C", "VIP"]),
        "own": st.sampled_from([(), ("ideal",), ("most",), ("ideal", "most")]),
        "gap": GAPS,
        "active": st.sampled_from([True, True, True, False]),
    }
).map(_client)
TALKS = st.lists(
    st.tuples(st.sampled_from(list(InteractionKind)), st.integers(-5, 220), st.integers(0, 86_399)),
    max_size=4,
)


def _at(days_ago: int, second: int) -> dt.datetime:
    local = dt.datetime.combine(TODAY - days_ago * DAY, dt.time.min) + dt.timedelta(seconds=second)
    return local.astimezone(dt.UTC)


def _fill(
    session: Session, *, book: list[tuple[dict[str, Any], list[Any]]], gaps: dict[str, Gap]
) -> list[int]:
    set_gaps(session, gaps=gaps)
    ids = []
    for fields, talks in book:
        number = create_client(session, name="Π", **fields)
        ids.append(number)
        session.add(
            Document(
                type=DocumentType.INVOICE.value, number=str(number), client_id=number,
                issued_on=TODAY - DAY, net_minor=100, vat_minor=0, gross_minor=100,
            )
        )  # fmt: skip
        for kind, ago, second in talks:
            session.add(
                Interaction(client_id=number, kind=kind.value, happened_at=_at(ago, second))
            )
    return ids


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    book=st.lists(st.tuples(CLIENTS, TALKS), min_size=1, max_size=6),
    gaps=st.dictionaries(st.sampled_from(sorted(USUAL_GAPS)), GAPS),
)
def test_what_the_book_answers_is_the_definition(
    desk: Desk, book: list[tuple[dict[str, Any], list[Any]]], gaps: dict[str, Gap]
) -> None:
    ids = desk.perform(msg("Test", "Step"), _fill, book=book, gaps=gaps).value
    with desk.book.reader() as session:
        kept = get_gaps(session)
        rows = client_rows(session, ids=ids, today=TODAY)
        quiet = lists.client_ids(session, lists.ClientQuery(quiet=True), today=TODAY)
        wanted = {}
        for number, (fields, talks) in zip(ids, book, strict=True):
            gap = gap_of(
                fields["segment"],
                gaps=kept,
                ideal_days=fields.get("ideal_days"),
                most_days=fields.get("most_days"),
            )
            days = [TODAY - ago * DAY for kind, ago, _ in talks if kind != InteractionKind.NOTE]
            last = max((day for day in days if day <= TODAY), default=None)
            wanted[number] = contact_rhythm(last, gap, as_of=TODAY)
            assert rows[number].rhythm == (wanted[number] if fields["active"] else None)
            assert get_client(session, client_id=number, today=TODAY).gap == gap
        silent = {ContactState.FORGOTTEN, ContactState.NEVER}
        assert set(quiet) == {
            number
            for number, (fields, _) in zip(ids, book, strict=True)
            if fields["active"] and wanted[number].state in silent
        }
    desk.undo()


def test_clients_are_asked_about_in_their_own_order(demo: Desk, counted: Counted) -> None:
    with counted(demo) as ran:
        demo.query(lists.client_ids, lists.ClientQuery(quiet=True), today=TODAY)
    with demo.book.reader() as session:
        steps = session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {ran[-1]}", ("?",) * ran[-1].count("?")
        )
        assert "SCAN clients" in {step for *_, step in steps}


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (20, ContactState.FINE),
        (21, ContactState.DUE),
        (30, ContactState.DUE),
        (31, ContactState.FORGOTTEN),
    ],
)
def test_a_client_is_due_past_the_ideal_and_forgotten_past_the_most(
    days: int, state: ContactState
) -> None:
    found = contact_rhythm(TODAY - days * DAY, Gap(20, 30), as_of=TODAY)
    assert (found.state, found.days) == (state, days)
    assert found.due_on == TODAY - days * DAY + 20 * DAY


def test_an_own_number_pushes_the_other_one_of_the_segment() -> None:
    assert gap_of("A", ideal_days=45) == Gap(45, 45)
    assert gap_of("A", most_days=7) == Gap(7, 7)
    assert gap_of("A", ideal_days=7, most_days=14) == Gap(7, 14)
    assert gap_of("A", ideal_days=0, most_days=0) == USUAL_GAPS["A"]
    assert gap_of("VIP") == gap_of(None) == USUAL_GAPS[OTHERS]


def row(desk: Desk, client_id: int) -> ClientRow:
    return desk.query(client_rows, ids=[client_id], today=TODAY)[client_id]


def test_a_call_today_moves_the_due_date_and_undo_moves_it_back(desk: Desk, do: Do) -> None:
    client = do(create_client, name="Άλφα", segment="A", ideal_days=10)
    do(log_interaction, client_id=client, kind=InteractionKind.VISIT, happened_at=_at(15, 0))
    before = row(desk, client).rhythm
    assert before is not None
    assert (before.state, before.due_on) == (ContactState.DUE, TODAY - 5 * DAY)
    do(log_interaction, client_id=client, kind=InteractionKind.NOTE, happened_at=_at(0, 0))
    do(log_interaction, client_id=client, kind=InteractionKind.VISIT, happened_at=_at(-3, 0))
    assert row(desk, client).rhythm == before, "neither a note nor a plan is a contact"
    do(log_interaction, client_id=client, kind=InteractionKind.CALL, happened_at=_at(0, 60))
    after = row(desk, client).rhythm
    assert after is not None
    assert (after.state, after.due_on) == (ContactState.FINE, TODAY + 10 * DAY)
    desk.undo()
    assert row(desk, client).rhythm == before


def test_segment_and_setting_change_what_counts(desk: Desk, do: Do) -> None:
    client = do(create_client, name="Άλφα", segment="C")
    do(log_interaction, client_id=client, kind=InteractionKind.CALL, happened_at=_at(50, 0))

    def state() -> ContactState:
        rhythm = row(desk, client).rhythm
        assert rhythm is not None
        return rhythm.state

    assert state() is ContactState.FINE
    do(update_client, client_id=client, segment="B")
    assert state() is ContactState.DUE
    do(set_gaps, gaps={"B": Gap(30, 45)})
    assert state() is ContactState.FORGOTTEN
    assert desk.query(get_gaps)["A"] == USUAL_GAPS["A"]
    desk.undo()
    assert state() is ContactState.DUE


def test_an_ideal_above_the_most_and_no_day_at_all_are_refused(desk: Desk, do: Do) -> None:
    client = do(create_client, name="Άλφα", most_days=10)
    with pytest.raises(UserError, match="is above the most"):
        do(update_client, client_id=client, ideal_days=11)
    with pytest.raises(UserError, match="from 1 to"):
        do(update_client, client_id=client, ideal_days=0)
    with pytest.raises(UserError, match="is above the most"):
        do(set_gaps, gaps={"A": Gap(31, 30)})
    assert desk.query(get_gaps) == dict(USUAL_GAPS)
    assert desk.query(clients.get_client, client_id=client, today=TODAY).gap == Gap(10, 10)


def test_a_zero_that_a_file_brought_is_no_number_of_days(desk: Desk, do: Do) -> None:
    client = do(create_client, name="Άλφα", segment="A")

    def as_from_a_file(session: Session) -> None:
        found = session.get(Client, client)
        assert found is not None
        found.ideal_days = found.most_days = 0

    do(as_from_a_file)
    assert desk.query(get_client, client_id=client, today=TODAY).gap == USUAL_GAPS["A"]
