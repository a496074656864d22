"""The Receivables page: its tabs, the day they share, and what is done with the client at hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from acctdesk.i18n import msg
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.clients.book_profile import BookProfile
from acctdesk.ui.pages.page import Page
from acctdesk.ui.pages.receivables.panes import PANES, Pane, PaneSpec
from acctdesk.ui.pulse import Pulse
from acctdesk.ui.settings import Setting
from acctdesk.ui.widgets.basics import label, row
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.following_area import FollowingArea
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.widgets.when_field import PastWhenField
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context, Target

_TAB = Setting("receivables/tab", "")


class ReceivablesPage(Page):
    """What is owed, gross of VAT. A tab is made, and loaded, when it is first shown."""

    spec = registry.RECEIVABLES

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._loaded = False
        self._panes: dict[str, Pane] = {}
        self._stale: set[str] = set()  # tabs that are not as the book is, or as the day is
        self.profile = BookProfile(context, self._load_all, self)
        self.pulse = Pulse(context.clock, self)
        self.pulse.day_changed.connect(self._load_all)
        self._build()

    @property
    def as_of(self) -> dt.date:
        """The day that the tab at hand is shown as of."""
        typed = self.day.when() if self._spec(self.tabs.key).dated else None
        return self.context.today() if typed is None else typed.day

    @property
    def pane(self) -> Pane:
        """The tab at hand."""
        return self._panes[self.tabs.key]

    @property
    def client(self) -> tuple[int, str] | None:
        """The client at hand in the tab."""
        return self.pane.client

    def show_tab(self, key: str) -> Pane:
        """Bring a tab to the front and return it."""
        if self.tabs.key != key:
            self.tabs.choose(key)
        return self.pane

    # -- what the window asks

    def activated(self) -> None:
        """Load when shown for the first time."""
        if not self._loaded:
            self._loaded = True
            self.profile.load()

    def first_focus(self) -> None:
        """Begin in the tab."""
        self.pane.first_focus()

    def filter_focus(self) -> bool:
        """Put the cursor into the filter of the tab, where it has one."""
        return self.pane.filter_focus()

    def on_changed(self, changes: ChangeSet, initiator: object) -> None:
        """Fetch again what a change touches: now in front, when it is next shown behind."""
        if not self._loaded:
            return
        if changes.touches("settings"):
            self.profile.load()
        for key, pane in self._panes.items():
            if key == self.tabs.key and key not in self._stale:
                pane.on_changed(changes, self.as_of)
            elif changes.touches(*pane.tables):
                self._stale.add(key)

    def can(self, action: str) -> bool:
        """Ask the tab; a promise to pay and statements need no client at hand."""
        if action in {"record.payment_promise", "record.statement"}:
            return True
        return action in self.spec.handlers and self.pane.can(action)

    def open_target(self, target: Target) -> None:
        """Show a tab by its key, and a client on it."""
        self.activated()
        if any(one.key == target.text for one in PANES):
            self.show_tab(target.text)
        if target.client_id is not None:
            self.pane.choose_client(target.client_id)

    def print_document(self) -> QTextDocument | None:
        """Return the tab on paper."""
        return self.pane.print_document()

    # -- building

    def _build(self) -> None:
        self._sub = ElidedLabel(px=13, ink="muted")
        self.day = PastWhenField(self.context.today(), parent=self)
        self.day.setFixedWidth(210)
        self.day.field.editingFinished.connect(self._load_all)
        say(
            self.day.field,
            placeholder=msg("Receivables", "as of today"),
            name=msg("Receivables", "As of"),
            description=msg("Receivables", "Empty means today. For example: 31/12."),
        )
        self.tabs = Segments(
            [Choice(one.key, one.icon, one.title) for one in PANES],
            msg("Receivables", "Tabs"),
            parent=self,
        )
        self.tabs.setMaximumWidth(round(self.tabs.sizeHint().width() * 1.2))
        self.tabs.setVisible(len(PANES) > 1)
        self.stack = QStackedWidget(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 16, 0, 0)
        whole.setSpacing(12)
        head = QVBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.setSpacing(8)
        first = row(label(self.spec.title, "title"), spacing=12)
        first.addWidget(self._sub, 1)
        first.addWidget(self.day)
        head.addLayout(first)
        head.addLayout(row(self.tabs, None))
        whole.addLayout(head)
        whole.addWidget(self.stack, 1)
        kept = self.context.settings.get(_TAB)
        self.tabs.choose(kept if any(one.key == kept for one in PANES) else PANES[0].key)
        self._tab_chosen(self.tabs.key)
        self.tabs.chosen.connect(self._tab_chosen)

    def _make_pane(self, key: str) -> None:
        area = FollowingArea(self.stack)
        content = QWidget(area.viewport())
        content.setObjectName("content")
        inside = QVBoxLayout(content)
        inside.setContentsMargins(24, 0, 24, 16)
        pane = self._spec(key).pane_class()(self.context, self.profile, content)
        inside.addWidget(pane)
        area.setWidget(content)
        pane.said.connect(self.say_anew)
        pane.actions_changed.connect(self.actions_changed)
        self._panes[key] = pane
        self._stale.add(key)
        self.stack.addWidget(area)

    def _spec(self, key: str) -> PaneSpec:
        return next(one for one in PANES if one.key == key)

    # -- the tabs

    @Slot(str)
    def _tab_chosen(self, key: str) -> None:
        if key not in self._panes:
            self._make_pane(key)
        for other, pane in self._panes.items():
            pane.come_forward() if other == key else pane.step_back()
        self.stack.setCurrentIndex(list(self._panes).index(key))
        self.day.setVisible(self._spec(key).dated)
        self.context.settings.set(_TAB, key)
        if self._loaded and key in self._stale:
            self._load()
        self.say_anew()
        self.actions_changed.emit()

    @Slot()
    def _load_all(self) -> None:
        """The day, or the currency, is another: each tab is asked anew when it is shown."""
        if self._loaded:
            self._stale.update(self._panes)
            self._load()

    def _load(self) -> None:
        self._stale.discard(self.tabs.key)
        self.pane.load(self.as_of)

    def speak(self) -> None:
        """Say the line of the tab."""
        self._sub.setText(self.pane.sub_title)

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
