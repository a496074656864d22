"""Appointments of another calendar become tasks once, follow it, and go when it drops them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from acctdesk.errors import UserError
from acctdesk.services.appointments import (
    AppointmentInput,
    Arrival,
    ArrivalRow,
    calendar_tasks,
    compare_appointments,
    store_appointments,
)
from acctdesk.services.clients import create_client
from acctdesk.services.contacts import create_contact
from acctdesk.services.desk import Desk
from acctdesk.services.rows import TaskRow
from acctdesk.services.tasks import add_task, complete_task, open_tasks

Do = Callable[..., Any]
DAY = dt.date(2026, 3, 25)
REVIEW = AppointmentInput("ics:a/", "Ανασκόπηση", DAY, dt.time(11), 60, "θέματα", "Αθήνα")
LEAVE = AppointmentInput("ics:b/20260410", "Άδεια", dt.date(2026, 4, 10))
BOTH = (REVIEW, LEAVE)
PERIOD = {"start": dt.date(2026, 3, 1), "end": dt.date(2027, 3, 1), "uids": {"a", "b"}}


def _compare(desk: Desk, given: Sequence[AppointmentInput], **more: Any) -> list[ArrivalRow]:
    return desk.query(compare_appointments, appointments=given, **{**PERIOD, **more})


def _store(do: Do, given: Sequence[AppointmentInput], **more: Any) -> dict[Arrival, int]:
    counts: dict[Arrival, int] = do(store_appointments, appointments=given, **{**PERIOD, **more})
    return {arrival: count for arrival, count in counts.items() if count}


def _tasks(desk: Desk) -> list[TaskRow]:
    return desk.query(open_tasks)


def test_an_appointment_is_kept_once(desk: Desk, do: Do) -> None:
    """The second time there is nothing to do, and that is said."""
    assert [row.arrival for row in _compare(desk, BOTH)] == [Arrival.NEW, Arrival.NEW]
    assert _store(do, BOTH) == {Arrival.NEW: 2}
    assert [(one.title, one.due_on, one.due_time) for one in _tasks(desk)] == [
        ("Ανασκόπηση", DAY, dt.time(11)),
        ("Άδεια", dt.date(2026, 4, 10), None),
    ]
    assert [row.arrival for row in _compare(desk, BOTH)] == [Arrival.KNOWN, Arrival.KNOWN]
    with pytest.raises(UserError, match="Nothing is new"):
        _store(do, BOTH)
    assert len(_tasks(desk)) == 2


def test_a_moved_appointment_moves_its_task(desk: Desk, do: Do) -> None:
    """What it was is told before."""
    _store(do, BOTH)
    moved = replace(REVIEW, day=dt.date(2026, 3, 26))
    row = _compare(desk, [moved, LEAVE])[0]
    assert (row.arrival, row.was, row.day) == (Arrival.CHANGED, (DAY, dt.time(11)), moved.day)
    assert _store(do, [moved, LEAVE]) == {Arrival.CHANGED: 1, Arrival.KNOWN: 1}
    assert _tasks(desk)[0].due_on == moved.day


def test_what_is_called_off_or_missing_goes_to_the_trash(desk: Desk, do: Do) -> None:
    """And one undo brings all of it back."""
    _store(do, BOTH)
    assert _store(do, [replace(REVIEW, cancelled=True)]) == {Arrival.GONE: 2}
    assert _tasks(desk) == []
    desk.undo()
    assert len(_tasks(desk)) == 2


def test_another_calendar_and_another_period_take_nothing_away(desk: Desk, do: Do) -> None:
    """Only what came of the same entries, in the period that was read."""
    _store(do, BOTH)
    assert _compare(desk, [], uids={"c", "a_"}) == []
    assert _compare(desk, [], start=dt.date(2026, 5, 1)) == []
    assert {row.title for row in _compare(desk, [])} == {"Ανασκόπηση", "Άδεια"}


def test_a_done_task_stays_as_it_is(desk: Desk, do: Do) -> None:
    """Whatever the calendar says later."""
    _store(do, [REVIEW])
    do(complete_task, task_id=_tasks(desk)[0].id, on=DAY)
    (row,) = _compare(desk, [replace(REVIEW, title="άλλο")], uids={"a"})
    assert row.arrival is Arrival.KNOWN


def test_the_people_tell_whose_it_is(desk: Desk, do: Do) -> None:
    """Where they belong to one client alone."""
    bank = do(create_client, name="Τράπεζα", email="info@bank.example")
    do(create_contact, client_id=bank, name="Ελένη", email="Eleni@bank.example")
    do(create_client, name="Άλλος", email="x@other.example")
    with_bank = replace(REVIEW, people=("me@acct.example", "eleni@bank.example"))
    with_both = replace(LEAVE, people=("eleni@bank.example", "x@other.example"))
    assert [row.client_name for row in _compare(desk, [with_bank, with_both])] == ["Τράπεζα", None]
    _store(do, [with_bank, with_both])
    assert [one.client_id for one in _tasks(desk)] == [bank, None]


def test_open_tasks_with_a_day_go_out(desk: Desk, do: Do) -> None:
    """With their client; not what came in, nor what is done or has no day."""
    client = do(create_client, name="Τράπεζα", city="Αθήνα")
    made = do(add_task, title="Κλήση", client_id=client, due_on=DAY, due_time=dt.time(9))
    do(add_task, title="κάποτε")
    done = do(add_task, title="έγινε", due_on=DAY)
    do(complete_task, task_id=done, on=DAY)
    _store(do, [REVIEW])
    (out,) = desk.query(calendar_tasks)
    assert (out.title, out.place, out.day, out.time) == (
        "Κλήση – Τράπεζα",
        "Αθήνα",
        DAY,
        dt.time(9),
    )
    assert (made, out.version) == (1, 1)
    assert desk.query(calendar_tasks, start=DAY + dt.timedelta(1)) == []
    assert desk.query(calendar_tasks, end=DAY - dt.timedelta(1)) == []
