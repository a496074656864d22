"""A fiscal year of the whole book against its target, in charts or a table."""

from __future__ import annotations

import html
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from acctdesk import formats, periods
from acctdesk.i18n import msg, ntr, tr
from acctdesk.services.rows import TargetSeries
from acctdesk.services.targets import target_series
from acctdesk.ui.itemmodels.figures_table import FiguresTableModel
from acctdesk.ui.pages.clients.book_profile import BookProfile
from acctdesk.ui.pages.clients.target_card import Bars, Pace, show_pace
from acctdesk.ui.pages.tabs import Tab
from acctdesk.ui.pages.targets.figure import UNREAD
from acctdesk.ui.printing import text_document
from acctdesk.ui.widgets.basics import Button, box, icon_button, label, row
from acctdesk.ui.widgets.chart_view import ChartView
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.figures_view import FiguresView
from acctdesk.ui.widgets.segments import Choice, Segments
from acctdesk.ui.widgets.states import StatePanel
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class YearTab(Tab):
    """Month bars against the target line, the running total, the same as a table."""

    tables = ("targets", "documents", "days_off")
    unread = UNREAD

    def __init__(self, context: Context, profile: BookProfile, parent: QWidget) -> None:
        super().__init__(context, profile, parent)
        self._year: int | None = None
        self._series: TargetSeries | None = None
        self.model = FiguresTableModel(self)
        self._build()

    def first_focus(self) -> None:
        """Begin at the choice between charts and table."""
        for button in self.view_choice.buttons:
            if button.isChecked():
                button.setFocus()

    @property
    def sub_title(self) -> str:
        """Which year it is."""
        if self._series is None:
            return ""
        return tr("Targets", "Sales and target {year}", year=str(self._series.fiscal_year))

    @property
    def is_known(self) -> bool:
        """Tell whether the year has arrived: its targets can be set then."""
        return self._series is not None

    @Slot()
    def set_targets(self) -> None:
        """Open the form for the year's targets of the whole book."""
        from acctdesk.ui.dialogs.target_form import TargetForm

        if self._series is not None:
            of = msg("Targets", "Net sales of the whole book, by month")
            currency = self.profile.currency()
            TargetForm(self.context, self.window(), self._series, of=of, currency=currency).open()

    def print_document(self) -> QTextDocument | None:
        """Return the summary and the table."""
        if self._series is None:
            return None
        from acctdesk.charts.words import summary, table

        series = self._series
        numbers = table(series)
        heads = "".join(
            f"<th {_side(n)}>{html.escape(t)}</th>" for n, t in enumerate(numbers.headings)
        )
        lines = "".join(
            "<tr>"
            + "".join(
                f'<td {_side(n)} class="num">{html.escape(t)}</td>' for n, t in enumerate(row)
            )
            + "</tr>"
            for row in numbers.rows
        )
        said = html.escape(str(summary(series, currency=self.profile.currency())))
        return text_document(
            f"<h2>{html.escape(self.sub_title)}</h2><p>{said}</p>"
            f'<table width="100%" cellpadding="4"><thead><tr>{heads}</tr></thead>{lines}</table>'
        )

    # -- building

    def _build(self) -> None:
        self.earlier = icon_button("chevron-left", msg("Targets", "Earlier year"), quiet=False)
        self.later = icon_button("chevron-right", msg("Targets", "Later year"), quiet=False)
        self.earlier.clicked.connect(partial(self._go, -1))
        self.later.clicked.connect(partial(self._go, 1))
        self.view_choice = Segments(
            [
                Choice("charts", "chart-bar", msg("Targets", "Charts")),
                Choice("table", "table", msg("Targets", "Table")),
            ],
            msg("Targets", "Show as"),
            parent=self,
        )
        self.view_choice.setFixedWidth(220)
        self.view_choice.chosen.connect(self._show_as)
        self.form_button = Button(msg("Action", "Set targets…"), icon="target")
        self.form_button.clicked.connect(self.set_targets)
        self.head.addLayout(row(self.sub, self.earlier, self.later), 1)
        self.head.addLayout(row(None, self.form_button, self.view_choice))
        self._summary = label(role="body", wrap=True)
        self.parts = QStackedWidget(self)
        self.parts.addWidget(self._make_charts())
        self.table = FiguresView(self.model, self)
        table_card, inside = box("card", margins=(4, 4, 4, 4), spacing=0)
        inside.addWidget(self.table)
        self.parts.addWidget(table_card)
        self.nothing = StatePanel("target", self)
        self.nothing.add_button(msg("Action", "Set targets…")).clicked.connect(self.set_targets)
        self.nothing.add_button(msg("Targets", "Import files")).clicked.connect(self._import)
        self.parts.addWidget(self.nothing)
        self._fit_parts()
        self.content.addWidget(self._summary)
        self.content.addLayout(self._make_tiles())
        self.content.addWidget(self.parts, 1)

    def _make_tiles(self) -> QHBoxLayout:
        self._pace = Chip(parent=self)
        tiles = row(spacing=16)
        self._tiles: list[tuple[QLabel, ElidedLabel]] = []
        for text in (
            msg("Targets", "Net sales to date"),
            msg("Targets", "Target to date"),
            msg("Targets", "Target of the year"),
        ):
            frame, inside = box("card", margins=(12, 12, 12, 12), spacing=2)
            figure, note = label(role="kpi"), ElidedLabel(px=12, ink="muted")
            say(figure, name=text)
            heading = ElidedLabel(px=12, weight=600, ink="muted")
            say(heading, text=text)
            foot = row(note, spacing=4)
            if not self._tiles:
                foot.addWidget(self._pace)
            inside.addWidget(heading)
            inside.addWidget(figure)
            inside.addLayout(foot)
            tiles.addWidget(frame, 1)
            self._tiles.append((figure, note))
        return tiles

    def _make_charts(self) -> QWidget:
        self.bars = ChartView(184, self, grow=True)
        self.curve = ChartView(132, self, grow=True)
        self._units: list[QLabel] = []
        charts = QWidget()
        column = QVBoxLayout(charts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for text, chart in (
            (msg("Targets", "Sales by month"), self.bars),
            (msg("Targets", "Running total"), self.curve),
        ):
            frame, inside = box("card", margins=(16, 12, 16, 12), spacing=8)
            unit = label(role="caption")
            self._units.append(unit)
            inside.addLayout(row(label(text, "strong"), None, unit))
            inside.addWidget(chart)
            column.addWidget(frame, 3 if chart is self.bars else 2)
        return charts

    # -- answers and hands

    def load(self) -> None:
        """Fetch the year anew."""
        today = self.context.today()
        if self._year is None:
            self._year = periods.fiscal_year_of(today, self.profile.fiscal_start())
        self.context.runner.ask(
            target_series,
            fiscal_year=self._year,
            as_of=today,
            key="targets.series",
            on_done=self._arrived,
            on_error=self.failed,
        )

    def _arrived(self, series: TargetSeries) -> None:
        self._series = series
        self.arrived()
        self.actions_changed.emit()
        self.say_anew()

    def _go(self, step: int) -> None:
        if self._year is not None:
            self._year += step
            self.load()

    @Slot(str)
    def _show_as(self, key: str) -> None:
        self._show_part(1 if key == "table" else 0)

    def _show_part(self, part: int) -> None:
        self.parts.setCurrentIndex(part)
        self._fit_parts()

    @Slot()
    def _import(self) -> None:
        self.context.actions["tools.import"].trigger()

    def _fit_parts(self) -> None:
        """Ask for the height of the part that is shown, not of the taller one."""
        for place in range(self.parts.count()):
            part = self.parts.widget(place)
            if part is None:
                continue
            shown = part is self.parts.currentWidget()
            policy = QSizePolicy.Policy.Preferred if shown else QSizePolicy.Policy.Ignored
            part.setSizePolicy(QSizePolicy.Policy.Preferred, policy)

    def speak(self) -> None:
        """Show the year that is held."""
        super().speak()
        series = self._series
        if series is None:
            return
        from acctdesk.charts.series import is_empty
        from acctdesk.charts.targets import scale
        from acctdesk.charts.words import summary, table

        currency = self.profile.currency()
        description = summary(series, currency=currency)
        empty = is_empty(series)
        self.nothing.show_words(
            description, msg("Targets", "Set the year’s targets by month, or import the files.")
        )
        self._summary.setVisible(not empty)
        self._show_part(2 if empty else int(self.view_choice.key == "table"))
        self._summary.setText(str(description))
        show_pace(self._pace, series)
        whole = series.target_year_minor
        aimed = sum(one.target_minor is not None for one in series.months)
        share = Decimal(series.net_to_date_minor) / whole if whole else None
        texts = (
            (
                series.net_to_date_minor,
                tr("Targets", "{share} of the year", share=formats.percent(share))
                if share is not None
                else tr("Targets", "net of VAT"),
            ),
            (series.target_to_date_minor, tr("Targets", "up to {day}, by working days",
                                              day=formats.date(series.as_of))),
            (
                whole,
                ntr("Targets", "{n} month with a target", "{n} months with a target", aimed)
                if aimed
                else tr("Targets", "none is set"),
            ),
        )  # fmt: skip
        for (figure, note), (minor, said) in zip(self._tiles, texts, strict=True):
            figure.setText(formats.money(minor, currency, cents=False))
            note.setText(said)
        unit = str(scale(series).label(currency))
        for one in self._units:
            one.setText(unit)
        self.bars.show_chart(
            Bars(series), name=msg("Targets", "Sales by month"), description=description
        )
        self.curve.show_chart(
            Pace(series), name=msg("Targets", "Running total"), description=description
        )
        self.model.set_table(table(series))


def _side(column: int) -> str:
    width = (21, 13, 12, 12, 12, 15, 15)[column]  # per cent of the page
    return f'align="{"right" if column else "left"}" width="{width}%"'
