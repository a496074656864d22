"""Where a client stands: its group, who shares the credit for it, and whether it is active."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.services.case_rows import ShareSet
from acctdesk.services.clients import update_client
from acctdesk.services.rows import ClientCard
from acctdesk.services.shares import percent
from acctdesk.ui.behind import when_seen
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.pages.clients.fact_row import FactValue
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class GroupFacts(QWidget):
    """The last facts of the details: these are chosen, not typed."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._card: ClientCard | None = None
        self._read_only = False
        self._shares: ShareSet | None = None
        self.parent_client = FactValue(msg("Facts", "Group"), editable=True, parent=self)
        self.shares = FactValue(msg("Shares", "Credit shares"), editable=True, parent=self)
        self.shares.clicked.connect(self.choose_shares)
        self.active = QCheckBox(self)
        say(
            self.active,
            text=msg("Facts", "Active client"),
            description=msg("Facts", "An inactive client leaves the list; its figures stay."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.parent_client)
        column.addWidget(self.shares)
        column.addWidget(self.active)
        self.parent_client.clicked.connect(self.choose_group)
        self.active.clicked.connect(self._set_active)
        bell().rung.connect(self._speak)

    def show_card(self, card: ClientCard | None) -> None:
        """Show a client."""
        self._card = card
        self._speak()

    def set_read_only(self, read_only: bool) -> None:
        """Let the facts be chosen, or only read."""
        self._read_only = read_only
        self.parent_client.set_editable(not read_only)
        self.shares.set_editable(not read_only)
        self.active.setEnabled(not read_only)

    @Slot()
    def choose_group(self) -> None:
        """Ask which client the group is named after."""
        from acctdesk.ui.dialogs.group_form import GroupForm

        if self._card is not None and not self._read_only:
            GroupForm(self._context, self.window(), card=self._card).open()

    def show_shares(self, shares: ShareSet | None) -> None:
        """Show who takes which share of the credit today."""
        self._shares = shares
        self._speak()

    @Slot()
    def choose_shares(self) -> None:
        """Ask who takes which share of the credit."""
        from acctdesk.ui.dialogs.shares_form import SharesForm

        card = self._card
        if card is not None and not self._read_only:
            SharesForm(self._context, self.window(), client_id=card.id, name=card.name).open()

    @Slot(bool)
    def _set_active(self, active: bool) -> None:
        card = self._card
        if card is None:
            return
        self._context.runner.submit(
            msg("Step", "Change of a client"),
            update_client,
            client_id=card.id,
            active=active,
            initiator=self,
            on_done=self._made_active if active else self._made_inactive,
            on_error=self._refused,
        )

    def _made_active(self, _value: object) -> None:
        self._tell(msg("Facts", "The client is active again."))

    def _made_inactive(self, _value: object) -> None:
        self._tell(msg("Facts", "The client is inactive now and has left the list."))

    def _tell(self, text: Message) -> None:
        self._context.messages.say(text, action=ToastAction(msg("Toast", "Undo"), self._undo))

    def _undo(self) -> None:
        self._context.runner.undo(on_error=self._context.messages.fail)

    def _refused(self, error: Exception) -> None:
        self._context.messages.fail(error)
        self._speak()

    @Slot()
    @when_seen
    def _speak(self) -> None:
        card = self._card
        if card is None:
            return
        name = shown_name(card.parent_name, card.parent_id) or formats.UNKNOWN
        self.parent_client.show_value(name, ink="text" if card.parent_name else "muted")
        held = self._shares.shares if self._shares is not None else ()
        said = " · ".join(f"{one.who} {percent(one.share_bp)}" for one in held)
        self.shares.show_value(said or formats.UNKNOWN, ink="text" if held else "muted")
        self.active.setChecked(card.active)
