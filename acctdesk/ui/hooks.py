"""What comes from outside: faults that nobody caught, Qt's own words and surroundings."""

from __future__ import annotations

import logging
import os
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

_log = logging.getLogger("acctdesk.ui")
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class FaultBell(QObject):
    """Brings a fault from any thread to the GUI thread."""

    rung = Signal(object)


def set_hooks(bell: FaultBell) -> None:
    """Send what nobody caught, from any thread, to the bell; and Qt's words to the log."""

    def caught(
        _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(_kind, error, _trace)
            return
        bell.rung.emit(error)

    def caught_in_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            bell.rung.emit(arguments.exc_value)

    def told(kind: QtMsgType, _context: QMessageLogContext, _text: str | None) -> None:
        _log.log(_QT_LEVELS.get(kind, logging.WARNING), "Qt: %s", (_text or "")[:200])

    sys.excepthook = caught
    threading.excepthook = caught_in_thread
    qInstallMessageHandler(told)


def ignore_foreign_plugins() -> None:
    """Load Qt's plugins from our own Qt alone, wherever the surroundings point."""
    for name in ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_STYLE_OVERRIDE"):
        os.environ.pop(name, None)
