"""The numbers behind a chart: its summary in words, and its months as a table."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from acctdesk.i18n import Message, msg
from acctdesk.services.rows import TargetSeries
from acctdesk.ui.itemmodels.figures_table import FiguresTableModel
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.figures_view import FiguresView
from acctdesk.ui.words import bell


class ChartTable(CalmDialog):
    """Shows one series as words and as a table."""

    topic = "targets"

    def __init__(
        self, series: TargetSeries, parent: QWidget | None, *, title: Message, currency: str
    ) -> None:
        from acctdesk.charts.words import summary

        super().__init__(parent, title, width=784)
        self._series = series
        self.content.addWidget(label(summary(series, currency=currency), "body", wrap=True))
        self.model = FiguresTableModel(self)
        self.table = FiguresView(self.model, self, row=28)
        self.content.addWidget(self.table, 1)
        close = self.add_button(msg("Targets", "Close"), look="primary", default=True)
        close.clicked.connect(self.accept)
        bell().rung.connect(self._speak)
        self._speak()
        self.table.setFocus()

    def _speak(self) -> None:
        from acctdesk.charts.words import table

        self.model.set_table(table(self._series))
