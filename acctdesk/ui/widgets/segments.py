"""A row of choices of which one holds, sized by their words; arrow keys move it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from acctdesk.i18n import Message
from acctdesk.ui.behind import when_seen
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.painting import draw_text, focus_ring, round_rect, text_width
from acctdesk.ui.theme import colour
from acctdesk.ui.words import bell, plain_tip, say

HEIGHT = 32


@dataclass(frozen=True, slots=True)
class Choice:
    """One segment; with ``bare`` its word shows only while it is chosen. ``icon`` may be ""."""

    key: str
    icon: str
    text: Message
    bare: bool = False
    keys: str = ""


class Segment(QAbstractButton):
    """One choice: an icon and a word."""

    def __init__(self, choice: Choice, parent: QWidget) -> None:
        super().__init__(parent)
        self.choice = choice
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.repeat()

    def repeat(self) -> None:
        """Say the word in the current language."""
        word = str(self.choice.text)
        say(self, text=word.replace("&", "&&"), name=word)
        tip = f"{word} ({self.choice.keys})" if self.choice.keys else word
        self.setToolTip(plain_tip(tip))

    def _word(self) -> str:
        return "" if self.choice.bare and not self.isChecked() else str(self.choice.text)

    def wanted(self) -> float:
        """Return the width of icon and word, the same chosen or not where it shows both."""
        return self._wide(600) + 16

    def _wide(self, weight: int) -> float:
        word = self._word()
        return text_width(word, 13, weight) + self._ahead() if word else 18

    def _ahead(self) -> int:
        return 22 if self.choice.icon else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the segment."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, on = QRectF(self.rect()), self.isChecked()
        inner = box.adjusted(3, 3, -3, -3)
        if on:
            round_rect(painter, inner, 4, fill="soft")
        elif self.underMouse():
            round_rect(painter, inner, 4, fill="hover")
        word, ink = self._word(), "accent" if on else "text2"
        weight = 600 if on else 500
        wide, ahead = self._wide(weight), self._ahead()
        x = box.x() + (box.width() - wide) / 2
        if ahead:
            draw_icon(painter, self.choice.icon, QRectF(x, (box.height() - 18) / 2, 18, 18), ink)
        if word:
            place = QRectF(x + ahead, 0, wide, box.height())
            draw_text(painter, place, word, px=13, weight=weight, ink=ink, elide=False)
        if self.hasFocus():
            focus_ring(painter, inner, 4)


class Segments(QWidget):
    """Choices side by side in one frame; ``chosen`` carries the key, "" for none."""

    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[Choice],
        name: Message,
        *,
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._optional = optional
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.buttons = [Segment(choice, self) for choice in choices]
        for button in self.buttons:
            self._group.addButton(button)
            button.clicked.connect(self._clicked)
        self._key = ""
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        say(self, name=name)
        self._name = name
        bell().rung.connect(self._repeat)
        if not optional:
            self.choose(choices[0].key)

    @property
    def key(self) -> str:
        """The key of the choice that holds, "" for none."""
        return self._key

    def choose(self, key: str) -> None:
        """Take a choice; "" takes none."""
        self._key = key
        for button in self.buttons:
            button.setChecked(button.choice.key == key)
        self._arrange()
        self.chosen.emit(key)

    def choose_place(self, place: int) -> None:
        """Take the choice at a place, from 0."""
        if 0 <= place < len(self.buttons):
            self.choose(self.buttons[place].choice.key)

    def sizeHint(self) -> QSize:
        """Return the width of all words."""
        return QSize(round(sum(button.wanted() for button in self.buttons)) + 4, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the width of all words: none is ever cut."""
        return self.sizeHint()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Leave the row by Tab: the arrow keys move inside it."""
        return super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by the arrow keys."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        focused = next((n for n, one in enumerate(self.buttons) if one.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        place = (focused + step) % len(self.buttons)
        self.choose_place(place)
        self.buttons[place].setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame and the lines between neighbours that are not chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_rect(painter, QRectF(self.rect()), 6, fill="surface", line="control")
        for left, right in zip(self.buttons, self.buttons[1:], strict=False):
            if not left.isChecked() and not right.isChecked():
                painter.fillRect(QRectF(right.x(), 8, 1, self.height() - 16), colour("border"))

    def _arrange(self) -> None:
        wanted = [button.wanted() for button in self.buttons]
        spare = max(0.0, self.width() - sum(wanted)) / len(wanted)
        x = 0.0
        for button, wide in zip(self.buttons, wanted, strict=True):
            left = round(x)
            x += wide + spare
            button.setGeometry(left, 0, round(x) - left, self.height())
            reachable = button.isChecked() or (not self._key and button is self.buttons[0])
            focus = Qt.FocusPolicy.StrongFocus if reachable else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(focus)
        self.updateGeometry()
        self.update()

    @Slot()
    @when_seen
    def _repeat(self) -> None:
        for button in self.buttons:
            button.repeat()
        self._arrange()

    @Slot()
    def _clicked(self) -> None:
        button = self.sender()
        if not isinstance(button, Segment):
            return
        key = button.choice.key
        self.choose("" if self._optional and key == self._key else key)
