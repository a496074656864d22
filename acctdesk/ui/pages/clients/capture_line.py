"""The capture line: one typed line logs a call, a visit or a note, and shows how it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import msg, tr
from acctdesk.ui.behind import when_seen
from acctdesk.ui.itemmodels import words
from acctdesk.ui.painting import round_rect
from acctdesk.ui.quick_line import QuickLine, read_quick_line
from acctdesk.ui.widgets.basics import IconLabel, KeyCaps, LineEdit
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.words import bell, say

if TYPE_CHECKING:
    from acctdesk.ui.context import Context


class CaptureLine(QFrame):
    """A field of 40 px; ``entered`` carries the QuickLine when Enter is pressed."""

    entered = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setFixedHeight(40)
        self.field = LineEdit(self)
        self.field.setProperty("bare", True)
        self.field.setMaxLength(4000)
        self.field.installEventFilter(self)
        self._kind = Chip(kind="accent", parent=self)
        self._promise = Chip(kind="warning", icon="flag", parent=self)
        self._caps = KeyCaps("I", parent=self)
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 0, 8, 0)
        line.setSpacing(8)
        line.addWidget(IconLabel("bolt", "accent"))
        line.addWidget(self.field, 1)
        for chip in (self._kind, self._promise, self._caps):
            line.addWidget(chip)
        hint = msg("Capture", "What happened? “call, offer by Fri”")
        say(
            self.field,
            placeholder=hint,
            tip=hint,
            name=msg("Capture", "Quick line"),
            description=msg(
                "Capture",
                "One line logs an interaction: begin with call, visit, meeting, e-mail or note,"
                " end with “by” and a day for a promise. Enter saves.",
            ),
        )
        self.field.textChanged.connect(self._read)
        self.field.returnPressed.connect(self._enter)
        bell().rung.connect(self._read)
        self._read()

    def text(self) -> str:
        """Return what is typed."""
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Put back what was typed."""
        self.field.setText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Repaint the frame when the keyboard comes or goes."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame of a field."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.field.hasFocus()
        round_rect(
            painter,
            QRectF(self.rect()),
            6,
            fill="surface",
            line="accent" if on else "control",
            line_width=2 if on else 1,
        )

    def _reading(self) -> QuickLine:
        return read_quick_line(self.field.text(), today=self._context.today())

    @Slot()
    @when_seen
    def _read(self) -> None:
        typed = bool(self.field.text().strip())
        reading = self._reading()
        self._kind.set_status(words.INTERACTIONS[reading.kind].word, "accent")
        self._kind.setVisible(typed)
        due = reading.due_on
        if due is not None:
            day = formats.relative_day(due, today=self._context.today())
            self._promise.set_status(day, "warning", "flag")
            said = tr("Capture", "We promise this by {day}", day=formats.date(due))
            say(self._promise, name=said, tip=said)
        self._promise.setVisible(due is not None)
        self._caps.setVisible(not typed)

    @Slot()
    def _enter(self) -> None:
        if self.field.text().strip():
            self.entered.emit(self._reading())
