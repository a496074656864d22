"""What the Tasks page says where there is nothing."""

from __future__ import annotations

from acctdesk.i18n import Message, msg

EMPTY: dict[str, tuple[Message, Message]] = {
    "tasks": (
        msg("Tasks", "Nothing is to be done"),
        msg("Tasks", "Write down what comes next, with a day as you say it."),
    ),
    "promises": (
        msg("Tasks", "No promise is open"),
        msg("Tasks", "What you or a client promise in a contact stands here until it is kept."),
    ),
    "done": (
        msg("Tasks", "Nothing was ticked in the last 30 days"),
        msg("Tasks", "A task that is ticked stands here; Space makes it open again."),
    ),
}
