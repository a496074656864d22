"""The capture dialog: what happened, what was promised, what comes next, in one go.

It is one undo step. Esc keeps what was typed as a draft inside the book and says so.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from acctdesk.errors import UserError
from acctdesk.i18n import Message, msg, tr
from acctdesk.kinds import InteractionKind, Mood, PromiseBy
from acctdesk.services.contacts import contacts_of
from acctdesk.services.drafts import drop_draft, get_draft, save_draft
from acctdesk.services.interactions import (
    PromiseInput,
    get_interaction,
    log_interaction,
    open_promises,
    update_interaction,
)
from acctdesk.services.owed import owed
from acctdesk.services.payment_promises import PaymentInput
from acctdesk.services.rows import ContactRow, InteractionRow, PromiseRow
from acctdesk.services.tasks import TaskInput
from acctdesk.services.visit_reports import REPORTED
from acctdesk.ui.dialogs.capture_form import CaptureForm
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.widgets.basics import KeyCaps, hairline, label, row
from acctdesk.ui.widgets.dialog import CalmDialog

if TYPE_CHECKING:
    from acctdesk.ui.context import Context

WIDTH = 720
SHORT = 700  # a lower window leaves less room for open promises


class CaptureDialog(CalmDialog):
    """Logs an interaction, or edits one. ``saved`` carries the client's id."""

    topic = "interaction"
    saved = Signal(object)

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        *,
        client_id: int | None = None,
        client_name: str = "",
        interaction_id: int | None = None,
    ) -> None:
        new = interaction_id is None
        title = msg("Capture", "New interaction") if new else msg("Capture", "Interaction")
        super().__init__(parent, title, width=WIDTH, heading=False)
        self.context = context
        self._editing = interaction_id
        self._stored: InteractionRow | None = None
        self._wanted_contact: int | None = None
        self._wanted_settled: list[int] = []
        self._done = False
        self._warned = False
        self._then_report = False
        self.form = CaptureForm(context, title, edit=not new, parent=self)
        if parent is not None and parent.height() < SHORT:
            self.form.most_lines = 1
        self.content.setContentsMargins(24, 14, 24, 12)
        self.content.addWidget(self.form)
        self.content.addWidget(hairline())
        foot = row(KeyCaps("Tab"), label(msg("Capture", "next field"), "caption"), 8, spacing=6)
        foot.addWidget(KeyCaps("Alt", "1–4"))
        foot.addWidget(label(msg("Capture", "kind"), "caption"))
        hints = QWidget()
        hints.setLayout(foot)
        self.add_foot(hints)
        self.report_button = self.add_button(msg("Capture", "Save, then report…"))
        self.report_button.clicked.connect(self.save_and_report)
        self.report_button.hide()
        self.form.kind.chosen.connect(self._kind_chosen)
        self.save_button = self.add_button(
            msg("Capture", "Save"), look="primary", icon="check", default=True
        )
        self.add_keys("Ctrl", "↵")
        self.save_button.clicked.connect(self.save)
        self._shortcuts()
        self.form.client.chosen.connect(self._client_chosen)
        if interaction_id is not None:
            self.form.client.lock()
            self.context.runner.ask(
                get_interaction,
                interaction_id=interaction_id,
                on_done=self._stored_arrived,
                on_error=self._refused,
            )
        if client_id is not None:
            self.form.client.take(client_id, client_name)
            self.form.note.setFocus()
        else:
            self._ask_draft()
            self.form.client.field.setFocus()

    # -- building

    def _shortcuts(self) -> None:
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.save)
        for place in range(4):
            shortcut = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
            shortcut.setObjectName(str(place))
            shortcut.activated.connect(self._kind_by_key)

    @Slot()
    def _kind_by_key(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.form.kind.choose_place(int(sender.objectName()))

    # -- what the book says

    @Slot(object)
    def _client_chosen(self, client_id: int | None) -> None:
        self.form.show_contacts([], chosen=None)
        self.form.show_promises([], settled=())
        self.form.pay.show_owed(None)
        if client_id is None:
            return
        ask = self.context.runner.ask
        ask(
            contacts_of, client_id=client_id, key="capture.contacts", on_done=self._contacts_arrived
        )
        if self._editing is None:
            ask(
                open_promises,
                client_id=client_id,
                key="capture.promises",
                on_done=self._promises_arrived,
            )
            ask(
                owed,
                as_of=self.context.today(),
                client_id=client_id,
                key="capture.owed",
                on_done=self.form.pay.show_owed,
            )
            self._ask_draft()

    def _ask_draft(self) -> None:
        if not self.form.typed():
            question = partial(get_draft, key=self._draft_key())  # ask() has a key of its own
            self.context.runner.ask(question, key="capture.draft", on_done=self._draft_arrived)

    def _contacts_arrived(self, contacts: list[ContactRow]) -> None:
        self.form.show_contacts(contacts, chosen=self._wanted_contact)

    def _promises_arrived(self, promises: list[PromiseRow]) -> None:
        self.form.show_promises(promises, settled=self._wanted_settled)

    def _draft_arrived(self, draft: dict[str, Any] | None) -> None:
        if not draft or self.form.typed():
            return
        self._wanted_contact = draft.get("contact_id")
        self._wanted_settled = list(draft.get("settled", []))
        client_id = draft.get("client_id")
        self.form.restore(draft)
        if isinstance(client_id, int) and self.form.client.client_id is None:
            self.form.client.take(client_id, str(draft.get("client_name", "")))
        self.form.choose_contact(self._wanted_contact)
        self.form.settle(self._wanted_settled)
        self.form.say_state(msg("Capture", "Your draft is back"))

    def _stored_arrived(self, stored: InteractionRow | None) -> None:
        if stored is None:
            self._done = True
            self.reject()
            return
        self._stored = stored
        self._wanted_contact = stored.contact_id
        self.form.show_stored(stored)
        self.form.choose_contact(stored.contact_id)

    @Slot(str)
    def _kind_chosen(self, key: str) -> None:
        self.report_button.setVisible(InteractionKind(key) in REPORTED)

    # -- saving

    @Slot()
    def save_and_report(self) -> None:
        """Store everything, and go on with the report of the visit."""
        self._then_report = True
        self.save()

    @Slot()
    def save(self) -> None:
        """Store everything as one step, or say beside the field what is missing."""
        if self._done or not self.form.complain():
            self._then_report = False
            return
        if self._editing is None:
            self._log()
        elif self._stored is not None:
            self._update(self._stored)

    def _log(self) -> None:
        form = self.form
        today = self.context.today()
        promises = []
        for giver, field in ((PromiseBy.US, form.ours), (PromiseBy.THEM, form.theirs)):
            what, due = field.reading()
            if what:
                promises.append(PromiseInput(giver, what, due))
        title, when = form.step.text().strip(), form.step_when.when()
        step = None
        if title:
            day = when.day if when else None
            step = TaskInput(title, due_on=day, due_time=when.time if when else None)
        paid = form.pay.payment()
        self._done = True
        self.context.runner.submit(
            msg("Step", "New interaction"),
            log_interaction,
            client_id=form.client.client_id,
            kind=InteractionKind(form.kind.key),
            happened_at=self._happened(today),
            body=form.note.toPlainText(),
            contact_id=form.contact_id(),
            mood=Mood(form.mood.key) if form.mood.key else None,
            needs_reply=form.needs_reply.isChecked(),
            outcome=form.outcome.text(),
            need=form.need.text(),
            promises=tuple(promises),
            next_step=step,
            answer=form.score.answer(),
            payment=None if paid is None else PaymentInput(paid.due_on, paid.invoices, today),
            settle_promise_ids=tuple(form.settled()),
            initiator=self,
            on_done=self._logged,
            on_error=self._refused,
        )

    def _update(self, stored: InteractionRow) -> None:
        form = self.form
        self._done = True
        changed = form.happened.field.text().strip() != form.happened_before
        happened = self._happened(self.context.today()) if changed else stored.happened_at
        self.context.runner.submit(
            msg("Step", "Change of an interaction"),
            update_interaction,
            interaction_id=stored.id,
            expected_version=stored.version,
            kind=InteractionKind(form.kind.key),
            happened_at=happened,
            subject=form.subject.text(),
            body=form.note.toPlainText(),
            contact_id=form.contact_id(),
            mood=Mood(form.mood.key) if form.mood.key else None,
            needs_reply=form.needs_reply.isChecked(),
            outcome=form.outcome.text(),
            initiator=self,
            on_done=self._updated,
            on_error=self._refused,
        )

    def _happened(self, today: dt.date) -> dt.datetime:
        when = self.form.happened.when()
        now = self.context.clock()
        if when is None:
            return now
        clock = when.time
        if clock is None:
            if when.day == today:
                return now
            clock = dt.time(12)
        return dt.datetime.combine(when.day, clock).astimezone(dt.UTC)

    def _logged(self, interaction_id: int) -> None:
        self._drop_draft()
        self._finish(msg("Capture", "The interaction was saved."), interaction_id)

    def _updated(self, _value: object) -> None:
        self._finish(msg("Capture", "The change was saved."), self._editing)

    def _finish(self, text: Message, interaction_id: int | None) -> None:
        undo = ToastAction(msg("Toast", "Undo"), _Undo(self.context).run)
        self.context.messages.say(text, action=undo)
        self.saved.emit(self.form.client.client_id)
        self.accept()
        if self._then_report and interaction_id is not None:
            from acctdesk.ui.dialogs.visit_report import VisitReportDialog

            above = self.parentWidget()
            VisitReportDialog(self.context, above, interaction_id=interaction_id).open()

    def _refused(self, error: Exception) -> None:
        self._done = self._then_report = False
        if isinstance(error, UserError):
            self.form.say_trouble(str(error))

    # -- drafts

    def reject(self) -> None:
        """Close by Esc: what was typed is kept as a draft, or given up by a second Esc."""
        if not self._done and self._editing is None:
            if self.context.desk.book.halted is not None:
                if self.form.typed() and not self._warned:
                    self._warned = True
                    self.form.say_trouble(
                        tr(
                            "Capture",
                            "No draft can be kept: the book is only read now. Copy what you need;"
                            " Esc once more gives it up.",
                        )
                    )
                    return
            elif self.form.typed():
                self._keep_draft()
            else:
                self._drop_draft()
        super().reject()

    def _draft_key(self) -> str:
        return f"capture:{self.form.client.client_id or 0}"

    def _keep_draft(self) -> None:
        self.context.runner.submit(
            msg("Step", "Draft"),
            save_draft,
            key=self._draft_key(),
            value=self.form.as_draft(),
            on_done=_Kept(self.context).tell,
            on_error=self.context.messages.fail,
        )

    def _drop_draft(self) -> None:
        for key in {self._draft_key(), "capture:0"}:
            self.context.runner.submit(msg("Step", "Draft"), drop_draft, key=key)


class _Kept:
    """Says that a draft was kept; the dialog it was typed in is gone by then."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def tell(self, _nothing: object) -> None:
        """Say it."""
        self._context.messages.say(
            msg("Capture", "The draft is kept in the book. Open the window again to go on.")
        )


class _Undo:
    """Undoes the newest step; lives as long as the toast that offers it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def run(self) -> None:
        """Take the step back."""
        self._context.runner.undo(on_error=self._context.messages.fail)
