"""Charts: drawn beside the window, once for what is new, and never one client's beside another's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from acctdesk.charts.style import ChartTokens, frame
from acctdesk.i18n import msg
from acctdesk.ui.privacy import privacy
from acctdesk.ui.theme import Theme
from acctdesk.ui.widgets.chart_view import ChartView, studio

NAME = msg("Targets", "Sales by month")
DRAWN: list[str] = []


@dataclass(frozen=True)
class Plain:
    """Makes an empty figure on a ground of its own; equal for an equal name."""

    name: str
    ground: str = field(default="#FF0000", compare=False)

    def __call__(self, width: float, height: float, colours: ChartTokens) -> Any:
        DRAWN.append(self.name)
        empty = frame(
            tokens=colours,
            width=width,
            height=height,
            margins=(1, 1, 1, 1),
            x_limits=(0, 1),
            y_limits=(0, 1),
        ).figure
        empty.set_facecolor(self.ground)
        return empty


@pytest.fixture
def chart(look: Theme, qtbot: QtBot) -> Iterator[ChartView]:
    """Return a chart on the screen, with nothing to show yet."""
    DRAWN.clear()
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 100)
    made = ChartView(100, window)
    made.setGeometry(window.rect())
    window.show()
    yield made
    qtbot.waitUntil(lambda: not studio().busy)


@pytest.fixture
def rest(qapp: QApplication, qtbot: QtBot) -> Callable[[], None]:
    """Return what waits until every picture is there."""

    def wait() -> None:
        qapp.processEvents()
        qtbot.waitUntil(lambda: not studio().busy)
        qapp.processEvents()

    return wait


def show(chart: ChartView, name: str, ground: str = "#FF0000") -> None:
    """Show a chart of that name."""
    chart.show_chart(Plain(name, ground), name=NAME, description=NAME)


def colour_of(widget: QWidget) -> str:
    """Return the colour in the middle of a widget."""
    image: QImage = widget.grab().toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2).name().upper()


def test_a_figure_fills_the_view(chart: ChartView, rest: Callable[[], None]) -> None:
    show(chart, "one")
    rest()
    assert colour_of(chart) == "#FF0000"
    image = chart.grab().toImage()
    assert {image.pixelColor(x, 50).name().upper() for x in (1, 298)} == {"#FF0000"}


def test_many_changes_in_one_turn_are_one_picture(
    chart: ChartView, rest: Callable[[], None]
) -> None:
    for number in range(10):
        show(chart, f"change {number}")
    rest()
    assert DRAWN == ["change 9"]


def test_what_is_there_already_is_not_drawn_again(
    chart: ChartView, rest: Callable[[], None]
) -> None:
    show(chart, "one")
    rest()
    chart.hide()
    show(chart, "one")
    chart.show()
    rest()
    assert DRAWN == ["one"]
    assert colour_of(chart) == "#FF0000"


def test_another_figure_takes_the_one_before_away_at_once(
    chart: ChartView, rest: Callable[[], None]
) -> None:
    show(chart, "one client")
    rest()
    show(chart, "another client", "#0000FF")
    assert colour_of(chart) != "#FF0000"
    rest()
    assert colour_of(chart) == "#0000FF"


def test_hidden_amounts_are_drawn_anew(chart: ChartView, rest: Callable[[], None]) -> None:
    show(chart, "one")
    rest()
    privacy().set_on(True)
    rest()
    privacy().set_on(False)
    rest()
    assert DRAWN == ["one"] * 3


def test_a_fault_in_drawing_is_told_as_any_other(
    chart: ChartView, rest: Callable[[], None], qtbot: QtBot
) -> None:
    def broken(_width: float, _height: float, _colours: ChartTokens) -> Any:
        raise ArithmeticError("no scale")

    with qtbot.captureExceptions() as caught:
        chart.show_chart(broken, name=NAME, description=NAME)
        rest()
    assert [kind for kind, _, _ in caught] == [ArithmeticError]
