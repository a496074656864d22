"""Random commands, undo, redo, reopen: every step leaves the book as it was."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from acctdesk.services.desk import Desk
from acctdesk.storage import indexing
from acctdesk.storage.book import Book
from acctdesk.storage.check import check_journal
from tests.books import PASSWORD, TEST_KDF, copy_book
from tests.storage import commands

NAMES = st.text(alphabet="αάβγδΠσςπΟabZ 1\"*&'", min_size=1, max_size=12)
NOTES = st.none() | NAMES


class Officer(RuleBasedStateMachine):
    """One officer at one book; ``states`` is what the book held after each step that stands."""

    template: ClassVar[Path]
    password: ClassVar[str | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = copy_book(self.template, self.folder / "test.acctbook")
        self.numbers = itertools.count()
        self.desk = self.opened()
        self.states: list[dict[Any, Any]] = []
        self.at = 0

    def opened(self) -> Desk:
        return Desk(Book.open(self.path, password=self.password, kdf=TEST_KDF))

    def teardown(self) -> None:
        self.desk.close()
        shutil.rmtree(self.folder)

    @initialize()
    def first_state(self) -> None:
        self.states = [self.desk.query(commands.live_rows)]

    def live(self, table: str) -> list[int]:
        return sorted(row_id for name, row_id in self.states[self.at] if name == table)

    def do(self, command: Any, **args: Any) -> None:
        result = self.desk.perform(commands.LABEL, command, **args)
        if result.changes:
            self.states = [*self.states[: self.at + 1], self.desk.query(commands.live_rows)]
            self.at += 1
            assert self.states[-1] != self.states[-2]

    @rule(name=NAMES, notes=NOTES)
    def create(self, name: str, notes: str | None) -> None:
        self.do(commands.add_client, name=name, notes=notes, code=f"C{next(self.numbers)}")

    @precondition(lambda self: self.live("clients"))
    @rule(data=st.data(), name=NAMES, city=NOTES)
    def correct(self, data: st.DataObject, name: str, city: str | None) -> None:
        client_id = data.draw(st.sampled_from(self.live("clients")))
        self.do(commands.change_client, client_id=client_id, name=name, city=city)

    @precondition(lambda self: self.live("clients"))
    @rule(data=st.data())
    def trash(self, data: st.DataObject) -> None:
        client_id = data.draw(st.sampled_from(self.live("clients")))
        self.do(commands.trash_client, client_id=client_id)

    @precondition(lambda self: self.live("clients"))
    @rule(data=st.data(), subject=NAMES, body=NAMES)
    def log(self, data: st.DataObject, subject: str, body: str) -> None:
        client_id = data.draw(st.sampled_from(self.live("clients")))
        self.do(commands.log_call, client_id=client_id, subject=subject, body=body)

    @rule(data=st.data(), names=st.lists(NAMES, min_size=1, max_size=4))
    def bring_in(self, data: st.DataObject, names: list[str]) -> None:
        known = data.draw(st.lists(st.sampled_from(self.live("clients") or [0]), unique=True))
        rows = [{"name": name, "code": f"I{next(self.numbers)}"} for name in names]
        again = [{"id": client_id, "notes": names[0]} for client_id in known if client_id]
        self.do(_import, rows=rows, again=again)

    @rule()
    def undo(self) -> None:
        if self.at == 0:
            assert self.desk.undo_label() is None
            return
        self.desk.undo()
        self.at -= 1

    @rule()
    def redo(self) -> None:
        if self.at == len(self.states) - 1:
            assert self.desk.redo_label() is None
            return
        self.desk.redo()
        self.at += 1

    @rule()
    def reopen(self) -> None:
        self.desk.close()
        self.desk = self.opened()

    @invariant()
    def the_book_is_as_it_was(self) -> None:
        if self.states:
            assert self.desk.query(commands.live_rows) == self.states[self.at]

    @invariant()
    def index_and_journal_are_sound(self) -> None:
        with self.desk.book.engine.connect() as connection:
            assert indexing.check(connection) == []
            assert check_journal(connection) == []
            connection.rollback()


def _import(session: Any, *, rows: list[dict[str, Any]], again: list[dict[str, Any]]) -> None:
    commands.import_clients(session, rows=rows)
    commands.reimport_clients(session, rows=again)


def _run(machine: type[Officer]) -> None:
    many = 150 if os.environ.get("LONG") == "1" else 15
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=many,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_step_can_be_taken_back(plain_template: Path) -> None:
    _run(type("PlainOfficer", (Officer,), {"template": plain_template}))


def test_every_step_can_be_taken_back_in_an_encrypted_book(encrypted_template: Path) -> None:
    _run(type("LockedOfficer", (Officer,), {"template": encrypted_template, "password": PASSWORD}))
