"""Which client group a client belongs to: the client that stands over it, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg, tr
from acctdesk.services.clients import update_client
from acctdesk.services.rows import ClientCard
from acctdesk.ui.widgets.basics import column, label
from acctdesk.ui.widgets.client_picker import ClientPicker
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class GroupForm(CalmDialog):
    """Puts a client under another one, or lets it stand alone."""

    topic = "client"

    def __init__(self, context: Context, parent: QWidget | None, *, card: ClientCard) -> None:
        super().__init__(parent, msg("Group", "Client group"), width=480)
        self.context = context
        self._client_id = card.id
        self.picker = ClientPicker(context, self)
        say(self.picker.field, name=msg("Group", "Head of the group"))
        self.content.addWidget(label(card.name, "sub", wrap=True))
        self.content.addLayout(
            column(label(msg("Group", "Head of the group"), "field"), self.picker, spacing=4)
        )
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.trouble)
        self.content.addStretch(1)
        self.alone = self.add_button(msg("Group", "No group"))
        self.alone.clicked.connect(self.leave)
        self.alone.setVisible(card.parent_id is not None)
        self.add_button(msg("Group", "Cancel")).clicked.connect(self.reject)
        save = self.add_button(msg("Group", "Save"), look="primary", icon="check", default=True)
        save.clicked.connect(self.save)
        if card.parent_id is not None:
            self.picker.take(card.parent_id, card.parent_name or "")
        self.picker.field.setFocus()
        self.picker.field.selectAll()

    @Slot()
    def save(self) -> None:
        """Put the client under the one chosen."""
        if self.picker.client_id is None:
            self._complain(tr("Group", "Choose the client that the group is named after."))
            self.picker.field.setFocus()
            return
        self._store(self.picker.client_id)

    @Slot()
    def leave(self) -> None:
        """Let the client stand alone."""
        self._store(None)

    def _store(self, parent_id: int | None) -> None:
        self.context.runner.submit(
            msg("Step", "Change of a client"),
            update_client,
            client_id=self._client_id,
            parent_id=parent_id,
            initiator=self,
            on_done=self._stored,
            on_error=self._refused,
        )

    def _stored(self, _value: object) -> None:
        self.context.messages.say(msg("Group", "The client group was saved."))
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._complain(str(error))

    def _complain(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()
