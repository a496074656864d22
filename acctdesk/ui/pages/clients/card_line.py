"""One line of a card of the record: words, a mark at the end, and a box to tick or an icon."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from acctdesk.kinds import PromiseState
from acctdesk.ui.delegates.timeline_row import draw_tick
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.itemmodels.timeline_text import ChipText
from acctdesk.ui.painting import draw_text, text_width
from acctdesk.ui.widgets.basics import keeps_f2
from acctdesk.ui.widgets.painted_line import PaintedLine
from acctdesk.ui.words import plain_tip

LINE = 28
BOX = 26  # width of the box or icon with the space around it


class CardLine(PaintedLine):
    """Enter, F2 or the words open it; Space or the box ticks it, Delete trashes it.

    Where it has an icon instead of a box, Space opens it too.
    """

    opened = Signal()
    ticked = Signal()
    trash_wanted = Signal()

    def __init__(
        self, text: str, mark: ChipText, parent: QWidget, *, record: Any, icon: str = ""
    ) -> None:
        super().__init__(parent, height=LINE, radius=4)
        self.record = record
        self._text, self._mark, self._icon = text, mark, icon
        self._on_box = False
        words = f"{text}, {mark.text}"
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words))
        self.clicked.connect(self._clicked)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        painter, place = self.painter(), QRectF(self.rect())
        if self._icon:
            draw_icon(painter, self._icon, QRectF(2, (LINE - 16) / 2, 16, 16), "muted")
        else:
            draw_tick(painter, QRectF(2, (LINE - 16) / 2, 16, 16), PromiseState.OPEN)
        wide = text_width(self._mark.text, 12, 600) + 2
        right = QRectF(place.width() - wide - 2, 0, wide, LINE)
        ink = self._mark.tone
        draw_text(painter, right, self._mark.text, px=12, weight=600, ink=ink, align="right")
        middle = QRectF(BOX, 0, place.width() - wide - 12 - BOX, LINE)
        draw_text(painter, middle, self._text, px=13)
        self.mark_focus(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember whether the box was pressed or the words."""
        self._on_box = not self._icon and event.position().x() < BOX
        super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep F2 for this line."""
        return keeps_f2(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, tick or trash."""
        key = event.key()
        if key == Qt.Key.Key_Space and not self._icon:
            self.ticked.emit()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit()
        elif key == Qt.Key.Key_Delete:
            self.trash_wanted.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _clicked(self) -> None:
        (self.ticked if self._on_box else self.opened).emit()
