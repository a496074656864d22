"""Garbage is collected by the GUI thread alone, between events.

Python collects in whichever thread happens to run: a widget or timer that a worker takes away so
ends the program. And while much is imported, looking through it for garbage is a fifth of the work.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer, Slot

BEAT_MS = 1_000
# Objects, then looks, after which a generation is due. Python's own 700, 10, 10 let ten beats'
# worth pile up, and to look through that takes longer than a frame may.
_DUE = (700, 3, 10)


class Garbage(QObject):
    """Takes the collecting over from Python."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation that is due."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > _DUE[generation]:
                gc.collect(generation)
                return


@contextmanager
def collected_between_events(parent: QObject) -> Iterator[None]:
    """Take the collecting over for a while; it is Python's again afterwards, if it was."""
    was_on = gc.isenabled()
    garbage = Garbage(parent)
    try:
        yield
    finally:
        garbage.deleteLater()
        if was_on:
            gc.enable()
