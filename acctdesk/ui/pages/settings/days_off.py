"""The officer's own days off: a line for each, and ways to add, change and remove them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from acctdesk import formats, periods
from acctdesk.i18n import msg
from acctdesk.services.days_off import DayOffRow, remove_days_off
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.dialogs.day_off_form import DayOffForm
from acctdesk.ui.pages.settings.control import Control, Facts, Prose
from acctdesk.ui.widgets.basics import Button, icon_button, label, row
from acctdesk.ui.widgets.elided import ElidedLabel

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


def span_words(days: DayOffRow) -> str:
    """Return when days off are: ``3/8/2026 – 14/8/2026``, or the one day."""
    first, last = formats.date(days.starts_on), formats.date(days.ends_on)
    return first if days.starts_on == days.ends_on else f"{first} – {last}"


class DayOffLine(QWidget):
    """One line of days off."""

    def __init__(self, days: DayOffRow, control: DaysOffControl) -> None:
        super().__init__(control)
        self.days = days
        self._control = control
        edit = icon_button("pencil", msg("Days off", "Change {name}", name=days.name))
        edit.clicked.connect(self._edit)
        remove = icon_button("trash", msg("Days off", "Remove {name}", name=days.name))
        remove.clicked.connect(self._remove)
        name = ElidedLabel(parent=self)
        name.setText(days.name)
        line = row(name, label(span_words(days), "caption"), edit, remove)
        line.setStretch(0, 1)
        self.setLayout(line)

    @Slot()
    def _edit(self) -> None:
        self._control.edit(self.days)

    @Slot()
    def _remove(self) -> None:
        self._control.remove(self.days)


class DaysOffControl(Control):
    """All days off from last year on, the latest first."""

    WIDE = True

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._deeds = Deeds(context, self)
        self._shown: tuple[DayOffRow, ...] | None = None
        self.none = Prose(msg("Days off", "None are written down."))
        self.lines: list[DayOffLine] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.add = Button(msg("Days off", "Add days off…"), look="small", icon="plus")
        self.add.clicked.connect(self.new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.none)
        column.addLayout(self._list)
        column.addWidget(self.add)
        self.setFocusProxy(self.add)

    def show_facts(self, facts: Facts) -> None:
        """Show what is written down."""
        since = periods.year_earlier(self.context.today()) - dt.timedelta(days=1)
        held = facts.days_off
        shown = None if held is None else tuple(one for one in held if one.ends_on > since)
        if shown is None or shown == self._shown:
            return
        self._shown = shown
        for line in self.lines:
            self._list.removeWidget(line)
            line.deleteLater()
            line.hide()
        self.lines = [DayOffLine(one, self) for one in shown]
        for line in self.lines:
            self._list.addWidget(line)
        self.none.setVisible(not self.lines)

    @Slot()
    def new(self) -> None:
        """Ask for days off."""
        DayOffForm(self.context, self.window()).open()

    def edit(self, days: DayOffRow) -> None:
        """Ask for other days or another name."""
        DayOffForm(self.context, self.window(), days=days).open()

    def remove(self, days: DayOffRow) -> None:
        """Make them ordinary days again; Undo is in the toast."""
        self._deeds.do(
            msg("Step", "Days off removed"),
            remove_days_off,
            msg("Days off", "The days off were removed."),
            day_off_id=days.id,
        )
