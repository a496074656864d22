"""The two ways to fail that a person reads about; anything else is a bug."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from typing import Any

from acctdesk.i18n import Message, msg


class UserError(Exception):
    """What was asked cannot be done; nothing was changed. Carries the sentence to show."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message.localized()


class ConflictError(UserError):
    """A record changed underneath: a choice for the officer, not an overwrite.

    ``stored`` and ``wanted`` hold the fields whose values differ, as the book keeps them and as
    they were to be set; ``version`` is the record's version now.
    """

    def __init__(
        self,
        message: Message,
        *,
        stored: Mapping[str, Any],
        wanted: Mapping[str, Any],
        version: int,
    ) -> None:
        super().__init__(message)
        self.stored = dict(stored)
        self.wanted = dict(wanted)
        self.version = version


class EnvironmentFault(UserError):  # noqa: N818 - a fault of the machine, not of the program
    """The machine or the file failed: disk full, read-only, locked, damaged, newer.

    ``message`` says what happened, ``safe`` what is not lost, ``remedy`` what to do.
    """

    def __init__(self, message: Message, *, safe: Message, remedy: Message) -> None:
        super().__init__(message)
        self.safe = safe
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message.localized()} {self.safe.localized()} {self.remedy.localized()}"


class Halted(EnvironmentFault):
    """Nothing more is written to the open book, whatever is tried: it has to be opened again.

    The window says so in its place and stays calm; what was typed stays on the screen.
    """


def no_memory() -> EnvironmentFault:
    """Return the fault of a machine without enough memory for what was asked."""
    return EnvironmentFault(
        msg("Failure", "There is not enough memory for this."),
        safe=msg("Failure", "Nothing was changed; all that was saved before is safe."),
        remedy=msg("Failure", "Close other programs, or ask for something smaller, and try again."),
    )


def told(error: Exception) -> Exception:
    """Return ``error`` as it is told: a lack of memory is the machine's fault, not a bug."""
    return no_memory() if isinstance(error, MemoryError) else error


def without_values(error: BaseException) -> str:
    """Describe a fault for the log: its type and where it arose, never its words.

    The words of an exception can hold a client's data; file, line and function cannot.
    """
    lines = [type(error).__name__]
    cause: BaseException | None = error
    while cause is not None:
        if cause is not error:
            lines.append(f"from {type(cause).__name__}")
        lines += [
            f"  {frame.filename.rpartition('acctdesk')[2] or frame.filename}:{frame.lineno}"
            f" {frame.name}"
            for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)
