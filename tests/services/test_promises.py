"""The ledger of promises: a vector worked by hand, and that the book answers the definition."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from acctdesk.figures.promises import KeptRatio, kept_ratio, outcome
from acctdesk.i18n import msg
from acctdesk.kinds import InteractionKind, PromiseBy, PromiseOutcome, PromiseState
from acctdesk.models import Promise
from acctdesk.services.clients import create_client, trash_client
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import (
    PromiseInput,
    add_promise,
    log_interaction,
    set_promise_state,
    trash_promise,
)
from acctdesk.services.promises import kept_ratios, ledger_counts, promise_ledger
from tests.services.conftest import TODAY, Do

DAY = dt.timedelta(days=1)
OPEN, OVERDUE = PromiseOutcome.OPEN, PromiseOutcome.OVERDUE
KEPT, LATE, BROKEN = PromiseOutcome.KEPT, PromiseOutcome.KEPT_LATE, PromiseOutcome.BROKEN
VECTOR = (  # state, due and settled in days from today, what became of it
    ("open", None, None, OPEN),
    ("open", 3, None, OPEN),
    ("open", 0, None, OPEN),
    ("open", -1, None, OVERDUE),
    ("kept", None, -4, KEPT),
    ("kept", -4, -5, KEPT),
    ("kept", -4, -4, KEPT),
    ("kept", -4, -3, LATE),
    ("kept", 9, 0, KEPT),
    ("kept", -2, 1, OVERDUE),  # as of today it is not settled yet
    ("broken", -4, -4, BROKEN),
    ("broken", None, -4, BROKEN),
    ("broken", 9, 0, BROKEN),
)


def _day(days: int | None) -> dt.date | None:
    return None if days is None else TODAY + days * DAY


def test_the_ratio_is_kept_in_time_of_settled_or_due() -> None:
    found = [
        outcome(PromiseState(state), due_on=_day(due), settled_on=_day(settled), as_of=TODAY)
        for state, due, settled, _ in VECTOR
    ]
    assert found == [wanted for *_, wanted in VECTOR]
    ratio = kept_ratio(found)
    assert ratio == KeptRatio(kept=4, late=1, broken=3, overdue=2)
    assert (ratio.counted, ratio.share) == (10, 0.4)
    assert kept_ratio([OPEN, OPEN]).share is None


PROMISES = st.lists(
    st.tuples(
        st.sampled_from(PromiseBy),
        st.sampled_from(PromiseState),
        st.none() | st.integers(-5, 5),
        st.integers(-5, 5),
        st.sampled_from([0, 0, 1]),  # which client
    ),
    max_size=12,
)


def _write(session: Session, *, clients: list[int], promises: list[Any]) -> None:
    for by, state, due, settled, place in promises:
        session.add(
            Promise(
                client_id=clients[place],
                given_by=by.value,
                what="κάτι",
                due_on=_day(due),
                state=state.value,
                settled_on=None if state is PromiseState.OPEN else _day(settled),
            )
        )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(promises=PROMISES)
def test_the_book_answers_the_definition(desk: Desk, promises: list[Any]) -> None:
    clients = [
        desk.perform(msg("Test", "Step"), create_client, name=name).value for name in ("Α", "Β")
    ]
    desk.perform(msg("Test", "Step"), _write, clients=clients, promises=promises)
    for client, place in ((clients[0], 0), (clients[1], 1)):
        asked: dict[str, Any] = {"today": TODAY, "client_id": client}
        wanted: dict[PromiseBy, list[PromiseOutcome]] = {by: [] for by in PromiseBy}
        for by, state, due, settled, where in promises:
            if where == place:
                on = None if state is PromiseState.OPEN else _day(settled)
                wanted[by].append(outcome(state, due_on=_day(due), settled_on=on, as_of=TODAY))
        ratios = desk.query(kept_ratios, **asked)
        lines = desk.query(promise_ledger, **asked)
        counts = desk.query(ledger_counts, **asked)
        for by in PromiseBy:
            assert ratios[by] == kept_ratio(wanted[by])
            of_one = [line.outcome for line in lines if line.promise.given_by is by]
            assert sorted(of_one) == sorted(wanted[by])
        assert sum(counts.values()) == len(lines)


@pytest.fixture
def client(do: Do) -> int:
    return int(do(create_client, name="Παπαδόπουλος Α.Ε."))


def test_a_line_says_who_gave_it_when_in_what_and_what_became_of_it(
    desk: Desk, do: Do, client: int
) -> None:
    visit = do(
        log_interaction,
        client_id=client,
        kind=InteractionKind.VISIT,
        happened_at=dt.datetime.combine(TODAY - 9 * DAY, dt.time(12), dt.UTC),
        promises=[PromiseInput(PromiseBy.US, "όροι", TODAY - 7 * DAY)],
    )
    do(add_promise, client_id=client, given_by=PromiseBy.THEM, what="σχέδιο", due_on=TODAY + DAY)
    theirs, ours = desk.query(promise_ledger, today=TODAY)[::-1]
    if theirs.promise.given_by is PromiseBy.US:
        theirs, ours = ours, theirs
    assert (ours.outcome, ours.given_in, ours.given_on) == (
        OVERDUE,
        InteractionKind.VISIT,
        TODAY - 9 * DAY,
    )
    assert ours.promise.interaction_id == visit
    assert ours.promise.client_name == "Παπαδόπουλος Α.Ε."
    assert (theirs.outcome, theirs.given_in) == (OPEN, None)
    do(set_promise_state, promise_id=ours.promise.id, state=PromiseState.KEPT, on=TODAY)
    (only,) = desk.query(promise_ledger, today=TODAY, given_by=PromiseBy.US, outcomes=(LATE,))
    assert only.promise.settled_on == TODAY
    assert desk.query(kept_ratios, today=TODAY)[PromiseBy.US] == KeptRatio(late=1)
    desk.undo()
    assert desk.query(kept_ratios, today=TODAY)[PromiseBy.US] == KeptRatio(overdue=1)


def test_what_is_in_the_trash_is_in_no_ledger(desk: Desk, do: Do, client: int) -> None:
    gone = do(add_promise, client_id=client, given_by=PromiseBy.US, what="α", due_on=TODAY - DAY)
    do(trash_promise, promise_id=gone)
    do(add_promise, client_id=client, given_by=PromiseBy.US, what="β", due_on=TODAY - DAY)
    assert len(desk.query(promise_ledger, today=TODAY)) == 1
    do(trash_client, client_id=client)
    assert desk.query(promise_ledger, today=TODAY) == []
    assert desk.query(kept_ratios, today=TODAY)[PromiseBy.US] == KeptRatio()
