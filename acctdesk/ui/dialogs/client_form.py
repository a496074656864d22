"""A new client: the few fields that begin a record; the rest is typed into its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from acctdesk.i18n import Message, msg, tr
from acctdesk.services.clients import client_rows, create_client
from acctdesk.services.lists import ClientQuery, client_ids
from acctdesk.services.rows import ClientRow
from acctdesk.text import clean, read_vat_id, valid_email
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.widgets.basics import Button, LineEdit, column, label, mark_invalid, row
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_FIELDS: tuple[tuple[str, Message], ...] = (
    ("name", msg("Client", "Name")),
    ("vat_id", msg("Client", "VAT number")),
    ("code", msg("Client", "Code")),
    ("city", msg("Client", "City")),
    ("phone", msg("Client", "Telephone")),
    ("email", msg("Client", "E-mail")),
)


class ClientForm(CalmDialog):
    """``made`` carries the new client's id; ``existing_wanted`` that of one that is there."""

    topic = "clients"
    made = Signal(object)
    existing_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(parent, msg("Client", "New client"), width=560)
        self.context = context
        self._other: ClientRow | None = None
        self.fields: dict[str, LineEdit] = {}
        self.reasons: dict[str, Any] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for place, (key, text) in enumerate(_FIELDS):
            field = LineEdit(self)
            field.setMaxLength(300)
            reason = label("", "danger", wrap=True)
            reason.hide()
            head = label(text, "field")
            head.setBuddy(field)
            say(field, name=text)
            cell = column(head, field, reason, None, spacing=4)
            if place == 0:
                grid.addLayout(cell, 0, 0, 1, 2)
            else:
                grid.addLayout(cell, (place + 1) // 2, (place + 1) % 2)
            self.fields[key], self.reasons[key] = field, reason
            field.textEdited.connect(self._forget)
        self.content.addLayout(grid)
        self.open_other = Button(msg("Client", "Open that client"), look="small")
        self.open_other.hide()
        self.open_other.clicked.connect(self._open_other)
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addLayout(row(self.trouble, self.open_other, spacing=12))
        self.content.addStretch(1)
        self.add_button(msg("Client", "Cancel")).clicked.connect(self.reject)
        save = self.add_button(
            msg("Client", "Create client"), look="primary", icon="check", default=True
        )
        save.clicked.connect(self.save)
        self.fields["vat_id"].editingFinished.connect(self._check_vat_id)
        self.fields["email"].editingFinished.connect(self._check_email)
        self.fields["name"].setFocus()

    @Slot()
    def save(self) -> None:
        """Create the client, or say what stands against it."""
        if not clean(self.fields["name"].text()):
            self._complain("name", tr("Client", "A client needs a name."))
            self.fields["name"].setFocus()
            return
        values = {key: clean(field.text()) or None for key, field in self.fields.items()}
        self.context.runner.submit(
            msg("Step", "New client"),
            create_client,
            initiator=self,
            on_done=self._created,
            on_error=self._refused,
            **values,
        )

    def _created(self, client_id: int) -> None:
        self.context.messages.say(
            msg("Client", "The client was created."),
            action=ToastAction(msg("Toast", "Undo"), _Undo(self.context).run),
        )
        self.made.emit(client_id)
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.trouble.setText(str(error))
        self.trouble.show()

    # -- while typing

    @Slot()
    def _check_vat_id(self) -> None:
        typed = clean(self.fields["vat_id"].text())
        if not typed:
            return
        reading = read_vat_id(typed)
        if reading.value is None:
            self._complain(
                "vat_id",
                tr("Client", "This number is not valid: look at its digits once more."),
            )
            return
        self.context.runner.ask(
            client_ids,
            query=ClientQuery(text=reading.value, active_only=False),
            today=self.context.today(),
            key="client_form.ids",
            on_done=self._ids_found,
            on_error=self._ignore,
        )

    def _ids_found(self, ids: list[int]) -> None:
        self.context.runner.ask(
            client_rows,
            ids=ids[:5],
            today=self.context.today(),
            key="client_form.rows",
            on_done=self._rows_found,
            on_error=self._ignore,
        )

    def _rows_found(self, rows: dict[int, ClientRow]) -> None:
        value = read_vat_id(clean(self.fields["vat_id"].text())).value
        self._other = next((row for row in rows.values() if value and row.vat_id == value), None)
        if self._other is not None:
            self._complain(
                "vat_id", tr("Client", "This number belongs to: {name}", name=self._other.name)
            )
            self.open_other.show()

    @Slot()
    def _check_email(self) -> None:
        typed = clean(self.fields["email"].text())
        if typed and not valid_email(typed):
            self._complain("email", tr("Client", "This is not an e-mail address."))

    @Slot()
    def _forget(self) -> None:
        field = self.sender()
        for key, one in self.fields.items():
            if one is field:
                mark_invalid(one, invalid=False)
                self.reasons[key].hide()
                if key == "vat_id":
                    self._other = None
                    self.open_other.hide()
        self.trouble.hide()

    @Slot()
    def _open_other(self) -> None:
        if self._other is not None:
            self.existing_wanted.emit(self._other.id)
            self.reject()

    def _ignore(self, _error: Exception) -> None:
        """The command itself refuses a number that is taken."""

    def _complain(self, key: str, reason: str) -> None:
        mark_invalid(self.fields[key], invalid=True)
        self.reasons[key].setText(reason)
        self.reasons[key].show()
        self.fields[key].setAccessibleDescription(reason)


class _Undo:
    """Undoes the newest step; lives as long as the toast that offers it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def run(self) -> None:
        """Take the step back."""
        self._context.runner.undo(on_error=self._context.messages.fail)
