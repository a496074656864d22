"""The head of a client's record: name, category, who and where, telephone and e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg, tr
from acctdesk.services.rows import ClientCard
from acctdesk.ui.widgets.basics import Button, icon_button, row
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

HEIGHT = 84


class RecordHeader(QFrame):
    """84 px over timeline and rail; ``parent_wanted`` asks to go to the head of the group."""

    parent_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setFixedHeight(HEIGHT)
        self._context = context
        self._card: ClientCard | None = None
        self.name = ElidedLabel(px=24, weight=600)
        self.segment = Chip(parent=self)
        self.state = Chip(kind="warning", parent=self)
        self.line = ElidedLabel(px=12, ink="muted")
        self.phone = icon_button("phone", msg("Record", "Copy the telephone"), quiet=False)
        self.mail = icon_button("mail", msg("Record", "Copy the e-mail address"), quiet=False)
        self.group = Button(msg("Record", "Group"), icon="users")
        self.phone.clicked.connect(self._copy_phone)
        self.mail.clicked.connect(self._copy_mail)
        self.group.clicked.connect(self._go_to_parent)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.setContentsMargins(0, 0, 0, 0)
        words.addStretch(1)
        words.addLayout(row(self.name, 4, self.segment, self.state, None, spacing=6))
        words.addWidget(self.line)
        words.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(20, 0, 16, 0)
        whole.setSpacing(8)
        whole.addLayout(words, 1)
        for button in (self.phone, self.mail, self.group):
            whole.addWidget(button)
        bell().rung.connect(self._speak)
        self.show_card(None)

    def show_card(self, card: ClientCard | None) -> None:
        """Show a client; None shows nothing."""
        self._card = card
        for one in (self.phone, self.mail, self.segment, self.state, self.group):
            one.setVisible(False)
        self._speak()

    @Slot()
    def _speak(self) -> None:
        card = self._card
        if card is None:
            self.name.setText("")
            self.line.setText("")
            return
        self.name.setText(card.name)
        parts = []
        if card.vat_id:
            parts.append(tr("Record", "VAT no. {number}", number=card.vat_id))
        elif card.vat_id_raw:
            parts.append(tr("Record", "VAT no. {number} (not valid)", number=card.vat_id_raw))
        parts += [part for part in (card.city, card.activity) if part]
        if card.parent_name:
            parts.append(
                tr("Record", "Group: {name} ({n})", name=card.parent_name, n=card.group_size)
            )
        elif card.group_size > 1:
            parts.append(tr("Record", "Head of a group ({n})", n=card.group_size))
        self.line.setText(" · ".join(parts))
        if card.segment:
            self.segment.set_status(msg("Record", "Category {one}", one=card.segment), "accent")
        self.segment.setVisible(bool(card.segment))
        state = _state(card)
        if state is not None:
            self.state.set_status(state, "warning", "alert-triangle")
        self.state.setVisible(state is not None)
        number = card.phone or card.mobile
        self.phone.setVisible(bool(number))
        self.mail.setVisible(bool(card.email))
        if number:
            say(self.phone, tip=msg("Record", "Copy {value}", value=number))
        if card.email:
            say(self.mail, tip=msg("Record", "Copy {value}", value=card.email))
        self.group.setVisible(card.parent_id is not None)

    @Slot()
    def _copy_phone(self) -> None:
        if self._card is not None:
            self._copy(self._card.phone or self._card.mobile)

    @Slot()
    def _copy_mail(self) -> None:
        if self._card is not None:
            self._copy(self._card.email)

    def _copy(self, value: str | None) -> None:
        if value:
            QGuiApplication.clipboard().setText(value)
            self._context.messages.say(msg("Record", "Copied: {value}", value=value))

    @Slot()
    def _go_to_parent(self) -> None:
        if self._card is not None and self._card.parent_id is not None:
            self.parent_wanted.emit(self._card.parent_id)


def _state(card: ClientCard) -> Message | None:
    if not card.active:
        return msg("Record", "Inactive")
    limit = card.credit_limit_minor
    if limit is None or limit <= 0:
        return None
    if card.balance_minor > limit:
        return msg("Record", "Over the credit limit")
    if card.balance_minor >= limit * 0.95:
        return msg("Record", "At the credit limit")
    return None
