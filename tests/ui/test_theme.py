"""The tokens can be read: contrast is computed, and the style sheet is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QMessageBox

from acctdesk import assets
from acctdesk.ui import painting
from acctdesk.ui.context import Context
from acctdesk.ui.theme import DARK, LIGHT, Density, Tokens, make_style_sheet, tokens
from tests.ui.contrast import contrast

BOTH = pytest.mark.parametrize("use", [LIGHT, DARK], ids=lambda one: str(one.name))


@BOTH
@pytest.mark.parametrize("ground", ["app", "surface", "raised", "hover", "raised_hover", "sunken"])
@pytest.mark.parametrize("ink", ["text", "text2", "muted", "accent"])
def test_words_can_be_read_on_every_ground(use: Tokens, ground: str, ink: str) -> None:
    assert contrast(getattr(use, ink), getattr(use, ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("kind", ["success", "warning", "danger", "info"])
def test_a_chip_can_be_read(use: Tokens, kind: str) -> None:
    assert contrast(getattr(use, kind), getattr(use, f"{kind}_soft")) >= 4.5
    for ground in ("surface", "app", "raised"):
        assert contrast(getattr(use, kind), getattr(use, ground)) >= 4.5, ground
    assert contrast(use.text2, getattr(use, f"{kind}_soft")) >= 4.5  # a sentence on such a ground


@BOTH
def test_a_selection_and_a_filled_button_can_be_read(use: Tokens) -> None:
    assert contrast(use.text, use.soft) >= 4.5
    assert contrast(use.text2, use.soft) >= 4.5
    assert contrast(use.accent, use.soft) >= 4.5
    assert contrast(use.on_fill, use.fill) >= 4.5
    assert contrast(use.on_fill, use.fill_hover) >= 4.5
    assert contrast(use.text, use.tint) >= 4.5


@BOTH
def test_controls_and_charts_stand_off_their_ground(use: Tokens) -> None:
    for ground in ("surface", "app", "raised", "hover"):
        assert contrast(use.control, getattr(use, ground)) >= 3, ground
        assert contrast(use.accent, getattr(use, ground)) >= 3, ground
    assert contrast(use.accent, use.soft) >= 3  # the ring of a chosen row
    assert contrast(use.fill_ring, use.fill) >= 3
    for colour in (*use.chart, *use.ageing, use.accent):
        assert contrast(colour, use.surface) >= 3, colour


@BOTH
def test_the_style_sheet_names_known_tokens_and_present_pictures(use: Tokens) -> None:
    sheet = make_style_sheet(use)
    assert "$" not in sheet
    pictures = re.findall(r"url\(([^)]+)\)", sheet)
    assert pictures
    for picture in pictures:
        assert assets.path("themes") in Path(picture).parents
        assert Path(picture).is_file(), picture


def test_a_theme_is_applied_live_and_told(context: Context, qapp: QApplication) -> None:
    told: list[str] = []
    context.theme.changed.connect(lambda: told.append(tokens().name))
    context.theme.apply("dark")
    assert told == ["dark"]
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.app)
    context.theme.apply("light")
    assert tokens() is LIGHT


def test_menus_speak_in_our_font_whatever_the_system_gives_them(context: Context) -> None:
    """Windows sets fonts of its own for menus and messages with each palette."""
    context.theme.apply("light")
    for widget in (QMenu(), QMenuBar(), QMessageBox()):
        assert QFontInfo(widget.font()).family() == "Inter"


def test_density_changes_the_height_of_rows(context: Context) -> None:
    assert (context.theme.row_height, context.theme.two_line_height) == (36, 52)
    context.theme.set_density(Density.COMPACT)
    assert (context.theme.row_height, context.theme.two_line_height) == (28, 44)


@pytest.mark.parametrize(
    ("weight", "face"), [(400, "Regular"), (500, "Medium"), (600, "SemiBold"), (700, "Bold")]
)
def test_each_weight_is_a_face_of_its_own(context: Context, weight: int, face: str) -> None:
    information = QFontInfo(painting.font(14, weight))
    assert information.family() == "Inter"
    assert information.styleName() == face


def test_figures_have_one_width_and_words_keep_theirs(context: Context) -> None:
    numeric = QFontMetricsF(painting.font(14, numeric=True))
    assert numeric.horizontalAdvance("111.111") == numeric.horizontalAdvance("888.888")
    assert painting.is_numeric("12.480 €")
    assert not painting.is_numeric("34 ημ.")
    assert not painting.is_numeric("—")


def test_text_is_shortened_and_wrapped_to_its_width(context: Context) -> None:
    name = "Ελαιουργικός Συνεταιρισμός Μεσσηνίας Α.Ε."
    short = painting.elided(name, 120, 14, 500)
    assert short.endswith("…")
    assert painting.text_width(short, 14, 500) <= 121
    lines = painting.wrapped("Συμφωνεί στις 60 ημέρες. " * 6, 200, 13, 400, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert painting.wrapped("", 200) == ()
