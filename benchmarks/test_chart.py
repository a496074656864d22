"""Line 10: a chart drawn again after a change, against one laid out by the library itself.

The floor has the same bars, steps and texts with the library's axes and constrained layout. Both
are timed from the change to the painted widget, by this process's own time: ours is drawn in a
thread of its own, so what the window is held up for stands in a row of its own.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from acctdesk.i18n import msg
from acctdesk.periods import fiscal_year_of
from acctdesk.services.desk import Desk
from acctdesk.services.rows import TargetSeries
from acctdesk.services.targets import target_series
from acctdesk.storage.book import Book
from acctdesk.ui.app import dress
from acctdesk.ui.pages.clients.target_card import Bars
from acctdesk.ui.widgets.chart_view import ChartView, studio
from benchmarks.books import TODAY
from benchmarks.floor import interleaved, report, report_count

GOAL, HOVER_GOAL, MOST_MS, ROUNDS = 0.4, 0.2, 60, 25
SIZE = (360, 160)
WORDS = msg("Targets", "Sales by month")


class Shown:
    """A chart on the screen, and one of the library's own making."""

    def __init__(self, app: QApplication, series: TargetSeries) -> None:
        self._app, self._series = app, series
        self._changes = 0
        self.window = QWidget()
        self.window.resize(*SIZE)
        self.chart = ChartView(SIZE[1], self.window)
        self.chart.setGeometry(self.window.rect())
        self.window.show()

    def changed(self) -> TargetSeries:
        """Return the series with other sales in its first month."""
        self._changes += 1
        first, *others = self._series.months
        sold = replace(first, net_minor=first.net_minor + self._changes * 100)
        return replace(self._series, months=(sold, *others))

    def tell(self, series: TargetSeries) -> None:
        """Show a series."""
        self.chart.show_chart(Bars(series), name=WORDS, description=WORDS)

    def rest(self) -> None:
        """Let the turn end and the picture come."""
        self._app.processEvents()
        if studio().busy:
            waiting = QEventLoop()
            studio().drawn.connect(waiting.quit)
            waiting.exec()
        self.chart.grab()

    def redraw(self) -> None:
        """Show a change."""
        self.tell(self.changed())
        self.rest()

    def rebuild(self) -> None:
        """Show a change as the library's own axes and layout do."""
        series = self.changed()
        figure = Figure(figsize=(SIZE[0] / 72, SIZE[1] / 72), dpi=72, layout="constrained")
        axes = figure.add_subplot()
        places = range(len(series.months))
        axes.bar(places, [month.net_minor / 100_000 for month in series.months])
        axes.step(places, [(month.target_minor or 0) / 100_000 for month in series.months])
        axes.set_xticks(list(places), [f"{month.month:%b}" for month in series.months])
        axes.annotate("812", (3, 3))
        make: Callable[[Any], QWidget] = FigureCanvasQTAgg
        canvas = make(figure)
        canvas.resize(*SIZE)
        canvas.grab()


@pytest.fixture
def shown(officer_book: Path) -> Iterator[Shown]:
    """Return the year's sales of an officer's book as a chart."""
    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    dress(app).apply("light")
    with Book.open(officer_book) as book:
        series = Desk(book).query(target_series, fiscal_year=fiscal_year_of(TODAY, 1), as_of=TODAY)
    made = Shown(app, series)
    made.redraw()  # the library is loaded
    yield made
    made.window.close()


@pytest.fixture
def draws(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return what was drawn since."""
    found: list[object] = []
    draw: Callable[[FigureCanvasAgg], None] = FigureCanvasAgg.draw

    def counting(canvas: FigureCanvasAgg) -> None:
        found.append(canvas)
        draw(canvas)

    monkeypatch.setattr(FigureCanvasAgg, "draw", counting)
    return found


def test_a_chart_after_a_change(shown: Shown) -> None:
    drawn = interleaved("redraw", shown.redraw, shown.rebuild, rounds=ROUNDS)
    report(10, "chart drawn again after a change", "officer", drawn, GOAL)
    report_count(10, "the same", "officer", drawn.work * 1000, MOST_MS, unit="ms")
    held = interleaved(
        "held up", shown.redraw, shown.rebuild, rounds=ROUNDS, clock=time.thread_time
    )
    report(10, "of it, the window's own thread", "officer", held, GOAL)
    point = QPointF(100, 80)
    none = Qt.MouseButton.NoButton
    plain = Qt.KeyboardModifier.NoModifier

    def hover() -> None:
        move = QMouseEvent(QEvent.Type.MouseMove, point, point, none, none, plain)
        QApplication.sendEvent(shown.chart, move)
        shown.rest()

    hovered = interleaved("hover", hover, shown.rebuild, rounds=ROUNDS)
    report(10, "the pointer over it", "officer", hovered, HOVER_GOAL)


def test_how_often_it_is_drawn(shown: Shown, draws: list[object]) -> None:
    for _ in range(10):
        shown.tell(shown.changed())
    shown.rest()
    report_count(10, "draws of ten changes in one turn", "officer", len(draws), 1, limit=1)
    draws.clear()
    same = shown.changed()
    shown.tell(same)
    shown.rest()
    draws.clear()
    shown.chart.hide()
    shown.tell(replace(same))
    shown.chart.show()
    shown.rest()
    report_count(10, "draws of an unchanged revisit", "officer", len(draws), 0, limit=0)
