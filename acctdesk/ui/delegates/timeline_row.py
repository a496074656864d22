"""How one line of the timeline looks: a disc, a title, two lines of text, promises, small print."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from acctdesk.kinds import PromiseState
from acctdesk.services.rows import PromiseRow, TimelineItem
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.itemmodels import words
from acctdesk.ui.itemmodels.timeline import LINE_ROLE, Line, TimelineModel
from acctdesk.ui.itemmodels.timeline_text import (
    Strip,
    body,
    chip,
    meta,
    strip_look,
    strips,
    title,
)
from acctdesk.ui.painting import (
    chip_width,
    draw_chip,
    draw_paragraph,
    draw_text,
    focus_ring,
    round_rect,
    text_width,
    wrapped,
)
from acctdesk.ui.theme import colour, tokens

Index = QModelIndex | QPersistentModelIndex
HEADING = 32
LEFT, RIGHT = 60, 16
STRIP = 28  # a promise or a file with the space above it
_DISCS = {
    "accent": ("accent", "soft"),
    "success": ("success", "success_soft"),
    "warning": ("warning", "warning_soft"),
}
_NEUTRAL = ("text2", "hover")


class TimelineDelegate(QStyledItemDelegate):
    """Paints headings of days and items; knows where promises and files are."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._view = parent
        self.strip_cursor = 0  # which promise of the current item Space would tick, or file save

    def _model(self) -> TimelineModel:
        model = self._view.model()
        assert isinstance(model, TimelineModel)
        return model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that paint needs at the view's width."""
        line: Line | None = index.data(LINE_ROLE)
        width = self._view.viewport().width()
        if line is None or line.item is None:
            return QSize(0, HEADING)
        return QSize(0, item_height(line.item, width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        line: Line | None = index.data(LINE_ROLE)
        if line is None:
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        painter.fillRect(rect, colour("surface"))
        if line.item is None:
            paint_heading(painter, rect, self._model().heading(line))
        else:
            focused = self._view.hasFocus() and index.row() == self._view.currentIndex().row()
            selected = bool(state & QStyle.StateFlag.State_Selected)
            self._paint_item(painter, rect, line, selected=selected, focused=focused)
        painter.restore()

    def strip_at(self, rect: QRect, index: Index, point: QPoint) -> Strip | None:
        """Return the promise or file that is under a point of an item painted in ``rect``."""
        line: Line | None = index.data(LINE_ROLE)
        if line is None or line.item is None:
            return None
        for what, place in zip(strips(line.item), strip_places(rect, line.item), strict=True):
            if place.contains(point):
                return what
        return None

    def _paint_item(
        self, painter: QPainter, rect: QRect, line: Line, *, selected: bool, focused: bool
    ) -> None:
        item = line.item
        assert item is not None
        model = self._model()
        x, y, width = rect.x(), rect.y(), rect.width()
        if selected:
            ground = QRectF(rect).adjusted(6, 2, -6, -2)
            round_rect(painter, ground, 8, fill="soft")
            if focused:
                focus_ring(painter, ground, 8)
        if not line.last_of_day:
            painter.fillRect(QRectF(x + 31, y + 46, 1, rect.height() - 46), colour("border"))
        look = words.look_of(item)
        front, back = _DISCS.get(look.tone, _NEUTRAL)
        if selected:
            back = "surface"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(back))
        painter.drawEllipse(QRectF(x + 16, y + 10, 32, 32))
        draw_icon(painter, look.icon, QRectF(x + 23, y + 17, 18, 18), front)
        mark = chip(item, today=model.today)
        room: float = width - LEFT - RIGHT
        if mark is not None:
            draw_chip(
                painter, x + width - RIGHT, y + 10, mark.text, kind=mark.tone, from_right=True
            )
            room -= chip_width(mark.text) + 8
        if item.pinned:
            draw_icon(painter, "pin", QRectF(x + LEFT + room - 16, y + 12, 16, 16), "muted")
            room -= 20
        text = title(item, currency=model.currency)
        draw_text(painter, QRectF(x + LEFT, y + 10, room, 20), text, weight=600)
        column = QRectF(x + LEFT, y + 30, width - LEFT - RIGHT, 40)
        at = y + 30 + draw_paragraph(painter, column, body(item))
        parts = strips(item)
        for number, part in enumerate(parts):
            strip = QRectF(x + LEFT, at + 3, width - LEFT - RIGHT, 24)
            fill = "raised" if tokens().dark else "app"
            round_rect(painter, strip, 6, fill="surface" if selected else fill)
            if focused and len(parts) > 1 and number == self.strip_cursor:
                focus_ring(painter, strip, 6)
            self._paint_strip(painter, strip, part)
            at += STRIP
        small = QRectF(x + LEFT, at + 2, width - LEFT - RIGHT, 16)
        said = meta(item, currency=model.currency)
        draw_text(painter, small, said, px=12, ink="text2" if selected else "muted")

    def _paint_strip(self, painter: QPainter, strip: QRectF, part: Strip) -> None:
        model = self._model()
        look = strip_look(part, today=model.today, currency=model.currency)
        front = QRectF(strip.x() + 6, strip.y() + 4, 16, 16)
        if isinstance(part, PromiseRow):
            draw_tick(painter, front, part.state)
        else:
            draw_icon(painter, look.icon, front, "text2")
        mark = look.mark
        wide = text_width(mark.text, 12, 600)
        right = QRectF(strip.right() - 8 - wide - 1, strip.y(), wide + 2, 24)
        draw_text(painter, right, mark.text, px=12, weight=600, ink=mark.tone)
        left = QRectF(strip.x() + 28, strip.y(), right.x() - strip.x() - 36, 24)
        ink = "muted" if look.over else "text2"
        draw_text(painter, left, look.text, px=12, weight=500, ink=ink)


def paint_heading(painter: QPainter, rect: QRect, text: str) -> None:
    """Paint a day's heading: its words and a hairline to the edge."""
    place = QRectF(rect.x() + 16, rect.y() + 6, rect.width() - 32, 20)
    taken = draw_text(painter, place, text, px=12, weight=600, ink="muted")
    start = rect.x() + 16 + taken + 12
    end = rect.x() + rect.width() - 16
    if end > start:
        painter.fillRect(QRectF(start, rect.y() + 16, end - start, 1), colour("border"))


def draw_tick(painter: QPainter, box: QRectF, state: PromiseState) -> None:
    """Paint a tick box: empty, ticked (kept) or crossed (not kept)."""
    inner = box.adjusted(1, 1, -1, -1)
    if state is PromiseState.OPEN:
        round_rect(painter, inner, 4, fill="surface", line="control")
        return
    round_rect(painter, inner, 4, fill="fill" if state is PromiseState.KEPT else "danger")
    mark = "check" if state is PromiseState.KEPT else "x"
    draw_icon(painter, mark, inner.adjusted(1, 1, -1, -1), "on_fill")


def item_height(item: TimelineItem, width: int) -> int:
    """Return the height of an item in a view of this width, in px."""
    lines = len(wrapped(body(item), width - LEFT - RIGHT, 13, 400, 2))
    small = 18 if meta(item, currency="") else 0
    return 10 + 20 + 20 * lines + STRIP * len(strips(item)) + small + 10


def strip_places(rect: QRect, item: TimelineItem) -> list[QRect]:
    """Return where the strips of an item are painted."""
    width = rect.width()
    lines = len(wrapped(body(item), width - LEFT - RIGHT, 13, 400, 2))
    top = rect.y() + 30 + 20 * lines
    return [
        QRect(rect.x() + LEFT, top + STRIP * number, width - LEFT - RIGHT, STRIP)
        for number in range(len(strips(item)))
    ]
