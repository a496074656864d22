"""How a client with overdue invoices looks: what is owed, for how long, and its own habit."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from acctdesk import formats
from acctdesk.services.habits import LatePayer
from acctdesk.ui.delegates.row import LineDelegate
from acctdesk.ui.itemmodels.late_payers import (
    CLIENT,
    HABIT,
    OLDEST,
    OVERDUE,
    SIGN,
    LatePayersModel,
    days,
    habit,
)
from acctdesk.ui.itemmodels.rows import Index
from acctdesk.ui.painting import ChipKind, draw_chip, draw_text, round_rect, text_width
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.theme import colour

INSETS: dict[int, tuple[int, int]] = {CLIENT: (16, 4), OVERDUE: (0, 12), OLDEST: (8, 8)}
TRACK = 104  # width of the habit's track, for 0 to 100 days
_LONG = 100  # days at the end of the track
_WORRY, _ALARM = 30, 60  # days overdue from which the chip warns, and from which it is red


class LatePayerDelegate(LineDelegate):
    """Paints every cell from the row object."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell; the ground is that of the whole row."""
        model = self._view.model()
        assert isinstance(model, LatePayersModel)
        row = model.row(index.row())
        if row is None:
            return
        rect: QRect = option.rect
        current = index.row() == self._view.currentIndex().row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        self.ground(painter, rect, index, current=current)
        quiet = "text2" if current else "muted"
        column = index.column()
        left, right = INSETS.get(column, (8, 8))
        box = QRectF(rect).adjusted(left, 0, -right, 0)
        if column == CLIENT:
            self.two_lines(
                painter,
                box,
                shown_name(row.name, row.client_id),
                row.city or formats.UNKNOWN,
                quiet,
                weight=600 if current else 500,
            )
        elif column == OVERDUE:
            text = formats.amount(row.overdue_minor, cents=False)
            draw_text(painter, box, text, weight=600, align="right")
        elif column == OLDEST:
            kind: ChipKind = "muted"
            if row.oldest_days > _WORRY:
                kind = "danger" if row.oldest_days > _ALARM else "warning"
            draw_chip(painter, box.x(), box.center().y() - 10, days(row.oldest_days), kind=kind)
        elif column == HABIT:
            self._habit(painter, box, row, quiet)
        elif column == SIGN:
            self._sign(painter, box, row)
        else:
            self._step(painter, box, model, row, quiet)
        painter.restore()

    def _habit(self, painter: QPainter, box: QRectF, row: LatePayer, quiet: str) -> None:
        text = habit(row)
        usual, late = row.habit.usual, row.habit.late
        x, y = box.x(), box.center().y()
        if usual is not None and late is not None and box.width() > TRACK + 12 + text_width(text):
            round_rect(painter, QRectF(x, y - 3, TRACK, 6), 3, fill="sunken")
            if usual > 0:
                round_rect(painter, QRectF(x, y - 3, _at(usual), 6), 3, fill="control")
            painter.fillRect(QRectF(x + _at(late) - 1, y - 7, 2, 14), colour("text2"))
            now = "danger" if row.beyond else "success"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("surface"))
            painter.drawEllipse(QPointF(x + _at(row.oldest_days), y), 7, 7)
            painter.setBrush(colour(now))
            painter.drawEllipse(QPointF(x + _at(row.oldest_days), y), 5, 5)
            x += TRACK + 12
        ink = quiet if usual is None else "text2"
        draw_text(painter, QRectF(x, y - 10, box.right() - x, 20), text, px=13, ink=ink)

    def _sign(self, painter: QPainter, box: QRectF, row: LatePayer) -> None:
        model = self._view.model()
        assert isinstance(model, LatePayersModel)
        words = model.sign(row)
        disputed = bool(model.disputed.get(row.client_id))
        kind: ChipKind = "danger" if row.beyond else "warning" if words else "muted"
        icon = "trending-down" if words else None
        draw_chip(
            painter,
            box.x(),
            box.center().y() - 10,
            words or model.words(row, SIGN),
            kind="info" if disputed else kind,
            icon="scale" if disputed else icon,
            max_width=box.width(),
        )

    def _step(
        self, painter: QPainter, box: QRectF, model: LatePayersModel, row: LatePayer, quiet: str
    ) -> None:
        task = model.steps.get(row.client_id)
        if task is None:
            place = QRectF(box.x(), box.center().y() - 10, box.width(), 20)
            draw_text(painter, place, model.words(row, SIGN + 1), px=13, ink=quiet)
            return
        due = formats.short_date(task.due_on) if task.due_on else formats.UNKNOWN
        self.two_lines(painter, box, task.title, due, quiet, weight=400)


def _at(count: int) -> float:
    return TRACK * min(max(count, 0), _LONG) / _LONG
