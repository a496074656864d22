"""A card of the record: how satisfied the client is, of how many answers, by quarter."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import msg
from acctdesk.services.satisfaction import ClientSatisfaction, Trend
from acctdesk.ui.behind import when_seen
from acctdesk.ui.itemmodels.satisfaction_text import (
    NAMES,
    answer_words,
    count_text,
    figure_text,
    quarter_name,
    quarter_said,
    rests_text,
    score_text,
    score_tone,
)
from acctdesk.ui.itemmodels.timeline_text import ChipText
from acctdesk.ui.pages.clients.card_line import CardLine
from acctdesk.ui.widgets.basics import Role, column, icon_button, label, row
from acctdesk.ui.words import bell, say

_MOST = 3  # answers shown; all stand in the timeline


class SatisfactionCard(QFrame):
    """The trend of each question, and the newest answers; the signals carry a SatisfactionRow."""

    add_wanted = Signal()
    form_wanted = Signal(object)
    trash_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.held = ClientSatisfaction()
        self.lines: list[CardLine] = []
        self.add = icon_button(
            "plus",
            msg("Satisfaction", "New answer"),
            tip=msg("Satisfaction", "New answer (Ctrl+Shift+S)"),
        )
        self.add.clicked.connect(self.add_wanted)
        self._none = label(msg("Satisfaction", "Nothing was asked yet."), "caption")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 6, 8, 8)
        self._column.setSpacing(0)
        heading = label(msg("Satisfaction", "Satisfaction"), "strong")
        self._column.addLayout(row(heading, None, self.add))
        self._column.addWidget(self._none)
        self._figures = QWidget(self)
        self._column.addWidget(self._figures)
        bell().rung.connect(self.fill)
        self.fill()

    def show_answers(self, held: ClientSatisfaction) -> None:
        """Show what a client answered."""
        if held != self.held:
            self.held = held
            self.fill()

    @Slot()
    @when_seen
    def fill(self) -> None:
        """Make figures and lines anew; the keyboard stays in its place."""
        focused = next((n for n, line in enumerate(self.lines) if line.hasFocus()), None)
        for old in (self._figures, *self.lines):
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._none.setVisible(not self.held.answers)
        self._figures = self._made()
        self._column.addWidget(self._figures)
        self.lines = []
        for one in self.held.answers[:_MOST]:
            mark = ChipText(score_text(one.measure, one.score), score_tone(one.measure, one.score))
            said = f"{formats.short_date(one.answered_on)} · {answer_words(one)}"
            line = CardLine(said, mark, self, record=one, icon="mood-smile")
            line.opened.connect(partial(self.form_wanted.emit, one))
            line.trash_wanted.connect(partial(self.trash_wanted.emit, one))
            self.lines.append(line)
            self._column.addWidget(line)
        if focused is not None and self.lines:
            self.lines[min(focused, len(self.lines) - 1)].setFocus()

    def _made(self) -> QWidget:
        made = QWidget(self)
        made.setVisible(bool(self.held.trends))
        whole = QVBoxLayout(made)
        whole.setContentsMargins(0, 2, 4, 6)
        whole.setSpacing(8)
        for trend in self.held.trends:
            whole.addLayout(_trend(trend))
        return made


def _trend(trend: Trend) -> QVBoxLayout:
    """Return the figure of the four quarters, what it rests on, and a column a quarter."""
    figure = label(figure_text(trend.measure, trend.whole.value), "strong")
    head = row(label(NAMES[trend.measure], "strong"), None, figure)
    grid = QGridLayout()
    grid.setHorizontalSpacing(4)
    grid.setVerticalSpacing(0)
    for place, one in enumerate(trend.quarters):
        cells: tuple[tuple[str, Role], ...] = (
            (quarter_name(one.period), "caption"),
            (figure_text(trend.measure, one.estimate.value), "strong"),
            (count_text(one.estimate.answers), "caption"),
        )
        said = quarter_said(trend.measure, one.period, one.estimate)
        for step, (text, role) in enumerate(cells):
            cell = label(text, role)
            cell.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            say(cell, tip=said)
            grid.addWidget(cell, step, place)
        grid.setColumnStretch(place, 1)
    rests = label(rests_text(trend), "caption", wrap=True)
    return column(head, rests, 4, grid, spacing=0)
