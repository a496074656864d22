"""Interactions, promises, tasks, contacts: rules, and what undo gives back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from acctdesk.errors import ConflictError, UserError
from acctdesk.kinds import (
    InteractionKind,
    Mood,
    PromiseBy,
    PromiseState,
    SatisfactionMeasure,
    TaskState,
)
from acctdesk.services import clients, contacts, interactions, tasks
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import PromiseInput
from acctdesk.services.payment_promises import PaymentInput, payment_promises
from acctdesk.services.satisfaction import ScoreInput, answers_of, change_satisfaction
from acctdesk.services.tasks import TaskInput
from tests.services.test_payment_promises import add_invoice

TODAY = dt.date(2026, 11, 12)
NOON = dt.datetime(2026, 11, 12, 10, tzinfo=dt.UTC)


@pytest.fixture
def client_id(do: Any) -> int:
    made: int = do(clients.create_client, name="Παπαδόπουλος Α.Ε.")
    return made


def log(do: Any, client_id: int, **fields: Any) -> int:
    values = {"kind": InteractionKind.CALL, "happened_at": NOON, **fields}
    made: int = do(interactions.log_interaction, client_id=client_id, **values)
    return made


def test_a_call_with_all_it_brought_is_one_step(desk: Desk, do: Any, client_id: int) -> None:
    contact_id = do(contacts.create_contact, client_id=client_id, name="Νίκος Παπαδόπουλος")
    older = log(do, client_id, promises=[PromiseInput(PromiseBy.THEM, "Σχέδιο χώρου", TODAY)])
    [open_promise] = desk.query(interactions.open_promises, client_id=client_id)
    made = log(
        do,
        client_id,
        subject=" Συμφωνία ",
        body="Συμφωνεί στις 60 ημέρες.",
        contact_id=contact_id,
        minutes=12,
        mood=Mood.GOOD,
        promises=[PromiseInput(PromiseBy.US, "Αναθεωρημένοι όροι", dt.date(2026, 11, 13))],
        next_step=TaskInput("Αποστολή όρων", dt.date(2026, 11, 13), dt.time(10)),
        settle_promise_ids=[open_promise.id],
    )
    stored = desk.query(interactions.get_interaction, interaction_id=made)
    assert stored is not None
    assert (stored.subject, stored.contact_name, stored.mood) == (
        "Συμφωνία",
        "Νίκος Παπαδόπουλος",
        Mood.GOOD,
    )
    assert [promise.what for promise in stored.promises] == ["Αναθεωρημένοι όροι"]
    step = desk.query(tasks.next_step, client_id=client_id)
    assert step is not None
    assert (step.title, step.due_time) == ("Αποστολή όρων", dt.time(10))
    kept = desk.query(interactions.get_interaction, interaction_id=older)
    assert kept is not None
    assert kept.promises[0].state is PromiseState.KEPT
    assert kept.promises[0].settled_on == NOON.astimezone().date()
    desk.undo()
    assert desk.query(interactions.get_interaction, interaction_id=made) is None
    assert desk.query(tasks.next_step, client_id=client_id) is None
    assert desk.query(interactions.open_promises, client_id=client_id) == [open_promise] or (
        desk.query(interactions.open_promises, client_id=client_id)[0].what == "Σχέδιο χώρου"
    )
    desk.redo()
    assert desk.query(interactions.get_interaction, interaction_id=made) is not None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"minutes": -5}, "between 0 minutes"),
        ({"minutes": 1441}, "between 0 minutes"),
        ({"happened_at": dt.datetime(20, 1, 1, tzinfo=dt.UTC)}, "year 20 "),
        ({"subject": "x" * 301}, "at most 300"),
        ({"contact_id": 99}, "contact is no longer"),
        ({"promises": [PromiseInput(PromiseBy.US, " ")]}, "what was promised"),
        ({"promises": [PromiseInput(PromiseBy.US, "α", dt.date(3026, 1, 1))]}, "year 3026"),
        ({"next_step": TaskInput("")}, "to be done"),
        ({"settle_promise_ids": [7]}, "promise is no longer"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    desk: Desk, do: Any, client_id: int, fields: dict[str, Any], reason: str
) -> None:
    with pytest.raises(UserError, match=reason):
        log(do, client_id, **fields)
    assert desk.query(interactions.open_promises, client_id=client_id) == []
    assert desk.query(tasks.open_tasks) == []


def test_unknown_client_naive_time_and_foreign_contact(do: Any, client_id: int) -> None:
    with pytest.raises(UserError, match="client is no longer"):
        log(do, 99)
    with pytest.raises(ValueError, match="time zone"):
        log(do, client_id, happened_at=NOON.replace(tzinfo=None))
    other = do(clients.create_client, name="Άλλος")
    contact_id = do(contacts.create_contact, client_id=other, name="Ξένη")
    with pytest.raises(UserError, match="another client"):
        log(do, client_id, contact_id=contact_id)


def test_correcting_and_trashing_an_interaction(desk: Desk, do: Any, client_id: int) -> None:
    made = log(do, client_id, body="πρώτο", promises=[PromiseInput(PromiseBy.US, "Όροι")])
    do(interactions.update_interaction, interaction_id=made, expected_version=1, body="δεύτερο")
    with pytest.raises(ConflictError) as caught:
        do(interactions.update_interaction, interaction_id=made, expected_version=1, body="τρίτο")
    assert caught.value.stored == {"body": "δεύτερο"}
    do(interactions.trash_interaction, interaction_id=made)
    assert desk.query(interactions.get_interaction, interaction_id=made) is None
    assert desk.query(interactions.open_promises, client_id=client_id) == []
    desk.undo()
    back = desk.query(interactions.get_interaction, interaction_id=made)
    assert back is not None
    assert (back.body, len(back.promises)) == ("δεύτερο", 1)


def test_promises_are_settled_and_opened_again(desk: Desk, do: Any, client_id: int) -> None:
    made = do(
        interactions.add_promise, client_id=client_id, given_by=PromiseBy.THEM, what="Πληρωμή"
    )
    do(interactions.set_promise_state, promise_id=made, state=PromiseState.BROKEN, on=TODAY)
    assert desk.query(interactions.open_promises, client_id=client_id) == []
    do(interactions.set_promise_state, promise_id=made, state=PromiseState.OPEN, on=TODAY)
    [promise] = desk.query(interactions.open_promises, client_id=client_id)
    assert promise.settled_on is None


def test_the_earliest_open_task_is_the_next_step(desk: Desk, do: Any, client_id: int) -> None:
    later = do(tasks.add_task, client_id=client_id, title="Μετά", due_on=dt.date(2026, 12, 1))
    timed = do(
        tasks.add_task, client_id=client_id, title="Στις 9", due_on=TODAY, due_time=dt.time(9)
    )
    do(tasks.add_task, client_id=client_id, title="Κάποτε", due_time=dt.time(9))
    do(tasks.add_task, client_id=client_id, title="Σήμερα", due_on=TODAY)
    titles = [task.title for task in desk.query(tasks.open_tasks)]
    assert titles == ["Στις 9", "Σήμερα", "Μετά", "Κάποτε"]
    do(tasks.complete_task, task_id=timed, on=TODAY)
    done = desk.query(tasks.get_task, task_id=timed)
    assert done is not None
    assert (done.state, done.done_on) == (TaskState.DONE, TODAY)
    do(tasks.move_task, task_id=later, due_on=dt.date(2026, 11, 1))
    step = desk.query(tasks.next_step, client_id=client_id)
    assert step is not None
    assert step.title == "Μετά"
    do(tasks.reopen_task, task_id=timed)
    assert len(desk.query(tasks.open_tasks, until=TODAY)) == 3
    do(tasks.trash_task, task_id=timed)
    assert len(desk.query(tasks.open_tasks, client_id=client_id)) == 3
    with pytest.raises(UserError, match="task is no longer"):
        do(tasks.complete_task, task_id=timed, on=TODAY)


def test_a_task_changed_underneath(do: Any, client_id: int) -> None:
    made = do(tasks.add_task, client_id=client_id, title="Α")
    do(tasks.update_task, task_id=made, expected_version=1, title="Β")
    with pytest.raises(ConflictError):
        do(tasks.update_task, task_id=made, expected_version=1, title="Γ")


def test_contacts_are_kept_those_who_decide_first(desk: Desk, do: Any, client_id: int) -> None:
    first = do(contacts.create_contact, client_id=client_id, name="Άννα", role="Λογιστήριο")
    do(contacts.create_contact, client_id=client_id, name="Ζωή", decides=True)
    rows = desk.query(contacts.contacts_of, client_id=client_id)
    assert [row.name for row in rows] == ["Ζωή", "Άννα"]
    with pytest.raises(UserError, match="needs a name"):
        do(contacts.create_contact, client_id=client_id)
    with pytest.raises(UserError, match="e-mail"):
        do(contacts.update_contact, contact_id=first, email="άννα@")
    do(contacts.update_contact, contact_id=first, mobile="6912345678", expected_version=1)
    with pytest.raises(ConflictError):
        do(contacts.update_contact, contact_id=first, mobile="6900000000", expected_version=1)
    do(contacts.trash_contact, contact_id=first)
    assert len(desk.query(contacts.contacts_of, client_id=client_id)) == 1
    desk.undo()
    assert desk.query(contacts.contacts_of, client_id=client_id)[1].mobile == "6912345678"


def test_what_was_answered_and_promised_moves_with_its_talk(
    desk: Desk, do: Any, client_id: int
) -> None:
    invoice = do(add_invoice, client_id=client_id, number="1", gross=10_000)
    due = TODAY + dt.timedelta(days=3)
    made = log(
        do, client_id, answer=ScoreInput(SatisfactionMeasure.CSAT, 4),
        payment=PaymentInput(due, {invoice: None}, TODAY),
    )  # fmt: skip
    earlier = NOON - dt.timedelta(days=5)

    def move(to: dt.datetime) -> None:
        do(interactions.update_interaction, interaction_id=made, happened_at=to)

    def days() -> tuple[dt.date, dt.date]:
        (answer,) = desk.query(answers_of, client_id=client_id)
        (promise,) = desk.query(payment_promises, as_of=due, client_id=client_id)
        return answer.answered_on, promise.given_on

    move(earlier)
    assert days() == (earlier.date(), earlier.date())
    desk.undo()
    assert days() == (TODAY, TODAY)
    with pytest.raises(UserError, match="before the day on which"):
        move(NOON + dt.timedelta(days=4))
    (answer,) = desk.query(answers_of, client_id=client_id)
    own = TODAY - dt.timedelta(days=1)  # corrected by hand: it stays
    do(
        change_satisfaction, satisfaction_id=answer.id, measure=answer.measure, score=5,
        answered_on=own, today=TODAY,
    )  # fmt: skip
    move(earlier)
    assert days() == (own, earlier.date())
