"""The middle pane: the capture line, what narrows the timeline, and the client's timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.kinds import PromiseBy, PromiseState, TimelineKind
from acctdesk.services.contacts import contacts_of
from acctdesk.services.interactions import (
    PromiseInput,
    log_interaction,
    pin_interaction,
    set_promise_state,
    trash_interaction,
)
from acctdesk.services.payment_promises import PaymentPromiseRow, payment_promises
from acctdesk.services.rows import ClientCard, NeedRow, PaymentNote, PromiseRow, TimelineItem
from acctdesk.services.timeline import timeline, timeline_counts
from acctdesk.services.visit_reports import REPORTED
from acctdesk.ui.client_files import ClientFiles
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.itemmodels.timeline import TimelineModel
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.pages.clients.capture_line import CaptureLine
from acctdesk.ui.pages.clients.timeline_tools import TimelineTools
from acctdesk.ui.pages.clients.timeline_view import TimelineView
from acctdesk.ui.quick_line import QuickLine
from acctdesk.ui.widgets.basics import row
from acctdesk.ui.widgets.states import StatePanel, what_to_do
from acctdesk.ui.words import bell

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context

PAGE = 100
_MOST_PINNED = 50
TABLES = (
    "interactions", "promises", "needs", "visit_reports", "attachments", "contacts", "disputes",
    "documents", "receipts", "allocations", "satisfactions", "reminders", "reminded_documents",
    "payment_promises", "promised_documents",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Head:
    """The beginning of a timeline: what is pinned, and the newest lines below."""

    pinned: list[TimelineItem]
    items: list[TimelineItem]


def _head(session: Session, *, limit: int, pinned: bool | None, **asked: Any) -> _Head:
    items = timeline(session, pinned=pinned, limit=limit, **asked)
    if pinned is None:
        return _Head([], items)
    return _Head(timeline(session, pinned=True, limit=_MOST_PINNED, **asked), items)


class TimelinePane(QFrame):
    """One client's timeline. ``open_wanted`` carries an interaction's id; None is a new one."""

    open_wanted = Signal(object)
    answer_wanted = Signal(object)  # SatisfactionRow
    payment_wanted = Signal(object)  # PaymentPromiseRow
    dispute_wanted = Signal(object)  # TimelineItem: what it is about

    def __init__(self, context: Context, currency: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setMinimumWidth(360)
        self.context = context
        self._currency = currency
        self._client: int | None = None
        self._half_typed: dict[int, str] = {}
        self.files = ClientFiles(context, self)
        self._deeds = Deeds(context, self)
        self.model = TimelineModel(self)
        self.view = TimelineView(self.model, self)
        self._build()
        self.capture.entered.connect(self._log)
        self.tools.changed.connect(self._narrow)
        self.tools.people_wanted.connect(self._ask_people)
        self.model.more_wanted.connect(self._fetch_more)
        self.view.opened.connect(self._open)
        self.view.trash_wanted.connect(self._trash)
        self.view.ticked.connect(self.tick)
        self.view.need_wanted.connect(self._open_need)
        self.view.answer_wanted.connect(self.answer_wanted)
        self.view.payment_wanted.connect(self._ask_payment)
        self.view.file_wanted.connect(self.files.save)
        self.view.menu_wanted.connect(self._open_menu)
        bell().rung.connect(self.model.retitle)

    # -- what the page asks

    def show_client(self, client_id: int | None) -> None:
        """Show a client's timeline from its newest line."""
        if client_id == self._client:
            return
        if self._client is not None:
            self._half_typed[self._client] = self.capture.text()
        self._client = client_id
        self.tools.forget_client()
        self.capture.set_text(self._half_typed.get(client_id or 0, ""))
        self.capture.setEnabled(client_id is not None)
        self.model.set_items([], more=False)
        self.load()
        if self.tools.search_button.isChecked():
            self._ask_people()

    def show_card(self, card: ClientCard) -> None:
        """Offer the group's timeline, now that the group is known."""
        self.tools.show_group(card.group_size)

    def load(self) -> None:
        """Fetch the newest lines and the counts of the chips."""
        if self._client is None:
            self.model.set_items([], more=False)
            self.tools.show_counts({})
            return
        self.model.set_context(today=self.context.today(), currency=self._currency())
        self.context.runner.ask(
            _head,
            **self._asked(),
            limit=max(PAGE, len(self.model.items())),
            key="timeline.lines",
            on_done=self._arrived,
            on_error=self._failed,
        )
        self.context.runner.ask(
            timeline_counts,
            client_id=self._client,
            group=self.tools.group,
            contact_id=self.tools.contact_id,
            key="timeline.counts",
            on_done=self.tools.show_counts,
            on_error=self._ignore,
        )

    def _asked(self) -> dict[str, Any]:
        """Return what is asked of every page; what is pinned stands at the head of a whole one."""
        return {
            "client_id": self._client,
            "today": self.context.today(),
            "kinds": self.tools.kinds,
            "text": self.tools.text,
            "group": self.tools.group,
            "contact_id": self.tools.contact_id,
            "pinned": None if self.tools.narrowed else False,
        }

    def refresh(self, changes: ChangeSet) -> None:
        """Fetch again what a change touches."""
        if changes.touches(*TABLES):
            self.load()

    def reportable(self) -> TimelineItem | None:
        """Return the visit or meeting under the cursor, else the newest one that is shown."""
        current = self.view.current_item()
        items = [current] if current is not None and self.view.hasFocus() else self.model.items()
        return next((one for one in items if one.interaction_kind in REPORTED), None)

    def write_report(self) -> None:
        """Open the report of that visit."""
        item = self.reportable()
        if item is not None:
            self._open_report(item)

    def _open_report(self, item: TimelineItem) -> None:
        from acctdesk.ui.dialogs.visit_report import VisitReportDialog

        VisitReportDialog(self.context, self.window(), interaction_id=item.key[1]).open()

    def pin(self) -> None:
        """Pin the line under the cursor, or take its pin away."""
        item = self.view.current_item()
        if item is not None:
            self._pin(item)

    def focus_capture(self) -> None:
        """Put the cursor into the capture line."""
        self.capture.field.setFocus()

    # -- building

    def _build(self) -> None:
        self.capture = CaptureLine(self.context, self)
        self.tools = TimelineTools(self)
        self.states = QStackedWidget(self)
        self.empty = StatePanel("timeline", self)
        self.empty.show_words(
            msg("Timeline", "Nothing is recorded yet"),
            msg("Timeline", "Write the first line above, or press Ctrl+Shift+I for more room."),
        )
        first = self.empty.add_button(msg("Action", "New interaction"))
        first.clicked.connect(self._want_interaction)
        self.hidden = StatePanel("filter-off", self)
        self.hidden.show_words(
            msg("Timeline", "Nothing fits the filter"),
            msg("Timeline", "The client has a timeline; the filter hides it."),
        )
        clear = self.hidden.add_button(msg("Timeline", "Clear filter"))
        clear.clicked.connect(self.tools.clear)
        self.failure = StatePanel("alert-triangle", self)
        self.failure.add_button(msg("Timeline", "Try again")).clicked.connect(self._try_again)
        for one in (self.view, self.empty, self.hidden, self.failure):
            self.states.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(0)
        column.addLayout(row(self.capture, margins=(16, 0, 16, 0)))
        column.addWidget(self.tools)
        column.addWidget(self.states, 1)
        stops = (self.capture.field, *self.tools.stops())
        for before, after in pairwise((*stops, self.view)):
            self.setTabOrder(before, after)

    # -- answers

    def _arrived(self, head: _Head) -> None:
        current = self.view.current_item()
        scroll = self.view.verticalScrollBar().value() if self.model.rowCount() else 0
        shown = len(self.model.items())
        self.model.set_items(
            head.items, pinned=head.pinned, more=len(head.items) >= max(PAGE, shown)
        )
        if self.model.rowCount():
            self.states.setCurrentWidget(self.view)
            if current is not None:
                self.view.choose(current.key)
            self.view.doItemsLayout()
            self.view.verticalScrollBar().setValue(scroll)
        else:
            self.states.setCurrentWidget(self.hidden if self.tools.narrowed else self.empty)

    @Slot()
    def _fetch_more(self) -> None:
        items = self.model.items()
        if self._client is None or not items:
            return
        self.context.runner.ask(
            timeline,
            **self._asked(),
            before=(items[-1].day, items[-1].key),
            limit=PAGE,
            key="timeline.more",
            on_done=self._more_arrived,
            on_error=self._ignore,
        )

    def _more_arrived(self, older: list[TimelineItem]) -> None:
        items = self.model.items()
        known = {item.key for item in items}
        fresh = [item for item in older if item.key not in known]
        current = self.view.current_item()
        scroll = self.view.verticalScrollBar().value()
        self.model.set_items([*items, *fresh], pinned=self.model.pinned(), more=len(older) >= PAGE)
        self.view.doItemsLayout()
        self.view.choose(current.key if current else None)
        self.view.verticalScrollBar().setValue(scroll)

    @Slot()
    def _ask_people(self) -> None:
        if self._client is not None:
            self.context.runner.ask(
                contacts_of,
                client_id=self._client,
                key="timeline.people",
                on_done=self.tools.show_people,
                on_error=self._ignore,
            )

    def _failed(self, error: Exception) -> None:
        self.failure.show_words(
            msg("Timeline", "The timeline could not be read"), what_to_do(error)
        )
        self.states.setCurrentWidget(self.failure)

    def _ignore(self, _error: Exception) -> None:
        """The list itself shows the failure."""

    # -- the officer's hand

    @Slot(object)
    def tick(self, promise: PromiseRow) -> None:
        """Mark a promise as kept, or as open again."""
        kept = promise.state is PromiseState.OPEN
        self.context.runner.submit(
            msg("Step", "Promise kept") if kept else msg("Step", "Promise open again"),
            set_promise_state,
            promise_id=promise.id,
            state=PromiseState.KEPT if kept else PromiseState.OPEN,
            on=self.context.today(),
            initiator=self,
            on_error=self.context.messages.fail,
        )

    @Slot()
    def _narrow(self) -> None:
        self.model.set_items([], more=False)
        self.load()

    @Slot()
    def _want_interaction(self) -> None:
        self.open_wanted.emit(None)

    @Slot()
    def _try_again(self) -> None:
        self.load()

    @Slot(object)
    def _log(self, line: QuickLine) -> None:
        if self._client is None:
            return
        promises: tuple[PromiseInput, ...] = ()
        if line.due_on is not None:
            promises = (PromiseInput(PromiseBy.US, line.promise, line.due_on),)
        self.context.runner.submit(
            msg("Step", "New interaction"),
            log_interaction,
            client_id=self._client,
            kind=line.kind,
            happened_at=self.context.clock(),
            body=line.body,
            promises=promises,
            initiator=self,
            on_done=self._logged,
            on_error=self.context.messages.fail,
        )

    def _logged(self, _interaction_id: int) -> None:
        self.capture.set_text("")
        self._offer_undo(msg("Timeline", "The interaction was saved."))

    @Slot(object)
    def _open(self, item: TimelineItem) -> None:
        if item.kind is TimelineKind.INTERACTION:
            self.open_wanted.emit(item.key[1])
        elif item.kind is TimelineKind.DISPUTE:
            self.context.navigator.show_record("cases", "dispute", item.key[1], item.client_id)
        elif item.answers:
            self.answer_wanted.emit(item.answers[0])

    @Slot(object)
    def _ask_payment(self, note: PaymentNote) -> None:
        """Open a promise to pay, unless it was withdrawn."""
        self.context.runner.ask(
            payment_promises,
            as_of=self.context.today(),
            client_id=note.client_id,
            key="timeline.payment",
            on_done=partial(self._payments_arrived, note.id),
            on_error=self._ignore,
        )

    def _payments_arrived(self, wanted: int, held: list[PaymentPromiseRow]) -> None:
        for one in held:
            if one.id == wanted:
                self.payment_wanted.emit(one)

    @Slot(object)
    def _trash(self, item: TimelineItem) -> None:
        if item.kind is TimelineKind.DISPUTE:
            self._open(item)  # there it can be moved to the trash
            return
        if item.kind is TimelineKind.SATISFACTION:
            self._deeds.trash_answer(item.key[1])
            return
        if item.kind is TimelineKind.REMINDER:
            self.context.messages.refuse(
                msg("Timeline", "A reminder that went out stays: the ladder goes on from it.")
            )
            return
        if item.kind is not TimelineKind.INTERACTION:
            self.context.messages.refuse(
                msg("Timeline", "Invoices and receipts come from files; they are not edited here.")
            )
            return
        self.context.runner.submit(
            msg("Step", "Interaction to the trash"),
            trash_interaction,
            interaction_id=item.key[1],
            initiator=self,
            on_done=self._trashed,
            on_error=self.context.messages.fail,
        )

    def _trashed(self, _value: object) -> None:
        self._offer_undo(msg("Timeline", "The interaction was moved to the trash."))

    @Slot(object)
    def _pin(self, item: TimelineItem) -> None:
        if item.kind is not TimelineKind.INTERACTION:
            return
        self.context.runner.submit(
            msg("Step", "Unpinned") if item.pinned else msg("Step", "Pinned"),
            pin_interaction,
            interaction_id=item.key[1],
            pinned=not item.pinned,
            initiator=self,
            on_error=self.context.messages.fail,
        )

    def _offer_undo(self, text: Message) -> None:
        self.context.messages.say(text, action=ToastAction(msg("Toast", "Undo"), self._undo))

    def _undo(self) -> None:
        self.context.runner.undo(on_error=self.context.messages.fail)

    @Slot(object)
    def _open_menu(self, point: QPoint) -> None:
        item = self.view.current_item()
        if item is None:
            return
        menu = QMenu(self)
        own = item.kind is TimelineKind.INTERACTION
        usable = {TimelineKind.DISPUTE: {"open"}, TimelineKind.SATISFACTION: {"open", "trash"}}
        parts: list[tuple[str, object, str]] = [
            ("open", item, str(msg("Timeline", "Open"))),
            ("pin", item, str(msg("Timeline", "Unpin") if item.pinned else msg("Timeline", "Pin"))),
            *(
                [("report", item, str(msg("Action", "Visit report…")))]
                if item.interaction_kind in REPORTED
                else []
            ),
            ("add", item, str(msg("Timeline", "Keep files here…"))),
            ("dispute", item, str(msg("Action", "New dispute…"))),
            ("trash", item, str(msg("Timeline", "Move to the trash"))),
        ]
        for need in item.needs:
            said = need.what.replace("&", "&&")
            parts.append(("need", need, str(msg("Timeline", "Need: {what}…", what=said))))
        for file in item.files:
            name = file.name.replace("&", "&&")
            parts.append(("save", file, str(msg("Timeline", "Save a copy of {name}…", name=name))))
            parts.append(
                ("drop", file, str(msg("Timeline", "Move {name} to the trash", name=name)))
            )
        for key, what, text in parts:
            action = QAction(text, menu)
            action.setData((key, what))
            action.setEnabled(own or key in usable.get(item.kind, ()))
            menu.addAction(action)
        menu.triggered.connect(self._menu_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)

    @Slot(QAction)
    def _menu_chosen(self, action: QAction) -> None:
        key, what = action.data()
        doers: dict[str, Callable[[Any], None]] = {
            "open": self._open,
            "pin": self._pin,
            "add": self._add_files,
            "dispute": self.dispute_wanted.emit,
            "trash": self._trash,
            "need": self._open_need,
            "report": self._open_report,
            "save": self.files.save,
            "drop": self.files.trash,
        }
        doers[key](what)

    @Slot(object)
    def _open_need(self, need: NeedRow) -> None:
        from acctdesk.ui.dialogs.need_form import NeedForm

        NeedForm(self.context, self.window(), need=need).open()

    def _add_files(self, item: TimelineItem) -> None:
        client_id = item.client_id or self._client
        if client_id is not None:
            self.files.choose(client_id, item.key[1])
