"""The contrast of two colours as WCAG 2 defines it, and that of text on a picture."""

from __future__ import annotations

from PySide6.QtGui import QColor


def luminance(colour: QColor) -> float:
    """Return the relative luminance, 0 to 1."""
    values = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: QColor | str, second: QColor | str) -> float:
    """Return the contrast ratio, 1 to 21."""
    high, low = sorted((luminance(QColor(first)), luminance(QColor(second))), reverse=True)
    return (high + 0.05) / (low + 0.05)
