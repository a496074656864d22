"""The calm dialog of a failure: what happened, what is safe, what to do."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.ui.messages import Trouble
from acctdesk.ui.widgets.basics import IconLabel, column, label, row
from acctdesk.ui.widgets.dialog import CalmDialog


class FailureDialog(CalmDialog):
    """Three short paragraphs and one button."""

    topic = "trouble"

    def __init__(self, trouble: Trouble, parent: QWidget | None = None) -> None:
        super().__init__(parent, trouble.title, width=520, heading=False)
        self.trouble = trouble
        head = row(
            IconLabel("alert-triangle", "warning", 24), label(trouble.title, "section"), spacing=12
        )
        head.addStretch(1)
        self.content.addLayout(head)
        for heading, text in (
            (msg("Failure", "What happened"), trouble.happened),
            (msg("Failure", "What is safe"), trouble.safe),
            (msg("Failure", "What you can do"), trouble.remedy),
        ):
            block = column(label(heading, "field"), label(text, "body", wrap=True), spacing=2)
            self.content.addLayout(block)
        self.close_button = self.add_button(msg("Failure", "Close"), look="primary", default=True)
        self.close_button.clicked.connect(self.accept)
        self.close_button.setFocus()


def open_failure(trouble: Trouble, parent: QWidget) -> FailureDialog:
    """Show what went wrong, without waiting; the same once, however many parts met it."""
    for shown in parent.findChildren(FailureDialog):
        if shown.isVisible() and shown.trouble == trouble:
            return shown
    dialog = FailureDialog(trouble, parent)
    dialog.open()
    return dialog
