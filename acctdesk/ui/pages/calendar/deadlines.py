"""Everything with a day to be met, by the working days that are left."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.services.calendar import DEADLINE_WORDS, DeadlineKind, DeadlineRow
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.keys import leaves_letter, select_current
from acctdesk.ui.painting import (
    ChipKind,
    chip_width,
    draw_chip,
    draw_text,
    focus_ring,
    round_rect,
)
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.theme import colour
from acctdesk.ui.widgets.row_views import RowList
from acctdesk.ui.words import bell, say

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole) + 1
SOON = 3  # working days
ICONS: dict[DeadlineKind, str] = {
    DeadlineKind.TASK: "flag",
    DeadlineKind.PLAN_STEP: "list-check",
    DeadlineKind.PROMISE: "checks",
    DeadlineKind.DISPUTE: "alert-circle",
    DeadlineKind.REQUEST: "mail",
    DeadlineKind.KEY_DATE: "calendar-due",
}
_ROOT = QModelIndex()


def left_words(row: DeadlineRow, *, today: dt.date) -> Message:
    """Return how much time is left, or how long it has passed, in working days."""
    if row.due_on == today:
        return msg("Deadline", "today")
    if row.overdue:
        return nmsg(
            "Deadline",
            "{n} working day overdue",
            "{n} working days overdue",
            max(1, -row.left),
        )
    return nmsg("Deadline", "{n} working day", "{n} working days", row.left)


def tone(row: DeadlineRow) -> ChipKind:
    """Return the colour of what is left; the words say it too."""
    return "danger" if row.overdue else "warning" if row.left <= SOON else "muted"


def second_line(row: DeadlineRow) -> str:
    """Return what it is, for whom, and its day."""
    day = f"{formats.weekday_short(row.due_on)} {formats.date(row.due_on)}"
    name = shown_name(row.client_name, row.client_id)
    return " · ".join(part for part in (str(DEADLINE_WORDS[row.kind]), name, day) if part)


class DeadlinesModel(QAbstractListModel):
    """Deadlines, the earliest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[DeadlineRow] = []
        self.today = dt.date.min

    def set_rows(self, rows: list[DeadlineRow], *, today: dt.date) -> None:
        """Show other deadlines."""
        self.beginResetModel()
        self.rows, self.today = rows, today
        self.endResetModel()

    def row_at(self, index: Index) -> DeadlineRow | None:
        """Return the deadline of an index."""
        place = index.row() if index.isValid() else -1
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row, or what is read aloud of it."""
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW:
            return row
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            title = row.title or str(DEADLINE_WORDS[row.kind])
            return f"{title}, {left_words(row, today=self.today)}, {second_line(row)}"
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, parent: QListView, model: DeadlinesModel) -> None:
        super().__init__(parent)
        self._view, self._model = parent, model
        self.height = 52

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._model.row_at(index)
        if row is None:
            return
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            round_rect(painter, rect.adjusted(6, 1, -6, -1), 6, fill="soft")
            if self._view.hasFocus():
                focus_ring(painter, rect.adjusted(6, 1, -6, -1), 6)
        kind = tone(row)
        middle = rect.center().y()
        ink = kind if kind in {"danger", "warning"} else "muted"
        draw_icon(painter, ICONS[row.kind], QRectF(rect.x() + 20, middle - 9, 18, 18), ink)
        words = str(left_words(row, today=self._model.today))
        right, wide = rect.right() - 20, chip_width(words)
        draw_chip(painter, right, middle - 10, words, kind=kind, from_right=True)
        x, room = rect.x() + 52, rect.width() - 52 - wide - 36
        title = row.title or str(DEADLINE_WORDS[row.kind])
        draw_text(painter, QRectF(x, middle - 18, room, 20), title, weight=500)
        draw_text(painter, QRectF(x, middle + 2, room, 16), second_line(row), px=12, ink="muted")
        line = QRectF(x, rect.bottom(), rect.width() - 72, 1)
        painter.fillRect(line, colour("border"))
        painter.restore()


class DeadlinesView(RowList):
    """Enter or a double click opens the record."""

    opened = Signal(object)  # DeadlineRow

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.deadlines = DeadlinesModel(self)
        self.painter_of_rows = _Delegate(self, self.deadlines)
        self.setItemDelegate(self.painter_of_rows)
        self.setModel(self.deadlines)
        self.doubleClicked.connect(self._open)
        bell().rung.connect(self.viewport().update)
        say(
            self,
            name=msg("Calendar", "Deadlines"),
            description=msg("Calendar", "Enter opens the record."),
        )

    def set_height(self, height: int) -> None:
        """Set the height of a row in px."""
        self.painter_of_rows.height = height
        self.doItemsLayout()

    def current_row(self) -> DeadlineRow | None:
        """Return the deadline under the cursor."""
        return self.deadlines.row_at(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first one."""
        super().focusInEvent(event)
        select_current(self)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter."""
        row = self.current_row()
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row)
        elif not leaves_letter(event):
            super().keyPressEvent(event)

    @Slot(object)
    def _open(self, index: Index) -> None:
        row = self.deadlines.row_at(index)
        if row is not None:
            self.opened.emit(row)
