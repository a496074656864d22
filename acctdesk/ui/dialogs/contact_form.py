"""A contact: who, what they do, how to reach them, whether they decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from acctdesk.errors import ConflictError
from acctdesk.i18n import Message, msg, tr
from acctdesk.services.contacts import create_contact, update_contact
from acctdesk.services.rows import ContactRow
from acctdesk.text import clean
from acctdesk.ui.widgets.basics import LineEdit, label, labelled
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

_FIELDS: tuple[tuple[str, Message], ...] = (
    ("name", msg("Contact", "Name")),
    ("role", msg("Contact", "Position")),
    ("department", msg("Contact", "Department")),
    ("phone", msg("Contact", "Telephone")),
    ("mobile", msg("Contact", "Mobile")),
    ("email", msg("Contact", "E-mail")),
)


class ContactForm(CalmDialog):
    """Adds a contact to a client, or corrects one."""

    topic = "client"

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        client_id: int,
        contact: ContactRow | None = None,
    ) -> None:
        title = msg("Contact", "New contact") if contact is None else msg("Contact", "Contact")
        super().__init__(parent, title, width=520)
        self.context = context
        self._client_id = client_id
        self._contact = contact
        self._version = None if contact is None else contact.version
        self.fields: dict[str, LineEdit] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for place, (key, text) in enumerate(_FIELDS):
            field = LineEdit(self)
            field.setMaxLength(200)
            if contact is not None:
                field.setText(getattr(contact, key) or "")
            self.fields[key] = field
            grid.addLayout(labelled(text, field), place // 2, place % 2)
        self.content.addLayout(grid)
        self.decides = QCheckBox(self)
        say(self.decides, text=msg("Contact", "Decides on our offers"))
        self.decides.setChecked(contact is not None and contact.decides)
        self.content.addWidget(self.decides)
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.trouble)
        self.content.addStretch(1)
        self.add_button(msg("Contact", "Cancel")).clicked.connect(self.reject)
        save = self.add_button(msg("Contact", "Save"), look="primary", icon="check", default=True)
        save.clicked.connect(self.save)
        self.fields["name"].setFocus()

    @Slot()
    def save(self) -> None:
        """Store the contact, or say what stands against it."""
        values: dict[str, Any] = {key: clean(one.text()) for key, one in self.fields.items()}
        values["decides"] = self.decides.isChecked()
        if self._contact is None:
            self.context.runner.submit(
                msg("Step", "New contact"),
                create_contact,
                client_id=self._client_id,
                initiator=self,
                on_done=self._stored,
                on_error=self._refused,
                **values,
            )
            return
        changed = {
            key: value
            for key, value in values.items()
            if (getattr(self._contact, key) or "") != (value or "")
        }
        if not changed:
            self.accept()
            return
        self.context.runner.submit(
            msg("Step", "Change of a contact"),
            update_contact,
            contact_id=self._contact.id,
            expected_version=self._version,
            initiator=self,
            on_done=self._stored,
            on_error=self._refused,
            **changed,
        )

    def _stored(self, _value: object) -> None:
        self.context.messages.say(msg("Contact", "The contact was saved."))
        self.accept()

    def _refused(self, error: Exception) -> None:
        text = str(error)
        if isinstance(error, ConflictError):
            theirs = ", ".join(str(value) for value in error.stored.values() if value)
            text = tr(
                "Contact",
                "Meanwhile this contact changed to: {values}. Save again to keep yours.",
                values=theirs,
            )
            self._version = error.version
        self.trouble.setText(text)
        self.trouble.show()
