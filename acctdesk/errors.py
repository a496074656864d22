"""The two ways to fail that a person reads about; anything else is a bug."""

from __future__ import annotations

from acctdesk.i18n import Message


class UserError(Exception):
    """What was asked cannot be done; nothing was changed. Carries the sentence to show."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message.localized()


class EnvironmentFault(UserError):
    """The machine or the file failed: disk full, read-only, locked, damaged, newer.

    ``message`` says what happened, ``safe`` what is not lost, ``remedy`` what to do.
    """

    def __init__(self, message: Message, *, safe: Message, remedy: Message) -> None:
        super().__init__(message)
        self.safe = safe
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message.localized()} {self.safe.localized()} {self.remedy.localized()}"
