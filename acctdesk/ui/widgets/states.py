"""What a list shows instead of rows: nothing yet, nothing left by the filter, or a failure."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.ui.painting import round_rect
from acctdesk.ui.widgets.basics import Button, IconLabel, Look, label
from acctdesk.ui.words import Text, say


class StatePanel(QWidget):
    """An icon, one sentence, one line of help and at most two buttons."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(icon, "muted", 48)
        self._sentence = label(role="section", wrap=True)
        self._help = label(role="sub", wrap=True)
        for one in (self._sentence, self._help):
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        column.addWidget(self._sentence)
        column.addWidget(self._help)
        column.addSpacing(8)
        holder = QHBoxLayout()
        holder.addStretch(1)
        holder.addLayout(self._buttons)
        holder.addStretch(1)
        column.addLayout(holder)
        column.addStretch(3)

    def show_words(self, sentence: Text, help_line: Text) -> None:
        """Say what is so and what can be done."""
        say(self._sentence, text=sentence)
        say(self._help, text=help_line)
        say(self, name=sentence, description=help_line)

    def add_button(self, text: Message, *, look: Look = "plain") -> Button:
        """Add a button and return it; the caller connects it."""
        button = Button(text, look=look)
        self._buttons.addWidget(button)
        return button


class FailurePanel(StatePanel):
    """Says what could not be read; ``again`` asks for another try."""

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("alert-triangle", parent)
        self.add_button(msg("List", "Try again")).clicked.connect(self.again)

    def show_error(self, sentence: Text, error: Exception) -> None:
        """Say what happened, and what the error says of it."""
        self.show_words(sentence, what_to_do(error))


class Skeleton(QWidget):
    """Grey bars where rows will stand, shown while the first ones are fetched."""

    def __init__(self, row_height: int = 52, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row_height = row_height
        say(self, name=msg("List", "Loading"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint two bars a row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() - 32
        for y in range(0, self.height() - self._row_height + 1, self._row_height):
            top = y + (self._row_height - 38) // 2
            round_rect(painter, QRectF(16, top + 5, width * 0.42, 10), 4, fill="sunken")
            round_rect(painter, QRectF(16, top + 23, width * 0.24, 8), 4, fill="sunken")
            bar = QRectF(16 + width * 0.78, top + 5, width * 0.22, 10)
            round_rect(painter, bar, 4, fill="sunken")


def what_to_do(error: Exception) -> Text:
    """Return the help line of a failure: its own words, or that nothing is lost."""
    own = getattr(error, "message", None)
    if isinstance(own, Message):
        return own
    return msg("List", "Nothing in the book was changed. Please try again.")
