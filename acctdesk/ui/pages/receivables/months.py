"""The months of the Receivables page: bars by amount or share, or the same as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QStackedWidget, QVBoxLayout, QWidget

from acctdesk.charts.ageing import scale, summary, table
from acctdesk.i18n import msg, tr
from acctdesk.services.rows import Receivables
from acctdesk.ui.itemmodels.figures_table import FiguresTableModel
from acctdesk.ui.widgets.basics import row
from acctdesk.ui.widgets.chart_view import ChartView
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.figures_view import FiguresView
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.charts.style import ChartTokens

_HEIGHT = 150
_TITLE = msg("Receivables", "Open amounts by age at the end of the month")


@dataclass(frozen=True, slots=True)
class Ages:
    """Makes the bars of the months; equal for equal months."""

    months: tuple[Receivables, ...]
    share: bool

    def __call__(self, width: float, height: float, colours: ChartTokens) -> Any:
        """Return the figure."""
        from acctdesk.charts.ageing import ageing_bars

        return ageing_bars(
            self.months, tokens=colours, width=width, height=height, share=self.share
        )


class MonthsCard(QFrame):
    """A card with the months; ``choice`` says how they are shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._months: tuple[Receivables, ...] = ()
        self._currency = "EUR"
        self.numbers = FiguresTableModel(self)
        self._unit = ElidedLabel(px=12, ink="muted")
        title = ElidedLabel(px=14, weight=600)
        say(title, text=_TITLE)
        self.choice = Segments(
            [
                Choice("amount", "chart-bar", msg("Receivables", "Amount")),
                Choice("share", "percentage", msg("Receivables", "Share")),
                Choice("table", "table", msg("Receivables", "Table")),
            ],
            msg("Receivables", "Show as"),
            parent=self,
        )
        self.choice.setFixedWidth(300)
        self.choice.chosen.connect(self.repeat)
        self.chart = ChartView(_HEIGHT, self)
        self._view = FiguresView(self.numbers, self, row=28)
        self._view.setMinimumHeight(_HEIGHT)
        self._parts = QStackedWidget(self)
        self._parts.setFixedHeight(_HEIGHT)  # the list below has the rest
        self._parts.addWidget(self.chart)
        self._parts.addWidget(self._view)
        self.head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.head.setSpacing(8)
        self.head.addLayout(row(title, self._unit, None, spacing=8), 1)
        self.head.addWidget(self.choice)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        inside.addLayout(self.head)
        inside.addWidget(self._parts, 1)

    def show_months(self, months: tuple[Receivables, ...], currency: str) -> None:
        """Show other months."""
        self._months, self._currency = months, currency
        self.repeat()

    @Slot()
    def repeat(self) -> None:
        """Say everything again, as it is chosen."""
        months = self._months
        if not months:
            return
        key = self.choice.key
        share = key == "share"
        self._parts.setCurrentIndex(1 if key == "table" else 0)
        self._unit.setText(
            tr("Receivables", "per cent; above it what is overdue")
            if share
            else str(scale(months).label(self._currency))
        )
        self.numbers.set_table(table(months))
        self.chart.show_chart(
            Ages(months, share),
            name=_TITLE,
            description=summary(months, currency=self._currency),
        )
