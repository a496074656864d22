"""The Promises page: the ledger of what we and they undertook, and how much of it was kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.kinds import PromiseBy, PromiseOutcome
from acctdesk.services.clients import get_client
from acctdesk.services.promises import (
    COUNTED,
    MOST,
    KeptRatio,
    kept_ratios,
    ledger_counts,
    promise_ledger,
)
from acctdesk.services.rows import ClientCard, LedgerLine
from acctdesk.ui.itemmodels.tasks import TasksModel
from acctdesk.ui.itemmodels.tasks_text import Entry, of_ledger
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.loaded import LoadedPage
from acctdesk.ui.pages.promises.printing import ledger_document
from acctdesk.ui.pages.promises.ratios import Ratios
from acctdesk.ui.pages.tasks.deeds import EntryDeeds
from acctdesk.ui.pages.tasks.view import TasksView
from acctdesk.ui.widgets.basics import box, label, row
from acctdesk.ui.widgets.client_picker import ClientPicker
from acctdesk.ui.widgets.filter_chips import FilterChips
from acctdesk.ui.widgets.list_states import ListStates
from acctdesk.ui.widgets.menu import Deed, open_menu
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context, Target

_CHIPS: tuple[tuple[str, Message], ...] = (
    ("all", msg("Promises", "All")),
    ("open", msg("Promises", "Open")),
    ("overdue", msg("Promises", "Overdue")),
    ("broken", msg("Promises", "Not kept")),
    ("kept_late", msg("Promises", "Kept late")),
    ("kept", msg("Promises", "Kept")),
    ("counted", msg("Promises", "Settled or due")),
)
_OUTCOMES: Mapping[str, tuple[PromiseOutcome, ...]] = {
    "all": tuple(PromiseOutcome),
    "open": (PromiseOutcome.OPEN, PromiseOutcome.OVERDUE),
    "counted": COUNTED,
    **{one.value: (one,) for one in PromiseOutcome if one is not PromiseOutcome.OPEN},
}
_BOTH = "both"
_SIDES = (
    Choice(_BOTH, "list", msg("Promises", "Both")),
    Choice(PromiseBy.US.value, "user", msg("Promises", "By us")),
    Choice(PromiseBy.THEM.value, "building", msg("Promises", "By them")),
)


class PromisesPage(LoadedPage):
    """What was promised, both ways, and what became of it."""

    spec = registry.PROMISES
    tables = ("promises", "interactions", "clients")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ratios: Mapping[PromiseBy, KeptRatio] = {}
        self._lines: list[LedgerLine] | None = None
        self.model = TasksModel(self)
        self.view = TasksView(self.model, self)
        self.deeds = EntryDeeds(context, self.view, self)
        self._build()
        self.view.ticked.connect(self.deeds.tick)
        self.view.opened.connect(self._open)
        self.view.edit_wanted.connect(self._open)
        self.view.trash_wanted.connect(self.deeds.trash_entry)
        self.view.menu_wanted.connect(self._open_menu)
        self.view.entry_changed.connect(self.actions_changed)
        self.restyle()

    # -- what the window asks

    def first_focus(self) -> None:
        """Put the keyboard into the list."""
        self.view.setFocus()

    def filter_focus(self) -> bool:
        """Put the cursor where a client is typed."""
        self.picker.field.setFocus()
        self.picker.field.selectAll()
        return True

    def can(self, action: str) -> bool:
        """Tell whether an action makes sense now."""
        if action == "edit.filter":
            return True
        entry = self.view.current_entry()
        if action == "record.postpone":
            return entry is not None and not entry.is_done
        return action in self.spec.handlers and entry is not None

    def open_target(self, target: Target) -> None:
        """Show the rows of a figure: ``text`` is the side (us, them); ``id`` a client or None.

        With a client those settled or due are shown, else those still open.
        """
        self.activated()
        if target.text:
            self.sides.choose(target.text)
            self.chips.choose("counted" if target.kind == "client" else "open")
        if target.kind == "client" and target.id is not None:
            self._show_client(target.id)
        elif target.text:
            self.picker.take(None, "")
        self.load()
        self.view.setFocus()

    def print_document(self) -> QTextDocument | None:
        """Return the lines that are shown."""
        entries = self.model.entries()
        if not entries:
            return None
        return ledger_document(entries, self._ratios, today=self.context.today())

    # -- building

    def _build(self) -> None:
        self.picker = ClientPicker(self.context, self)
        self.picker.setFixedWidth(280)
        self.picker.field.setClearButtonEnabled(True)
        say(
            self.picker.field,
            placeholder=msg("Promises", "Of which client"),
            name=msg("Promises", "Of which client"),
            tip=msg("Promises", "Only the promises of one client (Ctrl+F)"),
        )
        self.picker.chosen.connect(self._filtered)
        self.ratios = Ratios(self)
        self.ratios.wanted.connect(self._show_side)
        self.chips = FilterChips(_CHIPS, msg("Promises", "Show"), self)
        self.chips.chosen.connect(self._filtered)
        self.sides = Segments(_SIDES, msg("Promises", "Given by"), parent=self)
        self.sides.choose(_BOTH)
        self.sides.chosen.connect(self._filtered)
        self.states = ListStates(self.view, "flag", self)
        self.states.again.connect(self.load)
        self.cut = label("", "caption")
        first = msg("Promises", "The first {n} of them; choose a client or a chip.", n=MOST)
        say(self.cut, text=first)
        self.cut.hide()
        card, inside = box("card", margins=(1, 6, 1, 6), spacing=0)
        inside.addWidget(self.states)
        chips = row(self.chips, self.sides, spacing=12)
        chips.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(row(label(self.spec.title, "title"), None, self.picker, spacing=12))
        column.addWidget(self.ratios)
        column.addLayout(chips)
        column.addWidget(self.cut)
        column.addWidget(card, 1)

    def restyle(self) -> None:
        """Take the height of a line."""
        self.view.set_height(self.context.theme.two_line_height)

    def speak(self) -> None:
        """Show the lines that are held, and both figures."""
        self.ratios.show_ratios(self._ratios)
        if self._lines is not None:
            self._show(self._lines)

    # -- answers

    @Slot()
    def load(self) -> None:
        """Fetch the lines, their counts and both figures anew."""
        side = self.sides.key
        of: dict[str, Any] = {
            "today": self.context.today(),
            "client_id": self.picker.client_id,
        }
        by = None if side == _BOTH else PromiseBy(side)
        self._ask(kept_ratios, self._ratios_arrived, **of)
        self._ask(ledger_counts, self._counts_arrived, given_by=by, **of)
        self._ask(
            promise_ledger,
            self._lines_arrived,
            given_by=by,
            outcomes=_OUTCOMES[self.chips.key],
            **of,
        )

    def _ask(self, question: Callable[..., Any], then: Callable[..., Any], **args: Any) -> None:
        self.context.runner.ask(
            question,
            key=f"promises.{question.__name__}",
            on_done=then,
            on_error=self._failed,
            **args,
        )

    def _ratios_arrived(self, ratios: Mapping[PromiseBy, KeptRatio]) -> None:
        self._ratios = ratios
        self.say_anew()

    def _counts_arrived(self, counts: Mapping[PromiseOutcome, int]) -> None:
        self.chips.show_counts(
            {key: sum(counts[one] for one in outcomes) for key, outcomes in _OUTCOMES.items()}
        )

    def _lines_arrived(self, lines: list[LedgerLine]) -> None:
        self._lines = lines
        self.say_anew()

    def _show(self, lines: list[LedgerLine]) -> None:
        current, place = self.view.current_entry(), self.view.currentIndex().row()
        self.model.set_entries([of_ledger(one) for one in lines], today=self.context.today())
        self.cut.setVisible(len(lines) >= MOST)
        if lines:
            self.states.show_list()
            self.view.choose(current.key if current is not None else None, max(0, place))
        else:
            self.states.show_empty(
                msg("Promises", "No promise here"),
                msg("Promises", "What you or a client promise in a contact is kept here for good."),
            )
        self.actions_changed.emit()

    def _failed(self, error: Exception) -> None:
        self.states.show_failure(msg("Promises", "The promises could not be read"), error)

    # -- the officer's hand

    @Slot()
    def complete(self) -> None:
        """Tick the current promise."""
        self.view.do(self.deeds.tick)

    @Slot()
    def postpone(self) -> None:
        """Ask for another day for the current promise."""
        self.view.do(self.deeds.ask_when)

    @Slot()
    def trash(self) -> None:
        """Move the current promise to the trash."""
        self.view.do(self.deeds.trash_entry)

    @Slot(object)
    def _filtered(self, _key: object) -> None:
        self.refresh()

    @Slot(object)
    def _show_side(self, by: PromiseBy) -> None:
        self.sides.choose(by.value)
        self.chips.choose("counted")
        self.view.setFocus()

    def _show_client(self, client_id: int) -> None:
        def named(card: ClientCard) -> None:
            self.picker.take(client_id, card.name)

        self.context.runner.ask(
            get_client,
            client_id=client_id,
            today=self.context.today(),
            key="promises.client",
            on_done=named,
            on_error=self._failed,
        )

    @Slot(object)
    def _open(self, entry: Entry) -> None:
        """Open the contact in which it was given, or its client."""
        ledger = entry.ledger
        if ledger is not None and ledger.given_in is not None and ledger.promise.interaction_id:
            self.context.navigator.show_record(
                "clients", "interaction", ledger.promise.interaction_id, entry.client_id
            )
        else:
            self._open_client(entry)

    def _open_client(self, entry: Entry) -> None:
        if entry.client_id is not None:
            self.context.navigator.show_client(entry.client_id)

    @Slot(object)
    def _open_menu(self, point: QPoint) -> None:
        self.view.do(lambda entry: open_menu(self, point, self._offers(entry)))

    def _offers(self, entry: Entry) -> list[Deed]:
        offers = self.deeds.offers(entry)
        if entry.ledger is not None and entry.ledger.given_in is not None:
            offers.append((msg("Promises", "Open where it was given"), partial(self._open, entry)))
        client = (msg("Tasks", "Open the client"), partial(self._open_client, entry))
        return [*offers, client, self.deeds.trash_offer(entry)]
