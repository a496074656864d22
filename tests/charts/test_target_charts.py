"""The target charts: what is drawn, what is said, and that no label lies on another."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from acctdesk import formats
from acctdesk.charts.targets import (
    DARK,
    LIGHT,
    ChartTokens,
    is_empty,
    month_bars,
    pace,
    scale,
    summary,
    table,
)
from acctdesk.kinds import Language
from acctdesk.services.rows import MonthFigure, TargetSeries

SOLD = (9.8, 10.4, 11.2, 13.0, 17.9, 21.4, 20.2, 11.8, 23.6, 25.7, 9.1, 0)
AIMED = (14, 14, 15, 15, 17, 17, 16, 11, 18, 19, 19, 20)
TODAY = dt.date(2026, 11, 12)
SIZES = ((294, 132), (296, 92), (900, 300))


def series(
    sold: Sequence[float] = SOLD,
    aimed: Sequence[float | None] = AIMED,
    *,
    as_of: dt.date = TODAY,
) -> TargetSeries:
    months = tuple(
        MonthFigure(
            dt.date(2026, place + 1, 1),
            round(net * 100_000),
            None if target is None else round(target * 100_000),
        )
        for place, (net, target) in enumerate(zip(sold, aimed, strict=True))
    )
    known = [month.target_minor for month in months if month.target_minor is not None]
    due = [month.target_minor or 0 for month in months if month.month < as_of.replace(day=1)]
    return TargetSeries(
        client_id=None,
        fiscal_year=2026,
        as_of=as_of,
        months=months,
        net_to_date_minor=sum(month.net_minor for month in months),
        target_to_date_minor=sum(due) if known else None,
        target_year_minor=sum(known) if known else None,
    )


def bars_of(figure: Figure) -> list[Any]:
    bars: list[Any] = list(figure.axes[0].patches)
    return [bar for bar in bars if bar.get_width() == pytest.approx(0.6)]


def written(figure: Figure) -> list[tuple[str, Any]]:
    """Return every text that is drawn, with its box in px."""
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    return [
        (text.get_text(), text.get_window_extent(canvas.get_renderer()))
        for text in (*figure.texts, *figure.axes[0].texts)
        if text.get_text()
    ]


def words_on(figure: Figure) -> set[str]:
    return {text for text, _ in written(figure)}


def assert_nothing_overlaps(figure: Figure, width: float, height: float) -> None:
    for (one, box), (two, other) in itertools.combinations(written(figure), 2):
        apart = box.x1 <= other.x0 or other.x1 <= box.x0 or box.y1 <= other.y0 or other.y1 <= box.y0
        assert apart, f"{one!r} lies on {two!r}"
    for text, box in written(figure):
        assert box.x0 >= -1, f"{text!r} is cut at the left"
        assert box.x1 <= width + 1, f"{text!r} is cut at the right"
        assert box.y0 >= -1, f"{text!r} is cut below"
        assert box.y1 <= height + 2, f"{text!r} is cut above"


def test_months_over_are_filled_the_running_one_outlined_those_to_come_absent() -> None:
    bars = bars_of(month_bars(series(), tokens=LIGHT, width=294, height=132))
    assert [bar.get_height() for bar in bars] == pytest.approx(SOLD[:11])
    assert {bar.get_facecolor()[:3] for bar in bars[:10]} == {bars[0].get_facecolor()[:3]}
    assert bars[10].get_facecolor() != bars[0].get_facecolor()
    assert bars[10].get_edgecolor()[:3] == bars[0].get_facecolor()[:3]


def test_a_month_that_ends_on_the_day_is_over() -> None:
    june = series((*SOLD[:6], 0, 0, 0, 0, 0, 0), as_of=dt.date(2026, 6, 30))
    bars = bars_of(month_bars(june, tokens=LIGHT, width=294, height=132))
    assert len({bar.get_facecolor() for bar in bars}) == 1


def test_the_best_month_and_the_target_are_labelled_in_the_language() -> None:
    english = words_on(month_bars(series(), tokens=LIGHT, width=294, height=132, language="en"))
    assert {"25.7", "target"} <= english
    greek = words_on(month_bars(series(), tokens=LIGHT, width=294, height=132, language="el"))
    assert {"25,7", "στόχος", "Φ"} <= greek
    wide = words_on(month_bars(series(), tokens=LIGHT, width=900, height=300, language="el"))
    assert "Φεβ" in wide


def test_a_missing_target_breaks_the_line_and_is_not_zero() -> None:
    gaps = [None, None, *AIMED[2:5], None, *AIMED[6:]]
    figure = month_bars(series(aimed=gaps), tokens=LIGHT, width=294, height=132)
    lines: list[Any] = [line for line in figure.axes[0].lines if line.get_color() == LIGHT.target]
    assert len(lines) == 2
    assert min(min(line.get_ydata()) for line in lines) == 11


def test_without_targets_no_line_and_no_word_of_one() -> None:
    figure = month_bars(series(aimed=[None] * 12), tokens=LIGHT, width=294, height=132)
    assert "target" not in words_on(figure)
    ahead = pace(series(aimed=[None] * 12), tokens=LIGHT, width=294, height=92)
    assert not any("target" in text for text in words_on(ahead))


def test_a_negative_month_hangs_below_the_zero_line() -> None:
    figure = month_bars(series((9, -4, *SOLD[2:])), tokens=LIGHT, width=294, height=132)
    assert bars_of(figure)[1].get_height() == -4
    assert figure.axes[0].get_ylim()[0] < -4


def test_an_empty_year_claims_no_zero() -> None:
    nothing = series([0] * 12, [None] * 12)
    assert is_empty(nothing)
    for draw in (month_bars, pace):
        figure = draw(nothing, tokens=LIGHT, width=294, height=132, language="en")
        assert words_on(figure) == {"No sales and no target in 2026", *"JFMASOND"}
        assert bars_of(figure) == []


def test_the_pace_ends_where_the_working_days_of_the_running_month_end() -> None:
    figure = pace(series(), tokens=LIGHT, width=294, height=92)
    solid = next(line for line in figure.axes[0].lines if line.get_color() == LIGHT.actual)
    xs, ys = solid.get_xdata(), solid.get_ydata()
    assert xs[-1] == pytest.approx(9.5 + 9 / 21)  # type: ignore[index]
    assert ys[-1] == pytest.approx(174.1)  # type: ignore[index]
    dashed = next(line for line in figure.axes[0].lines if line.get_color() == LIGHT.target)
    assert dashed.get_ydata()[-1] == pytest.approx(195)  # type: ignore[index]


@pytest.mark.parametrize("language", list(Language))
def test_a_low_chart_of_a_quarter_names_its_months(language: Language) -> None:
    whole = series()
    quarter = replace(whole, months=whole.months[9:])
    drawn = pace(quarter, tokens=LIGHT, width=318, height=96, language=language)
    said = [text for text, _ in written(drawn)]
    assert [formats.month_short(one.month, language) in said for one in quarter.months] == [
        True
    ] * 3


def test_both_charts_of_a_series_share_their_left_edge() -> None:
    shown = series([value * 41.7 for value in SOLD], [1000.0] * 12)
    one = month_bars(shown, tokens=LIGHT, width=294, height=132)
    two = pace(shown, tokens=LIGHT, width=294, height=92)
    assert one.axes[0].get_position().x0 == pytest.approx(two.axes[0].get_position().x0)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_colours_come_from_the_tokens(tokens: ChartTokens) -> None:
    from matplotlib.colors import to_hex

    figure = month_bars(series(), tokens=tokens, width=294, height=132)
    assert to_hex(figure.get_facecolor()).upper() == tokens.surface
    assert to_hex(bars_of(figure)[0].get_facecolor()).upper() == tokens.actual


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("language", list(Language))
def test_labels_keep_apart_in_ordinary_years(width: int, height: int, language: Language) -> None:
    for factor, aims in ((1.0, AIMED), (1.9, AIMED), (41.7, (1000,) * 12), (0.01, (0.2,) * 12)):
        shown = series([value * factor for value in SOLD], aims)
        for draw in (month_bars, pace):
            figure = draw(shown, tokens=LIGHT, width=width, height=height, language=language)
            assert_nothing_overlaps(figure, width, height)


amounts = st.integers(-500_000, 60_000_000)
aims = st.one_of(st.none(), st.integers(0, 60_000_000))


@settings(max_examples=30, deadline=None)
@given(
    sold=st.lists(amounts, min_size=12, max_size=12),
    aimed=st.lists(aims, min_size=12, max_size=12),
    day=st.dates(dt.date(2025, 12, 1), dt.date(2027, 2, 1)),
)
def test_any_year_can_be_drawn_without_labels_on_each_other(
    sold: list[int], aimed: list[int | None], day: dt.date
) -> None:
    begun = [
        net / 100_000 if dt.date(2026, place + 1, 1) <= day else 0 for place, net in enumerate(sold)
    ]
    shown = series(begun, [None if aim is None else aim / 100_000 for aim in aimed], as_of=day)
    for draw in (month_bars, pace):
        assert_nothing_overlaps(draw(shown, tokens=LIGHT, width=294, height=120), 294, 120)


def test_the_scale_follows_the_size_of_the_business() -> None:
    assert scale(series()).power == 3
    assert scale(series([value / 100 for value in SOLD], [0.2] * 12)).power == 0
    assert scale(series([value * 2000 for value in SOLD])).power == 6
    assert scale(series()).label("EUR").localized(Language.EL) == "χιλ. €"


def test_the_description_says_the_figures_and_the_side_of_the_target() -> None:
    said = str(summary(series(), language="en"))
    assert "€174,100" in said
    assert "89% of the year’s target of €195,000" in said
    assert "Ahead" in said
    behind = summary(series([value / 2 for value in SOLD]), language="en")
    assert "Behind" in str(behind)
    assert "No target is set" in str(summary(series(aimed=[None] * 12)))
    greek = summary(series(), language="el").localized(Language.EL)
    assert "174.100" in greek
    assert "στόχου" in greek


def test_the_table_holds_what_the_chart_draws() -> None:
    shown = table(series(), language="en")
    assert len(shown.rows) == 12
    assert all(len(row) == len(shown.headings) for row in shown.rows)
    assert shown.rows[9][:5] == ("October 2026", "25,700", "19,000", "6,700", "135%")
    assert shown.rows[11] == ("December 2026", "—", "20,000", "—", "—", "—", "195,000")
