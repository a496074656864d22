"""How things are painted: fonts by pixel and weight, text runs, chips, key caps, round rectangles.

Delegates and small widgets use these and nothing else, so a chip is the same chip everywhere.
Sizes are logical pixels; colours are names of tokens (see ``theme.Tokens``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPainter,
    QPen,
    QPolygonF,
    QTextLayout,
    QTextOption,
)

from acctdesk import assets
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.theme import colour

FAMILY = "Inter"
FACES = ("Regular", "Medium", "SemiBold", "Bold")
Align = Literal["left", "right", "center"]
ChipKind = Literal["accent", "success", "warning", "danger", "info", "muted"]
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}
_CHIP_COLOURS: dict[str, tuple[str, str]] = {
    "accent": ("accent", "soft"),
    "success": ("success", "success_soft"),
    "warning": ("warning", "warning_soft"),
    "danger": ("danger", "danger_soft"),
    "info": ("info", "info_soft"),
    "muted": ("text2", "hover"),
}
CHIP_HEIGHT = 20
FILTER_CHIP_HEIGHT = 28


@cache
def load_fonts() -> tuple[str, ...]:
    """Register the four faces of Inter with Qt, once; return the families.

    Raises:
        FileNotFoundError: a face is missing from the installation.
    """
    families: list[str] = []
    for face in FACES:
        file = assets.path("fonts", f"{FAMILY}-{face}.ttf")
        number = QFontDatabase.addApplicationFont(str(file))
        if number < 0:
            raise FileNotFoundError(file)
        families += QFontDatabase.applicationFontFamilies(number)
    return tuple(sorted(set(families)))


@cache
def _font(px: int, weight: int, numeric: bool) -> QFont:
    made = QFont(FAMILY)
    made.setPixelSize(px)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if numeric:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def font(px: int = 14, weight: int = 400, *, numeric: bool = False) -> QFont:
    """Return Inter at a pixel size and weight; ``numeric`` gives digits of one width."""
    return QFont(_font(px, weight, numeric))


def base_font() -> QFont:
    """Return the font of running text: 14 px."""
    return font(14)


@cache
def metrics(px: int = 14, weight: int = 400, *, numeric: bool = False) -> QFontMetricsF:
    """Return the measures of a font, made once."""
    return QFontMetricsF(_font(px, weight, numeric))


@lru_cache(maxsize=20_000)
def is_numeric(text: str) -> bool:
    """Tell whether a run is purely figures; only such runs get digits of one width."""
    return any(one.isdigit() for one in text) and not any(one.isalpha() for one in text)


@lru_cache(maxsize=20_000)
def text_width(text: str, px: int = 14, weight: int = 400) -> float:
    """Return the width of one line of text."""
    return metrics(px, weight, numeric=is_numeric(text)).horizontalAdvance(text)


@lru_cache(maxsize=20_000)
def elided(text: str, width: float, px: int = 14, weight: int = 400) -> str:
    """Return the text cut with an ellipsis to fit a width."""
    if text_width(text, px, weight) <= width + 0.5:
        return text
    measure = metrics(px, weight, numeric=is_numeric(text))
    return measure.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, width))


def draw_text(
    painter: QPainter,
    rect: QRectF | QRect,
    text: str,
    *,
    px: int = 14,
    weight: int = 400,
    ink: str = "text",
    align: Align = "left",
    elide: bool = True,
) -> float:
    """Paint one line, centred in height; return the width that it took."""
    box = QRectF(rect)
    shown = elided(text, box.width(), px, weight) if elide else text
    if not elide and align == "left":
        box.setWidth(max(box.width(), text_width(text, px, weight) + 1))
    painter.setFont(_font(px, weight, is_numeric(text)))
    painter.setPen(colour(ink))
    flags = _ALIGN[align] | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, int(flags) | int(Qt.TextFlag.TextSingleLine), shown)
    return min(text_width(shown, px, weight), text_width(text, px, weight))


@lru_cache(maxsize=5_000)
def wrapped(
    text: str, width: float, px: int = 13, weight: int = 400, max_lines: int = 2
) -> tuple[str, ...]:
    """Return the lines of a text in a width, the last one elided where more would follow."""
    flat = " ".join(text.split())
    if not flat or width <= 0:
        return ()
    layout = QTextLayout(flat, _font(px, weight, False))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    pieces: list[tuple[int, int]] = []
    while len(pieces) <= max_lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        pieces.append((line.textStart(), line.textLength()))
    layout.endLayout()
    lines = [flat[start : start + length].rstrip() for start, length in pieces]
    if len(lines) > max_lines:
        lines = lines[:max_lines]
        start = pieces[max_lines - 1][0]
        lines[-1] = metrics(px, weight).elidedText(flat[start:], Qt.TextElideMode.ElideRight, width)
    return tuple(lines)


def draw_paragraph(
    painter: QPainter,
    rect: QRectF | QRect,
    text: str,
    *,
    px: int = 13,
    line_height: int = 20,
    weight: int = 400,
    ink: str = "text2",
    max_lines: int = 2,
) -> float:
    """Paint wrapped text from the top of a rectangle; return the height that it took."""
    box = QRectF(rect)
    lines = wrapped(text, box.width(), px, weight, max_lines)
    for number, line in enumerate(lines):
        place = QRectF(box.x(), box.y() + number * line_height, box.width() + 2, line_height)
        draw_text(painter, place, line, px=px, weight=weight, ink=ink, elide=False)
    return float(line_height * len(lines))


def round_rect(
    painter: QPainter,
    rect: QRectF | QRect,
    radius: float,
    *,
    fill: str | None = None,
    line: str | None = None,
    line_width: float = 1.0,
) -> None:
    """Paint a rounded rectangle; its line lies inside the rectangle."""
    box = QRectF(rect)
    if line is not None:
        painter.setPen(QPen(colour(line), line_width))
        inset = line_width / 2
        box = box.adjusted(inset, inset, -inset, -inset)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    if fill is not None:
        painter.setBrush(colour(fill))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, radius, radius)


def focus_ring(painter: QPainter, rect: QRectF | QRect, radius: float = 6) -> None:
    """Paint the ring that shows keyboard focus: 2 px of accent inside the rectangle."""
    round_rect(painter, rect, radius, line="accent", line_width=2)


def chip_width(text: str, icon: str | None = None) -> int:
    """Return the width of a status chip."""
    return round(text_width(text, 12, 600) + 16 + (16 if icon else 0))


def draw_chip(
    painter: QPainter,
    x: float,
    y: float,
    text: str,
    *,
    kind: ChipKind = "accent",
    icon: str | None = None,
    from_right: bool = False,
    height: int = CHIP_HEIGHT,
    max_width: float | None = None,
) -> float:
    """Paint a status chip at its left corner (or its right one); return its width."""
    front, back = _CHIP_COLOURS[kind]
    width: float = chip_width(text, icon)
    if max_width is not None:
        width = min(width, max_width)
    left = x - width if from_right else x
    round_rect(painter, QRectF(left, y, width, height), height / 2, fill=back)
    offset = 8.0
    if icon:
        draw_icon(painter, icon, QRectF(left + 7, y + (height - 14) / 2, 14, 14), front)
        offset = 24.0
    place = QRectF(left + offset, y, width - offset - 8 + 1, height)
    draw_text(painter, place, text, px=12, weight=600, ink=front)
    return width


def keys_width(keys: Sequence[str]) -> int:
    """Return the width of a row of key caps."""
    return sum(max(22, round(text_width(key, 12, 500)) + 12) + 4 for key in keys) - 4


def draw_keys(
    painter: QPainter, right: float, y: float, height: float, keys: Sequence[str]
) -> float:
    """Paint key caps that end at ``right``; return their width."""
    x = right
    for key in reversed(keys):
        width = max(22, round(text_width(key, 12, 500)) + 12)
        cap = QRectF(x - width, y + (height - 20) / 2, width, 20)
        round_rect(painter, cap, 4, fill="surface", line="border")
        draw_text(painter, cap, key, px=12, weight=500, ink="text2", align="center", elide=False)
        x -= width + 4
    return right - x - 4


def draw_marked(
    painter: QPainter,
    rect: QRectF | QRect,
    text: str,
    spans: Sequence[tuple[int, int]],
    *,
    px: int = 14,
    weight: int = 500,
    ink: str = "text",
) -> float:
    """Paint one line with its matches bold on a soft ground; elided at the right edge."""
    box = QRectF(rect)
    x, end = box.x(), box.right()
    for part, hit in _runs(text, spans):
        heavy = 700 if hit else weight
        room = end - x
        if room < 8:
            break
        width = min(text_width(part, px, heavy), room)
        if hit:
            ground = QRectF(x - 1, box.y() + 1, width + 2, box.height() - 2)
            round_rect(painter, ground, 3, fill="soft")
        place = QRectF(x, box.y(), width + 0.5, box.height())
        draw_text(painter, place, part, px=px, weight=heavy, ink="accent" if hit else ink)
        x += width
    return x - box.x()


def _runs(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    at = 0
    for first, last in sorted(spans):
        start, stop = max(at, first), min(len(text), last)
        if stop <= start:
            continue
        if start > at:
            runs.append((text[at:start], False))
        runs.append((text[start:stop], True))
        at = stop
    if at < len(text):
        runs.append((text[at:], False))
    return runs


def sparkline(
    painter: QPainter, rect: QRectF | QRect, values: Sequence[float], *, ink: str = "control"
) -> None:
    """Paint a small trend line with a dot at its end."""
    box = QRectF(rect)
    if len(values) < 2:
        return
    low, high = min(values), max(values)
    span = (high - low) or 1
    step = box.width() / (len(values) - 1)
    points = [
        QPointF(box.x() + step * number, box.bottom() - (value - low) / span * box.height())
        for number, value in enumerate(values)
    ]
    pen = QPen(colour(ink), 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ink))
    painter.drawEllipse(points[-1], 2.5, 2.5)
