"""How a file of an import is painted: two lines, its counts, a chip for where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyleOptionViewItem,
)

from acctdesk import formats
from acctdesk.ui.delegates.row import RowDelegate
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.itemmodels.import_files import (
    FILE,
    NAME,
    PROBLEMS,
    REFUSED,
    STATE,
    STATES,
    about,
    count_text,
    state_text,
)
from acctdesk.ui.painting import draw_chip, draw_paragraph, draw_text, round_rect, wrapped
from acctdesk.ui.theme import colour

if TYPE_CHECKING:
    from acctdesk.ui.pages.imports.files import ImportFile

Index = QModelIndex | QPersistentModelIndex
INSETS = {NAME: (52, 8), STATE: (16, 32), **dict.fromkeys(range(1, 6), (4, 8))}
_BLOCK = 38


class ImportFileDelegate(RowDelegate):
    """Paints the cells of a file."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a width; heights are the view's."""
        return QSize(60, _BLOCK + 22)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; the ground is that of the whole row."""
        file: ImportFile | None = index.data(FILE)
        if file is None:
            return
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        here = index.row() == self._view.currentIndex().row()
        if here and self._view.hasFocus():
            painter.fillRect(rect, colour("soft"))
            if index.column() == NAME:
                painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), colour("accent"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, colour("hover"))
        left = 16 if index.column() == NAME else 0
        rule = QRect(rect.x() + left, rect.bottom(), rect.width() - left, 1)
        painter.fillRect(rule, colour("border"))
        if index.column() == NAME:
            self._name(painter, rect, file, here=here)
        elif index.column() == STATE:
            self._state(painter, rect, file)
        else:
            self._count(painter, rect, file, index.column(), here=here)
        painter.restore()

    def _name(self, painter: QPainter, rect: QRect, file: ImportFile, *, here: bool) -> None:
        bad = file.refusal is not None or file.failure is not None
        icon, ink = ("file-alert", "danger") if bad else ("file-spreadsheet", "success")
        mark = QRectF(rect.x() + 16, rect.y() + (rect.height() - 24) / 2, 24, 24)
        draw_icon(painter, icon, mark, ink)
        wide = rect.width() - 52 - 8
        if bad:
            lines = len(wrapped(about(file), wide, 12, 400, 2))
            top = rect.y() + (rect.height() - 22 - 16 * lines) / 2
            name = QRectF(rect.x() + 52, top, wide, 20)
            draw_text(painter, name, file.name, weight=600)
            said = QRectF(rect.x() + 52, top + 21, wide, 16)
            draw_paragraph(
                painter, said, about(file), px=12, line_height=16, ink="danger", max_lines=2
            )
            return
        top = rect.y() + (rect.height() - _BLOCK) / 2
        draw_text(painter, QRectF(rect.x() + 52, top, wide, 20), file.name, weight=600)
        second = QRectF(rect.x() + 52, top + 21, wide, 16)
        draw_text(painter, second, about(file), px=12, ink="text2" if here else "muted")

    def _count(
        self, painter: QPainter, rect: QRect, file: ImportFile, column: int, *, here: bool
    ) -> None:
        shown = count_text(file, column)
        place = QRectF(rect).adjusted(4, 0, -8, 0)
        nothing = shown in {"0", formats.UNKNOWN}
        if column in {PROBLEMS, REFUSED} and not nothing:
            draw_chip(
                painter, rect.right() + 1 - 8, rect.y() + (rect.height() - 20) / 2, shown,
                kind="danger" if column == REFUSED else "warning", from_right=True,
            )  # fmt: skip
            return
        quiet = "text2" if here else "muted"
        stale = file.trying and not file.imported
        draw_text(painter, place, shown, ink=quiet if nothing or stale else "text", align="right")

    def _state(self, painter: QPainter, rect: QRect, file: ImportFile) -> None:
        _, kind, icon = STATES[file.state.value]
        y = rect.y() + (rect.height() - 20) / 2
        busy = file.state.value in {"reading", "importing"}
        draw_chip(
            painter, rect.x() + 16, y, state_text(file), kind=kind, icon=icon,
            max_width=rect.width() - 16 - 28,
        )  # fmt: skip
        if busy and file.share > 0:
            track = QRectF(rect.x() + 16, rect.bottom() - 8, rect.width() - 48, 4)
            round_rect(painter, track, 2, fill="sunken")
            done = QRectF(track.x(), track.y(), max(4.0, track.width() * file.share), 4)
            round_rect(painter, done, 2, fill="accent")
        if file.refusal is None:
            mark = QRectF(rect.right() - 24, rect.y() + (rect.height() - 16) / 2, 16, 16)
            draw_icon(painter, "chevron-right", mark, "muted")
