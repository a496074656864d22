"""Every action with its keys, generated from the actions themselves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.ui.action_list import MENUS
from acctdesk.ui.actions import key_caps
from acctdesk.ui.context import Context
from acctdesk.ui.widgets.basics import KeyCaps, hairline, label, row
from acctdesk.ui.widgets.dialog import CalmDialog
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.words import say

_IN_PALETTE: tuple[tuple[tuple[str, ...], Message], ...] = (
    (("Ctrl", "↵"), msg("Shortcuts", "In the search: new interaction for the client found")),
    ((">",), msg("Shortcuts", "In the search: commands only")),
    (("Esc",), msg("Shortcuts", "Close what is open; a half-written interaction is kept")),
)


class ShortcutsDialog(CalmDialog):
    """The keys of the program, menu by menu."""

    topic = "search"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, msg("Shortcuts", "Keyboard shortcuts"), width=560)
        inside = QWidget()
        inside.setObjectName("content")
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(8, 6, 12, 6)
        lines.setSpacing(0)
        actions = context.actions
        for menu, title in MENUS:
            ids = [
                one
                for one in actions.ids()
                if actions.spec(one).menu == menu and actions.spec(one).shortcuts
            ]
            if ids:
                lines.addWidget(label(str(title).replace("&", ""), "captionStrong"))
                lines.addSpacing(4)
                for one in ids:
                    self._add(lines, actions.label(one), actions.spec(one).shortcuts)
                lines.addSpacing(12)
        lines.addWidget(label(msg("Shortcuts", "Everywhere"), "captionStrong"))
        lines.addSpacing(4)
        for caps, what in _IN_PALETTE:
            self._add(lines, str(what), ("+".join(caps),))
        lines.addStretch(1)
        self.area = QScrollArea()
        self.area.setProperty("plain", True)
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setProperty("plain", True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setMinimumHeight(440)
        say(self.area, name=msg("Shortcuts", "List of shortcuts"))
        self.content.addWidget(self.area, 1)
        self.close_button = self.add_button(msg("Shortcuts", "Close"), default=True)
        self.close_button.clicked.connect(self.accept)

    def _add(self, lines: QVBoxLayout, what: str, shortcuts: tuple[str, ...]) -> None:
        line = QWidget()
        line.setFixedHeight(32)
        words = ElidedLabel()
        words.setText(what)
        layout = row(words, spacing=6)
        layout.setStretch(0, 1)
        for number, shortcut in enumerate(shortcuts):
            if number:
                layout.addWidget(label(msg("Shortcuts", "or"), "caption"))
            layout.addWidget(KeyCaps(*key_caps(shortcut)))
        line.setLayout(layout)
        lines.addWidget(line)
        lines.addWidget(hairline())


def open_shortcuts(context: Context, parent: QWidget) -> ShortcutsDialog:
    """Show the list."""
    dialog = ShortcutsDialog(context, parent)
    dialog.open()
    return dialog
