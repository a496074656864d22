"""Tab "Expected cash": what open invoices should bring week by week, and how last month went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QStackedWidget, QWidget

from acctdesk import formats
from acctdesk.charts.cash import summary, table
from acctdesk.i18n import Message, msg, tr
from acctdesk.kinds import CashBasis
from acctdesk.services.cash import (
    CashCheck,
    CashForecast,
    ExpectedCash,
    cash_check,
    cash_forecast,
)
from acctdesk.ui.itemmodels.credit_tables import CashCheckModel, CashModel
from acctdesk.ui.itemmodels.figures_table import FiguresTableModel
from acctdesk.ui.pages import registry
from acctdesk.ui.pages.receivables.flat_table import FlatTable
from acctdesk.ui.pages.receivables.pane import Pane
from acctdesk.ui.pages.receivables.paper import paper
from acctdesk.ui.pages.receivables.tiles import AgeTile, TileRow
from acctdesk.ui.widgets.basics import box, column, row
from acctdesk.ui.widgets.chart_view import ChartView
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.figures_view import FiguresView
from acctdesk.ui.widgets.filter_chips import FilterChips
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.widgets.states import StatePanel
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.charts.style import ChartTokens
    from acctdesk.ui.context import Context
    from acctdesk.ui.pages.clients.book_profile import BookProfile

SOON = 4  # weeks
_HEIGHT, _LIST_HEIGHT = 190, 236
_TITLE = msg("Cash", "Expected cash by week")
_CHIPS: tuple[tuple[str, Message], ...] = (
    ("all", msg("Cash", "All")),
    ("promise", msg("Cash", "Promised")),
    ("habit", msg("Cash", "By own habit")),
    ("terms", msg("Cash", "By terms")),
    ("past", msg("Cash", "Should have come")),
    ("check", msg("Cash", "Last month")),
)
_BASES: dict[str, frozenset[CashBasis]] = {
    "all": frozenset(CashBasis),
    "promise": frozenset({CashBasis.PROMISE}),
    "habit": frozenset({CashBasis.HABIT, CashBasis.LATE_HABIT}),
    "terms": frozenset({CashBasis.TERMS}),
    "past": frozenset({CashBasis.PAST_HABIT, CashBasis.PAST_TERMS}),
}


@dataclass(frozen=True, slots=True)
class Weeks:
    """Makes the bars of the weeks; equal for an equal forecast."""

    forecast: CashForecast

    def __call__(self, width: float, height: float, colours: ChartTokens) -> Any:
        """Return the figure."""
        from acctdesk.charts.cash import cash_bars

        return cash_bars(self.forecast, tokens=colours, width=width, height=height)


class CashPane(Pane):
    """Thirteen weeks from the day on, and the invoices behind them."""

    tables = (
        "documents", "receipts", "allocations", "clients", "disputes", "disputed_documents",
        "payment_promises", "promised_documents", "instalments",
    )  # fmt: skip

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(context, profile, parent)
        self._forecast: CashForecast | None = None
        self._check: CashCheck | None = None
        self.model = CashModel(self)
        self.clients = CashCheckModel(self)
        self.numbers = FiguresTableModel(self)
        self._build()

    # -- what the page asks

    @property
    def sub_title(self) -> str:
        """The day, and what is expected from it on."""
        if self._forecast is None:
            return ""
        return tr(
            "Cash",
            "From {day} on · {amount} expected within thirteen weeks",
            day=formats.long_date(self._forecast.as_of),
            amount=self._money(self._forecast.expected_minor),
        )

    @property
    def client(self) -> tuple[int, str] | None:
        """The client under the cursor."""
        return self._table.client

    @property
    def _table(self) -> FlatTable:
        return self.check_view if self.chips.key == "check" else self.view

    def first_focus(self) -> None:
        """Begin in the list."""
        self._table.setFocus()

    def choose_client(self, client_id: int) -> None:
        """Make a client current in the list."""
        self._table.choose(client_id)

    def print_document(self) -> QTextDocument | None:
        """Return the weeks and the list that is shown."""
        if self._forecast is None:
            return None
        return paper(
            str(registry.RECEIVABLES.title),
            self.sub_title,
            table(self._forecast),
            str(dict(_CHIPS)[self.chips.key]),
            self.clients if self.chips.key == "check" else self.model,
        )

    # -- building

    def _build(self) -> None:
        self.soon = AgeTile(msg("Cash", "Within 4 weeks"), None, self)
        self.quarter = AgeTile(msg("Cash", "Within 13 weeks"), None, self)
        self.later = AgeTile(msg("Cash", "Later"), None, self)
        self.past = AgeTile(msg("Cash", "Should have come"), None, self)
        self.disputed = AgeTile(msg("Cash", "In dispute"), None, self)
        tiles = TileRow(self, few=3)
        tiles.hold(self.soon, self.quarter, self.later, self.past, self.disputed)
        whole = QWidget(self)
        inner = column(tiles, self._make_weeks(), spacing=12)
        inner.addWidget(self._make_lists(), 1)
        whole.setLayout(inner)
        self.nothing = StatePanel("coins", self)
        self.nothing.show_words(
            msg("Cash", "Nothing is open, so nothing is expected"),
            msg("Receivables", "Import sales and receipts; what is unpaid stands here by age."),
        )
        self.parts = QStackedWidget(self)
        for one in (whole, self.nothing):
            self.parts.addWidget(one)
        self.content.addWidget(self.parts, 1)

    def _make_weeks(self) -> QWidget:
        card, inside = box("card", margins=(16, 12, 16, 12), spacing=8)
        title = ElidedLabel(px=14, weight=600)
        say(title, text=_TITLE)
        self._unit = ElidedLabel(px=12, ink="muted")
        self.choice = Segments(
            [
                Choice("chart", "chart-bar", msg("Cash", "Chart")),
                Choice("table", "table", msg("Receivables", "Table")),
            ],
            msg("Receivables", "Show as"),
            parent=self,
        )
        self.choice.setFixedWidth(220)
        self.choice.chosen.connect(self._show_weeks)
        self.chart = ChartView(_HEIGHT, self)
        numbers = FiguresView(self.numbers, self, row=28)
        numbers.setMinimumHeight(_HEIGHT)
        self._parts = QStackedWidget(self)
        self._parts.setFixedHeight(_HEIGHT)
        self._parts.addWidget(self.chart)
        self._parts.addWidget(numbers)
        head = row(title, self._unit, None, spacing=8)
        head.addWidget(self.choice)
        inside.addLayout(head)
        inside.addWidget(self._parts)
        return card

    def _make_lists(self) -> QWidget:
        card, inside = box("card", margins=(1, 10, 1, 4), spacing=8)
        card.setMinimumHeight(_LIST_HEIGHT)
        self.chips = FilterChips(
            _CHIPS, msg("Cash", "Show"), self, hide_empty=["promise", "habit", "terms", "past"]
        )
        self.chips.chosen.connect(self._show_list)
        self.told = ElidedLabel(px=13, ink="muted")
        described = msg("Receivables", "Enter opens the client.")
        self.view = FlatTable(
            self.model,
            {1: 132, 2: 104, 3: 118, 4: 168, 5: 104, 6: 104},
            self,
            name=msg("Cash", "Invoices by the day expected"),
            description=described,
            given_up=(6, 2, 1, 4),
        )
        self.check_view = FlatTable(
            self.clients,
            {1: 130, 2: 130, 3: 130},
            self,
            name=msg("Cash", "Last month by client"),
            description=described,
        )
        self.lists = QStackedWidget(card)
        for one in (self.view, self.check_view):
            one.opened.connect(self.open_client)
            one.chosen.connect(self.actions_changed)
            one.menu_wanted.connect(self.open_menu)
            self.lists.addWidget(one)
        head = row(margins=(16, 0, 16, 0))
        head.addWidget(self.chips, 1)
        inside.addLayout(head)
        said = row(margins=(16, 0, 16, 0))
        said.addWidget(self.told, 1)
        inside.addLayout(said)
        inside.addWidget(self.lists, 1)
        return card

    # -- asking

    @Slot()
    def load(self) -> None:
        """Fetch the forecast from a day on, and the check of the month before it."""
        asked: tuple[tuple[Callable[..., Any], str, Callable[[Any], None]], ...] = (
            (cash_forecast, "cash.forecast", self._arrived),
            (cash_check, "cash.check", self._check_arrived),
        )
        for question, key, done in asked:
            self.context.runner.ask(
                question, as_of=self.as_of, key=key, on_done=done, on_error=self.failed
            )

    def _arrived(self, forecast: CashForecast) -> None:
        self._forecast = forecast
        self.arrived()
        self.parts.setCurrentIndex(0 if forecast.items or self._check is not None else 1)
        self.say_anew()

    def _check_arrived(self, check: CashCheck) -> None:
        self._check = check
        self._show_list()

    # -- showing

    def _money(self, minor: int) -> str:
        return formats.money(minor, self.profile.currency(), cents=False)

    def speak(self) -> None:
        super().speak()
        forecast = self._forecast
        if forecast is None:
            return
        soon = forecast.weeks[:SOON]
        past = [one for one in forecast.items if one.day is None]
        self.soon.show_figure(
            self._money(sum(week.amount_minor for week in soon)),
            tr("Cash", "until {day}", day=formats.date(soon[-1].ends_on)),
        )
        self.quarter.show_figure(
            self._money(forecast.expected_minor),
            tr("Cash", "until {day}", day=formats.date(forecast.weeks[-1].ends_on)),
        )
        self.later.show_figure(self._money(forecast.later_minor), "")
        self.past.show_figure(
            self._money(forecast.past_minor), tr("Cash", "{n} without a day", n=len(past))
        )
        self.disputed.show_figure(self._money(forecast.disputed_minor), tr("Cash", "not counted"))
        self._show_weeks()
        self._show_list()

    @Slot()
    def _show_weeks(self) -> None:
        forecast = self._forecast
        if forecast is None:
            return
        from acctdesk.charts.cash import scale

        as_table = self.choice.key == "table"
        self._parts.setCurrentIndex(1 if as_table else 0)
        currency = self.profile.currency()
        unit = str(scale(forecast).label(currency))
        self._unit.setText(currency if as_table else unit)
        self.numbers.set_table(table(forecast))
        self.chart.show_chart(
            Weeks(forecast), name=_TITLE, description=summary(forecast, currency=currency)
        )

    @Slot()
    def _show_list(self) -> None:
        forecast, check, key = self._forecast, self._check, self.chips.key
        items = forecast.items if forecast is not None else ()
        parts: dict[str, list[ExpectedCash]] = {
            one: [item for item in items if item.basis in bases] for one, bases in _BASES.items()
        }
        counts: dict[str, int] = {one: len(rows) for one, rows in parts.items()}
        self.chips.show_counts({**counts, "check": None})
        if key == "check":
            self.check_view.show_rows(check.clients if check is not None else ())
        else:
            self.view.show_rows(parts[key])
        self.lists.setCurrentWidget(self._table)
        self.told.setText(str(self._told(check)) if key == "check" else str(self._summed()))
        self.actions_changed.emit()

    def _summed(self) -> Message:
        shown = sum(one.expected_minor for one in self.model.rows)
        return msg("Cash", "{amount} in these invoices, by day", amount=self._money(shown))

    def _told(self, check: CashCheck | None) -> Message:
        if check is None:
            return msg("Cash", "Being worked out.")
        return msg(
            "Cash",
            "{month}: {came} came; {expected} was expected on {day}, by the book as known now.",
            month=formats.month_name(check.start),
            came=self._money(check.came_minor),
            expected=self._money(check.expected_minor),
            day=formats.date(check.made_on),
        )
