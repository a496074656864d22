"""Tab "Credit": limit, exposure and headroom of every client, what trips, and the reviews due."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QStackedWidget, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, ntr
from acctdesk.kinds import CreditRule
from acctdesk.services.case_rows import KeyDateRow
from acctdesk.services.credit import CreditLine, credit_lines
from acctdesk.services.reviews import do_review, reviews
from acctdesk.ui.deeds import Deeds
from acctdesk.ui.dialogs.credit_file import CreditFileDialog
from acctdesk.ui.itemmodels.credit_tables import CreditModel, ReviewsModel
from acctdesk.ui.itemmodels.credit_text import TABLES
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.receivables.flat_table import FlatTable
from acctdesk.ui.pages.receivables.pane import Pane
from acctdesk.ui.pages.receivables.paper import paper
from acctdesk.ui.widgets.basics import Button, box, row
from acctdesk.ui.widgets.filter_chips import FilterChips
from acctdesk.ui.widgets.states import StatePanel

if TYPE_CHECKING:
    from acctdesk.ui.context import Context
    from acctdesk.ui.pages.clients.book_profile import BookProfile

AHEAD = dt.timedelta(days=90)  # reviews that are listed
_CHIPS: tuple[tuple[str, Message], ...] = (
    ("all", msg("Credit", "All")),
    ("over", msg("Credit", "Over the limit")),
    ("trips", msg("Credit", "Something trips")),
    ("no_limit", msg("Credit", "No limit recorded")),
    ("reviews", msg("Credit", "Reviews")),
)


class CreditPane(Pane):
    """Every client with a limit, a debt or an order; over the limit first."""

    tables = TABLES

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(context, profile, parent)
        self._lines: list[CreditLine] = []
        self._reviews: list[KeyDateRow] = []
        self.deeds = Deeds(context, self)
        self.model = CreditModel(self)
        self.dates = ReviewsModel(self)
        self._build()

    # -- what the page asks

    @property
    def sub_title(self) -> str:
        """The day, how many are over their limit, and by how much in all."""
        over = [one.standing.exposure for one in self._lines if one.standing.exposure.is_over]
        if not self._lines:
            return ""
        return ntr(
            "Credit",
            "As of {day} · {n} client over its limit, {amount} in all",
            "As of {day} · {n} clients over their limits, {amount} in all",
            len(over),
            day=formats.long_date(self.as_of),
            amount=formats.money(
                -sum(one.headroom_minor or 0 for one in over),
                self.profile.currency(),
                cents=False,
            ),
        )

    @property
    def client(self) -> tuple[int, str] | None:
        """The client under the cursor."""
        return self._table.client

    @property
    def _table(self) -> FlatTable:
        return self.review_view if self.chips.key == "reviews" else self.view

    def first_focus(self) -> None:
        """Begin in the list."""
        self._table.setFocus()

    def choose_client(self, client_id: int) -> None:
        """Make a client current in the list."""
        self._table.choose(client_id)

    def print_document(self) -> QTextDocument | None:
        """Return the list that is shown."""
        shown = self.dates if self.chips.key == "reviews" else self.model
        title = str(dict(_CHIPS)[self.chips.key])
        return paper(str(registry.RECEIVABLES.title), self.sub_title, None, title, shown)

    # -- building

    def _build(self) -> None:
        self.chips = FilterChips(
            _CHIPS, msg("Credit", "Show"), self, hide_empty=["over", "trips", "no_limit"]
        )
        self.chips.chosen.connect(self._show)
        self.order = Button(
            msg("Credit", "May I take this order?"), icon="shopping-cart", parent=self
        )
        self.order.clicked.connect(self._try_order)
        self.done = Button(msg("Credit", "Review done"), icon="check", parent=self)
        self.done.clicked.connect(self._do_current)
        self.view = FlatTable(
            self.model,
            {1: 150, 2: 104, 3: 104, 4: 76, 5: 230},
            self,
            name=msg("Credit", "Credit of clients"),
            description=msg("Credit", "Enter opens the credit file."),
            given_up=(4, 1, 3),
            grows=5,
        )
        self.review_view = FlatTable(
            self.dates,
            {1: 260, 2: 110, 3: 130},
            self,
            name=msg("Credit", "Reviews"),
            description=msg("Credit", "Space: done, and the next one is made. Enter opens."),
            given_up=(3,),
        )
        for table in (self.view, self.review_view):
            table.opened.connect(self._open)
            table.chosen.connect(self.actions_changed)
            table.menu_wanted.connect(self.open_menu)
        self.review_view.ticked.connect(self._do_review)
        self.nothing = StatePanel("shield-check", self)
        self.lists = QStackedWidget(self)
        for one in (self.view, self.review_view, self.nothing):
            self.lists.addWidget(one)
        card, inside = box("card", margins=(1, 10, 1, 4), spacing=8)
        head = row(self.order, self.done, spacing=8, margins=(16, 0, 16, 0))
        head.insertWidget(0, self.chips, 1)
        inside.addLayout(head)
        inside.addWidget(self.lists, 1)
        self.content.addWidget(card, 1)
        self._show()

    # -- asking

    @Slot()
    def load(self) -> None:
        """Fetch the credit and the reviews as of a day."""
        day = self.as_of
        self.context.runner.ask(
            credit_lines,
            as_of=day,
            key="credit.lines",
            on_done=self._lines_arrived,
            on_error=self.failed,
        )
        self.context.runner.ask(
            reviews,
            today=day,
            until=day + AHEAD,
            key="credit.reviews",
            on_done=self._reviews_arrived,
            on_error=self.failed,
        )

    def _lines_arrived(self, lines: list[CreditLine]) -> None:
        self._lines = lines
        self.arrived()
        self._show()
        self.say_anew()

    def _reviews_arrived(self, found: list[KeyDateRow]) -> None:
        self._reviews = found
        self._show()

    # -- showing

    @Slot()
    def _show(self) -> None:
        parts = {
            "all": self._lines,
            "over": [one for one in self._lines if one.standing.exposure.is_over],
            "trips": [one for one in self._lines if set(one.rules) - {CreditRule.NO_LIMIT}],
            "no_limit": [one for one in self._lines if CreditRule.NO_LIMIT in one.rules],
        }
        counts = {key: len(rows) for key, rows in parts.items()}
        self.chips.show_counts({**counts, "reviews": len(self._reviews)})
        key = self.chips.key
        of_reviews = key == "reviews"
        self.done.setVisible(of_reviews)
        self.order.setVisible(not of_reviews)
        if of_reviews:
            self.review_view.show_rows(self._reviews)
        else:
            self.view.show_rows(parts[key])
        empty = not (self._reviews if of_reviews else parts[key])
        self.lists.setCurrentWidget(self.nothing if empty else self._table)
        self.nothing.show_words(
            msg("Credit", "No review is due within 90 days")
            if of_reviews
            else msg("Credit", "Nothing to show"),
            msg("Credit", "A client's risk class, in its credit file, makes its first review.")
            if of_reviews
            else msg("Credit", "Clients with a limit, a debt or an order stand here."),
        )
        self.actions_changed.emit()

    def speak(self) -> None:
        super().speak()
        self.model.repeat()
        self.dates.repeat()

    # -- hands

    @Slot(object)
    def _open(self, _record: object) -> None:
        self.open_file("risk" if self.chips.key == "reviews" else "note")

    def open_file(self, part: str) -> None:
        """Open a part of the credit file of the client at hand."""
        if self.client is not None:
            file = CreditFileDialog(
                self.context, self.window(), client_id=self.client[0], part=part
            )
            file.open()

    @Slot()
    def _try_order(self) -> None:
        self.context.actions["record.order"].trigger()

    @Slot()
    def _do_current(self) -> None:
        if self.review_view.record is not None:
            self._do_review(self.review_view.record)

    @Slot(object)
    def _do_review(self, date: KeyDateRow) -> None:
        self.deeds.do(
            msg("Step", "Review done"),
            do_review,
            msg("Credit", "The review was done; the next one was made."),
            key_date_id=date.id,
            on=self.context.today(),
        )
