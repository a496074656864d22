"""Where an import stands: File, Mapping, Check, Done; painted, and said in one sentence."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from acctdesk.i18n import Message, msg
from acctdesk.ui.behind import when_seen
from acctdesk.ui.icons import draw_icon
from acctdesk.ui.painting import draw_text, round_rect, text_width
from acctdesk.ui.theme import colour
from acctdesk.ui.words import bell, say

_DISC, _GAP = 24, 8
_LINE, _SHORT = 28, 12  # between the discs; the short one where the room is scarce


class Step(IntEnum):
    """The steps in their order."""

    FILE = 0
    MAPPING = 1
    CHECK = 2
    DONE = 3


_WORDS: dict[Step, Message] = {
    Step.FILE: msg("ImportStep", "File"),
    Step.MAPPING: msg("ImportStep", "Mapping"),
    Step.CHECK: msg("ImportStep", "Check"),
    Step.DONE: msg("ImportStep", "Done"),
}


class StepLine(QWidget):
    """Four discs on a line; where the room is scarce only the current one has its word."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._step = Step.FILE
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        bell().rung.connect(self._speak)
        self._speak()

    @property
    def step(self) -> Step:
        """The step at hand."""
        return self._step

    def show_step(self, step: Step) -> None:
        """Show another step as the one at hand."""
        self._step = step
        self._speak()

    def sizeHint(self) -> QSize:
        """Return the size with every word."""
        return QSize(round(self._width(all_words=True)), 32)

    def minimumSizeHint(self) -> QSize:
        """Return the size with the current word alone."""
        return QSize(round(self._width(all_words=False)), 32)

    def _width(self, *, all_words: bool) -> float:
        words = [
            text_width(str(word), 14, 600) + _GAP
            for step, word in _WORDS.items()
            if all_words or step is self._step
        ]
        line = _LINE if all_words else _SHORT
        return 4 * _DISC + sum(words) + 3 * (line + 2 * _GAP) + 2

    @Slot()
    @when_seen
    def _speak(self) -> None:
        say(
            self,
            name=msg(
                "ImportStep",
                "Step {number} of 4: {step}",
                number=self._step + 1,
                step=_WORDS[self._step],
            ),
        )
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint discs, words and lines, flush right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width() + 1 >= self._width(all_words=True)
        x = self.width() - self._width(all_words=wide) + 2
        top, long = (self.height() - _DISC) / 2, _LINE if wide else _SHORT
        for step, word in _WORDS.items():
            if step:
                line = QRectF(x + _GAP, self.height() / 2, long, 1)
                painter.fillRect(line, colour("border"))
                x += long + 2 * _GAP
            self._disc(painter, QRectF(x, top, _DISC, _DISC), step)
            x += _DISC
            if wide or step is self._step:
                here = step is self._step
                place = QRectF(x + _GAP, 0, text_width(str(word), 14, 600) + 1, self.height())
                draw_text(
                    painter, place, str(word), weight=600 if here else 400,
                    ink="text" if here else "text2", elide=False,
                )  # fmt: skip
                x += _GAP + text_width(str(word), 14, 600)

    def _disc(self, painter: QPainter, place: QRectF, step: Step) -> None:
        over = step < self._step or (step is self._step and step is Step.DONE)
        if over:
            round_rect(painter, place, _DISC / 2, fill="success_soft")
            draw_icon(painter, "check", place.adjusted(4, 4, -4, -4), "success")
            return
        here = step is self._step
        round_rect(
            painter, place, _DISC / 2, fill="fill" if here else None,
            line=None if here else "control",
        )  # fmt: skip
        ink = "on_fill" if here else "text2"
        draw_text(painter, place, str(step + 1), px=13, weight=600, ink=ink, align="center")
