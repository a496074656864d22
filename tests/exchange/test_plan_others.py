"""Contacts, products, interactions and tasks from a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from acctdesk.errors import UserError
from acctdesk.kinds import InteractionKind, ProblemCode, RecordKind, TaskState
from acctdesk.models import Client, Contact, Interaction, Product, Task
from acctdesk.services.desk import Desk
from tests.exchange.desks import client, live, rows_of, take

DAY = dt.date(2026, 3, 2)


def _counts(result: Any) -> tuple[int, int, int, int]:
    return result.created, result.updated, result.skipped, result.refused


def test_contacts_are_known_by_client_and_mail_else_by_name(desk: Desk) -> None:
    take(desk, RecordKind.CLIENTS, client("1", "ΑΛΦΑ"))
    rows: list[dict[str, Any]] = [
        {"client_code": "1", "name": "Άννα Δήμου", "email": "anna@alfa.example", "role": None},
        {"client_name": "ΑΓΝΩΣΤΗ ΑΕ", "name": "Νίκος Ράλλης", "email": None, "role": "Οδηγός"},
        {"client_code": "1", "name": "ΑΝΝΑ ΔΗΜΟΥ", "email": None, "role": "Λογίστρια"},
        {"client_code": "1", "name": None, "email": None, "role": None},
    ]
    assert _counts(take(desk, RecordKind.CONTACTS, *rows)) == (2, 0, 1, 1)
    assert rows_of(desk, Contact, "name", "role", "client_id") == [
        ("Άννα Δήμου", "Λογίστρια", 1),
        ("Νίκος Ράλλης", "Οδηγός", None),
    ]
    assert _counts(take(desk, RecordKind.CONTACTS, *rows)) == (0, 0, 3, 1)
    renamed = {**rows[0], "name": "Άννα Δήμου-Ρήγα"}
    assert _counts(take(desk, RecordKind.CONTACTS, renamed)) == (0, 1, 0, 0)
    before = live(desk)
    result = take(desk, RecordKind.CLIENTS, client("2", "Άγνωστη ΑΕ"))
    assert result.linked == 1
    assert rows_of(desk, Contact, "client_id") == [(1,), (2,)]
    desk.undo()
    assert live(desk) == before


def test_products_are_known_by_code_else_by_name(desk: Desk) -> None:
    rows: list[dict[str, Any]] = [
        {"code": "11", "name": "Λάδι", "family": "Τρόφιμα"},
        {"code": None, "name": "Ξύδι", "family": None},
        {"code": None, "name": "ΞΥΔΙ", "family": "Τρόφιμα"},
    ]
    assert _counts(take(desk, RecordKind.PRODUCTS, *rows)) == (2, 0, 1, 0)
    assert rows_of(desk, Product, "code", "name", "family") == [
        ("11", "Λάδι", "Τρόφιμα"),
        (None, "Ξύδι", "Τρόφιμα"),
    ]
    assert _counts(take(desk, RecordKind.PRODUCTS, *rows)) == (0, 0, 3, 0)


def test_interactions_need_a_client_that_is_certain(desk: Desk) -> None:
    take(desk, RecordKind.CLIENTS, client("1", "ΑΛΦΑ"))
    row = {
        "client_code": None,
        "client_name": "άλφα",
        "kind": InteractionKind.VISIT,
        "happened_on": DAY,
        "happened_time": dt.time(10, 30),
        "subject": "Προσφορά",
        "body": None,
        "minutes": None,
    }
    result = take(
        desk,
        RecordKind.INTERACTIONS,
        row,
        {**row, "client_name": "ΑΛΦΑΣ"},
        {**row, "client_name": None},
        {**row, "happened_on": None},
        {**row, "subject": "ΠΡΟΣΦΟΡΑ"},
    )
    assert _counts(result) == (1, 0, 1, 3)
    local = rows_of(desk, Interaction, "happened_at")[0][0].astimezone()
    assert (local.date(), local.time()) == (DAY, dt.time(10, 30))
    assert _counts(take(desk, RecordKind.INTERACTIONS, {**row, "minutes": 40})) == (0, 1, 0, 0)
    assert _counts(take(desk, RecordKind.INTERACTIONS, row)) == (0, 0, 1, 0)


def test_an_interaction_with_a_new_code_makes_its_client(desk: Desk) -> None:
    row = {"client_code": "5", "client_name": "ΕΨΙΛΟΝ", "happened_on": DAY, "subject": "Κλήση"}
    assert _counts(take(desk, RecordKind.INTERACTIONS, row)) == (1, 0, 0, 0)
    assert rows_of(desk, Client, "code", "name", "provisional") == [("5", "ΕΨΙΛΟΝ", True)]


def test_tasks_may_be_the_officers_own(desk: Desk) -> None:
    take(desk, RecordKind.CLIENTS, client("1", "ΑΛΦΑ"))
    rows: list[dict[str, Any]] = [
        {"client_code": "1", "title": "Τιμοκατάλογος", "due_on": DAY, "state": TaskState.OPEN},
        {"client_code": None, "title": "Έξοδα", "due_on": None, "state": TaskState.OPEN},
        {"client_code": None, "client_name": "ΚΑΝΕΙΣ", "title": "Χαμένη", "due_on": None},
        {"client_code": None, "title": None, "due_on": None},
        {"client_code": None, "title": "έξοδα", "due_on": None},
    ]
    result = take(desk, RecordKind.TASKS, *rows)
    assert _counts(result) == (2, 0, 1, 2)
    assert ProblemCode.UNKNOWN_CLIENT in {one.code for one in result.problems}
    rows[0] |= {"state": TaskState.DONE, "done_on": DAY}
    assert _counts(take(desk, RecordKind.TASKS, *rows[:2])) == (0, 1, 1, 0)
    assert rows_of(desk, Task, "title", "state", "client_id") == [
        ("Τιμοκατάλογος", "done", 1),
        ("Έξοδα", "open", None),
    ]


def test_what_a_book_does_not_keep_is_a_sentence(desk: Desk) -> None:
    before = live(desk)
    with pytest.raises(UserError, match="opportunities"):
        take(desk, RecordKind.OPPORTUNITIES, {"title": "Μεγάλη"})
    assert live(desk) == before
