"""How one line of Today looks: what to do and for whom, why, the rule, the money, buttons."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
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
from acctdesk.i18n import tr
from acctdesk.services.rows import TodayLine
from acctdesk.services.today_rules import RULES
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.itemmodels.today import LINE_ROLE, TodayModel
from acctdesk.ui.itemmodels.today_text import done_icon, done_words, look_of, stake
from acctdesk.ui.painting import (
    draw_chip,
    draw_keys,
    draw_text,
    focus_ring,
    keys_width,
    round_rect,
    text_width,
)
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.theme import colour
from acctdesk.ui.words import plain_tip

Index = QModelIndex | QPersistentModelIndex
Press = Literal["done", "snooze", "dismiss"]
ROW = 76
LEFT, EDGE = 64, 20  # where the text begins; the air at the right
STAKE = 112  # the column of the money
BUTTON = QSize(34, 28)
GAP = 6
BUTTONS = 3 * BUTTON.width() + 2 * GAP  # all, with the gaps between them
_GROUND = {
    "accent": "soft",
    "success": "success_soft",
    "warning": "warning_soft",
    "danger": "danger_soft",
    "info": "info_soft",
    "muted": "hover",
}


def buttons(rect: QRect) -> dict[Press, QRect]:
    """Return where the buttons of a row stand."""
    left = rect.x() + rect.width() - EDGE - BUTTONS
    first = QRect(left, rect.y() + 38, BUTTON.width(), BUTTON.height())
    step = BUTTON.width() + GAP
    return {
        "done": first,
        "snooze": first.translated(step, 0),
        "dismiss": first.translated(2 * step, 0),
    }


class TodayDelegate(QStyledItemDelegate):
    """Paints a line; ``press_at`` tells which button is under a point."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._view = parent
        self.hovered = -1  # the row under the mouse

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the fixed height."""
        return QSize(0, ROW)

    def press_at(self, rect: QRect, point: QPoint) -> Press | None:
        """Return the button under a point of a row painted in ``rect``."""
        return next((key for key, place in buttons(rect).items() if place.contains(point)), None)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Say what a button does, or the whole sentence where it may be cut."""
        line: TodayLine | None = index.data(LINE_ROLE)
        if line is None:
            return False
        press = self.press_at(view.visualRect(index), event.pos())
        if press == "done":
            text = tr("Today", "{what} (Ctrl+D)", what=done_words(line))
        elif press == "snooze":
            text = tr("Today", "Another day (Ctrl+Shift+D)")
        elif press == "dismiss":
            text = tr("Today", "Dismiss, with a reason (Delete)")
        else:
            text = f"{line.what} · {shown_name(line.client_name, line.client_id)}\n{line.why}"
        QToolTip.showText(event.globalPos(), plain_tip(text), view)
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        line: TodayLine | None = index.data(LINE_ROLE)
        if line is None:
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        current = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        self._ground(painter, rect, index.row(), current=current)
        self._disc(painter, rect, line)
        self._words(painter, rect, line, current=current)
        self._stake(painter, rect, line, current=current)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, row: int, *, current: bool) -> None:
        ground = QRectF(rect).adjusted(6, 2, -6, -2)
        if current:
            round_rect(painter, ground, 8, fill="hover")
            if self._view.hasFocus():
                focus_ring(painter, ground, 8)
            return
        chosen = self._view.currentIndex().row()
        if row + 1 != chosen and row + 1 < self._view.model().rowCount():
            wide = rect.width() - LEFT - EDGE
            painter.fillRect(QRectF(rect.x() + LEFT, rect.bottom(), wide, 1), colour("border"))

    def _disc(self, painter: QPainter, rect: QRect, line: TodayLine) -> None:
        look = look_of(line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(_GROUND[look.tone]))
        disc = QRectF(rect.x() + 16, rect.y() + 20, 36, 36)
        painter.drawEllipse(disc)
        draw_icon(painter, look.icon, disc.adjusted(8, 8, -8, -8), look.tone)

    def _words(self, painter: QPainter, rect: QRect, line: TodayLine, *, current: bool) -> None:
        x, y = rect.x() + LEFT, rect.y()
        free = rect.width() - LEFT - EDGE
        room: float = free - (0 if line.at_stake_minor is None else STAKE)
        what, client = str(line.what), shown_name(line.client_name, line.client_id)
        for_client = text_width(client, 14, 500) if client else 0.0
        for_what = text_width(what, 14, 600) + 1
        if for_what + 10 + for_client > room:
            for_client = min(for_client, max(room * 0.4, room - for_what - 10))
            for_what = room - for_client - 10
        draw_text(painter, QRectF(x, y + 8, for_what, 20), what, weight=600)
        if client:
            place = QRectF(x + for_what + 10, y + 8, for_client + 1, 20)
            draw_text(painter, place, client, weight=500, ink="accent")
        room = free - BUTTONS - 8
        why = QRectF(x, y + 28, room, 20)
        draw_text(painter, why, str(line.why), px=13, ink="text2")
        look, rule = look_of(line), str(RULES[line.rule].name)
        taken = draw_chip(painter, x, y + 50, rule, kind=look.tone, icon=look.icon, height=18)
        time = str(formats.minutes(line.minutes) or "")
        place = QRectF(x + taken + 10, y + 50, room - taken - 10, 18)
        taken += 10 + draw_text(painter, place, time, px=12, ink="text2" if current else "muted")
        hint = tr("Today", "why I see this")
        key = tr("Today", "Space")
        if current and taken + 24 + keys_width((key,)) + text_width(hint, 12) < room:
            at = x + taken + 12
            wide = keys_width((key,))
            draw_keys(painter, at + wide, y + 50, 18, (key,))
            place = QRectF(at + wide + 8, y + 50, room, 18)
            draw_text(painter, place, hint, px=12, ink="text2")

    def _stake(self, painter: QPainter, rect: QRect, line: TodayLine, *, current: bool) -> None:
        if line.at_stake_minor is not None:
            right = rect.x() + rect.width() - EDGE
            model = self._view.model()
            currency = model.currency if isinstance(model, TodayModel) else "EUR"
            place = QRectF(right - STAKE + 8, rect.y() + 8, STAKE - 8, 20)
            draw_text(painter, place, stake(line, currency), weight=600, align="right")
        icons = {"done": done_icon(line), "snooze": "clock-pause", "dismiss": "x"}
        for key, where in buttons(rect).items():
            if current:
                round_rect(painter, where, 6, fill="surface", line="control")
            ink = "success" if key == "done" and icons[key] == "check" and current else "text2"
            middle = QRectF(where).center()
            mark = QRectF(middle.x() - 9, middle.y() - 9, 18, 18)
            draw_icon(painter, icons[key], mark, ink if current else "muted")
