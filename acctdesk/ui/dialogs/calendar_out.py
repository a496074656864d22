"""Open tasks for another calendar, as a file."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg, nmsg
from acctdesk.ui import settings as remembered
from acctdesk.ui.choosing import choose_place
from acctdesk.ui.widgets.basics import label, labelled
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.segments import Choice, Segments

if TYPE_CHECKING:
    from collections.abc import Callable

    from acctdesk.ui.context import Context
    from acctdesk.ui.runner import Progress

_PERIODS = (
    Choice("all", "calendar", msg("Calendar", "All")),
    Choice("30", "calendar-due", msg("Calendar", "Next 30 days")),
    Choice("90", "calendar-due", msg("Calendar", "Next 90 days")),
)


class CalendarOutDialog(CalmDialog):
    """Asks for the period and the place, writes the file, says how many tasks are in it."""

    topic = "mail"

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, msg("Calendar", "Tasks for another calendar"), width=520)
        self._context = context
        self.content.addWidget(
            label(
                msg(
                    "Calendar",
                    "Open tasks with a day become appointments of Outlook or another calendar. A"
                    " calendar that takes the file again updates the same entries.",
                ),
                wrap=True,
            )
        )
        self.period = Segments(_PERIODS, msg("Calendar", "Period"))
        self.period.choose("all")
        self.content.addLayout(labelled(msg("Calendar", "Period"), self.period))
        self.content.addWidget(
            label(
                msg(
                    "Calendar",
                    "The file is not protected: it holds names of clients, titles and notes.",
                ),
                "sub",
                wrap=True,
            )
        )
        self.add_button(msg("Calendar", "Cancel")).clicked.connect(self.reject)
        save = self.add_button(
            msg("Calendar", "Save…"), look="primary", icon="file-export", default=True
        )
        save.clicked.connect(self._choose)
        self.period.setFocus()

    @Slot()
    def _choose(self) -> None:
        name = f"{msg('Calendar', 'Tasks')}.ics"
        place = self._context.settings.folder() / name
        title, kinds = (
            msg("Calendar", "Save the calendar"),
            [f"{msg('Calendar', 'Calendar')} (*.ics)"],
        )
        choose_place(self, title, place, kinds, self._write)

    @Slot(str)
    def _write(self, file: str) -> None:
        from acctdesk.exchange.calendars import write_calendar

        context, path, key = self._context, Path(file), self.period.key
        today = context.today()
        start = None if key == "all" else today
        end = None if key == "all" else today + dt.timedelta(days=int(key))
        desk, name = context.desk, str(msg("Calendar", "Tasks"))

        def write(_progress: Progress, _cancelled: Callable[[], bool]) -> int:
            return desk.query(write_calendar, path=path, name=name, start=start, end=end)

        context.settings.set(remembered.LAST_FOLDER, str(path.parent))
        context.runner.long(
            msg("Calendar", "Writing the calendar"),
            write,
            on_done=partial(self._written, path.name),
            on_error=context.messages.fail,
        )

    def _written(self, name: str, count: int) -> None:
        self._context.messages.say(
            nmsg(
                "Calendar",
                "{n} task was saved as appointment: {name}",
                "{n} tasks were saved as appointments: {name}",
                count,
                name=name,
            )
        )
        self.accept()


def open_calendar_out(context: Context, parent: QWidget) -> CalendarOutDialog:
    """Open the dialog over a window."""
    dialog = CalendarOutDialog(context, parent)
    dialog.open()
    return dialog
