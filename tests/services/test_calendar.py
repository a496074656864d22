"""The calendar: what overlaps, and the working days left to everything with a day to be met."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from acctdesk.kinds import DisputeType, KeyDateKind, PromiseBy, TaskState
from acctdesk.models import Department, Dispute, KeyDate, Promise, Request
from acctdesk.services.calendar import (
    USUAL_MINUTES,
    DeadlineKind,
    calendar_span,
    conflicts_of,
    deadlines,
    minute_of,
)
from acctdesk.services.clients import create_client
from acctdesk.services.days_off import add_days_off
from acctdesk.services.desk import Desk
from acctdesk.services.rows import TaskRow
from acctdesk.services.tasks import add_task, complete_task
from tests.services.conftest import Counted, Do

TODAY = dt.date(2026, 4, 8)  # Wednesday of Holy Week


def _task(number: int, minute: int, minutes: int | None, state: TaskState) -> TaskRow:
    time = dt.time(minute // 60, minute % 60)
    return TaskRow(number, None, None, "", None, TODAY, time, state, None, 1, minutes=minutes)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 1439),
            st.none() | st.integers(1, 300),
            st.sampled_from((TaskState.OPEN, TaskState.DONE)),
        ),
        max_size=8,
    )
)
def test_what_overlaps_is_found(given_: list[tuple[int, int | None, TaskState]]) -> None:
    tasks = [_task(n, *one) for n, one in enumerate(given_)]

    def ends(task: TaskRow) -> int:
        return minute_of(task) + (task.minutes or USUAL_MINUTES)

    opened = [one for one in tasks if one.state is TaskState.OPEN]
    wanted = {
        one.id
        for one in opened
        for other in opened
        if one is not other and minute_of(one) < ends(other) and minute_of(other) < ends(one)
    }
    found = conflicts_of(tasks)
    assert bool(found) == bool(wanted)
    assert found <= wanted


def test_days_come_with_their_tasks_and_their_names(do: Do, desk: Desk, counted: Counted) -> None:
    task = do(add_task, title="Visit", due_on=TODAY, due_time=dt.time(10), minutes=60)
    do(add_task, title="Call", due_on=TODAY, due_time=dt.time(10, 30))
    done = do(add_task, title="Done", due_on=TODAY, due_time=dt.time(10, 45))
    do(complete_task, task_id=done, on=TODAY)
    do(add_task, title="Later", due_on=dt.date(2026, 5, 8))
    do(add_days_off, starts_on=TODAY, ends_on=TODAY, name="Leave")
    with counted(desk) as statements:
        span = desk.query(calendar_span, start=TODAY, end=dt.date(2026, 4, 30))
    assert len(statements) == 2
    assert [one.title for one in span.tasks] == ["Visit", "Call", "Done"]
    assert len(span.conflicts) == 2
    assert task in span.conflicts
    assert str(span.days.reason(TODAY)) == "Leave"


def _fill(session: Session, client_id: int) -> None:
    department = Department(name="Back office")
    session.add(department)
    session.flush()
    five_days = dt.date(2026, 4, 17)
    rows: list[Any] = [
        Promise(client_id=client_id, given_by=PromiseBy.US, what="Offer", due_on=five_days),
        Promise(client_id=client_id, given_by=PromiseBy.THEM, what="Order", due_on=five_days),
        Dispute(
            client_id=client_id,
            type=DisputeType.PRICE,
            title="Price",
            opened_on=TODAY,
            due_on=dt.date(2026, 4, 1),
        ),
        Request(
            department_id=department.id,
            client_id=client_id,
            what="Copy",
            asked_on=TODAY,
            due_on=dt.date(2026, 4, 9),
        ),
        KeyDate(client_id=client_id, kind=KeyDateKind.CONTRACT, on_date=dt.date(2026, 6, 30)),
        KeyDate(
            client_id=client_id,
            kind=KeyDateKind.CONTRACT,
            on_date=dt.date(2026, 6, 30),
            closed_on=TODAY,
        ),
    ]
    session.add_all(rows)


def test_everything_with_a_day_stands_among_the_deadlines(do: Do, desk: Desk) -> None:
    client = do(create_client, name="Παπαδόπουλος Α.Ε.")
    do(_fill, client_id=client)
    do(add_task, title="Tender", due_on=dt.date(2026, 4, 14), deadline=True, client_id=client)
    do(add_task, title="Any other", due_on=dt.date(2026, 4, 14))
    found = desk.query(deadlines, today=TODAY)
    assert [(one.kind, one.title, one.left) for one in found][:4] == [
        (DeadlineKind.DISPUTE, "Price", -5),
        (DeadlineKind.REQUEST, "Copy", 1),
        (DeadlineKind.TASK, "Tender", 2),
        (DeadlineKind.PROMISE, "Offer", 5),
    ]
    assert found[4].kind is DeadlineKind.KEY_DATE
    assert len(found) == 5
    assert [one.overdue for one in found[:2]] == [True, False]
    assert {one.client_name for one in found} == {"Παπαδόπουλος Α.Ε."}
