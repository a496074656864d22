"""The Clients page: list, timeline and record side by side, and the actions on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from acctdesk.i18n import msg
from acctdesk.kinds import SatisfactionMeasure
from acctdesk.services.case_rows import KeyDateRow
from acctdesk.services.clients import trash_client
from acctdesk.services.rows import ContactRow, SatisfactionRow, TaskRow, TimelineItem
from acctdesk.ui.clipboard import clipboard
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.clients import printing
from acctdesk.ui.pages.clients.book_profile import BookProfile
from acctdesk.ui.pages.clients.list_pane import ListPane
from acctdesk.ui.pages.clients.record import BOTH, RecordPane
from acctdesk.ui.pages.page import Page
from acctdesk.ui.privacy import privacy
from acctdesk.ui.settings import splitter

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.services.payment_promises import PaymentPromiseRow
    from acctdesk.ui.context import Context, Target

_SIZES = splitter("clients")
LIST = 500  # its first width
LEAST, TIGHTEST = 440, 250  # its least width, and that on the smallest window
RECORD_LEAST = 360


class ClientsPage(Page):
    """What an officer looks at all day."""

    spec = registry.CLIENTS

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._loaded = False
        self.profile = BookProfile(context, self._profile_arrived, self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        # each in its own place from the first: to move a full pane is to style it all again
        self.list = ListPane(context, self.profile.currency, self.split)
        self.record = RecordPane(context, self.profile, self.split)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(self.list)
        self.split.addWidget(self.record)
        self.split.setStretchFactor(0, 0)
        self.split.setStretchFactor(1, 1)
        sizes: list[int] = context.settings.get(_SIZES)
        self.split.setSizes(sizes or [LIST, 2000])
        self._first_sizes = not sizes
        self.split.splitterMoved.connect(self._remember)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
        self.list.chosen.connect(self._chosen)
        self.list.wanted.connect(self._wanted)
        self.record.client_wanted.connect(self.list.show_client)
        self.record.lost.connect(self.list.choose_near)
        self.record.timeline.open_wanted.connect(self._edit_interaction)
        self.record.rail.task_form_wanted.connect(self._task_form)
        self.record.rail.target.form_wanted.connect(self.set_targets)
        self.record.rail.contact_form_wanted.connect(self._contact_form)
        self.record.timeline.dispute_wanted.connect(self._dispute_of)
        self.record.rail.cases.add_wanted.connect(self.new_dispute)
        self.record.rail.dates.add_wanted.connect(self.new_key_date)
        self.record.rail.dates.form_wanted.connect(self._key_date_form)
        self.record.rail.satisfaction.add_wanted.connect(self.new_answer)
        for part in (self.record.rail.satisfaction.form_wanted, self.record.timeline.answer_wanted):
            part.connect(self._answer_form)
        self.record.timeline.payment_wanted.connect(self._payment_form)

    def minimumSizeHint(self) -> QSize:
        """Return what the smallest list and record need."""
        wide = TIGHTEST + self.split.handleWidth() + RECORD_LEAST
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list its first share: 500 px, more on a wide window, less on a small one."""
        super().resizeEvent(event)
        room = self.width() - self.split.handleWidth()
        tight = room < LEAST + RECORD_LEAST
        self.list.setMinimumWidth(TIGHTEST if tight else LEAST)
        if tight:
            self.split.setSizes([room - RECORD_LEAST, RECORD_LEAST])
        elif self._first_sizes:
            share = max(LIST, min(640, round(self.width() * 0.36)))
            record = max(BOTH + 4, self.width() - share)
            if self.width() - record < LEAST:  # one part of the record at a time needs less
                record = max(RECORD_LEAST, self.width() - share)
            self.split.setSizes([max(LEAST, self.width() - record), record])

    # -- what the window asks

    @property
    def client(self) -> tuple[int, str] | None:
        """The client of the record; its name is empty until the record has arrived."""
        client_id, card = self.record.client_id, self.record.card
        return None if client_id is None else (client_id, card.name if card is not None else "")

    def count(self) -> int | None:
        """Return how many active clients there are."""
        return self.list.chips.count("all")

    def activated(self) -> None:
        """Load when shown for the first time."""
        if not self._loaded:
            self._loaded = True
            self.profile.load()
            self.list.load()

    def first_focus(self) -> None:
        """Put the keyboard into the list as soon as it is there."""
        self.list.focus_when_shown()

    def on_changed(self, changes: ChangeSet, initiator: object) -> None:
        """Fetch again what a change touches."""
        if not self._loaded:
            return
        if changes.touches("settings"):
            self.profile.load()
        self.list.refresh(changes)
        self.record.refresh(changes)

    def set_read_only(self, read_only: bool) -> None:
        """Show the client's facts as what can be edited, or as what is only read."""
        self.record.rail.details.set_read_only(read_only)

    def filter_focus(self) -> bool:
        """Put the cursor into the filter of the list."""
        self.list.focus_filter()
        return True

    def can(self, action: str) -> bool:
        """Tell whether an action makes sense now."""
        if action in {"file.new_client", "edit.filter", "view.columns"}:
            return True
        if action in {"record.complete", "record.postpone"}:
            return self.record.rail.next.task is not None
        if action == "record.visit_report":
            return self.record.timeline.reportable() is not None
        if action == "record.interaction":
            return self.list.model.rowCount() > 0 or self.record.client_id is not None
        return action in self.spec.handlers and self.record.client_id is not None

    def open_target(self, target: Target) -> None:
        """Show a client, or what belongs to one, or the clients of a filter chip."""
        self.activated()
        if target.text:
            self.list.show_filter(target.text)
        client_id = target.id if target.kind == "client" else target.client_id
        if client_id is None:
            return
        self.list.show_client(client_id)
        if target.kind == "client":
            self.list.view.setFocus()
        elif target.kind == "interaction" and target.id is not None:
            self._edit_interaction(target.id)
        elif target.kind in {"contact", "task", "key_date"} and target.id is not None:
            self.record.show_part(1)
            self.record.rail.reveal(target.kind, target.id)

    def drop_place(self, at: QPoint) -> tuple[QWidget, int] | None:
        """Return the record: what is dropped on it is kept at its client."""
        client_id = self.record.client_id
        inside = self.record.rect().contains(self.record.mapFrom(self, at))
        return (self.record, client_id) if inside and client_id is not None else None

    def print_document(self) -> QTextDocument | None:
        """Return the timeline where the keyboard is in it, else the list."""
        timeline = self.record.timeline
        if timeline.isAncestorOf(QGuiApplication.focusObject()):  # type: ignore[arg-type]
            card = self.record.card
            if card is not None:
                return printing.timeline_document(card, timeline.model)
        return printing.list_document(self.list, self.context)

    # -- actions

    @Slot()
    def new_client(self) -> None:
        """Open the form for a new client."""
        from acctdesk.ui.dialogs.client_form import ClientForm

        form = ClientForm(self.context, self.window())
        form.made.connect(self.list.show_client)
        form.existing_wanted.connect(self.list.show_client)
        form.open()

    @Slot()
    def edit(self) -> None:
        """Edit the item of the timeline under the keyboard, or the client's facts."""
        view = self.record.timeline.view
        item = view.current_item()
        if view.hasFocus() and item is not None:
            view.opened.emit(item)
            return
        self.record.show_part(1)
        self.record.rail.edit_facts()

    @Slot()
    def trash(self) -> None:
        """Move what the keyboard is on to the trash: an interaction or the client."""
        view = self.record.timeline.view
        item = view.current_item()
        if view.hasFocus() and item is not None:
            view.trash_wanted.emit(item)
            return
        if self.record.client_id is not None:
            self.context.runner.submit(
                msg("Step", "Client to the trash"),
                trash_client,
                client_id=self.record.client_id,
                initiator=self,
                on_done=self._trashed,
                on_error=self.context.messages.fail,
            )

    @Slot()
    def copy_rows(self) -> None:
        """Copy the chosen client's row as text and as a table."""
        row = self.list.current_row()
        if row is None:
            return
        today = self.context.today()
        plain, html = printing.row_copies(self.list, row, today, self.profile.currency())
        clipboard().copy_table(plain, html)
        self.context.messages.say(msg("Clients", "The row was copied."))

    @Slot()
    def choose_columns(self) -> None:
        """Open the column chooser."""
        from acctdesk.ui.dialogs.columns import ColumnsDialog

        view = self.list.view
        dialog = ColumnsDialog(view.column_layout(), view.default_layout(), self.window())
        dialog.changed.connect(view.set_column_layout)
        dialog.open()

    @Slot()
    def new_interaction(self) -> None:
        """Open the capture dialog for the chosen client."""
        self._capture()

    @Slot()
    def quick_line(self) -> None:
        """Put the cursor into the capture line."""
        self.record.show_part(0)
        self.record.timeline.focus_capture()

    @Slot()
    def write_report(self) -> None:
        """Write the report of the visit under the cursor, or of the newest one."""
        self.record.show_part(0)
        self.record.timeline.write_report()

    @Slot()
    def pin(self) -> None:
        """Keep the chosen line of the timeline at its head, or let it go back to its day."""
        self.record.timeline.pin()

    @Slot()
    def new_task(self) -> None:
        """Open the form for a task of the chosen client."""
        self._task_form(None)

    @Slot()
    def new_contact(self) -> None:
        """Open the form for a contact of the chosen client."""
        self._contact_form(None)

    @Slot()
    def new_dispute(self) -> None:
        """Open the form for a dispute with the chosen client."""
        self._dispute_of(None)

    @Slot()
    def new_request(self) -> None:
        """Open the form for a request to a department about the chosen client."""
        from acctdesk.ui.dialogs.request_form import RequestForm

        card = self.record.card
        if card is not None:
            RequestForm(self.context, self.window(), client=(card.id, card.name)).open()

    @property
    def _client(self) -> tuple[int, str] | None:
        card = self.record.card
        return None if card is None else (card.id, card.name)

    @Slot()
    def new_payment_promise(self) -> None:
        """Open the form for a promise to pay of the chosen client."""
        self._payment_form(None)

    @Slot()
    def new_answer(self) -> None:
        """Ask how satisfied the chosen client is: a digit stores it."""
        self._answer_form(None)

    @Slot()
    def open_interest(self) -> None:
        """Show the late interest of the chosen client."""
        from acctdesk.ui.dialogs.interest import InterestDialog

        if self._client is not None:
            InterestDialog(self.context, self.window(), client=self._client).open()

    @Slot()
    def open_statements(self) -> None:
        """Open the statements of account of the chosen client."""
        from acctdesk.ui.dialogs.statements import StatementsDialog

        StatementsDialog(self.context, self.window(), client=self._client).open()

    @Slot()
    def new_key_date(self) -> None:
        """Open the form for a key date of the chosen client."""
        self._key_date_form(None)

    @Slot()
    def set_shares(self) -> None:
        """Ask who takes which share of the credit for the chosen client."""
        self.record.rail.details.group.choose_shares()

    @Slot()
    def open_credit(self) -> None:
        """Open the credit file of the chosen client."""
        from acctdesk.ui.dialogs.credit_file import CreditFileDialog

        if self.record.client_id is not None:
            CreditFileDialog(self.context, self.window(), client_id=self.record.client_id).open()

    @Slot()
    def open_brief(self) -> None:
        """Show the brief before a visit to the chosen client."""
        from acctdesk.ui.dialogs.brief import BriefDialog

        if self.record.client_id is not None:
            BriefDialog(self.context, self.window(), client_id=self.record.client_id).open()

    @Slot()
    def add_files(self) -> None:
        """Choose files to keep at the chosen client."""
        if self.record.client_id is not None:
            self.record.timeline.files.choose(self.record.client_id)

    @Slot()
    def open_items(self) -> None:
        """Open the open items of the chosen client."""
        from acctdesk.ui.dialogs.open_items import OpenItemsDialog

        client_id, card = self.record.client_id, self.record.card
        if client_id is not None and card is not None:
            client = (client_id, card.name)
            OpenItemsDialog(self.context, self.window(), client=client).open()

    @Slot()
    def open_plans(self) -> None:
        """Open the action plans of the chosen client."""
        from acctdesk.ui.dialogs.plans import PlansDialog

        client_id, card = self.record.client_id, self.record.card
        client = (client_id, card.name) if client_id is not None and card is not None else None
        PlansDialog(self.context, self.window(), client=client).open()

    @Slot()
    def write_letters(self) -> None:
        """Open letters and e-mails, for the chosen client or all of the list."""
        from acctdesk.ui.dialogs.letters import LettersDialog

        client_id, card = self.record.client_id, self.record.card
        client = (client_id, card.name) if client_id is not None and card is not None else None
        LettersDialog(self.context, self.window(), client=client, query=self.list.query).open()

    @Slot()
    def set_targets(self) -> None:
        """Open the form for the targets of the chosen client."""
        from acctdesk.ui.dialogs.target_form import TargetForm

        series, card = self.record.rail.target.series, self.record.card
        if series is not None and card is not None:
            currency = self.profile.currency()
            TargetForm(self.context, self.window(), series, of=card.name, currency=currency).open()

    @Slot()
    def complete_step(self) -> None:
        """Mark the next step as done."""
        self.record.rail.next.complete()

    @Slot()
    def postpone_step(self) -> None:
        """Offer other days for the next step."""
        self.record.show_part(1)
        self.record.rail.next.open_moves()

    # -- inside

    def _profile_arrived(self) -> None:
        self.list.load()
        self.record.reload()

    @Slot(object)
    def _chosen(self, client_id: int | None) -> None:
        privacy().guest = client_id
        self.record.show_client(client_id)

    @Slot(str)
    def _wanted(self, action: str) -> None:
        if action in self.spec.handlers:
            getattr(self, self.spec.handlers[action])()
        elif action in self.context.actions:
            self.context.actions[action].trigger()

    def _capture(self, interaction_id: int | None = None) -> None:
        from acctdesk.ui.dialogs.capture import CaptureDialog

        dialog = CaptureDialog(
            self.context,
            self.window(),
            client_id=self.record.client_id,
            client_name=self.record.card.name if self.record.card else "",
            interaction_id=interaction_id,
        )
        dialog.saved.connect(self._captured)
        dialog.open()

    @Slot(object)
    def _edit_interaction(self, interaction_id: int | None) -> None:
        self._capture(interaction_id)

    @Slot(object)
    def _captured(self, client_id: int) -> None:
        if client_id != self.record.client_id:
            self.list.show_client(client_id)

    @Slot(object)
    def _task_form(self, task: TaskRow | None) -> None:
        from acctdesk.ui.dialogs.task_form import TaskForm

        client = self.record.client_id
        if client is not None:
            name = self.record.card.name if self.record.card else ""
            form = TaskForm(self.context, self.window(), task=task, client=(client, name))
            form.open()
            if task is not None:  # most are changed to be moved
                form.when.field.setFocus()
                form.when.field.selectAll()

    @Slot(object)
    def _dispute_of(self, talk: TimelineItem | None) -> None:
        """Open the form for a dispute, with what an interaction says of it."""
        from acctdesk.ui.dialogs.dispute_form import DisputeForm

        card = self.record.card
        if card is not None:
            client = (card.id, card.name)
            DisputeForm(self.context, self.window(), client=client, talk=talk).open()

    @Slot(object)
    def _key_date_form(self, date: KeyDateRow | None) -> None:
        from acctdesk.ui.dialogs.key_date_form import KeyDateForm

        client = self.record.client_id
        if client is not None:
            KeyDateForm(self.context, self.window(), client_id=client, date=date).open()

    @Slot(object)
    def _payment_form(self, promise: PaymentPromiseRow | None) -> None:
        from acctdesk.ui.dialogs.payment_promise_form import PaymentPromiseForm

        if self._client is not None:
            PaymentPromiseForm(
                self.context, self.window(), promise=promise, client=self._client
            ).open()

    @Slot(object)
    def _answer_form(self, answer: SatisfactionRow | None) -> None:
        from acctdesk.ui.dialogs.satisfaction_form import SatisfactionForm

        client_id, held = self.record.client_id, self.record.rail.satisfaction.held.answers
        if client_id is not None:
            form = SatisfactionForm(
                self.context,
                self.window(),
                client_id=client_id if answer is None else answer.client_id,
                answer=answer,
                measure=held[0].measure if held else SatisfactionMeasure.CSAT,
            )
            form.open()

    @Slot(object)
    def _contact_form(self, contact: ContactRow | None) -> None:
        from acctdesk.ui.dialogs.contact_form import ContactForm

        if self.record.client_id is not None:
            ContactForm(
                self.context, self.window(), client_id=self.record.client_id, contact=contact
            ).open()

    def _trashed(self, _value: Any) -> None:
        self.context.messages.say(
            msg("Clients", "The client was moved to the trash."),
            action=ToastAction(msg("Toast", "Undo"), self._undo),
        )

    def _undo(self) -> None:
        self.context.runner.undo(on_error=self.context.messages.fail)

    @Slot()
    def _remember(self) -> None:
        self._first_sizes = False
        self.context.settings.set(_SIZES, self.split.sizes())
