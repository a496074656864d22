"""What the program tells the officer: toasts, one at a time, and calm dialogs for trouble."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal, Slot

from acctdesk.errors import EnvironmentFault, Halted, UserError, no_memory, without_values
from acctdesk.i18n import Message, msg

__all__ = ["Messages", "Toast", "ToastAction", "Tone", "Trouble", "without_values"]

_log = logging.getLogger("acctdesk.ui")


class Tone(StrEnum):
    """How a toast looks; the icon says it too."""

    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ToastAction:
    """A button of a toast; ``run`` is a bound method."""

    text: Message
    run: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Toast:
    """One short message at the foot of the window; ``more`` is a second, rarer button."""

    text: Message
    tone: Tone = Tone.DONE
    action: ToastAction | None = None
    more: ToastAction | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a calm dialog says: what happened, what is safe, what to do."""

    title: Message
    happened: Message
    safe: Message
    remedy: Message


class Messages(QObject):
    """The one road of telling; the window shows what is told here."""

    told = Signal(object)  # Toast
    troubled = Signal(object)  # Trouble
    halted = Signal(object)  # Halted: nothing more is written to the book

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log: deque[Toast] = deque(maxlen=50)

    def say(
        self,
        text: Message,
        *,
        action: ToastAction | None = None,
        more: ToastAction | None = None,
    ) -> None:
        """Tell that something was done."""
        self._tell(Toast(text, Tone.DONE, action, more))

    def refuse(self, text: Message, *, action: ToastAction | None = None) -> None:
        """Tell that something was not done, and why."""
        self._tell(Toast(text, Tone.REFUSED, action))

    @Slot(object)
    def fail(self, error: BaseException) -> None:
        """Show an exception: a refusal as a toast, a fault of the machine or a bug as a dialog.

        A book that is not written to any more is refused as calmly: the window says it in place.
        """
        if isinstance(error, MemoryError):
            error = no_memory()
        if isinstance(error, Halted):
            self.refuse(error.message)
            self.halted.emit(error)
        elif isinstance(error, EnvironmentFault):
            title = msg("Failure", "This did not work")
            self.troubled.emit(Trouble(title, error.message, error.safe, error.remedy))
        elif isinstance(error, UserError):
            self.refuse(error.message)
        else:
            _log.error("%s", without_values(error))
            self.troubled.emit(
                Trouble(
                    msg("Failure", "The program made a mistake"),
                    msg("Failure", "An unexpected fault stopped what you asked for."),
                    msg("Failure", "Your book was not changed by this step. All else is stored."),
                    msg(
                        "Failure",
                        "Please try again. If it happens again, restart the program. The fault"
                        " is noted in the program's log, without names or amounts.",
                    ),
                )
            )

    def _tell(self, toast: Toast) -> None:
        self.log.append(toast)
        self.told.emit(toast)
