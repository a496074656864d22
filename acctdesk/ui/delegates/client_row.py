"""How one client looks in the list: two lines, and colour only where money is at risk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from acctdesk import formats
from acctdesk.services.rows import ClientRow
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.itemmodels import words
from acctdesk.ui.itemmodels.client_columns import (
    COLUMNS,
    DASH,
    INDEX,
    Column,
    change_of,
    change_text,
    contact_state,
    days_text,
    kind_text,
)
from acctdesk.ui.itemmodels.clients import ClientListModel
from acctdesk.ui.painting import draw_chip, draw_text, round_rect, sparkline, text_width
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.theme import colour

Index = QModelIndex | QPersistentModelIndex
INSETS: dict[int, tuple[int, int]] = {
    INDEX["client"]: (16, 4),
    INDEX["last"]: (8, 0),
    INDEX["sales"]: (0, 8),
    INDEX["overdue"]: (0, 16),
}
BLOCK = 38  # both lines of a row, without the space above and below
WIDTH_WITH_TREND = 114  # a narrower sales column shows the figures alone
LATE_DAYS = 30  # from here the chip is red


class ClientDelegate(QStyledItemDelegate):
    """Paints every column of the client list from the row object."""

    def __init__(self, model: ClientListModel, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._clients = model  # asked by itself: every way through Qt converts the row twice
        self._view = parent
        self._today = dt.date.min
        self._height = 52
        self.hovered = -1  # the row under the mouse

    def set_today(self, today: dt.date) -> None:
        """Say which day is today."""
        self._today = today

    def set_height(self, height: int) -> None:
        """Set the height of a row in px."""
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the fixed height."""
        return QSize(COLUMNS[index.column()].width, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; the ground is that of the whole row, so no seams show."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        self._ground(painter, rect, index, selected=selected)
        row = self._clients.row_at(index.row())
        if row is None:
            _skeleton(painter, rect, index.column())
        else:
            column = COLUMNS[index.column()]
            cell = _Cell(painter, rect, row, self._today, column, selected=selected)
            _CELLS.get(column.key, _plain)(cell)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, index: Index, *, selected: bool) -> None:
        first = index.column() == 0
        if selected:
            painter.fillRect(rect, colour("soft"))
            if first:
                painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), colour("accent"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, colour("hover"))
        if not selected:
            line = colour("border")
            line.setAlpha(150)
            left = 16 if first else 0
            painter.fillRect(QRect(rect.x() + left, rect.bottom(), rect.width() - left, 1), line)
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            ring = colour("accent")
            painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), 2), ring)
            painter.fillRect(QRect(rect.x(), rect.bottom() - 1, rect.width(), 2), ring)


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a cell is painted from."""

    painter: QPainter
    rect: QRect
    row: ClientRow
    today: dt.date
    column: Column
    selected: bool

    @property
    def top(self) -> int:
        """Where the first line begins."""
        return self.rect.y() + (self.rect.height() - BLOCK) // 2

    @property
    def quiet(self) -> str:
        """The ink of small print: muted has too little contrast on the selected row."""
        return "text2" if self.selected else "muted"

    def first(self, left: int, right: int) -> QRectF:
        """Return the box of the first line between two insets."""
        return QRectF(self.rect.x() + left, self.top, self.rect.width() - left - right, 20)

    def second(self, left: int, right: int) -> QRectF:
        """Return the box of the second line between two insets."""
        return QRectF(self.rect.x() + left, self.top + 20, self.rect.width() - left - right, 16)


def _client(cell: _Cell) -> None:
    ink = "text" if cell.row.active else "muted"
    weight = 600 if cell.selected else 500
    draw_text(
        cell.painter,
        cell.first(16, 4),
        shown_name(cell.row.name, cell.row.id),
        weight=weight,
        ink=ink,
    )
    draw_text(
        cell.painter,
        cell.second(16, 4),
        cell.row.city or DASH,
        px=12,
        ink=cell.quiet,
    )


def _last(cell: _Cell) -> None:
    day = formats.relative_day(cell.row.last_contact_on, today=cell.today)
    ink = cell.quiet if cell.row.last_contact_on is None else "text"
    place = cell.first(8, 0)
    px = 14 if text_width(day) <= place.width() else 13  # a day of another year is longer
    draw_text(cell.painter, place, day, px=px, ink=ink)
    if cell.row.last_contact_kind is None:
        return
    state = contact_state(cell.row)
    ink, weight = (cell.quiet, 400) if state is None else (state.tone, 600)
    below = kind_text(cell.row) if state is None else str(state.word)
    mark = QRectF(cell.rect.x() + 8, cell.top + 21, 14, 14)
    draw_icon(cell.painter, words.INTERACTIONS[cell.row.last_contact_kind].icon, mark, ink)
    draw_text(cell.painter, cell.second(26, 0), below, px=12, weight=weight, ink=ink)


def _sales(cell: _Cell) -> None:
    line = QRectF(cell.rect.x() + 4, cell.rect.center().y() - 9, 36, 20)
    if any(cell.row.trend) and cell.rect.width() >= WIDTH_WITH_TREND:
        sparkline(cell.painter, line, cell.row.trend, ink="accent" if cell.selected else "control")
    amount = formats.amount(cell.row.sales_365_minor, cents=False)
    draw_text(
        cell.painter,
        cell.first(_after_trend(cell), 8),
        amount,
        weight=500 if cell.selected else 400,
        align="right",
    )
    change = change_of(cell.row)
    if change is None or round(abs(change) * 100) == 0:
        ink = cell.quiet
    else:
        ink = "success" if change > 0 else "danger"
    draw_text(
        cell.painter,
        cell.second(_after_trend(cell), 8),
        change_text(cell.row),
        px=12,
        weight=500,
        ink=ink,
        align="right",
    )


def _after_trend(cell: _Cell) -> int:
    return 48 if cell.rect.width() >= WIDTH_WITH_TREND else 4


def _overdue(cell: _Cell) -> None:
    if cell.row.overdue_minor <= 0:
        draw_text(cell.painter, cell.first(0, 16), DASH, ink=cell.quiet, align="right")
        return
    late = cell.row.overdue_days is not None and cell.row.overdue_days > LATE_DAYS
    draw_chip(
        cell.painter,
        cell.rect.right() + 1 - 8,
        cell.top,
        formats.amount(cell.row.overdue_minor, cents=False),
        kind="danger" if late else "warning",
        from_right=True,
        max_width=cell.rect.width() - 10,
    )
    draw_text(
        cell.painter,
        cell.second(0, 16).translated(0, 1),
        days_text(cell.row.overdue_days),
        px=12,
        ink=cell.quiet,
        align="right",
    )


def _plain(cell: _Cell) -> None:
    shown = cell.column.text(cell.row, cell.today, "EUR")
    if cell.column.key == "balance":
        shown = formats.amount(cell.row.balance_minor, cents=False)
    ink = "text"
    if shown == DASH:
        ink = cell.quiet
    elif (
        cell.column.key == "next"
        and cell.row.next_step_on is not None
        and cell.row.next_step_on < cell.today
    ):
        ink = "danger"
    draw_text(
        cell.painter,
        QRectF(cell.rect).adjusted(8, 0, -8, 0),
        shown,
        ink=ink,
        align="right" if cell.column.right else "left",
    )


def _skeleton(painter: QPainter, rect: QRect, column: int) -> None:
    """Paint grey bars where a row will stand."""
    top = rect.y() + (rect.height() - BLOCK) // 2
    left, right = INSETS.get(column, (8, 8))
    room = rect.width() - left - right
    long, short = (0.72, 0.4) if column == 0 else (0.6, 0.45)
    for y, height, share in ((top + 5, 10, long), (top + 23, 8, short)):
        width = room * share
        x = rect.right() - right - width if COLUMNS[column].right else rect.x() + left
        round_rect(painter, QRectF(x, y, width, height), 4, fill="sunken")


_CELLS = {"client": _client, "last": _last, "sales": _sales, "overdue": _overdue}
