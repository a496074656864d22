"""Tab "Ageing": what is owed by age on any day, how it moved, and who pays later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from acctdesk import formats
from acctdesk.charts.ageing import table
from acctdesk.i18n import Message, msg, ntr, tr
from acctdesk.services.ageing import (
    AgeingBy,
    AgeingRow,
    Collection,
    ageing_months,
    ageing_rows,
    collection,
)
from acctdesk.services.habits import LatePayer, late_payers
from acctdesk.services.receivables import disputed_by_client, receivables
from acctdesk.services.rows import Receivables, TaskRow
from acctdesk.services.tasks import next_steps
from acctdesk.ui.itemmodels.late_payers import LatePayersModel
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.receivables.months import MonthsCard
from acctdesk.ui.pages.receivables.overdue import OverdueView
from acctdesk.ui.pages.receivables.pane import Pane
from acctdesk.ui.pages.receivables.paper import paper
from acctdesk.ui.pages.receivables.table import AgeingModel, AgeingView
from acctdesk.ui.pages.receivables.tiles import AgeTiles
from acctdesk.ui.widgets.basics import box, column
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.filter_chips import FilterChips
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.widgets.states import StatePanel

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from acctdesk.services.desk import ChangeSet
    from acctdesk.ui.context import Context
    from acctdesk.ui.pages.clients.book_profile import BookProfile

TABLES = (
    "documents", "receipts", "allocations", "clients", "disputes", "disputed_documents",
)  # fmt: skip
_CHIPS: tuple[tuple[str, Message], ...] = (
    ("all", msg("Receivables", "All")),
    ("slower", msg("Receivables", "Slower than usual")),
    ("no_step", msg("Receivables", "No next step")),
    ("disputed", msg("Receivables", "In dispute")),
)
_LISTS: dict[str, AgeingBy | None] = {
    "overdue": None,
    "client": AgeingBy.CLIENT,
    "group": AgeingBy.GROUP,
    "segment": AgeingBy.SEGMENT,
}
_LIST_HEIGHT = 236  # least height of the lower card


@dataclass(frozen=True, slots=True)
class _Late:
    payers: list[LatePayer]
    steps: dict[int, TaskRow]
    disputed: dict[int, int]  # of what each client owes, overdue or not; minor units


def _late(session: Session, *, as_of: dt.date) -> _Late:
    payers = late_payers(session, as_of=as_of)
    return _Late(
        payers,
        next_steps(session, client_ids=[one.client_id for one in payers]),
        disputed_by_client(session, as_of=as_of),
    )


class AgeingPane(Pane):
    """Everything owed on a day, by age."""

    tables = TABLES

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(context, profile, parent)
        self._now: Receivables | None = None
        self._collected: Collection | None = None
        self._by_month: tuple[Receivables, ...] = ()
        self._held = _Late([], {}, {})
        self.model = LatePayersModel(self)
        self.ages = AgeingModel(self)
        self._build()

    # -- what the page asks

    @property
    def sub_title(self) -> str:
        """The day, and who owes what is overdue."""
        if self._now is None:
            return ""
        count = len(self._held.payers)
        overdue = sum(one.overdue_minor for one in self._held.payers)
        return ntr(
            "Receivables",
            "As of {day}, gross of VAT · {n} client with {amount} overdue",
            "As of {day}, gross of VAT · {n} clients with {amount} overdue",
            count,
            day=formats.long_date(self._now.as_of),
            amount=formats.money(overdue, self.profile.currency(), cents=False),
        )

    @property
    def client(self) -> tuple[int, str] | None:
        """The client under the cursor of the list."""
        payer = self.model.row(self.view.currentIndex().row())
        return None if payer is None else (payer.client_id, payer.name)

    def first_focus(self) -> None:
        """Begin in the list."""
        self.view.setFocus()

    def choose_client(self, client_id: int) -> None:
        """Make a client current in the list."""
        self.view.choose(client_id)

    def touch(self, changes: ChangeSet) -> None:
        """Fetch again what a change touches; next steps are tasks."""
        super().touch(changes)
        if changes.touches("tasks") and not changes.touches(*TABLES):
            self._ask_late()

    def print_document(self) -> QTextDocument | None:
        """Return the months and the list that is shown."""
        if self._now is None:
            return None
        late = self.list_choice.key == "overdue"
        return paper(
            str(registry.RECEIVABLES.title),
            self.sub_title,
            table(self._by_month),
            tr("Receivables", "Overdue clients") if late else self.list_title.text(),
            self.model if late else self.ages,
        )

    # -- building

    def _build(self) -> None:
        self.tiles = AgeTiles(self)
        self.months = MonthsCard(self)
        whole = QWidget(self)
        inner = column(self.tiles, self.months, spacing=12)
        inner.addWidget(self._make_lists(), 1)
        whole.setLayout(inner)
        self.nothing = StatePanel("receipt", self)
        self.nothing.show_words(
            msg("Receivables", "Nothing is owed"),
            msg("Receivables", "Import sales and receipts; what is unpaid stands here by age."),
        )
        self.nothing.add_button(msg("Action", "Import files…")).clicked.connect(self._import)
        self.parts = QStackedWidget(self)
        for one in (whole, self.nothing):
            self.parts.addWidget(one)
        self.content.addWidget(self.parts, 1)
        self.turning += [self.months.head, self._list_head]

    def _make_lists(self) -> QWidget:
        card, inside = box("card", margins=(1, 10, 1, 4), spacing=8)
        card.setMinimumHeight(_LIST_HEIGHT)
        self.list_title = ElidedLabel(px=14, weight=600)
        self.list_choice = Segments(
            [
                Choice("overdue", "clock", msg("Receivables", "Overdue")),
                Choice("client", "user", msg("Receivables", "By client")),
                Choice("group", "users", msg("Receivables", "By group")),
                Choice("segment", "star", msg("Receivables", "By category")),
            ],
            msg("Receivables", "Lines"),
            parent=self,
        )
        self.list_choice.chosen.connect(self._list_chosen)
        self.chips = FilterChips(
            _CHIPS, msg("Receivables", "Show"), self, hide_empty=["slower", "no_step", "disputed"]
        )
        self.chips.chosen.connect(self._show_late)
        self.view = OverdueView(self.model, self)
        self.view.opened.connect(self.open_client)
        self.view.chosen.connect(self.actions_changed)
        self.view.menu_wanted.connect(self.open_menu)
        self.by = AgeingView(self.ages, self)
        self.none_late = StatePanel("circle-check", self)
        self.none_late.show_words(
            msg("Receivables", "Nothing is overdue"),
            msg("Receivables", "On this day every open invoice was still within its term."),
        )
        self.lists = QStackedWidget(card)
        for one in (self.view, self.by, self.none_late):
            self.lists.addWidget(one)
        self._list_head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._list_head.setContentsMargins(16, 0, 16, 0)
        self._list_head.setSpacing(8)
        self._list_head.addWidget(self.chips, 1)
        self._list_head.addWidget(self.list_title, 1)
        self._list_head.addWidget(self.list_choice)
        inside.addLayout(self._list_head)
        inside.addWidget(self.lists, 1)
        return card

    # -- asking

    @Slot()
    def load(self) -> None:
        """Fetch everything anew as of a day."""
        ask, day = self.context.runner.ask, self.as_of
        ask(
            receivables,
            as_of=day,
            key="receivables.now",
            on_done=self._arrived,
            on_error=self.failed,
        )
        self._ask_late()
        self._ask_rows()
        for question, key, done in (
            (ageing_months, "receivables.months", self._months_arrived),
            (collection, "receivables.collection", self._collected_arrived),
        ):
            ask(question, as_of=day, key=key, on_done=done, on_error=self.failed)

    def _ask_late(self) -> None:
        self.context.runner.ask(
            _late,
            as_of=self.as_of,
            key="receivables.late",
            on_done=self._late_arrived,
            on_error=self.failed,
        )

    def _ask_rows(self) -> None:
        by = _LISTS[self.list_choice.key]
        if by is not None:
            self.context.runner.ask(
                ageing_rows,
                as_of=self.as_of,
                by=by,
                key="receivables.rows",
                on_done=self._rows_arrived,
                on_error=self.failed,
            )

    # -- answers

    def _arrived(self, now: Receivables) -> None:
        self._now = now
        if self._collected is not None and self._collected.as_of != now.as_of:
            self._collected = None
        owed = (
            now.open_minor or now.unapplied_minor or any(one.open_minor for one in self._by_month)
        )
        self.arrived()
        self.parts.setCurrentIndex(0 if owed else 1)
        self.say_anew()

    def _collected_arrived(self, collected: Collection) -> None:
        self._collected = collected
        self.say_anew()

    def _months_arrived(self, months: tuple[Receivables, ...]) -> None:
        self._by_month = months
        if any(one.open_minor for one in months):
            self.parts.setCurrentIndex(0)
        self.months.show_months(months, self.profile.currency())

    def _late_arrived(self, held: _Late) -> None:
        self._held = held
        self._show_late()
        self.say_anew()

    def _rows_arrived(self, rows: list[AgeingRow]) -> None:
        by = _LISTS[self.list_choice.key]
        if by is not None:
            self.ages.show(rows, by)
        self.say_anew()

    # -- showing

    @Slot()
    def _show_late(self) -> None:
        held, client_id = self._held, self.view.client_id
        parts: dict[str, Sequence[LatePayer]] = {
            "all": held.payers,
            "slower": [one for one in held.payers if one.is_slower],
            "no_step": [one for one in held.payers if one.client_id not in held.steps],
            "disputed": [one for one in held.payers if held.disputed.get(one.client_id)],
        }
        self.chips.show_counts({key: len(rows) for key, rows in parts.items()})
        self.model.show(parts[self.chips.key], held.steps, held.disputed)
        self.view.choose(client_id)
        self._arrange_lists()

    @Slot()
    def _list_chosen(self) -> None:
        self._arrange_lists()
        self._ask_rows()
        self.say_anew()

    def _arrange_lists(self) -> None:
        late = self.list_choice.key == "overdue"
        self.chips.setVisible(late)
        self.list_title.setVisible(not late)
        if late:
            self.lists.setCurrentWidget(self.view if self._held.payers else self.none_late)
        else:
            self.lists.setCurrentWidget(self.by)
        self.actions_changed.emit()

    def speak(self) -> None:
        """Show the day that is held."""
        super().speak()
        if self._now is None:
            return
        currency = self.profile.currency()
        self.tiles.show_day(self._now, self._collected, currency)
        lines = max(0, len(self.ages.rows) - 1)
        self.list_title.setText(ntr("Receivables", "{n} line", "{n} lines", lines))
        self.model.repeat()
        self.ages.repeat()
        self.months.show_months(self._by_month, currency)

    # -- hands

    @Slot()
    def _import(self) -> None:
        self.context.actions["tools.import"].trigger()
