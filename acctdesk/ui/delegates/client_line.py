"""How a line of a list of clients looks: words, a second line, a chip, a tick."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from acctdesk.ui.delegates.row import LineDelegate
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.itemmodels.client_lines import ClientRows
from acctdesk.ui.itemmodels.rows import Index
from acctdesk.ui.painting import Align, draw_chip, draw_text

TICK = 44  # width of the column of ticks
INSET = 8
FIRST = 16  # px before the words of the first column


class ClientLineDelegate(LineDelegate):
    """Paints what ClientRows.look says."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; the ground is that of the whole row."""
        model = self._view.model()
        assert isinstance(model, ClientRows)
        row = model.row(index.row())
        if row is None:
            return
        rect: QRect = option.rect
        current = index.row() == self._view.currentIndex().row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        self.ground(painter, rect, index, current=current)
        column = index.column()
        if column == 0 and model.has_ticks():
            self._tick(painter, rect, model, row)
        else:
            left = FIRST if column == 0 else INSET
            box = QRectF(rect).adjusted(left, 0, -INSET, 0)
            self._cell(painter, box, model, row, column, current=current)
        painter.restore()

    @staticmethod
    def _tick(painter: QPainter, rect: QRect, model: ClientRows[object], row: object) -> None:
        key = model.tick_key(row)
        if key is None:
            return
        on = key in model.ticked
        place = QRectF(rect.x() + FIRST, rect.center().y() - 9, 20, 20)
        draw_icon(painter, "square-check" if on else "square", place, "accent" if on else "control")

    def _cell(
        self,
        painter: QPainter,
        box: QRectF,
        model: ClientRows[object],
        row: object,
        column: int,
        *,
        current: bool,
    ) -> None:
        look = model.look(row, column)
        quiet = "text2" if current else "muted"
        if look.chip is not None and look.words:
            draw_chip(
                painter,
                box.x(),
                box.center().y() - 10,
                look.words,
                kind=look.chip,
                icon=look.icon,
                max_width=box.width(),
            )
            return
        weight = 600 if look.strong else 500 if look.below else 400
        if look.below:
            self.two_lines(painter, box, look.words, look.below, quiet, weight=weight)
            return
        side: Align = "right" if column in model.figures else "left"
        draw_text(painter, box, look.words, weight=weight, align=side)
