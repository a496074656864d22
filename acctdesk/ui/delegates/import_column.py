"""How a column of a file is painted: its letter, its samples, the field it means, how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QStyleOptionViewItem,
    QWidget,
)

from acctdesk import formats
from acctdesk.i18n import msg
from acctdesk.ui.delegates.row import RowDelegate
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.itemmodels.import_columns import (
    CERTAINTY,
    COLUMN,
    FIELD,
    HEADING,
    LETTER,
    TITLE,
    ImportColumnsModel,
    choices,
    is_doubtful,
)
from acctdesk.ui.painting import draw_text, round_rect, text_width
from acctdesk.ui.theme import colour
from acctdesk.ui.words import say

if TYPE_CHECKING:
    from acctdesk.exchange.columns import ColumnMap

Index = QModelIndex | QPersistentModelIndex
INSETS = {LETTER: (16, 4), HEADING: (4, 8), FIELD: (36, 8), CERTAINTY: (12, 12)}
_BLOCK = 36  # two lines
_BAR = 56


class FieldCombo(QComboBox):
    """The list of fields, open as soon as it is there; ``left`` tells that nothing was chosen."""

    left = Signal()

    def hidePopup(self) -> None:
        """Tell that the list was closed; a choice is told by Qt right after."""
        super().hidePopup()
        QTimer.singleShot(0, self, self._tell)

    @Slot()
    def _tell(self) -> None:
        self.left.emit()


class ImportColumnDelegate(RowDelegate):
    """Paints the four cells of a column, and opens the list of fields."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._editor: FieldCombo | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; the ground is that of the whole row, so no seams show."""
        rect: QRect = option.rect
        column: ColumnMap | None = index.data(COLUMN)
        if column is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        here = index.row() == self._view.currentIndex().row()
        if here or index.row() == self.hovered:
            painter.fillRect(rect, colour("hover"))
        left = 16 if index.column() == LETTER else 0
        right = 16 if index.column() == CERTAINTY else 0
        line = QRect(rect.x() + left, rect.bottom(), rect.width() - left - right, 1)
        painter.fillRect(line, colour("border"))
        if index.column() == LETTER:
            self._letter(painter, rect, column, here=here)
        elif index.column() == HEADING:
            self._heading(painter, rect, column, here=here)
        elif index.column() == FIELD:
            self._field(painter, rect, column, str(index.data(TITLE)), here=here)
        else:
            self._certainty(painter, rect, column, here=here)
        painter.restore()

    def _letter(self, painter: QPainter, rect: QRect, column: ColumnMap, *, here: bool) -> None:
        box = QRectF(rect.x() + 16, rect.y() + (rect.height() - 24) / 2, 24, 24)
        round_rect(painter, box, 4, fill="surface" if here else "sunken")
        draw_text(painter, box, column.letter, px=12, weight=600, ink="text2", align="center")

    def _heading(self, painter: QPainter, rect: QRect, column: ColumnMap, *, here: bool) -> None:
        first, second = _lines(rect, *INSETS[HEADING])
        heading = column.heading or str(msg("ImportPage", "no heading"))
        ink = "text" if column.heading else "muted"
        draw_text(painter, first, heading, weight=600, ink=ink)
        samples = " · ".join(column.samples) or str(msg("ImportPage", "empty"))
        draw_text(painter, second, samples, px=12, ink="text2" if here else "muted")

    def _field(
        self, painter: QPainter, rect: QRect, column: ColumnMap, title: str, *, here: bool
    ) -> None:
        used = column.field is not None
        arrow = QRectF(rect.x() + 8, rect.y() + (rect.height() - 18) / 2, 18, 18)
        draw_icon(painter, "arrow-right", arrow, "text2" if used else "border")
        box = QRectF(combo_rect(rect))
        focused = here and self._view.hasFocus()
        round_rect(
            painter, box, 6, fill="surface", line="accent" if focused else "control",
            line_width=2 if focused else 1,
        )  # fmt: skip
        if focused:
            round_rect(painter, box.adjusted(-2, -2, 2, 2), 8, line="tint", line_width=2)
        words = box.adjusted(10, 0, -30, 0)
        draw_text(painter, words, title, ink="text" if used else "muted")
        mark = QRectF(box.right() - 24, box.center().y() - 8, 16, 16)
        draw_icon(painter, "chevron-down", mark, "text2")

    def _certainty(self, painter: QPainter, rect: QRect, column: ColumnMap, *, here: bool) -> None:
        first, second = _lines(rect, *INSETS[CERTAINTY])
        quiet = "text2" if here else "muted"
        if column.field is None:
            draw_text(painter, first, "—", ink=quiet)
            draw_text(painter, second, str(column.reason), px=12, ink=quiet)
            return
        doubtful = is_doubtful(column)
        ink = "warning" if doubtful else "success"
        track = QRectF(first.x(), first.center().y() - 3, _BAR, 6)
        round_rect(painter, track, 3, fill="border")
        share = max(6.0, _BAR * column.confidence)
        round_rect(painter, QRectF(track.x(), track.y(), share, 6), 3, fill=ink)
        percent = formats.percent(column.confidence)
        place = first.adjusted(_BAR + 8, 0, 0, 0)
        draw_text(painter, place, percent, px=13, weight=600, ink=ink)
        if doubtful:
            x = place.x() + text_width(percent, 13, 600) + 6
            draw_icon(
                painter, "alert-triangle", QRectF(x, first.center().y() - 8, 16, 16), "warning"
            )
        draw_text(painter, second, str(column.reason), px=12, ink=quiet)

    # -- choosing a field

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the list of fields."""
        model = index.model()
        column: ColumnMap | None = index.data(COLUMN)
        editor = FieldCombo(parent)
        assert isinstance(model, ImportColumnsModel)
        if model.mapping is None or column is None:
            return editor
        taken = {one.field: one.letter for one in model.mapping.columns if one.field}
        for key, title in choices(model.mapping):
            words = str(title)
            if key in taken and key != column.field:
                words = str(
                    msg(
                        "ImportPage",
                        "{field} (column {letter})",
                        field=words,
                        letter=taken[key],
                    )
                )
            editor.addItem(words, key or "")
        editor.setMaxVisibleItems(14)
        say(editor, name=msg("ImportPage", "Field of column {letter}", letter=column.letter))
        editor.activated.connect(self._chosen)
        editor.left.connect(self._left)
        self._editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Stand on the field in force, and open."""
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole) or "")))
        QTimer.singleShot(0, editor, editor.showPopup)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Tell the choice."""
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Stand exactly where the field is painted."""
        editor.setGeometry(combo_rect(option.rect))

    @Slot()
    def _chosen(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)

    @Slot()
    def _left(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            self.closeEditor.emit(editor)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a width; heights are the view's."""
        return QSize(40, _BLOCK + 20)


def combo_rect(cell: QRect) -> QRect:
    """Return where the list of fields stands in its cell."""
    left, right = INSETS[FIELD]
    return QRect(
        cell.x() + left, cell.y() + (cell.height() - 32) // 2, cell.width() - left - right, 32
    )


def _lines(rect: QRect, left: int, right: int) -> tuple[QRectF, QRectF]:
    top = rect.y() + (rect.height() - _BLOCK) // 2
    wide = rect.width() - left - right
    return (
        QRectF(rect.x() + left, top, wide, 20),
        QRectF(rect.x() + left, top + 20, wide, 16),
    )
