"""What all charts share: texts stand as they are."""

from __future__ import annotations

from matplotlib.backends.backend_agg import FigureCanvasAgg

from acctdesk.charts.style import LIGHT, font, frame


def test_two_dollar_signs_in_a_name_are_no_formula() -> None:
    drawn = frame(
        tokens=LIGHT, width=300, height=100, margins=(0, 0, 0, 0), x_limits=(0, 1), y_limits=(0, 1)
    )
    plain, signs = "Alpha_x and Beta_y", "$Alpha_x$ and $Beta_y$"
    for text in (plain, signs):
        drawn.write(10, 10, text, fontproperties=font())
    FigureCanvasAgg(drawn.figure)
    wide = [one.get_window_extent().width for one in drawn.figure.texts]
    assert wide[1] > wide[0]  # the four signs are drawn
