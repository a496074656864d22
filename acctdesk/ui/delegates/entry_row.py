"""How an entry looks: an icon, two rows of words, a figure and a mark at the end."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from acctdesk.ui.icons import draw_icon
from acctdesk.ui.itemmodels.entries import ENTRY_ROLE, Entry
from acctdesk.ui.painting import (
    chip_width,
    draw_chip,
    draw_text,
    focus_ring,
    round_rect,
    text_width,
)
from acctdesk.ui.theme import colour
from acctdesk.ui.words import plain_tip

Index = QModelIndex | QPersistentModelIndex
ROW = 56
EDGE = 16


class EntryDelegate(QStyledItemDelegate):
    """Paints entries."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the fixed height."""
        return QSize(0, ROW)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Say the whole entry, which may be cut."""
        entry: Entry | None = index.data(ENTRY_ROLE)
        if entry is None:
            return False
        QToolTip.showText(event.globalPos(), plain_tip(entry.spoken), view)
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one entry."""
        entry: Entry | None = index.data(ENTRY_ROLE)
        if entry is None:
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        if selected:
            ground = QRectF(rect).adjusted(6, 1, -6, -1)
            round_rect(painter, ground, 6, fill="soft")
            if self._view.hasFocus():
                focus_ring(painter, ground, 6)
        else:
            line = QRectF(rect.x() + EDGE, rect.bottom(), rect.width() - 2 * EDGE, 1)
            painter.fillRect(line, colour("border"))
        self._words(painter, QRectF(rect), entry, selected=selected)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRectF, entry: Entry, *, selected: bool) -> None:
        left, right = rect.x() + EDGE, rect.right() - EDGE
        top = rect.y() + (8 if entry.below else 18)
        quiet = "text2" if selected else "muted"
        if entry.icon:
            draw_icon(painter, entry.icon, QRectF(left, top + 1, 18, 18), quiet)
            left += 28
        end = right
        if entry.figure:
            wide = text_width(entry.figure, 14, 600) + 2
            place = QRectF(end - wide, top, wide, 20)
            ink = "muted" if entry.quiet else "text"
            draw_text(painter, place, entry.figure, weight=600, align="right", ink=ink)
            end -= wide + 10
        mark_end = end if not entry.below else right
        if entry.mark is not None:
            wide = chip_width(entry.mark.text)
            y = top + (20 if entry.below else 1)
            draw_chip(
                painter, mark_end, y, entry.mark.text, kind=entry.mark.tone, from_right=True,
                height=18,
            )  # fmt: skip
            mark_end -= wide + 10
            end = end if entry.below else mark_end
        ink = "muted" if entry.quiet else "text"
        draw_text(painter, QRectF(left, top, end - left, 20), entry.title, weight=500, ink=ink)
        if entry.below:
            at = QRectF(left, top + 20, mark_end - left, 18)
            draw_text(painter, at, entry.below, px=12, ink=quiet)
