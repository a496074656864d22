"""One open book and its window: everything that lives from opening to closing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from acctdesk import bootstrap
from acctdesk.errors import UserError
from acctdesk.i18n import msg
from acctdesk.ui.actions import Actions
from acctdesk.ui.bus import ChangeBus
from acctdesk.ui.clipboard import clipboard
from acctdesk.ui.context import Context, Navigator
from acctdesk.ui.job import Job
from acctdesk.ui.main_window import MainWindow
from acctdesk.ui.messages import Messages
from acctdesk.ui.pages.registry import PAGES
from acctdesk.ui.runner import BaseRunner, Runner
from acctdesk.ui.settings import Settings
from acctdesk.ui.theme import Theme
from acctdesk.ui.translation import Languages

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk


UNSEEN_MS = 300  # a window that is not painted by now, e.g. a minimized one, is not waited for


def now() -> dt.datetime:
    """Return this instant, in UTC."""
    return dt.datetime.now(dt.UTC)


class Session(QObject):
    """A desk, its runner and its window. ``ended`` is told when the book is closed.

    It begins with a desk (:meth:`start`), or with the window alone, which then opens the book
    (:meth:`open`).
    """

    opened = Signal(object)  # a Desk: the book is open, its first page not yet shown
    not_opened = Signal(object)  # the exception; the window is gone and ``ended`` follows
    ended = Signal()
    failed_at_end = Signal(object)  # the last backup was not made: the window is gone already
    book_wanted = Signal(str)
    removed = Signal()  # the book's file is gone
    locked = Signal()  # the book is shut, its key dropped, nothing of it on the screen

    def __init__(
        self,
        book: Path,
        *,
        encrypted: bool,
        theme: Theme,
        settings: Settings,
        languages: Languages,
        clock: Callable[[], dt.datetime] = now,
        runner_class: type[BaseRunner] = Runner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.book = book
        self._over = False
        self._opener: Callable[[], Desk] | None = None  # what opens the book, until it does
        self._opening = False
        self._begun = False  # the book is open, or was
        self._shutting = False  # locked, and waiting for the work that has begun
        self._shut: list[QWidget] | None = None  # while locked: the windows that were on the screen
        bus = ChangeBus(self)
        self.context = Context(
            book=book,
            encrypted=encrypted,
            runner=runner_class(None, bus, self),
            bus=bus,
            theme=theme,
            settings=settings,
            actions=Actions(theme, self),
            messages=Messages(self),
            navigator=Navigator(self),
            clock=clock,
            languages=languages,
        )
        self.window = MainWindow(self.context, PAGES)
        self.window.closed.connect(self.end)
        self.window.book_wanted.connect(self.book_wanted)
        self.window.lock_wanted.connect(self.lock)
        self.window.again_wanted.connect(self.shut)
        self.window.removal_wanted.connect(self.remove)
        self.context.runner.busy_changed.connect(self._shut_book)

    # -- opening

    def open(self, opener: Callable[[], Desk]) -> None:
        """Show the window at once; open the book, away from it, when it has been painted."""
        self._opener = opener
        self.window.painted.connect(self._open)
        QTimer.singleShot(UNSEEN_MS, self, self._open)
        self.window.show()

    @Slot()
    def _open(self) -> None:
        opener, self._opener = self._opener, None
        if opener is None or self._over:
            return
        self._opening = True
        job = Job(opener, self)
        job.done.connect(self._opened)
        job.failed.connect(self._failed_to_open)
        job.start()

    @Slot(object)
    def _opened(self, desk: Desk) -> None:
        self._opening = False
        if self._over:  # the window was closed meanwhile
            desk.close()
            self._close()
        else:
            self.start(desk)

    @Slot(object)
    def _failed_to_open(self, error: Exception) -> None:
        self._opening = False
        if not self._over:
            self._over = True
            self.window.hide()
            self.not_opened.emit(error)
        self._close()

    def start(self, desk: Desk) -> None:
        """Show the window with its first page; back the book up where that is due."""
        self._begun = True
        self.context.runner.go_on(desk)
        self.opened.emit(desk)
        self.window.settled.connect(self._settled)
        self.window.start()
        self.window.show()
        if desk.book.closed_unexpectedly:
            self.context.messages.say(
                msg("Window", "acctdesk closed unexpectedly; all saved work is here.")
            )

    @Slot()
    def _settled(self) -> None:
        self.context.runner.read(self._back_up, on_done=self._backed_up)

    def _back_up(self) -> Path | None:
        from acctdesk.services import keeping

        return keeping.back_up_at_start(self.context.desk, now=self.context.clock())

    def _backed_up(self, made: Path | None) -> None:
        if made is not None:
            self.window.refresh_status()

    # -- locking ---------------------------------------------------------------------------------

    @property
    def is_over(self) -> bool:
        """Tell whether its window was left; the last backup may still be under way."""
        return self._over

    @property
    def is_open(self) -> bool:
        """Tell whether the book can be worked in now."""
        return self._begun and not self._over and not self.is_locked

    @property
    def is_locked(self) -> bool:
        """Tell whether the book is shut until it is opened anew."""
        return self._shut is not None

    @Slot()
    def lock(self) -> None:
        """Take everything off the screen, let what has begun end, shut the book, drop its key.

        Windows and what was typed in them stay as they are, unseen, until :meth:`unlock`. A plain
        book has no key to drop and stays open.
        """
        if self.context.encrypted:
            self.shut()

    @Slot()
    def shut(self) -> None:
        """Shut the book, locked or plain, to go on with it opened anew: see :meth:`lock`."""
        if self._over or self.is_locked or not self._begun:
            return
        dialogs = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        self._shut = [*dialogs, self.window]
        clipboard().lock()
        for one in self._shut:
            one.hide()  # a field that is left saves what was typed, before the book is shut
        self.context.runner.pause()
        self._shutting = True
        self._shut_book(self.context.runner.busy)

    @Slot(bool)
    def _shut_book(self, busy: bool) -> None:
        if self._shutting and not busy:
            self._shutting = False
            self.context.desk.close()
            self.locked.emit()

    def unlock(self, desk: Desk) -> None:
        """Go on with the book, opened anew: every window as it was, its figures asked again."""
        if self._shut is None:
            return
        self.context.runner.go_on(desk)
        shown, self._shut = reversed(self._shut), None
        for one in shown:
            one.show()
        self.context.bus.changed.emit(desk.everything(), None)
        self.window.refresh_status()

    @Slot()
    def remove(self) -> None:
        """Close the window of a demo book and delete the book's files; ``removed`` comes last."""
        if self._over or self.is_locked:
            return
        self._over = True  # closing the window ends nothing more: no last backup is made
        self._over = self.window.close()
        if not self._over:
            return
        self.context.runner.shutdown()
        try:
            bootstrap.remove_demo(self.context.desk)
        except UserError as error:
            self.failed_at_end.emit(error)
        self.removed.emit()
        self._close()

    @Slot()
    def end(self) -> None:
        """Stop accepting, drain, back up what no backup holds, close the book. Once.

        The window is gone by then. Where a backup is made, ``ended`` is told after it.
        """
        if self._over:
            return
        self._over = True
        self.context.runner.shutdown()
        if self._begun and not self.is_locked and self._is_unsaved():
            self._start_last_backup()
        elif not self._opening:
            self._close()

    def _is_unsaved(self) -> bool:
        from acctdesk.services import keeping

        try:
            return keeping.is_unsaved(self.context.desk)
        except UserError:  # the file or the disk is gone: there is nothing to copy
            return False

    def _start_last_backup(self) -> None:
        job = Job(self._back_up_at_end, self)
        job.done.connect(self._close)
        job.failed.connect(self._last_backup_failed)
        job.start()

    def _back_up_at_end(self) -> None:
        from acctdesk.services import keeping

        keeping.back_up_at_end(self.context.desk)

    @Slot(object)
    def _last_backup_failed(self, error: Exception) -> None:
        self.failed_at_end.emit(error)
        self._close()

    @Slot()
    def _close(self) -> None:
        if self._begun:
            self.context.desk.close()
        self.window.deleteLater()
        self.ended.emit()
