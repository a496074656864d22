"""One piece of work where no book is open yet: a thread, and the answer on the GUI thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from acctdesk.errors import EnvironmentFault, UserError, told
from acctdesk.i18n import Message, tr
from acctdesk.ui.messages import without_values

_log = logging.getLogger("acctdesk.ui")


class Job(QObject):
    """Runs ``work()`` once; tells ``done`` with its value or ``failed`` with its exception.

    The receiver must outlive it: a dialog stays until its job has ended.
    """

    done = Signal(object)
    failed = Signal(object)
    _arrived = Signal(object, object)

    def __init__(self, work: Callable[[], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._run, name="acctdesk-job").start()

    def _run(self) -> None:
        value, error = None, None
        try:
            value = self._work()
        except Exception as caught:  # noqa: BLE001 - it is shown or logged on the GUI thread
            error = told(caught)
        self._arrived.emit(value, error)

    @Slot(object, object)
    def _deliver(self, value: object, error: Exception | None) -> None:
        self.deleteLater()
        if error is None:
            self.done.emit(value)
        else:
            self.failed.emit(error)


def sentence_of(error: BaseException) -> Message | str:
    """Return what an exception says in place: what happened and what to do; a bug is logged."""
    if isinstance(error, EnvironmentFault):
        return f"{error.message.localized()} {error.remedy.localized()}"
    if isinstance(error, UserError):
        return error.message
    _log.error("%s", without_values(error))
    return tr(
        "Failure",
        "An unexpected fault stopped this; nothing was changed. Please try again. The fault is"
        " noted in the program's log, without names or amounts.",
    )
