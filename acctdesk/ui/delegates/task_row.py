"""How a task or a promise looks: a tick box, what, for whom, when."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from acctdesk import formats
from acctdesk.kinds import PromiseState
from acctdesk.ui.delegates.timeline_row import draw_tick
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.itemmodels.tasks import ROW_ROLE, Row, TasksModel
from acctdesk.ui.itemmodels.tasks_text import (
    GROUPS,
    Entry,
    due_chip,
    giver,
    is_ours,
    second_line,
    spoken,
)
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
HEADING = 36
LEFT, EDGE = 52, 20
BOX = 44  # width of the tick box with the space around it: a target that is easy to hit


def signs(entry: Entry) -> list[str]:
    """Return the icons that tell a deadline, and what comes again."""
    task = entry.task
    if task is None:
        return []
    return [*(["flag"] if task.deadline else []), *(["repeat"] if task.series_id else [])]


class TaskDelegate(QStyledItemDelegate):
    """Paints headings and entries."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._view = parent
        self._height = 52

    def set_height(self, height: int) -> None:
        """Set the height of an entry in px."""
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a heading or an entry."""
        row: Row | None = index.data(ROW_ROLE)
        return QSize(0, HEADING if row is None or row.entry is None else self._height)

    def on_box(self, rect: QRect, point: QPoint) -> bool:
        """Tell whether a point is on the tick box of a row painted in ``rect``."""
        return rect.contains(point) and point.x() - rect.x() < BOX

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Say the whole entry, which may be cut."""
        row: Row | None = index.data(ROW_ROLE)
        if row is None or row.entry is None:
            return False
        QToolTip.showText(event.globalPos(), plain_tip(spoken(row.entry, today=self._today())))
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row: Row | None = index.data(ROW_ROLE)
        if row is None:
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        if row.entry is None:
            self._heading(painter, rect, row)
        else:
            selected = bool(state & QStyle.StateFlag.State_Selected)
            self._entry(painter, rect, row.entry, selected=selected)
        painter.restore()

    def _today(self) -> dt.date:
        model = self._view.model()
        assert isinstance(model, TasksModel)
        return model.today

    def _heading(self, painter: QPainter, rect: QRect, row: Row) -> None:
        place = QRectF(rect.x() + 16, rect.y() + 10, rect.width() - 32, 20)
        ink = "danger" if row.group == "overdue" else "muted"
        taken = draw_text(painter, place, str(GROUPS[row.group]), px=12, weight=600, ink=ink)
        count = place.adjusted(taken + 8, 0, 0, 0)
        taken += 8 + draw_text(painter, count, formats.number(row.count), px=12, ink="muted")
        start, end = place.x() + taken + 12, rect.x() + rect.width() - EDGE
        if end > start:
            painter.fillRect(QRectF(start, rect.y() + 20, end - start, 1), colour("border"))

    def _entry(self, painter: QPainter, rect: QRect, entry: Entry, *, selected: bool) -> None:
        if selected:
            ground = QRectF(rect).adjusted(6, 1, -6, -1)
            round_rect(painter, ground, 6, fill="soft")
            if self._view.hasFocus():
                focus_ring(painter, ground, 6)
        box = QRectF(rect.x() + 20, rect.center().y() - 8, 16, 16)
        state = PromiseState.KEPT if entry.is_done else PromiseState.OPEN
        if entry.promise is not None:
            state = entry.promise.state
        draw_tick(painter, box, state)
        due = due_chip(entry, today=self._today())
        right = rect.x() + rect.width() - EDGE
        wide = chip_width(due.text)
        draw_chip(painter, right, rect.center().y() - 10, due.text, kind=due.tone, from_right=True)
        self._words(painter, rect, entry, right - wide - 16, selected=selected)

    def _words(
        self, painter: QPainter, rect: QRect, entry: Entry, end: float, *, selected: bool
    ) -> None:
        x: float = rect.x() + LEFT
        below = second_line(entry)
        top = rect.center().y() - (18 if below else 9)
        quiet = "text2" if selected else "muted"
        who = giver(entry)
        if who:
            ink = "accent" if is_ours(entry) else quiet
            wide = text_width(who, 12, 600)
            draw_text(painter, QRectF(x, top, wide + 2, 20), who, px=12, weight=600, ink=ink)
            x += wide + 10
        ink = "muted" if entry.is_done else "text"
        for sign in signs(entry):
            draw_icon(painter, sign, QRectF(x, top + 2, 16, 16), quiet)
            x += 22
        draw_text(painter, QRectF(x, top, end - x, 20), entry.title, weight=500, ink=ink)
        if not below:
            return
        at = QRectF(rect.x() + LEFT, top + 20, end - rect.x() - LEFT, 16)
        if entry.client_name:
            draw_icon(painter, "building", QRectF(at.x(), at.y() + 1, 14, 14), quiet)
            at.adjust(18, 0, 0, 0)
        draw_text(painter, at, below, px=12, ink=quiet)
