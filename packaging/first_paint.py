"""How long the program takes to its first paint, against an empty window.

Built beside the program from the same libraries, so that both run in the same runtime
(packaging/cleanroom.py), or run from source. ``first-paint measure BOOK TIMES`` starts both in turn
and prints the seconds from start to paint. ``first-paint empty`` and ``first-paint BOOK`` print the
reading of the monotonic clock, which all processes share, when a window and a list with rows were
painted.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

_ITSELF = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, __file__]


class _Watch(QObject):
    """Looks at every paint until the last wanted one was seen, then ends the process."""

    def __init__(self, rows: bool) -> None:
        super().__init__()
        self._rows = rows
        self._seen: dict[str, float] = {}
        self._over = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note a paint; the next turn of the loop comes after it was handed to the screen."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            if watched.isWindow():
                self._note("shell")
            view = watched.parent()
            if isinstance(view, QAbstractItemView) and view.viewport() is watched:
                model = view.model()
                if model is not None and model.rowCount():
                    self._note("rows")
        return False

    def _note(self, what: str) -> None:
        if what not in self._seen:
            self._seen[what] = 0.0
            QTimer.singleShot(0, self, self._painted)

    @Slot()
    def _painted(self) -> None:
        now = time.monotonic()
        for what, at in self._seen.items():
            if not at:
                self._seen[what] = now
                sys.stdout.write(f"{what} {now:.6f}\n")
        if not self._over and ("rows" in self._seen or not self._rows):
            self._over = True
            sys.stdout.flush()
            if self._rows:
                from acctdesk import bootstrap

                (bootstrap.home() / "running.json").unlink(missing_ok=True)  # it listens no more
            os._exit(0)  # only the start is measured


class _Watched(QApplication):
    """The application with a watch on it."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._watch = _Watch(rows=sys.argv[1] != "empty")
        self.installEventFilter(self._watch)


def _measure(book: str, times: int) -> int:
    """Start an empty window and the program in turn; print the seconds to each paint."""
    kept = ("HOME", "USER", "PATH", "DISPLAY", "QT_QPA_PLATFORM", "ACCTDESK_HOME", "PYTHONPATH")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    for number in range(times + 1):
        for shown in ("empty", book):
            started = time.monotonic()
            told = subprocess.run(
                [*_ITSELF, shown],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
                timeout=120,
            ).stdout
            for line in told.splitlines():
                what, at = line.split()
                name = "empty" if shown == "empty" else what
                if number:  # the first start reads the disk
                    sys.stdout.write(f"{name} {float(at) - started:.4f}\n")
    return 0


def main() -> int:
    """Measure, or show an empty window or the program on a book."""
    if sys.argv[1] == "measure":
        return _measure(sys.argv[2], int(sys.argv[3]))
    if sys.argv[1] == "empty":
        app = _Watched(["first-paint"])
        window = QWidget()
        window.resize(1200, 740)
        window.show()
        return app.exec()
    vars(QtWidgets)["QApplication"] = _Watched  # before the program takes it from there
    from acctdesk.__main__ import main as start

    return start([sys.argv[1]])


if __name__ == "__main__":
    multiprocessing.freeze_support()
    raise SystemExit(main())
