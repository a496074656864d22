"""The question before a demo book goes that the officer has worked in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg, nmsg
from acctdesk.ui.widgets.basics import label
from acctdesk.ui.widgets.dialog import CalmDialog


def ask_to_remove(window: QWidget, changes: int, remove: Callable[[], object]) -> CalmDialog:
    """Ask whether the demo book goes with ``changes`` of the officer; then call ``remove``."""
    dialog = CalmDialog(window, msg("Removal", "Remove the demo book?"))
    dialog.topic = "demo"
    dialog.content.addWidget(
        label(
            nmsg(
                "Removal",
                "You have made {n} change in it. The file, its backups and this change are deleted;"
                " no other book is touched.",
                "You have made {n} changes in it. The file, its backups and these changes are"
                " deleted; no other book is touched.",
                changes,
            ),
            wrap=True,
        )
    )
    keep = dialog.add_button(msg("Removal", "Keep it"), default=True)
    gone = dialog.add_button(msg("Removal", "Remove"), look="danger", icon="trash")
    keep.clicked.connect(dialog.reject)
    gone.clicked.connect(dialog.accept)
    dialog.accepted.connect(remove)
    dialog.open()
    return dialog
