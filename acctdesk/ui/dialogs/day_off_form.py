"""Days off of one's own: from when, to when, what for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.services.days_off import DayOffRow, add_days_off, update_days_off
from acctdesk.ui.widgets.basics import LineEdit, column, label, labelled, row
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.when_field import WhenField
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class DayOffForm(CalmDialog):
    """Adds days off, or changes them."""

    topic = "settings"

    def __init__(
        self, context: Context, parent: QWidget | None, *, days: DayOffRow | None = None
    ) -> None:
        super().__init__(parent, msg("Days off", "Days off"), width=460)
        self.context = context
        self._days = days
        self.first = self._field(msg("Days off", "First day"))
        self.last = self._field(msg("Days off", "Last day"))
        self.name = LineEdit(self)
        self.name.setMaxLength(120)
        say(self.name, placeholder=msg("Days off", "e.g. Summer leave"))
        for text, field in (
            (msg("Days off", "First day"), self.first),
            (msg("Days off", "Last day (empty: the same)"), self.last),
        ):
            self.content.addLayout(column(label(text, "field"), field, spacing=4))
        self.content.addLayout(labelled(msg("Days off", "Name"), self.name))
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addLayout(row(self.trouble))
        self.add_button(msg("Days off", "Cancel")).clicked.connect(self.reject)
        save = self.add_button(msg("Days off", "Save"), look="primary", icon="check", default=True)
        save.clicked.connect(self.save)
        if days is not None:
            self.first.field.setText(formats.date(days.starts_on))
            self.last.field.setText(formats.date(days.ends_on))
            self.name.setText(days.name)
        self.first.field.setFocus()

    def _field(self, name: Message) -> WhenField:
        field = WhenField(self.context.today(), parent=self)
        say(field.field, name=name, placeholder=msg("Days off", "e.g. 3/8 or Fri"))
        return field

    @Slot()
    def save(self) -> None:
        """Store the days, or say what is missing."""
        first = self.first.when()
        last = self.last.when() if self.last.field.text().strip() else first
        for field, when in ((self.first, first), (self.last, last)):
            if when is None:
                field.set_invalid(invalid=True)
                self._complain(str(msg("Days off", "This day is not clear.")), field)
                return
        assert first is not None
        assert last is not None
        new = self._days is None
        command: Callable[..., int | None] = add_days_off
        if self._days is not None:
            command = partial(update_days_off, day_off_id=self._days.id)
        self.context.runner.submit(
            msg("Step", "New days off") if new else msg("Step", "Days off changed"),
            command,
            starts_on=first.day,
            ends_on=last.day,
            name=self.name.text(),
            initiator=self,
            on_done=self._stored,
            on_error=self._refused,
        )

    def _stored(self, _value: object) -> None:
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._complain(str(getattr(error, "message", error)), self.name)

    def _complain(self, text: str, field: QWidget) -> None:
        self.trouble.setText(text)
        self.trouble.show()
        field.setFocus()
