"""The right pane: next step, sales against target, facts, promises, contacts, accounts, details."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk import periods
from acctdesk.i18n import Message, msg
from acctdesk.kinds import PromiseBy
from acctdesk.services.case_rows import KeyDateRow
from acctdesk.services.client_cases import ClientCases, client_cases
from acctdesk.services.contacts import contacts_of, trash_contact
from acctdesk.services.interactions import open_promises
from acctdesk.services.promises import kept_ratios
from acctdesk.services.rows import (
    ClientCard,
    ContactRow,
    PromiseRow,
    SatisfactionRow,
    TargetSeries,
    TaskRow,
)
from acctdesk.services.satisfaction import ClientSatisfaction, satisfaction_of
from acctdesk.services.targets import target_series
from acctdesk.services.tasks import open_tasks
from acctdesk.ui.context import Target
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.messages import ToastAction
from acctdesk.ui.pages.clients.accounts_card import AccountsCard
from acctdesk.ui.pages.clients.cases_cards import CasesCard, KeyDatesCard
from acctdesk.ui.pages.clients.contacts_card import ContactsCard
from acctdesk.ui.pages.clients.facts import Details, KeyFacts
from acctdesk.ui.pages.clients.next_step import NextStep
from acctdesk.ui.pages.clients.promises_card import PromisesCard
from acctdesk.ui.pages.clients.satisfaction_card import SatisfactionCard
from acctdesk.ui.pages.clients.target_card import TargetCard
from acctdesk.ui.pages.clients.tasks_card import TasksCard
from acctdesk.ui.widgets.following_area import FollowingArea
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context
    from acctdesk.ui.pages.clients.book_profile import BookProfile


# a change in any of these can change the cases, dates, shares or accounts of a client
CASES = (
    "disputes", "disputed_documents", "dispute_notices", "disruptions", "disruption_clients",
    "requests", "departments", "key_dates", "credit_shares", "documents", "receipts",
    "allocations", "payment_promises", "promised_documents", "client_accounts",
)  # fmt: skip
MOST_TASKS = 50  # shown beside the timeline


class Rail(QFrame):
    """What stands beside the timeline of one client."""

    task_form_wanted = Signal(object)  # TaskRow or None
    contact_form_wanted = Signal(object)  # ContactRow or None

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setMinimumWidth(300)
        self.context = context
        self._profile = profile
        self._client: int | None = None
        self._sought: tuple[str, int] | None = None  # a contact or task to be shown
        currency: Callable[[], str] = profile.currency
        self.area = FollowingArea(self)
        self.deeds = Deeds(context, self)
        content = QWidget(self.area.viewport())
        self.next = NextStep(context, self)
        self.target = TargetCard(currency, content)
        self.key_facts = KeyFacts(currency, content)
        self.promises = PromisesCard(content)
        self.promises.ledger_wanted.connect(self._show_ledger)
        self.cases = CasesCard(content)
        self.cases.case_wanted.connect(self._show_case)
        self.tasks = TasksCard(content)
        self.dates = KeyDatesCard(content)
        self.satisfaction = SatisfactionCard(content)
        self.satisfaction.trash_wanted.connect(self._trash_answer)
        self.dates.closed.connect(self._close_date)
        self.dates.trash_wanted.connect(self._trash_date)
        self.contacts = ContactsCard(content)
        self.accounts = AccountsCard(context, content)
        self.accounts.add_wanted.connect(self._new_account)
        self.details = Details(context, content)
        self.next.form_wanted.connect(self.task_form_wanted)
        self.tasks.form_wanted.connect(self.task_form_wanted)
        self.tasks.done.connect(self._complete_task)
        self.tasks.trash_wanted.connect(self.deeds.trash_row)
        self.contacts.form_wanted.connect(self.contact_form_wanted)
        self.contacts.trash_wanted.connect(self._trash_contact)
        self._lay_out(content)

    def _lay_out(self, content: QWidget) -> None:
        content.setObjectName("content")
        column = self._column = QVBoxLayout(content)
        column.setContentsMargins(16, 0, 16, 16)
        column.setSpacing(12)
        for card in (
            self.target,
            self.key_facts,
            self.cases,
            self.promises,
            self.tasks,
            self.dates,
            self.satisfaction,
            self.contacts,
            self.accounts,
            self.details,
        ):
            column.addWidget(card)
        column.addStretch(1)
        self.area.setWidget(content)
        say(self.area, name=msg("Record", "About the client"))
        self.area.verticalScrollBar().rangeChanged.connect(self._keep_edge)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 16, 0, 0)
        whole.setSpacing(12)
        top = QVBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.addWidget(self.next)
        whole.addLayout(top)
        whole.addWidget(self.area, 1)

    def show_client(self, client_id: int | None) -> None:
        """Show another client."""
        if client_id == self._client:
            return
        self._client = client_id
        self._sought = None
        self.area.verticalScrollBar().setValue(0)
        self.load()

    def edit_facts(self) -> None:
        """Bring the client's facts to the top and open the first of them."""
        whole = self.area.widget()
        if whole is not None:
            top = self.details.mapTo(whole, QPoint(0, 0)).y()
            self.area.verticalScrollBar().setValue(top - 12)
        self.details.edit_first()

    def reveal(self, kind: str, record: int) -> None:
        """Put the keyboard on a contact, task or key date of the client, once it has arrived."""
        self._sought = (kind, record)
        self._find_sought()

    def _find_sought(self) -> None:
        if self._sought is None:
            return
        kind, record = self._sought
        found: QWidget | None = None
        if kind == "contact":
            found = next((one for one in self.contacts.lines if one.contact.id == record), None)
        elif kind == "key_date":
            found = next((one for one in self.dates.lines if one.record.id == record), None)
        elif self.next.task is not None and self.next.task.id == record:
            found = self.next.done
        else:
            found = next((one for one in self.tasks.lines if one.task.id == record), None)
        if found is not None:
            self._sought = None
            found.show()  # a line made a moment ago is shown only at the next turn
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_card(self, card: ClientCard | None) -> None:
        """Show what is stored of the client."""
        self.key_facts.show_card(card)
        self.details.show_card(card)

    def load(self) -> None:
        """Fetch everything beside the timeline."""
        if self._client is None:
            self._tasks_arrived([])
            self.target.show_series(None)
            self.promises.show_promises([], today=self.context.today())
            self.promises.show_ratios({})
            self.contacts.show_contacts([])
            self._cases_arrived(ClientCases())
            self._answers_arrived(ClientSatisfaction())
            return
        self._load_tasks()
        self._load_cases()
        self._load_promises()
        self._load_contacts()
        self._load_answers()
        self._load_target()

    def refresh(self, changes: ChangeSet) -> None:
        """Fetch again what a change touches."""
        if self._client is None:
            return
        if changes.touches("tasks"):
            self._load_tasks()
        if changes.touches("promises", "interactions"):
            self._load_promises()
        if changes.touches(*CASES):
            self._load_cases()
        if changes.touches("contacts"):
            self._load_contacts()
        if changes.touches("satisfactions", "contacts"):
            self._load_answers()
        if changes.touches("targets", "documents", "settings", "days_off"):
            self._load_target()

    @Slot(int, int)
    def _keep_edge(self, _least: int, most: int) -> None:
        """Put the scroll bar into the margin, so that all cards end on one line."""
        bar = self.area.verticalScrollBar().sizeHint().width() if most > 0 else 0
        self._column.setContentsMargins(16, 0, 16 - min(16, bar), 16)

    def _load_tasks(self) -> None:
        self.context.runner.ask(
            open_tasks,
            client_id=self._client,
            limit=MOST_TASKS + 1,
            key="rail.tasks",
            on_done=self._tasks_arrived,
            on_error=self._ignore,
        )

    def _load_promises(self) -> None:
        self.context.runner.ask(
            open_promises,
            client_id=self._client,
            key="rail.promises",
            on_done=self._promises_arrived,
            on_error=self._ignore,
        )
        self.context.runner.ask(
            kept_ratios,
            client_id=self._client,
            today=self.context.today(),
            key="rail.ratios",
            on_done=self.promises.show_ratios,
            on_error=self._ignore,
        )

    def _load_cases(self) -> None:
        self.context.runner.ask(
            client_cases,
            client_id=self._client,
            today=self.context.today(),
            key="rail.cases",
            on_done=self._cases_arrived,
            on_error=self._ignore,
        )

    def _load_contacts(self) -> None:
        self.context.runner.ask(
            contacts_of,
            client_id=self._client,
            key="rail.contacts",
            on_done=self._contacts_arrived,
            on_error=self._ignore,
        )

    def _load_answers(self) -> None:
        self.context.runner.ask(
            satisfaction_of,
            client_id=self._client,
            today=self.context.today(),
            key="rail.answers",
            on_done=self._answers_arrived,
            on_error=self._ignore,
        )

    def _load_target(self) -> None:
        today = self.context.today()
        self.context.runner.ask(
            target_series,
            client_id=self._client,
            fiscal_year=periods.fiscal_year_of(today, self._profile.fiscal_start()),
            as_of=today,
            key="rail.target",
            on_done=self._target_arrived,
            on_error=self._ignore,
        )

    def _tasks_arrived(self, tasks: list[TaskRow]) -> None:
        """Take the earliest open task as the next step; the others stand in their card."""
        self.next.show_task(tasks[0] if tasks else None)
        self.tasks.show_tasks(tasks[1:], today=self.context.today())
        self._order()
        self._find_sought()

    def _promises_arrived(self, promises: list[PromiseRow]) -> None:
        self.promises.show_promises(promises, today=self.context.today())
        self._order()

    def _contacts_arrived(self, contacts: list[ContactRow]) -> None:
        self.contacts.show_contacts(contacts)
        self._order()
        self._find_sought()

    def _answers_arrived(self, held: ClientSatisfaction) -> None:
        self.satisfaction.show_answers(held)
        self._order()

    def _cases_arrived(self, cases: ClientCases) -> None:
        self.cases.show_cases(cases)
        self.dates.show_cases(cases)
        self.key_facts.show_disputed(cases.disputed_minor)
        self.key_facts.show_payments(cases.payments)
        self.details.group.show_shares(cases.shares)
        self.accounts.show_accounts(cases.accounts)
        self._order()
        self._find_sought()

    def _target_arrived(self, series: TargetSeries) -> None:
        self.target.show_series(series)

    def _order(self) -> None:
        """Let Tab follow what the eye reads: lines that came later stand where they are seen."""
        first = (
            self.next.add,
            self.target.form_button,
            self.target.table_button,
            self.cases.add,
            *self.cases.lines,
            *self.promises.lines,
            *self.promises.ratios.values(),
            *self.tasks.lines,
            self.dates.add,
            *self.dates.lines,
            self.satisfaction.add,
            *self.satisfaction.lines,
        )
        people = (self.contacts.add, *self.contacts.lines)
        for stops in (first, people, (self.accounts.add, *self.accounts.lines)):
            for before, after in pairwise(stops):
                self.setTabOrder(before, after)

    def _ignore(self, _error: Exception) -> None:
        """The timeline shows that the book cannot be read; once is enough."""

    def _trash_contact(self, contact: ContactRow) -> None:
        self.context.runner.submit(
            msg("Step", "Contact to the trash"),
            trash_contact,
            contact_id=contact.id,
            initiator=self,
            on_done=self._contact_trashed,
            on_error=self.context.messages.fail,
        )

    def _contact_trashed(self, _value: object) -> None:
        self._offer_undo(msg("Contact", "The contact was moved to the trash."))

    @Slot(object)
    def _show_ledger(self, by: PromiseBy) -> None:
        """Show the promises behind a figure."""
        wanted = Target("promises", "client", self._client, self._client, text=by.value)
        self.context.navigator.requested.emit(wanted)

    @Slot()
    def _new_account(self) -> None:
        from acctdesk.ui.dialogs.account_form import AccountForm

        if self._client is not None:
            AccountForm(self.context, self.window(), client_id=self._client).open()

    @Slot(str, object)
    def _show_case(self, kind: str, record: int) -> None:
        self.context.navigator.show_record("cases", kind, record, self._client)

    @Slot(object)
    def _close_date(self, date: KeyDateRow) -> None:
        self.deeds.close_date(date.id)

    @Slot(object)
    def _trash_date(self, date: KeyDateRow) -> None:
        self.deeds.trash_date(date.id)

    @Slot(object)
    def _trash_answer(self, answer: SatisfactionRow) -> None:
        self.deeds.trash_answer(answer.id)

    @Slot(object)
    def _complete_task(self, task: TaskRow) -> None:
        self.deeds.complete(task.id)

    def _offer_undo(self, text: Message) -> None:
        self.context.messages.say(text, action=ToastAction(msg("Toast", "Undo"), self._undo))

    def _undo(self) -> None:
        self.context.runner.undo(on_error=self.context.messages.fail)
