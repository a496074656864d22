"""A table heading whose text stands exactly over the cells, with the mark of the sort."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from acctdesk.ui.icons import draw_icon
from acctdesk.ui.painting import draw_text, focus_ring, text_width, wrapped
from acctdesk.ui.theme import colour

HEIGHT = 32
TALL = 44  # with two lines


class InsetHeader(QHeaderView):
    """A heading with its own left and right inset for each column, the same as its cells.

    ``lines`` is how many a long title may take: one or two.
    """

    def __init__(
        self, insets: Mapping[int, tuple[int, int]], parent: QWidget, *, lines: int = 1
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._lines = lines
        self._high = HEIGHT if lines == 1 else TALL
        self._insets = dict(insets)
        self._keyed = -1  # the column that the keyboard stands on
        self.setFixedHeight(self._high)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        """Return the fixed height."""
        return QSize(super().sizeHint().width(), self._high)

    def show_keyed(self, section: int) -> None:
        """Show which column the keyboard stands on; -1 for none."""
        self._keyed = section
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        """Paint one heading."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, colour("surface"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), colour("border"))
        model, across = self.model(), Qt.Orientation.Horizontal
        title = str(model.headerData(logicalIndex, across, Qt.ItemDataRole.DisplayRole) or "")
        side = model.headerData(logicalIndex, across, Qt.ItemDataRole.TextAlignmentRole)
        right = bool(side is not None and int(side) & int(Qt.AlignmentFlag.AlignRight))
        left_inset, right_inset = self._insets.get(logicalIndex, (8, 8))
        box = QRectF(rect).adjusted(left_inset, 0, -right_inset, -1)
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        ink = "text" if sorted_here else "muted"
        if sorted_here:
            down = self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
            width = min(text_width(title, 12, 600), box.width() - 14)
            mark_x = box.right() - width - 14 if right else box.x() + width + 2
            mark = QRectF(mark_x, box.center().y() - 6, 12, 12)
            draw_icon(painter, "arrow-down" if down else "arrow-up", mark, ink)
            box.adjust(14 if right else 0, 0, 0 if right else -14, 0)
        lines = wrapped(title, box.width(), 12, 600, 2) if self._lines > 1 else (title,)
        top = box.center().y() - 8 * len(lines)
        for number, line in enumerate(lines):
            place = QRectF(box.x(), top + 16 * number, box.width(), 16)
            draw_text(
                painter, place, line, px=12, weight=600, ink=ink, align="right" if right else "left"
            )
        if logicalIndex == self._keyed:
            focus_ring(painter, rect.adjusted(1, 2, -1, -3), 4)
        painter.restore()
