"""What the client list asks of the book, and in which order: first what is seen, then all of it."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from acctdesk.services.clients import client_rows
from acctdesk.services.lists import (
    ClientQuery,
    client_counts,
    client_ids,
    client_totals,
    is_walk,
)
from acctdesk.ui.itemmodels.clients import PAGE

if TYPE_CHECKING:
    from acctdesk.services.rows import ClientRow
    from acctdesk.ui.context import Context


class ListLoader(QObject):
    """Asks the questions of a list; a newer one makes the answers of the one before worthless."""

    window_arrived = Signal(object, object)  # the first ids and their rows; all of them follow
    ids_arrived = Signal(object)
    totals_arrived = Signal(object)
    counts_arrived = Signal(object)
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._query = ClientQuery()

    def load(self, query: ClientQuery, *, shown: bool) -> None:
        """Ask anew; where nothing is ``shown`` yet, first for the rows that will be seen."""
        self._query = query
        self._context.runner.forget("clients.window")
        if shown or not is_walk(query):
            self._ask_all()
        else:
            self._ask_ids(PAGE)

    def _today(self) -> dt.date:
        return self._context.today()

    def _ask_ids(self, first: int | None) -> None:
        self._context.runner.ask(
            client_ids,
            query=self._query,
            today=self._today(),
            first=first,
            key="clients.ids",
            on_done=self.ids_arrived.emit if first is None else self._window_found,
            on_error=self._fail,
        )

    def _window_found(self, ids: list[int]) -> None:
        if len(ids) < PAGE:  # that is all of them
            self.ids_arrived.emit(ids)
            self._ask_sums()
            return
        self._context.runner.ask(
            client_rows,
            ids=ids,
            today=self._today(),
            key="clients.window",
            on_done=partial(self._window_read, ids),
            on_error=self._fail,
        )

    def _window_read(self, ids: list[int], rows: dict[int, ClientRow]) -> None:
        self.window_arrived.emit(ids, rows)
        self._ask_all()

    def _ask_all(self) -> None:
        self._ask_ids(None)
        self._ask_sums()

    def _ask_sums(self) -> None:
        ask = self._context.runner.ask
        ask(
            client_totals,
            query=self._query,
            today=self._today(),
            key="clients.totals",
            on_done=self.totals_arrived.emit,
            on_error=self._ignore,
        )
        ask(
            client_counts,
            today=self._today(),
            key="clients.counts",
            on_done=self.counts_arrived.emit,
            on_error=self._ignore,
        )

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)

    def _ignore(self, _error: Exception) -> None:
        """The list itself shows the failure."""
