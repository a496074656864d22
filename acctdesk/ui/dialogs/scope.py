"""The question which times of a series are meant: this one, those from it on, or all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.services.series import Scope
from acctdesk.ui.widgets.basics import Button, column, label
from acctdesk.ui.widgets.dialog import CalmDialog

CHANGES: dict[Scope, Message] = {
    Scope.ONE: msg("Series", "Only this one"),
    Scope.FOLLOWING: msg("Series", "This and the following"),
    Scope.ALL: msg("Series", "All that are open"),
}


class ScopeDialog(CalmDialog):
    """``chosen`` carries the scope; Esc and Cancel change nothing."""

    chosen = Signal(object)

    topic = "calendar"

    def __init__(
        self,
        parent: QWidget,
        title: Message,
        scopes: Sequence[Scope],
    ) -> None:
        super().__init__(parent, title, width=420)
        self.content.addWidget(
            label(
                msg("Series", "It comes again by a rule. What is done stays as it is."), wrap=True
            )
        )
        self.buttons: dict[Scope, Button] = {}
        choices = column(spacing=6)
        for scope in scopes:
            button = self.buttons[scope] = Button(CHANGES[scope])
            button.setProperty("scope", scope.value)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._take)
            choices.addWidget(button)
        self.content.addLayout(choices)
        self.add_button(msg("Series", "Cancel")).clicked.connect(self.reject)
        self.buttons[scopes[0]].setFocus()

    @Slot()
    def _take(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            scope = Scope(str(button.property("scope")))
            self.accept()
            self.chosen.emit(scope)
