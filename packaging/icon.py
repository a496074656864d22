"""The program's icon, drawn from our own picture of a notebook: white on the accent colour."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def draw(size: int) -> Image.Image:
    """Return the icon, ``size`` pixels wide and high. Needs Qt, but no screen."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer
    from PySide6.QtWidgets import QApplication

    from acctdesk.ui.theme import LIGHT

    _app = QApplication.instance() or QApplication(["icon", "-platform", "offscreen"])
    drawing = (ROOT / "resources" / "icons" / "notebook.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", "#ffffff").encode()))
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.accent))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.22, size * 0.22)
    air = size * (0.08 if size < 40 else 0.17)  # a small one needs its lines
    renderer.render(painter, QRectF(air, air, size - 2 * air, size - 2 * air))
    painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(held, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(held.data().data()))


def write_windows(file: Path) -> None:
    """Write the icon in every size that Windows asks for (an .ico file)."""
    *smaller, largest = map(draw, WINDOWS_SIZES)
    largest.save(
        file, format="ICO", append_images=smaller, sizes=[(one, one) for one in WINDOWS_SIZES]
    )


def write_side(file: Path) -> None:
    """Write the picture beside the Setup's words: the icon on a calm ground, 164 by 314 px (.bmp).

    Drawn twice as large as NSIS lays it out, so that it is not coarse on a fine screen.
    """
    from acctdesk.ui.theme import LIGHT

    picture = Image.new("RGB", (328, 628), LIGHT.soft)
    mark = draw(128)
    picture.paste(mark, ((picture.width - mark.width) // 2, 96), mark)
    picture.save(file, format="BMP")
