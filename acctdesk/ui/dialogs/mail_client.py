"""Whose is this e-mail? Asked where the addresses do not say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import Button, label, labelled
from acctdesk.ui.widgets.client_picker import ClientPicker
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.exchange.mail import Mail
    from acctdesk.services.mail import Correspondent
    from acctdesk.ui.context import Context

_MOST = 4  # clients offered at once


class MailClientDialog(CalmDialog):
    """Shows what an e-mail is and asks for its client; left, nothing is changed.

    ``kept`` carries (client id, name) and whether the address is to be remembered.
    """

    topic = "mail"
    kept = Signal(object, bool)

    def __init__(
        self, context: Context, parent: QWidget, mail: Mail, fitting: Sequence[Correspondent]
    ) -> None:
        super().__init__(parent, msg("Mail", "Whose is this e-mail?"), width=520)
        self.content.addWidget(label(_why(mail, fitting), wrap=True))
        self.content.addWidget(label(_facts(mail), "sub", wrap=True))
        self.picker = ClientPicker(context, self)
        self.offers: list[Button] = []
        for one in {one.client_id: one for one in fitting}.values():
            if len(self.offers) < _MOST:
                offer = Button(shown_name(one.client_name, one.client_id), icon="building")
                offer.clicked.connect(partial(self.picker.take, one.client_id, one.client_name))
                self.content.addWidget(offer)
                self.offers.append(offer)
        self.content.addLayout(labelled(msg("Mail", "Client"), self.picker))
        self.remember = QCheckBox(self)
        say(self.remember, text=msg("Mail", "From now on the sender is a contact of this client"))
        self.remember.setVisible(mail.sender is not None and not fitting)
        self.content.addWidget(self.remember)
        self.add_button(msg("Mail", "Do not keep it")).clicked.connect(self.reject)
        self.keep = self.add_button(msg("Mail", "Keep"), look="primary", icon="check", default=True)
        self.keep.setEnabled(False)
        self.keep.clicked.connect(self._keep)
        self.picker.chosen.connect(self._chosen)
        (self.offers[0] if self.offers else self.picker.field).setFocus()

    @Slot(object)
    def _chosen(self, client_id: int | None) -> None:
        self.keep.setEnabled(client_id is not None)

    @Slot()
    def _keep(self) -> None:
        if self.picker.client_id is not None:
            client = (self.picker.client_id, self.picker.client_name)
            self.kept.emit(client, self.remember.isChecked())
            self.accept()


def _why(mail: Mail, fitting: Sequence[Correspondent]) -> Message:
    if fitting:
        return msg(
            "Mail", "Several clients have this address. Choose one; until then nothing is kept."
        )
    if mail.sender is None:
        return msg("Mail", "It does not say who wrote it. Choose a client, or do not keep it.")
    return msg(
        "Mail",
        "Nobody in the book has the address {address}. Choose a client, or do not keep it: then"
        " nothing changes.",
        address=mail.sender.address,
    )


def _facts(mail: Mail) -> str:
    lines = [mail.subject] if mail.subject else []
    if mail.sender is not None and mail.sender.name:
        lines.append(mail.sender.name)
    if mail.sent_at is not None:
        local = mail.sent_at.astimezone()
        lines.append(f"{formats.date(local.date())}, {formats.time(mail.sent_at)}")
    lines += [f"{file.name} · {formats.file_size(len(file.data))}" for file in mail.files[:3]]
    return "\n".join(lines)
