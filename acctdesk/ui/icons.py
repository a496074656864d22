"""Tabler's outline icons in the colours of the theme: painted sharp at any scale, or as QIcon."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from acctdesk import assets
from acctdesk.ui.theme import colour, finest

STROKE = "1.75"


@cache
def _source(name: str) -> str:
    return assets.path("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, hex_colour: str) -> QSvgRenderer:
    text = _source(name).replace("currentColor", hex_colour)
    text = text.replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    return QSvgRenderer(QByteArray(text.encode("utf-8")))


def draw_icon(painter: QPainter, name: str, rect: QRectF | QRect, ink: str = "text2") -> None:
    """Paint an icon into a square of logical pixels, in a token's colour.

    Raises:
        FileNotFoundError: no such icon is shipped.
    """
    _renderer(name, colour(ink).name()).render(painter, QRectF(rect))


def pixmap(
    name: str, ink: str = "text2", size: int = 18, *, ratio: float = 1.0, air: int = 0
) -> QPixmap:
    """Return an icon as a pixmap of ``size`` logical pixels for a device pixel ratio.

    ``air`` is room left clear at its right, where a word follows closely.
    """
    renderer = _renderer(name, colour(ink).name())  # first: a painter must not outlive its image
    side = round(size * ratio)
    image = QPixmap(round((size + air) * ratio), side)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def icon(name: str, ink: str = "text2", size: int = 18, *, air: int = 0) -> QIcon:
    """Return an icon for a button or menu, with a paler disabled state.

    It keeps the colours of the moment and is as fine as the finest screen there is: ask again when
    the theme tells that either has changed.
    """
    return QIcon(_icon(name, colour(ink).name(), colour("control").name(), size, air, finest()))


@cache
def _icon(name: str, ink: str, disabled: str, size: int, air: int, ratio: float) -> QIcon:
    made = QIcon()
    for colours, mode in ((ink, QIcon.Mode.Normal), (disabled, QIcon.Mode.Disabled)):
        made.addPixmap(pixmap(name, colours, size, ratio=ratio, air=air), mode)
    return made


def icon_square(rect: QRect | QRectF, size: int) -> QRectF:
    """Return the square of ``size`` in the middle of a rectangle."""
    box = QRectF(rect)
    centre = box.center()
    corner = QPointF(round(centre.x() - size / 2), round(centre.y() - size / 2))
    return QRectF(corner, QSize(size, size).toSizeF())


def exists(name: str) -> bool:
    """Tell whether an icon of this name is shipped."""
    return assets.path("icons", f"{name}.svg").is_file()
