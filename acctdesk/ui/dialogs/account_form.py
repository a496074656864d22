"""A bank account of a client, typed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.services.accounts import add_account
from acctdesk.ui.dialogs.record_form import RecordForm
from acctdesk.ui.widgets.basics import LineEdit, label, labelled

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class AccountForm(RecordForm):
    """Adds a bank account to a client."""

    topic = "client"

    def __init__(self, context: Context, parent: QWidget | None, *, client_id: int) -> None:
        super().__init__(context, parent, msg("Account", "New bank account"), width=480)
        self._client_id = client_id
        self.iban = LineEdit(self)
        self.iban.setMaxLength(60)
        self.content.addLayout(labelled(msg("Account", "IBAN"), self.iban))
        told = msg("Account", "Payments that come from it are proposed as this client's.")
        self.content.addWidget(label(told, "caption", wrap=True))
        self.finish()
        self.iban.setFocus()

    def store(self) -> None:
        """Store what was typed."""
        self.send(
            msg("Step", "New bank account"),
            add_account,
            client_id=self._client_id,
            iban=self.iban.text(),
        )

    def refused(self, error: Exception) -> None:
        """Say why nothing was stored, and go back to what was typed."""
        super().refused(error)
        self.iban.setFocus()
        self.iban.selectAll()
