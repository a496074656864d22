"""The chips of the Cases page, what a new case is made by, and what an empty list says."""

from __future__ import annotations

from acctdesk.i18n import Message, msg

CHIPS: tuple[tuple[str, Message], ...] = (
    ("dispute", msg("Cases", "Disputes")),
    ("disruption", msg("Cases", "Disruptions")),
    ("request", msg("Cases", "Requests")),
    ("closed", msg("Cases", "Closed")),
)
KINDS = ("dispute", "disruption", "request")
NEW: dict[str, tuple[str, Message, Message]] = {  # the action, and what an empty list says
    "dispute": (
        "record.dispute",
        msg("Cases", "No dispute is open"),
        msg("Cases", "Write down what a client contests, and which invoices it blocks."),
    ),
    "disruption": (
        "record.disruption",
        msg("Cases", "Nothing is disrupted"),
        msg("Cases", "Write down what fails, and see which clients have not been told yet."),
    ),
    "request": (
        "record.request",
        msg("Cases", "No department owes an answer"),
        msg("Cases", "Write down what you ask of a department, and how long you wait is counted."),
    ),
    "closed": (
        "",
        msg("Cases", "Nothing was closed yet"),
        msg("Cases", "What is settled, over or answered is shown here."),
    ),
}
