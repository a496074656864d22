"""The ground of the forms of a record: what is typed is read, stored, or refused in a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from acctdesk import formats
from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg
from acctdesk.text import When
from acctdesk.ui.widgets.basics import column, label
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.when_field import PastWhenField, WhenField
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class RecordForm(CalmDialog):
    """Fill ``content``, call ``finish`` and write ``store``; ``stored`` carries the value."""

    stored = Signal(object)

    def __init__(
        self, context: Context, parent: QWidget | None, title: Message, *, width: int = 520
    ) -> None:
        super().__init__(parent, title, width=width)
        self.context = context
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()

    def finish(self, text: Message | None = None) -> None:
        """Add the buttons, and the place where a refusal is said."""
        self.content.addWidget(self.trouble)
        self.content.addStretch(1)
        self.add_button(msg("Form", "Cancel")).clicked.connect(self.reject)
        save = self.add_button(
            text or msg("Form", "Save"), look="primary", icon="check", default=True
        )
        save.clicked.connect(self.save)

    def store(self) -> None:
        """Read the fields and ``send`` them.

        Raises:
            UserError: something is missing or not clear.
        """
        raise NotImplementedError

    @Slot()
    def save(self) -> None:
        """Store what was typed, or say what stands against it."""
        try:
            self.store()
        except UserError as error:
            self.refused(error)

    def send(self, step: Message, command: Callable[..., Any], **args: Any) -> None:
        """Run a command; the form closes when it is done."""
        self.context.runner.submit(
            step, command, initiator=self, on_done=self._done, on_error=self.refused, **args
        )

    def refused(self, error: Exception) -> None:
        """Say why nothing was stored."""
        self.trouble.setText(str(error))
        self.trouble.show()

    def _done(self, value: object) -> None:
        self.stored.emit(value)
        self.accept()

    # -- fields

    def day_field(
        self, name: Message, day: dt.date | None = None, *, past: bool = False
    ) -> WhenField:
        """Add a field for a day under its name and return it; ``past``: it has been."""
        made = (PastWhenField if past else WhenField)(self.context.today(), parent=self)
        if day is not None:
            made.field.setText(formats.date(day))
        say(
            made.field,
            name=name,
            placeholder=msg("Form", "Tue, 15/3, +3d"),
            description=msg("Form", "A day as you say it; the chip shows how it was read."),
        )
        return made

    def text_field(
        self, name: Message, text: str | None = None, height: int = 72
    ) -> QPlainTextEdit:
        """Make a field for a longer text."""
        made = QPlainTextEdit(self)
        made.setFixedHeight(height)
        made.setTabChangesFocus(True)
        made.setPlainText(text or "")
        say(made, name=name)
        return made

    def under(self, name: Message, field: QWidget) -> None:
        """Put a field under its label."""
        self.content.addLayout(named(name, field))


def named(name: Message, field: QWidget) -> Any:
    """Return a field under its label, which is not its buddy: the field is several widgets."""
    return column(label(name, "field"), field, spacing=4)


def read_when(field: WhenField) -> When | None:
    """Return the day typed, None for none.

    Raises:
        UserError: what is typed is no day.
    """
    if not field.understood():
        field.set_invalid(invalid=True)
        field.setFocus()
        raise UserError(msg("Form", "This day is not clear."))
    return field.when()


def read_day(field: WhenField) -> dt.date | None:
    """Return the calendar day typed, None for none; raises as :func:`read_when`."""
    when = read_when(field)
    return None if when is None else when.day
