"""What a page or a dialog is handed: the open book and the few things it may use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from acctdesk.ui.bus import ChangeBus
from acctdesk.ui.runner import BaseRunner
from acctdesk.ui.theme import Theme

if TYPE_CHECKING:
    from acctdesk.services.desk import Desk
    from acctdesk.ui.actions import Actions
    from acctdesk.ui.messages import Messages
    from acctdesk.ui.settings import Settings
    from acctdesk.ui.translation import Languages


@dataclass(frozen=True, slots=True)
class Target:
    """Where to go: a page, and the record to show on it.

    ``kind`` is client, contact, interaction or task (as in ``SearchHit``), dispute, disruption,
    request, key_date or target, or "" for none.
    """

    page: str
    kind: str = ""
    id: int | None = None
    client_id: int | None = None
    text: str = ""
    files: tuple[str, ...] = ()  # paths that were dropped on the window


class Navigator(QObject):
    """Asks the window to show something: ``requested`` carries a ``Target``."""

    requested = Signal(object)

    def go(self, page: str, *, text: str = "") -> None:
        """Show a page."""
        self.requested.emit(Target(page, text=text))

    def show_record(self, page: str, kind: str, record: int, client_id: int | None = None) -> None:
        """Show a record on a page; ``kind`` as in :class:`Target`."""
        self.requested.emit(Target(page, kind, record, client_id))

    def show_client(self, client_id: int) -> None:
        """Show the record of a client."""
        self.show_record("clients", "client", client_id, client_id)


@dataclass(slots=True)
class Context:
    """Everything of the program that a page may use; made once per book.

    The window is shown while the book is being opened: pages are made when it is open.
    """

    book: Path
    encrypted: bool
    runner: BaseRunner
    bus: ChangeBus
    theme: Theme
    settings: Settings
    actions: Actions
    messages: Messages
    navigator: Navigator
    clock: Callable[[], dt.datetime]  # aware, UTC
    languages: Languages

    @property
    def desk(self) -> Desk:
        """The open book; another one after it was locked and opened again."""
        return self.runner.desk

    def today(self) -> dt.date:
        """Return the officer's day: the clock's instant on this machine's calendar."""
        return self.clock().astimezone().date()
