"""How a row of the palette is painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from acctdesk.i18n import tr
from acctdesk.ui import icons, painting
from acctdesk.ui.itemmodels.palette import ROW, PaletteRow
from acctdesk.ui.theme import colour

Index = QModelIndex | QPersistentModelIndex


class PaletteDelegate(QStyledItemDelegate):
    """Paints headings, two-line hits and one-line commands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the row's height."""
        row = index.data(ROW)
        return QSize(10, row.height if isinstance(row, PaletteRow) else 40)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row = index.data(ROW)
        if not isinstance(row, PaletteRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect)
        painter.setClipRect(place)
        if row.is_heading:
            words = place.adjusted(20, 8, -20, -2)
            painting.draw_text(painter, words, row.title, px=12, weight=600, ink="muted")
        else:
            state = option.state
            self._paint_row(painter, place, row, bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_row(self, painter: QPainter, place: QRectF, row: PaletteRow, selected: bool) -> None:
        if selected:
            painting.round_rect(painter, place.adjusted(8, 1, -8, -1), 6, fill="raised_hover")
            bar = QRectF(place.x() + 8, place.y() + 10, 3, place.height() - 20)
            painter.fillRect(bar, colour("accent"))
        side = QRectF(place.x() + 20, place.center().y() - 10, 20, 20)
        icons.draw_icon(painter, row.icon, side, "accent" if selected else "text2")
        right = place.right() - 20
        right -= self._paint_right(painter, place, row, selected)
        left = place.x() + 54
        title = QRectF(left, place.y() + (6 if row.detail else (place.height() - 20) / 2), 0, 20)
        title.setRight(right - 12)
        painting.draw_marked(painter, title, row.title, row.spans)
        if row.detail:
            detail = QRectF(left, place.y() + 27, right - 12 - left, 18)
            ink = "text2" if selected else "muted"
            painting.draw_text(painter, detail, " ".join(row.detail.split()), px=12, ink=ink)

    def _paint_right(
        self, painter: QPainter, place: QRectF, row: PaletteRow, selected: bool
    ) -> float:
        right = place.right() - 20
        if row.keys:
            return painting.draw_keys(painter, right, place.y(), place.height(), row.keys)
        word = row.kind
        used = 0.0
        if selected:
            used = painting.draw_keys(painter, right, place.y(), place.height(), ("↵",)) + 8
            word = tr("Palette", "open") if row.hit is not None else ""
        wide = painting.text_width(word, 12)
        box = QRectF(right - used - wide - 1, place.y(), wide + 1, place.height())
        painting.draw_text(painter, box, word, px=12, ink="muted", align="right")
        return used + wide
