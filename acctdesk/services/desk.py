"""The desk over one open book: perform, ask, undo, redo. The only road to the store."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from acctdesk.errors import EnvironmentFault, Halted, UserError
from acctdesk.i18n import Message, msg
from acctdesk.models.base import utc_now
from acctdesk.services import kept
from acctdesk.services.profile import get_profile
from acctdesk.storage import faults, images, journal, undo
from acctdesk.storage.book import Book
from acctdesk.storage.changes import ChangeSet, RangeChange
from acctdesk.storage.journal import JournalEntry
from acctdesk.storage.unit import UnitOfWork

if TYPE_CHECKING:
    from acctdesk.storage.check import CheckReport

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """What a command returned, and what it changed."""

    value: T
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class BookStatus:
    """How the book stands, for the status bar."""

    name: str
    path: Path
    encrypted: bool
    demo: bool
    halted: Halted | None  # why nothing is written
    saved_at: dt.datetime | None  # what was written before that: the last change stored
    asked_at: dt.datetime
    changed_at: dt.datetime | None  # the newest change, by the clock of its moment
    last_backup_at: dt.datetime | None
    closed_unexpectedly: bool


class Desk:
    """The services' access to one open book, from any thread.

    Changes take turns under one lock; questions run beside each other, each on one consistent
    state. Sessions are born and die inside a call.
    """

    def __init__(self, book: Book, *, clock: Callable[[], dt.datetime] = utc_now) -> None:
        self.book = book
        self._clock = clock
        self._turn = threading.RLock()
        self._demo: bool | None = None

    def perform(
        self,
        label: Message,
        command: Callable[..., T],
        *,
        merge_key: str | None = None,
        **args: Any,
    ) -> Result[T]:
        """Run ``command(session, …)`` as one transaction, one undo step, one journal record.

        ``label`` names the step for undo. With ``merge_key`` it continues the step before it
        where that had the same key and is fresh: typing in one field is one step.

        Raises:
            UserError: the command refused; nothing was changed.
            EnvironmentFault: the machine or the file failed; nothing was changed.
        """
        with self._changing(of_files=False):
            unit = UnitOfWork(
                self.book.engine, schema=self.book.schema, clock=self._clock, keep=kept.keep
            )
            value, changes = unit.run(
                label, lambda session: command(session, **args), merge_key=merge_key
            )
        return Result(value, changes)

    @contextlib.contextmanager
    def _changing(self, *, of_files: bool = True) -> Iterator[None]:
        """Give a change its turn; a fault that stops the writing for good says so itself."""
        with self._turn:
            try:
                with faults.faults_told(self.book.path, of_files=of_files):
                    yield
            except EnvironmentFault as fault:
                halted = self.book.halted
                if halted is None or isinstance(fault, Halted):
                    raise
                raise Halted(fault.message, safe=fault.safe, remedy=halted.remedy) from fault

    def query(
        self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return ``function(session, …)``, run on one consistent state; it cannot write."""
        with self.book.reader() as session:
            return function(session, *args, **kwargs)

    def undo(self) -> ChangeSet:
        """Take the newest step back; it survives a restart.

        Raises:
            UserError: nothing to undo, or refused with the reason; nothing was changed.
        """
        with self._changing():
            if self._only_invented():
                raise undo.nothing()
            return undo.undo(
                self.book.engine, now=self._clock(), schema=self.book.schema, keep=kept.keep
            )

    def redo(self) -> ChangeSet:
        """Repeat the step undone last.

        Raises:
            UserError: nothing to redo, or refused with the reason; nothing was changed.
        """
        with self._changing():
            return undo.redo(
                self.book.engine, now=self._clock(), schema=self.book.schema, keep=kept.keep
            )

    def undo_label(self) -> Message | None:
        """Return what undo would take back, None where it would refuse."""
        if self._only_invented():
            return None
        with self.book.reader() as session:
            step = journal.newest_done(session.connection())
        return step.label if step is not None and step.schema == self.book.schema else None

    def redo_label(self) -> Message | None:
        """Return what redo would repeat, None where there is nothing."""
        with self.book.reader() as session:
            step = journal.oldest_undone(session.connection())
        return step.label if step is not None and step.schema == self.book.schema else None

    def history(self, table: str, row_id: int) -> list[JournalEntry]:
        """Return every recorded change of one record, newest first."""
        with self.book.reader() as session:
            return journal.history(session.connection(), table=table, row_id=row_id)

    def backup(self, to: Path | None = None) -> Path:
        """Make a verified backup and return its path: in the book's own folder, or in ``to``."""
        from acctdesk.storage.backup import make_backup

        return make_backup(self.book, to=to)

    def everything(self) -> ChangeSet:
        """Return the notice that anything may have changed: the book was shut for a while."""
        label = msg("Step", "The book was opened again")
        return ChangeSet(
            None, label, tuple(RangeChange(name, 0, 0, "restore") for name in images.journalled())
        )

    def check(self) -> CheckReport:
        """Look at everything that can be wrong with the book, kept figures included.

        Raises:
            EnvironmentFault: the disk fails, or another program holds the book.
        """
        from acctdesk.services.attachments import check as kept_files
        from acctdesk.storage.check import check_book

        return check_book(self.book, also=(kept.check, kept_files))

    def status(self) -> BookStatus:
        """Return how the book stands."""
        from acctdesk.storage.backup import list_backups

        backups = list_backups(self.book.path)
        halted = self.book.halted
        return BookStatus(
            name=self.book.name,
            path=self.book.path,
            encrypted=self.book.encrypted,
            demo=self.is_demo,
            halted=halted,
            saved_at=None if halted is None or self.book.is_for_reading else self._saved_at(),
            asked_at=self._clock(),
            changed_at=self._changed_at(),
            last_backup_at=max((item.made_at for item in backups), default=None),
            closed_unexpectedly=self.book.closed_unexpectedly,
        )

    @property
    def is_demo(self) -> bool:
        """Tell whether the book was made as a demo, for good; read once."""
        if self._demo is None:
            self._demo = self.query(get_profile).demo
        return self._demo

    def own_changes(self) -> int:
        """Return how many changes stand that are the officer's; a demo's invention is none."""
        with self.book.reader() as session:
            standing = journal.steps_that_stand(session.connection())
        return max(0, standing - 1) if self.is_demo else standing

    def _only_invented(self) -> bool:
        """Tell whether undo would take a demo's clients away, which nobody means by it."""
        return self.is_demo and not self.own_changes()

    def _saved_at(self) -> dt.datetime | None:
        with contextlib.suppress(UserError), self.book.reader() as session:
            return journal.last_change(session.connection())
        return None  # the disk does not even read

    def _changed_at(self) -> dt.datetime | None:
        with contextlib.suppress(UserError), self.book.reader() as session:
            newest = journal.newest_done(session.connection())
            return None if newest is None else newest.touched_at
        return None

    def close(self) -> None:
        """Let a running change end, then close the book."""
        with self._turn:
            self.book.close()


__all__ = ["BookStatus", "ChangeSet", "Desk", "Result"]
