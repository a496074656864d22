"""Calendars on their way into the tasks: read, compared, shown, kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from acctdesk.exchange.arriving import arriving_calendars
from acctdesk.exchange.calendars import CalendarsRead
from acctdesk.i18n import msg, nmsg
from acctdesk.services.appointments import (
    Arrival,
    ArrivalRow,
    compare_appointments,
    store_appointments,
)
from acctdesk.ui.dialogs.calendar_in import CalendarInDialog
from acctdesk.ui.messages import ToastAction

if TYPE_CHECKING:
    from acctdesk.ui.context import Context
    from acctdesk.ui.runner import Progress

_DAYS = 365  # of a calendar, from today on


class CalendarIntake(QObject):
    """Takes calendar files; nothing is kept before the officer has seen what."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def take(self, paths: Sequence[Path]) -> None:
        """Read files and show what they would bring."""
        start = self._context.today()
        end = start + dt.timedelta(days=_DAYS)

        def read(_progress: Progress, _cancelled: Callable[[], bool]) -> CalendarsRead:
            return arriving_calendars(desk, paths, start=start, end=end)

        desk = self._context.desk
        self._context.runner.long(
            msg("Calendar", "Reading the calendar"),
            read,
            on_done=partial(self._read, start, end),
            on_error=self._context.messages.fail,
        )

    def _read(self, start: dt.date, end: dt.date, found: CalendarsRead) -> None:
        asked: dict[str, Any] = {
            "appointments": found.appointments,
            "uids": found.uids,
            "start": start,
            "end": end,
        }
        self._context.runner.ask(
            compare_appointments,
            on_done=partial(self._show, asked, found.left_out),
            on_error=self._context.messages.fail,
            **asked,
        )

    def _show(self, asked: dict[str, Any], left_out: int, rows: list[ArrivalRow]) -> None:
        if all(row.arrival is Arrival.KNOWN for row in rows):
            self._context.messages.say(
                msg("Calendar", "Nothing is new in this calendar. Nothing was changed.")
            )
            return
        dialog = CalendarInDialog(rows, left_out, self._window)
        dialog.accepted.connect(partial(self._keep, asked))
        dialog.open()

    def _keep(self, asked: dict[str, Any]) -> None:
        self._context.runner.submit(
            msg("Step", "Calendar taken in"),
            store_appointments,
            on_done=self._kept,
            on_error=self._context.messages.fail,
            **asked,
        )

    def _kept(self, counts: dict[Arrival, int]) -> None:
        changed = sum(count for one, count in counts.items() if one is not Arrival.KNOWN)
        self._context.messages.say(
            nmsg(
                "Calendar",
                "{n} appointment was taken in.",
                "{n} appointments were taken in.",
                changed,
            ),
            action=ToastAction(msg("Toast", "Undo"), self._undo),
        )

    def _undo(self) -> None:
        self._context.runner.undo(on_error=self._context.messages.fail)
