"""How every chart looks: tokens, Inter, margins in px, ticks at round numbers.

A figure is made at 72 dpi, so a point is a logical pixel; the canvas that shows or prints it
chooses the device's own resolution.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from acctdesk import assets

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

TEXT_PX = 12
_FACES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}


@dataclass(frozen=True, slots=True)
class ChartTokens:
    """The colours of a chart, as ``#RRGGBB``; names as in the window's theme."""

    surface: str
    border: str
    control: str
    text: str
    text2: str
    muted: str
    actual: str
    target: str
    soft: str
    ageing: tuple[str, str, str, str, str]  # from not yet due to the oldest


LIGHT = ChartTokens(
    surface="#FFFFFF",
    border="#D8DCE3",
    control="#7C8695",
    text="#1A1E26",
    text2="#49515E",
    muted="#626B79",
    actual="#2C58CF",
    target="#C25E00",
    soft="#E6ECFC",
    ageing=("#8093C9", "#4A70D6", "#B57F22", "#BC5F12", "#BE2B27"),
)
DARK = ChartTokens(
    surface="#1A1E25",
    border="#343B46",
    control="#7A8492",
    text="#E9ECF1",
    text2="#B7BFCA",
    muted="#98A1AE",
    actual="#8FADFF",
    target="#F2A65A",
    soft="#232F52",
    ageing=("#5D73BE", "#8FADFF", "#C99A48", "#F2A65A", "#FF8B84"),
)


@cache
def font(weight: int = 400, size: float = TEXT_PX) -> FontProperties:
    """Return Inter of a weight (400, 500, 600 or 700) and a size in px.

    The face is named by its file: a system's own Inter, or none, changes nothing.
    """
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=assets.path("fonts", f"Inter-{_FACES[weight]}.ttf"), size=size)


@lru_cache(maxsize=2_000)
def text_width(text: str, weight: int = 400, size: float = TEXT_PX) -> float:
    """Return how wide a text is drawn, in px."""
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(text, font(weight, size), ismath=False)
    return float(width)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px of the figure, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box, gap: float = 0) -> bool:
        """Tell whether the two come closer than ``gap``."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.bottom < other.top + gap
            and other.bottom < self.top + gap
        )

    def within(self, other: Box) -> bool:
        """Tell whether this one lies wholly in the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )


def first_free(candidates: Sequence[Box], obstacles: Sequence[Box], frame: Box) -> Box | None:
    """Return the first candidate inside ``frame`` that meets no obstacle."""
    for box in candidates:
        if box.within(frame) and not any(box.meets(other) for other in obstacles):
            return box
    return None


def nice_step(span: float, most: int) -> float:
    """Return the least of 1, 2, 2.5, 5 times a power of ten that cuts ``span`` into ``most``."""
    if span <= 0:
        return 1.0
    rough = span / max(1, most)
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(unit * power for unit in (1, 2, 2.5, 5, 10) if unit * power >= rough * 0.999)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return round numbers that enclose ``low`` and ``high``, zero among them."""
    step = nice_step(high - low, most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [step * number for number in range(first, last + 1)]


def decimals(step: float) -> int:
    """Return how many decimals tell ticks of ``step`` apart."""
    return next((n for n in range(4) if abs(step * 10**n - round(step * 10**n)) < 1e-6), 4)


@dataclass(frozen=True, slots=True)
class Frame:
    """A figure with one axes, and the way from data to px."""

    figure: Figure
    axes: Axes
    left: float
    bottom: float
    width: float
    height: float
    x_limits: tuple[float, float]
    y_limits: tuple[float, float]

    def x_px(self, x: float) -> float:
        """Return the px of a data x."""
        low, high = self.x_limits
        return self.left + (x - low) / (high - low) * self.width

    def y_px(self, y: float) -> float:
        """Return the px of a data y."""
        low, high = self.y_limits
        return self.bottom + (y - low) / (high - low) * self.height

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Return the box in px between two data points."""
        xs, ys = sorted((self.x_px(x0), self.x_px(x1))), sorted((self.y_px(y0), self.y_px(y1)))
        return Box(xs[0], ys[0], xs[1], ys[1])

    def write(self, x: float, y: float, text: str, **looks: Any) -> None:
        """Write a text at a point in px of the figure; ``looks`` as the library has them."""
        wide, high = self.figure.get_figwidth() * 72, self.figure.get_figheight() * 72
        self.figure.text(x / wide, y / high, text, **looks)

    def label(self, box: Box, text: str, *, color: str, weight: int, surface: str) -> None:
        """Write a text into its box, on a patch of ``surface``: it may cross a line."""
        self.write(
            box.left,
            box.bottom + 4,
            text,
            color=color,
            fontproperties=font(weight),
            va="baseline",
            ha="left",
            bbox={"facecolor": surface, "edgecolor": "none", "pad": 1},
        )


def frame(
    *,
    tokens: ChartTokens,
    width: float,
    height: float,
    margins: tuple[float, float, float, float],
    x_limits: tuple[float, float],
    y_limits: tuple[float, float],
) -> Frame:
    """Return an empty figure of ``width`` by ``height`` px.

    ``margins`` are left, top, right, bottom in px. The library's own axis, frame and ticks are
    left out: five artists a tick take half of the time of a whole chart.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    # glyphs at their true widths; the library keeps this per process, not per figure
    mpl.rcParams["text.hinting"] = "none"
    mpl.rcParams["text.parse_math"] = False  # two dollar signs in a name are no formula
    left, top, right, bottom = margins
    figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=tokens.surface)
    inner_width, inner_height = width - left - right, height - top - bottom
    axes = figure.add_axes(
        (left / width, bottom / height, inner_width / width, inner_height / height),
        facecolor=tokens.surface,
    )
    axes.set_xlim(*x_limits)
    axes.set_ylim(*y_limits)
    axes.set_axis_off()
    return Frame(figure, axes, left, bottom, inner_width, inner_height, x_limits, y_limits)
