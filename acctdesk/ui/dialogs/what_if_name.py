"""The name that trial deals are kept under."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import msg
from acctdesk.text import clean
from acctdesk.ui.widgets.basics import LineEdit, label, labelled
from acctdesk.ui.widgets.dialog import CalmDialog


class WhatIfName(CalmDialog):
    """Asks for a name; ``given`` carries it."""

    given = Signal(str)
    topic = "targets"

    def __init__(self, parent: QWidget | None, *, name: str) -> None:
        super().__init__(parent, msg("What-if", "Save the what-if"), width=420)
        self.name = LineEdit(self)
        self.name.setMaxLength(120)
        self.name.setText(name)
        self.content.addLayout(labelled(msg("What-if", "Name"), self.name))
        self.trouble = label("", "danger", wrap=True)
        self.trouble.hide()
        self.content.addWidget(self.trouble)
        self.add_button(msg("Form", "Cancel")).clicked.connect(self.reject)
        save = self.add_button(msg("Form", "Save"), look="primary", icon="check", default=True)
        save.clicked.connect(self.save)
        self.name.setFocus()

    @Slot()
    def save(self) -> None:
        """Give the name, or ask for one."""
        if not clean(self.name.text()):
            self.trouble.setText(str(msg("What-if", "Give the what-if a name.")))
            self.trouble.show()
            return
        self.given.emit(self.name.text())
        self.accept()
