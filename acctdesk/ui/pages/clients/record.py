"""The chosen client: head, timeline and rail; on a narrow window the rail goes under a tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from acctdesk.i18n import msg
from acctdesk.services.clients import get_client
from acctdesk.services.credit import ClientCredit, client_credit
from acctdesk.services.rows import ClientCard
from acctdesk.ui.behind import when_seen
from acctdesk.ui.pages.clients.rail import Rail
from acctdesk.ui.pages.clients.record_header import RecordHeader
from acctdesk.ui.pages.clients.timeline_pane import TimelinePane
from acctdesk.ui.settings import splitter
from acctdesk.ui.widgets.states import StatePanel
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context
    from acctdesk.ui.pages.clients.book_profile import BookProfile

_SIZES = splitter("clients.record")
TIMELINE, RAIL = 388, 328  # the first widths
BOTH = 360 + 300 + 1  # narrower than this, one at a time
# A change in any of these can change the card of a client.
TABLES = (
    "clients", "contacts", "interactions", "documents", "receipts", "allocations", "settings"
)  # fmt: skip
CREDIT = (
    "clients", "documents", "receipts", "allocations", "disputes", "orders", "securities",
    "settings", "instalments",
)  # fmt: skip


class RecordPane(QFrame):
    """Everything about one client. ``client_wanted`` carries the id of another one to show."""

    client_wanted = Signal(object)
    lost = Signal()  # the client shown is no longer in the book

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setMinimumWidth(360)
        self.context = context
        self._profile = profile
        self._client: int | None = None
        self.card: ClientCard | None = None
        self.pages = QStackedWidget(self)
        whole = QWidget(self.pages)
        self.split = QSplitter(Qt.Orientation.Horizontal, whole)
        self.header = RecordHeader(context, whole)
        self.header.parent_wanted.connect(self.client_wanted)
        self.timeline = TimelinePane(context, profile.currency, self.split)
        self.rail = Rail(context, profile, self.split)
        self.rail.promises.ticked.connect(self.timeline.tick)
        self.tabs = QTabBar(whole)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.addTab("")
        self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._arrange)
        say(self.tabs, name=msg("Record", "Parts of the record"))
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(self.timeline)
        self.split.addWidget(self.rail)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        sizes: list[int] = context.settings.get(_SIZES)
        self.split.setSizes(sizes or [TIMELINE, RAIL])
        self.split.splitterMoved.connect(self._remember)
        self.nobody = StatePanel("user", self.pages)
        self.nobody.show_words(
            msg("Record", "No client is chosen"),
            msg("Record", "Timeline, facts and target of the client you choose are shown here."),
        )
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.tabs)
        column.addWidget(self.split, 1)
        self.pages.addWidget(self.nobody)
        self.pages.addWidget(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)
        bell().rung.connect(self._speak)
        self._speak()
        self._narrow: bool | None = None

    @property
    def client_id(self) -> int | None:
        """The client shown."""
        return self._client

    def show_client(self, client_id: int | None) -> None:
        """Show a client; None shows that nobody is chosen."""
        if client_id != self._client:
            self._client = client_id
            self.card = None
            self.pages.setCurrentIndex(0 if client_id is None else 1)
            self._credit_arrived(None)
            self._load_card()
            self._load_credit()
        self.timeline.show_client(client_id)
        self.rail.show_client(client_id)

    def reload(self) -> None:
        """Fetch everything of the client anew."""
        self._load_card()
        self._load_credit()
        self.timeline.load()
        self.rail.load()

    def refresh(self, changes: ChangeSet) -> None:
        """Fetch again what a change touches."""
        if self._client is None:
            return
        if changes.touches(*TABLES):
            self._load_card()
        if changes.touches(*CREDIT):
            self._load_credit()
        self.timeline.refresh(changes)
        self.rail.refresh(changes)

    def show_part(self, part: int) -> None:
        """Bring the timeline (0) or the rail (1) to the front, where only one is shown."""
        self.tabs.setCurrentIndex(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both panes or one of them."""
        super().resizeEvent(event)
        self._arrange()

    def _load_card(self) -> None:
        if self._client is None:
            return
        self.context.runner.ask(
            get_client,
            client_id=self._client,
            today=self.context.today(),
            key="record.card",
            on_done=self._card_arrived,
            on_error=self._gone,
        )

    def _card_arrived(self, card: ClientCard) -> None:
        self.card = card
        self.header.show_card(card)
        self.timeline.show_card(card)
        self.rail.show_card(card)

    def _load_credit(self) -> None:
        if self._client is not None:
            self.context.runner.ask(
                client_credit,
                client_id=self._client,
                as_of=self.context.today(),
                key="record.credit",
                on_done=self._credit_arrived,
                on_error=self._ignore,
            )

    def _credit_arrived(self, credit: ClientCredit | None) -> None:
        self.header.show_credit(credit, self._profile.currency())
        self.rail.key_facts.show_credit(credit)

    def _ignore(self, _error: Exception) -> None:
        """The card says that the client is gone, or that the book cannot be read."""

    def _gone(self, _error: Exception) -> None:
        """The client was trashed or undone away: nobody is chosen until the list says who."""
        self._client = None
        self.card = None
        self.pages.setCurrentIndex(0)
        self.timeline.show_client(None)
        self.rail.show_client(None)
        self.lost.emit()

    @Slot()
    def _arrange(self) -> None:
        narrow = self.width() < BOTH
        self.tabs.setVisible(narrow)
        part = self.tabs.currentIndex()
        self.timeline.setVisible(not narrow or part == 0)
        self.rail.setVisible(not narrow or part == 1)
        self._narrow = narrow

    @Slot()
    def _remember(self) -> None:
        if not self._narrow:
            self.context.settings.set(_SIZES, self.split.sizes())

    @Slot()
    @when_seen
    def _speak(self) -> None:
        self.tabs.setTabText(0, str(msg("Record", "Timeline")))
        self.tabs.setTabText(1, str(msg("Record", "Facts and target")))
