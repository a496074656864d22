"""Ctrl+K: one field for every kind of record and every command."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget

from acctdesk import formats
from acctdesk import text as words
from acctdesk.i18n import Message, msg, nmsg
from acctdesk.services import search
from acctdesk.services.rows import SearchAnswer, SearchHit
from acctdesk.ui.context import Context
from acctdesk.ui.delegates.palette_row import PaletteDelegate
from acctdesk.ui.itemmodels.palette import (
    MOST_HITS,
    PaletteModel,
    PaletteRow,
    command_rows,
    hit_rows,
)
from acctdesk.ui.keys import latin_key
from acctdesk.ui.widgets.basics import IconLabel, KeyCaps, LineEdit, box, hairline, label, row
from acctdesk.ui.widgets.elided import ElidedLabel
from acctdesk.ui.widgets.overlay import Overlay
from acctdesk.ui.words import say

WIDTH, TOP = 680, 112
COMMANDS_ONLY = ">"
NOTHING = SearchAnswer((), 0, more=False)
_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_PageUp: -6,
    Qt.Key.Key_PageDown: 6,
}


class QueryEdit(LineEdit):
    """The field of the palette: it keeps every key while it has the focus."""

    moved = Signal(int)
    entered = Signal(bool)  # with Ctrl
    escaped = Signal()

    def event(self, event: QEvent) -> bool:
        """Take Tab, and keep the window's shortcuts but F1 from what is typed here."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.setAccepted(event.key() != Qt.Key.Key_F1)
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in {
                Qt.Key.Key_Tab,
                Qt.Key.Key_Backtab,
            }:
                self.keyPressEvent(event)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, choose, leave; anything else is typing."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit(control)
        elif event.key() == Qt.Key.Key_Escape or (control and latin_key(event) == Qt.Key.Key_K):
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class Palette(Overlay):
    """The overlay. ``chosen`` carries the row, ``with_interaction`` whether Ctrl was held."""

    topic = "search"
    chosen = Signal(object, bool)
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, top=TOP, width=WIDTH)
        self._context = context
        self._before: QWidget | None = None
        self._answer = NOTHING
        self.query = QueryEdit()
        self.query.setProperty("bare", "true")
        self.query.setProperty("role", "query")
        say(
            self.query,
            name=msg("Palette", "Search all records and commands"),
            placeholder=msg("Palette", "What are you looking for?"),
        )
        self.model = PaletteModel(self)
        self.view = QListView()
        self.count = label(role="caption")
        self.strip = self._make_strip()
        self._lay_out()
        self.query.textChanged.connect(self._search)
        self.query.moved.connect(self._move)
        self.query.entered.connect(self._enter)
        self.query.escaped.connect(self.close_palette)
        self.view.clicked.connect(self._click)
        self.dismissed.connect(self.close_palette)
        say(self, name=msg("Palette", "Find anything"))

    def open_palette(self, *, query: str = "") -> None:
        """Show the palette over the window and remember where the focus was."""
        if self.isHidden():
            self._before = self.window().focusWidget()
        self.query.setText(query)
        self._search(query)
        self.show()
        self.raise_()
        self.place()
        self.query.setFocus()

    @Slot()
    def close_palette(self) -> None:
        """Go away and give the focus back."""
        if self.isHidden():
            return
        self._context.runner.forget("palette")
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None
        self.closed.emit()

    def wanted_height(self) -> int:
        """Return the height for what was found, at least a few rows."""
        rows = sum(one.height for one in self.model.rows) + 8
        strip = 37 if not self.strip.isHidden() else 0
        return 56 + 1 + strip + max(rows, 120) + 1 + 40 + 2

    def _make_strip(self) -> QFrame:
        strip = QFrame()
        strip.setObjectName("strip")
        strip.setFixedHeight(36)
        self._read_as = label(role="caption")
        layout = row(IconLabel("sparkles", "muted", 16), self._read_as, None, spacing=16)
        layout.setContentsMargins(22, 0, 20, 0)
        strip.setLayout(layout)
        return strip

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self.panel)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        head = row(
            IconLabel("search", "accent", 22),
            self.query,
            self.count,
            KeyCaps("Esc"),
            spacing=12,
            margins=(20, 13, 20, 13),
        )
        head.setStretch(1, 1)
        whole.addLayout(head)
        whole.addWidget(hairline())
        whole.addWidget(self.strip)
        self.view.setModel(self.model)
        self.view.setItemDelegate(PaletteDelegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setObjectName("paletteList")
        say(self.view, name=msg("Palette", "Results"))
        whole.addWidget(self.view, 1)
        whole.addWidget(hairline())
        foot, layout = box("plain", margins=(20, 0, 20, 0), spacing=6, horizontal=True)
        foot.setFixedHeight(40)
        for caps, what in (
            (("↑", "↓"), msg("Palette", "choose")),
            (("↵",), msg("Palette", "open")),
            (("Ctrl", "↵"), msg("Palette", "new interaction")),
            ((COMMANDS_ONLY,), msg("Palette", "commands only")),
        ):
            layout.addWidget(KeyCaps(*caps))
            hint = ElidedLabel(px=12, ink="muted")
            say(hint, text=what)
            layout.addWidget(hint)
            layout.addSpacing(10)
        layout.addStretch(1)
        whole.addWidget(foot)

    @Slot(str)
    def _search(self, typed: str) -> None:
        query = typed.strip()
        if not query or query.startswith(COMMANDS_ONLY):
            self._context.runner.forget("palette")
            self._answer = NOTHING
            self._show(query)
            return
        self._context.runner.ask(
            search.answer,
            on_done=self._found,
            on_error=self._not_found,
            key="palette",
            text=query,
            each=MOST_HITS,
        )

    @Slot(object)
    def _found(self, answer: SearchAnswer) -> None:
        self._answer = answer
        self._show(self.query.text().strip())

    def _not_found(self, error: Exception) -> None:
        self._answer = NOTHING
        self._show(self.query.text().strip())

    def _show(self, query: str) -> None:
        only = query.removeprefix(COMMANDS_ONLY).strip()
        hits = self._answer.hits
        client = next((hit for hit in hits if hit.kind == "client"), None)
        rows = hit_rows(hits)
        rows += command_rows(self._context.actions, only, client=client)
        self.model.show(rows)
        count = self._answer.found
        found = nmsg("Palette", "{n} found", "{n} found", count)
        if self._answer.more:
            found = msg("Palette", "More than {n} found", n=formats.number(count))
        if query and not rows:
            found = msg("Palette", "Nothing found")
        say(self.count, text=found if query and not query.startswith(COMMANDS_ONLY) else " ")
        reading = reading_of(query, hits)
        self.strip.setVisible(reading is not None)
        if reading is not None:
            say(self._read_as, text=reading)
        self._select(self._next_row(-1, 1))
        if self.isVisible():
            self.place()

    def _next_row(self, start: int, step: int) -> int:
        rows = self.model.rows
        at = start + step
        while 0 <= at < len(rows) and rows[at].is_heading:
            at += step
        return at if 0 <= at < len(rows) else start

    @Slot(int)
    def _move(self, step: int) -> None:
        at = self.view.currentIndex().row()
        direction = 1 if step > 0 else -1
        for _ in range(abs(step)):
            at = self._next_row(at, direction)
        self._select(at)

    def _select(self, number: int) -> None:
        rows = self.model.rows
        if not 0 <= number < len(rows) or rows[number].is_heading:
            return
        index = self.model.index(number)
        self.view.setCurrentIndex(index)
        if number <= 1:
            self.view.scrollToTop()
        spoken: Any = self.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
        say(self.query, description=str(spoken))

    @Slot(bool)
    def _enter(self, control: bool) -> None:
        self._choose(self.view.currentIndex(), control=control)

    @Slot(QModelIndex)
    def _click(self, index: QModelIndex) -> None:
        self._choose(index, control=False)

    def _choose(self, index: QModelIndex, *, control: bool) -> None:
        rows = self.model.rows
        if not index.isValid() or rows[index.row()].is_heading:
            return
        chosen: PaletteRow = rows[index.row()]
        self.close_palette()
        self.chosen.emit(chosen, control)

    def sizeHint(self) -> QSize:
        """Return the usual size of the panel."""
        return QSize(WIDTH, 480)


def _written(folded: str) -> str:
    """Return folded text as one writes it: sigma is final at the end of a word."""
    return re.sub(r"σ\b", "ς", folded)


def reading_of(query: str, hits: Sequence[SearchHit]) -> Message | None:
    """Return how a query was read where that is not plain: Latin letters, accents, capitals."""
    if not query or query.startswith(COMMANDS_ONLY):
        return None
    latin = any("LATIN" in unicodedata.name(one, "") for one in query)
    if latin:
        for hit in hits:
            for start, end in hit.spans:
                read = words.fold(hit.title[start:end])
                if read != words.fold(query) and any(
                    "GREEK" in unicodedata.name(c, "") for c in read
                ):
                    return msg(
                        "Palette",
                        "Also read as “{reading}”: Latin letters, no accents or capitals",
                        reading=_written(read),
                    )
        return None
    if words.fold(query) != query.casefold():
        return msg(
            "Palette",
            "Read as “{reading}”: no accents or capitals",
            reading=_written(words.fold(query)),
        )
    return None
