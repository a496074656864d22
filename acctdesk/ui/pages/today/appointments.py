"""The appointments of the day: a time, a dot on a thread, the client, the place and the matter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import msg, tr
from acctdesk.services.rows import Appointment
from acctdesk.ui.behind import when_seen
from acctdesk.ui.painting import draw_text
from acctdesk.ui.privacy import shown_name
from acctdesk.ui.theme import colour
from acctdesk.ui.widgets.basics import Button, icon_button, label, row
from acctdesk.ui.widgets.painted_line import PaintedLine
from acctdesk.ui.words import bell, plain_tip

LINE, BRIEF = 48, 34  # px: a line's height, and the width of its button
FEW, MANY = 3, 6  # shown on a low and on a high page; the others stand on the Tasks page


def second_line(one: Appointment, currency: str) -> str:
    """Return place, matter and what is owed overdue."""
    parts = [one.city, one.title] if one.client_name else []
    if one.overdue_minor:
        amount = formats.money(one.overdue_minor, currency, cents=False)
        parts.append(tr("Today", "{amount} overdue", amount=amount))
    return " · ".join(part for part in parts if part)


class AppointmentLine(PaintedLine):
    """One appointment; Space, Enter or a click opens its client. ``brief`` is a button on it."""

    def __init__(
        self,
        one: Appointment,
        *,
        currency: str,
        past: bool,
        ends: tuple[bool, bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, height=LINE, radius=6)
        self.appointment = one
        self._past, (self._first, self._last) = past, ends
        self._name = shown_name(one.client_name, one.client_id) or one.title
        self._second = second_line(one, currency)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("elides", True)
        words = ", ".join(
            part for part in (formats.time(one.time), self._name, self._second) if part
        )
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words))
        self.brief = icon_button(
            "file-text",
            msg("Today", "Brief before a visit: {name}", name=self._name),
            tip=msg("Action", "Brief before a visit"),
        )
        self.brief.setVisible(one.client_id is not None)
        self.setLayout(row(None, self.brief, margins=(0, 0, 2, 0)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint time, dot and words."""
        painter, box = self.painter(), QRectF(self.rect())
        ink = "muted" if self._past else "accent" if self._first else "text"
        time = formats.time(self.appointment.time)
        draw_text(painter, QRectF(6, 4, 48, 20), time, weight=600, ink=ink)
        painter.setPen(QPen(colour("border"), 1))
        top, bottom = (14 if self._first else 0), (14 if self._last else LINE)
        painter.drawLine(65, top, 65, bottom)
        painter.setPen(QPen(colour("muted" if self._past else "accent"), 2))
        painter.setBrush(colour("accent" if self._first and not self._past else "surface"))
        painter.drawEllipse(QRectF(60, 9, 10, 10))
        room = box.width() - 84 - 6 - (BRIEF if self.appointment.client_id is not None else 0)
        draw_text(painter, QRectF(84, 4, room, 20), self._name, weight=500)
        draw_text(painter, QRectF(84, 24, room, 18), self._second, px=13, ink="muted")
        self.mark_focus(painter)


class AppointmentsCard(QFrame):
    """What stands in the calendar today. ``opened`` carries the Appointment, None: all of them.

    ``brief_wanted`` carries the id of a client; each line has a button for it.
    """

    opened = Signal(object)
    brief_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._shown: tuple[Appointment, ...] = ()
        self._currency = "EUR"
        self._now = dt.time.min
        self._most = FEW
        self.lines: list[AppointmentLine] = []
        self._none = label(msg("Today", "Nothing stands in the calendar."), "caption")
        self.more = Button(look="link")
        self.more.clicked.connect(self._all)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 10, 10, 6)
        self._column.setSpacing(0)
        title = label(msg("Today", "Appointments today"), "section")
        self._column.addLayout(row(title, None, self.more, margins=(6, 0, 0, 4)))
        self._column.addLayout(row(self._none, margins=(6, 0, 6, 4)))
        self._lines = QVBoxLayout()
        self._column.addLayout(self._lines)
        bell().rung.connect(self._fill)

    def show_appointments(
        self, appointments: Sequence[Appointment], *, currency: str, now: dt.time
    ) -> None:
        """Show a day's appointments; those before ``now`` are paler."""
        self._shown, self._currency, self._now = tuple(appointments), currency, now
        self._fill()

    def current(self) -> Appointment | None:
        """Return the appointment that has the keyboard."""
        held = (one for one in self.lines if one.hasFocus() or one.brief.hasFocus())
        line = next(held, None)
        return None if line is None else line.appointment

    def set_room(self, *, high: bool) -> None:
        """Show more lines on a high page."""
        most = MANY if high else FEW
        if most != self._most:
            self._most = most
            self._fill()

    @Slot()
    @when_seen
    def _fill(self) -> None:
        focused = next((n for n, line in enumerate(self.lines) if line.hasFocus()), None)
        for line in self.lines:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        coming = [one for one in self._shown if one.time >= self._now]
        few = list(self._shown)
        if len(few) > self._most:
            few = (coming if len(coming) >= self._most else few[-self._most :])[: self._most]
        first = next((n for n, one in enumerate(few) if one.time >= self._now), -1)
        self.lines = [
            AppointmentLine(
                one,
                currency=self._currency,
                past=one.time < self._now,
                ends=(number in {0, first}, number == len(few) - 1),
                parent=self,
            )
            for number, one in enumerate(few)
        ]
        for line in self.lines:
            self._lines.addWidget(line)
            line.clicked.connect(self._clicked)
            line.brief.clicked.connect(self._brief_clicked)
            line.show()
        self._none.setVisible(not self._shown)
        hidden = len(self._shown) - len(few)
        self.more.setVisible(hidden > 0)
        if hidden > 0:
            self.more.setText(tr("Today", "All {count}", count=formats.number(len(self._shown))))
        if focused is not None and self.lines:
            self.lines[min(focused, len(self.lines) - 1)].setFocus()

    @Slot()
    def _clicked(self) -> None:
        line = self.sender()
        if isinstance(line, AppointmentLine):
            self.opened.emit(line.appointment)

    @Slot()
    def _brief_clicked(self) -> None:
        line = next((one for one in self.lines if one.brief is self.sender()), None)
        if line is not None:
            self.brief_wanted.emit(line.appointment.client_id)

    @Slot()
    def _all(self) -> None:
        self.opened.emit(None)
