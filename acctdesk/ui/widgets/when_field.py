"""A line whose words or date are read as they are typed, with the day understood in a chip."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from acctdesk import formats, periods
from acctdesk.i18n import msg
from acctdesk.text import When, parse_when
from acctdesk.ui.behind import when_seen
from acctdesk.ui.own_days import own_days
from acctdesk.ui.painting import ChipKind, round_rect
from acctdesk.ui.quick_line import read_promise
from acctdesk.ui.widgets.basics import IconLabel, LineEdit
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.words import Text, bell, say, spoken


def chip_day(when: When) -> str:
    """Return an understood day as a chip shows it: ``Tue 17/11, 10:00``."""
    day = f"{formats.weekday_short(when.day)} {formats.short_date(when.day)}"
    return f"{day}, {formats.time(when.time)}" if when.time else day


class FramedLine(QFrame):
    """An icon, a line of text and what follows, in the frame of a field."""

    def __init__(
        self, icon: str, ink: str, *, height: int = 32, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(height)
        self._invalid = False
        self._read_only = False
        self.icon = IconLabel(icon, ink)
        self.field = LineEdit(self)
        self.field.setProperty("bare", True)
        self.field.installEventFilter(self)
        self.setFocusProxy(self.field)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(10, 0, 8, 0)
        self.line.setSpacing(8)
        self.line.addWidget(self.icon)
        self.line.addWidget(self.field, 1)

    def set_invalid(self, *, invalid: bool) -> None:
        """Show the frame as not understood."""
        self._invalid = invalid
        self.update()

    def set_read_only(self) -> None:
        """Show what cannot be edited as such: the ground of the page, a faint edge, no keyboard."""
        self._read_only = True
        self.field.setReadOnly(True)
        self.field.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.field.setCursor(Qt.CursorShape.ArrowCursor)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Repaint the frame when the keyboard comes or goes."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.field.hasFocus()
        line = "danger" if self._invalid else "accent" if on else "control"
        box = QRectF(self.rect())
        if self._read_only:
            round_rect(painter, box, 6, fill="app", line="border")
        else:
            round_rect(painter, box, 6, fill="surface", line=line, line_width=2 if on else 1)


class WhenField(FramedLine):
    """A day (and time) as people write it: «τρ 10», +3d, 15/3. ``changed`` follows the typing."""

    changed = Signal()

    def __init__(
        self, today: dt.date, *, kind: ChipKind = "accent", parent: QWidget | None = None
    ) -> None:
        super().__init__("calendar-event", "muted", parent=parent)
        self._today = today
        self._kind = kind
        self.chip = Chip(kind=kind, parent=self)
        self.line.addWidget(self.chip)
        self.field.textChanged.connect(self._read)
        bell().rung.connect(self._read)
        self._read()

    def when(self) -> When | None:
        """Return the day understood, None for none."""
        return parse_when(self.field.text(), today=self._today, later=own_days().calendar.add)

    def understood(self) -> bool:
        """Tell whether what is typed means a day, or nothing is typed."""
        return not self.field.text().strip() or self.when() is not None

    @Slot()
    @when_seen
    def _read(self) -> None:
        when, typed = self.when(), self.field.text().strip()
        if when is not None:
            self.chip.set_status(chip_day(when), self._kind)
        elif typed:
            self.chip.set_status(msg("When", "which day?"), "muted")
        self.chip.setVisible(bool(typed))
        self.set_invalid(invalid=False)
        self.changed.emit()


class PastWhenField(WhenField):
    """A day that has been: «Παρ» is the last Friday, 15/3 the last such day."""

    def when(self) -> When | None:
        """Return the day understood, never after today."""
        found = super().when()
        if found is None or found.day <= self._today:
            return found
        if any(mark in self.field.text() for mark in "/.-"):
            return When(periods.year_earlier(found.day), found.time)
        past = found.day - dt.timedelta(days=7)
        return When(past, found.time) if past <= self._today else None


class PromiseField(FramedLine):
    """What was promised; a day after «ως» or ``by`` stands beside it in a chip."""

    def __init__(
        self, today: dt.date, *, ink: str, kind: ChipKind, name: Text, parent: QWidget | None = None
    ) -> None:
        super().__init__("flag", ink, parent=parent)
        self._today = today
        self._kind: ChipKind = kind
        self._name = name
        self.chip = Chip(kind=kind, parent=self)
        self.line.addWidget(self.chip)
        self.field.setMaxLength(300)
        self.field.textChanged.connect(self._read)
        bell().rung.connect(self._read)
        self._read()

    def reading(self) -> tuple[str, dt.date | None]:
        """Return what was promised and by when; "" where nothing is typed."""
        return read_promise(self.field.text(), today=self._today)

    @Slot()
    @when_seen
    def _read(self) -> None:
        what, due = self.reading()
        if due is not None:
            self.chip.set_status(chip_day(When(due)), self._kind)
        elif what:
            self.chip.set_status(msg("When", "no date"), "muted")
        self.chip.setVisible(bool(what))
        say(self.field, name=spoken(self._name))
