"""The clients of a visit plan as lines to tick: who, when, where, why."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import msg, tr
from acctdesk.kinds import PromiseState
from acctdesk.services.visit_plan import VisitLine, VisitPlan
from acctdesk.ui.delegates.timeline_row import draw_tick
from acctdesk.ui.itemmodels.words import CONTACT_STATES
from acctdesk.ui.painting import ChipKind, chip_width, draw_chip, draw_text, focus_ring, round_rect
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.visit_plan_sheet import place_text, reach_text, why_text
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.following_area import FollowingArea
from acctdesk.ui.words import say

HEIGHT = 68
_LEFT = 34


class VisitButton(QAbstractButton):
    """One client; Space or a click takes it into the day. One planned already is only shown."""

    def __init__(self, line: VisitLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = line
        self._time: dt.time | None = line.planned.time if line.planned else None
        self.setCheckable(True)
        self.setChecked(line.planned is not None)
        self.setEnabled(line.planned is None)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("elides", True)
        self._speak()

    def show_time(self, time: dt.time | None) -> None:
        """Show when the visit begins."""
        self._time = time
        self._speak()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width that the dialog has."""
        return QSize(480, HEIGHT)

    def _chip(self) -> str:
        if self.line.planned is None:
            return "" if self._time is None else formats.time(self._time)
        if self._time is None:
            return tr("Visit plan", "planned")
        return tr("Visit plan", "planned {time}", time=formats.time(self._time))

    def _speak(self) -> None:
        name = shown_name(self.line.name, self.line.client_id)
        said = ", ".join(part for part in (name, self._chip(), why_text(self.line)) if part)
        say(self, name=said, tip=said)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, line = QRectF(self.rect()), self.line
        if self.underMouse() and self.isEnabled():
            round_rect(painter, box, 6, fill="hover")
        state = PromiseState.KEPT if self.isChecked() else PromiseState.OPEN
        draw_tick(painter, QRectF(8, 9, 16, 16), state)
        right, chip = box.width() - 8, self._chip()
        if chip:
            kind: ChipKind = "muted" if line.planned else "accent"
            draw_chip(painter, right, 7, chip, kind=kind, from_right=True)
            right -= chip_width(chip) + 8
        look = CONTACT_STATES.get(line.rhythm.state)
        if look is not None:
            word = str(look.word)
            draw_chip(painter, right, 7, word, kind=look.tone, from_right=True)
            right -= chip_width(word) + 8
        name = shown_name(line.name, line.client_id)
        draw_text(painter, QRectF(_LEFT, 6, right - _LEFT, 22), name, weight=600)
        room = box.width() - _LEFT - 8
        where = " · ".join(part for part in (place_text(line), reach_text(line)) if part)
        draw_text(painter, QRectF(_LEFT, 28, room, 18), where, px=12, ink="muted")
        draw_text(painter, QRectF(_LEFT, 46, room, 18), why_text(line), px=12, ink="text2")
        if self.hasFocus():
            focus_ring(painter, box, 6)


class VisitLines(FollowingArea):
    """All clients of a plan in their order; ``changed`` says that another set is ticked."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons: list[VisitButton] = []
        self._content = QWidget()
        self._content.setObjectName("content")
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.setWidget(self._content)
        say(self, name=msg("Visit plan", "Clients to visit"))

    def show_plan(self, plan: VisitPlan | None) -> None:
        """Show the clients of a plan; those near the area under a heading of their own."""
        while self._column.count():
            taken = self._column.takeAt(0)
            gone = taken.widget() if taken is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.buttons = []
        near = False
        for line in plan.lines if plan is not None else ():
            if line.near and not near:
                near = True
                said = msg("Visit plan", "Near: the same first three digits of the postcode")
                self._column.addWidget(label(said, "strong"))
            button = VisitButton(line, self._content)
            button.clicked.connect(self._clicked)
            self.buttons.append(button)
            self._column.addWidget(button)
        self._column.addStretch(1)

    def chosen(self) -> list[VisitButton]:
        """Return the lines that are ticked and not planned yet, in their order."""
        return [one for one in self.buttons if one.isChecked() and one.line.planned is None]

    @Slot()
    def _clicked(self) -> None:
        self.changed.emit()
