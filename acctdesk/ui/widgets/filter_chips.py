"""A row of filter chips with counts, one of them chosen; it breaks into lines where it must."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from acctdesk import formats
from acctdesk.i18n import Message
from acctdesk.ui.painting import FILTER_CHIP_HEIGHT
from acctdesk.ui.widgets.chips import FilterChip
from acctdesk.ui.words import bell, say

GAP = 6


class FilterChips(QWidget):
    """Chips of which one is on; ``chosen`` carries its key.

    The first is "all". A click on the one that is on goes back to all; the arrow keys move.
    """

    chosen = Signal(str)

    def __init__(
        self,
        chips: Sequence[tuple[str, Message]],
        name: Message,
        parent: QWidget | None = None,
        *,
        break_before: str = "",
        hide_empty: bool = False,
    ) -> None:
        super().__init__(parent)
        self._hide_empty = hide_empty  # a chip that would show nothing takes no room
        self._break = break_before  # where a second line begins, if one is needed
        self._counts: dict[str, int | None] = {}
        self._words = dict(chips)
        self._chips = [FilterChip(text, key=key, parent=self) for key, text in chips]
        for chip in self._chips:
            chip.clicked.connect(self._clicked)
        self._first = self._chips[0].key
        self._key = self._first
        self._chips[0].setChecked(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
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

    def choose(self, key: str) -> None:
        """Turn a chip on, as if clicked."""
        if key == self._key:
            return
        self._key = key
        for chip in self._chips:
            chip.setChecked(chip.key == key)
        self.chosen.emit(key)

    def count(self, key: str) -> int | None:
        """Return the count that a chip shows."""
        return self._counts.get(key)

    def show_counts(self, counts: Mapping[str, int | None]) -> None:
        """Show how many lie behind each chip."""
        self._counts = dict(counts)
        self.repeat()

    @Slot()
    def repeat(self) -> None:
        """Say every chip and count again in the current language."""
        for chip in self._chips:
            count = self._counts.get(chip.key)
            shown = None if count is None else formats.number(count)
            chip.set_count(shown)
            words = str(self._words[chip.key])
            say(chip, name=words if shown is None else f"{words}, {shown}")
            empty = self._hide_empty and bool(self._counts) and not count
            chip.setVisible(not empty or chip.key in {self._first, self._key})
        self.arrange()

    def arrange(self) -> None:
        """Put the chips in lines of this width."""
        self._lay(self.width(), move=True)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Return True: a narrow row needs more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines in a width."""
        return self._lay(width, move=False)

    def sizeHint(self) -> QSize:
        """Return all chips in one line."""
        width = sum(chip.sizeHint().width() for chip in self._chips) + GAP * len(self._chips)
        return QSize(width, self._lay(self.width() or width, move=False))

    def minimumSizeHint(self) -> QSize:
        """Return the widest chip."""
        widest = max(chip.sizeHint().width() for chip in self._chips)
        return QSize(widest, FILTER_CHIP_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._lay(event.size().width(), move=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the chips by the arrow keys."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        focused = next((n for n, chip in enumerate(self._chips) if chip.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        shown = self._shown()
        place = (shown.index(self._chips[focused]) + step) % len(shown)
        shown[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _shown(self) -> list[FilterChip]:
        return [chip for chip in self._chips if chip.isVisibleTo(self)]

    def _lay(self, width: int, *, move: bool) -> int:
        x = y = 0
        whole = sum(chip.sizeHint().width() + GAP for chip in self._shown()) - GAP
        for chip in self._shown():
            wide = chip.sizeHint().width()
            if x and (x + wide > width or (whole > width and chip.key == self._break)):
                x, y = 0, y + FILTER_CHIP_HEIGHT + GAP
            if move:
                chip.setGeometry(x, y, wide, FILTER_CHIP_HEIGHT)
            x += wide + GAP
        return y + FILTER_CHIP_HEIGHT

    @Slot()
    def _clicked(self) -> None:
        chip = self.sender()
        if not isinstance(chip, FilterChip):
            return
        wanted = self._first if chip.key == self._key else chip.key
        chip.setChecked(True)
        if wanted != self._key:
            self.choose(wanted)
