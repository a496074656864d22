"""A scale of whole numbers to choose from; a digit chooses and says that the choice is made."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from acctdesk.i18n import Message, msg
from acctdesk.ui.widgets.segments import Choice, Segments


class Scale(Segments):
    """``entered`` follows a digit. A 1 that may become 10 waits: 0 makes it so."""

    entered = Signal()

    def __init__(self, points: range, name: Message, *, parent: QWidget | None = None) -> None:
        choices = [Choice(str(one), "", msg("Scale", "{n}", n=one)) for one in points]
        super().__init__(choices, name, optional=True, parent=parent)
        self._points = points
        self._begun = False

    @property
    def point(self) -> int | None:
        """The number that is chosen."""
        return int(self.key) if self.key else None

    def focus(self) -> None:
        """Put the keyboard on the number that is chosen, else on the first."""
        chosen = self._points.index(self.point) if self.point is not None else 0
        self.buttons[chosen].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a digit; the arrow keys move."""
        typed, begun = event.text(), self._begun
        self._begun = False
        if not typed.isdecimal() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        point = 10 if begun and typed == "0" else int(typed)
        if point not in self._points:
            return
        self.choose(str(point))
        self.focus()
        self._begun = point == 1 and 10 in self._points
        if not self._begun:
            self.entered.emit()
