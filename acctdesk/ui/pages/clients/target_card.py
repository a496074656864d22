"""The client's sales against target: the month's bars, the pace, and both in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import msg, tr
from acctdesk.services.rows import TargetSeries
from acctdesk.ui.behind import when_seen
from acctdesk.ui.widgets.basics import icon_button, label, row
from acctdesk.ui.widgets.chart_view import ChartView
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.words import bell

if TYPE_CHECKING:
    from acctdesk.charts.style import ChartTokens


@dataclass(frozen=True, slots=True)
class Bars:
    """Makes the bars of a series; equal for an equal series."""

    series: TargetSeries

    def __call__(self, width: float, height: float, colours: ChartTokens) -> Any:
        """Return the figure."""
        from acctdesk.charts.targets import month_bars

        return month_bars(self.series, tokens=colours, width=width, height=height)


@dataclass(frozen=True, slots=True)
class Pace:
    """Makes the cumulative pace of a series; equal for an equal series."""

    series: TargetSeries

    def __call__(self, width: float, height: float, colours: ChartTokens) -> Any:
        """Return the figure."""
        from acctdesk.charts.targets import pace

        return pace(self.series, tokens=colours, width=width, height=height)


def pace_ratio(series: TargetSeries) -> Decimal | None:
    """Return by how much sales are ahead of the target to date; None without a target."""
    due = series.target_to_date_minor
    if not due:
        return None
    return Decimal(series.net_to_date_minor - due) / due


def show_pace(chip: Chip, series: TargetSeries) -> None:
    """Say the pace in a chip: ahead or behind by how many per cent."""
    ratio = pace_ratio(series)
    chip.setVisible(ratio is not None)
    if ratio is None:
        return
    shown = f"{'+' if ratio >= 0 else '−'}{formats.percent(abs(ratio), 1)}"
    good = ratio >= 0
    chip.set_status(msg("Targets", "pace {change}", change=shown), "success" if good else "danger")


class TargetCard(QFrame):
    """A card of the rail: two charts over one scale of months."""

    form_wanted = Signal()

    def __init__(self, currency: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._currency = currency
        self.series: TargetSeries | None = None
        self._title = ElidedLabel(px=14, weight=600)
        self._unit = label(role="caption")
        self.form_button = icon_button("target", msg("Action", "Set targets…"))
        self.form_button.clicked.connect(self.form_wanted)
        self.table_button = icon_button("table", msg("Targets", "Show as a table"))
        self.table_button.clicked.connect(self.open_table)
        self._net = label(role="figure")
        self._share = ElidedLabel(px=12, ink="text2")
        self._pace = Chip(parent=self)
        self._none = label(role="caption2", wrap=True)
        self._running = label(msg("Targets", "Running total"), "captionStrong")
        self.bars, self.curve = ChartView(132, self), ChartView(92, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 8, 8)
        column.setSpacing(0)
        column.addLayout(
            row(self._title, None, self._unit, self.form_button, self.table_button, spacing=4)
        )
        column.addLayout(row(self._net, self._share, None, self._pace, margins=(0, 0, 4, 0)))
        column.addSpacing(4)
        column.addWidget(self.bars)
        column.addSpacing(6)
        column.addWidget(self._running)
        column.addWidget(self.curve)
        column.addWidget(self._none)
        bell().rung.connect(self._speak)

    def show_series(self, series: TargetSeries | None) -> None:
        """Show one fiscal year; None empties the card."""
        self.series = series
        self.setVisible(series is not None)
        self._speak()

    @Slot()
    def open_table(self) -> None:
        """Show the numbers behind the charts."""
        from acctdesk.ui.dialogs.chart_table import ChartTable

        series = self.series
        if series is not None:
            title = msg("Targets", "Sales and target {year}", year=str(series.fiscal_year))
            ChartTable(series, self.window(), title=title, currency=self._currency()).open()

    @Slot()
    @when_seen
    def _speak(self) -> None:
        series = self.series
        if series is None:
            return
        from acctdesk.charts.targets import is_empty, scale
        from acctdesk.charts.words import summary

        has_target, empty = series.target_year_minor is not None, is_empty(series)
        year = str(series.fiscal_year)
        title = (
            tr("Targets", "Sales and target {year}", year=year)
            if has_target
            else tr("Targets", "Sales {year}", year=year)
        )
        self._title.setText(title)
        unit = scale(series)
        self._unit.setText(str(unit.label(self._currency())))
        self._net.setText(unit.text(series.net_to_date_minor, None))
        whole = series.target_year_minor
        if whole:
            share = formats.percent(Decimal(series.net_to_date_minor) / whole)
            self._share.setText(tr("Target card", "{share} of the year", share=share))
        else:
            self._share.setText(tr("Targets", "so far"))
        show_pace(self._pace, series)
        description = summary(series, currency=self._currency())
        self.bars.show_chart(
            Bars(series), name=msg("Targets", "Sales by month"), description=description
        )
        self.curve.show_chart(
            Pace(series), name=msg("Targets", "Running total"), description=description
        )
        self.bars.setVisible(not empty)
        for one in (self.curve, self._running):
            one.setVisible(has_target)
        self._none.setVisible(not has_target)
        self._none.setText(
            tr("Targets", "No sales and no target in this year.")
            if empty
            else tr("Targets", "No target is set for this client, so only sales are shown.")
        )
