"""Why a line stands in Today: the rule, what it looks for, the reason and the figures."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from acctdesk.i18n import msg
from acctdesk.services.rows import TodayLine
from acctdesk.services.today_rules import RULES
from acctdesk.ui.itemmodels.today_text import look_of, reasons
from acctdesk.ui.widgets.basics import hairline, label, row
from acctdesk.ui.widgets.chips import Chip
from acctdesk.ui.widgets.floating import FloatingPanel
from acctdesk.ui.words import say

WIDTH = 380


class WhyPanel(FloatingPanel):
    """A small panel under a line; Esc, Space or a press beside it closes."""

    def __init__(self, line: TodayLine, *, currency: str, parent: QWidget) -> None:
        super().__init__(parent, width=WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        rule, look = RULES[line.rule], look_of(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(8)
        title = label(msg("Today", "Why I see this"), "strong")
        column.addLayout(row(title, None, Chip(rule.name, look.tone, icon=look.icon)))
        column.addWidget(label(rule.sentence, "small", wrap=True))
        column.addWidget(hairline())
        column.addWidget(label(line.why, wrap=True))
        for name, value in reasons(line, currency):
            column.addLayout(row(label(name, "caption2"), None, label(value, "captionFigure")))
        say(self, name=rule.name, description=line.why)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Space or Enter too."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)
