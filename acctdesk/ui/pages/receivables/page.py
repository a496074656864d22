"""The Receivables page: its tabs, the day they share, and what is done with the client at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.receivables.pane import Pane
from acctdesk.ui.pages.tabs import Tab, TabbedPage, TabSpec
from acctdesk.ui.settings import Setting
from acctdesk.ui.widgets.when_field import PastWhenField
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context, Target

PARTS = (
    TabSpec(
        "ageing", "chart-bar", msg("Receivables", "Ageing"), "receivables.ageing_pane:AgeingPane"
    ),
    TabSpec(
        "reminders",
        "send",
        msg("Receivables", "Reminders"),
        "receivables.reminders_pane:RemindersPane",
    ),
    TabSpec("cash", "coins", msg("Receivables", "Expected cash"), "receivables.cash_pane:CashPane"),
    TabSpec(
        "credit", "shield-check", msg("Receivables", "Credit"), "receivables.credit_pane:CreditPane"
    ),
)
_TAB = Setting("receivables/tab", "")


class ReceivablesPage(TabbedPage):
    """What is owed, gross of VAT; it begins with the tab that was left."""

    spec = registry.RECEIVABLES
    parts = PARTS

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.day = PastWhenField(context.today(), parent=self)
        self.day.setFixedWidth(210)
        self.day.field.editingFinished.connect(self._day_typed)
        say(
            self.day.field,
            placeholder=msg("Receivables", "as of today"),
            name=msg("Receivables", "As of"),
            description=msg("Receivables", "Empty means today. For example: 31/12."),
        )
        kept = context.settings.get(_TAB)
        self.tabs.choose(kept if any(one.key == kept for one in self.parts) else self.parts[0].key)

    @property
    def pane(self) -> Pane:
        """The tab in front."""
        tab = self.tab
        assert isinstance(tab, Pane)
        return tab

    @property
    def client(self) -> tuple[int, str] | None:
        """The client at hand in the tab."""
        return self.pane.client

    def tab_shown(self, tab: Tab) -> None:
        """Give the tab the day, where it shows any day, and remember it."""
        if self.pane.dated:
            tab.head.addWidget(self.day)
            self._day_typed()
        self.context.settings.set(_TAB, self.tabs.key)

    @Slot()
    def _day_typed(self) -> None:
        typed = self.day.when()
        self.pane.show_day(None if typed is None else typed.day)

    # -- what the window asks

    def can(self, action: str) -> bool:
        """Ask the tab; a promise to pay and statements need no client at hand."""
        if action in {"record.payment_promise", "record.statement"}:
            return True
        return action in self.spec.handlers and self.pane.can(action)

    def open_target(self, target: Target) -> None:
        """Show a tab by its key, and a client on it."""
        super().open_target(target)
        if target.client_id is not None:
            self.pane.choose_client(target.client_id)

    # -- hands

    @Slot()
    def new_interaction(self) -> None:
        """Open the capture dialog for the client at hand."""
        from acctdesk.ui.dialogs.capture import CaptureDialog

        client_id, name = self.pane.client or (None, "")
        CaptureDialog(self.context, self.window(), client_id=client_id, client_name=name).open()

    @Slot()
    def new_task(self) -> None:
        """Open the form for a task of the client at hand."""
        from acctdesk.ui.dialogs.task_form import TaskForm

        form = TaskForm(self.context, self.window())
        if self.pane.client is not None:
            form.client.take(*self.pane.client)
        form.open()

    @Slot()
    def open_credit(self) -> None:
        """Open the credit file of the client at hand."""
        from acctdesk.ui.dialogs.credit_file import CreditFileDialog

        if self.client is not None:
            CreditFileDialog(self.context, self.window(), client_id=self.client[0]).open()

    @Slot()
    def open_brief(self) -> None:
        """Show the brief of the client at hand."""
        from acctdesk.ui.dialogs.brief import BriefDialog

        if self.pane.client is not None:
            BriefDialog(self.context, self.window(), client_id=self.pane.client[0]).open()

    @Slot()
    def open_items(self) -> None:
        """Show the open items of the client at hand."""
        from acctdesk.ui.dialogs.open_items import OpenItemsDialog

        if self.pane.client is not None:
            OpenItemsDialog(self.context, self.window(), client=self.pane.client).open()

    @Slot()
    def new_payment_promise(self) -> None:
        """Open the form for a promise to pay of the client at hand."""
        from acctdesk.ui.dialogs.payment_promise_form import PaymentPromiseForm

        PaymentPromiseForm(self.context, self.window(), client=self.pane.client).open()

    @Slot()
    def open_interest(self) -> None:
        """Show the late interest of the client at hand."""
        from acctdesk.ui.dialogs.interest import InterestDialog

        if self.pane.client is not None:
            InterestDialog(self.context, self.window(), client=self.pane.client).open()

    @Slot()
    def open_statements(self) -> None:
        """Open statements of account: of the client at hand, its group, or of all who owe."""
        from acctdesk.ui.dialogs.statements import StatementsDialog

        StatementsDialog(self.context, self.window(), client=self.pane.client).open()
