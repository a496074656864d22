"""How long the GUI thread is away: a tick every 16 ms, and a look at what holds a late one up."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer, Slot

TICK_MS = 16
LIMIT = 0.050  # seconds: a longer gap is seen


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without a tick, in seconds.

    ``own`` is the GUI thread's processor time in it: where that is little, the thread waited for
    Python's lock or for the machine. ``doing`` names our functions that ran, first and last.
    """

    step: str
    wall: float
    own: float
    doing: str

    def __str__(self) -> str:
        return f"{self.own * 1000:4.0f} of {self.wall * 1000:4.0f} ms, {self.step}: {self.doing}"


class Watchdog(QObject):
    """Watches the main thread from ``start`` to ``stop``; ``step`` names what is being done.

    An alarm goes off in a late tick and reads the stack: in the thread itself, because frames
    that are read from another one may be gone by then.
    """

    def __init__(self) -> None:
        super().__init__()
        self.step = ""
        self.gaps: list[Gap] = []
        self._doing = ""
        self._last = self._own = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin."""
        signal.signal(signal.SIGALRM, self._look)
        self._begin()
        self._timer.start()

    def stop(self) -> None:
        """End; the last gap counts as any other."""
        self._tick()
        self._timer.stop()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)

    @Slot()
    def _tick(self) -> None:
        wall, own = time.perf_counter() - self._last, time.thread_time() - self._own
        if wall > LIMIT:
            self.gaps.append(Gap(self.step, wall, own, self._doing or "Qt alone"))
        self._begin()

    def _begin(self) -> None:
        self._doing = ""
        self._last, self._own = time.perf_counter(), time.thread_time()
        signal.setitimer(signal.ITIMER_REAL, LIMIT * 0.8)

    def _look(self, _number: int, frame: FrameType | None) -> None:
        ours = []
        while frame is not None:
            file = Path(frame.f_code.co_filename)
            if "acctdesk" in file.parts:
                ours.append(f"{file.stem}.{frame.f_code.co_name}")
            frame = frame.f_back
        self._doing = " > ".join(dict.fromkeys([*ours[-1:], *ours[:1]]))
