"""How a problem is painted: an icon by what became of it, the value, the sentence, the rows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from acctdesk.ui.icons import draw_icon
from acctdesk.ui.itemmodels.import_problems import LINE, ProblemLine
from acctdesk.ui.painting import draw_paragraph, draw_text, elided, focus_ring, text_width, wrapped
from acctdesk.ui.theme import colour

Index = QModelIndex | QPersistentModelIndex
_LEFT, _TEXT, _RIGHT, _PAD = 16, 42, 16, 10
_MOST_LINES = 3


class ImportProblemDelegate(QStyledItemDelegate):
    """Paints problems; ``wide`` adds sheet and record."""

    def __init__(self, view: QListView, *, wide: bool) -> None:
        super().__init__(view)
        self._view = view
        self._wide = wide

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that the sentence needs in the width of the list."""
        line: ProblemLine | None = index.data(LINE)
        width = self._view.viewport().width()
        if line is None:
            return QSize(width, 2 * _PAD + 36)
        lines = wrapped(line.sentence, width - _TEXT - _RIGHT, 12, 400, _MOST_LINES)
        return QSize(width, 2 * _PAD + 20 + 16 * max(1, len(lines)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one problem."""
        line: ProblemLine | None = index.data(LINE)
        if line is None:
            return
        place = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        here = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(place)
        if here:
            painter.fillRect(place, colour("hover"))
        rule = QRectF(place.x() + _LEFT, place.bottom() - 1, place.width() - _LEFT - _RIGHT, 1)
        painter.fillRect(rule, colour("border"))
        mark = QRectF(place.x() + _LEFT, place.y() + _PAD + 1, 18, 18)
        draw_icon(painter, line.icon, mark, line.ink)
        quiet = "text2" if here else "muted"
        right = place.right() - _RIGHT
        where = " · ".join(filter(None, (line.place if self._wide else "", line.rows)))
        where = elided(where, place.width() * (0.5 if self._wide else 0.4), 12, 400)
        room = text_width(where, 12)
        box = QRectF(right - room - 1, place.y() + _PAD, room + 1, 20)
        draw_text(painter, box, where, px=12, ink=quiet, align="right", elide=False)
        title = QRectF(place.x() + _TEXT, place.y() + _PAD, 0, 20)
        title.setRight(box.x() - 8)
        draw_text(painter, title, line.title, px=13, weight=600)
        said = QRectF(place.x() + _TEXT, place.y() + _PAD + 20, 0, 16)
        said.setRight(right)
        draw_paragraph(
            painter, said, line.sentence, px=12, line_height=16,
            ink=quiet if line.sentence_ink == "muted" else line.sentence_ink,
            max_lines=_MOST_LINES,
        )  # fmt: skip
        if here and self._view.hasFocus():
            focus_ring(painter, place.adjusted(2, 1, -2, -2), 4)
        painter.restore()
