"""What the window shows until its book is open: the ground of the first page, without words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.ui.painting import round_rect
from acctdesk.ui.words import say

SIDE, GAP = 24, 16  # the page's margins and what lies between its cards, as on the Today page
HEAD, TILE, COLUMN = 52, 108, 352
BESIDE, FOUR = 980, 760  # a narrower page has no right column; two tiles in a row


class Waiting(QWidget):
    """Paints where tiles, list and right column of the Today page will stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # keeps the ring off the sidebar
        say(self, name=msg("List", "Loading"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint cards and the bars in them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(SIDE, GAP, -SIDE, -GAP)
        _bars(painter, whole.x(), whole.y() + 4, 220, 280)
        top = _tiles(painter, whole.x(), whole.y() + HEAD + GAP, whole.width()) + GAP
        column = COLUMN if whole.width() + 2 * SIDE >= BESIDE else 0
        card = QRectF(whole.x(), top, whole.width(), max(0.0, whole.bottom() - top))
        if column:
            card.setWidth(card.width() - column - GAP)
            side = QRectF(card.right() + GAP, top, column, card.height())
            round_rect(painter, side, 8, fill="surface", line="border")
        round_rect(painter, card, 8, fill="surface", line="border")
        for y in range(round(top) + 64, round(card.bottom()) - 52, 56):
            _bars(painter, card.x() + 16, y, card.width() * 0.42, card.width() * 0.24)


def _tiles(painter: QPainter, x: float, y: float, width: float) -> float:
    """Paint four tiles; return where they end."""
    across = 4 if width + 2 * SIDE >= FOUR else 2
    wide = (width - GAP * (across - 1)) / across
    for number in range(4):
        place = QRectF(
            x + number % across * (wide + GAP), y + number // across * (TILE + GAP), wide, TILE
        )
        round_rect(painter, place, 8, fill="surface", line="border")
        _bars(painter, place.x() + 16, place.y() + 46, wide * 0.5, wide * 0.7)
    return y + TILE * (4 // across) + GAP * (4 // across - 1)


def _bars(painter: QPainter, x: float, y: float, first: float, second: float) -> None:
    round_rect(painter, QRectF(x, y, first, 14), 4, fill="sunken")
    round_rect(painter, QRectF(x, y + 24, second, 10), 4, fill="sunken")
