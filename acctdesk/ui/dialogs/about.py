"""What this program is, its version, and whose work it stands on."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtWidgets import QWidget

from acctdesk import assets
from acctdesk.i18n import msg
from acctdesk.ui.context import Context
from acctdesk.ui.widgets.basics import IconLabel, column, hairline, label, row
from acctdesk.ui.widgets.dialog import CalmDialog


class AboutDialog(CalmDialog):
    """Name, version, book and licences."""

    topic = "trouble"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, msg("About", "About acctdesk"), width=480, heading=False)
        names = column(
            label("acctdesk", "title"),
            label(msg("About", "Version {version}", version=assets.version()), "sub"),
            spacing=0,
        )
        head = row(IconLabel("notebook", "accent", 40), names, spacing=16)
        head.addStretch(1)
        self.content.addLayout(head)
        what = msg(
            "About",
            "One account officer's book on one laptop: clients, interactions, receivables,"
            " targets and the workbook for management. Nothing leaves this machine.",
        )
        self.content.addWidget(label(what, "body", wrap=True))
        self.content.addWidget(hairline())
        book = msg("About", "Book: {path}", path=str(context.desk.status().path))
        built = msg(
            "About",
            "Python {python}, Qt {qt}. MIT licence.",
            python=platform.python_version(),
            qt=PySide6.__version__,
        )
        thanks = msg(
            "About",
            "Typeface Inter (SIL Open Font License 1.1), icons by Tabler (MIT), Qt for Python"
            " (LGPL 3).",
        )
        for line in (book, built, thanks):
            self.content.addWidget(label(line, "caption", wrap=True))
        self.close_button = self.add_button(msg("About", "Close"), default=True)
        self.close_button.clicked.connect(self.accept)


def open_about(context: Context, parent: QWidget) -> AboutDialog:
    """Show what the program is."""
    dialog = AboutDialog(context, parent)
    dialog.open()
    return dialog
