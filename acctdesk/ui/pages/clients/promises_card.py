"""The promises still open with a client, each with its tick box."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk.i18n import msg, tr
from acctdesk.kinds import PromiseBy, PromiseState
from acctdesk.services.promises import KeptRatio
from acctdesk.services.rows import PromiseRow
from acctdesk.ui.behind import when_seen
from acctdesk.ui.delegates.timeline_row import draw_tick
from acctdesk.ui.itemmodels import words
from acctdesk.ui.itemmodels.timeline_text import ChipText, promise_due, promise_text
from acctdesk.ui.painting import draw_text, focus_ring, round_rect, text_width
from acctdesk.ui.promise_words import RATIO_TITLES, short_ratio
from acctdesk.ui.widgets.basics import label, row
from acctdesk.ui.words import bell, plain_tip, say

LINE = 28


class PromiseLine(QAbstractButton):
    """One promise: box, who, what, when. Space or a click ticks it."""

    def __init__(self, promise: PromiseRow, today: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self.promise = promise
        self._today = today
        self.setCheckable(True)
        self.setFixedHeight(LINE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        due = promise_due(promise, today=today).text
        self.setAccessibleName(f"{promise_text(promise)}, {due}")
        self.setToolTip(plain_tip(f"{promise_text(promise)}, {due}"))

    def sizeHint(self) -> QSize:
        """Return a width that any rail has."""
        return QSize(240, LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.underMouse():
            round_rect(painter, box, 4, fill="hover")
        ticked = self.isChecked() or self.promise.state is PromiseState.KEPT
        state = PromiseState.KEPT if ticked else self.promise.state
        draw_tick(painter, QRectF(2, (LINE - 16) / 2, 16, 16), state)
        giver = str(words.GIVERS[self.promise.given_by])
        wide = max(text_width(str(word), 12, 600) for word in words.GIVERS.values()) + 8
        place = QRectF(26, 0, wide, LINE)
        draw_text(painter, place, giver, px=12, weight=600, ink="muted")
        due = promise_due(self.promise, today=self._today)
        if self.isChecked():
            due = ChipText(tr("Promise", "kept today"), "success")
        right = text_width(due.text, 12, 600) + 2
        end = QRectF(box.width() - right - 2, 0, right, LINE)
        draw_text(painter, end, due.text, px=12, weight=600, ink=due.tone, align="right")
        middle = QRectF(26 + wide, 0, box.width() - right - 36 - wide, LINE)
        draw_text(painter, middle, self.promise.what, px=13, ink="muted" if ticked else "text")
        if self.hasFocus():
            focus_ring(painter, box, 4)


class RatioLine(QAbstractButton):
    """How many promises a side kept; pressing shows them."""

    def __init__(self, by: PromiseBy, parent: QWidget) -> None:
        super().__init__(parent)
        self.by = by
        self.setFixedHeight(26)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_ratio(self, ratio: KeptRatio) -> None:
        """Show how many were kept; where none counts nothing is to be opened."""
        said = f"{RATIO_TITLES[self.by]}: {short_ratio(ratio)}"
        say(self, text=short_ratio(ratio), name=said, tip=said)
        self.setEnabled(ratio.counted > 0)

    def sizeHint(self) -> QSize:
        """Return a width that any rail has."""
        return QSize(240, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint title and figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.underMouse() and self.isEnabled():
            round_rect(painter, box, 4, fill="hover")
        wide = text_width(self.text(), 13, 600) + 2
        title = QRectF(2, 0, box.width() - wide - 12, 26)
        draw_text(painter, title, str(RATIO_TITLES[self.by]), px=13, ink="muted")
        ink = "accent" if self.isEnabled() else "muted"
        end = QRectF(box.width() - wide - 2, 0, wide, 26)
        draw_text(painter, end, self.text(), px=13, weight=600, ink=ink, align="right")
        if self.hasFocus():
            focus_ring(painter, box, 4)


class PromisesCard(QFrame):
    """Open promises, earliest first, and how many were kept.

    ``ticked`` carries the PromiseRow, ``ledger_wanted`` the side whose rows are to be seen.
    """

    ticked = Signal(object)
    ledger_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._promises: list[PromiseRow] = []
        self._today = dt.date.min
        self.lines: list[PromiseLine] = []
        self._count = label(role="caption")
        self._none = label(msg("Promise", "Nothing is open."), "caption")
        self._shares: dict[PromiseBy, KeptRatio] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 10, 12, 8)
        whole.setSpacing(0)
        self._column, self._foot = QVBoxLayout(), QVBoxLayout()
        whole.addLayout(self._column)
        whole.addSpacing(4)
        whole.addLayout(self._foot)
        heading = label(msg("Promise", "Open promises"), "strong")
        self._column.addLayout(row(heading, None, self._count))
        self._column.addSpacing(2)
        self._column.addWidget(self._none)
        self.ratios = {by: RatioLine(by, self) for by in PromiseBy}
        for line in self.ratios.values():
            line.clicked.connect(self._figure_clicked)
            self._foot.addWidget(line)
        bell().rung.connect(self._fill)

    def show_ratios(self, ratios: Mapping[PromiseBy, KeptRatio]) -> None:
        """Show how many promises each side kept."""
        self._shares = dict(ratios)
        self._fill_ratios()

    def _fill_ratios(self) -> None:
        for by, line in self.ratios.items():
            line.show_ratio(self._shares.get(by, KeptRatio()))

    @Slot()
    def _figure_clicked(self) -> None:
        line = self.sender()
        if isinstance(line, RatioLine):
            self.ledger_wanted.emit(line.by)

    def show_promises(self, promises: list[PromiseRow], *, today: dt.date) -> None:
        """Show the open promises of a client."""
        if promises == self._promises and today == self._today:
            return
        self._promises, self._today = list(promises), today
        self._fill()

    @Slot()
    @when_seen
    def _fill(self) -> None:
        self._fill_ratios()
        focused = next((n for n, line in enumerate(self.lines) if line.hasFocus()), None)
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [PromiseLine(one, self._today, self) for one in self._promises]
        for line in self.lines:
            self._column.addWidget(line)
            line.clicked.connect(self._clicked)
        self._none.setVisible(not self.lines)
        self._count.setText(formats.number(len(self.lines)) if self.lines else "")
        if focused is not None and self.lines:
            self.lines[min(focused, len(self.lines) - 1)].setFocus()

    @Slot()
    def _clicked(self) -> None:
        line = self.sender()
        if isinstance(line, PromiseLine):
            self.ticked.emit(line.promise)
