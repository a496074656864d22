"""The credit file of a client: what it may owe, what secures it, what is known, how it is rated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, tr
from acctdesk.services.credit_file import CreditFile, close_order, credit_file, trash_entry
from acctdesk.services.credit_words import hold_words
from acctdesk.services.profile import get_profile
from acctdesk.services.rows import Profile
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.delegates.entry_row import ROW
from acctdesk.ui.dialogs.credit_forms import NoteForm, OrderForm, RiskForm, SecurityForm
from acctdesk.ui.dialogs.record_form import RecordForm
from acctdesk.ui.dialogs.statement_form import StatementForm
from acctdesk.ui.itemmodels import credit_entries
from acctdesk.ui.itemmodels.credit_text import TABLES, risk_mark, trips_mark
from acctdesk.ui.itemmodels.entries import Entry
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.widgets.basics import label, row
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.entry_list import EntryList
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context

SHOWN = 3  # rows
Entries = Callable[[CreditFile, str], list[Entry]]
PARTS: Mapping[str, tuple[str, Message, Message, Entries]] = MappingProxyType(
    {  # icon, what it is called, what adds to it, and its lines
        "note": (
            "message",
            msg("Credit", "Market"),
            msg("Credit", "Add information"),
            credit_entries.notes,
        ),
        "statement": (
            "report",
            msg("Credit", "Accounts"),
            msg("Credit", "Add accounts"),
            credit_entries.statements,
        ),
        "security": (
            "shield",
            msg("Credit", "Securities"),
            msg("Credit", "Add a security"),
            credit_entries.securities,
        ),
        "order": (
            "shopping-cart",
            msg("Credit", "Orders"),
            msg("Credit", "Add an order"),
            credit_entries.orders,
        ),
        "risk": (
            "flag",
            msg("Credit", "Risk"),
            msg("Credit", "Change the class"),
            credit_entries.risks,
        ),
    }
)


class CreditFileDialog(CalmDialog):
    """Everything about the credit of one client, in parts; each part adds, edits and trashes."""

    topic = "credit"

    def __init__(
        self, context: Context, parent: QWidget | None, *, client_id: int, part: str = "note"
    ) -> None:
        super().__init__(parent, msg("Credit", "Credit file"), width=720)
        self.context = context
        self._client_id = client_id
        self.file: CreditFile | None = None
        self._currency = "EUR"
        self.deeds = Deeds(context, self)
        self.name = label("", "sub", wrap=True)
        self.trips = Chip(kind="danger", parent=self)
        self.risk = Chip(parent=self)
        self.trips.hide()
        self.risk.hide()
        self.figures = label("", "strong", wrap=True)
        self.hold = label("", "danger", wrap=True)
        self.parts = Segments(
            [Choice(key, icon, title) for key, (icon, title, _add, _list) in PARTS.items()],
            msg("Credit", "Parts of the credit file"),
            parent=self,
        )
        self.parts.choose(part)
        self.parts.chosen.connect(self._show)
        self.list = EntryList(self)
        self.list.setFixedHeight(SHOWN * ROW)
        self.list.opened.connect(self._edit)
        self.list.edit_wanted.connect(self._edit)
        self.list.trash_wanted.connect(self._trash)
        self.list.ticked.connect(self._tick)
        self.list.entry_changed.connect(self._show_detail)
        self.detail = label("", "body", wrap=True)
        head = row(self.trips, self.risk, None, spacing=8)
        head.insertWidget(0, self.name)
        self.content.addLayout(head)
        self.content.addWidget(self.figures)
        self.content.addWidget(self.hold)
        self.content.addWidget(self.parts)
        self.content.addWidget(self.list)
        self.content.addWidget(self.detail)
        self.content.addStretch(1)
        self.add_button(msg("Credit", "Close")).clicked.connect(self.accept)
        self.bin = self.add_button(msg("Action", "Move to trash"), icon="trash")
        self.edit = self.add_button(msg("Action", "Edit"), icon="pencil")
        self.add = self.add_button(PARTS[part][2], look="primary", icon="plus", default=True)
        self.bin.clicked.connect(self.trash_current)
        self.edit.clicked.connect(self.edit_current)
        self.add.clicked.connect(self.add_entry)
        context.bus.changed.connect(self._changed)
        bell().rung.connect(self._show)
        context.runner.ask(get_profile, on_done=self._profile_arrived, on_error=self._failed)
        self._load()
        self.list.setFocus()

    # -- asking

    def _load(self) -> None:
        self.context.runner.ask(
            credit_file,
            client_id=self._client_id,
            as_of=self.context.today(),
            key="credit.file",
            on_done=self._arrived,
            on_error=self._failed,
        )

    def _profile_arrived(self, profile: Profile) -> None:
        self._currency = profile.currency
        self._show()

    def _arrived(self, file: CreditFile) -> None:
        self.file = file
        self._show()

    def _failed(self, error: Exception) -> None:
        self.context.messages.fail(error)
        self.reject()

    @Slot(object, object)
    def _changed(self, changes: ChangeSet, _initiator: object) -> None:
        if changes.touches(*TABLES):
            self._load()

    # -- showing

    @Slot()
    def _show(self) -> None:
        file = self.file
        _icon, title, add, entries = PARTS[self.parts.key]
        say(self.add, text=add)
        say(self.list, name=title, description=_keys(self.parts.key))
        if file is None:
            return
        self.name.setText(shown_name(file.line.name, file.line.client_id))
        self.figures.setText(credit_entries.figures(file.line, self._currency))
        mark = trips_mark(file.line)
        self.trips.setVisible(mark is not None)
        if mark is not None:
            self.trips.set_status(mark.text, mark.tone)
        self.risk.setVisible(bool(file.ratings))
        if file.ratings:
            risk = risk_mark(file.ratings[0].risk)
            self.risk.set_status(risk.text, risk.tone)
        money = partial(formats.money, currency=self._currency, cents=False)
        self.hold.setVisible(file.hold is not None)
        self.hold.setText("" if file.hold is None else str(hold_words(file.hold, money)))
        shown = entries(file, self._currency)
        self.list.show_entries(shown)
        self.list.setVisible(bool(shown))
        self._show_detail()

    @Slot()
    def _show_detail(self) -> None:
        entry = self.list.current_entry()
        fixed = self.parts.key == "risk"
        self.edit.setVisible(not fixed)
        self.bin.setVisible(not fixed)
        self.edit.setEnabled(entry is not None)
        self.bin.setEnabled(entry is not None)
        if entry is not None:
            self.detail.setText(credit_entries.detail(entry.record, self._currency))
        elif self.file is not None:
            self.detail.setText(tr("Credit", "Nothing stands here yet."))
        if self.isVisible():
            self.fit(self.size())

    # -- hands

    @Slot()
    def add_entry(self) -> None:
        """Open the form for a new entry of the part at hand."""
        self._form(None)

    @Slot()
    def edit_current(self) -> None:
        """Open the form for the entry under the cursor."""
        entry = self.list.current_entry()
        if entry is not None:
            self._edit(entry)

    @Slot()
    def trash_current(self) -> None:
        """Move the entry under the cursor to the trash."""
        entry = self.list.current_entry()
        if entry is not None:
            self._trash(entry)

    @Slot(object)
    def _edit(self, entry: Entry) -> None:
        if self.parts.key != "risk":
            self._form(entry.record)

    def _form(self, record: Any) -> None:
        make: Callable[..., RecordForm]
        more: dict[str, Any] = {"row": record}
        match self.parts.key:
            case "note":
                make = NoteForm
            case "statement":
                make, more = StatementForm, {"row": record, "currency": self._currency}
            case "security":
                make = SecurityForm
            case "order":
                make = OrderForm
            case _:
                held = self.file.ratings if self.file is not None else ()
                make, more = RiskForm, {"row": held[0] if held else None}
        make(self.context, self, client_id=self._client_id, **more).open()

    @Slot(object)
    def _trash(self, entry: Entry) -> None:
        if self.parts.key != "risk":
            self.deeds.do(
                msg("Step", "Entry of a credit file to the trash"),
                trash_entry,
                msg("Credit", "The entry was moved to the trash."),
                kind=self.parts.key,
                entry_id=entry.record.id,
            )

    @Slot(object)
    def _tick(self, entry: Entry) -> None:
        if self.parts.key == "order" and entry.record.closed_on is None:
            self.deeds.do(
                msg("Step", "Order closed"),
                close_order,
                msg("Credit", "The order no longer counts."),
                order_id=entry.record.id,
                on=self.context.today(),
            )


def _keys(part: str) -> Message:
    if part == "risk":
        return msg("Credit", "The classes that the client has had.")
    if part == "order":
        return msg(
            "Credit", "Space: invoiced or cancelled. Enter edits, Delete moves to the trash."
        )
    return msg("Credit", "Enter edits, Delete moves to the trash.")
