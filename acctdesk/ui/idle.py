"""Tells when the officer has been away: nobody touched the program, or the machine slept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

from acctdesk.ui.pulse import Pulse

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.FocusIn,
    }
)


class IdleWatch(QObject):
    """Looks at the clock with a pulse; ``minutes`` says how long is too long, 0 never.

    It hears the windows of the system, not every widget: a filter on the whole application would
    see each event of each object, also of those half destroyed.
    """

    away = Signal()

    def __init__(
        self,
        clock: Callable[[], dt.datetime],
        minutes: Callable[[], int],
        app: QGuiApplication,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._minutes = minutes
        self._touched = clock()
        self.pulse = Pulse(clock, self)
        self.pulse.ticked.connect(self._look)
        self.pulse.woke.connect(self.away)
        app.focusWindowChanged.connect(self.hear)

    @Slot(QWindow)
    def hear(self, window: QWindow | None) -> None:
        """Listen to a window from now on: the one that has the keyboard."""
        self.touch()
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Remember that somebody is here."""
        if event.type() in _TOUCHES:
            self.touch()
        return False

    def touch(self) -> None:
        """Somebody is here."""
        self._touched = self._clock()

    @Slot()
    def _look(self) -> None:
        minutes = self._minutes()
        if minutes and self._clock() - self._touched >= dt.timedelta(minutes=minutes):
            self.away.emit()
