"""What the Tasks page says where there is nothing, and in the menu of an entry."""

from __future__ import annotations

from acctdesk.i18n import Message, msg
from acctdesk.ui.itemmodels.tasks_text import Entry

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


def menu_of(entry: Entry) -> list[tuple[str, Message]]:
    """Return what can be done with an entry: keys and words."""
    if entry.task is not None and entry.is_done:
        lines = [("tick", msg("Tasks", "Make it open again"))]
    elif entry.task is not None:
        lines = [("tick", msg("Tasks", "Mark as done")), ("move", msg("Tasks", "Another day…"))]
    else:
        lines = [
            ("tick", msg("Tasks", "Kept")),
            ("broken", msg("Tasks", "Not kept")),
            ("move", msg("Tasks", "Another day…")),
        ]
    if entry.task is not None:
        lines.append(("edit", msg("Tasks", "Edit…")))
    if entry.client_id is not None:
        lines.append(("open", msg("Tasks", "Open the client")))
    return [*lines, ("trash", msg("Tasks", "Move to the trash"))]
