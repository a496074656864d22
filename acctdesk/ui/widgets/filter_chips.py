"""One row of filter chips with counts, one of them chosen; what finds no room stands in a menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from acctdesk import formats
from acctdesk.i18n import Message, msg
from acctdesk.ui.behind import when_seen
from acctdesk.ui.painting import FILTER_CHIP_HEIGHT
from acctdesk.ui.widgets.chips import FilterChip
from acctdesk.ui.words import bell, say

GAP = 6


class FilterChips(QWidget):
    """Chips of which one is on; ``chosen`` carries its key.

    The first is "all". A click on the one that is on goes back to all; the arrow keys move. The
    chip that is on is always seen; the last chip offers those that the width leaves no room for.
    """

    chosen = Signal(str)

    def __init__(
        self,
        chips: Sequence[tuple[str, Message]],
        name: Message,
        parent: QWidget | None = None,
        *,
        hide_empty: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self._hide_empty = frozenset(hide_empty)  # chips that go where they would show nothing
        self._counts: dict[str, int | None] = {}
        self._words = dict(chips)
        self._chips = [FilterChip(text, key=key, parent=self) for key, text in chips]
        for chip in self._chips:
            chip.clicked.connect(self._clicked)
        self.more = FilterChip("", icon="dots", checkable=False, parent=self)
        more = msg("Filter", "More filters")
        say(self.more, name=more, tip=more)
        self.more.clicked.connect(self.open_more)
        self._first = self._chips[0].key
        self._key = self._first
        self._chips[0].setChecked(True)
        self.setFixedHeight(FILTER_CHIP_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        say(self, name=name)
        bell().rung.connect(self.repeat)
        self.repeat()

    @property
    def key(self) -> str:
        """The key of the chip that is on."""
        return self._key

    def chip(self, key: str) -> FilterChip:
        """Return a chip by its key."""
        return next(chip for chip in self._chips if chip.key == key)

    def stops(self) -> tuple[FilterChip, ...]:
        """Return what Tab reaches, in order."""
        return (*self._chips, self.more)

    def choose(self, key: str) -> None:
        """Turn a chip on, as if clicked."""
        if key == self._key:
            return
        self._key = key
        for chip in self._chips:
            chip.setChecked(chip.key == key)
        self.arrange()
        self.chosen.emit(key)

    def count(self, key: str) -> int | None:
        """Return the count that a chip shows."""
        return self._counts.get(key)

    def show_counts(self, counts: Mapping[str, int | None]) -> None:
        """Show how many lie behind each chip."""
        self._counts = dict(counts)
        self.repeat()

    @Slot()
    @when_seen
    def repeat(self) -> None:
        """Say every chip and count again in the current language."""
        for chip in self._chips:
            chip.set_count(self._figure(chip.key) or None)
            say(chip, name=self._said(chip.key))
        self.arrange()

    def arrange(self) -> None:
        """Put as many chips into the row as fit; the rest go into the menu."""
        shown = self._fitting(self.width())
        wanted = self._wanted()
        x = 0
        for chip in self.stops():
            seen = chip in shown or (chip is self.more and len(shown) < len(wanted))
            if seen:
                wide = chip.sizeHint().width()
                chip.setGeometry(x, 0, wide, FILTER_CHIP_HEIGHT)
                x += wide + GAP
            chip.setVisible(seen)

    def sizeHint(self) -> QSize:
        """Return all chips in one row."""
        return QSize(self._width_of(self._wanted()), FILTER_CHIP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the chip that is on and the one that offers the others."""
        width = self.chip(self._key).sizeHint().width()
        if len(self._wanted()) > 1:
            width += GAP + self.more.sizeHint().width()
        return QSize(width, FILTER_CHIP_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the row anew."""
        super().resizeEvent(event)
        self.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the chips by the arrow keys."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        shown = [chip for chip in self.stops() if chip.isVisibleTo(self)]
        focused = next((n for n, chip in enumerate(shown) if chip.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        shown[(focused + step) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def open_more(self) -> None:
        """Offer the chips that found no room."""
        menu = QMenu(self)
        shown = self._fitting(self.width())
        for chip in self._wanted():
            if chip not in shown:
                figure = self._figure(chip.key)
                words = str(self._words[chip.key])
                action = QAction(f"{words}\t{figure}" if figure else words, menu)
                action.setData(chip.key)
                menu.addAction(action)
        menu.triggered.connect(self._menu_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, FILTER_CHIP_HEIGHT + 2)))

    def _figure(self, key: str) -> str:
        count = self._counts.get(key)
        return "" if count is None else formats.number(count)

    def _said(self, key: str) -> str:
        figure = self._figure(key)
        return f"{self._words[key]}, {figure}" if figure else str(self._words[key])

    def _wanted(self) -> list[FilterChip]:
        return [
            chip
            for chip in self._chips
            if chip.key == self._key or chip.key not in self._hide_empty or self.count(chip.key)
        ]

    @staticmethod
    def _width_of(chips: Sequence[FilterChip]) -> int:
        return sum(chip.sizeHint().width() + GAP for chip in chips) - GAP

    def _fitting(self, width: int) -> list[FilterChip]:
        wanted = self._wanted()
        if self._width_of(wanted) <= width:
            return wanted
        chosen = self.chip(self._key)
        shown = [chosen]
        room = width - chosen.sizeHint().width() - GAP - self.more.sizeHint().width()
        for chip in wanted:
            taken = chip.sizeHint().width() + GAP
            if chip is not chosen and taken > room:
                break
            if chip is not chosen:
                room -= taken
                shown.append(chip)
        return shown

    @Slot(QAction)
    def _menu_chosen(self, action: QAction) -> None:
        self.choose(str(action.data()))
        self.chip(self._key).setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def _clicked(self) -> None:
        chip = self.sender()
        if not isinstance(chip, FilterChip):
            return
        wanted = self._first if chip.key == self._key else chip.key
        chip.setChecked(True)
        if wanted != self._key:
            self.choose(wanted)
