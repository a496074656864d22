"""A heartbeat that notices midnight and a wake-up from sleep, by the clock and not by counting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

BEAT_MS = 5_000
SLEPT = dt.timedelta(seconds=60)  # a longer gap between beats: the machine slept


class Pulse(QObject):
    """Compares the clock every few seconds: timers stop in sleep, the clock does not."""

    ticked = Signal()
    day_changed = Signal()
    woke = Signal()

    def __init__(self, clock: Callable[[], dt.datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self.beat)
        self._timer.start()

    @Slot()
    def beat(self) -> None:
        """Look at the clock; tell a new day, a wake-up, and that a moment has passed."""
        before, self._last = self._last, self._clock()
        if self._last.astimezone().date() != before.astimezone().date():
            self.day_changed.emit()
        if abs(self._last - before) > SLEPT:
            self.woke.emit()
        self.ticked.emit()
