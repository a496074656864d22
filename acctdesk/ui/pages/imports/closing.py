"""The question before a window closes while an import runs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.dialog import CalmDialog


def ask_to_stop(window: QWidget, stop: Callable[[], None]) -> CalmDialog:
    """Ask whether the import shall be stopped; ``stop`` is called where it shall."""
    dialog = CalmDialog(window, msg("ImportPage", "An import is running"))
    dialog.topic = "import"
    dialog.content.addWidget(
        label(
            msg(
                "ImportPage",
                "Stopping it leaves the book as it was before this file. You can import the file"
                " again at any time.",
            ),
            wrap=True,
        )
    )
    stay = dialog.add_button(msg("ImportPage", "Keep the window open"), default=True)
    leave = dialog.add_button(msg("ImportPage", "Stop and close"), look="danger")
    stay.clicked.connect(dialog.reject)
    leave.clicked.connect(dialog.accept)
    dialog.accepted.connect(stop)
    dialog.open()
    return dialog
