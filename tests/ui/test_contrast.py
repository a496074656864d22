"""What is written can be read on what it stands on: measured on the pixels of every door."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu, QWidget

from acctdesk.ui.doors import DOORS
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.elided import ElidedLabel
from tests.ui.contrast import Pixels, pixels, ratios
from tests.ui.tours import POPUP, Touring, through

pytestmark = POPUP
ENOUGH = 4.5


def written(root: QWidget) -> Iterator[tuple[QWidget, str, QRect]]:
    """Give what shows words of one colour on one ground, the words, and where in ``root``."""
    for one in root.findChildren(QWidget):
        if isinstance(one, QLineEdit):
            words = one.text() or one.placeholderText()
        elif isinstance(one, QLabel | QAbstractButton | ElidedLabel | Chip):
            words = one.text()
        else:
            continue
        seen = one.visibleRegion().boundingRect()
        if words.strip() and one.isEnabled() and seen.width() > 8 and seen.height() > 8:
            yield one, words, QRect(one.mapTo(root, seen.topLeft()), seen.size())


def ink_on_ground(picture: Pixels) -> float:
    """Return the contrast of the ink: the ground is what most pixels are, the ink the farthest."""
    parts = np.rint(picture.reshape(-1, 3) * 255).astype(np.uint32)
    codes = parts[:, 0] << 16 | parts[:, 1] << 8 | parts[:, 2]  # one number sorts faster than three
    codes, counts = np.unique(codes, return_counts=True)
    found = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=1) / 255
    return float(ratios(found, found[counts.argmax()]).max())


def faint(root: QWidget) -> list[str]:
    """Return the words whose ink is too near to their ground."""
    whole = pixels(root.grab().toImage())
    found = []
    for one, words, place in written(root):
        part = whole[place.top() : place.bottom() + 1, place.left() : place.right() + 1]
        ratio = ink_on_ground(part)
        if ratio < ENOUGH:
            found.append(f"{type(one).__name__} «{words}» {ratio:.2f}")
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_words_stand_off_their_ground(touring: Touring, theme: str) -> None:
    # over the page that the palette dims stand its own painted rows, made of the tokens
    keys = [key for key in DOORS if not key.startswith("palette")]
    problems = through(
        touring("el", theme=theme), lambda one: [] if isinstance(one, QMenu) else faint(one), keys
    )
    assert not problems, problems


def test_the_measure_finds_the_ink() -> None:
    image = QImage(60, 24, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.setPen(QColor("#767676"))
    painter.drawText(QPoint(4, 18), "Ηλιάδα")
    painter.end()
    assert ink_on_ground(pixels(image)) == pytest.approx(4.54, abs=0.05)
