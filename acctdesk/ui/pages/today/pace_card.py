"""The running quarter against its target: ahead or behind, what is left a day, and the curve."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, tr
from acctdesk.services.rows import TargetSeries
from acctdesk.ui.behind import when_seen
from acctdesk.ui.pages.clients.target_card import Pace
from acctdesk.ui.widgets.basics import label, row
from acctdesk.ui.widgets.chart_view import ChartView
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.words import bell


class PaceCard(QFrame):
    """One chart with its words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._series: TargetSeries | None = None
        self._currency = "EUR"
        self._number = 1
        self._title = ElidedLabel(px=16, weight=600)
        self._unit = label(role="caption")
        self.chip = Chip(parent=self)
        self.chip.hide()
        self._left = ElidedLabel(px=12, ink="text2")
        self.chart = ChartView(96, self, grow=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(6)
        head = row(self._title, self._unit)
        head.setStretch(0, 1)
        column.addLayout(head)
        column.addLayout(row(self.chip, self._left))
        column.addWidget(self.chart, 1)
        bell().rung.connect(self._speak)

    def show_series(self, series: TargetSeries, *, number: int, currency: str) -> None:
        """Show a quarter; ``number`` is its place in the fiscal year, 1 to 4."""
        self._series, self._number, self._currency = series, number, currency
        self._speak()

    @Slot()
    @when_seen
    def _speak(self) -> None:
        series = self._series
        if series is None:
            return
        from acctdesk.charts.targets import scale

        self._title.setText(str(quarter_name(self._number)))
        self._unit.setText(str(scale(series).label(self._currency)))
        self._show_chip(series)
        self._left.setText(left_a_day(series, self._currency))
        self.chart.show_chart(
            Pace(series),
            name=quarter_name(self._number),
            description=summary(series, self._currency),
        )

    def _show_chip(self, series: TargetSeries) -> None:
        gap = gap_of(series)
        self.chip.setVisible(gap is not None)
        if gap is None:
            return
        amount = formats.money(abs(gap), self._currency, cents=False)
        if gap >= 0:
            self.chip.set_status(
                msg("Today", "Ahead by {amount}", amount=amount), "success", "trending-up"
            )
        else:
            self.chip.set_status(
                msg("Today", "Behind by {amount}", amount=amount), "danger", "trending-down"
            )


def quarter_name(number: int) -> Message:
    """Return the quarter as the card's heading says it."""
    return (
        msg("Today", "Pace of the 1st quarter"),
        msg("Today", "Pace of the 2nd quarter"),
        msg("Today", "Pace of the 3rd quarter"),
        msg("Today", "Pace of the 4th quarter"),
    )[number - 1]


def gap_of(series: TargetSeries) -> int | None:
    """Return by how much sales are ahead of the target to date, minor units; None without one."""
    due = series.target_to_date_minor
    return None if due is None else series.net_to_date_minor - due


def left_a_day(series: TargetSeries, currency: str) -> str:
    """Return what each working day that is left has to bring to reach the target."""
    net, whole = series.net_to_date_minor, series.target_year_minor
    if not whole:
        return tr("Today", "no target is set")
    need = series.need_per_day
    if need == 0:
        return tr("Today", "the target is reached")
    if need is None:
        amount = formats.money(whole - net, currency, cents=False)
        return tr("Today", "{amount} are missing", amount=amount)
    amount = formats.money(need, currency, cents=False)
    return tr("Today", "{amount} a working day to go", amount=amount)


def summary(series: TargetSeries, currency: str) -> Message:
    """Return the chart in a sentence."""
    day = formats.date(series.as_of)
    net = formats.money(series.net_to_date_minor, currency, cents=False)
    gap, whole = gap_of(series), series.target_year_minor
    if gap is None or not whole:
        return msg("Today", "Net sales of the quarter up to {day}: {net}.", day=day, net=net)
    due = formats.money(series.target_to_date_minor, currency, cents=False)
    return msg(
        "Today",
        "Net sales of the quarter up to {day}: {net}. The target to date is {due}, that of the"
        " quarter {whole}.",
        day=day,
        net=net,
        due=due,
        whole=formats.money(whole, currency, cents=False),
    )
