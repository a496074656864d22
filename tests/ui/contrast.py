"""The contrast of colours as WCAG 2 defines it, of tokens and of pixels."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtGui import QColor, QImage

Pixels = np.ndarray[Any, np.dtype[np.float64]]  # ..., 3: red, green, blue from 0 to 1


def pixels(image: QImage) -> Pixels:
    """Return the colours of a picture: height, width, 3."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    inside = rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3)
    return inside.astype(np.float64) / 255


def luminance(colours: Pixels) -> Pixels:
    """Return the relative luminance of each colour, 0 to 1."""
    linear = np.where(colours <= 0.03928, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    weighed: Pixels = linear @ np.array([0.2126, 0.7152, 0.0722])
    return weighed


def ratios(first: Pixels, second: Pixels) -> Pixels:
    """Return the contrast ratio of each pair of colours, 1 to 21."""
    one, other = luminance(first) + 0.05, luminance(second) + 0.05
    found: Pixels = np.maximum(one, other) / np.minimum(one, other)
    return found


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    one, other = QColor(first), QColor(second)
    return float(
        ratios(
            np.array([one.redF(), one.greenF(), one.blueF()]),
            np.array([other.redF(), other.greenF(), other.blueF()]),
        )
    )
