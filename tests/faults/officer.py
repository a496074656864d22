"""An officer at work in a process of its own, to be killed or to be recorded.

Every change is told (`Ack`) only after the desk returned from it: from then on it must survive
anything. What each change leaves in the book names its number, so that :func:`faults_in` can tell
from the book alone what is there, whole or not.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from acctdesk.kinds import InteractionKind, PromiseBy
from acctdesk.models import Client, Interaction, Promise, Task
from acctdesk.services.clients import create_client, update_client
from acctdesk.services.desk import Desk
from acctdesk.services.interactions import PromiseInput, log_interaction
from acctdesk.services.tasks import TaskInput
from acctdesk.storage.book import Book
from acctdesk.storage.check import check_book
from tests.books import TEST_KDF
from tests.storage.commands import LABEL, NOON, import_clients

IMPORTED = 40  # clients in one import
_START = "start"


@dataclass(frozen=True, slots=True)
class Ack:
    """A change that was told as saved: its number, what it was, and what it took back."""

    number: int
    what: str  # "log", "correct", "import" or "undo"
    of: int = 0


def change(desk: Desk, number: int, what: str, client_id: int) -> None:
    """Make one change of the officer's day; it leaves ``number`` in the book."""
    mark = f"n{number}"
    if what == "log":
        desk.perform(
            LABEL,
            log_interaction,
            client_id=client_id,
            kind=InteractionKind.VISIT,
            happened_at=NOON + dt.timedelta(minutes=number),
            subject=mark,
            body="λόγια " * 60,
            promises=[PromiseInput(by, mark) for by in (PromiseBy.US, PromiseBy.THEM)],
            next_step=TaskInput(mark, NOON.date()),
        )
    elif what == "correct":
        desk.perform(LABEL, update_client, client_id=client_id, notes=mark)
    elif what == "import":
        rows = [{"name": f"{mark} {row}", "city": mark} for row in range(IMPORTED)]
        desk.perform(LABEL, import_clients, rows=rows)
    else:
        desk.undo()


def day(seed: int, first: int) -> Iterator[Ack]:
    """Return the changes of a day, drawn from ``seed``, numbered from ``first``; it never ends."""
    drawn = random.Random(seed)
    last: Ack | None = None
    for number in itertools.count(first):
        what = drawn.choice(("log", "log", "log", "correct", "correct", "import", "undo"))
        if what == "undo" and (last is None or last.what not in {"log", "import"}):
            what = "log"
        last = Ack(number, what, last.number if what == "undo" and last is not None else 0)
        yield last


def prepare(path: Path, *, password: str | None) -> None:
    """Put the one client whom the changes concern into an empty book."""
    with Book.open(path, password=password, kdf=TEST_KDF) as book:
        Desk(book).perform(LABEL, create_client, name="Παπαδόπουλος Α.Ε.", code="C1")


def at_work(desk: Desk, acks: Iterable[Ack], tell: Callable[[Ack], None]) -> None:
    """Carry the changes out, telling each one when it is saved."""
    client_id = desk.query(_the_client)
    for ack in acks:
        change(desk, ack.number, ack.what, client_id)
        tell(ack)


def until_killed(pipe: Connection, path: Path, password: str | None, seed: int, first: int) -> None:
    """Work until killed; ``pipe`` gets "start" when the book is open, then every ack."""
    with Book.open(path, password=password, kdf=TEST_KDF) as book:
        pipe.send(_START)
        at_work(Desk(book), day(seed, first), pipe.send)


def faults_in(book: Book, acks: Iterable[Ack]) -> list[str]:
    """Return what is missing, torn or unsound in a book that was left in the middle."""
    report = check_book(book)
    found = [str(line.text) for line in report.lines if not line.ok]
    if found:
        return found
    with book.reader() as session:
        return _faults(session, list(acks))


def _faults(session: Session, acks: list[Ack]) -> list[str]:
    found: list[str] = []
    visits = set(session.scalars(select(Interaction.subject).where(_live(Interaction))))
    promises = Counter(session.scalars(select(Promise.what).where(_live(Promise))))
    tasks = Counter(session.scalars(select(Task.title).where(_live(Task))))
    imported = Counter(
        session.scalars(select(Client.city).where(_live(Client), Client.code.is_(None)))
    )
    corrected = session.scalar(select(Client.notes).where(Client.code == "C1"))
    found += [
        f"{mark}: a visit with {promises[mark]} promises and {tasks[mark]} tasks"
        for mark in visits | promises.keys() | tasks.keys()
        if (mark in visits, promises[mark], tasks[mark]) != (True, 2, 1)
    ]
    found += [f"{mark}: {n} of an import" for mark, n in imported.items() if n != IMPORTED]
    undone = {ack.of for ack in acks if ack.what == "undo"}
    # the change after the last one told may be there, untold: it may be an undo of that one
    last = max((ack.number for ack in acks), default=0)
    for ack in acks:
        mark = f"n{ack.number}"
        there = {"log": mark in visits, "import": mark in imported}.get(ack.what)
        if there is False and ack.number not in undone | {last}:
            found.append(f"{mark}: told as saved and gone ({ack.what})")
        if there is True and ack.number in undone:
            found.append(f"{mark}: told as taken back and there")
    wanted = max((ack.number for ack in acks if ack.what == "correct"), default=0)
    if wanted and (corrected is None or int(corrected[1:]) < wanted):
        found.append(f"n{wanted}: a correction told as saved is {corrected}")
    return found


def _live(model: type[Interaction | Promise | Task | Client]) -> ColumnElement[bool]:
    return model.deleted_at.is_(None)


def _the_client(session: Session) -> int:
    return session.scalars(select(Client.id).where(Client.code == "C1")).one()


def recorded(path: Path, *, steps: int, synchronous: str) -> None:
    """Work for ``steps`` changes, telling each number on standard output: for a recording."""
    from acctdesk.storage import engine

    prepare_before = engine._prepare

    def prepared(connection: Any, *, writer: bool, encrypted: bool) -> None:
        prepare_before(connection, writer=writer, encrypted=encrypted)
        connection.execute(f"PRAGMA synchronous = {synchronous}")

    if synchronous != "FULL":  # the control: what would be lost by the usual setting
        engine._prepare = prepared

    def tell(ack: Ack) -> None:
        os.write(1, f"{ack.number} {ack.what} {ack.of}\n".encode())

    with Book.open(path, password=os.environ.get("BOOK_PASSWORD"), kdf=TEST_KDF) as book:
        at_work(Desk(book), itertools.islice(day(7, 1), steps), tell)


if __name__ == "__main__":
    recorded(Path(sys.argv[1]), steps=int(sys.argv[2]), synchronous=sys.argv[3])
